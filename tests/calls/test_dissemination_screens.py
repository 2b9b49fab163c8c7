"""The pages of how a call was made known: who reads, who records, what is refused beside its entry."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from calls.models import Call, Evidence
from calls.states import CallState
from programs.models import DisseminationAction
from tests.factories.accounts import UserFactory, member
from tests.factories.applications import OpenCallFactory, pdf_file
from tests.factories.calls import CallFactory, operator_of
from tests.factories.dissemination import EvidenceFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
URL = "https://demo.example/aviso"


@pytest.fixture
def call():
    """It receives applications; its Rules plan one action, *Portal*, on a day that has passed."""
    return OpenCallFactory()


@pytest.fixture
def plan(call):
    return DisseminationAction.objects.of_publication(call.publication).get()


def address(name, call, *more):
    return reverse(f"calls:{name}", args=[call.folio, *more])


def said(**given):
    entries = {"action": "portal", "on": TODAY().isoformat(), "account": "Se publicó.", "url": URL}
    return entries | given


def operator(client, call):
    person = operator_of(call)
    client.force_login(person)
    return person


# Reading


def test_anybody_reads_the_plan_beside_what_was_done(client, call, plan):
    page = address("dissemination", call)
    assert "0 de 1 acción planeada con evidencia" in client.get(page).text
    EvidenceFactory(call=call, action=plan, account="Se leyó en la radio.", url=URL, on=plan.on, reached=150)

    text = client.get(page).text

    assert "1 de 1 acción planeada con evidencia" in text
    assert "Se leyó en la radio." in text
    assert f'<a class="break" href="{URL}" rel="nofollow noopener noreferrer">' in text
    assert "150 personas alcanzadas" in text


def test_the_page_of_the_call_says_how_each_planned_action_stands(client, call, plan):
    EvidenceFactory(call=call, action=plan, on=plan.on + timedelta(days=1))

    text = client.get(call.get_absolute_url()).text

    assert "Hecha con retraso" in text
    assert address("dissemination", call) in text


def test_what_an_agency_wrote_is_text_and_never_markup(client, call):
    EvidenceFactory(call=call, name="<b>Cartel</b>", account="<script>alert(1)</script>")

    text = client.get(address("dissemination", call)).text

    assert "<script>alert(1)" not in text
    assert "&lt;b&gt;Cartel" in text


def test_what_was_withdrawn_is_struck_through_with_its_reason_and_without_its_address(client, call):
    EvidenceFactory(call=call, account="Se pegó un cartel.", url=URL, withdrawn=True)

    text = client.get(address("dissemination", call)).text

    assert '<span lang="es">Se pegó un cartel.</span></s>' in text
    assert "La foto era de otra reunión." in text
    assert URL not in text


def test_a_plan_without_actions_says_so(client, call, monkeypatch):
    monkeypatch.setattr("calls.dissemination.actions_of", lambda _call: [])

    assert "No hay acciones planeadas ni registradas" in client.get(address("dissemination", call)).text


def test_a_draft_has_no_such_page_for_anybody(client):
    draft = CallFactory()
    operator(client, draft)

    statuses = [
        client.get(address(name, draft)).status_code
        for name in ("dissemination", "desk_dissemination", "record_evidence")
    ]

    assert statuses == [404, 404, 404]


# Its file


def opened(client, evidence):
    """The answer, read to its end: a file that is served is closed then."""
    response = client.get(evidence.file_url)
    if response.streaming:
        response.content_read = b"".join(response.streaming_content)
    return response


def recorded_with_file(client, call):
    operator(client, call)
    client.post(address("record_evidence", call), said(url="", file=pdf_file("cartel.pdf")))
    client.logout()
    return Evidence.objects.get()


def test_anybody_opens_the_file_of_evidence_that_stands(client, call):
    evidence = recorded_with_file(client, call)

    response = opened(client, evidence)

    assert response.content_read.startswith(b"%PDF")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_file_of_what_was_withdrawn_opens_for_its_agency_alone(client, call):
    evidence = recorded_with_file(client, call)
    ana = operator(client, call)
    client.post(address("withdraw_evidence", call, evidence.public_id), {"reason": "Era otra."})
    statuses = {}
    for name, person in {
        "agency": ana,
        "stranger": member(Role.OPERATOR),
        "evaluator": UserFactory(),
    }.items():
        client.force_login(person)
        statuses[name] = opened(client, evidence).status_code
    client.logout()

    assert statuses == {"agency": 200, "stranger": 404, "evaluator": 404}
    assert client.get(evidence.file_url).status_code == 404


def test_evidence_without_a_file_or_of_another_call_has_no_file(client, call):
    evidence, other = EvidenceFactory(call=call), OpenCallFactory()

    assert client.get(address("evidence_file", call, evidence.public_id)).status_code == 404
    with_file = EvidenceFactory(call=call, with_file=True)
    assert client.get(address("evidence_file", other, with_file.public_id)).status_code == 404


# Recording


@pytest.mark.parametrize("name", ["desk_dissemination", "record_evidence"])
def test_the_desk_of_dissemination_is_the_agencys(client, call, name):
    answers = {}
    for who, person in {
        "operator": operator_of(call),
        "head": member(Role.HEAD, call.agency.body),
        "editor": member(Role.EDITOR, call.agency.body),
        "stranger": member(Role.OPERATOR),
    }.items():
        client.force_login(person)
        answers[who] = client.get(address(name, call)).status_code
    client.logout()

    assert answers == {"operator": 200, "head": 200, "editor": 403, "stranger": 403}
    assert client.get(address(name, call)).status_code == 302


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.HEAD])
def test_operator_and_head_record_evidence_of_a_planned_action(client, call, role):
    person = member(role, call.agency.body)
    client.force_login(person)

    response = client.post(address("record_evidence", call), said(reached="40"))

    assert response["Location"] == address("desk_dissemination", call)
    evidence = Evidence.objects.get()
    assert (evidence.action.key, evidence.by, evidence.reached) == ("portal", person, 40)


def test_the_action_that_was_chosen_in_the_list_comes_chosen_in_the_form(client, call):
    operator(client, call)

    text = client.get(address("record_evidence", call), {"accion": "portal"}).text

    assert '<option value="portal" selected>' in text


def test_a_double_click_records_once(client, call):
    operator(client, call)
    page = address("record_evidence", call)
    sent = said(idempotency_key=client.get(page).context["idempotency_key"])

    first, second = (client.post(page, sent) for _press in range(2))

    assert first["Location"] == second["Location"]
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"account": " "}, "account", "Diga en pocas palabras qué se hizo."),
        ({"url": ""}, "url", "Dé la dirección pública en que se ve, o adjunte un archivo."),
        ({"url": "ftp://demo.example/aviso"}, "url", "Escriba una dirección completa"),
        ({"action": ""}, "name", "Diga de qué acción se trata"),
        ({"on": "2999-01-01"}, "on", "Ese día no ha llegado"),
        ({"reached": "-1"}, "reached", "mayor o igual a 0"),
        ({"action": "otra"}, "action", "otra"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_entry_and_what_was_typed_stays(client, call, given, field, words):
    operator(client, call)

    response = client.post(address("record_evidence", call), said(**given))

    assert response.status_code == 422
    (error,) = response.context["form"].errors[field]
    assert words in error
    kept = said(**given)
    assert all(response.context["form"][name].value() == kept[name] for name in kept)
    assert not Evidence.objects.exists()


def test_a_file_that_lies_is_refused_at_its_entry(client, call):
    operator(client, call)
    liar = SimpleUploadedFile("foto.png", b"%PDF-1.4 no es una foto", content_type="image/png")

    response = client.post(address("record_evidence", call), said(url="", file=liar))

    assert list(response.context["form"].errors) == ["file"]


# Withdrawing


def test_the_withdrawal_says_who_will_be_told_and_asks_for_its_reason(client, call):
    evidence = EvidenceFactory(call=call, by__name="Quien La Registró")
    operator(client, call)
    page = address("withdraw_evidence", call, evidence.public_id)

    assert "Quien La Registró" in client.get(page).text
    refused = client.post(page, {"reason": ""})
    assert refused.status_code == 422
    assert client.post(page, {"reason": "Era otra."})["Location"] == address("desk_dissemination", call)
    assert Evidence.objects.get().is_withdrawn


def test_evidence_of_another_call_is_not_withdrawn_from_here(client, call):
    evidence = EvidenceFactory()
    operator(client, call)

    assert client.get(address("withdraw_evidence", call, evidence.public_id)).status_code == 404


def test_whoever_comes_second_is_told_that_it_is_withdrawn(client, call):
    evidence = EvidenceFactory(call=call, withdrawn=True)
    operator(client, call)
    page = address("withdraw_evidence", call, evidence.public_id)

    assert "Ya está retirada" in client.get(page).text
    assert client.post(page, {"reason": "También."}).status_code == 422


# The board, the duty and the API


def test_the_board_counts_the_planned_actions_with_evidence(client, call, plan):
    year = {"ejercicio": call.edition.fiscal_year}
    figure = figure_of(client.get(reverse("programs:follow_up"), year))
    assert (figure.number, figure.of) == (0, 1)
    EvidenceFactory(call=call, action=plan, withdrawn=True)
    EvidenceFactory(call=call)
    assert figure_of(client.get(reverse("programs:follow_up"), year)).number == 0
    EvidenceFactory.create_batch(2, call=call, action=plan)

    figure = figure_of(client.get(reverse("programs:follow_up"), year))

    assert (figure.number, figure.of) == (1, 1)


def figure_of(response):
    return next(one for one in response.context["figures"] if one.name == "dissemination_with_evidence")


def test_a_cancelled_call_is_left_out_of_the_board(client, call):
    head = member(Role.HEAD, call.agency.body)
    Call.objects.filter(pk=call.pk).update(
        state=CallState.CANCELLED, ended_at=timezone.now(), ended_by=head, ended_reason="X", ended_basis="Y"
    )

    figures = client.get(reverse("programs:follow_up"), {"ejercicio": 2026}).context["figures"]

    assert "dissemination_with_evidence" not in [one.name for one in figures]


def test_the_board_of_the_operator_leads_to_what_lacks_evidence(client, call):
    operator(client, call)

    assert address("desk_dissemination", call) in client.get(reverse("programs:board")).text


def test_the_api_gives_what_was_done_and_keeps_the_row_of_what_was_withdrawn(client, call, plan):
    EvidenceFactory(call=call, action=plan, on=plan.on, url=URL)
    EvidenceFactory(call=call, name="Cartel", url=URL, withdrawn=True)

    done, withdrawn = client.get("/api/v1/dissemination/", {"call": call.folio}).json()["results"]

    assert (done["action"], done["planned_on"], done["url"]) == ("portal", plan.on.isoformat(), URL)
    assert (withdrawn["medium"], withdrawn["url"], withdrawn["withdrawn_reason"]) == (
        "Cartel", "", "La foto era de otra reunión.",
    )  # fmt: skip


def test_the_evidence_of_a_draft_is_not_in_the_api(client):
    EvidenceFactory(call=CallFactory())

    assert client.get("/api/v1/dissemination/").json()["count"] == 0
