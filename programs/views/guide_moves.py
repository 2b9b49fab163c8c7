"""The Guide of a draft: what changed in a newer one, the move, and what came along to be reviewed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from programs import guide_changes, guide_moves
from programs.actions import guide_moves as moves
from programs.views.guide_editing import changes_between
from programs.views.studio import DraftView


class DraftGuide(DraftView, TemplateView):
    """What a newer Guide changes, the move to it, and what the last move left to review."""

    template_name = "programs/drafting_guide.html"

    @property
    def visible(self):
        return super().visible.with_newer_guide()

    @cached_property
    def newer(self):
        return guide_moves.newer_guide(self.edition) if self.edition.newer_guide_year else None

    @cached_property
    def moved(self):
        parts = guide_moves.parts_of_last_move(self.edition)
        return guide_moves.Moved(parts, self.contents) if parts else None

    def post(self, request, *args, **kwargs):
        """Move the draft to the Guide whose changes were shown, or mark parts as reviewed."""
        if not request.user.has_perm("programs.send_edition", self.edition):
            raise PermissionDenied(_("Only a Rules editor of the agency can move its draft."))
        act = self._review if "parts" in request.POST or "all" in request.POST else self._move
        try:
            messages.success(request, act())
        except moves.CannotMove as refusal:
            messages.error(request, str(refusal))
        return redirect("programs:draft_guide", self.edition.code)

    def _move(self):
        if self.newer is None or self.request.POST.get("guide") != str(self.newer.year):
            raise moves.CannotMove(_("The Guide changed meanwhile. Read what changes now."))
        moves.move(self.edition, self.newer, by=self.request.user)
        return _("The draft stands on the newer Guide. Review what came along.")

    def _review(self):
        if self.moved is None:
            raise Http404
        chosen = [int(one) for one in self.request.POST.getlist("parts") if one.isdigit()]
        parts = [row.pk for row in self.moved.waiting] if "all" in self.request.POST else chosen
        count = moves.review(self.moved.move, parts, by=self.request.user)
        words = ngettext("%(count)d part is reviewed.", "%(count)d parts are reviewed.", count)
        return words % {"count": count}

    def get_context_data(self, **kwargs):
        found = changes_between(self.edition.guide, self.newer) if self.newer else []
        return super().get_context_data(**kwargs) | {
            "newer": self.newer,
            "refusal": guide_moves.refusal(self.edition),
            "groups": guide_changes.by_kind(found),
            "moved": self.moved,
        }
