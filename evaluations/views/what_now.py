"""One page after the ruling: who decided, by what, why, what was missing, and what can be done now."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from calls import ledger
from evaluations import deadlines
from evaluations.models import RemedyRequest
from evaluations.models.remedies import RECEIVED_HERE, Kind
from evaluations.scorecards import margins, scorecard
from evaluations.views.ofresult import OfResult


class WhatNow(OfResult, TemplateView):
    """The result of an application and every way forward that its Rules offer, each with its last day."""

    template_name = "evaluations/what_now.html"

    def get_context_data(self, **kwargs):
        now, holidays = timezone.now(), ledger.non_working_days()
        return super().get_context_data(
            margins=margins(self.ruling),
            rows=scorecard(self.application),
            feedback=self.feedback(now, holidays),
            remedies=self.remedies(now, holidays),
            changes=[one for one in self.filed if one.effect],
            **kwargs,
        )

    @cached_property
    def filed(self):
        """The remedies that were filed, in the order in which they were settled."""
        found = RemedyRequest.objects.filter(application=self.application)
        return list(found.select_related("remedy").order_by("settled_at", "pk"))

    def feedback(self, now, holidays):
        """Whether feedback was asked for, may be, or until when it could."""
        term = deadlines.feedback_term(self.call, holidays)
        acts_for_it = self.request.user.has_perm("evaluations.ask_feedback", self.application)
        return {
            "term": term,
            "window": deadlines.window_of(self.call),
            "asked": getattr(self.application, "feedback_request", None),
            "may_ask": acts_for_it and term is not None and term.is_open(now) and not self.call.is_ended,
        }

    def remedies(self, now, holidays):
        """Each remedy of the Rules with its last day, what was filed, and whether the portal receives it."""
        filed = {one.kind: one for one in self.filed}
        user, application = self.request.user, self.application
        files = user.has_perm("evaluations.file_remedy", application)
        reports = user.has_perm("evaluations.file_report", application)
        may: dict[str, str] = {Kind.INTERNAL_CONTROL: "report" if reports else ""}
        may |= dict.fromkeys(RECEIVED_HERE, "remedy" if files else "")
        return [
            {
                "remedy": remedy,
                "term": (term := deadlines.remedy_term(self.call, remedy, holidays)),
                "is_late": term is not None and not term.is_open(now),
                "filed": filed.get(remedy.kind),
                "receives": "" if self.call.is_ended else may.get(remedy.kind, ""),
                "is_elsewhere": remedy.kind not in may,
            }
            for remedy in deadlines.remedies_of(self.call)
        ]
