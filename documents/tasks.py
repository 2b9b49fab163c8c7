"""Work of the documents that is done later: rendering, and looking every night whether files are intact."""

from celery import shared_task
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import notices
from documents import renderings, scanning, storage, uploads
from documents.models import Document, Rendering
from jobs import progress, schedule
from jobs.running import JobFailed

WHY = {
    "down": gettext_lazy("it does not answer"),
    "slow": gettext_lazy("it takes too long"),
    "garbled": gettext_lazy("its answer makes no sense"),
    "limit": gettext_lazy("a file is larger than it takes: raise its StreamMaxLength"),
    "far": gettext_lazy("it is not on the own network"),
}


@shared_task(name="documents.render", ignore_result=True, acks_late=True)
def render(*, code):
    """Render a reserved PDF. Safe to run twice: the second time finds it kept."""
    renderings.render(Rendering.objects.select_related("document", "requested_by").get(code=code))


@schedule.daily(3, 20, label=gettext_lazy("Check that the files kept are intact"))
@shared_task(name="documents.check_hashes", ignore_result=True)
def check_hashes():
    """Do the kept bytes still have the hashes written down? Administrators are told of those that do not."""
    total = Document.objects.count()
    wrong = []
    for place, document in enumerate(Document.objects.order_by("pk").iterator(chunk_size=500), start=1):
        if not storage.is_intact(document):
            wrong.append(document.public_id)
        progress.report(place, total)
    if wrong:
        _tell_administrators(wrong)
        raise JobFailed(
            _("%(count)d of %(total)d files are missing or changed: %(which)s.")
            % {"count": len(wrong), "total": total, "which": ", ".join(wrong[:20])}
        )


@schedule.every(minutes=60, label=gettext_lazy("Forget the files that stopped arriving"))
@shared_task(name="documents.forget_uploads", ignore_result=True)
def forget_uploads():
    """Nothing is kept of a file whose pieces stopped coming."""
    uploads.forget_expired()


@schedule.every(minutes=5, label=gettext_lazy("Scan the files that wait for the antivirus"))
@shared_task(name="documents.scan_waiting", ignore_result=True)
def scan_waiting():
    """What was received while the antivirus did not answer. While it does not, administrators see it fail."""
    why = scanning.scan_waiting()
    if why:
        count = scanning.waiting()
        scanning.tell_that_it_is_down(count)
        raise JobFailed(
            _("The antivirus cannot say (%(why)s). Files that wait: %(count)d.")
            % {"why": WHY[why], "count": count}
        )


def _tell_administrators(wrong):
    notices.notify_all(
        scanning.administrators(),
        kind="documents.damaged",
        subject=lambda: _("Files that are missing or changed"),
        body=lambda: (
            _("These documents no longer have the bytes that were kept: %(which)s. Restore the backup.")
            % {"which": ", ".join(wrong[:50])}
        ),
        link="/trabajos/",
    )
