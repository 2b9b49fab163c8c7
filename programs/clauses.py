"""The text of each clause (component) of an edition as people read it, drafted or published."""

from django.utils import timezone

from programs import contents, highlight, references, snapshots


def publication_of(edition):
    """The publication of an edition that is in force today, or None while it has none."""
    return edition.publication_on(timezone.localdate())


def clauses_of(edition, says=None, publication=None):
    """The HTML of every component by its slug: the frozen one where there is one, else the draft's."""
    publication = says.publication if says else publication or publication_of(edition)
    if publication:
        document = snapshots.read(publication)
        return {one["slug"]: one["resolved"] for one in document["components"]}
    says = says or contents.read(edition)
    return {text.component.slug: str(references.resolved(text.text, says)) for text in says.texts}


def passage_stands(edition, slug, passage, publication=None):
    """The passage stands, word for word, in that clause of the edition."""
    return highlight.contains(clauses_of(edition, publication=publication).get(slug, ""), passage)
