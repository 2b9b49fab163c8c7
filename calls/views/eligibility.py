"""May my organization apply? The check that anybody makes before signing in, from the Rules that decide."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View

from calls import eligibility, listing, presenting, schedule
from calls.announcement import Announcement
from calls.forms.eligibility import CheckForm
from calls.models import Call
from calls.schedule import Phase

OTHERS_SHOWN = 5
TO_COME = (Phase.DRAFT, Phase.ANNOUNCED)


@method_decorator(login_not_required, name="dispatch")
class EligibilityCheck(View):
    """The conditions of a call, one question each, and what comes of the answers. Nothing is kept."""

    def get(self, request, folio):
        now = timezone.now()
        call = get_object_or_404(Call.objects.visible_to(request.user).with_program(), folio=folio)
        announcement = Announcement(call, at=now)
        form = CheckForm(announcement.eligibility_rules, request.GET)
        check = eligibility.Check.of(form.rules, form.answers())
        phase = schedule.phase(call, at=now)
        is_sent_on = seeks_another(check, phase)
        shown = {
            "call": call,
            "badge": presenting.badge(call, at=now),
            "is_open": phase == Phase.OPEN,
            "is_to_come": phase in TO_COME,
            "form": form,
            "check": check,
            "questions": [(condition, form[condition.key]) for condition in check.conditions],
            "place": announcement.place("eligibility_rules"),
            "rules_url": announcement.rules_url,
            "checklist": announcement.checklist(),
            "is_sent_on": is_sent_on,
            "others": others(call, at=now) if is_sent_on else [],
        }
        return render(request, "calls/call_eligibility.html", shown | ways_to_begin(call, form))


def ways_to_begin(call, form):
    """Where an application begins with these answers: for who is signed in, and for who is not yet."""
    start = "?".join(filter(None, [presenting.start_url(call), form.address()]))
    after = urlencode({"next": start})
    return {
        "start_url": start,
        "sign_in_url": f"{reverse('account_login')}?{after}",
        "sign_up_url": f"{reverse('account_signup')}?{after}",
    }


def seeks_another(check, phase):
    """Whether this call is not for them: by its conditions, or because its reception is over."""
    return check.outcome == eligibility.Outcome.MAY_NOT or phase not in (*TO_COME, Phase.OPEN)


def others(call, *, at):
    """The other calls that are open, closing first."""
    found = listing.chosen(listing.rows(at=at).exclude(pk=call.pk), at=at, state=listing.OPEN)
    return list(found[:OTHERS_SHOWN])
