"""The log of the trail: sealed in order, signed outside the database, and every change to it found (S5)."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts import checkpoints, log_verification, sequencing, tree, triggers
from accounts.models import TrailEntry, TrailLeaf, TrailLeafSalt, TrailNode
from tests.factories.accounts import TrailEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path):
    settings.TRAIL_DIR = tmp_path / "trail"


@pytest.fixture
def unguarded():
    """As a superuser of the database who takes its triggers off; undone with the test."""
    for guard in triggers.all_guards():
        triggers.remove(guard, connection)


def sealed(count):
    entries = TrailEntryFactory.create_batch(count)
    sequencing.run()
    return entries


def found():
    return list(log_verification.differences())


# Sealing -----------------------------------------------------------------------------------------------


def test_entries_are_sealed_in_order_and_signed():
    entries = sealed(5)

    assert list(TrailLeaf.objects.values_list("index", "entry")) == [(n, e.pk) for n, e in enumerate(entries)]
    newest = checkpoints.latest()
    assert (newest.size, newest.root) == (5, sequencing.root(5))
    assert newest.is_genuine()


def test_what_comes_later_goes_on_where_the_log_stood():
    first = sealed(3)
    second = sealed(4)

    assert [leaf.entry_id for leaf in TrailLeaf.objects.all()] == [e.pk for e in first + second]
    assert [one.size for one in checkpoints.kept()] == [3, 7]
    assert found() == []


def test_many_are_sealed_in_several_turns(monkeypatch):
    monkeypatch.setattr(sequencing, "MOST", 2)

    sealed(5)

    assert sequencing.size() == 5
    assert found() == []


def test_nothing_new_signs_nothing():
    sealed(2)
    assert sequencing.run() == 0

    assert len(list(checkpoints.kept())) == 1


def test_a_log_that_was_sealed_and_not_signed_is_signed_the_next_time():
    TrailEntryFactory.create_batch(2)
    sequencing.seal()
    assert checkpoints.latest() is None

    sequencing.run()

    assert checkpoints.latest().size == 2


def test_the_leaf_of_an_entry_tells_nothing_of_it():
    """The same entry with another salt is another commitment: nobody guesses it from the published leaf."""
    (entry,) = sealed(1)

    assert sequencing.commitment(entry, "0" * 32) != entry.leaf.commitment


# Proofs ------------------------------------------------------------------------------------------------


def test_a_proof_leads_from_the_entry_to_the_signed_root():
    entry = sealed(6)[3]

    said = json.loads(json.dumps(sequencing.proof_of(entry)))

    leaf = tree.leaf_hash(bytes.fromhex(sequencing.commitment(entry, said["salt"])))
    reached = tree.root_from_proof(said["index"], 6, leaf, [bytes.fromhex(one) for one in said["proof"]])
    assert reached.hex() == said["checkpoint"]["root"] == checkpoints.latest().root
    assert json.loads(said["entry"])["act"] == entry.act


def test_what_waits_has_no_proof_yet():
    assert sequencing.proof_of(TrailEntryFactory()) is None


def test_an_erased_salt_leaves_the_log_whole_and_proves_nothing():
    entries = sealed(3)
    TrailLeafSalt.objects.filter(leaf__entry=entries[1]).delete()

    assert found() == []
    assert sequencing.proof_of(entries[1]) is None


# Whoever rewrites the database ---------------------------------------------------------------------------


def test_the_database_refuses_to_rewrite_the_log():
    sealed(2)
    for change in (
        TrailLeaf.objects.all().delete,
        TrailNode.objects.all().delete,
        lambda: TrailLeaf.objects.update(commitment="0" * 64),
        lambda: TrailNode.objects.update(hash="0" * 64),
    ):
        with pytest.raises(DatabaseError, match="are kept as they were"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("note", "otra"),
        ("act", "otro"),
        ("to_state", "x"),
        ("subject_id", "9"),
        ("at", "2020-01-01T00:00:00Z"),
    ],
)
@pytest.mark.usefixtures("unguarded")
def test_a_changed_entry_is_named(field, value):
    entry = sealed(5)[2]

    models_update(TrailEntry, entry.pk, **{field: value})

    (said,) = found()
    assert f"leaf 2 (entry {entry.pk})" in said


def models_update(model, pk, **changes):
    """Past the manager, which refuses."""
    super(type(model.objects.all()), model.objects.filter(pk=pk)).update(**changes)


@pytest.mark.usefixtures("unguarded")
def test_a_removed_entry_is_named():
    entry = sealed(5)[2]
    TrailEntry.objects.filter(pk=entry.pk)._raw_delete("default")

    assert found() == [f"leaf 2 (entry {entry.pk}): the entry is missing"]


@pytest.mark.usefixtures("unguarded")
def test_a_leaf_taken_out_with_its_entry_is_missed():
    entry = sealed(5)[2]
    TrailLeaf.objects.filter(index=2)._raw_delete("default")
    TrailEntry.objects.filter(pk=entry.pk)._raw_delete("default")

    assert any("leaves 2 to 2 of the log are missing" in said for said in found())


@pytest.mark.usefixtures("unguarded")
def test_two_that_changed_places_are_named():
    sealed(5)
    first, second = TrailLeaf.objects.filter(index__in=(1, 3)).order_by("index")
    commitments = first.commitment, second.commitment
    TrailLeaf.objects.filter(index=1).update(commitment=commitments[1])
    TrailLeaf.objects.filter(index=3).update(commitment=commitments[0])

    said = "\n".join(found())
    assert "leaf 1 " in said
    assert "leaf 3 " in said


@pytest.mark.usefixtures("unguarded")
def test_a_forger_who_computes_everything_anew_is_caught_by_the_signed_root():
    """With the salt, entry, commitment and the whole tree are rewritten; the checkpoint is outside."""
    sealed(3)
    sealed(4)
    leaf = TrailLeaf.objects.select_related("salt").get(index=4)
    models_update(TrailEntry, leaf.entry_id, note="comprada")
    forged = sequencing.commitment(TrailEntry.objects.get(pk=leaf.entry_id), leaf.salt.salt)
    TrailLeaf.objects.filter(index=4).update(commitment=forged)
    TrailNode.objects.filter(level=0, place=4).update(hash=sequencing.leaf_of(forged).hex())

    (said,) = found()
    assert said.startswith("the log is not what was signed on")
    assert said.endswith("a leaf from 3 to 6 was rewritten")


@pytest.mark.usefixtures("unguarded")
def test_a_rolled_back_log_is_caught():
    sealed(3)
    later = sealed(3)
    for model in (TrailLeaf, TrailLeafSalt, TrailNode):
        field = {"TrailLeaf": "index", "TrailLeafSalt": "leaf_id", "TrailNode": "place"}[model.__name__]
        model.objects.filter(**{f"{field}__gte": 3})._raw_delete("default")
    TrailEntry.objects.filter(pk__in=[e.pk for e in later])._raw_delete("default")

    assert any("the log was rolled back: it has 3 leaves, and 6 were signed" in said for said in found())


def test_a_checkpoint_of_somebody_else_is_named():
    sealed(2)
    mine = checkpoints.latest()
    checkpoints.keep(checkpoints.Checkpoint(size=3, root=mine.root, at=mine.at, signature=mine.signature))

    assert any("is not signed by this portal" in said for said in found())


def test_a_line_that_a_failure_cut_short_is_nothing(settings):
    sealed(2)
    (path,) = settings.TRAIL_DIR.glob("*.jsonl")
    with path.open("a") as file:
        file.write('{"size": 9, "ro')

    assert found() == []
    assert checkpoints.latest().size == 2

    sealed(1)  # what comes next is not lost with it
    assert checkpoints.latest().size == 3
    assert len(list(checkpoints.kept())) == 2


def test_the_key_is_made_once_and_is_its_owners(settings):
    assert checkpoints.public_key() == checkpoints.public_key()
    assert (settings.TRAIL_DIR / "key.pem").stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("unguarded")
def test_the_command_names_what_it_found(capsys):
    entry = sealed(3)[0]
    call_command("verify_trail")
    assert "3 leaves of the log, as they were signed." in capsys.readouterr().out

    models_update(TrailEntry, entry.pk, note="otra")

    with pytest.raises(CommandError):
        call_command("verify_trail")
    assert "leaf 0" in capsys.readouterr().out
