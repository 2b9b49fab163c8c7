"""Electoral blackouts: anybody reads when publicity is withheld, why, and what was let through."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import FormView, TemplateView

from accounts.acts import ActNotPossible
from jobs.idempotency import AnswersOnce, new_key
from programs import withholding
from programs.actions import blackouts
from programs.blackout_forms import ConfirmForm, EndForm, LetThroughForm, MoveForm, PeriodForm, initial_of
from programs.models import BlackoutException, BlackoutPeriod

PER_PAGE = 20


@method_decorator(login_not_required, name="dispatch")
class BlackoutList(TemplateView):
    """The periods, the one in force first said, and what counts as publicity here."""

    template_name = "programs/blackout_list.html"

    def get_context_data(self, **kwargs):
        now = timezone.now()
        page = Paginator(BlackoutPeriod.objects.order_by("-starts_at", "kind"), PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(
            page=page,
            rows=[_row(one, now) for one in page],
            kinds=[one.label for one in withholding.KINDS.values()],
            manages=self.request.user.has_perm("programs.manage_blackouts"),
            **kwargs,
        )


def _row(period, now):
    """How a period stands: in force, to come, over, or as its state says."""
    if period.is_in_force(at=now):
        return {"period": period, "look": "due", "word": pgettext("blackout", "In force")}
    if period.is_confirmed and period.starts_at > now:
        return {"period": period, "look": "upcoming", "word": _("Confirmed, to come")}
    if period.is_confirmed:
        return {"period": period, "look": "closed", "word": _("It is over")}
    look = "pending" if period.is_noted else "closed"
    return {"period": period, "look": look, "word": period.get_state_display()}


@method_decorator(login_not_required, name="dispatch")
class BlackoutPage(TemplateView):
    """One period: its moments and its norm, and every item that was let through."""

    template_name = "programs/blackout_page.html"

    def get_context_data(self, **kwargs):
        now, period = timezone.now(), get_object_or_404(BlackoutPeriod, public_id=self.kwargs["public_id"])
        given = BlackoutException.objects.filter(period=period).order_by("-at", "-pk")
        page = Paginator(given, PER_PAGE).get_page(self.request.GET.get("page"))
        goes_on = period.is_confirmed and period.ends_at > now
        return super().get_context_data(
            row=_row(period, now),
            period=period,
            page=page,
            exceptions=[{"given": one, "kind": _label_of(one)} for one in page],
            goes_on=goes_on,
            manages=self.request.user.has_perm("programs.manage_blackouts"),
            **kwargs,
        )


def _label_of(given):
    declared = withholding.KINDS.get(given.kind)
    return declared.label if declared else given.kind


class Planning(FormView):
    """A form of planning about a blackout: what is refused is said beside it, and what was typed stays."""

    template_name = "programs/blackout_form.html"
    title = button = becomes_public = ""
    done = gettext_lazy("It is kept, and public.")
    is_danger = False

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self.period = self._found()
            if not request.user.has_perm("programs.manage_blackouts"):
                raise PermissionDenied(_("Only the planning secretariat says when publicity is withheld."))
        return super().dispatch(request, *args, **kwargs)

    def _found(self):
        return get_object_or_404(BlackoutPeriod, public_id=self.kwargs["public_id"])

    @cached_property
    def by(self):
        return self.request.user

    def form_valid(self, form):
        try:
            period = self.save(form)
        except (blackouts.CannotBlackOut, ActNotPossible) as refusal:
            form.refuse(refusal)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(period)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            period=self.period,
            title=self.title,
            button=self.button or self.title,
            becomes_public=self.becomes_public,
            is_danger=self.is_danger,
            idempotency_key=new_key(),
            **kwargs,
        )


class _NotePeriod(Planning):
    """A period that is known of; it withholds nothing until it is confirmed."""

    form_class = PeriodForm
    title = gettext_lazy("Note an electoral blackout")
    becomes_public = gettext_lazy("the period, marked as not confirmed. It withholds nothing until it is.")

    def _found(self):
        return None

    def save(self, form):
        return blackouts.note(by=self.by, **form.said())


class NotePeriod(AnswersOnce, _NotePeriod):
    """The same; a second POST with the same key notes nothing more."""


class ChangePeriod(Planning):
    """The days and the norm of a period that is not confirmed."""

    form_class = PeriodForm
    title = gettext_lazy("Correct the period")
    becomes_public = gettext_lazy("the corrected period, still marked as not confirmed.")

    def get_initial(self):
        return initial_of(self.period)

    def save(self, form):
        return blackouts.change(self.period, by=self.by, **form.said())


class ConfirmPeriod(Planning):
    """From here on it withholds."""

    form_class = ConfirmForm
    title = gettext_lazy("Confirm the period")
    becomes_public = gettext_lazy(
        "that it is confirmed. From its first moment to its end publicity is withheld; procedures go on."
    )

    def save(self, form):
        return blackouts.confirm(self.period, by=self.by)


class MoveEnd(Planning):
    """Another end for a confirmed period."""

    form_class = MoveForm
    title = gettext_lazy("Move its end")
    becomes_public = gettext_lazy("the new end and the reason; the former one stays, struck through.")

    def get_initial(self):
        return initial_of(self.period)

    def save(self, form):
        return blackouts.move_end(self.period, form.ends_at(), reason=form.cleaned_data["reason"], by=self.by)


class EndPeriod(Planning):
    """It ends now."""

    form_class = EndForm
    title = gettext_lazy("End it now")
    becomes_public = gettext_lazy("the reason, and all that was withheld. It cannot be undone.")
    is_danger = True

    def save(self, form):
        return blackouts.end(self.period, reason=form.cleaned_data["reason"], by=self.by)


class LetThrough(Planning):
    """One item is shown in spite of the period."""

    form_class = LetThroughForm
    title = gettext_lazy("Let an item through")
    becomes_public = gettext_lazy("the item, the reason and the legal basis, in the list of exceptions.")

    def save(self, form):
        blackouts.let_through(self.period, by=self.by, **form.cleaned_data)
        return self.period
