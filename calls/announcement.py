"""What a call tells the public, from the frozen rows of its publication: the same on the page and on paper.

Every entry is a plain value in the language of the moment, so that a PDF can freeze it.
"""

from functools import cached_property
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calls import announced_dates, changes, formats, ledger, tabular, words
from documents import pesos
from documents.forms import accepted_in_words
from programs import contents
from programs.models import (
    ApplicationQuestion,
    Budget,
    BudgetRule,
    CommitteeSeat,
    Contact,
    Criterion,
    CriterionLevel,
    DisseminationAction,
    EligibilityRule,
    FeedbackWindow,
    MilestoneCode,
    Remedy,
    Requirement,
    ScoringRule,
    SupportModality,
)

PARTS = (
    "amounts", "modalities", "budget", "counts", "effort", "requirements", "eligibility", "questions",
    "budget_rules", "criteria", "scoring", "seats", "schedule_rows", "contacts", "feedback", "remedies",
    "dissemination",
)  # fmt: skip
PHYSICAL = (Requirement.Delivery.PHYSICAL, Requirement.Delivery.BOTH)
ORIGINAL = (Requirement.Form.ORIGINAL, Requirement.Form.BOTH)
SIGNED = (Requirement.Signature.SIGNATURE, Requirement.Signature.INITIALS)


class Announcement:
    """A call with everything its Rules say of it."""

    def __init__(self, call, *, at=None):
        self.call = call
        self.at = at
        self.says = contents.read(call.publication.edition, call.publication)
        self.modality_names = {row.key: row.name for row in self.says.rows(SupportModality)}

    @cached_property
    def promises(self):
        """The dates of the call, promised and real."""
        return ledger.of(self.call, at=self.at, holidays=self.holidays)

    @cached_property
    def holidays(self):
        return ledger.non_working_days()

    # Where each thing stands in the Rules

    def place(self, block):
        """The component of the Rules that says it: its words and its address."""
        text = self.says.text_of(self.says.home_of(block))
        if text is None:
            return {"words": _("Rules of Operation"), "url": self.rules_url}
        words_of_place = _("Rules, component %(number)s") % {"number": text.component.number}
        return {"words": words_of_place, "url": f"{self.rules_url}#{text.component.slug}"}

    @cached_property
    def rules_url(self):
        edition = self.call.publication.edition
        return reverse("programs:edition", args=[edition.program.code, edition.fiscal_year])

    # How much

    def amounts(self):
        """The least and the most that one project can get, over all modalities."""
        rows = self.says.rows(SupportModality)
        if not rows:
            return None
        return {"least": min(row.minimum for row in rows), "most": max(row.maximum for row in rows)}

    def modalities(self):
        return [
            {
                "name": row.name,
                "description": row.description,
                "minimum": row.minimum,
                "maximum": row.maximum,
                "own_share": row.own_share,
            }
            for row in self.says.rows(SupportModality)
        ]

    def budget(self):
        """What this call gives away: its own budget, or what the Rules authorise for the year."""
        row = self.says.single(Budget)
        return {"call": self.call.budget, "authorized": row.authorized if row else None}

    # What it takes

    def counts(self):
        """How many documents, originals, signatures and visits an application takes."""
        asked = [
            row
            for row in self.says.rows(Requirement)
            if row.stage == Requirement.Stage.APPLICATION and row.is_obligatory
        ]
        return {
            "documents": len(asked),
            "originals": sum(row.form in ORIGINAL and row.delivery in PHYSICAL for row in asked),
            "signatures": sum(row.signature in SIGNED for row in asked),
            "visits": sum(row.delivery in PHYSICAL for row in asked),
        }

    def effort(self):
        """The same in one sentence: «0 originals · 1 signature · no visits»."""
        counts = self.counts()
        return " · ".join(
            [
                ngettext("%(n)d original", "%(n)d originals", counts["originals"])
                % {"n": counts["originals"]},
                ngettext("%(n)d signature", "%(n)d signatures", counts["signatures"])
                % {"n": counts["signatures"]},
                ngettext("%(n)d delivery in person", "%(n)d deliveries in person", counts["visits"])
                % {"n": counts["visits"]},
            ]
        )

    def requirements(self):
        """The documents by stage, each described so that nobody has to ask."""
        rows = sorted(self.says.rows(Requirement), key=lambda row: Requirement.Stage.values.index(row.stage))
        return [
            {
                "stage": Requirement.Stage(stage).label.lower(),
                "code": stage,
                "rows": [self._requirement(row) for row in group],
            }
            for stage, group in groupby(rows, key=lambda row: row.stage)
        ]

    def _requirement(self, row):
        extent = [
            self.modality_names.get(row.modality_key, ""),
            "" if row.is_obligatory else _("optional"),
            row.detail,
            _("Deadline: %(deadline)s") % {"deadline": row.deadline} if row.deadline else "",
            _("Received by: %(office)s") % {"office": row.received_by} if row.received_by else "",
        ]
        return {
            "name": row.name,
            "purpose": " · ".join(filter(None, extent)),
            "modality": row.get_delivery_display() if row.delivery else "",
            "form": _form_of(row),
            "validity": words.calendar_days(row.valid_days) if row.valid_days else "",
            "basis": row.legal_basis or self.place("requirements")["words"],
            "basis_url": self.place("requirements")["url"],
        }

    def checklist(self):
        """What is got ready to apply: first what every modality asks, then what only one of them does."""
        groups = {"": []} | {name: [] for name in self.modality_names.values()}
        for row in self.says.rows(Requirement):
            if row.stage == Requirement.Stage.APPLICATION:
                groups[self.modality_names.get(row.modality_key, "")].append(_to_get_ready(row))
        return [{"modality": name, "rows": rows} for name, rows in groups.items() if rows]

    # Who may apply, what is asked, what may be paid

    @property
    def eligibility_rules(self):
        """The conditions as the Rules froze them, in their order."""
        return self.says.rows(EligibilityRule)

    def eligibility(self):
        return [
            {
                "statement": row.statement,
                "question": row.question,
                "right": _("Yes") if row.right_answer else _("No"),
                "how_to_fix": row.how_to_fix,
            }
            for row in self.eligibility_rules
        ]

    def questions(self):
        """All the questions of the form, by section, in their order."""
        sections = {}
        for row in self.says.rows(ApplicationQuestion):
            sections.setdefault(row.section, []).append(self._question(row))
        return [{"section": name, "rows": rows} for name, rows in sections.items()]

    def _question(self, row):
        limit = _("at most %(count)d words") % {"count": row.word_limit} if row.word_limit else ""
        facts = [
            row.get_kind_display().lower(),
            accepted_in_words(formats.accepted(row.file_format)) if row.is_file else limit,
            "" if row.is_obligatory else _("optional"),
            self.modality_names.get(row.modality_key, ""),
            self._condition(row),
        ]
        offered = [column.name for column in tabular.columns_of(row)] if row.is_tabular else row.choice_lines
        return {
            "label": row.label,
            "help": row.help,
            "facts": ", ".join(filter(None, facts)),
            "choices": offered,
        }

    def _condition(self, row):
        """After which answer the question comes; nothing when it is asked always."""
        named = next(
            (one for one in self.says.rows(ApplicationQuestion) if one.key == row.question_key), None
        )
        if named is None:
            return ""
        said = {"answer": row.question_answer, "question": named.label}
        return _("only if you answered “%(answer)s” to “%(question)s”") % said

    def budget_rules(self):
        return [
            {
                "concept": row.concept,
                "allowed": _("Yes") if row.is_allowed else _("No"),
                "limit": self._limit(row),
                "note": row.note,
            }
            for row in self.says.rows(BudgetRule)
        ]

    def _limit(self, row):
        share = (
            _("%(share)s %% of the grant") % {"share": f"{row.maximum_share:f}".rstrip("0").rstrip(".")}
            if row.maximum_share is not None
            else ""
        )
        return ", ".join(filter(None, [share, pesos.figures(row.maximum) if row.maximum is not None else ""]))

    # How it is decided

    def criteria(self):
        levels = {}
        for level in self.says.rows(CriterionLevel):
            levels.setdefault(level.criterion_key, []).append(level)
        return [
            {
                "name": row.name,
                "description": row.description,
                "points": row.weight,
                "favours": row.favours_priority_groups,
                "tie_break": row.tie_break,
                "levels": [
                    {"points": level.points, "label": level.label, "descriptor": level.descriptor}
                    for level in sorted(levels.get(row.key, []), key=lambda level: level.points)
                ],
            }
            for row in self.says.rows(Criterion)
        ]

    def scoring(self):
        row = self.says.single(ScoringRule)
        if row is None:
            return None
        return {"pass_mark": row.pass_mark, "evaluators": row.evaluators, "quorum": row.quorum,
                "last_tie_break": str(row.get_last_tie_break_display())}  # fmt: skip

    def seats(self):
        return [
            {
                "kind": row.get_kind_display(),
                "name": row.name,
                "chosen_by": row.chosen_by,
                "powers": row.powers,
                "says": _say(row.has_voice, row.has_vote),
            }
            for row in self.says.rows(CommitteeSeat)
        ]

    # When

    def schedule_rows(self):
        return announced_dates.rows(self.call, self.promises)

    # Whom to ask, what can be asked for afterwards, how it is made known

    def contacts(self):
        rows = sorted(self._current(Contact), key=lambda row: Contact.Purpose.values.index(row.purpose))
        return [
            {
                "code": purpose,
                "purpose": str(Contact.Purpose(purpose).label),
                "rows": [self._contact(row) for row in group],
            }
            for purpose, group in groupby(rows, key=lambda row: row.purpose)
        ]

    def _current(self, model):
        """Contacts and dissemination follow the last amendment that reached the call."""
        if self.call.amended_by_id is None:
            return self.says.rows(model)
        return sorted(model.objects.of_publication(self.call.amended_by_id), key=contents.in_order)

    def _contact(self, row):
        return {
            "channel": row.get_channel_display(),
            "value": row.value,
            "name": row.name,
            "hours": row.hours,
        }

    def feedback(self):
        row = self.says.single(FeedbackWindow)
        if row is None:
            return None
        return {
            "ask": words.term(row.days, row.unit),
            "after": str(MilestoneCode(row.after).label),
            "answer": words.term(row.answer_days, row.answer_unit),
        }

    def remedies(self):
        return [
            {
                "kind": row.get_kind_display(),
                "name": row.name,
                "term": words.term(row.days, row.unit) if row.days else "",
                "authority": row.authority,
                "basis": row.legal_basis,
            }
            for row in self.says.rows(Remedy)
        ]

    def dissemination(self):
        return [
            {
                "medium": row.medium,
                "on": row.on,
                "facts": " · ".join(filter(None, [row.place, row.audience, row.language_or_format])),
            }
            for row in self.dissemination_actions
        ]

    @property
    def dissemination_actions(self):
        """The plan by which the call is made known, as the Rules that govern it froze it."""
        return self._current(DisseminationAction)

    def everything(self):
        """All of it as plain values."""
        parts = {name: getattr(self, name)() for name in PARTS}
        return parts | changes.of(self.call)


def _form_of(row):
    """«Original, signed, PDF»"""
    parts = [
        row.get_form_display() if row.form else "",
        _("%(count)d copies") % {"count": row.quantity} if row.quantity and row.quantity > 1 else "",
        row.get_signature_display().lower() if row.signature in SIGNED else "",
        row.file_format,
    ]
    return ", ".join(filter(None, parts))


def _to_get_ready(row):
    """A requirement in one line of a list: what it is and, in few words, how it is wanted."""
    delivery = _("delivery: %(how)s") % {"how": row.get_delivery_display().lower()}
    days = words.calendar_days(row.valid_days) if row.valid_days else ""
    facts = [
        _form_of(row),
        delivery if row.delivery else "",
        _("valid for %(days)s from its issue") % {"days": days} if days else "",
        "" if row.is_obligatory else _("optional"),
    ]
    return {"name": row.name, "facts": " · ".join(filter(None, facts)), "detail": row.detail}


def _say(has_voice, has_vote):
    if has_voice and has_vote:
        return _("Voice and vote")
    if has_voice:
        return _("Voice, no vote")
    return _("Vote") if has_vote else _("Neither voice nor vote")
