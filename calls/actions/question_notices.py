"""What the clock tells of public questions: a digest to who is applying, a reminder to a late desk."""

from collections import Counter, defaultdict

from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import acts, notices
from accounts.models import Membership
from calls.actions import telling
from calls.actions.questions import recipients
from calls.models import PublicAnswer, PublicQuestion
from calls.models.calls import COCKPIT
from jobs import locks

# A digest to those who are writing an application


@transaction.atomic
def tell_of_new_answers(*, at=None):
    """Tell whoever is writing an application what was answered in its call: one notice a person and day.

    Whoever asked was told already. Done twice on a day, it tells nobody twice: what is newer waits for
    the next day.
    """
    now = acts.moment(at)
    if PublicAnswer.objects.filter(digested_at__date=timezone.localdate(now)).exists():
        return []
    new = locks.exclusive(_not_told())
    PublicAnswer.objects.filter(pk__in=[one.pk for one in new]).update(digested_at=now)
    return [_digest(person, calls, at=now) for person, calls in _news(new, now).items()]


def _not_told():
    asked = PublicQuestion.objects.with_askers().select_related("call")
    return PublicAnswer.objects.filter(digested_at=None).prefetch_related(Prefetch("question", asked))


def _news(new, now):
    """Who is told of how many answers in each call that still receives applications."""
    by_call, found = defaultdict(list), defaultdict(Counter)
    for one in new:
        by_call[one.question.call].append((one, set(recipients(one.question))))
    for call, answers in by_call.items():
        for person in _writing(call) if call.is_open(at=now) else ():
            if count := sum(person not in askers for _answer, askers in answers):
                found[person][call] = count
    return found


def _writing(call):
    """The people whose application to the call is a draft."""
    told = [one for one in telling.told_of(call) if one.application.is_draft]
    return dict.fromkeys(person for one in told for person in one.people)


def _digest(person, calls, *, at):
    def said():
        lines = [
            ngettext("“%(call)s”: %(count)d answer.", "“%(call)s”: %(count)d answers.", count)
            % {"call": call.title, "count": count}
            for call, count in calls.items()
        ]
        return " ".join([_("New answers to questions about calls to which you are applying."), *lines])

    only = next(iter(calls)) if len(calls) == 1 else None
    return notices.notify(
        person,
        kind="question.digest",
        subject=lambda: _("New answers to questions about your calls"),
        body=said,
        link=reverse("calls:questions", args=[only.folio]) if only else reverse("calls:my_applications"),
        at=at,
    )


# A reminder to the desk


@transaction.atomic
def remind_of_late_answers(*, at=None):
    """Tell the desk of each call, once a question, that the day of its answer has passed."""
    now = acts.moment(at)
    late = locks.exclusive(_late_and_not_said(timezone.localdate(now)))
    PublicQuestion.objects.filter(pk__in=[one.pk for one in late]).update(reminded_at=now)
    told = []
    for call, count in Counter(one.call for one in late).items():
        told += _remind(call, count, at=now)
    return told


def _late_and_not_said(today):
    return (
        PublicQuestion.objects.late(on=today)
        .filter(reminded_at=None)
        .select_related("call__publication__edition__program__agency__body")
        .defer("call__publication__snapshot")
    )


def _remind(call, count, *, at):
    named = {"call": call.title, "count": count}

    def said():
        text = ngettext(
            "The day of the answer to %(count)d question about “%(call)s” has passed: its page says so.",
            "The day of the answer to %(count)d questions about “%(call)s” has passed: its page says so.",
            count,
        )
        return text % named

    return notices.notify_all(
        _desk_of(call),
        kind="question.late",
        subject=lambda: _("Answers that are late: %(call)s") % named,
        body=said,
        link=reverse("calls:desk_questions", args=[call.folio]),
        at=at,
    )


def _desk_of(call):
    """Those who answer its questions today."""
    held = Membership.objects.in_body(call.agency.body).current().with_role(*COCKPIT)
    people = [one.user for one in held.filter(user__is_active=True).select_related("user").order_by("user")]
    return [one for one in dict.fromkeys(people) if one.has_perm("calls.answer_questions", call)]
