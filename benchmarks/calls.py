"""Calls at a hundred thousand applications: the desk's list, the public pages, a step, and accepting."""

import gzip
from contextlib import contextmanager
from functools import partial
from statistics import median

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from benchmarks.measuring import Result, against, count, cpu_seconds, queries_of, seconds
from benchmarks.reception import Reception
from calls.actions import applications
from calls.contents import Contents
from tests.factories.applications import representative_of

FEW, MANY = 1_000, 100_000
KILOBYTES = 60


def measures():
    world = Reception()
    world.grow(FEW)
    few = list(desk(world))
    world.grow(MANY)
    return [*few, *desk(world), *visitors(world), *writing(world), *accepting(world)]


# P2


def desk(world):
    """The whole page of the desk beside a plain list of the same cells, in CPU time of the web process."""
    client = signed_in(world.operator)
    address = reverse("calls:desk_call", args=[world.call.folio])
    page, plain = partial(ask, client, address), partial(ask, client, reverse("plain_list"))
    yield against(
        f"P2 desk list, {world.received} applications", page, plain,
        to="a plain list of the same cells", below=1.6, clock=cpu_seconds,
    )  # fmt: skip
    in_the_layout = partial(ask, client, reverse("plain_list_in_layout"))
    yield against(
        f"P2 desk list, {world.received}, in the layout", page, in_the_layout,
        to="a plain list in our layout", below=1.6, clock=cpu_seconds,
    )  # fmt: skip
    deep = partial(ask, client, f"{address}?page={world.received // 60}")
    yield against(f"P2 desk list, {world.received}, its middle", deep, page, to="its first page", below=1.3)
    yield count(
        f"P2 desk list, {world.received}, queries", queries_of(page),
        unit="queries", goal="at most 15", holds=queries_of(page) <= 15,
    )  # fmt: skip


# P3


def visitors(world):
    """The public list and the page of a call, as whoever is not signed in asks for them."""
    ours, hello = WSGIHandler(), bare_handler()
    said = partial(serve, hello, "/hola/")
    for name, address in (
        ("public list", reverse("calls:calls")),
        ("call page", world.call.get_absolute_url()),
    ):
        page = partial(serve, ours, address)
        yield from of_visitors(name, page, said, ours, address)


def of_visitors(name, page, said, ours, address):
    with kept_pages(0):
        yield against(f"P3 {name}, uncached", page, said, to="a plain hello", below=45)
        yield count(
            f"P3 {name}, queries", queries_of(page), unit="queries", goal="at most 12",
            holds=queries_of(page) <= 12,
        )  # fmt: skip
        yield sized(name, page())
    with kept_pages(60):
        yield against(f"P3 {name}, cached", page, said, to="a plain hello", below=8)
        cookie = {"HTTP_COOKIE": f"csrftoken={'c' * 32}"}
        answer = serve(ours, address, **cookie)
        known = cookie | {"HTTP_IF_NONE_MATCH": answer.headers.get("ETag", "")}
        again = partial(serve, ours, address, **known)
        status = again().status_code
        measured = against(f"P3 {name}, 304", again, said, to="a plain hello", below=2)
        yield measured if status == 304 else unanswered(measured, status)


def unanswered(measured, status):
    return Result(
        measured.name, measured.value, measured.unit, measured.ratio, measured.to,
        f"304, but it answers {status}", False,
    )  # fmt: skip


@contextmanager
def kept_pages(seconds):
    with override_settings(PUBLIC_PAGES_KEPT_SECONDS=seconds):
        yield


def bare_handler():
    with override_settings(MIDDLEWARE=[]):
        return WSGIHandler()


def serve(handler, address, **headers):
    """One request straight to the handler: no client, no network."""
    environ = RequestFactory().get(address, **headers).environ
    response = handler.get_response(handler.request_class(environ))
    assert response.status_code in (200, 304), (address, response.status_code)  # noqa: S101 -- a measure of an error is none
    response.close()
    return response


def sized(name, response):
    """The page alone, as a proxy compresses it; styles and scripts are fetched once for all pages."""
    size = len(gzip.compress(response.content, 6)) / 1024
    return count(
        f"P3 {name}, compressed", round(size, 1), unit="kB", goal=f"at most {KILOBYTES}",
        holds=size <= KILOBYTES,
    )  # fmt: skip


# P4


def writing(world):
    """A step of the form, and what a script keeps of it while it is typed."""
    client = signed_in(representative_of(world.draft.organization))
    address = reverse("calls:application_questions", args=[world.draft.public_id, 1])
    opened = queries_of(partial(ask, client, address))
    yield count("P4 step", opened, unit="queries", goal="at most 10", holds=opened <= 10)
    typed = {question.key: "Otra respuesta, un poco más larga." for question in first_section(world.draft)}
    kept = queries_of(partial(client.post, address, typed, headers={"X-Autosave": "1"}))
    yield count("P4 autosave", kept, unit="queries", goal="at most 6", holds=kept <= 6)


def first_section(draft):
    return Contents(draft).sections[0].questions[:1]


def accepting(world):
    """The accepting act beside the very same statements by themselves. Each time, all of it is undone."""
    draft, ana = world.draft, representative_of(world.draft.organization)
    submit = partial(applications.submit, draft, by=ana)
    said = statements_of(submit)
    yield count("P4 accepting", len(said), unit="statements", goal="at most 14", holds=len(said) <= 14)
    taken = median(undone(submit, draft) for _round in range(30))
    bare = median(undone(partial(repeat, said), draft) for _round in range(30))
    yield Result(
        "P4 accepting, time", round(taken * 1000, 2), "ms", round(taken / bare, 2),
        "the same statements bare", "less than 3 times", taken < 3 * bare,
    )  # fmt: skip


def statements_of(work):
    said = []

    def listen(execute, sql, params, many, context):
        if "SAVEPOINT" not in sql:
            said.append((sql, params))
        return execute(sql, params, many, context)

    with whole(), connection.execute_wrapper(listen):
        work()
        transaction.set_rollback(True)
    return said


def undone(work, draft):
    """How long it takes up to its commit."""
    with whole():
        taken = seconds(work)
        transaction.set_rollback(True)
    draft.refresh_from_db()
    return taken


def whole():
    """A transaction around one that asks to be the outermost, as a test has it."""
    around = transaction.atomic()
    around._from_testcase = True
    return around


def repeat(statements):
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall() if cursor.description else None


def signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)  # noqa: S101 -- a measure of an error is none
    return answer
