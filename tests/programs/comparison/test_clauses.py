"""The text of two editions: who is whose counterpart, and how what changed is shown."""

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.comparison import compare_clauses
from tests.programs.comparison.frozen import clause, document

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORDS = st.lists(st.sampled_from(["uno", "dos", "tres &amp; más", "<b", "fin."]), min_size=1, max_size=6)
INLINE = WORDS.map(lambda words: " ".join(word.replace("<", "&lt;") for word in words))
STRONG = INLINE.map(lambda text: f"<strong>{text}</strong> y <em>fin</em>")
PARAGRAPH = (INLINE | STRONG).map(lambda text: f"<p>{text}</p>")
ITEMS = st.lists(INLINE, min_size=1, max_size=3).map(
    lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
)
TABLES = st.lists(st.lists(INLINE, min_size=1, max_size=2), min_size=1, max_size=3).map(
    lambda rows: (
        "<table><tbody>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        + "</tbody></table>"
    )
)
HTML = st.lists(PARAGRAPH | ITEMS | TABLES | INLINE.map(lambda text: f"<h3>{text}</h3>"), max_size=4).map(
    "".join
)


def only(before, after):
    changes = compare_clauses(document(clause("a", before)), document(clause("a", after)))
    assert len(changes) == 1
    return changes[0]


def read(html, without):
    """The words that remain when what was added (or removed) is taken out, in order."""
    html = re.sub(r'<span class="visually-hidden">.*?</span>', "", html)
    html = re.sub(r"<td>(Added row|Removed row|Fila (agregada|quitada))</td>", "", html)
    gone = {"ins": "diff__added", "del": "diff__removed"}[without]
    html = re.sub(rf'<(tr|p|h3|li) class="{gone}">.*?</\1>', "", html, flags=re.DOTALL)
    html = re.sub(rf"<{without}>.*?</{without}>", "", html, flags=re.DOTALL)
    return "".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def plain(html):
    return "".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@UNHURRIED
@given(HTML, HTML)
def test_what_is_shown_holds_both_texts_whole(before, after):
    change = only(before, after)

    if change.kind == "same":
        assert before == after
    else:
        assert read(change.html, without="ins") == plain(before)
        assert read(change.html, without="del") == plain(after)


def hidden(text):
    return f'<span class="visually-hidden">{text}</span>'


def test_a_changed_word_is_marked_for_eye_and_ear():
    change = only("<p>Hay cinco días hábiles.</p>", "<p>Hay tres días hábiles.</p>")

    assert change.kind == "changed"
    assert change.html == (
        f"<p>Hay <del>{hidden('[quitado: ')}cinco{hidden(']')}</del> "
        f"<ins>{hidden('[agregado: ')}tres{hidden(']')}</ins>"
        " días hábiles.</p>"
    )


def test_entries_of_a_list_are_compared_one_by_one():
    change = only("<ul><li>Acta</li><li>Plan</li></ul>", "<ul><li>Acta</li><li>Carta</li><li>Plan</li></ul>")

    assert change.html == (
        '<ul><li class="diff__same">Acta</li><li class="diff__added">'
        f"<ins>{hidden('[agregado: ')}Carta{hidden(']')}</ins></li>"
        '<li class="diff__same">Plan</li></ul>'
    )


def test_a_table_changes_row_by_row_and_says_which():
    row = "<tr><td>Acta</td><td>{}</td></tr>"
    table = "<table><tbody>{}</tbody></table>"

    change = only(
        table.format(row.format("1") + row.format("9")), table.format(row.format("2") + row.format("9"))
    )

    assert re.findall(r'<tr class="(\w+)"><td>([^<]*)</td>', change.html) == [
        ("diff__removed", "Fila quitada"),
        ("diff__added", "Fila agregada"),
        ("diff__same", ""),
    ]


def test_nothing_of_the_text_becomes_markup():
    change = only(
        "<p>a</p>", '<p>&lt;script&gt; <a href="javascript:x">b</a> <a href="https://x.example">c</a></p>'
    )

    assert "<script" not in change.html
    assert "javascript" not in change.html
    assert '<a href="https://x.example" rel="noopener noreferrer">c</a>' in change.html


def test_a_clause_whose_data_alone_changed_says_so():
    ours = document(clause("a", "<p>[[x]]</p>", resolved="<p>3 de marzo</p>"))
    theirs = document(clause("a", "<p>[[x]]</p>", resolved="<p>4 de marzo</p>"))

    assert [change.kind for change in compare_clauses(ours, theirs)] == ["data"]


def test_a_clause_that_no_longer_applies_shows_why():
    change = compare_clauses(
        document(clause("a", "<p>Texto.</p>")),
        document(clause("a", "", not_applicable_reason="No hay <apoyos>.")),
    )[0]

    assert change.kind == "changed"
    assert "No hay &lt;apoyos&gt;." in change.html


LONG = "<p>La convocatoria se publica en el portal y en el periódico con treinta días de anticipación.</p>"


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        ([clause("a", LONG)], [("same", "a", False), ("removed", "b", False)]),
        ([clause("c", LONG, number=9)], [("same", "c", True), ("removed", "b", False)]),
        (
            [clause("c", "<p>Distinto.</p>", lineage=[{"edition": "ROP-A-2026-01", "component": "b"}])],
            [("removed", "a", False), ("changed", "c", True)],
        ),
        (
            [clause("c", "<p>Distinto.</p>", lineage=[{"edition": "OTRA", "component": "b"}])],
            [("added", "c", False), ("removed", "a", False), ("removed", "b", False)],
        ),
    ],
    ids=["by component", "by likeness", "by lineage", "lineage of another edition"],
)
def test_clauses_find_their_counterparts(after, kinds):
    before = document(clause("a", LONG), clause("b", "<p>Otra cosa.</p>"))

    changes = compare_clauses(before, document(*after))

    assert [(one.kind, one.slug, one.is_lineage) for one in changes] == kinds
