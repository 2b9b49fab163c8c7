"""What must hold of the trail: every move that was made, and where it led."""

import sys

from django.apps import apps
from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.utils.module_loading import autodiscover_modules

from accounts.acts import Act
from accounts.models import TrailEntry, TrailSalt
from jobs.soundness import CHUNK, former, invariant

SUBJECT = ("subject_label", "subject_id")


def moves():
    """The entries in which a state changed."""
    return TrailEntry.objects.order_by().exclude(from_state=F("to_state"))


@invariant
def moves_follow_one_another():
    """In the trail each move of a thing starts from the state in which its last move left it."""
    with_former = moves().annotate(left_in=former("to_state", *SUBJECT, by=("pk",)))
    return with_former.filter(~Q(left_in=F("from_state")), left_in__isnull=False)


@invariant
def moves_are_those_of_their_acts():
    """Every move in the trail is one that its act makes: from such a state to that one."""
    acts = _acts()
    made = moves().values_list("act", "from_state", "to_state").distinct()
    wrong = Q(pk__in=[])
    for name, before, after in made.iterator():
        act = acts.get(name)
        if act and not (before in act.sources and after == act.target):
            wrong |= Q(act=name, from_state=before, to_state=after)
    return moves().filter(wrong)


def _acts():
    """Every act that an app declares in its states, by name."""
    autodiscover_modules("states")
    declaring = (sys.modules.get(f"{app.name}.states") for app in apps.get_app_configs())
    found = (one for module in declaring if module for one in vars(module).values())
    return {one.name: one for one in found if isinstance(one, Act)}


@invariant
def states_are_where_the_last_move_led():
    """A thing is in the state in which the last move that the trail tells of left it."""
    for label in moves().values_list("subject_label", flat=True).distinct():
        model = _with_a_state(label)
        if model:
            yield from _elsewhere(model).iterator(CHUNK)


def _with_a_state(label):
    try:
        model = apps.get_model(label)
    except LookupError:
        return None  # of a kind that the portal no longer has
    return model if any(field.name == "state" for field in model._meta.concrete_fields) else None


def _elsewhere(model):
    of_it = moves().filter(
        subject_label=model._meta.label_lower, subject_id=Cast(OuterRef("pk"), CharField(max_length=40))
    )
    led_to = Subquery(of_it.order_by("-pk").values("to_state")[:1])
    return model._base_manager.annotate(led_to=led_to).filter(~Q(state=F("led_to")), led_to__isnull=False)


@invariant
def seals_say_what_they_seal():
    """An entry of the trail has a digest if, and only if, it names the fields that it seals."""
    names_nothing = Q(sealed_fields=[])
    return TrailEntry.objects.filter((Q(digest="") & ~names_nothing) | (~Q(digest="") & names_nothing))


@invariant
def salts_belong_to_entries():
    """The salt of a seal belongs to an entry that sealed something."""
    sealed = TrailEntry.objects.sealed().filter(pk=OuterRef("entry_id"))
    return TrailSalt.objects.filter(~Exists(sealed))
