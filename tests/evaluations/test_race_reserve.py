"""Two people call the reserve list at once: the money is given once and nobody is promoted twice."""

import pytest

from accounts.models import Role
from calls.actions import renouncing
from calls.models import Application
from evaluations import reserve
from evaluations.actions import promoting
from evaluations.models import Promotion, Ruling
from tests.evaluations.test_reserve import WORDS, awarded, representative
from tests.factories.evaluations import evaluation
from tests.harness.racing import race

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def played():
    played = evaluation("release", applications=6, budget=250_000)
    application = awarded(played).first().application
    renouncing.renounce(application, reason="Perdimos la sede.", by=representative(application))
    return played


def test_eight_who_promote_different_files_spend_the_money_once(played):
    waiting, people = list(reserve.waiting(played.call)), [played.head, played.chair]

    def press(number):
        ruling = Ruling.objects.get(pk=waiting[number % 4].pk)
        return promoting.promote(ruling, by=people[number % 2], skip_reason="No respondió.", **WORDS)

    answers = race(press)

    assert sum(isinstance(answer, Promotion) for answer in answers) == 1, answers
    assert {type(a) for a in answers} == {Promotion, promoting.CannotPromote}
    assert reserve.left(played.call) == 50_000


def test_an_award_is_renounced_once(played):
    application = awarded(played).first().application
    person = application.organization.body.memberships.get(role=Role.REPRESENTATIVE).user

    def press(number):
        mine = Application.objects.select_related("call").get(pk=application.pk)
        return renouncing.renounce(mine, reason="Perdimos la sede.", by=person)

    answers = race(press)

    assert sum(isinstance(answer, Application) for answer in answers) == 1, answers
    assert reserve.held(played.call) == 0
