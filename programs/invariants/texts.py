"""What must hold of what is written: every version kept, comments in their thread, clauses of the commons."""

from django.db.models import Exists, F, OuterRef, Q, Subquery

from jobs.soundness import CHUNK, invariant, out_of_sequence
from programs import lineage
from programs.models import Comment, ComponentText, PublishedClause, PublishedText, TextVersion


@invariant
def versions_are_numbered_without_holes():
    """The versions of a text are numbered from one, without holes: every save was kept."""
    return out_of_sequence(TextVersion.objects.all(), "text")


@invariant
def texts_stand_as_their_last_version():
    """A text is the last of its versions, with its number."""
    last = TextVersion.objects.filter(text=OuterRef("pk")).order_by("-number")
    found = ComponentText.every.order_by().annotate(
        kept_as=Subquery(last.values("number")[:1]), kept=Subquery(last.values("html")[:1])
    )
    is_kept = Q(kept_as=F("version"), kept=F("text"))
    return found.filter(version__gt=0).filter(~is_kept | Q(kept_as=None))


@invariant
def published_texts_are_versions_of_the_draft():
    """What was published of a component is, word for word, the version of the draft that it names."""
    version = TextVersion.objects.filter(
        text__edition=OuterRef("publication__edition"),
        text__component=OuterRef("component"),
        number=OuterRef("version"),
    )
    found = PublishedText.objects.order_by().annotate(drafted=Subquery(version.values("html")[:1]))
    return found.filter(version__gt=0).filter(~Q(drafted=F("text")) | Q(drafted=None))


@invariant
def answers_are_in_the_thread_of_their_comment():
    """An answer to a comment is about the same text, and answers the first of its thread."""
    answers = Comment.objects.order_by().filter(parent__isnull=False)
    return answers.filter(~Q(text=F("parent__text")) | Q(parent__parent__isnull=False))


@invariant
def clauses_of_the_commons_are_the_last_published():
    """Of each edition the commons searches the clauses of its last publication, and no others."""
    later = Exists(
        PublishedClause.objects.filter(
            publication__edition=OuterRef("publication__edition"),
            publication__number__gt=OuterRef("publication__number"),
        )
    )
    found = PublishedClause.objects.order_by().defer("words", "html")
    return found.filter((Q(is_last=True) & Q(later)) | (Q(is_last=False) & ~Q(later)))


@invariant
def clauses_have_the_hash_of_their_text():
    """The hash of a published clause is that of the text that is read."""
    clauses = PublishedClause.objects.order_by().select_related("publication__edition", "component")
    for clause in clauses.defer("words", "publication__snapshot").iterator(CHUNK):
        if lineage.fingerprint(clause.html) != clause.sha256:
            yield clause


@invariant
def clauses_are_of_texts_that_were_published():
    """A clause of the commons is of a component of which something was published."""
    said = PublishedText.objects.filter(publication=OuterRef("publication"), component=OuterRef("component"))
    return PublishedClause.objects.order_by().defer("words", "html").filter(~Exists(said))
