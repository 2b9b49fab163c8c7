"""The rows of a draft's data: one machinery to add, change, move and take away the rows of every block."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from programs import tables
from programs.actions import annexes, blocks
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
        """The component that carries the block, at its table."""
        block = tables.block_of(self.model)
        slug = self.contents.home_of(block)
        if not slug:
            raise Http404
        return f"{reverse('programs:draft_component', args=[self.edition.code, slug])}#block-{block}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "row": self.row,
            "row_model": self.model._meta.model_name,
            "parent": self.parent,
            "back": self.back,
            "block_label": tables.capital(self.model._meta.verbose_name),
        }


class RowForm(RowView, FormView):
    """Add a row, or change one. What makes no sense is answered beside its field, and stays typed."""

    template_name = "programs/drafting_row.html"

    def get_form_class(self):
        return form_for(self.model)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"contents": self.contents, "instance": self.row}

    def form_valid(self, form):
        try:
            self.save(form.cleaned_data)
        except ValidationError as refusal:
            _put(refusal, form)
            return self.form_invalid(form)
        except blocks.CannotChange as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("It is kept."))
        return redirect(self.back)

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
    """One place up or down."""

    def post(self, request, *args, **kwargs):
        blocks.move(self.row, up=request.POST.get("direction") == "up", by=request.user)
        return redirect(self.back)


class RowRemove(RowView, TemplateView):
    """Take a row out of the draft, after saying what goes with it."""

    template_name = "programs/drafting_row_remove.html"

    def get_context_data(self, **kwargs):
        levels = tables.levels_of(self.row, self.contents).lines if isinstance(self.row, Criterion) else []
        return super().get_context_data(**kwargs) | {"levels": levels}

    def post(self, request, *args, **kwargs):
        blocks.remove(self.row, by=request.user)
        messages.success(request, _("The row was taken out."))
        return redirect(self.back)
