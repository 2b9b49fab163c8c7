"""The commons of clauses: written when Rules are published, adopted by other editions with attribution."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acts import moment, record
from programs import adoption, contents, highlight, lineage, snapshots
from programs.actions import drafting
from programs.comparison.words import folded
from programs.models import AdoptedClause, Component, LockLevel, PublishedClause, TextVersion


class CannotAdopt(Exception):
    """Why a clause cannot be adopted, in words for its editor."""


def put_in_commons(publication):
    """Write every clause of a publication that says something into the commons, as its edition's last."""
    PublishedClause.objects.filter(publication__edition=publication.edition).update(is_last=False)
    components = {one.slug: one for one in Component.objects.filter(guide=publication.edition.guide)}
    told = [one for one in snapshots.read(publication)["components"] if one["resolved"]]
    return PublishedClause.objects.bulk_create(
        (_clause(publication, components[one["slug"]], one) for one in told), ignore_conflicts=True
    )


def _clause(publication, component, told):
    html = told["resolved"]
    return PublishedClause(
        publication=publication,
        component=component,
        html=html,
        words=folded(f"{told['title']} {highlight.plain(html)}"),
        sha256=lineage.fingerprint(html),
    )


def proposed(clause, text, way, target=None):
    """What the component would say with the clause in it, and which references became plain text."""
    source = contents.read(clause.edition, clause.publication)
    written = source.text_of(clause.component.slug)
    raw = written.text if written and written.text else clause.html
    carried = adoption.carry(raw, source, target or contents.read(text.edition))
    return adoption.Carried(adoption.placed(text, carried, way), carried.turned)


@transaction.atomic
def adopt(clause, text, *, way, version, by, at=None):
    """Take a published clause into a component of a draft, with its lineage. The text that stood is kept.

    ``version`` is the one that the editor saw: if somebody saved meanwhile nothing is written.
    """
    at = moment(at)
    proposal = proposed(clause, text, way)
    try:
        drafting.save_text(
            text, html=proposal.html, version=version, by=by, at=at, origin=TextVersion.Origin.ADOPTED
        )
    except drafting.StaleText as refusal:
        raise CannotAdopt(
            _("Somebody saved this component meanwhile. Look at it again below, and adopt the clause then.")
        ) from refusal
    except drafting.CannotWrite as refusal:
        raise CannotAdopt(str(refusal)) from refusal
    _write_lineage(clause, text, way, by=by, at=at)
    record("clause.adopt", text.edition, by=by, at=at, note=f"{text.component.slug} {clause.code}")
    return proposal


def _write_lineage(clause, text, way, *, by, at):
    """What stands in place of all leaves only its own lineage; of one source, the newest text counts."""
    held = AdoptedClause.objects.filter(text=text)
    program = clause.edition.program_id
    same = held.filter(
        source__publication__edition__program=program, source__component__slug=clause.component.slug
    )
    (held if way == AdoptedClause.Way.REPLACE else same).delete()
    AdoptedClause.objects.create(
        text=text, source=clause, sha256=clause.sha256, way=way, adopted_by=by, adopted_at=at
    )


def keep_ours(adopted, *, newer, by, at=None):
    """Leave the text as it is though its source changed: the notice goes until the source changes again."""
    if not by.has_perm("programs.change_edition", adopted.text.edition):
        raise CannotAdopt(_("This edition cannot be changed by you now."))
    AdoptedClause.objects.filter(pk=adopted.pk).update(seen_sha256=newer.sha256)
    note = f"{adopted.text.component.slug} {newer.code}"
    record("clause.keep_ours", adopted.text.edition, by=by, at=moment(at), note=note)


def carry_over(earlier, edition):
    """A draft that begins on an earlier edition keeps the lineage of its clauses."""
    texts = {text.component.slug: text for text in edition.texts.select_related("component") if text.text}
    held = AdoptedClause.objects.of_edition(earlier).select_related("text__component")
    return AdoptedClause.objects.bulk_create(
        AdoptedClause(
            text=texts[one.text.component.slug],
            source_id=one.source_id,
            sha256=one.sha256,
            way=one.way,
            adopted_by_id=one.adopted_by_id,
            adopted_at=one.adopted_at,
            seen_sha256=one.seen_sha256,
        )
        for one in held
        if one.text.component.slug in texts
    )


def name_sources(publication, edition, *, by, at):
    """A draft that begins on the Rules of another program names them as the source of each clause it took."""
    texts = {text.component.slug: text for text in edition.texts.select_related("component") if text.text}
    clauses = PublishedClause.objects.filter(publication=publication).select_related("component")
    taken = [(texts[one.component.slug], one) for one in clauses if one.component.slug in texts]
    return AdoptedClause.objects.bulk_create(
        AdoptedClause(
            text=text,
            source=clause,
            sha256=clause.sha256,
            way=AdoptedClause.Way.REPLACE,
            adopted_by=by,
            adopted_at=at,
        )
        for text, clause in taken
        if text.component.lock_level == LockLevel.FREE
    )
