"""What is mine: my account, my profile, what I did."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView, UpdateView

from accounts.forms import ProfileForm
from accounts.models import TrailEntry
from accounts.words import act_in_words, note_in_words, subject_in_words


class Account(TemplateView):
    """Everything about the account, with its links."""

    template_name = "accounts/account.html"


class Profile(UpdateView):
    """My name and my language; my roles, which others give."""

    form_class = ProfileForm
    template_name = "accounts/profile.html"
    success_url = reverse_lazy("accounts:profile")

    def get_object(self, queryset=None):
        return self.request.user

    def get_initial(self):
        return super().get_initial() | {"language": self.request.user.language or self.request.LANGUAGE_CODE}

    def get_context_data(self, **kwargs):
        memberships = self.object.memberships.select_related("body").order_by("-until", "-since")
        return super().get_context_data(memberships=memberships, **kwargs)

    def form_valid(self, form):
        self.object.save(update_fields=["name", "language"])
        messages.success(self.request, _("Your profile was kept."))
        return redirect(self.success_url)


class MyActs(ListView):
    """What I did in the portal, as the trail keeps it, the latest first."""

    template_name = "accounts/my_acts.html"
    paginate_by = 50

    def get_queryset(self):
        return TrailEntry.objects.filter(by=self.request.user).order_by("-pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["entries"] = [
            {
                "title": act_in_words(entry.act),
                "name": subject_in_words(entry),
                "at": entry.at,
                "note": note_in_words(entry),
            }
            for entry in context["object_list"]
        ]
        return context
