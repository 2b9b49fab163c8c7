"""Do the rows keep what their tables insist on? A restore or a repair may bring in rows that do not.

Generated from the models: one rule for the constraints of an app, one for its references.
"""

from django.apps import apps
from django.db.models import BooleanField, CheckConstraint, Count, Exists, Min, OuterRef, Q, UniqueConstraint
from django.db.models.functions import Coalesce

from jobs import soundness


def watch(app):
    """Declare both rules for an app."""
    soundness.add(
        lambda: _broken(app),
        app=app,
        name="constraints-hold",
        rule=f"Every row of {app} is one that the constraints of its table allow.",
    )
    soundness.add(
        lambda: _dangling(app),
        app=app,
        name="references-lead-somewhere",
        rule=f"Every reference in {app} leads to a row that is there.",
    )


def _broken(app):
    for model in apps.get_app_config(app).get_models():
        for name, rows in [*_refused(model), *_repeated(model)]:
            for row in rows:
                yield f"{soundness.named(row)}: {name}"


def _refused(model):
    """For each check of a table its name and the rows that it refuses; what is unknown passes, as it does."""
    for check in model._meta.constraints:
        if isinstance(check, CheckConstraint):
            passes = Coalesce(check.condition, True, output_field=BooleanField())
            yield check.name, model._base_manager.filter(~Q(passes)).iterator(soundness.CHUNK)


def _repeated(model):
    """For each thing that may be there once, the first of the rows in which it is there again."""
    for name, fields, condition in _uniques(model):
        known = Q(*(Q(**{f"{field}__isnull": False}) for field in fields))
        groups = model._base_manager.filter(condition, known).order_by().values(*fields)
        again = groups.annotate(rows=Count("pk"), first=Min("pk")).filter(rows__gt=1)
        yield name, (model._base_manager.get(pk=one["first"]) for one in again.iterator(soundness.CHUNK))


def _uniques(model):
    for one in model._meta.constraints:
        if isinstance(one, UniqueConstraint):
            yield one.name, one.fields, one.condition or Q()
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield f"one {field.name} each", (field.name,), Q()


def _dangling(app):
    for model in apps.get_app_config(app).get_models():
        for field in model._meta.concrete_fields:
            if field.remote_field and field.db_constraint:
                for row in _leading_nowhere(model, field).iterator(soundness.CHUNK):
                    yield f"{soundness.named(row)}: {field.name}"


def _leading_nowhere(model, field):
    to = field.remote_field.model._base_manager.filter(pk=OuterRef(field.attname))
    return model._base_manager.filter(~Exists(to), **{f"{field.name}__isnull": False})
