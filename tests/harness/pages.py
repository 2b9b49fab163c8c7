"""Every HTML page that a test gets is looked at: nothing inline, no template code left over, ids used once.

A GET that writes to the database fails too, wherever a test makes one.
"""

import re
from contextlib import ExitStack
from html.parser import HTMLParser

from django.db import connections
from django.test import Client

LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
WRITES = re.compile(
    r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.IGNORECASE
)
# Sessions and the cache; and the library that keeps backup codes notes when their owner first saw them.
MAY_BE_WRITTEN_BY_A_GET = {"django_session", "cache", "mfa_authenticator"}


class BadPage(AssertionError):
    """A page of the portal breaks a rule that every page keeps."""


class GetWrites(AssertionError):
    """A GET changed the database."""


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.faults, self.ids, self._raw = [], set(), None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        is_code = tag == "script" and "src" not in given and given.get("type") != "application/json"
        if tag == "style" or is_code:
            self.faults.append(f"inline <{tag}>")
        self._raw = tag if tag in ("script", "style", "textarea") else None
        for name, value in attributes:
            self._look_at(tag, name, value or "")

    def handle_endtag(self, tag):
        self._raw = None

    def handle_data(self, data):
        if self._raw is None and LEFT_OVER.search(data):
            self.faults.append(f"template code left over: {data.strip()[:80]!r}")

    def _look_at(self, tag, name, value):
        if name == "style" or name.startswith("on"):
            self.faults.append(f"<{tag} {name}=…> is inline")
        if value.strip().lower().startswith("javascript:"):
            self.faults.append(f"<{tag} {name}='javascript:…'>")
        if name == "id":
            if value in self.ids:
                self.faults.append(f"id={value!r} used twice")
            self.ids.add(value)
        if name != "value" and LEFT_OVER.search(value):
            self.faults.append(f"template code left over in <{tag} {name}={value[:80]!r}>")


def faults_of(html):
    """What is wrong with a page, in words; nothing when all is well."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.faults


def look_at(response):
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    if faults := faults_of(response.content.decode(response.charset)):
        raise BadPage(f"{response.request['PATH_INFO']}: " + "; ".join(sorted(set(faults))))


def _refuse_writes(execute, sql, params, many, context):
    written = WRITES.match(sql)
    if written and written[1] not in MAY_BE_WRITTEN_BY_A_GET:
        raise GetWrites(sql[:200])
    return execute(sql, params, many, context)


_request = Client.request


def _strict_request(self, **request):
    with ExitStack() as stack:
        if request.get("REQUEST_METHOD", "GET") in ("GET", "HEAD", "OPTIONS"):
            for connection in connections.all(initialized_only=True):
                stack.enter_context(connection.execute_wrapper(_refuse_writes))
        response = _request(self, **request)
    look_at(response)
    return response


def watch():
    Client.request = _strict_request
