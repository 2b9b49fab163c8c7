"""Pages without login: the programs, one program, one edition of its Rules."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from programs.models import Edition


@method_decorator(login_not_required, name="dispatch")
class EditionPage(DetailView):
    queryset = Edition.objects.public()
