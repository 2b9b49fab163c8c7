"""The crash matrix (R4): one after the other is killed without warning while people write and send."""

import asyncio
import time
from collections import Counter
from itertools import count as numbers

from django.db import connection
from django.urls import reverse

from accounts.models import Notice, TrailEntry
from benchmarks.measuring import count
from calls.contents import Contents
from calls.models import Answer, Call, Submission, SuppliedDocument
from chaos import clients, deciding, rush, world
from chaos.servers import wait_until
from documents.models import Document, Rendering
from jobs.models import Job
from tests.factories.applications import pdf_bytes

BEFORE, AFTER = 3, 9  # seconds of work before the kill, and after it
SENT_EACH = 12
DRAINED_IN = 180


class Scene:
    """What is going on when something is killed: a text typed, files added, applications sent, a close."""

    def __init__(self, stage, draft):
        self.stage, call = stage, world.another_call(draft)
        typing, adding, *sending = world.applicants(draft, call, 2 + SENT_EACH)
        self.typing, self.adding = typing, adding
        self.sending = [rush.Press(one, 0, False, f"caos-{one.application.public_id}") for one in sending]
        self.question = Contents(typing.application).sections[0].questions[0]
        self.requirement = Contents(adding.application).requirements[0]
        self.closing, self.operator = world.another_call(draft), world.operator_of(draft.call)
        self.typed, self.added, self.sealed, self.answers = [], [], [], []
        self.deciding = deciding.Deciding(self)
        self.ends = time.time() + BEFORE + AFTER

    async def play(self, fault):
        await asyncio.gather(
            self.type(), self.add(), self.send(), self.close(), self.deciding.play(),
            rush.killed([fault], time.time() + BEFORE),
        )  # fmt: skip

    def browser(self, session):
        person = clients.Browser(self.stage.port, session)
        person.answers = self.answers
        return person

    async def type(self):
        path = reverse("calls:application_questions", args=[self.typing.application.public_id, 1])
        person = self.browser(self.typing.session)
        for number in numbers(1):
            if time.time() > self.ends:
                return
            text = {self.question.key: f"Versión {number} del texto."}
            answer = await person.post(path, text, headers={"X-Autosave": "1"})
            self.typed.append((number, answer.status == 200 and "saved_at" in answer.body))
            await asyncio.sleep(0.15)

    async def add(self):
        named = [self.adding.application.public_id, self.requirement.key]
        path, person = reverse("calls:application_upload", args=named), self.browser(self.adding.session)
        for number in numbers(1):
            if time.time() > self.ends:
                return
            content = pdf_bytes(f"{self.adding.session} {number}")
            answer = await person.upload(path, f"d-{self.requirement.key}-file", "acta.pdf", content)
            self.added.append((world.sha256(content), answer.status == 302))
            await asyncio.sleep(0.4)

    async def send(self):
        for press in self.sending:
            person = self.browser(press.applicant.session)
            path = reverse("calls:application_review", args=[press.applicant.application.public_id])
            fields = {"truth": "on", "idempotency_key": press.key}
            press.answers = [await person.post_until_answered(path, fields)]
            await asyncio.sleep(0.5)

    async def close(self):
        """The reception of another call is closed by its operator as something is killed."""
        await asyncio.to_thread(rush.close_in, self.closing, BEFORE - 1)
        await asyncio.sleep(BEFORE - 0.1)
        path, person = reverse("calls:seal", args=[self.closing.folio]), self.browser(self.operator)
        self.sealed = [await person.post_until_answered(path, {})]


# What came of it: nothing acknowledged is lost, nothing half done, nothing done twice


def wrongs_of(scene):
    return [
        *wrong_text(scene), *wrong_files(scene), *wrong_submissions(scene), *wrong_close(scene),
        *wrong_renderings(scene), *deciding.wrongs_of(scene.deciding),
    ]  # fmt: skip


def wrong_text(scene):
    kept = Answer.objects.get(application=scene.typing.application, question=scene.question).text
    number = int(kept.split()[1]) if kept.startswith("Versión") else 0
    last = max((n for n, is_kept in scene.typed if is_kept), default=0)
    if not last <= number <= len(scene.typed):
        yield f"autosave: {last} was acknowledged, {number} is kept"


def wrong_files(scene):
    held = SuppliedDocument.objects.filter(application=scene.adding.application)
    kept = Counter(held.values_list("document__sha256", flat=True))
    yield from (
        f"upload: {sha[:8]} was acknowledged and is lost" for sha, ok in scene.added if ok and not kept[sha]
    )
    yield from (f"upload: {sha[:8]} is there {n} times" for sha, n in kept.items() if n > 1)
    if held.filter(requirement=scene.requirement, replaced_at=None).count() != 1:
        yield "upload: not one current file"
    for document in Document.objects.filter(pk__in=held.values("document")):
        if held_bytes(document) != document.sha256:
            yield f"upload: {document.sha256[:8]} is not what was sent"


def held_bytes(document):
    """The fingerprint of what is in the storage; nothing where it is not there."""
    try:
        with document.open() as file:
            return world.sha256(file.read())
    except OSError:
        return ""


def wrong_submissions(scene):
    for press in scene.sending:
        one = press.applicant.application
        one.refresh_from_db()
        rows = Submission.objects.filter(application=one).count()
        lines = TrailEntry.objects.about(one).filter(act="application.submit").count()
        if not press.is_accepted:
            yield f"submit: {one.public_id} had no answer: {[a.status for a in press.answers]}"
        if (rows, lines, bool(one.folio), one.state) != (1, 1, True, "submitted"):
            yield f"submit: {one.public_id}: {rows} received, {lines} in the trail, {one.state}"


def wrong_close(scene):
    call = Call.objects.get(pk=scene.closing.pk)
    lines = TrailEntry.objects.about(call).filter(act="call.seal").count()
    if (call.state, lines) != ("sealed", 1):
        yield f"seal: {call.state}, {lines} in the trail, told {[a.status for a in scene.sealed]}"


def wrong_renderings(scene):
    """Each receipt rendered once, each person told once, however often the work was handed out."""
    for press in scene.sending:
        one = press.applicant.application
        found = Rendering.objects.filter(kind="receipt", subject_id=one.public_id)
        told = Notice.objects.filter(kind="application.submitted", link=one.get_absolute_url()).count()
        ready = [rendering for rendering in found if rendering.document_id]
        if (len(found), len(ready), told) != (1, 1, 1):
            yield f"render: {one.folio}: {len(found)} asked for, {len(ready)} ready, told {told} times"


# One after the other


FULL_DISK = "full disk"


def victims(stage):
    """What is killed, and what a supervisor does then; a web worker is its master's to replace."""
    return {
        "web process": (stage.web.kill_one_worker, None),
        "web master": (stage.web.kill, stage.web.start),
        "worker": (stage.worker.kill, stage.worker.start),
        "relay": (stage.relay.kill, stage.relay.start),
        "Redis": (stage.redis.kill, stage.redis.start),
        "PostgreSQL": (stage.postgres.kill, stage.postgres.start),
        "all at once": (stage.kill_all, stage.start_all),
        **({FULL_DISK: (stage.fill, stage.empty)} if stage.disk.is_ours else {}),
    }


def measures(stage, draft):
    for name, (kill, revive) in victims(stage).items():
        yield from of_one(stage, draft, name, kill, revive)
    yield control(stage, draft)


def of_one(stage, draft, name, kill, revive):
    scene = Scene(stage, draft)
    back = played(scene, kill, revive)
    drained = drain()
    wrong = list(wrongs_of(scene)) + ([] if drained else ["jobs are left"])
    for line in wrong:
        print(f"    {name}: {line}")
    statuses = Counter(answer.status for answer in scene.answers)
    print(f"    {name}: answers {dict(statuses)}")
    bad = [
        a.status
        for a in scene.answers
        if a.status >= 500 and (a.status != 503 or "retry-after" not in a.headers)
    ]
    title = f"R4 {name}" if name == FULL_DISK else f"R4 kill -9 of {name}"
    yield count(f"{title}: lost, half or twice", len(wrong), unit="", goal="0", holds=not wrong)
    yield count(f"{title}: back in", round(back, 1), unit="s", goal="at most 10", holds=back <= 10)
    yield count(f"{title}: 5xx without Retry-After", len(bad), unit="", goal="0", holds=not bad)


def played(scene, kill, revive):
    """Kill in the middle of it; gives after how many seconds the portal answered again."""
    back = []

    def fault():
        kill()
        if revive:
            revive()
        back.append(wait_until(scene.stage.answers, 60))

    asyncio.run(scene.play(fault))
    connection.close()
    return back[0]


LOSING = {"synchronous_commit": "off", "wal_buffers": "64MB", "full_page_writes": "off"}


def control(stage, draft):
    """PostgreSQL acknowledges what is only in memory: losses must be found, or this proves nothing."""
    restarted(stage.postgres, LOSING)
    scene = Scene(stage, draft)
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")  # the scene itself is kept
    stage.postgres.hold_writer()
    played(scene, stage.postgres.kill, stage.postgres.start)
    found = [*wrong_text(scene), *wrong_files(scene), *wrong_submissions(scene)]
    restarted(stage.postgres, {})
    return count(
        "R4 control: PostgreSQL keeps nothing at once", len(found), unit="lost", goal="at least 1",
        holds=bool(found),
    )  # fmt: skip


def restarted(postgres, told):
    connection.close()
    postgres.told = told
    postgres.kill()
    postgres.start()


def drain():
    """Whether all that was asked for was done in a while."""
    try:
        wait_until(lambda: not unfinished().exists(), DRAINED_IN)
    except TimeoutError:
        print("   ", list(unfinished().values_list("task", "state", "reason")[:10]))
        return False
    return True


def unfinished():
    return Job.objects.unfinished().filter(once_key=None, task__in=["calls.acknowledge", "documents.render"])
