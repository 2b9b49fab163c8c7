"""Each invariant of roles, of the trail and of its log finds what breaks it and names it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import sequencing
from accounts.models import TrailEntry, TrailLeaf, TrailNode
from programs.models import Edition
from tests.factories.accounts import (
    InvitationFactory,
    MembershipFactory,
    TrailEntryFactory,
    TrailLeafFactory,
    TrailSaltFactory,
    UserFactory,
)
from tests.factories.programs import EditionFactory
from tests.invariants import (
    assert_is_seen,
    breaking_of,
    dangling,
    erase,
    overwrite,
    refused,
    story_of,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("invariants of accounts")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Sealed:
    """Rules that were approved, and the log in which every act of that is sealed."""

    edition: Edition

    @classmethod
    def play(cls):
        edition = EditionFactory(approved=True)
        while sequencing.seal():
            pass
        return cls(edition)

    @property
    def leaf(self):
        return TrailLeaf.objects.order_by("index")[3]


def a_role_held_twice(_story):
    ended = {"since": timezone.now() - 9 * DAY, "until": timezone.now()}
    first = MembershipFactory(**ended)
    return MembershipFactory(user=first.user, body=first.body, since=ended["since"] + DAY)


def an_invitation_taken_too_late(_story):
    held = MembershipFactory()
    return InvitationFactory(
        body=held.body, role=held.role, email=held.user.email, accepted_by=held.user,
        sent_at=timezone.now() - 30 * DAY, accepted_at=timezone.now(),
    )  # fmt: skip


ROLES = {
    "roles-fit-their-bodies": lambda _: MembershipFactory(role="chair"),
    "roles-are-held-once-at-a-time": a_role_held_twice,
    "addresses-are-in-lower-case": lambda _: UserFactory(email="Ana@demo.example"),
    "invitations-are-taken-while-they-last": an_invitation_taken_too_late,
    "invitations-that-were-taken-gave-their-role": lambda _: InvitationFactory(
        accepted_by=UserFactory(), accepted_at=timezone.now()
    ),
}


def an_entry_about(edition, **moved):
    about = {"subject_label": "programs.edition", "subject_id": str(edition.pk)}
    return TrailEntryFactory(**about, **moved)


TRAIL = {
    "moves-follow-one-another": lambda s: an_entry_about(
        s.edition, act="edition.send", from_state="draft", to_state="signoff"
    ),
    "moves-are-those-of-their-acts": lambda s: an_entry_about(
        s.edition, act="edition.publish", from_state="draft", to_state="published"
    ),
    "states-are-where-the-last-move-led": lambda s: overwrite(s.edition, state="draft"),
    "seals-say-what-they-seal": lambda _: TrailEntryFactory(digest="0" * 64),
    "salts-belong-to-entries": lambda _: TrailSaltFactory(),
}
LOG = {
    "leaves-are-numbered-without-holes": lambda _: TrailLeafFactory(index=999),
    "leaves-have-their-entries": lambda s: told(s.leaf, erase(s.leaf.entry)),
    "leaves-commit-to-their-entries": lambda s: told(s.leaf, overwrite(s.leaf.entry, note="Otra cosa.")),
    "leaves-lie-in-the-tree": lambda s: overwrite(s.leaf, commitment="0" * 64),
    "nodes-are-made-of-the-two-below": lambda _: overwrite(
        TrailNode.objects.order_by("-level").first(), hash="0" * 64
    ),
    "salts-belong-to-leaves": lambda s: told(s.leaf.salt, erase(s.leaf)),
    "entries-do-not-wait-for-their-place": lambda _: TrailEntryFactory(recorded_at=timezone.now() - 2 * DAY),
    "leaves-are-sealed-one-after-the-other": lambda s: overwrite(s.leaf, sealed_at=timezone.now() - DAY),
    "constraints-hold": lambda _: refused(
        MembershipFactory(), "membership_ends_after_it_starts", until=timezone.now() - 999 * DAY
    ),
    "references-lead-somewhere": lambda _: dangling(TrailEntry.objects.order_by("pk").last(), "by"),
}
BROKEN = breaking_of("accounts", ROLES, TRAIL, LOG)
story = story_of(Sealed.play)


@pytest.mark.parametrize("key", BROKEN)
def test_what_breaks_an_invariant_is_seen_and_named(key, story):
    assert_is_seen(key, BROKEN[key], story)
