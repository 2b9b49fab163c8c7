"""A kind of PDF that only the tests have: the smallest thing that can be rendered, public or not."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from documents import renderings


@dataclass
class Sheet:
    """What a test wants a PDF to say, by subject."""

    text: str = "Texto de la hoja."
    reader: str = ""
    is_public: bool = False
    values: dict = field(default_factory=dict)


sheets: dict[str, Sheet] = {}
ISSUED = datetime(2026, 9, 16, 16, 0, tzinfo=UTC)


@renderings.kind("test_sheet", template="pdf/test_sheet.html")
class TestSheet(renderings.Kind):
    __test__ = False
    name = "Hoja de prueba"
    is_demo = True

    @property
    def sheet(self):
        return sheets[self.subject_id]

    @property
    def is_public(self):
        return self.sheet.is_public

    @property
    def folio(self):
        return f"HOJA-{self.subject_id}"

    @property
    def title(self):
        return f"Hoja {self.subject_id}"

    def context(self):
        return {"text": self.sheet.text, **self.sheet.values}

    def visible_to(self, user):
        return user.email == self.sheet.reader


@renderings.kind("test_plain", template="pdf/base.html")
class TestPlain(renderings.Kind):
    """One that a worker of the portal itself can render, without the templates of the tests."""

    __test__ = False
    name = "Hoja lisa"
    is_public = True

    @property
    def title(self):
        return f"Hoja lisa {self.subject_id}"

    def context(self):
        return {}
