"""Somebody who asks address after address and reads all that comes back: page, headers, file, feed, sheet.

It goes through the whole portal but not through Django's client, which copies the context of every template:
here thousands of pages are really drawn.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from django.conf import settings
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.http import QueryDict
from django.test import RequestFactory
from pypdf import PdfReader

TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)"?', re.IGNORECASE)
# What is another at each request: the token of a form, its key, the name of a request
VARYING = re.compile(r'name="(?:csrfmiddlewaretoken|idempotency_key)" value="[^"]*"|nonce(?:="|-)[\w+/=-]*')
PASSING = {"Set-Cookie", "Content-Security-Policy"}


@dataclass(frozen=True)
class Seen:
    """What came back, what the page looked for in its address, and the tables that it read."""

    status: int
    text: str
    asked: frozenset
    tables: frozenset


class Watched(QueryDict):
    """What stands after the question mark, noting which names somebody looks for."""

    def __init__(self, *args, **kwargs):
        self.asked = set()
        super().__init__(*args, **kwargs)
        self.asked.clear()

    def __contains__(self, name):
        self.asked.add(name)
        return super().__contains__(name)

    def get(self, name, default=None):
        self.asked.add(name)
        return super().get(name, default)

    def getlist(self, name, default=None):
        self.asked.add(name)
        return super().getlist(name, default)


class Portal(BaseHandler):
    """The portal with its middleware, as it answers the requests of this file."""

    def __call__(self, request):
        if self._middleware_chain is None:
            self.load_middleware()
        return self.get_response(request)


class Visitor(RequestFactory):
    """A person signed in, or nobody; without a session it is nobody."""

    portal = Portal()

    def __init__(self, session=""):
        super().__init__()
        if session:
            self.cookies[settings.SESSION_COOKIE_NAME] = session

    def see(self, address):
        """What a GET of the address gives; the limits on how often a visitor may ask start anew."""
        cache.clear()
        request, tables = self.get(address), set()
        request.GET = Watched(request.META["QUERY_STRING"])
        with connection.execute_wrapper(_noting(tables)):
            response = self.portal(request)
            content = b"".join(response)
        _close(response)
        return Seen(
            response.status_code, _words(response, content), frozenset(request.GET.asked), frozenset(tables)
        )

    def request(self, **request):
        return WSGIRequest(self._base_environ(**request))


def _close(response):
    """As Django's own client: the files are let go, the connection is not."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def _noting(tables):
    def execute(run, sql, params, many, context):
        tables.update(TABLE.findall(sql))
        return run(sql, params, many, context)

    return execute


def _words(response, content):
    """All that somebody could read: status, headers as they stand and without their escapes, and content."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.items() if name not in PASSING)
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    return f"{response.status_code}\n{unquote(headers)}\n\n{VARYING.sub('', read(kind, content))}"


def read(kind, content):
    """The words of a file by its kind: members of an archive one after another, lines of a feed unfolded."""
    if kind == "application/pdf":
        return words_of_pdf(content)
    if kind == "text/calendar":
        return content.decode().replace("\r\n ", "")
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(f"{name}\n{_member(name, archive.read(name))}" for name in archive.namelist())
    return content.decode(errors="replace")


def _member(name, content):
    return words_of_pdf(content) if name.endswith(".pdf") else content.decode(errors="replace")


@lru_cache(maxsize=200)
def words_of_pdf(content):
    """Its text and what it says of itself; the same file is given to many."""
    reader = PdfReader(io.BytesIO(content))
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join([*text.split(), *map(str, (reader.metadata or {}).values())])
