"""An organization that was not selected: it learns who decided, by what and why, and is heard. As a story."""

import pytest
from django.urls import reverse

from evaluations.models import ControlReport, FeedbackRequest, RemedyRequest
from tests.factories.accounts import member
from tests.factories.evaluations import evaluation
from tests.invariants import BUILT_IN_ONE_STATEMENT, assert_invariants_hold

pytestmark = pytest.mark.django_db


def test_from_the_notice_to_what_the_head_decides(client):
    played = evaluation("distribute")
    application = played.applications[0]
    played.score({application.pk: 1}).convene().open().vote().rule().close().release()
    ana = application.organization.body.memberships.get().user

    # The notice leads to the application, whose page leads to everything that can be done now
    client.force_login(ana)
    notice = ana.notices.get(kind="ruling.release")
    now = reverse("evaluations:what_now", args=[application.public_id])
    assert now in client.get(notice.link).text

    # Who decided, by which criteria, why, what was missing; no evaluator is named
    page = " ".join(client.get(now).text.split())
    assert "No apoyado" in page
    assert "El comité dictaminador de la convocatoria, por votación en su sesión" in page
    assert "Faltaron 20.00 puntos para alcanzarlo." in page
    assert "No alcanza el puntaje mínimo de 70 puntos." in page
    assert "(+20.00)" in page
    assert [one.name for one in played.evaluators if one.name in page] == []
    assert "nota mía" not in page

    # One click asks why; the desk answers
    asking = reverse("evaluations:ask_feedback", args=[application.public_id])
    asked = client.post(asking)["Location"]
    client.force_login(played.operator)
    assert FeedbackRequest.objects.get().get_absolute_url() == asked
    answer = {"answer": "Faltaron datos del municipio.", "main_reason": "need", "version": "0", "send": "1"}
    assert client.post(asked, answer).status_code == 302
    client.force_login(ana)
    assert "Faltaron datos del municipio." in client.get(asked).text

    # A reconsideration is filed, and decided by the head, who neither scored nor voted
    filing = reverse("evaluations:file_remedy", args=[application.public_id, "reconsideracion"])
    key = client.get(filing).context["form"]["key"].value()
    filed = client.post(filing, {"text": "El diagnóstico sí tiene datos.", "key": key})["Location"]
    client.force_login(played.head)
    client.post(filed, {"admit": "1"})
    client.post(filed, {"study": "1"})
    client.post(
        filed,
        {
            "resolve": "1", "outcome": "replaced", "new_outcome": "reserve",
            "effect": "Pasa a la lista de espera; no se mueve dinero.",
            "reasons": "El anexo 2 tenía los datos.", "legal_basis": "Componente 10.",
        },
    )  # fmt: skip
    assert RemedyRequest.objects.get().new_outcome == "reserve"

    # The ruling stays as it was signed, and what was decided stands beside it, for everybody
    client.logout()
    results = " ".join(client.get(reverse("evaluations:call_results", args=[played.call.folio])).text.split())
    assert "Pasa a la lista de espera; no se mueve dinero." in results
    assert "No alcanza el puntaje mínimo de 70 puntos." in results
    assert "El anexo 2 tenía los datos." not in results

    # And what should not be told to the agency goes to the comptroller alone
    client.force_login(ana)
    reporting = reverse("evaluations:file_report", args=[application.public_id, "denuncia"])
    key = client.get(reporting).context["form"]["key"].value()
    client.post(reporting, {"text": "Nos pidieron dinero.", "key": key, "anonymous": "on"})
    client.force_login(member("auditor"))
    assert "Nos pidieron dinero." in client.get(ControlReport.objects.get().get_absolute_url()).text
    assert_invariants_hold(besides=BUILT_IN_ONE_STATEMENT)
