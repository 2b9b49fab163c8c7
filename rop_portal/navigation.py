"""The frame of a page: navigation by role (six entries at most), language, notices, account, footer.

It costs a signed-in person two queries (current roles, unread notices) and a visitor none. An entry
whose address does not exist yet is left out.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts import held
from accounts.models import Role
from rop_portal import __version__

LONGEST = 6
EVERYBODY = None


@dataclass(frozen=True)
class Entry:
    """A word in the navigation: the name of its address and the roles that see it (none: everybody)."""

    label: str | Promise
    address: str
    roles: frozenset[str] | None = EVERYBODY


def for_roles(*roles):
    return frozenset(map(str, roles))


DRAFTING = for_roles(
    Role.EDITOR, Role.LEGAL, Role.HEAD, Role.GUIDE_OWNER, Role.ASSESSOR, Role.BUDGET, Role.AUDITOR
)
DESK = for_roles(Role.OPERATOR, Role.HEAD, Role.VERIFIER)
APPLYING = for_roles(Role.REPRESENTATIVE, Role.DRAFTER)
JUDGING = for_roles(Role.CHAIR, Role.SECRETARY, Role.MEMBER, Role.EVALUATOR)
WATCHING = for_roles(Role.MONITORING, Role.AUDITOR, Role.HEAD, Role.ASSESSOR, Role.GUIDE_OWNER)

# What belongs to a role comes first; the public entries fill what is left of the six.
ENTRIES = [
    Entry(gettext_lazy("My board"), "programs:board", for_roles(*Role)),
    Entry(gettext_lazy("Drafting"), "programs:drafting", DRAFTING),
    Entry(gettext_lazy("My applications"), "calls:my_applications", APPLYING),
    Entry(gettext_lazy("My organization"), "calls:my_organization", APPLYING),
    Entry(gettext_lazy("Applications"), "calls:desk", DESK),
    Entry(gettext_lazy("Evaluation"), "evaluations:board", JUDGING),
    Entry(
        gettext_lazy("Sessions"), "evaluations:sessions", for_roles(Role.CHAIR, Role.SECRETARY, Role.MEMBER)
    ),
    Entry(gettext_lazy("Follow-up"), "programs:follow_up", WATCHING),
    Entry(gettext_lazy("Programs"), "programs:programs"),
    Entry(gettext_lazy("Calls"), "calls:calls"),
    Entry(gettext_lazy("Harmonization"), "programs:matrix"),
    Entry(gettext_lazy("Results"), "evaluations:results"),
    Entry(gettext_lazy("Follow-up"), "programs:follow_up"),
]
MAILBOX, ANTIVIRUS = "accounts:mailbox", "documents:antivirus"
FOOTER = [
    Entry(gettext_lazy("Verify a document"), "documents:verify"),
    Entry(gettext_lazy("Log of acts"), "accounts:log"),
    Entry(gettext_lazy("Open data"), "api-index"),
    Entry(gettext_lazy("Electoral periods"), "programs:blackouts"),
    Entry(gettext_lazy("Mailbox"), MAILBOX),
    Entry(gettext_lazy("Antivirus"), ANTIVIRUS, for_roles(Role.ADMINISTRATOR)),
    Entry(gettext_lazy("Privacy"), "portal:privacy"),
    Entry(gettext_lazy("Accessibility"), "portal:accessibility"),
    Entry(gettext_lazy("Components of the interface"), "portal:gallery"),
]


def address(name):
    """The address of that name, or nothing when there is none."""
    return _address(name, get_script_prefix(), settings.ROOT_URLCONF)


@lru_cache(maxsize=200)
def _address(name, _prefix, _addresses):
    """Every page names the same ones: each is looked for once, below a prefix, in a set of addresses."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def current_roles(user):
    """The roles that a person holds now, in any body: one query, none for a visitor."""
    return held.roles(user)


class Frame:
    """What stands around the content, computed when a template asks for it."""

    version = __version__

    def __init__(self, request):
        self.request = request
        self.user = getattr(request, "user", None)
        self.signed_in = bool(self.user and self.user.is_authenticated)

    @cached_property
    def roles(self):
        return current_roles(self.user) if self.signed_in else set()

    @cached_property
    def navigation(self):
        links, seen = [], set()
        for entry in ENTRIES:
            url = address(entry.address)
            if url and url not in seen and self._may_see(entry):
                links.append({"url": url, "label": entry.label, "current": False})
                seen.add(url)
        return self._mark_current(links[:LONGEST])

    @cached_property
    def footer(self):
        shown = [entry for entry in FOOTER if self._is_here(entry.address) and self._may_see(entry)]
        return [{"url": url, "label": entry.label} for entry in shown if (url := address(entry.address))]

    def _is_here(self, name):
        """Whether this portal has what an entry of the footer leads to."""
        return {MAILBOX: settings.MAILBOX_ON_SCREEN, ANTIVIRUS: bool(settings.CLAMAV_SOCKET)}.get(name, True)

    @cached_property
    def unread(self):
        return self.user.notices.unread().count() if self.signed_in else 0

    @property
    def notices_url(self):
        return address("accounts:notices") if self.signed_in else ""

    @cached_property
    def account(self):
        if self.signed_in:
            return {"url": address("accounts:account"), "label": str(self.user)}
        url = address("account_login")
        return {"url": url, "label": _("Sign in")} if url else None

    @property
    def language_url(self):
        return address("accounts:language")

    @property
    def other_language(self):
        if (get_language() or "").startswith("en"):
            return {"code": "es-mx", "name": "Español"}
        return {"code": "en", "name": "English"}

    def _may_see(self, entry):
        return entry.roles is EVERYBODY or bool(self.roles & entry.roles)

    def _mark_current(self, links):
        """The entry under which this page lies: the longest address that begins its path."""
        inside = [link for link in links if self.request.path.startswith(link["url"])]
        if inside:
            max(inside, key=lambda link: len(link["url"]))["current"] = True
        return links
