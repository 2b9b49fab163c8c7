"""What the demonstration's agencies declare of each good practice, what planning answers, the days kept."""

from datetime import timedelta

from programs import harmony
from programs.actions import limitations, practices, trends
from programs.models import Assessment, Component, Verdict
from rop_portal.demo.people import who
from rop_portal.demo.reading import read
from rop_portal.demo.rules import Staff, at

ANSWERED_AFTER = timedelta(days=4)
ENDED_AFTER = timedelta(days=14)
AT_A_TIME = 4


def assess(editions, which, *, begins, until):
    """The agencies declare a few practices at a time, until ``until`` at the latest; planning answers some.

    How it stands is kept after each round, and once a month from then on.
    """
    step = min(timedelta(days=20), (until - begins) // 4)
    everything = list(harmony.practices_for(editions[0].guide.year).order_by("code"))
    year = editions[0].fiscal_year
    for place in range(0, len(everything), AT_A_TIME):
        day = begins + step * (place // AT_A_TIME)
        for edition in editions:
            _declare(edition, which, everything[place : place + AT_A_TIME], day=day)
        trends.keep(day, years=[year])
    _end_limitations(editions)
    _keep_each_month(day, until, year)


def _declare(edition, which, declared_now, *, day):
    told = read("assessments")
    said = told["editions"][which][edition.program.code]
    editor = Staff.of(edition.program).editor
    for practice in declared_now:
        declared = said.get(practice.code, {"verdict": "adopted"})
        if declared == "missing":
            continue
        fields = entry(edition, practice, declared, day)
        assessment = practices.assess(edition, practice, by=editor, at=at(day, 12), **fields)
        answer(assessment, told, day=day + ANSWERED_AFTER)


def entry(edition, practice, declared, day):
    """The fields of a declaration: adopted and partial bring a passage, planned a year, limited an end."""
    fields = {name: value for name, value in declared.items() if name not in ("years", "until")}
    if "years" in declared:
        fields["planned_year"] = edition.fiscal_year + declared["years"]
    if "until" in declared:
        ended = day + ENDED_AFTER
        fields["last_day"] = ended if declared["until"] == "past" else practices.usual_last_day(edition)
    if declared["verdict"] in ("adopted", "partial"):
        fields |= proof(edition, practice)
    return fields


def proof(edition, practice):
    told = read("assessments")["proof"][practice.code]
    clause = Component.objects.get(guide=edition.guide, slug=told["clause"])
    return {"clause": clause, "excerpt": told["excerpt"]}


def answer(assessment, told, *, day):
    assessor, code = who("assessor"), assessment.practice.code
    if code in told["contested"]:
        practices.contest(assessment, note=told["contested"][code], by=assessor, at=at(day, 11))
    elif assessment.verdict == Verdict.LIMITED:
        practices.confirm(assessment, note=told["read_at"], by=assessor, at=at(day, 11))
    elif code in told["confirmed"]:
        practices.confirm(assessment, by=assessor, at=at(day, 11))


def declare_again(edition, *, on):
    """After planning objected the agency declares it again, and planning confirms the day after."""
    told = read("assessments")["declared_again"][edition.program.code]
    practice = harmony.practices_for(edition.guide.year).get(code=told["practice"])
    by, said = Staff.of(edition.program).editor, proof(edition, practice) | {"observation": told["note"]}
    again = practices.assess(edition, practice, "adopted", by=by, at=at(on, 11), **said)
    practices.confirm(again, by=who("assessor"), at=at(on + timedelta(days=1), 11))


def _end_limitations(editions):
    """Those whose last day is over are told of on the next one."""
    limited = Assessment.objects.filter(edition__in=editions, verdict=Verdict.LIMITED)
    usual = practices.usual_last_day(editions[0])
    over = limited.filter(last_day__lt=usual).order_by("last_day").values_list("last_day", flat=True)
    for last in filter(None, over):
        limitations.review_what_ends(at=at(last + timedelta(days=1), 6))


def _keep_each_month(day, until, year):
    while day < until:
        day = min(until, (day.replace(day=1) + timedelta(days=32)).replace(day=1))
        trends.keep(day, years=[year])
