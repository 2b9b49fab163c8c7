"""Public pages, drawn once for all visitors and kept for a moment in the process that serves.

Only pages that a view marks (``accounts.visitors``) and only for who is not signed in. A page is drawn anew
a second after any act, because every act writes the trail, and after half a minute at most. Each visitor gets
a token of their own in its forms, and the browser that has the page already is told so.
"""

import hashlib
import re
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, HttpResponseNotModified
from django.middleware.csrf import get_token
from django.utils.cache import patch_vary_headers

from accounts.models import TrailEntry
from documents.models import Document

MOST = 300  # pages of each process
VERSION_SECONDS = 1  # how old the answer to “was there an act?” may be
TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+(?=")')
PASSING = ("messages", settings.SESSION_COOKIE_NAME)  # whoever carries one of these is somebody


@dataclass(frozen=True)
class Page:
    """A drawn page: its parts around the tokens of its forms, and until when it may be shown."""

    parts: tuple
    headers: dict
    digest: str
    version: tuple
    until: float

    @classmethod
    def of(cls, response, version, seconds):
        parts = tuple(TOKEN.split(response.content))
        digest = hashlib.sha256(b"\n".join(parts)).hexdigest()[:20]
        return cls(parts, dict(response.headers), digest, version, monotonic() + seconds)

    def is_good(self, version):
        return self.version == version and monotonic() < self.until

    def answer(self, request):
        etag = self.etag(request)
        if etag and request.headers.get("If-None-Match") == etag:
            response = HttpResponseNotModified()
        else:
            token = get_token(request).encode() if len(self.parts) > 1 else b""
            response = HttpResponse(token.join(self.parts), headers=self.headers)
        return told(response, etag)

    def etag(self, request):
        """The page and the token in it; none for the first page of a visitor, who has no token yet."""
        cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
        return f'W/"{self.digest}-{zlib.crc32(cookie.encode()):08x}"' if cookie else ""


def told(response, etag):
    if etag:
        response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


class Shelf:
    """The pages kept by this process, the least asked for given up first."""

    def __init__(self):
        self.pages, self.lock = OrderedDict(), Lock()
        self.version, self.read_at = (), 0.0

    def find(self, key, version):
        with self.lock:
            page = self.pages.get(key)
            if page is None or not page.is_good(version):
                return None
            self.pages.move_to_end(key)
            return page

    def keep(self, key, page):
        with self.lock:
            self.pages[key] = page
            while len(self.pages) > MOST:
                self.pages.popitem(last=False)

    def last_act(self):
        """The last act in the trail and the last document kept, as of a second ago at most."""
        if monotonic() - self.read_at > VERSION_SECONDS:
            self.version, self.read_at = newest(), monotonic()
        return self.version


def newest():
    """In one question: a PDF that was rendered is shown as soon as it is there, and no act tells of it."""
    tables = (model._meta.db_table for model in (TrailEntry, Document))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'(SELECT max(id) FROM {table})' for table in tables)}")  # noqa: S608 -- our tables
        return cursor.fetchone()


shelf = Shelf()


class KeptPagesMiddleware:
    """After the one of tokens, which writes the cookie, and before those that ask who somebody is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        seconds = settings.PUBLIC_PAGES_KEPT_SECONDS
        if not seconds or request.method != "GET" or any(name in request.COOKIES for name in PASSING):
            return self.get_response(request)
        key = (
            request.get_host(),
            request.get_full_path(),
            request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME),
        )
        version = shelf.last_act()
        if page := shelf.find(key, version):
            return page.answer(request)
        response = self.get_response(request)
        if not may_be_kept(response):
            return response
        page = Page.of(response, version, seconds)
        shelf.keep(key, page)
        return told(response, page.etag(request))


def may_be_kept(response):
    is_marked = getattr(response, "is_same_for_visitors", False)
    return is_marked and response.status_code == 200 and not response.cookies
