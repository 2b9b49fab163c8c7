"""Which editions may be compared with which, and their comparison, made once for each pair of texts."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import get_language

from programs import contents, references, snapshots
from programs.comparison import compare
from programs.models import Edition

MADE_BY = 1  # grows when comparisons come out differently
KEPT_FOR = 24 * 60 * 60


@dataclass(frozen=True)
class Text:
    """A text to be compared: its fingerprint at once, its document only when it is needed."""

    sha256: str
    load: Callable


def of_publication(edition):
    """The frozen text of a published edition, as it is in force today."""
    found = edition.publications.in_force()
    sha256 = found.values_list("sha256", flat=True).get()
    return Text(sha256, lambda: json.loads(found.values_list("snapshot", flat=True).get()))


def of_version(publication):
    """The frozen text of one publication."""
    return Text(publication.sha256, lambda: snapshots.read(publication))


def of_reading(reading):
    """A draft as somebody read it."""
    return Text(reading.sha256, lambda: json.loads(reading.document))


def of_contents(says):
    """What a draft would freeze if it were published as it is, without a citation."""
    return _of(snapshots.draft(says))


def of_draft(edition):
    return of_contents(contents.read(edition))


def of_model(says):
    """The model text of the Guide and, of the draft, the components that have one: two texts."""
    document = snapshots.draft(says)
    slugs = {text.component.slug: text.component for text in says.texts if text.component.model_text}
    own = [one for one in document["components"] if one["slug"] in slugs]
    model = [_as_model(one, slugs[one["slug"]], says) for one in own]
    return _of(document | {"components": model, "blocks": {}}), _of(
        document | {"components": own, "blocks": {}}
    )


def _as_model(told, component, says):
    text = component.model_text
    shown = str(references.resolved(text, says))
    return told | {"text": text, "resolved": shown, "not_applicable_reason": ""}


def _of(document):
    return Text(snapshots.digest(json.dumps(document, sort_keys=True)), lambda: document)


def compared(before: Text, after: Text):
    """The comparison of two texts in the reader's language; the second time it costs nothing."""
    key = f"comparison:{MADE_BY}:{get_language()}:{before.sha256}:{after.sha256}"
    found = cache.get(key)
    if found is None:
        found = compare(before.load(), after.load())
        cache.set(key, found, KEPT_FOR)
    return found


@dataclass(frozen=True)
class Choices:
    """With what an edition may be compared: earlier ones of its program, and those of other programs."""

    earlier: list
    siblings: list

    @property
    def all(self):
        return [*self.earlier, *self.siblings]

    @property
    def usual(self):
        """The one before; where there is none, the first of the others."""
        return next(iter(self.all), None)

    def named(self, code):
        return next((one for one in self.all if one.code == code), None)


def choices(edition):
    """Published editions with which this one may be compared, in one query, the nearest first."""
    published = Edition.objects.with_text().exclude(pk=edition.pk)
    found = list(published.for_listing().order_by("-fiscal_year", "program__order", "pk"))
    own = [one for one in found if one.program_id == edition.program_id]
    return Choices(
        sorted(own, key=lambda one: (one.fiscal_year > edition.fiscal_year, -one.fiscal_year)),
        [one for one in found if one.program_id != edition.program_id],
    )
