"""Translations lie in one file an area, and contradict neither each other nor the code."""

import pytest

from rop_portal import catalogues


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogues, "COMPILED", tmp_path / "LC_MESSAGES" / "django.mo")
    return tmp_path


def write(folder, area, *pairs):
    body = "\n".join(f'msgid "{ident}"\nmsgstr "{text}"\n' for ident, text in pairs)
    (folder / f"{area}.po").write_text(catalogues.HEADER + body)


def test_areas_that_translate_a_message_differently_are_refused(folder):
    write(folder, "calls", ("Draft", "Borrador"))
    write(folder, "programs", ("Draft", "Proyecto"))

    with pytest.raises(catalogues.CatalogueProblem, match=r"calls\.po and programs\.po differ"):
        catalogues.compile_catalogues()


def test_the_binary_is_written_only_when_it_would_change(folder):
    write(folder, "calls", ("Draft", "Borrador"))

    assert [catalogues.compile_catalogues(), catalogues.compile_catalogues()] == [True, False]

    write(folder, "calls", ("Draft", "En borrador"))
    assert catalogues.compile_catalogues()


def test_what_is_neither_translated_nor_sound_is_listed(folder):
    write(folder, "interface", ("%(done)s of %(total)s", "%(done)s de %(totl)s"), ("Never said", "Nunca"))

    findings = catalogues.examine()

    assert any("“Skip to the main content”" in line for line in findings.missing)
    assert findings.faults == [
        "“%(done)s of %(total)s”: the translation “%(done)s de %(totl)s” has other placeholders"
    ]
    assert findings.unused == ["interface.po: “Never said”"]


def test_a_template_is_read_like_code():
    said = {catalogues.key(message) for message in catalogues.extracted() if message.id}

    assert {(None, "There is a problem"), (None, "%(people)s person will be written to:")} <= said
    assert ("page x of y", "of") in said


@pytest.mark.parametrize(
    ("path", "area"),
    [
        ("calls/actions/desk.py", "calls"),
        ("templates/programs/matrix.html", "programs"),
        ("templates/components/badge.html", "interface"),
        ("rop_portal/navigation.py", "interface"),
        ("rop_portal/demo/builder.py", "demo"),
    ],
)
def test_each_file_belongs_to_an_area(path, area):
    assert catalogues.area_of(path) == area


def test_what_an_area_lacks_is_added_for_its_translator(folder):
    count = catalogues.add_missing("jobs")

    assert count > 0
    assert catalogues.add_missing("jobs") == 0
    assert 'msgid "Waiting"\nmsgstr ""' in (folder / "jobs.po").read_text()


def test_the_catalogues_of_the_repository_do_not_contradict_each_other():
    assert len(catalogues.merged()) > 400
