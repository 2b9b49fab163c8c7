"""There are as many invariants as were promised (R11), each with the test that breaks it."""

from importlib import import_module

from jobs import soundness

LEAST = 80
APPS = ("jobs", "accounts", "documents", "programs", "calls", "evaluations")


def test_every_invariant_has_a_test_that_breaks_it():
    broken = {key for app in APPS for key in import_module(f"tests.{app}.test_invariants").BROKEN}

    assert broken == set(soundness.known())


def test_there_are_at_least_eighty():
    assert len(soundness.known()) >= LEAST


def test_every_rule_is_a_sentence():
    rules = [one.rule for one in soundness.known().values()]

    assert [rule for rule in rules if not rule.endswith(".") or not rule[0].isupper()] == []
    assert len(set(rules)) == len(rules)
