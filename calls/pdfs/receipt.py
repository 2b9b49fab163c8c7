"""The receipt (acuse): what was received, when, to the second, and the files with their SHA-256.

It is made from the sealed submission alone, so that it says the same whenever it is made.
"""

import json
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.dates import day_in_words, exact
from calls import tabular, typed
from calls.models import Assistance, Submission
from documents import pesos, renderings
from programs.models import ApplicationQuestion, Municipality, SupportModality

Kind = ApplicationQuestion.Kind


@renderings.kind("receipt", template="pdf/receipt.html", version=3)
class Receipt(renderings.Kind):
    name = gettext_lazy("Receipt of application")

    def __init__(self, subject_id):
        super().__init__(subject_id)
        self.submission = Submission.objects.select_related("application__call__publication").get(
            application__public_id=subject_id
        )
        self.application = self.submission.application
        self.folio = self.application.folio
        self.is_demo = self.application.call.is_demo
        self.said = json.loads(self.submission.snapshot)

    @property
    def title(self):
        return _("Receipt of application %(folio)s") % {"folio": self.folio}

    @property
    def filename(self):
        return f"acuse-{self.folio}.pdf"

    def visible_to(self, user):
        return user.has_perm("calls.view_application", self.application)

    def context(self):
        return {
            "folio": self.folio,
            "call": {"folio": self.said["call"], "title": self.application.call.title},
            "received_in_words": exact(datetime.fromisoformat(self.said["received_at"])),
            "sha256": self.submission.sha256,
            "rules_sha256": self.said["rules_sha256"],
            "organization": self.said["organization"],
            "project": self._project(),
            "eligibility": self.said["eligibility"],
            "sections": self._sections(),
            "files": [*self.said["documents"], *self._files_of_answers()],
            "lines": [self._line(line) for line in self.said["budget"]],
            "totals": self._totals(),
            "entered": self._entered(),
        }

    def _entered(self):
        """Who asked the agency to enter it and how, with the fingerprints of what was signed, or None."""
        said = self.said.get("entered_by_agency")
        return said and said | {"channel": str(Assistance.Channel(said["channel"]).label)}

    def _project(self):
        said = self.said["project"]
        modality = SupportModality.objects.filter(
            publication=self.application.call.publication_id, key=said["modality"]
        ).first()
        return {
            "title": said["title"],
            "modality": modality.name if modality else "",
            "municipality": _municipality(said["municipality"]),
            "requested_amount": Decimal(said["requested_amount"]),
        }

    def _sections(self):
        """Answers grouped under their section, in the order received."""
        sections = {}
        for answer in self.said["answers"]:
            row = {"question": answer["question"], "answer": in_words(answer)}
            sections.setdefault(answer["section"], []).append(row)
        return [{"title": title, "answers": rows} for title, rows in sections.items()]

    def _files_of_answers(self):
        """The files that answer a question, as the documents are listed."""
        for answer in self.said["answers"]:
            if "file" in answer:
                yield {"key": answer["key"], "requirement": answer["question"], **answer["file"]}

    def _line(self, said):
        amounts = {name: Decimal(said[name]) for name in ("from_grant", "own_money", "own_kind")}
        return {"concept": said["concept"], "description": said["description"], **amounts}

    def _totals(self):
        names = ("from_grant", "own_money", "own_kind")
        return {
            name: sum((Decimal(line[name]) for line in self.said["budget"]), Decimal(0)) for name in names
        }


def in_words(answer):
    """A snapshot's answer as people read it."""
    said = answer["answer"]
    if not said:
        return _("Not answered")
    match Kind(answer["kind"]):
        case Kind.MONEY:
            return pesos.figures(Decimal(said))
        case Kind.DATE:
            return day_in_words(date.fromisoformat(said))
        case Kind.MUNICIPALITY:
            return _municipality(said)
        case Kind.YES_NO:
            return _("Yes") if said == "yes" else _("No")
        case Kind.MUNICIPALITIES:
            return ", ".join(typed.names_of(said))
        case Kind.TABLE | Kind.INDICATORS:
            return tabular.in_words([tabular.Column(name) for name in answer["columns"]], said)
    return said


def _municipality(key):
    found = Municipality.objects.filter(pk=key).first()
    return found.name if found else key
