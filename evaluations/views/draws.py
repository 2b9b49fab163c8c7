"""The draw of the evaluators: committed, drawn, and told to everybody so that it can be done again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.models import Role
from calls.models import Call
from evaluations import sharing_out
from evaluations.actions import distributing, draws, reviews
from evaluations.forms import SpecialtyForm
from evaluations.models import Assignment, Draw, Specialty
from evaluations.views.ofcall import ActPage, OfCall
from programs.models import Municipality, SupportModality


class OfTheDraw(OfCall, View):
    """A button of the coordination: done, or told why not."""

    permission_required = "evaluations.coordinate_evaluation"
    http_method_names = ["post"]

    def post(self, request, folio):
        try:
            done = self.act()
        except (draws.CannotCommit, reviews.CannotAssign) as refusal:
            messages.error(request, str(refusal))
            done = ""
        return self.go("evaluations:coordination", done)


class CommitDraw(OfTheDraw):
    """Bind the next draw: its hash is public from now on."""

    def act(self):
        draws.commit(self.call, by=self.request.user)
        return _("The draw is committed. Its hash is public from now on.")


class Distribute(OfTheDraw):
    """Ask for the draw: a job gives every application its evaluators."""

    def act(self):
        distributing.ask(self.call, by=self.request.user)
        return _("The draw was asked for. This page says how it goes, and you get a notice at its end.")


@method_decorator(login_not_required, name="dispatch")
class DrawPage(TemplateView):
    """What is public of the draws of a call, and how anybody does one again."""

    template_name = "evaluations/draw.html"

    def get_context_data(self, **kwargs):
        call = Call.objects.public().with_program().filter(folio=self.kwargs["folio"]).first()
        if call is None:
            raise Http404
        listed = list(Draw.objects.of_call(call))
        return super().get_context_data(
            call=call,
            draws=listed,
            by_hand=Assignment.objects.of_call(call).by_hand().count(),
            costs=sharing_out.COSTS | {"step": 2 * sharing_out.COSTS["load"]},
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class DrawFile(View):
    """The instance of a draw, byte for byte as it was hashed; before results are released there is none."""

    http_method_names = ["get", "head"]

    def get(self, request, folio, number):
        draw = get_object_or_404(Draw.objects.published(), call__folio=folio, number=number)
        answer = HttpResponse(draw.instance, content_type="application/json")
        answer["Content-Disposition"] = f'attachment; filename="sorteo-{folio}-{number}.json"'
        return answer


class Specialties(ActPage):
    """What an evaluator knows best; telling nothing is telling that they may have any file."""

    template_name = "evaluations/specialties.html"

    permission_required = "evaluations.tell_specialties"
    form_class = SpecialtyForm
    refusals, blames = draws.CannotTell, "modalities"
    goes_to = "evaluations:specialties"
    done = gettext_lazy("Kept. The next draw takes it into account.")

    def why_not(self):
        return draws.why_not_told(self.call)

    def get_form_kwargs(self):
        regions = Municipality.objects.order_by("region").values_list("region", flat=True).distinct()
        return super().get_form_kwargs() | {
            "modalities": SupportModality.objects.of_publication(self.call.publication_id),
            "regions": list(regions),
        }

    def get_initial(self):
        told = Specialty.objects.filter(
            membership__user=self.request.user,
            membership__body__committee__call=self.call,
            membership__role=Role.EVALUATOR,
        )
        keys = list(told.values_list("kind", "key"))
        return {
            "modalities": [key for kind, key in keys if kind == Specialty.Kind.MODALITY],
            "regions": [key for kind, key in keys if kind == Specialty.Kind.REGION],
        }

    def act(self, given):
        draws.tell_specialties(self.call, by=self.request.user, **given)
