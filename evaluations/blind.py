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
                (question.label, self._in_words(question))
                for question in section.questions
                if not question.identifies
            ]
            if answers:
                found.append((section.title, answers))
        return found

    def _in_words(self, question):
        """An answer as it is read; of a file, the neutral name under which it stands among the documents."""
        if not question.is_file:
            return typed.in_words(question, self._contents.answer_to(question))
        shown = self.document(_key_of(question))
        return shown.name if shown else ""

    @cached_property
    def documents(self):
        """Those of requirements, then those that answer a question, but for those that identify."""
        asked = [(one.key, one) for one in self._contents.requirements]
        asked += [(_key_of(one), one) for one in self._contents.questions if one.is_file]
        shown = []
        for key, one in asked:
            if one.given and not one.identifies:
                shown.append(_blind(len(shown) + 1, key, one))
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


def _key_of(question):
    """Its own among the documents: no requirement has a key like this."""
    return f"_{question.key}"


def _blind(number, key, asked):
    document = asked.given.document
    ending = document.name.rpartition(".")[2].lower() if "." in document.name else "bin"
    return BlindDocument(
        key=key,
        title=str(asked),
        name=f"documento-{number}.{ending[:5]}",
        media_type=document.media_type,
        size=document.size,
        document=document,
    )
