"""``/avisos/``: what the portal told this person."""

from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.generic import DetailView, ListView

from accounts.models import Notice


class Notices(ListView):
    """My notices, the latest first."""

    template_name = "accounts/notice_list.html"
    context_object_name = "notices"
    paginate_by = 30

    def get_queryset(self):
        notices = Notice.objects.visible_to(self.request.user)
        return notices.unread() if self.request.GET.get("ver") == "nuevos" else notices

    def get_context_data(self, **kwargs):
        unread = Notice.objects.visible_to(self.request.user).unread().count()
        return super().get_context_data(unread=unread, **kwargs)


class NoticePage(DetailView):
    """One notice as it was sent. Reading it does not mark it; the button does."""

    template_name = "accounts/notice_detail.html"
    context_object_name = "notice"
    slug_field = slug_url_kwarg = "public_id"

    def get_queryset(self):
        return Notice.objects.visible_to(self.request.user)


@require_POST
def mark_read(request, public_id):
    """It was read; go on to what it is about, or back to the list."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), public_id=public_id)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    inside = url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None)
    return redirect(notice.link if notice.link and inside else "accounts:notices")


@require_POST
def mark_all_read(request):
    Notice.objects.visible_to(request.user).unread().update(read_at=timezone.now())
    return redirect("accounts:notices")
