"""What else asks for money for the same: an organization's other applications, and those much like one (E14).

Two texts are compared by runs of three words, so that what any two projects say alike weighs little. It is
for the desk to look at: likeness decides nothing.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from calls.models import Answer, Application, Barred
from calls.states import GRANTED, ApplicationState
from programs.comparison.alignment import likeness_of_bags
from programs.comparison.words import folded
from programs.models import ApplicationQuestion

RUN = 3
SAME_PROJECT = 0.5  # of the runs of words
YEARS_BACK = 3
MOST = 30
State = ApplicationState
OVER = (State.DRAFT, State.WITHDRAWN, State.DISCARDED, State.NOT_AWARDED, State.RENOUNCED)
TEXTS = (ApplicationQuestion.Kind.LONG, ApplicationQuestion.Kind.SHORT)


@dataclass(frozen=True)
class OtherGrant:
    """Another application: how alike the projects are (0 to 1), and what ties the two."""

    application: Application
    likeness: float
    is_own: bool
    is_earlier: bool

    @property
    def is_same_project(self):
        return self.likeness >= SAME_PROJECT

    @property
    def percentage(self):
        return round(self.likeness * 100)

    @property
    def was_granted(self):
        return self.application.state in GRANTED


def of(application, *, reader):
    """What may be paid twice, the most alike first: two queries, whatever there is.

    Files from which the reader is barred are not there.

    Other applications of the organization in force this fiscal year, its grants of the three before, and
    those of this year by organizations with the same account. Those with another project are told too.
    """
    others = list(_candidates(application, reader)[:MOST])
    texts = _texts([application, *others])
    mine = runs_of(texts[application.pk])
    found = [_other(one, application, likeness_of_bags(mine, runs_of(texts[one.pk]))) for one in others]
    return sorted(found, key=lambda one: (-one.likeness, -one.application.pk))


def _candidates(application, reader):
    year = application.call.publication.edition.fiscal_year
    years = "call__publication__edition__fiscal_year"
    barred = Barred.objects.filter(user=reader, application=OuterRef("pk"))
    in_force = Application.objects.exclude(state__in=OVER).exclude(pk=application.pk).exclude(Exists(barred))
    this_year = Q(**{years: year})
    before = Q(**{f"{years}__lt": year, f"{years}__gte": year - YEARS_BACK}, state__in=GRANTED)
    own = Q(organization=application.organization)
    tied = own & (this_year | before)
    if account := application.organization.clabe:
        tied |= Q(organization__clabe=account) & this_year
    found = in_force.filter(tied).select_related(
        "organization__body", "call__publication__edition__program__agency__body"
    )
    return found.defer("call__publication__snapshot").order_by("-submitted_at", "-pk")


def _other(one, application, likeness):
    edition, here = one.call.publication.edition, application.call.publication.edition
    return OtherGrant(
        one,
        likeness,
        is_own=one.organization_id == application.organization_id,
        is_earlier=edition.fiscal_year < here.fiscal_year,
    )


def _texts(applications):
    """The title and the written answers of each application, by its row."""
    texts = {one.pk: one.project_title for one in applications}
    written = Answer.objects.filter(
        application__in=texts, question__kind__in=TEXTS, question__identifies=False
    )
    for row, text in written.order_by("question__position", "pk").values_list("application", "text"):
        texts[row] += f" {text}"
    return texts


def runs_of(text):
    """The runs of three words of a text, counted; of a shorter text, its words."""
    words = folded(text).split()
    if len(words) < RUN:
        return Counter((word,) for word in words)
    return Counter(zip(*(words[start:] for start in range(RUN)), strict=False))
