"""Commenting a draft: said, answered, resolved and opened again; made a task of somebody."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acts import moment, record
from accounts.dates import day_in_words
from accounts.models import Role, User
from accounts.notices import notify_all
from programs import highlight, passages
from programs.models import Comment
from programs.models.editions import DRAFTING


class CannotComment(Exception):
    """Why it cannot be said, resolved or given to somebody, in words for the person."""


class PassageGone(CannotComment):
    """The passage does not stand in the text: it was mistyped or changed meanwhile."""


@transaction.atomic
def comment(text, *, body, by, quote="", prefix="", suffix="", at=None):
    """Say something of a component, or of a passage of it. The editors of the agency are told."""
    at = moment(at)
    _require_open(text, by)
    anchor = _anchor(text, quote, prefix, suffix) if quote.strip() else passages.Anchor("")
    said = Comment.objects.create(text=text, body=_body(body), author=by, at=at, **vars(anchor))
    _record("edition.comment", said, by=by, at=at)
    _tell(said, [seat.user for seat in _seats(text.edition, Role.EDITOR)], by=by, at=at)
    return said


@transaction.atomic
def answer(thread, *, body, by, at=None):
    """Answer a comment. Whoever spoke in the thread, and whom it waits for, are told."""
    at = moment(at)
    _require_open(thread.text, by)
    said = Comment.objects.create(text=thread.text, parent=thread, body=_body(body), author=by, at=at)
    _record("edition.answer_comment", said, by=by, at=at)
    _tell(said, _in_thread(thread), by=by, at=at)
    return said


@transaction.atomic
def resolve(thread, *, by, at=None):
    """Say that a comment was attended to. It stays, folded, and can be opened again."""
    at = moment(at)
    _require_own(thread, by)
    if Comment.objects.filter(pk=thread.pk, resolved_at=None).update(resolved_at=at, resolved_by=by):
        thread.refresh_from_db()
        _record("edition.resolve_comment", thread, by=by, at=at)
    return thread


@transaction.atomic
def reopen(thread, *, by, at=None):
    """Open a resolved comment again."""
    at = moment(at)
    _require_own(thread, by)
    resolved = Comment.objects.filter(pk=thread.pk, resolved_at__isnull=False)
    if resolved.update(resolved_at=None, resolved_by=None):
        thread.refresh_from_db()
        _record("edition.reopen_comment", thread, by=by, at=at)
    return thread


@transaction.atomic
def assign(thread, *, owner, due_on=None, by, at=None):
    """Make a comment somebody's task, until a day; without ``owner`` it is nobody's again."""
    at = moment(at)
    _require_own(thread, by)
    if owner and owner not in people_for(thread.text.edition):
        raise CannotComment(_("A task is given to somebody of the agency who works on its Rules."))
    due_on = due_on if owner else None
    if (thread.owner, thread.due_on) == (owner, due_on):
        return thread
    thread.owner, thread.due_on = owner, due_on
    thread.save(update_fields=["owner", "due_on"])
    _record("edition.assign_comment", thread, by=by, at=at)
    if owner and owner != by:
        _tell_owner(thread, at=at)
    return thread


def people_for(edition):
    """To whom a task may be given: those who draft, review, operate or head the Rules of the agency."""
    seats = _seats(edition, *DRAFTING).values("user")
    return User.objects.filter(pk__in=seats, is_active=True).order_by("name", "pk")


def _seats(edition, *roles):
    held = edition.program.agency.body.memberships.current().with_role(*roles)
    return held.select_related("user").order_by("pk")


def _body(body):
    if not body.strip():
        raise CannotComment(_("Write the comment."))
    return body.strip()


def _anchor(text, quote, prefix, suffix):
    """Where the passage stands: in the text as it is kept, with its references as tokens."""
    found = passages.anchor(highlight.plain(text.text), quote, prefix, suffix)
    if found is None:
        raise PassageGone(
            _("The passage does not stand in the text. Copy it word for word, or comment it all.")
        )
    return found


def _require_open(text, by):
    if not by.has_perm("programs.comment_draft", text.edition):
        raise CannotComment(_("A draft is commented until it is published, by those who may read it."))


def _require_own(thread, by):
    _require_open(thread.text, by)
    if not by.has_perm("programs.resolve_comment", thread):
        raise CannotComment(
            _("Whoever wrote the comment, whom it waits for, or a Rules editor of the agency does this.")
        )


def _in_thread(thread):
    spoke = [thread.author, *(said.author for said in thread.replies.select_related("author"))]
    return [*spoke, thread.owner] if thread.owner else spoke


def _record(act, said, *, by, at):
    note = f"{said.text.component.slug} {said.thread.public_id}"
    record(act, said.text.edition, by=by, at=at, note=note)


def _tell(said, people, *, by, at):
    notify_all(
        [person for person in people if person.pk != by.pk],
        kind="edition.comment",
        subject=lambda: _("Comment on %(what)s") % {"what": said.text},
        body=lambda: said.body,
        link=said.get_absolute_url(),
        at=at,
    )


def _tell_owner(thread, *, at):
    until = thread.due_on
    notify_all(
        [thread.owner],
        kind="edition.task",
        subject=lambda: _("For you to do: %(what)s") % {"what": thread.text},
        body=lambda: (
            _("%(what)s Until %(day)s.") % {"what": thread.body, "day": day_in_words(until)}
            if until
            else thread.body
        ),
        link=thread.get_absolute_url(),
        at=at,
    )
