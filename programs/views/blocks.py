"""The rows of a draft's data: one machinery to add, change, move and take away the rows of every block."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from jobs.idempotency import AnswersOnce
from programs import tables, typed
from programs.actions import annexes, blocks, removals
from programs.draftforms import form_for
from programs.models import Criterion
from programs.views.studio import DraftView


class RowView(DraftView):
    """A row of a block of a draft, or the block to which one is added."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self.require_change()
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def model(self):
        if model := tables.model_named(self.kwargs["model"]):
            return model
        raise Http404

    @cached_property
    def row(self):
        rows = self.model.objects.of_draft(self.edition).select_related("edition__program")
        return get_object_or_404(rows, key=self.kwargs["key"]) if "key" in self.kwargs else None

    @cached_property
    def parent(self):
        """The criterion of a level: the row's own, or the one named in the address of a new one."""
        if not self.model.parent_field:
            return None
        key = self.row.criterion_key if self.row else self.request.GET.get("criterion", "")
        return get_object_or_404(Criterion.objects.of_draft(self.edition), key=key)

    @property
    def back(self):
        """The component that carries the block, at its table; of what a move left without one, that page."""
        block = tables.block_of(self.model)
        slug = self.contents.home_of(block)
        if not slug and self.row:
            return reverse("programs:draft_guide", args=[self.edition.code])
        if not slug:
            raise Http404
        return f"{reverse('programs:draft_component', args=[self.edition.code, slug])}#block-{block}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "row": self.row,
            "row_model": self.model._meta.model_name,
            "is_single": self.model.is_single,
            "parent": self.parent,
            "back": self.back,
            "block_label": tables.capital(self.model._meta.verbose_name),
        }


class RowForm(AnswersOnce, RowView, FormView):
    """Add a row, or change one. What makes no sense is answered beside its field, and stays typed.

    Asked to calculate, it says how the day is counted and keeps nothing.
    """

    template_name = "programs/drafting_row.html"

    def get_form_class(self):
        return form_for(self.model)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"contents": self.contents, "instance": self.row}

    def post(self, request, *args, **kwargs):
        if "calculate" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.get_form()))
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not typed.has_term(self.model):
            return context
        form = context["form"]
        term = typed.explain(form, self.contents) if form.is_bound or self.row else None
        return context | {"term": term, "model_name": self.model._meta.model_name}

    def form_valid(self, form):
        try:
            saved = self.save(form.cleaned_data)
        except ValidationError as refusal:
            _put(refusal, form)
            return self.form_invalid(form)
        except blocks.CannotChange as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("It is kept."))
        return redirect(self.next_page(saved))

    def next_page(self, saved):
        """Back to the block; or one more row; or the same row, to go on with what stands in it."""
        if "more" in self.request.POST:
            return reverse("programs:row_change", args=[self.edition.code, saved._meta.model_name, saved.key])
        return self.another if "another" in self.request.POST else self.back

    @property
    def another(self):
        """The empty form of one more row of the same block."""
        address = reverse("programs:row_add", args=[self.edition.code, self.model._meta.model_name])
        return f"{address}?criterion={self.parent.key}" if self.parent else address

    def save(self, values):
        if upload := values.pop("file", None):
            values |= annexes.keep(upload, by=self.request.user)
        if self.row:
            return blocks.change(self.row, by=self.request.user, **values)
        if self.parent:
            values |= {self.model.parent_field: self.parent.key}
        return blocks.add(self.model, self.edition, by=self.request.user, **values)


def _put(refusal, form):
    """Each error beside its field, where the form has it."""
    by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal.error_list}
    for field, errors in by_field.items():
        form.add_error(field if field in form.fields else None, errors)


class RowMove(RowView, View):
    """One place up or down; the page comes back at the row, so that it can go on moving."""

    def post(self, request, *args, **kwargs):
        blocks.move(self.row, up=request.POST.get("direction") == "up", by=request.user)
        page, _hash, _block = self.back.partition("#")
        return redirect(f"{page}#row-{self.model._meta.model_name}-{self.row.key}")


class RowCopy(AnswersOnce, RowView, View):
    """A new row like this one, opened to be changed."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        if self.model.is_single or not self.model.can_be_copied:
            raise Http404
        try:
            copy = blocks.duplicate(self.row, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect(self.back)
        messages.success(request, _("This is the copy: change what is different in it."))
        return redirect("programs:row_change", self.edition.code, copy._meta.model_name, copy.key)


class RowRemove(RowView, TemplateView):
    """Take a row out of the draft, after saying what goes with it. It can be put back."""

    template_name = "programs/drafting_row_remove.html"

    def get_context_data(self, **kwargs):
        levels = tables.levels_of(self.row, self.contents).lines if isinstance(self.row, Criterion) else []
        return super().get_context_data(**kwargs) | {"levels": levels}

    def post(self, request, *args, **kwargs):
        removals.remove(self.row, by=request.user)
        messages.success(request, _("The row was taken out. It can be put back below its table."))
        return redirect(self.back)


class RowRestore(RowView, View):
    """Put back a row that was taken out."""

    http_method_names = ["post"]
    row = None

    def post(self, request, *args, **kwargs):
        kept = self.edition.removed_rows.filter(model=self.model._meta.model_name)
        removed = get_object_or_404(kept, key=kwargs["key"])
        try:
            removals.restore(removed, self.model, by=request.user)
        except blocks.CannotChange as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The row is back where it was."))
        return redirect(self.back)


class RowTerm(DraftView, View):
    """How the day of a row is counted, while it is being typed. Nothing is kept."""

    def get(self, request, *args, **kwargs):
        model = tables.model_named(kwargs["model"])
        if model is None or not typed.has_term(model):
            raise Http404
        said = typed.explain(form_for(model)(request.GET, contents=self.contents), self.contents)
        skipped = _("skipped: %(days)s") % {"days": "; ".join(said.skipped)} if said.skipped else ""
        return JsonResponse(
            {"text": "; ".join(filter(None, [said.sentence, skipped])), "warnings": said.warnings}
        )
