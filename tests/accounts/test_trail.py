"""The trail tells what was done, and a sealed field that was changed afterwards is found."""

import pytest
from django.core.management import CommandError, call_command

from accounts import teams, verification
from accounts.acts import record
from accounts.models import Body, Membership, Role, TrailSalt
from tests.factories.accounts import BodyFactory, MembershipFactory, TrailEntryFactory, UserFactory, member

pytestmark = pytest.mark.django_db


def sealed_body():
    body = BodyFactory(name_es="Secretaría", name_en="Ministry")
    record("body.check", body, by=UserFactory(), seals=("name_es", "name_en"))
    return body


def test_an_untouched_world_has_no_difference(capsys):
    sealed_body()

    call_command("verify_trail")

    assert "1 sealed entries, no difference." in capsys.readouterr().out


@pytest.mark.parametrize("field", ["name_es", "name_en"])
def test_a_changed_sealed_field_is_found_and_named(field, capsys):
    body = sealed_body()
    Body.objects.filter(pk=body.pk).update(**{field: "Otra"})

    with pytest.raises(CommandError):
        call_command("verify_trail")

    assert f"accounts.body {body.public_id}: one of name_en, name_es was changed" in capsys.readouterr().out


def test_a_field_that_was_not_sealed_may_change():
    body = sealed_body()
    Body.objects.filter(pk=body.pk).update(short_name="SEC")

    assert list(verification.differences()) == []


def test_a_missing_thing_is_named():
    body = sealed_body()
    body.delete()

    (difference,) = verification.differences()
    assert difference.what == "it is missing"


def test_the_latest_act_that_sealed_a_field_counts():
    admin = member(Role.ADMINISTRATOR)
    membership = teams.grant(UserFactory(), BodyFactory(organization=True), Role.DRAFTER, by=admin)
    teams.end(membership, by=admin)

    assert list(verification.differences()) == []

    Membership.objects.filter(pk=membership.pk).update(role=Role.REPRESENTATIVE)
    assert [d.entry.act for d in verification.differences()] == ["membership.end"]


def test_an_erased_salt_proves_nothing_and_accuses_nobody():
    body = sealed_body()
    TrailSalt.objects.all().delete()
    Body.objects.filter(pk=body.pk).update(name_es="Otra")

    assert list(verification.differences()) == []


def test_i_see_what_i_did_and_not_what_others_did(client):
    ana = UserFactory()
    TrailEntryFactory(by=ana, subject_name="CONV-MINE")
    TrailEntryFactory(subject_name="CONV-OTHER")
    client.force_login(ana)

    page = client.get("/mi/actos/")

    assert "CONV-MINE" in page.text
    assert "CONV-OTHER" not in page.text


def test_a_role_and_a_fingerprint_are_told_in_words(client):
    ana = UserFactory()
    TrailEntryFactory(by=ana, note="drafter")
    TrailEntryFactory(by=ana, note="0123456789abcdef" * 4)
    TrailEntryFactory(by=ana, note="Falta la firma.")
    client.force_login(ana)

    page = client.get("/mi/actos/").text

    assert "Captura de solicitudes" in page
    assert "SHA-256 0123456789ab…<" in page
    assert "Falta la firma." in page


@pytest.mark.parametrize(
    ("act", "note", "said"),
    [
        ("call.change_date", "ruling 2026-04-24", "Dictaminación · 24 de abril de 2026"),
        ("application.check", "acta: observed", "acta · Con observación"),
        ("vault.take_out", "tax-status", "Constancia de situación fiscal"),
        (
            "vault.keep",
            "tax-status " + "0123456789abcdef" * 4,
            "Constancia de situación fiscal · SHA-256 0123456789ab…",
        ),
        ("edition.sign", "legal", "Revisión jurídica"),
        ("application.withdraw", "2026-99-99", "2026-99-99"),
    ],
)
def test_the_codes_of_a_note_are_told_in_words(client, act, note, said):
    ana = UserFactory()
    TrailEntryFactory(by=ana, act=act, note=note)
    client.force_login(ana)

    assert f"{said}<" in client.get("/mi/actos/").text


@pytest.mark.parametrize("count", [1, 30])
def test_my_acts_cost_the_same_for_one_as_for_thirty(client, count, django_assert_num_queries):
    ana = UserFactory()
    TrailEntryFactory.create_batch(count, by=ana)
    client.force_login(ana)

    with django_assert_num_queries(6):
        client.get("/mi/actos/")


@pytest.mark.parametrize("count", [1, 30])
def test_my_profile_costs_the_same_for_one_as_for_thirty(client, count, django_assert_num_queries):
    ana = UserFactory()
    MembershipFactory.create_batch(count, user=ana)
    client.force_login(ana)

    with django_assert_num_queries(5):
        client.get("/mi/perfil/")


def test_every_act_of_the_state_machines_is_put_in_words():
    import calls.states
    import evaluations.states
    import programs.states
    from accounts.acts import Act
    from accounts.words import act_in_words

    acts = [
        act.name
        for module in (programs.states, calls.states, evaluations.states)
        for act in vars(module).values()
        if isinstance(act, Act)
    ]

    assert len(acts) > 15
    assert [name for name in acts if act_in_words(name) == name] == []
