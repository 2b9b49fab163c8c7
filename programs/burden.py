"""What the requirements of an edition ask of an organization: visits, papers, signatures, hours."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programs.comparison.words import folded
from programs.models import Publication, Requirement

FORM, DELIVERY, SIGNATURE = Requirement.Form, Requirement.Delivery, Requirement.Signature
FORMULA = gettext_lazy(
    "Only obligatory documents count, of the three stages. Visits: those that it takes to obtain each "
    "document, and one for each stage and office where documents are delivered on paper. Originals, copies "
    "and signatures: as many as the quantity says, or one. Hours: the sum of those estimated for each "
    "document; where no estimate is stated, none is counted, and it is said so."
)


@dataclass(frozen=True)
class Burden:
    """The burden of a set of requirements, all counted from the rows themselves."""

    rows: tuple

    @cached_property
    def asked(self):
        """The documents that everybody must hand over."""
        return [row for row in self.rows if row.is_obligatory]

    @property
    def documents(self):
        return len(self.asked)

    @cached_property
    def visits(self):
        """To obtain the documents, and one to each office that takes them on paper in each stage."""
        counters = {
            (row.stage, folded(row.received_by)) for row in self.asked if row.delivery == DELIVERY.PHYSICAL
        }
        return len(counters) + sum(row.trips or 0 for row in self.asked)

    @cached_property
    def originals(self):
        return sum(_quantity(row) for row in self.asked if row.form in (FORM.ORIGINAL, FORM.BOTH))

    @cached_property
    def copies(self):
        return sum(_quantity(row) for row in self.asked if row.form in (FORM.COPY, FORM.BOTH))

    @cached_property
    def signatures(self):
        signed = (SIGNATURE.SIGNATURE, SIGNATURE.INITIALS)
        return sum(_quantity(row) for row in self.asked if row.signature in signed)

    @cached_property
    def hours(self):
        return sum(row.hours or 0 for row in self.asked)

    @property
    def without_hours(self):
        """How many documents state no estimate."""
        return sum(row.hours is None for row in self.asked)

    @property
    def counts(self):
        """The six numbers with their names, in the order in which they are shown."""
        return [(label, getattr(self, name)) for name, label in COUNTED]

    @property
    def sentence(self):
        """The burden in one line, for the page of the Rules."""
        said = [
            ngettext("%(n)d document", "%(n)d documents", self.documents) % {"n": self.documents},
            ngettext("%(n)d visit", "%(n)d visits", self.visits) % {"n": self.visits},
            ngettext("%(n)d original", "%(n)d originals", self.originals) % {"n": self.originals},
            ngettext("%(n)d copy", "%(n)d copies", self.copies) % {"n": self.copies},
            ngettext("%(n)d signature", "%(n)d signatures", self.signatures) % {"n": self.signatures},
            ngettext("%(n)d hour", "%(n)d hours", self.hours) % {"n": self.hours},
        ]
        return ", ".join(said)

    @property
    def note(self):
        if not self.without_hours:
            return ""
        return ngettext(
            "%(n)d document states no hours.", "%(n)d documents state no hours.", self.without_hours
        ) % {"n": self.without_hours}


COUNTED = (
    ("documents", gettext_lazy("Documents")),
    ("visits", gettext_lazy("Visits")),
    ("originals", gettext_lazy("Originals")),
    ("copies", gettext_lazy("Copies")),
    ("signatures", gettext_lazy("Signatures")),
    ("hours", gettext_lazy("Hours, estimated")),
)


def _quantity(row):
    return row.quantity or 1


def of(rows):
    return Burden(tuple(rows))


# Beside others


@dataclass(frozen=True)
class Beside:
    """An edition's burden in a row of the table that compares it with others."""

    edition: object
    burden: Burden
    is_own: bool = False
    is_last_year: bool = False

    @property
    def label(self):
        if self.is_own:
            return _("This edition")
        return _("The one before") if self.is_last_year else self.edition.program.agency.acronym


def beside(edition, rows, published):
    """The burden of an edition, of the one before it and of the newest of each other program: one query.

    ``published`` are the editions that it may be set beside.
    """
    others = _others(edition, published)
    asked = _requirements(others)
    own = [Beside(edition, of(rows), is_own=True)]
    return own + [
        Beside(other, of(asked.get(other.pk, [])), is_last_year=other.program_id == edition.program_id)
        for other in others
    ]


def _others(edition, published):
    """The published edition before this one, and then the newest of every other program."""
    found: dict[int, object] = {}
    for other in sorted(published, key=lambda one: -one.fiscal_year):
        if other.program_id != edition.program_id or other.fiscal_year < edition.fiscal_year:
            found.setdefault(other.program_id, other)
    return sorted(found.values(), key=lambda one: (one.program_id != edition.program_id, one.program.order))


def _requirements(editions):
    asked = {}
    publications = Publication.objects.in_force().filter(edition__in=[one.pk for one in editions])
    for row in Requirement.objects.filter(publication__in=publications.values("pk")):
        asked.setdefault(row.edition_id, []).append(row)
    return asked
