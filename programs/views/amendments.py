"""Amending published Rules: why, what changes so far, and giving it up. Writing is done in the studio."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.acts import ActNotPossible
from programs import comparing, versions
from programs.actions import amendments
from programs.states import EditionState
from programs.views.studio import DraftView


class ReasonForm(forms.Form):
    """Why the Rules are amended; it is published with the amendment."""

    reason = forms.CharField(
        label=gettext_lazy("Why the Rules are amended"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("It is published beside the amendment and sent with its notice."),
    )


class WithdrawForm(forms.Form):
    """Why an amendment is given up."""

    reason = forms.CharField(
        label=gettext_lazy("Why the amendment is withdrawn"), widget=forms.Textarea(attrs={"rows": 3})
    )


class ReachForm(forms.Form):
    """Whether an amendment reaches open calls, and why."""

    reaches = forms.ChoiceField(
        label=gettext_lazy("Does it reach the calls that receive applications when it is published?"),
        choices=[
            ("no", gettext_lazy("No: they go on under the Rules that they were opened from")),
            ("yes", gettext_lazy("Yes: their dates, only later, and their contacts follow the amendment")),
        ],
        widget=forms.RadioSelect,
    )
    reaching_reason = forms.CharField(
        label=gettext_lazy("Why it reaches them"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is published beside each date that moves and sent to whoever applied."),
    )


FORMS = {"start": ReasonForm, "explain": ReasonForm, "withdraw": WithdrawForm, "reach": ReachForm}


class AmendmentDesk(DraftView, TemplateView):
    """The amendment under way, or the form that begins one; the versions that are published."""

    template_name = "programs/drafting_amendment.html"
    bound = ""
    typed: forms.Form | None = None

    @cached_property
    def may_amend(self):
        return self.request.user.has_perm("programs.amend_edition", self.edition)

    def post(self, request, *args, **kwargs):
        if not self.may_amend:
            raise PermissionDenied(
                _("Only a Rules editor of the agency can amend its Rules, once they are published.")
            )
        act = request.POST.get("act", "")
        if act not in FORMS:
            raise PermissionDenied(_("That is not something this page can do."))
        self.bound, form = act, FORMS[act](request.POST, prefix=act)
        self.typed = form
        if form.is_valid() and self._done(act, form):
            return redirect("programs:draft_amendment", self.edition.code)
        return self.render_to_response(self.get_context_data(), status=422)

    def _done(self, act, form):
        try:
            said = self._do(act, form.cleaned_data)
        except amendments.CannotAmend as refusal:
            form.add_error(refusal.field or None, str(refusal))
            return False
        except ActNotPossible as refusal:
            form.add_error(None, str(refusal))
            return False
        messages.success(self.request, said)
        return True

    def _do(self, act, given):
        by, reason = self.request.user, given.get("reason", "")
        if act == "start":
            amendments.start(self.edition, reason=reason, by=by)
            return _("The amendment is begun: change what it amends in the components.")
        if self.amendment is None:
            raise amendments.CannotAmend(_("No amendment is under way."))
        if act == "explain":
            amendments.explain(self.amendment, reason=reason, by=by)
            return _("The reason is kept.")
        if act == "reach":
            reaches, why = given["reaches"] == "yes", given["reaching_reason"]
            amendments.set_reach(self.amendment, reaches=reaches, reason=why, by=by)
            return _("It is kept whether the amendment reaches open calls.")
        amendments.withdraw(self.amendment, reason=reason, by=by)
        return _("The amendment is withdrawn. The Rules say what they said.")

    def _form(self, act, **initial):
        if self.typed and self.bound == act:
            return self.typed
        return FORMS[act](prefix=act, initial=initial)

    def get_context_data(self, **kwargs):
        amendment, writes = self.amendment, self.may_amend and self.stage == EditionState.DRAFT
        return super().get_context_data(**kwargs) | {
            "versions": versions.versions_of(self.edition),
            "comparison": self._comparison() if amendment else None,
            "start_form": self._form("start") if self.may_amend and not amendment else None,
            "explain_form": self._form("explain", reason=amendment.reason) if writes else None,
            "reach_form": self._form("reach", **_reach_of(amendment)) if writes else None,
            "withdraw_form": self._form("withdraw") if writes else None,
            "form": self.typed,
        }

    def _comparison(self):
        """What the amendment changes so far, beside what was published last."""
        before = comparing.of_version(self.last_published)
        return comparing.compared(before, comparing.of_contents(self.contents))


def _reach_of(amendment):
    """What the amendment says now of open calls."""
    return {
        "reaches": "yes" if amendment.reaches_calls else "no",
        "reaching_reason": amendment.reaching_reason,
    }
