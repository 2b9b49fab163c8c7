"""The difference of a and b, applied to a, is b: whole documents, whatever they hold."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.comparison import diff

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

VALUES = st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["", "uno", "1", "dos tres"])
TEXTS = st.lists(
    st.sampled_from(["<p>Uno dos.</p>", "<p>Tres [[a.b]]</p>", "<ul><li>x</li></ul>", "&amp;"])
).map("".join)
ROWS = st.lists(
    st.fixed_dictionaries({"key": st.sampled_from("abc")}, optional={"name": VALUES, "days": VALUES}),
    unique_by=lambda row: row["key"],
)
CLAUSES = st.lists(
    st.fixed_dictionaries(
        {"slug": st.sampled_from("xyz"), "text": TEXTS, "resolved": TEXTS},
        optional={"title": VALUES, "lineage": st.lists(VALUES, max_size=2)},
    ),
    unique_by=lambda clause: clause["slug"],
)
DOCUMENTS = st.fixed_dictionaries(
    {
        "components": CLAUSES,
        "blocks": st.dictionaries(
            st.sampled_from(["schedule", "new"]),
            st.dictionaries(st.sampled_from(["m", "n"]), ROWS, max_size=2),
        ),
    },
    optional={"edition": st.dictionaries(st.sampled_from("ab"), VALUES), "publication": VALUES},
)


@UNHURRIED
@given(DOCUMENTS, DOCUMENTS)
def test_the_patch_of_two_documents_makes_the_first_the_second(before, after):
    made = diff(before, after).apply(before)

    assert made == after
    assert repr(sorted(map(repr, flat(made)))) == repr(sorted(map(repr, flat(after))))  # true is not 1


def flat(value, place=()):
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in flat(one, (*place, key))]
    if isinstance(value, list):
        return [leaf for key, one in enumerate(value) for leaf in flat(one, (*place, key))]
    return [(place, value)]


@UNHURRIED
@given(DOCUMENTS)
def test_the_patch_of_a_document_to_itself_says_nothing(document):
    patch = diff(document, document)

    assert [part for part in patch.components if part.values or part.edits or part.dropped] == []
