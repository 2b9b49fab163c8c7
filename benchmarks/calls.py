"""Calls at a hundred thousand applications: the desk's list, the public pages, a step, and accepting."""

import gzip
from dataclasses import replace
from functools import partial
from statistics import median

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from benchmarks.measuring import Result, against, count, cpu_seconds, queries_of, seconds
from benchmarks.reception import Reception
from benchmarks.served import TOGETHER, Served
from calls.actions import applications
from calls.contents import Contents
from calls.views.desk import Desk
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
    deep = partial(ask, client, f"{address}?page={world.received // (2 * Desk.paginate_by)}")
    yield against(f"P2 desk list, {world.received}, its middle", deep, page, to="its first page", below=1.3)
    yield count(
        f"P2 desk list, {world.received}, queries", queries_of(page),
        unit="queries", goal="at most 15", holds=queries_of(page) <= 15,
    )  # fmt: skip


# P3


def visitors(world):
    """The public list and the page of a call, as whoever is not signed in gets them from the web server."""
    pages = {"public list": reverse("calls:calls"), "call page": world.call.get_absolute_url()}
    with Served("hello") as hello:
        with Served("portal", PAGES_KEPT_SECONDS="0") as anew:
            for name, address in pages.items():
                yield from drawn_anew(name, address, anew, hello)
        with Served("portal", PAGES_KEPT_SECONDS="600") as kept:
            for name, address in pages.items():
                yield from as_kept(name, address, kept, hello)


def drawn_anew(name, address, portal, hello):
    yield beside_hello(f"P3 {name}, uncached", portal, partial(portal.ask_often, address), hello, below=45)
    asked = queries_of(partial(ask, Client(), address))
    yield count(f"P3 {name}, queries", asked, unit="queries", goal="at most 12", holds=asked <= 12)
    yield sized(name, portal.ask(address).body)


def as_kept(name, address, portal, hello):
    yield beside_hello(f"P3 {name}, cached", portal, partial(portal.ask_often, address), hello, below=8)
    cookie = {"Cookie": f"csrftoken={'c' * 32}"}  # of somebody who comes back
    known = cookie | {"If-None-Match": portal.ask(address, **cookie).headers.get("ETag", "")}
    again = partial(portal.ask_often, address, status=304, **known)
    yield beside_hello(f"P3 {name}, 304", portal, again, hello, below=2)


def beside_hello(name, portal, page, hello, *, below):
    """Both behind the same web server; what counts is the time of their processes."""

    def clock(work):
        began = portal.cpu_seconds() + hello.cpu_seconds()
        work()
        return portal.cpu_seconds() + hello.cpu_seconds() - began

    told = against(
        name, page, partial(hello.ask_often, "/hola/"), to="a plain hello", below=below, clock=clock
    )
    return replace(told, value=round(told.value / TOGETHER, 2))


def sized(name, body):
    """The page alone, as a proxy compresses it; styles and scripts are fetched once for all pages."""
    size = len(gzip.compress(body, 6)) / 1024
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
