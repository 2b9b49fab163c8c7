"""Two editions of forty pages compared, against five pages of PDF, and once more when nothing has changed."""

from functools import partial

from benchmarks import papers, texts
from benchmarks.measuring import Result, against, seconds
from documents.engine import html_to_pdf
from programs import comparing
from programs.comparison import compare

COMPONENTS, PARAGRAPHS = 18, 11
PAGE = 2300  # letters of markup on a page of PDF, as they come out


def measures():
    before = [[f"<p>{texts.some(90)}.</p>" for _one in range(PARAGRAPHS)] for _part in range(COMPONENTS)]
    after = [[_perhaps_rewritten(one) for one in part] for part in before]
    ours, theirs = _document(before), _document(after)
    five = "".join("".join(part) for part in before)[: 5 * PAGE]
    html = f"<html lang='es'><head><title>Reglas</title></head><body>{five}</body></html>"
    render = partial(html_to_pdf, html, static=papers.STATIC, scratch=papers.SCRATCH)
    pages = render()[1]
    assert pages == 5, pages  # noqa: S101 -- measured against what the goal names
    yield against(
        "B9 two editions of 40 pages compared", partial(compare, ours, theirs), render,
        to="five pages of PDF", below=1, rounds=3,
    )  # fmt: skip
    yield _again(ours, theirs)


def _again(ours, theirs):
    """The second reader of a comparison waits for nothing."""
    sides = [comparing.Text(name, partial(dict, side)) for name, side in (("a", ours), ("b", theirs))]
    first, second = (seconds(partial(comparing.compared, *sides)) for _time in range(2))
    ratio = second / first
    return Result(
        "B9 the same compared again", round(second * 1000, 2), "ms", round(ratio, 4),
        "the first time", "less than 0.01 times", ratio < 0.01,
    )  # fmt: skip


def _document(parts):
    clauses = [
        {"slug": f"c{n}", "number": n, "section": "I", "title": f"c{n}", "text": "".join(part),
         "resolved": "".join(part), "not_applicable_reason": ""}
        for n, part in enumerate(parts)
    ]  # fmt: skip
    edition = {
        "code": "ROP-A", "fiscal_year": 2026, "program": {"code": "A", "name": "Programa"},
        "agency": {"acronym": "A", "name": "Dependencia"},
    }  # fmt: skip
    return {"schema": "armoniza.edition/1", "edition": edition, "components": clauses, "blocks": {}}


def _perhaps_rewritten(paragraph):
    return texts.rewritten(paragraph, words=5) if texts.is_likely(0.5) else paragraph
