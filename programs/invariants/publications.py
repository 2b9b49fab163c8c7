"""What must hold of Rules that are published: what was frozen, in which order, by which amendment."""

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from jobs.soundness import CHUNK, former, invariant, out_of_sequence
from programs import snapshots
from programs.models import (
    BLOCK_MODELS,
    Amendment,
    CheckSetting,
    Criterion,
    CriterionLevel,
    Edition,
    Publication,
    PublishedText,
)
from programs.states import AmendmentState, EditionState

PUBLISHED = (EditionState.PUBLISHED, EditionState.CLOSED)


def publications():
    return Publication.objects.order_by().defer("snapshot")


@invariant
def published_rules_were_published():
    """Rules are published if, and only if, there is a first publication of them."""
    first = Exists(Publication.objects.filter(edition=OuterRef("pk"), number=0))
    is_published = Q(state__in=PUBLISHED)
    return Edition.objects.filter((is_published & ~Q(first)) | (~is_published & Q(first)))


@invariant
def publications_are_numbered_without_holes():
    """The publications of an edition are numbered from nothing, without holes."""
    return out_of_sequence(publications(), "edition", first=0)


@invariant
def publications_follow_what_they_amend():
    """An amendment appears in the gazette, is in force and is published no earlier than what it amends."""
    dates = ("gazette_date", "in_force_from", "published_at")
    told = publications().annotate(
        **{f"former_{name}": former(name, "edition", by=("number",)) for name in dates}
    )
    early = Q(pk__in=[])
    for name in dates:
        early |= Q(**{f"former_{name}__gt": F(name)})
    return told.filter(early)


@invariant
def publications_are_in_force_once_they_appeared():
    """Rules are not in force before the gazette carried them."""
    return publications().filter(in_force_from__lt=F("gazette_date"))


@invariant
def publications_have_the_hash_of_their_snapshot():
    """The hash of a publication is that of the text that was frozen."""
    for publication in Publication.objects.order_by().select_related("edition").iterator(CHUNK):
        if not snapshots.is_intact(publication):
            yield publication


@invariant
def publications_are_of_their_amendment():
    """A publication after the first is of a published amendment of its edition, with its number."""
    right = Q(
        amendment__edition=F("edition"),
        amendment__number=F("number"),
        amendment__state=AmendmentState.PUBLISHED,
    )
    return publications().filter(amendment__isnull=False).exclude(right)


@invariant
def published_amendments_have_their_publication():
    """An amendment that is published has its publication."""
    return Amendment.objects.order_by().filter(state=AmendmentState.PUBLISHED, publication=None)


@invariant
def amendments_are_of_published_rules():
    """Only published Rules are amended, and an amendment has the number after what was published."""
    published = Amendment.objects.order_by().annotate(there_are=Count("edition__publications"))
    return published.filter(~Q(edition__state__in=PUBLISHED) | Q(number__gt=F("there_are")))


@invariant
def published_rows_are_of_their_edition():
    """A row that a publication froze belongs to the edition that was published."""
    for model in BLOCK_MODELS:
        frozen = model.objects.order_by().filter(publication__isnull=False)
        yield from frozen.exclude(edition=F("publication__edition")).iterator(CHUNK)


@invariant
def published_levels_are_of_a_published_criterion():
    """A published level belongs to a criterion of the same publication."""
    criterion = Criterion.objects.filter(publication=OuterRef("publication"), key=OuterRef("criterion_key"))
    return CriterionLevel.objects.order_by().filter(~Exists(criterion), publication__isnull=False)


@invariant
def published_levels_give_no_more_than_their_criterion():
    """No level of a published criterion gives more points than the criterion weighs."""
    less = Criterion.objects.filter(
        publication=OuterRef("publication"), key=OuterRef("criterion_key"), weight__lt=OuterRef("points")
    )
    levels = CriterionLevel.objects.order_by().filter(Exists(less), publication__isnull=False)
    return levels.filter(~_left_open("criterion-levels", "publication__edition__guide"))


@invariant
def published_criteria_add_up_to_a_hundred():
    """The criteria of a publication give a hundred points together."""
    given = Criterion.objects.order_by().filter(publication__isnull=False).values("publication")
    wrong = given.annotate(total=Sum("weight")).exclude(total=100)
    found = publications().filter(pk__in=wrong.values("publication"))
    return found.filter(~_left_open("weights-add-up", "edition__guide"))


def _left_open(check, guide):
    """Whether planning ever set that check of the drafts of a Guide, so that it need not block them."""
    return Exists(CheckSetting.objects.filter(code=check, guide=OuterRef(guide)))


@invariant
def published_texts_are_of_their_guide():
    """A text that was published is of a component of the Guide of its edition."""
    return PublishedText.objects.order_by().exclude(component__guide=F("publication__edition__guide"))
