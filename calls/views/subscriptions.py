"""Being told of calls by e-mail: asking, confirming, changing, ending. All of it without an account."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from calls import interests
from calls.actions import subscriptions
from calls.forms.subscriptions import CARRIED, AskForm, WantedForm
from calls.models import Subscription
from documents import limits

MOST_A_MINUTE = 10


def address_carrying(query):
    """Where one asks to be told of calls like those of a list, with the filters in use."""
    used = {name: query[name] for name in CARRIED if query.get(name)}
    return reverse("calls:subscribe") + (f"?{urlencode(used)}" if used else "")


@method_decorator(login_not_required, name="dispatch")
class Subscribe(View):
    """Which calls to be told of. Who is signed in is told from now on; anybody else confirms the address."""

    def get(self, request):
        return self._page(request, self._form(request).carrying(request.GET))

    def post(self, request):
        form = self._form(request)(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        if request.user.is_authenticated:
            held = subscriptions.subscribe(request.user, form.wanted())
            messages.success(request, _("From now on you are told of these calls."))
            return redirect("calls:subscription", held.token)
        if not limits.allows(request, "subscribe", most=MOST_A_MINUTE):
            form.refuse_for_now()
            return self._page(request, form, status=429)
        subscriptions.ask(form.cleaned_data["address"], form.wanted())
        return redirect("calls:subscribe_sent")

    def _form(self, request):
        return WantedForm if request.user.is_authenticated else AskForm

    def _page(self, request, form, status=200):
        shown = {"form": form, "days": subscriptions.VALID.days, "own": self._own(request.user)}
        return render(request, "calls/subscribe.html", shown, status=status)

    def _own(self, user):
        """The subscription that a signed-in person has already."""
        if not user.is_authenticated:
            return None
        return Subscription.objects.active().filter(address=user.email.lower()).first()


@login_not_required
def sent(request):
    """The same words for every address, known or not."""
    return render(request, "calls/subscribe_sent.html", {"days": subscriptions.VALID.days})


@method_decorator([login_not_required, never_cache], name="dispatch")
class Confirm(View):
    """The link of the message leads to a button: programs that open links by themselves confirm nothing."""

    def get(self, request, signed):
        try:
            interest = subscriptions.to_confirm(signed)
        except subscriptions.CannotConfirm as refusal:
            return self._over(request, refusal)
        wanted = interests.all_in_words([interest])[interest.pk]
        return render(request, "calls/subscription_confirm.html", {"interest": interest, "wanted": wanted})

    def post(self, request, signed):
        try:
            held = subscriptions.confirm(signed)
        except subscriptions.CannotConfirm as refusal:
            return self._over(request, refusal)
        messages.success(request, _("Your address is confirmed: from now on you are told of these calls."))
        return redirect("calls:subscription", held.token)

    def _over(self, request, refusal):
        return render(request, "calls/subscription_confirm.html", {"refusal": str(refusal)}, status=410)


class OfTheToken(View):
    """The subscription of the address, shown to whoever holds its token."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.subscription = get_object_or_404(Subscription, token=kwargs["token"])


@method_decorator([login_not_required, never_cache], name="dispatch")
class ChangeSubscription(OfTheToken):
    """What one is told of: to take away, to add to, to end."""

    def get(self, request, token):
        return self._page(request, WantedForm())

    def post(self, request, token):
        form = WantedForm(request.POST)
        dropped = request.POST.get("remove", "")
        try:
            if dropped:
                subscriptions.drop(self.subscription, dropped)
            elif not form.is_valid():
                return self._page(request, form, status=422)
            else:
                subscriptions.add(self.subscription, form.wanted())
        except subscriptions.SubscriptionOver:
            return redirect("calls:unsubscribe", token)
        messages.success(request, _("What you are told of is changed."))
        return redirect("calls:subscription", token)

    def _page(self, request, form, status=200):
        if self.subscription.is_ended:
            return _ended(request, self.subscription)
        rows = list(self.subscription.interests.confirmed().select_related("agency"))
        words = interests.all_in_words(rows)
        shown = {
            "subscription": self.subscription,
            "rows": [
                {"public_id": row.public_id, "words": words[row.pk], "lang": "es" if row.topic else ""}
                for row in rows
            ],
            "form": form,
        }
        return render(request, "calls/subscription.html", shown, status=status)


@method_decorator([login_not_required, never_cache, csrf_exempt], name="dispatch")
class Unsubscribe(OfTheToken):
    """A page with a button. A mail program posts here without opening it (RFC 8058): no session is asked for.

    The token is what allows it; pressed twice, the second time finds it done.
    """

    def get(self, request, token):
        return _ended(request, self.subscription)

    def post(self, request, token):
        return _ended(request, subscriptions.end(self.subscription))


def _ended(request, subscription):
    return render(request, "calls/unsubscribe.html", {"subscription": subscription})
