"""Telling the organizations of a call what becomes of it: who they are, and what each is told.

Who asked by e-mail to be told of calls like it is told too (``news``), and is counted here.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import notices
from accounts.models import Membership, Role
from calls.actions import news
from calls.models import Application
from calls.states import ApplicationState


@dataclass(frozen=True)
class Told:
    """An application and the people of its organization."""

    application: Application
    people: list


def told_of(call):
    """Every application of the call that was not withdrawn, each with the people who act for it."""
    begun = Application.objects.filter(call=call).exclude(state=ApplicationState.WITHDRAWN)
    found = list(begun.select_related("organization__body").order_by("pk"))
    people = defaultdict(dict)
    held = Membership.objects.filter(body__in=[one.organization.body_id for one in found]).current()
    held = held.with_role(Role.REPRESENTATIVE, Role.DRAFTER).filter(user__is_active=True)
    for membership in held.select_related("user").order_by("user"):
        people[membership.body_id][membership.user_id] = membership.user
    return [Told(one, list(people[one.organization.body_id].values())) for one in found]


def tell(call, *, kind, subject, body, at):
    """Tell the people of each application, with the address of their own. Inside the act's transaction."""
    for told in told_of(call):
        link = told.application.get_absolute_url()
        notices.notify_all(told.people, kind=kind, subject=subject, body=body, link=link, at=at)


@dataclass(frozen=True)
class Recipients:
    """Who will be written to, as the agency may know it: those who sent by name, drafts only as a number."""

    people: int
    lines: list


def recipients(call):
    """Who will be written to, in words, before an act is done."""
    told = told_of(call)
    sent = [one for one in told if not one.application.is_draft]
    drafts = [one for one in told if one.application.is_draft]
    lines = [_line(str(one.application.organization), len(one.people)) for one in sent]
    if drafts:
        lines.append(_line(_of_drafts(len(drafts)), sum(len(one.people) for one in drafts)))
    asking = subscribers(call)
    return Recipients(sum(len(one.people) for one in told) + asking.people, lines + asking.lines)


def subscribers(call):
    """Who asked to be told of calls like this one, as a number: their addresses are nobody's business."""
    count = news.how_many_ask(call)
    words = ngettext(
        "%(count)d person subscribed to calls like this one",
        "%(count)d people subscribed to calls like this one",
        count,
    )
    return Recipients(count, [words % {"count": count}] if count else [])


def _line(who, count):
    people = ngettext("%(count)d person", "%(count)d people", count) % {"count": count}
    return f"{who}: {people}"


def _of_drafts(count):
    return ngettext(
        "%(count)d organization that has not sent its application (its name is not shown)",
        "%(count)d organizations that have not sent their application (their names are not shown)",
        count,
    ) % {"count": count}


def closing(reason):
    """The reason as the end of a notice."""
    return " ".join([_("The reason:"), reason])
