"""``/correo/``: the letters that would have gone out, on screen. Only where no mail server is used."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.html import urlize
from django.utils.safestring import mark_safe
from django.views.generic import DetailView, ListView

from accounts.models import Letter


class OnScreenOnly:
    """Where letters really go out there is no mailbox, and its addresses do not exist."""

    def dispatch(self, request, *args, **kwargs):
        if not settings.MAILBOX_ON_SCREEN:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class Mailbox(OnScreenOnly, ListView):
    template_name = "accounts/mailbox.html"
    context_object_name = "letters"
    paginate_by = 30

    def get_queryset(self):
        letters = Letter.objects.all()
        to = self.request.GET.get("para", "").strip()
        return letters.filter(to__icontains=to) if to else letters

    def get_context_data(self, **kwargs):
        return super().get_context_data(to=self.request.GET.get("para", ""), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class LetterPage(OnScreenOnly, DetailView):
    template_name = "accounts/letter.html"
    context_object_name = "letter"
    slug_field = slug_url_kwarg = "public_id"
    queryset = Letter.objects.all()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            text=mark_safe(urlize(self.object.text, autoescape=True)),  # escaped by urlize
            **kwargs,
        )
