"""The applicant's path: my applications, the task list, one subject a page, review, receipt."""

from django.views.generic import DetailView

from calls.models import Application


class ApplicationPage(DetailView):
    """One application. Whoever may not see it finds nothing."""

    slug_field = slug_url_kwarg = "public_id"
    template_name = "calls/application_page.html"

    def get_queryset(self):
        visible = Application.objects.visible_to(self.request.user)
        return visible.select_related("call__publication", "organization__body")
