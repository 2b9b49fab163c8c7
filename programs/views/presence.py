"""Who else has a component open, and the address where each page says that it does."""

from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from programs.actions import presence
from programs.draftforms import PresenceForm
from programs.models import Presence
from programs.views.studio import DraftView


def people_here(text, user, page=""):
    """In words: who else is in this component, and who writes elsewhere in the edition."""
    alive = Presence.objects.alive(at=timezone.now()).but_for(user, page)
    found = alive.filter(text__edition=text.edition_id).select_related("user", "text__component")
    return list(dict.fromkeys(filter(None, (_words(one, text, user) for one in found.order_by("pk")))))


def _words(one, text, user):
    if one.text_id != text.pk:
        elsewhere = {"who": one.user, "component": f"{one.text.component.number}. {one.text.component.title}"}
        is_another = one.is_writing and one.user_id != user.pk
        return _("%(who)s is in %(component)s") % elsewhere if is_another else ""
    if one.user_id == user.pk:
        return _("You have this component open in another window")
    if one.is_writing:
        return _("%(who)s is in this component too and may write") % {"who": one.user}
    return _("%(who)s is reading this component") % {"who": one.user}


class PresenceBeat(DraftView, View):
    """A page says that it has the component open, or that it was closed; it is told who else has."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        text, form = self.text, PresenceForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"words": []}, status=400)
        page = form.cleaned_data["page"]
        if form.cleaned_data["leaving"]:
            presence.leave(text, page=page, by=request.user)
            return JsonResponse({"words": []})
        presence.beat(text, page=page, by=request.user)
        return JsonResponse({"words": people_here(text, request.user, page)})
