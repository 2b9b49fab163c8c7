"""What waits for a person: each app adds its own from ``duties.py``, the board ``/mi/`` shows them all.

::

    @duties.duty
    def signatures(user):
        yield Duty(what=_("Sign the Rules of ..."), link="/redaccion/...", until=None)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import held
from accounts.models import Role
from programs import proofs, signing
from programs.models import AgencyDuty, Assessment, BlackoutPeriod, Comment, Edition
from programs.states import BlackoutState, EditionState

BEFORE_A_BLACKOUT = timedelta(days=60)
DUTIES: list[Callable[..., Iterable["Duty"]]] = []


@dataclass(frozen=True)
class Duty:
    """One thing to do: what, where, and until when if there is a term."""

    what: str
    link: str
    until: datetime | None = None
    detail: str = ""


def duty(read):
    """Register the function below: given a person, it yields what waits for them."""
    DUTIES.append(read)
    return read


def duties_of(user):
    """Everything that waits for a person: what has a term first, the nearest first."""
    found = [one for read in DUTIES for one in read(user)]
    return sorted(found, key=lambda one: (one.until is None, one.until.timestamp() if one.until else 0))


@duty
def drafts_under_way(user):
    """The drafts of the agencies where the person edits the Rules."""
    bodies = held.bodies(user, Role.EDITOR)
    drafts = Edition.objects.at_stage(EditionState.DRAFT).filter(program__agency__body__in=bodies)
    for edition in drafts.select_related("program").newest_first():
        yield Duty(
            what=_("Go on drafting the Rules of %(program)s %(year)s")
            % {"program": edition.program, "year": edition.fiscal_year},
            link=reverse("programs:draft", args=[edition.code]),
            detail=edition.code,
        )


@duty
def publications(user):
    """The editions that everybody signed, for the head of their agency, who publishes them."""
    bodies = held.bodies(user, Role.HEAD)
    approved = Edition.objects.at_stage(EditionState.APPROVED).filter(program__agency__body__in=bodies)
    for edition in approved.exclude(sent_by=user).select_related("program").newest_first():
        yield Duty(
            what=_("Publish the Rules of %(program)s %(year)s")
            % {"program": edition.program, "year": edition.fiscal_year},
            link=reverse("programs:draft_publish", args=[edition.code]),
            detail=edition.code,
        )


@duty
def tasks_of_drafts(user):
    """The comments on drafts that were made this person's task and still wait."""
    waiting = Comment.objects.visible_to(user).threads().open().filter(owner=user)
    written = Edition.objects.at_stage(EditionState.DRAFT, EditionState.SIGNOFF, EditionState.APPROVED)
    unpublished = waiting.filter(text__edition__in=written)
    for one in unpublished.select_related("text__edition__program", "text__component"):
        yield Duty(
            what=_("Attend to a comment on %(what)s") % {"what": one.text},
            link=one.get_absolute_url(),
            until=_end_of(one.due_on) if one.due_on else None,
            detail=one.body[:120],
        )


def _end_of(day):
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


@duty
def contested(user):
    """What planning contested, for those who answer for the Rules of the agency."""
    bodies = held.bodies(user, Role.EDITOR, Role.HEAD)
    found = Assessment.objects.filter(
        review=Assessment.Review.CONTESTED,
        edition__program__agency__body__in=bodies,
        edition__state__in=[EditionState.DRAFT, EditionState.PUBLISHED],
    )
    for one in found.select_related("edition__program", "practice"):
        yield Duty(
            what=_("Answer what planning contested of %(practice)s in %(program)s %(year)s")
            % {
                "practice": one.practice.code,
                "program": one.edition.program,
                "year": one.edition.fiscal_year,
            },
            link=reverse("programs:assess", args=[one.edition.code, one.practice.code]),
            detail=one.review_note,
        )


@duty
def expired_limitations(user):
    """The limitations that are over: for the editors to declare again, for planning's assessors to follow."""
    ours = held.bodies(user, Role.EDITOR)
    is_planning = held.anywhere(user, Role.ASSESSOR)
    if not (ours or is_planning):
        return
    over = Assessment.objects.open_to_change().expired(on=timezone.localdate())
    seen = Q(edition__program__agency__body__in=ours)
    if is_planning:
        seen |= Q(edition__state=EditionState.PUBLISHED) & ~Q(review=Assessment.Review.CONTESTED)
    for one in over.filter(seen).select_related("edition__program__agency", "practice"):
        yield _expired(one, is_ours=one.edition.program.agency.body_id in ours)


def _expired(assessment, *, is_ours):
    edition, practice = assessment.edition, assessment.practice.code
    said = {"practice": practice, "program": edition.program, "year": edition.fiscal_year}
    if is_ours:
        what = _("Declare %(practice)s of %(program)s %(year)s again: its limitation expired")
        link = reverse("programs:assess", args=[edition.code, practice])
    else:
        what = _("The limitation of %(practice)s of %(program)s %(year)s expired")
        link = proofs.history_url(edition, assessment.practice)
    return Duty(what=what % said, link=link, detail=assessment.citation)


@duty
def signatures(user):
    """The drafts that wait for the person's signature: in three queries, however many there are."""
    if not held.anywhere(user, *SIGNING):
        return
    on_duty = {}
    for kind, body in AgencyDuty.objects.current().values_list("kind", "agency__body"):
        on_duty.setdefault(kind, set()).add(body)
    waiting = Edition.objects.at_stage(EditionState.SIGNOFF).exclude(sent_by=user)
    for edition in waiting.select_related("program__agency__body").prefetch_related("signoffs"):
        step = next_step_of(edition)
        if step and signs(held.by(user), on_duty, step, edition):
            yield Duty(
                what=_("Review and sign the Rules of %(program)s %(year)s: %(step)s")
                % {"program": edition.program, "year": edition.fiscal_year, "step": step.label},
                link=reverse("programs:draft_signoff", args=[edition.code]),
                detail=edition.code,
            )


SIGNING = {role for role, _duty in signing.SIGNERS.values()}


def next_step_of(edition):
    """The step that the edition waits for, from the signatures already read."""
    signed = {one.step for one in edition.signoffs.all() if one.round == edition.round and one.accepted}
    return next((step for step in signing.ROUTE if step not in signed), None)


def signs(seats, on_duty, step, edition):
    """Somebody with those roles signs that step: in the program's agency, or where the duty lies."""
    role, kind = signing.SIGNERS[step]
    bodies = on_duty.get(kind, set()) if kind else {edition.program.agency.body_id}
    return any((role, body) in seats for body in bodies)


@duty
def to_answer(user):
    """How many declarations wait for planning's answer, edition by edition."""
    if not held.anywhere(user, Role.ASSESSOR, Role.GUIDE_OWNER):
        return
    found = Assessment.objects.visible_to(user).filter(review=Assessment.Review.PENDING)
    counts = {}
    for one in found.select_related("edition__program"):
        counts.setdefault(one.edition, []).append(one)
    for edition, declared in counts.items():
        yield Duty(
            what=_("Answer %(count)d declared practices of %(program)s %(year)s")
            % {"count": len(declared), "program": edition.program, "year": edition.fiscal_year},
            link=reverse("programs:checklist", args=[edition.code]),
            detail=edition.code,
        )


@duty
def blackouts_to_confirm(user):
    """The electoral periods that begin soon, or began, and withhold nothing since nobody confirmed them."""
    if not held.anywhere(user, Role.ASSESSOR, Role.GUIDE_OWNER):
        return
    now = timezone.now()
    waiting = BlackoutPeriod.objects.filter(
        state=BlackoutState.NOTED, starts_at__lte=now + BEFORE_A_BLACKOUT, ends_at__gt=now
    )
    for period in waiting.order_by("starts_at", "kind"):
        yield Duty(
            what=_("Confirm or correct the electoral period: %(kind)s") % {"kind": period.get_kind_display()},
            link=period.get_absolute_url(),
            until=period.starts_at,
            detail=period.source,
        )
