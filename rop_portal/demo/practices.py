"""What the demonstration's agencies declare of each good practice, and what planning answers."""

from datetime import timedelta

from programs import harmony
from programs.actions import practices
from programs.models import Component
from rop_portal.demo.people import who
from rop_portal.demo.reading import read
from rop_portal.demo.rules import Staff, at


def assess(edition, which, *, day):
    """Assess every practice of an edition as the contents say; ``which`` names the year's part of them."""
    told = read("assessments")
    said = told["editions"][which][edition.program.code]
    editor = Staff.of(edition.program).editor
    for practice in harmony.practices_for(edition.guide.year):
        declared = said.get(practice.code, {"verdict": "adopted"})
        if declared == "missing":
            continue
        assessment = practices.assess(
            edition, practice, by=editor, at=at(day, 12), **entry(edition, practice, declared)
        )
        answer(assessment, practice.code, told, day=day + timedelta(days=4))


def entry(edition, practice, declared):
    """The fields of a declaration: adopted and partial bring their passage, planned its year."""
    fields = {name: value for name, value in declared.items() if name != "years"}
    if "years" in declared:
        fields["planned_year"] = edition.fiscal_year + declared["years"]
    if declared["verdict"] in ("adopted", "partial"):
        proof = read("assessments")["proof"][practice.code]
        clause = Component.objects.get(guide=edition.guide, slug=proof["clause"])
        fields |= {"clause": clause, "excerpt": proof["excerpt"]}
    return fields


def answer(assessment, code, told, *, day):
    assessor = who("assessor")
    if code in told["contested"]:
        practices.contest(assessment, note=told["contested"][code], by=assessor, at=at(day, 11))
    elif code in told["confirmed"]:
        practices.confirm(assessment, by=assessor, at=at(day, 11))
