"""Nobody finds what is not theirs while a call is evaluated: every address, search and mail is read.

``secrets.yaml`` declares who may find each secret; whoever it does not name finds it nowhere. The addresses
come from the URL configuration, the people and the secrets from ``evaluated``.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

import pytest

from accounts.models import Notice
from calls.models import Organization
from calls.models.applications import ApplicationQuerySet
from evaluations.models import ConflictDeclaration, Draw, Embargo
from tests.everywhere import evaluated, looking
from tests.everywhere.asked import holds
from tests.everywhere.looking import DECLARED, PEOPLE, entitled

pytestmark = [pytest.mark.whole, pytest.mark.once, pytest.mark.xdist_group("leaks"), pytest.mark.django_db]
NOBODYS = [secret for secret in DECLARED if not entitled(secret)]
# Whoever holds a paper may ask what its code is of, and reads the folio that is printed on it
OF_A_PAPER = {"documents:verification": {"folio 1", "folio 2"}}
# What a page looks for in its address: words that it searches for, and names of things that it reads
SEARCHED, NAMED = "q", "expediente"
SOUGHT = [
    "organization", "representative", "folio 1", "folio 2", "title 1", "title 2", "evaluator",
]  # fmt: skip


@dataclass
class Found:
    """What each person found where, read once for all tests of the module."""

    looking: looking.Looking
    at: dict = field(default_factory=dict)
    asked: dict = field(default_factory=dict)

    def of(self, who):
        """Each secret that a person finds, with the addresses at which it stands."""
        if who not in self.at:
            self.at[who] = self.everywhere(who, self.looking.addresses)
        return self.at[who]

    def everywhere(self, who, addresses):
        found, names = defaultdict(list), {path: name for name, path in addresses}
        for path, seen in self.looking.at(who, addresses):
            let_out = OF_A_PAPER.get(names[path], set())
            for secret in self.secrets_in(seen.text.replace(path, "")):
                if secret not in let_out:
                    found[secret].append(path)
            if seen.status == 200:
                self.asked.setdefault(who, {})[path] = seen.asked
        return dict(found)

    def asking(self, who, name):
        """The pages of a person that look for ``name`` in their address."""
        self.of(who)
        return [path for path, asked in self.asked[who].items() if name in asked]

    def secrets_in(self, text):
        text = text.lower()
        return [secret for secret, word in self.words.items() if word in text]

    def forbidden(self, who):
        return {secret: where for secret, where in self.of(who).items() if who not in entitled(secret)}

    @cached_property
    def words(self):
        return {secret: word.lower() for secret, word in self.looking.world.words.items()}


@pytest.fixture(scope="module")
def found(samples):
    return Found(looking.begin(samples))


def test_every_secret_of_the_world_is_declared_and_carries_a_word_of_its_own(found):
    assert sorted(found.words) == sorted(DECLARED)
    assert len(set(found.words.values())) == len(DECLARED)


@pytest.mark.parametrize("who", PEOPLE)
def test_nobody_finds_what_is_not_theirs(who, found):
    assert found.forbidden(who) == {}


@pytest.mark.parametrize("secret", [secret for secret in DECLARED if secret not in NOBODYS])
def test_whoever_may_find_a_secret_does(secret, found):
    """Otherwise that nobody else finds it would prove nothing."""
    assert [who for who in PEOPLE if who in entitled(secret) and secret in found.of(who)] != []


@pytest.mark.parametrize("secret", NOBODYS)
def test_what_nobody_finds_is_there(secret, found):
    word = found.looking.world.words[secret]

    rows = [row for model in kept_in(secret) for row in model.objects.all() if holds(row, [word])]

    assert rows != []


def kept_in(secret):
    return {"clabe": [Organization], "conflict": [ConflictDeclaration], "embargo": [Embargo]}.get(
        secret, [Draw]
    )


@pytest.mark.parametrize("who", PEOPLE)
def test_a_search_tells_nothing_of_what_is_not_theirs(who, found):
    """What is found with the word of a secret is what is found with a word that nothing says."""
    visitor, words = found.looking.visitors[who], found.words

    def told(path, word):
        text = visitor.see(f"{path}?{urlencode({SEARCHED: word})}").text.lower()
        return text.replace(word, "")

    differing = [
        (path, secret)
        for path in found.asking(who, SEARCHED)
        for secret in SOUGHT
        if who not in entitled(secret) and told(path, words[secret]) != told(path, words[secret][::-1])
    ]

    assert differing == []


@pytest.mark.parametrize("who", PEOPLE)
def test_asking_for_a_file_by_its_folio_tells_nothing_that_is_not_theirs(who, found):
    visitor, folios = found.looking.visitors[who], [found.words["folio 1"], found.words["folio 2"]]

    texts = [
        visitor.see(f"{path}?{urlencode({NAMED: folio.upper()})}").text.lower().replace(folio, "")
        for path in found.asking(who, NAMED)
        for folio in folios
    ]

    assert [one for text in texts for one in found.secrets_in(text) if who not in entitled(one)] == []


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "anonymous"])
def test_no_mail_tells_what_is_not_theirs(who, found):
    person = found.looking.world.people[who]

    mails = evaluated.mailed(Notice.objects.filter(to=person))

    told = {secret for to, text in mails for secret in found.secrets_in(text)}
    assert {secret for secret in told if who not in entitled(secret)} == set()
    assert all(to == [person.email] for to, _text in mails)


def test_a_page_that_shows_too_much_is_caught(found, monkeypatch):
    """The same look, with the rule of who sees an application taken away."""
    monkeypatch.setattr(ApplicationQuerySet, "visible_to", lambda applications, user: applications)
    addresses = [(name, path) for name, path in found.looking.addresses if name.startswith("calls:")]

    caught = found.everywhere("journalist", addresses)

    assert {"title 1", "file 1", "folio 2"} <= set(caught)
