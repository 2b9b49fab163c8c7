"""The Rules at size: two hundred programs with ten years of editions, and a draft of forty pages."""

from functools import partial

from django.test import Client
from django.urls import reverse

from benchmarks import comparison, papers, search, words, world
from benchmarks.measuring import against, count, queries_of

FEW, MANY = 5, 200
BARE = "a bare page"


def measures():
    """Every measure of the Rules, in the order in which the world grows."""
    world.reference()
    pages = Pages(FEW)
    few = pages.queries()
    pages.grow(MANY)
    return [
        *pages.constant(few, pages.queries()),
        *pages.against_the_bare(),
        *search.measures(pages.ask, pages.bare, rare=world.RARE, common=world.COMMON),
        *comparison.measures(),
        *papers.measures(pages.draft),
        *words.measures(pages.draft),
    ]


class Pages:
    """The pages that must stay quick, as the person who writes the draft asks for them."""

    def __init__(self, programs):
        self.grow(programs)
        self.draft, self.writer = world.draft_of_forty_pages()
        self.client = Client()
        self.client.force_login(self.writer)

    def grow(self, programs):
        world.grow(programs)

    @property
    def addresses(self):
        component = self.draft.texts.first().component.slug
        return {
            "P1 matrix of one year": f"{reverse('programs:matrix')}?ejercicio={world.MEASURED_YEAR}",
            "P1 editor": reverse("programs:draft_component", args=[self.draft.code, component]),
        }

    def bare(self):
        self.ask(reverse("bare"))

    def ask(self, address):
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)  # noqa: S101 -- a measure of an error is none

    def queries(self):
        """How many queries each page takes, when nothing of it is remembered any more."""
        for address in self.addresses.values():
            self.ask(address)
        return {name: queries_of(partial(self.ask, address)) for name, address in self.addresses.items()}

    def constant(self, few, many):
        for name, asked in many.items():
            yield count(
                f"{name}, queries",
                asked,
                unit="queries",
                goal=f"the {few[name]} of {FEW} programs",
                holds=asked == few[name],
            )

    def against_the_bare(self):
        for name, address in self.addresses.items():
            page = partial(self.ask, address)
            yield against(f"{name}, {MANY} programs", page, self.bare, to=BARE, below=10)
