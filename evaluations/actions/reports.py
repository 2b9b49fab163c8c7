"""Reports to the internal control body. Whoever asks not to be named is kept nowhere, nor in the trail."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import acts
from calls import folios, schedule
from calls.models import Call
from evaluations import deadlines, remedy_notices, sealing, states
from evaluations.models import ControlReport, ReportFile, Ruling
from evaluations.models.remedies import LONGEST_TEXT
from evaluations.rules import demand
from evaluations.sealing import CannotFile
from jobs import locks
from programs.models import Remedy

FILED = ("text", "sha256", "filed_at", "filed_by_id", "is_anonymous")


@transaction.atomic
def file(application, remedy, text, *, by, key, anonymous=False, files=(), at=None):
    """Report something about the call of an application. A retry with the same ``key`` gives the first.

    The trail says that a report came and never who made it: that is in the report alone, where they gave it.
    """
    why = _("Reports are made by the people of the organization.")
    demand(by, "evaluations.file_report", application, why)
    locks.share(Call.objects.filter(pk=application.call_id))
    call = application.call = Call.objects.with_program().get(pk=application.call_id)
    if existing := ControlReport.objects.filter(request_key=key).first():
        return existing
    now = acts.reception(at)
    _refuse(application, remedy, anonymous, now=now)
    text, named = sealing.tidy(text), None if anonymous else by
    documents = sealing.keep(files, by=named, at=now)
    report = _create(
        call, remedy, text, documents, key=key, at=now, filed_by=named, is_anonymous=anonymous,
        application=None if anonymous else application,
    )  # fmt: skip
    if report is None:
        return ControlReport.objects.get(request_key=key)
    acts.record("control_report.file", report, by=None, at=now, seals=FILED)
    remedy_notices.report_filed(report, at=now)
    return report


def _refuse(application, remedy, anonymous, *, now):
    call = application.call
    if remedy.publication_id != call.publication_id or remedy.kind != Remedy.Kind.INTERNAL_CONTROL:
        raise CannotFile(_("The Rules of this call offer no report to the internal control body here."))
    if not Ruling.objects.released().filter(application=application).exists():
        raise CannotFile(_("This report is made from the page of the result, once it is released."))
    if anonymous and not remedy.allows_anonymous:
        raise CannotFile(_("The Rules ask for a name in this report."), "anonymous")
    term = deadlines.remedy_term(call, remedy)
    if term and not term.is_open(now):
        raise CannotFile(_("The term of this report is over: go to the comptroller directly."))


def _create(call, remedy, text, documents, *, key, at, **who):
    """The report with its files; None where the same one came at the same moment."""
    year = schedule.local_day(at, call.zone).year
    try:
        with transaction.atomic():
            report = ControlReport.objects.create(
                folio=f"OIC-{year}-{folios.next_number(f'OIC-{year}'):04d}", call=call, remedy=remedy,
                text=text, sha256=sealing.fingerprint(text, documents), request_key=key, filed_at=at,
                due_on=deadlines.decision_due_on(call, remedy, at), **who,
            )  # fmt: skip
    except IntegrityError:
        return None
    ReportFile.objects.bulk_create(
        ReportFile(report=report, number=number, document=document)
        for number, document in enumerate(documents, start=1)
    )
    return report


@transaction.atomic
def conclude(report, *, by, conclusion, at=None):
    """Conclude a report, with reasons; whoever gave their name is told."""
    visible = ControlReport.objects.visible_to(by).filter(pk=report.pk)
    demand(by, "evaluations.control_reports", report, _("Reports are concluded by the comptroller."))
    (held,) = locks.exclusive(visible.select_related("filed_by"))
    conclusion, now = conclusion.strip(), acts.moment(at)
    if not conclusion:
        raise CannotFile(_("Write the conclusion."), "conclusion")
    if len(conclusion) > LONGEST_TEXT:
        raise CannotFile(
            _("It is too long: write at most %(most)d characters.") % {"most": LONGEST_TEXT}, "conclusion"
        )
    acts.perform(
        states.CONCLUDE_REPORT, held, by=by, at=now, conclusion=conclusion, concluded_at=now, concluded_by=by
    )
    remedy_notices.report_concluded(held, at=now)
    return held
