"""The shape of the code, held by tests: what no linter sees."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import factory
import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from rest_framework import serializers

from accounts.acts import Act

ROOT = settings.BASE_DIR
LAYERS = ["jobs", "accounts", "documents", "programs", "calls", "evaluations"]
PORTAL = [*LAYERS, "rop_portal"]


def sources(*folders, suffix=".py"):
    """The files of the portal itself, migrations left out."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob(f"*{suffix}")):
            if "migrations" not in path.parts and "vendor" not in path.parts:
                yield path


def named(path):
    return str(path.relative_to(ROOT))


def own_models():
    return [model for label in LAYERS for model in apps.get_app_config(label).get_models()]


def test_each_app_imports_only_what_lies_below_it():
    program = Path(sys.executable).parent / "lint-imports"

    answer = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert answer.returncode == 0, answer.stdout


def names_reaching_up(label):
    """The accessors by which a model of this app would reach a model of an app above it."""
    above = LAYERS[LAYERS.index(label) + 1 :]
    for model in apps.get_app_config(label).get_models():
        for relation in model._meta.related_objects:
            if relation.related_model._meta.app_label in above and not relation.hidden:
                yield relation.get_accessor_name()


@pytest.mark.parametrize("label", LAYERS[:-1])
def test_no_code_or_template_of_an_app_reaches_up_through_a_reverse_accessor(label):
    own = {
        field.name for model in apps.get_app_config(label).get_models() for field in model._meta.get_fields()
    }
    reaching_up = set(names_reaching_up(label))
    below = {name for lower in LAYERS[: LAYERS.index(label)] for name in field_names(lower)}
    suspicious = reaching_up - below - {name for name in own if name not in reaching_up}

    found = [
        f"{named(path)}: .{name}"
        for path in [*sources(label), *sources(f"templates/{label}", suffix=".html")]
        for name in suspicious
        if re.search(rf"\w\.{name}\b(?!\s*=[^=])", path.read_text())
    ]

    assert found == []


def field_names(label):
    return {
        field.name for model in apps.get_app_config(label).get_models() for field in model._meta.get_fields()
    }


@pytest.mark.parametrize("label", LAYERS[:-1])
def test_no_template_or_action_of_an_app_names_an_app_above_it(label):
    above = LAYERS[LAYERS.index(label) + 1 :]
    address = re.compile(rf"""(?:url\s+|reverse\w*\(\s*)["'](?:{"|".join(above)}):""")
    template = re.compile(rf"""["'](?:{"|".join(above)})/[\w/]+\.html""")

    found = [
        f"{named(path)}: {match.group()}"
        for path in [*sources(f"{label}/actions"), *sources(f"templates/{label}", suffix=".html")]
        for pattern in (address, template)
        for match in pattern.finditer(path.read_text())
    ]

    assert found == []


FOUND_BY_DJANGO = re.compile(
    r"^(?:40[0-9]|500|base)\.html$|^(?:account|mfa|allauth|admin|django|socialaccount|usersessions)/"
)


def test_every_template_is_used():
    code = "\n".join(path.read_text() for path in sources(*PORTAL))
    templates = list(sources("templates", suffix=".html"))
    markup = "\n".join(path.read_text() for path in templates)

    unused = []
    for path in templates:
        name = path.relative_to(ROOT / "templates").as_posix()
        is_component = name.startswith("components/") and f"def {path.stem}(" in code
        if not (FOUND_BY_DJANGO.match(name) or is_component or name in code or name in markup):
            unused.append(name)

    assert unused == []


def test_every_model_has_a_factory():
    for path in sources("tests/factories"):
        import_module(f"tests.factories.{path.stem}")
    made = {cls._meta.model for cls in descendants(factory.django.DjangoModelFactory) if cls._meta.model}

    assert [model._meta.label for model in own_models() if model not in made] == []


def descendants(cls):
    for child in cls.__subclasses__():
        yield child
        yield from descendants(child)


def test_every_act_of_an_app_is_performed_by_an_action():
    unused = []
    for label in LAYERS:
        actions = "\n".join(path.read_text() for path in sources(f"{label}/actions"))
        unused += [f"{label}.{name}" for name, _ in acts_of(label) if not re.search(rf"\b{name}\b", actions)]

    assert unused == []


def acts_of(label):
    """The acts of an app by the names they have in its ``states.py``."""
    if not (ROOT / label / "states.py").exists():
        return []
    return [
        (name, act) for name, act in vars(import_module(f"{label}.states")).items() if isinstance(act, Act)
    ]


def test_no_two_acts_share_a_name():
    names = [act.name for label in LAYERS for _, act in acts_of(label)]

    assert len(names) == len(set(names))


def import_everything():
    for path in sources(*LAYERS):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        import_module(module.removesuffix(".__init__"))


def test_no_form_can_write_a_state():
    import_everything()

    writing = [
        form.__qualname__
        for form in descendants(forms.BaseModelForm)
        if form.__module__.split(".")[0] in LAYERS and "state" in getattr(form, "base_fields", {})
    ]

    assert writing == []


def test_no_serializer_can_write_a_state():
    import_everything()

    writing = []
    for serializer in descendants(serializers.ModelSerializer):
        if serializer.__module__.split(".")[0] in LAYERS and hasattr(serializer, "Meta"):
            state = serializer().fields.get("state")
            if state is not None and not state.read_only:
                writing.append(serializer.__qualname__)

    assert writing == []


def test_a_state_is_assigned_nowhere_but_in_the_engine():
    """The state moves by ``perform``; a new row may be born in one."""
    found = []
    for path in sources(*LAYERS):
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets):
                found.append(f"{named(path)}:{node.lineno}")

    assert found == []


@pytest.mark.parametrize("kind", ["models", "views"])
def test_no_file_of_models_or_views_grows_past_400_lines(kind):
    long = [
        named(path)
        for path in sources(*LAYERS)
        if kind in path.parts or path.stem == kind
        if len(path.read_text().splitlines()) > 400
    ]

    assert long == []


def test_nobody_imports_the_tests():
    found = [
        named(path)
        for path in sources(*PORTAL)
        if re.search(r"^\s*(?:from|import) tests\b", path.read_text(), re.MULTILINE)
    ]

    assert found == []


def test_every_moment_that_names_a_person_is_written_with_its_person():
    """A ``…_by`` beside its ``…_at``: where the person is always known, so is the moment."""
    lonely = []
    for model in own_models():
        names = {field.name: field for field in model._meta.concrete_fields}
        for name, field in names.items():
            if (
                name.endswith("_by")
                and (at := names.get(f"{name.removesuffix('_by')}_at"))
                and at.null > field.null
            ):
                lonely.append(f"{model._meta.label}.{name}")

    assert lonely == []
