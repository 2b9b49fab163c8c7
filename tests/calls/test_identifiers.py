"""The identifiers of an organization, with the real cases that taught us what to refuse and what to ask."""

from types import SimpleNamespace

import pytest

from calls import identifiers


@pytest.mark.parametrize(
    "rfc", ["DME060314ST1", "ISC240920QB0", "MAB9307148T4", "SAT970701NN3", "JES900109Q90"]
)
def test_an_rfc_of_a_legal_person_is_read(rfc):
    assert identifiers.rfc(rfc) == identifiers.Reading(rfc)


def test_spaces_hyphens_and_small_letters_are_tidied():
    assert identifiers.rfc(" dme-060314-st1 ").value == "DME060314ST1"


def test_a_wrong_check_digit_is_asked_about_and_not_refused():
    reading = identifiers.rfc("DME060314ST2")

    assert reading.value == "DME060314ST2"
    assert len(reading.warnings) == 1


@pytest.mark.parametrize(
    ("body", "digit"),
    [("VACE460910SX", "5"), ("GODE561231GR", "8"), ("DME060314ST", "1"), ("ISC240920QB", "0")],
)
def test_the_check_digit_is_that_of_the_tax_authority(body, digit):
    assert identifiers.rfc_check_digit(body) == digit


@pytest.mark.parametrize("rfc", ["XAXX010101000", "XEXX010101000"])
def test_generic_rfcs_are_refused(rfc):
    with pytest.raises(identifiers.Refused, match="gen"):
        identifiers.rfc(rfc)


def test_a_natural_persons_rfc_is_refused_with_its_reason():
    with pytest.raises(identifiers.Refused, match="13"):
        identifiers.rfc("GODE561231GR8")


@pytest.mark.parametrize(
    "rfc", ["", "DME06031", "DME061314ST1", "DME060230ST1", "1ME060314ST1", "DME060314STZ"]
)
def test_what_cannot_be_an_rfc_is_refused(rfc):
    with pytest.raises(identifiers.Refused):
        identifiers.rfc(rfc)


def test_the_twenty_ninth_of_february_is_a_date_when_its_year_has_one():
    assert identifiers.rfc("ABC000229AA0").value == "ABC000229AA0"
    with pytest.raises(identifiers.Refused):
        identifiers.rfc("ABC010229AA0")


@pytest.mark.parametrize(
    ("cluni", "rfc"), [("DME0603141301B", "DME060314ST1"), ("ISC24092021FQV", "ISC240920QB0")]
)
def test_a_cluni_begins_like_its_rfc(cluni, rfc):
    assert identifiers.cluni(cluni, rfc=rfc) == identifiers.Reading(cluni)


def test_a_cluni_of_another_rfc_is_asked_about():
    assert identifiers.cluni("DME0603141301B", rfc="ISC240920QB0").warnings


@pytest.mark.parametrize("cluni", ["DME0603143301B", "DME06031413", "DME0613141301B"])
def test_what_cannot_be_a_cluni_is_refused(cluni):
    with pytest.raises(identifiers.Refused):
        identifiers.cluni(cluni)


@pytest.mark.parametrize("clabe", ["032180000118359719", "646180157036325892", "002010077777777771"])
def test_an_account_is_read_and_kept_as_text(clabe):
    assert identifiers.clabe(clabe).value == clabe


@pytest.mark.parametrize("clabe", ["032180000118359718", "03218000011835971", "999180000118359719"])
def test_a_wrong_account_is_refused(clabe):
    with pytest.raises(identifiers.Refused):
        identifiers.clabe(clabe)


def test_a_bank_that_we_do_not_know_is_asked_about():
    body = "99918000011835971"

    assert identifiers.clabe(body + identifiers.clabe_check_digit(body)).warnings


def test_an_account_shows_its_last_four_digits():
    assert identifiers.masked("032180000118359719") == "**************9719"
    assert identifiers.masked("") == ""


@pytest.mark.parametrize(
    ("code", "asked"), [("44000", False), ("49999", False), ("43999", True), ("50000", True)]
)
def test_postal_codes_outside_jalisco_are_asked_about(code, asked):
    assert bool(identifiers.postal_code(code).warnings) is asked


@pytest.mark.parametrize("code", ["00000", "4410", "441000", "4410a"])
def test_what_cannot_be_a_postal_code_is_refused(code):
    with pytest.raises(identifiers.Refused):
        identifiers.postal_code(code)


def test_a_postal_code_proposes_its_municipality_the_narrowest_range_first():
    arandas = SimpleNamespace(name="Arandas", postal_min="47180", postal_max="47197")
    cerro_gordo = SimpleNamespace(name="San Ignacio Cerro Gordo", postal_min="47190", postal_max="47195")
    zapopan = SimpleNamespace(name="Zapopan", postal_min="45010", postal_max="45245")

    assert identifiers.municipalities_of("47192", [arandas, cerro_gordo, zapopan]) == [cerro_gordo, arandas]


@pytest.mark.parametrize("phone", ["33 1234 5678", "+52 33 1234 5678", "(33) 12345678"])
def test_a_telephone_is_ten_digits(phone):
    assert identifiers.phone(phone).value == "3312345678"
