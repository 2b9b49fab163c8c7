"""Sign-off: what is still open, who has signed, whose turn it is, and what this person may do now."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.acts import ActNotPossible
from programs import comparing, signing
from programs.actions import readings, signoff
from programs.draftforms import SignForm
from programs.states import EditionState
from programs.views.studio import DraftView


class SignOffPage(DraftView, TemplateView):
    """One page for the whole way: send, sign, refuse, open again. Each button is one act."""

    template_name = "programs/drafting_signoff.html"
    form = None
    findings_refused = ()

    @cached_property
    def step(self):
        return signing.next_step(self.edition, self.signed)

    @cached_property
    def signed(self):
        return list(self.edition.signoffs.select_related("by"))

    @cached_property
    def may(self):
        """What this person may do now, by the name of the act."""
        user, edition = self.request.user, self.edition
        sends = user.has_perm("programs.send_edition", edition)
        return {
            "send": sends and self.stage == EditionState.DRAFT,
            "reopen": sends and self.stage == EditionState.APPROVED,
            "sign": bool(self.step) and user.has_perm("programs.sign_edition", edition),
            "publish": self.stage == EditionState.APPROVED
            and user.has_perm("programs.publish_edition", edition),
        }

    def post(self, request, *args, **kwargs):
        act = request.POST.get("act", "")
        if act == "read":
            return self._read()
        if act in ("refuse", "reopen"):
            self.form = SignForm(request.POST)
            if not self.form.is_valid():
                return self.render_to_response(self.get_context_data(), status=422)
        try:
            self._do(act)
        except (signoff.CannotSend, signoff.CannotSign, ActNotPossible) as refusal:
            return self._refused(act, refusal)
        return redirect("programs:draft_signoff", self.edition.code)

    def _read(self):
        try:
            readings.mark_read(self.edition, by=self.request.user)
        except readings.CannotRead as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        messages.success(
            self.request, _("It is kept that you read it: next time you see what changed since now.")
        )
        return redirect("programs:draft_signoff", self.edition.code)

    def _do(self, act):
        by, reason = self.request.user, self.form.cleaned_data["reason"] if self.form else ""
        acts = {
            "send": (lambda: signoff.send(self.edition, by=by), _("The draft was sent to sign-off.")),
            "sign": (lambda: signoff.sign(self.edition, by=by), _("You signed the draft.")),
            "refuse": (
                lambda: signoff.refuse(self.edition, reason=reason, by=by),
                _("You returned the draft with your reason."),
            ),
            "reopen": (
                lambda: signoff.reopen(self.edition, reason=reason, by=by),
                _("The edition is a draft again."),
            ),
        }
        if act not in acts:
            raise PermissionDenied(_("That is not something this page can do."))
        perform, said = acts[act]
        perform()
        messages.success(self.request, said)

    def _refused(self, act, refusal):
        """Not allowed is 403 with the reason; allowed but not possible now is told on the page."""
        permission = "programs.sign_edition" if act in ("sign", "refuse") else "programs.send_edition"
        if not self.request.user.has_perm(permission, self.edition):
            raise PermissionDenied(str(refusal))
        messages.error(self.request, str(refusal))
        return redirect("programs:draft_signoff", self.edition.code)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "step": self.step,
            "route": [self._station(step) for step in signing.ROUTE],
            "refused": [one for one in self.signed if not one.accepted],
            "may": self.may,
            "findings": self.findings,
            "form": self.form or SignForm(),
            "waits_since": signing.waits_since(self.edition, self.signed) if self.step else None,
            "signers": self._signers(),
            "base": self.base,
            "comparison": comparing.compared(self.base["text"], comparing.of_contents(self.contents))
            if self.base
            else None,
        }

    def _signers(self):
        """Who may sign the step that waits, for whoever sent the draft to know whom to ask."""
        if self.step is None:
            return []
        held = signing.signers(self.edition, self.step).select_related("user")
        return [one.user for one in held if one.user_id != self.edition.sent_by_id]

    @cached_property
    def base(self):
        """With what this person compares the draft: what they read last, or else what it began from."""
        if last := readings.last_of(self.edition, self.request.user):
            return {"since": last.at, "text": comparing.of_reading(last)}
        if self.amendment:
            return {"amends": True, "text": comparing.of_version(self.last_published)}
        earlier = self.edition.based_on
        if earlier and earlier.publications.exists():
            return {"earlier": earlier, "text": comparing.of_publication(earlier)}
        return None

    def _station(self, step):
        now = [
            one
            for one in self.signed
            if one.step == step and one.round == self.edition.round and one.accepted
        ]
        return {"label": step.label, "signature": now[0] if now else None, "waits": step == self.step}
