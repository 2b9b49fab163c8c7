"""Reads: the blind copy of an application. What names the organization or its people is not in it.

Evaluators get this and nothing else: the answers and documents whose question or requirement does not
identify, the project's own data and its budget.
"""

from dataclasses import dataclass
from functools import cached_property

from calls import typed
from calls.contents import Contents


@dataclass(frozen=True)
class BlindDocument:
    """A document of the blind copy, under a neutral name."""

    key: str
    title: str
    name: str
    media_type: str
    size: int
    document: object


class BlindCopy:
    """What an evaluator reads of one application, in the order of the Rules."""

    def __init__(self, application):
        self.application = application
        self._contents = Contents(application)

    @cached_property
    def sections(self):
        """Pairs of section title and answers in words; sections where everything identifies are left out."""
        found = []
        for section in self._contents.sections:
            answers = [
                (question.label, typed.in_words(question, self._contents.answer_to(question)))
                for question in section.questions
                if not question.identifies
            ]
            if answers:
                found.append((section.title, answers))
        return found

    @cached_property
    def documents(self):
        shown = []
        for requirement in self._contents.requirements:
            supplied = self._contents.document_for(requirement)
            if supplied and not requirement.identifies:
                shown.append(_blind(len(shown) + 1, requirement, supplied.document))
        return shown

    def document(self, key):
        """The document of that requirement, or None: what identifies does not exist here."""
        return next((shown for shown in self.documents if shown.key == key), None)

    @property
    def modality(self):
        return self._contents.modality

    @property
    def lines(self):
        return self._contents.lines

    @property
    def totals(self):
        return self._contents.totals


def _blind(number, requirement, document):
    ending = document.name.rpartition(".")[2].lower() if "." in document.name else "bin"
    return BlindDocument(
        key=requirement.key,
        title=requirement.name,
        name=f"documento-{number}.{ending[:5]}",
        media_type=document.media_type,
        size=document.size,
        document=document,
    )
