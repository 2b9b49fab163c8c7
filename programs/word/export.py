"""An edition as a file of its own: Word or HTML, from the frozen text or from the draft as it stands."""

import hashlib

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import override

from programs import contents
from programs.word import manuscript, writing

VERSION = 1  # raise it when a file of the same content would be written otherwise
KEPT_SECONDS = 24 * 60 * 60
WORD, HTML = "docx", "html"
MEDIA_TYPES = {WORD: writing.MEDIA_TYPE, HTML: "text/html; charset=utf-8"}


def of_publication(publication, kind):
    """The file of a published edition; the same frozen text is written once a day at most."""
    key = f"word:{VERSION}:{kind}:{publication.pk}:{publication.sha256}"
    content = cache.get(key)
    if content is None:
        says = contents.read(publication.edition, publication)
        content = written(manuscript.of_publication(publication, says), kind)
        cache.set(key, content, KEPT_SECONDS)
    return content


def of_draft(says, kind):
    """The file of a draft."""
    return written(manuscript.of_draft(says), kind)


def written(said, kind):
    """The bytes of a manuscript."""
    if kind == WORD:
        return writing.write(said)
    with override("es-mx"):
        return render_to_string("programs/edition_alone.html", {"said": said}).encode()


def digest(content):
    return hashlib.sha256(content).hexdigest()
