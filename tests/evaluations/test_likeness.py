"""When two names, addresses, telephones or domains of e-mail say something."""

import pytest

from evaluations import likeness


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("Ana Xochitla Díaz", "Beto Ruiz Xóchitla", {"xochitla"}),
        ("Ana García", "Beto García", set()),
        ("Ana García López", "Beto López García", {"garcia", "lopez"}),
        ("María de la Peña", "Juan Peña", {"pena"}),
        ("Evaluadora 1", "Evaluadora 2", set()),
        ("Rosa Casa (demostración)", "Eva Luz (demostración)", set()),
    ],
)
def test_an_uncommon_surname_or_both_say_something(one, other, shared):
    assert likeness.shared_surnames(likeness.surnames(one), likeness.surnames(other)) == shared


@pytest.mark.parametrize(
    ("address", "domain"),
    [("ana@Tejido.example", "tejido.example"), ("ana@gmail.com", ""), ("", ""), ("x@hotmail.com.mx", "")],
)
def test_a_domain_where_anybody_has_an_address_says_nothing(address, domain):
    assert likeness.domain_of(address) == domain


def test_a_page_has_the_domain_of_its_mail():
    assert likeness.domain_of_site("https://www.tejido.example/nosotras") == "tejido.example"
    assert likeness.domain_of_site("") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("33 1234 5678", "+52 (33) 1234-5678"), ("3312345678", "52 33-12-34-56-78")],
)
def test_a_telephone_is_its_ten_digits(one, other):
    assert likeness.phone(one) == likeness.phone(other) == "3312345678"


def test_a_short_telephone_is_none():
    assert likeness.phone("1234 5678") == ""


def test_an_address_is_the_same_however_it_is_written():
    assert likeness.address("Av. Juárez No. 12, Col. Centro", "44100") == likeness.address(
        "Avenida Juarez #12 Centro", "44100"
    )
    assert likeness.address("Calle Juárez", "44100") == ""
    assert likeness.address("Juárez 12", "44100") != likeness.address("Juárez 12", "45000")
