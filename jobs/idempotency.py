"""A request that comes twice gets the first answer: double clicks, retries, a phone that lost its signal."""

import secrets
from contextlib import contextmanager

from django.db import connection, transaction
from django.http import HttpResponseRedirect

from jobs.models import IdempotencyKey

FIELD = "idempotency_key"
HEADER = "Idempotency-Key"


def new_key():
    return secrets.token_urlsafe(18)


def key_of(request):
    """The key that came with the request: a hidden field, or a header. Empty when there is none."""
    return (request.POST.get(FIELD) or request.headers.get(HEADER, ""))[:64]


@contextmanager
def once(user, scope, key, *, durable=False, answer=""):
    """Hold the place of the first answer. Whoever comes second waits for the first and reads its answer.

    ``with once(user, scope, key) as place:`` -- when ``place.answer`` is set, give it back and do
    nothing; otherwise do the work and set it. An exception inside forgets the key with everything else.
    With ``durable`` it is the outermost transaction: what was answered is kept when the block ends.
    Where the ``answer`` is known before, it is kept at once: then ``place.is_first`` says who works.
    """
    with transaction.atomic(durable=durable):
        place = _take_place(user, scope, key, answer)
        known = place.answer
        yield place
        if place.answer != known:
            place.save(update_fields=["answer"])


def _take_place(user, scope, key, answer=""):
    """Whoever comes first gets a new place by one statement; who comes second waits for it and reads it."""
    named = {"user": user, "scope": scope[:120], "key": key}
    place = IdempotencyKey(**named, answer=answer)
    values = [_for_database(place, name) for name in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        taken = cursor.fetchone()
    if taken is None:
        place = IdempotencyKey.objects.get(**named)
    else:
        place.pk, place._state.adding = taken[0], False
    place.is_first = taken is not None
    return place


COLUMNS = ("key", "scope", "user_id", "answer", "created_at")
# Django inserts what is not there yet, but does not tell whether it did
_TAKE = (
    "INSERT INTO jobs_idempotencykey (key, scope, user_id, answer, created_at) VALUES (%s, %s, %s, %s, %s) "
    "ON CONFLICT (user_id, scope, key) DO NOTHING RETURNING id"
)


def _for_database(place, column):
    field = next(field for field in place._meta.concrete_fields if field.column == column)
    return field.get_db_prep_save(getattr(place, field.attname), connection)


class AnswersOnce:
    """A view whose POST creates something: with the same key, the second POST is sent where the first was.

    Put it before the form view. Only a redirect counts as an answer; a form with errors may be sent again.
    Views whose action needs the outermost transaction use ``once`` inside that action instead.
    """

    def post(self, request, *args, **kwargs):
        key = key_of(request)
        if not key or not request.user.is_authenticated:
            return super().post(request, *args, **kwargs)
        with transaction.atomic():
            place = _take_place(request.user, request.path, key)
            if place.answer:
                return HttpResponseRedirect(place.answer)
            return _keep_answer(place, super().post(request, *args, **kwargs))


def _keep_answer(place, response):
    if response.status_code not in (302, 303):
        place.delete()
        return response
    place.answer = response["Location"]
    place.save(update_fields=["answer"])
    return response
