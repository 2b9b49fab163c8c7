"""Does the trail still tell the truth? Sealed fields are hashed again and compared with their digest."""

from dataclasses import dataclass

from django.apps import apps

from accounts.acts import sealed_digest
from accounts.models import TrailEntry

also_compared: list = []


def compares(find):
    """Register a function that yields differences of what an act sealed by the digest of other rows."""
    also_compared.append(find)
    return find


@dataclass(frozen=True)
class Difference:
    """A sealed thing that is no longer what its act sealed."""

    entry: TrailEntry
    what: str

    def __str__(self):
        name = self.entry.subject_name or self.entry.subject_id
        return f"{self.entry.subject_label} {name}: {self.what} (entry {self.entry.pk}, {self.entry.act})"


def differences():
    """Every sealed thing that differs, and what apps compare besides."""
    yield from of_sealed_fields()
    for find in also_compared:
        yield from find()


def of_sealed_fields():
    """Every sealed thing that differs. Of fields that several acts sealed, the latest act counts."""
    seen: dict[tuple[str, str], set[str]] = {}
    entries = TrailEntry.objects.sealed().select_related("salt").order_by("-pk")
    for entry in entries.iterator(chunk_size=1000):
        newer = seen.setdefault((entry.subject_label, entry.subject_id), set())
        is_latest = not newer.intersection(entry.sealed_fields)
        if is_latest and (what := _difference(entry)):
            yield Difference(entry, what)
        newer.update(entry.sealed_fields)


def _difference(entry):
    """What is wrong with the thing of an entry, in words; empty when it is as it was sealed."""
    salt = getattr(entry, "salt", None)
    if salt is None:
        return ""  # erased with the person: nothing can be proved any more, and nothing is claimed
    try:
        model = apps.get_model(entry.subject_label)
        thing = model._base_manager.get(pk=entry.subject_id)
    except LookupError:
        return "its kind is unknown"
    except model.DoesNotExist:
        return "it is missing"
    if sealed_digest(thing, entry.sealed_fields, salt.salt) != entry.digest:
        return f"one of {', '.join(entry.sealed_fields)} was changed after it was sealed"
    return ""
