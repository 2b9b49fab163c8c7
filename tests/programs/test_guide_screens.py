"""The Guide for everybody to read, and its checks, which only planning sets."""

import pytest

from accounts.models import Role, TrailEntry
from programs.actions import guide as guides
from programs.draft_checks import CHECKS
from programs.models import CheckSetting, Component
from tests.factories.accounts import MembershipFactory
from tests.factories.programs import CheckSettingFactory, EditionFactory, GuideEditionFactory, people_of

pytestmark = pytest.mark.django_db
PAGE = "/guia/2024/revisiones/budget-key/"


@pytest.fixture
def guide():
    return GuideEditionFactory()


@pytest.fixture
def owner(guide):
    return people_of(EditionFactory(guide=guide)).guide_owner


def test_everybody_reads_the_guides_and_what_each_component_carries(client, guide):
    listed = client.get("/guia/").text
    page = client.get("/guia/2024/").text

    assert 'href="/guia/2024/"' in listed
    assert 'id="control-participation"' in page
    assert "Sin confirmar" in page


def test_all_checks_are_listed_with_what_they_do(client, guide):
    CheckSettingFactory(guide=guide, level="off", note="Falta el catálogo.")

    everything = client.get("/guia/2024/revisiones/").text
    off = client.get("/guia/2024/revisiones/?nivel=off").text

    assert all(f'id="{check.code}"' in everything for check in CHECKS)
    assert [check.code for check in CHECKS if f'id="{check.code}"' in off] == ["budget-key"]
    assert "Falta el catálogo." in off
    assert PAGE not in everything


def test_the_owner_of_the_guide_sets_a_check(client, guide, owner):
    client.force_login(owner)
    assert PAGE in client.get("/guia/2024/revisiones/").text

    answer = client.post(PAGE, {"level": "blocking", "note": "Lo pide Hacienda."})

    assert answer.headers["Location"] == "/guia/2024/revisiones/#budget-key"
    setting = CheckSetting.objects.get()
    assert (setting.code, setting.level, setting.set_by) == ("budget-key", "blocking", owner)
    entry = TrailEntry.objects.about(setting).get()
    assert (entry.act, entry.note) == ("guide.set_check", "2024 budget-key blocking Lo pide Hacienda.")


def test_a_check_is_switched_off_only_with_a_reason(client, guide, owner):
    client.force_login(owner)

    answer = client.post(PAGE, {"level": "off", "note": " "})

    assert answer.status_code == 200
    assert "Diga por qué se apaga la revisión" in answer.text
    assert not CheckSetting.objects.exists()


def test_setting_a_check_again_changes_it(guide, owner):
    guides.set_check(guide, "budget-key", "blocking", by=owner)
    guides.set_check(guide, "budget-key", "advisory", by=owner)

    assert CheckSetting.objects.get().level == "advisory"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.GUIDE_OWNER])
def test_nobody_else_sets_a_check(client, guide, owner, role):
    body = owner.memberships.get().body
    other = MembershipFactory(role=role, body=body).user
    client.force_login(other)

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"level": "off", "note": "x"}).status_code == 403
    with pytest.raises(guides.CannotChangeGuide):
        guides.set_check(guide, "budget-key", "off", note="x", by=other)


def test_an_owner_of_another_body_is_no_owner_of_the_guide(client, guide, owner):
    client.force_login(MembershipFactory(role=Role.GUIDE_OWNER).user)

    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("address", ["/guia/1999/", "/guia/1999/revisiones/"])
def test_a_year_without_a_guide_does_not_exist(client, guide, address):
    assert client.get(address).status_code == 404


def test_an_unknown_check_does_not_exist(client, guide, owner):
    client.force_login(owner)

    assert client.get("/guia/2024/revisiones/nada/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_checks_costs_the_same(client, guide, count, django_assert_num_queries):
    for check in CHECKS[:count]:
        CheckSettingFactory(guide=guide, code=check.code)

    with django_assert_num_queries(3):
        client.get("/guia/2024/revisiones/")


# What a component must contain, and its confirmation

COMPONENT = "/guia/2024/componentes/process/"


def process():
    return Component.objects.get(slug="process")


def test_the_owner_says_what_a_component_must_contain_and_confirms_it(client, guide, owner):
    client.force_login(owner)
    assert COMPONENT in client.get("/guia/2024/").text
    said = {"help": "Pasos y plazos.", "is_confirmed": "on", "source": "Guía impresa, p. 40."}

    answer = client.post(COMPONENT, said)

    assert answer.headers["Location"] == "/guia/2024/#process"
    assert (process().help, process().is_confirmed) == ("Pasos y plazos.", True)
    entry = TrailEntry.objects.about(process()).get()
    assert (entry.act, entry.note) == ("guide.confirm", "2024 process Guía impresa, p. 40.")
    assert entry.sealed_fields == ["help", "is_confirmed"]
    page = client.get(COMPONENT).text
    assert "Guía impresa, p. 40." in page
    assert "Confirmó un componente de la Guía" in page


def test_a_confirmation_needs_its_source_and_nothing_typed_is_lost(client, guide, owner):
    client.force_login(owner)

    answer = client.post(COMPONENT, {"help": "Lo escrito.", "is_confirmed": "on"})

    assert "Diga dónde se confirmó" in answer.text
    assert "Lo escrito." in answer.text
    assert (process().help, process().is_confirmed) == ("", False)


def test_help_alone_needs_no_source(guide, owner):
    guides.describe(process(), help="Solo ayuda.", is_confirmed=False, by=owner)

    assert TrailEntry.objects.about(process()).get().act == "guide.describe"


def test_a_confirmation_is_taken_back_with_its_reason(guide, owner):
    guides.describe(process(), help="", is_confirmed=True, source="Guía.", by=owner)

    guides.describe(process(), help="", is_confirmed=False, source="Otra edición.", by=owner)

    assert not process().is_confirmed
    assert TrailEntry.objects.about(process()).filter(act="guide.take_back").count() == 1


def test_of_two_who_confirm_at_once_the_second_is_told(guide, owner):
    first, second = process(), process()
    guides.describe(first, help="", is_confirmed=True, source="Guía.", by=owner)

    with pytest.raises(guides.CannotChangeGuide):
        guides.describe(second, help="", is_confirmed=True, source="Guía.", by=owner)


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.EDITOR])
def test_nobody_else_changes_a_component(client, guide, owner, role):
    other = MembershipFactory(role=role, body=owner.memberships.get().body).user
    client.force_login(other)

    assert COMPONENT not in client.get("/guia/2024/").text
    assert client.get(COMPONENT).status_code == 403
    with pytest.raises(guides.CannotChangeGuide):
        guides.describe(process(), help="x", is_confirmed=False, by=other)


def test_an_unknown_component_does_not_exist(client, guide, owner):
    client.force_login(owner)

    assert client.get("/guia/2024/componentes/nada/").status_code == 404
