import pytest

from programs import highlight

CLAUSE = (
    "<p>El plazo es de <strong>cinco</strong> días\n hábiles &amp; cuenta desde</p><p>la publicación.</p>"
)


def test_the_plain_text_is_what_people_read():
    assert highlight.plain(CLAUSE) == "El plazo es de cinco días hábiles & cuenta desde la publicación."


@pytest.mark.parametrize(
    ("passage", "found"),
    [
        ("plazo es de cinco días hábiles", True),
        ("  cinco\n días   hábiles ", True),
        ("cuenta desde la publicación", True),
        ("hábiles & cuenta", True),
        ("seis días", False),
        ("dias habiles", False),
        ("", False),
        ("   ", False),
    ],
)
def test_a_passage_is_found_as_it_is_read(passage, found):
    assert highlight.contains(CLAUSE, passage) is found


def test_a_passage_inside_one_piece_is_marked_once():
    assert highlight.mark("<p>Uno, dos y tres.</p>", "dos y") == "<p>Uno, <mark>dos y</mark> tres.</p>"


def test_a_passage_cut_by_tags_is_marked_in_each_piece_and_the_tags_stay():
    assert highlight.mark(CLAUSE, "de cinco días hábiles & cuenta") == (
        "<p>El plazo es <mark>de </mark><strong><mark>cinco</mark></strong>"
        "<mark> días\n hábiles &amp; cuenta</mark> desde</p><p>la publicación.</p>"
    )


def test_what_is_not_found_changes_nothing():
    assert highlight.mark(CLAUSE, "otra cosa") == CLAUSE


def test_tags_in_a_passage_are_not_markup():
    assert highlight.mark("<p>a &lt;b&gt; c</p>", "<b>") == "<p>a <mark>&lt;b&gt;</mark> c</p>"
