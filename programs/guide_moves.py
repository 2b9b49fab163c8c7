"""What a draft on an older Guide is offered, and what of its last move waits to be reviewed. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from programs import guide_changes, guide_contents, references, tables
from programs.models import BLOCKS, Assessment, Comment, ComponentText, GuideEdition, GuideMove, MovedPart
from programs.states import EditionState

Kind = MovedPart.Kind


def newer_guide(edition):
    """The newest published Guide that a draft could be moved to, or None."""
    later = GuideEdition.objects.published().up_to(edition.fiscal_year).filter(year__gt=edition.guide.year)
    return later.order_by("-year").first()


def refusal(edition):
    """Why an edition in this state is not moved, in words; empty for a draft."""
    if edition.state == EditionState.DRAFT:
        return ""
    if edition.state in (EditionState.SIGNOFF, EditionState.APPROVED):
        return _("It is on its way through the signatures: what is signed does not change its Guide.")
    return _("It is published: what was published stays on the Guide by which it was written.")


def blocks_with_data(contents):
    """The blocks of which an edition holds some row."""
    return [block for block, models in BLOCKS.items() if any(contents.rows(model) for model in models)]


@dataclass(frozen=True)
class Part:
    """Something that a move carried: its name, what the Guide changed of it, and where it is worked on."""

    row: MovedPart
    name: str
    words: Iterable[str] = ()
    url: str = ""
    html: str = ""
    comments: Iterable[Comment] = ()
    rows: Iterable[tuple[str, str]] = ()


def parts_of_last_move(edition):
    """Everything that the last move of a draft listed; empty when it was never moved."""
    last = GuideMove.objects.filter(edition=edition).values("pk")[:1]
    named = ("reviewed_by", "move__from_guide", "move__to_guide", "move__moved_by", "move__edition__program")
    return list(MovedPart.objects.filter(move=Subquery(last)).select_related(*named))


class Moved:
    """The last move of a draft, read for its page: six queries at most, whatever it carried."""

    def __init__(self, rows, contents):
        self.rows, self.contents, self.edition = rows, contents, contents.edition
        self.move = rows[0].move

    @cached_property
    def waiting(self):
        return [row for row in self.rows if row.reviewed_at is None]

    @cached_property
    def groups(self):
        """The parts under the name of their kind, those that still wait first."""
        order = list(Kind)
        rows = sorted(self.rows, key=lambda one: (order.index(one.kind), one.reviewed_at is not None, one.pk))
        grouped = groupby(rows, key=lambda one: one.kind)
        return [(Kind(kind), [self._part(row) for row in found]) for kind, found in grouped]

    def _part(self, row):
        return getattr(self, f"_{row.kind}")(row)

    @cached_property
    def guides(self):
        """What the two Guides ask for: the one that was left, and the newer."""
        return guide_contents.read_components(self.move.from_guide, self.move.to_guide)

    @property
    def old(self):
        return self.guides[0]

    @property
    def new(self):
        return self.guides[1]

    @cached_property
    def set_aside(self):
        texts = ComponentText.every.filter(edition=self.edition).exclude(set_aside_at=None)
        return {text.component.slug: text for text in texts.select_related("component")}

    @cached_property
    def comments(self):
        said = Comment.objects.filter(text__in=self.set_aside.values()).select_related("author")
        found: dict[int, list] = {}
        for one in said.order_by("at"):
            found.setdefault(one.text_id, []).append(one)
        return found

    @cached_property
    def assessments(self):
        held = Assessment.objects.filter(edition=self.edition).select_related("practice", "clause")
        return {one.practice.code: one for one in held}

    def _text(self, row):
        component = self.new.components[row.key]
        before = self.old.components.get(row.key)
        words = list(guide_changes.component_changes(before, component)) if before else []
        return Part(row, str(component), words, url=self._page(row.key))

    def _new_text(self, row):
        return Part(row, str(self.new.components[row.key]), url=self._page(row.key))

    def _kept_text(self, row):
        text = self.set_aside.get(row.key)
        if text is None:
            return Part(row, row.key)
        html = references.resolved(text.text, self.contents)
        return Part(row, str(text.component), html=html, comments=self.comments.get(text.pk, []))

    def _block(self, row):
        models = BLOCKS[row.key]
        name = tables.capital(models[0]._meta.verbose_name_plural)
        held = [one for model in models for one in self.contents.rows(model)]
        return Part(row, name, rows=[(str(one), self._row_page(one)) for one in held])

    def _practice(self, row):
        practice = self.new.practices[row.key]
        return Part(row, f"{row.key} · {practice.title}", url=self._assess(row.key))

    def _assessment(self, row):
        practice, held = self.new.practices[row.key], self.assessments.get(row.key)
        before = self.old.practices.get(row.key)
        words = list(guide_changes.practice_changes(before, practice)) if before else []
        if held and held.clause and held.clause.guide_id != self.move.to_guide_id:
            words.append(_("The clause that proves it is in a component that the Guide took out."))
        return Part(row, f"{row.key} · {practice.title}", words, url=self._assess(row.key))

    def _kept_assessment(self, row):
        held = self.assessments.get(row.key)
        if held is None:
            return Part(row, row.key)
        words = [held.get_verdict_display(), *filter(None, [held.evidence, held.observation])]
        return Part(row, f"{row.key} · {held.practice.title}", words)

    def _page(self, slug):
        return reverse("programs:draft_component", args=[self.edition.code, slug])

    def _assess(self, code):
        return reverse("programs:assess", args=[self.edition.code, code])

    def _row_page(self, row):
        return reverse("programs:row_change", args=[self.edition.code, row._meta.model_name, row.key])
