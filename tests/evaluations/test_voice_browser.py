"""What follows a result in a real browser: accessible, whole at 360 pixels, in both languages."""

import pytest
from django.urls import reverse

from accounts.models import Role
from evaluations.actions import feedback
from tests.axe import assert_accessible
from tests.browser import DESK, PHONE
from tests.evaluations.test_remedies import filed_by_its_organization, representative
from tests.factories.accounts import member
from tests.factories.evaluations import evaluation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_pages_after_the_ruling_are_accessible(open_page):
    played = evaluation("distribute")
    first, second = played.applications[:2]
    played.score({first.pk: 1}).convene().open().vote().rule().close().release()
    ana, other = representative(first), representative(second)
    asked = feedback.ask(first, by=ana, points={"diagnostico": "¿Qué datos?"})
    filed = filed_by_its_organization(first)
    pages = [
        (reverse("evaluations:what_now", args=[second.public_id]), other),
        (reverse("evaluations:ask_feedback", args=[second.public_id]), other),
        (reverse("evaluations:file_report", args=[second.public_id, "denuncia"]), other),
        (asked.get_absolute_url(), played.operator),
        (filed.get_absolute_url(), played.head),
        (reverse("evaluations:remedy_desk", args=[played.call.folio]), played.operator),
        (reverse("evaluations:reports"), member(Role.AUDITOR)),
        (reverse("evaluations:voice"), None),
    ]

    for path, person in pages:
        assert_accessible(open_page(path, user=person, width=PHONE))
        assert_accessible(open_page(path, user=person, width=DESK, language="en"))
