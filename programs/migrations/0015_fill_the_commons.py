from django.db import migrations

from programs import highlight, snapshots
from programs.comparison.words import folded


def put_what_is_published_in_the_commons(apps, schema_editor):
    """Every clause that was published before the commons existed."""
    Component = apps.get_model("programs", "Component")
    PublishedClause = apps.get_model("programs", "PublishedClause")
    for publication in apps.get_model("programs", "Publication").objects.select_related("edition"):
        later = publication.edition.publications.filter(number__gt=publication.number)
        components = dict(Component.objects.filter(guide=publication.edition.guide_id).values_list("slug", "pk"))
        told = [one for one in snapshots.read(publication)["components"] if one["resolved"]]
        PublishedClause.objects.bulk_create(
            PublishedClause(
                publication=publication,
                component_id=components[one["slug"]],
                html=one["resolved"],
                words=folded(f"{one['title']} {highlight.plain(one['resolved'])}"),
                is_last=not later.exists(),
                sha256=snapshots.digest(highlight.plain(one["resolved"])),
            )
            for one in told
        )


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0014_commons_of_clauses'),
    ]

    operations = [
        migrations.RunPython(put_what_is_published_in_the_commons, migrations.RunPython.noop, elidable=True),
    ]
