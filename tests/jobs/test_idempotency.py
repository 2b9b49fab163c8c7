"""A request that comes twice gets the first answer."""

import threading

import pytest
from django.db import connection, transaction

from jobs import idempotency
from jobs.models import IdempotencyKey
from tests.factories.accounts import UserFactory


def create(user, key, made, answer="/primera/"):
    with idempotency.once(user, "crear", key) as place:
        if not place.answer:
            made.append(answer)
            place.answer = answer
        return place.answer


@pytest.mark.django_db
def test_the_second_gets_the_answer_of_the_first():
    ana, made = UserFactory(), []

    assert create(ana, "k", made) == "/primera/"
    assert create(ana, "k", made, "/segunda/") == "/primera/"
    assert made == ["/primera/"]


@pytest.mark.django_db
def test_another_person_scope_or_key_is_another_request():
    ana, luis, made = UserFactory(), UserFactory(), []

    create(ana, "k", made)
    create(luis, "k", made)
    create(ana, "otra", made)

    assert len(made) == 3


@pytest.mark.django_db
def test_what_fails_may_be_sent_again_with_the_same_key():
    ana, made = UserFactory(), []

    with pytest.raises(ZeroDivisionError), idempotency.once(ana, "crear", "k"):
        1 / 0  # noqa: B018 -- it fails

    assert IdempotencyKey.objects.count() == 0
    assert create(ana, "k", made) == "/primera/"


@pytest.mark.django_db(transaction=True)
def test_it_can_stand_inside_the_outermost_transaction():
    ana, made = UserFactory(), []

    with transaction.atomic(durable=True):
        create(ana, "k", made)

    assert create(ana, "k", made) == "/primera/"
    assert len(made) == 1


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_make_one():
    ana, made, answers = UserFactory(), [], []

    def press():
        try:
            answers.append(create(ana, "k", made))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == ["/primera/"]
    assert answers == ["/primera/"] * 8
