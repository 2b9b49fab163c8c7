"""What anyone sees of calls, without signing in: the list, one call, the dates promised and kept."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import ngettext
from django.views import View

from accounts import held
from accounts.models import Role
from accounts.visitors import same_for_visitors
from calls import asking, dissemination, listing, presenting, promised, schedule
from calls.actions import questions
from calls.announcement import Announcement
from calls.forms.calls import FilterForm, PromiseFilterForm
from calls.models import Call
from calls.schedule import Phase
from calls.views import subscriptions
from calls.withheld import POSTER
from documents.models import Rendering
from programs import withholding

PER_PAGE = 20
AWAITS = (Phase.ANNOUNCED, Phase.OPEN)  # whoever meets the conditions can still apply
DOWNLOADS = ("announcement", "call-schedule", "call-poster")


@method_decorator([login_not_required, same_for_visitors], name="dispatch")
class CallList(View):
    """Open and coming calls first; every filter stands in the address."""

    def get(self, request):
        now = timezone.now()
        form = FilterForm(request.GET)
        rows = listing.of_editions(listing.rows(at=now), request.GET.getlist("edition"))
        made = form.choices_made()
        found = listing.chosen(rows, at=now, **made)
        page = Paginator(listing.as_cards(found), PER_PAGE).get_page(request.GET.get("page"))
        cards = [card(call, at=now) for call in page]
        shown = {"form": form, "page": page, "cards": cards, "states": FilterForm.STATES}
        shown["subscribe_url"] = subscriptions.address_carrying(made)
        return render(request, "calls/call_list.html", shown)


@method_decorator([login_not_required, same_for_visitors], name="dispatch")
class PromiseList(View):
    """The dates in force of every public call, kept, late or still to come."""

    def get(self, request):
        form, today = PromiseFilterForm(request.GET), timezone.localdate()
        found = promised.in_force(request.GET.getlist("edition"))
        found = promised.chosen(found, today=today, **form.choices_made())
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        rows = [promised.row(one, today=today) for one in page]
        shown = {"form": form, "page": page, "rows": rows, "statuses": schedule.PromiseStatus.choices}
        return render(request, "calls/promise_list.html", shown)


def card(call, *, at):
    """What the list says of one call."""
    documents = call.documents or 0
    return {
        "call": call,
        "documents": ngettext("%(documents)s document", "%(documents)s documents", documents)
        % {"documents": documents},
        "badge": presenting.badge(call, at=at),
        "is_open": call.is_open(at=at),
        "awaits": schedule.phase(call, at=at) in AWAITS,
    }


@method_decorator([login_not_required, same_for_visitors], name="dispatch")
class CallPage(View):
    """Everything a call says, from the frozen rows of its publication."""

    def get(self, request, folio):
        now = timezone.now()
        visible = Call.objects.visible_to(request.user).with_program()
        visible = withholding.with_blackout(visible.with_dates(), at=now)
        call = get_object_or_404(visible, folio=folio)
        announcement = Announcement(call, at=now)
        applying = not request.user.is_authenticated or applies(request.user)
        shown = announcement.everything() | {
            "call": call,
            "announcement": announcement,
            "places": {block: announcement.place(block) for block in BLOCKS_SHOWN},
            "badge": presenting.badge(call, at=now),
            "steps": presenting.steps(call, announcement.promises, at=now),
            "turn": presenting.turn(call, announcement.promises, at=now, applying=applying),
            "documents": downloads(call),
            "results_url": presenting.results_url(call),
            "awaits": schedule.phase(call, at=now) in AWAITS,
            "manages": request.user.has_perm("calls.view_cockpit", call),
            **questions_of(announcement, now),
            **made_known(announcement, now),
        }
        return render(request, "calls/call_page.html", shown)


def questions_of(announcement, now):
    """How its public questions stand, and whether one more may be asked. A draft has none."""
    call = announcement.call
    if call.is_draft:
        return {}
    clock = asking.clock_of(call, now=now, holidays=announcement.holidays)
    return {"clock": clock, "term": asking.term(), "may_ask": not questions.why_not_asked(call, now=now)}


def made_known(announcement, now):
    """The plan by which a published call is made known, each action with how it stands; and its figures."""
    call = announcement.call
    if call.is_draft:
        return {}
    actions = announcement.dissemination_actions
    plan = dissemination.plan_of(call, actions=actions, now=now, for_public=True)
    return {
        "planned": plan.planned,
        "counts_of_plan": plan.counts,
        "blackout": withholding.beside(call),
    }


BLOCKS_SHOWN = (
    "support_modalities", "requirements", "eligibility_rules", "application_questions", "budget_rules",
    "criteria", "committee_seats", "schedule", "contacts", "feedback_window", "remedies", "dissemination",
)  # fmt: skip


def applies(user):
    """Whether a person acts for an organization today."""
    return held.anywhere(user, Role.REPRESENTATIVE, Role.DRAFTER)


def downloads(call):
    """The PDFs of the call as it now stands that have been rendered, in a fixed order."""
    found = Rendering.objects.filter(
        kind__in=DOWNLOADS, subject_id=call.folio, superseded_by=None, is_public=True
    ).select_related("document")
    found = found.exclude(withholding.is_withheld(POSTER, call.folio), kind="call-poster")
    ready = [rendering for rendering in found if rendering.document_id]
    return sorted(ready, key=lambda rendering: DOWNLOADS.index(rendering.kind))
