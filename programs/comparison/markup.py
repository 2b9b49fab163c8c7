"""The difference of two texts as HTML: what was erased and written is marked by sign and word, not by colour.

Every letter is escaped here, and the whole is sanitised once more before it leaves.
"""

from difflib import SequenceMatcher
from html import escape
from itertools import groupby

import nh3
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from programs import prose
from programs.comparison.alignment import Pair, likeness_of_bags
from programs.comparison.lines import Cell, Line
from programs.comparison.words import Run, runs

ALIKE = 0.4
MANY = 4000  # beyond so many pairs of lines they are paired in their order
MARKS = {"diff__added", "diff__removed", "diff__same", "diff__deeper"}
TAG_OF = {Run.ADDED: "ins", Run.REMOVED: "del"}

_cleaner = nh3.Cleaner(
    tags=prose.TAGS | {"ins", "del", "span", "div"},
    attributes={"a": {"href"}, "th": {"scope", "colspan"}, "td": {"colspan"}},
    allowed_classes={
        "span": {"visually-hidden"},
        "div": {"diff__table"},
        "tr": MARKS,
        "p": MARKS,
        "h3": MARKS,
        "h4": MARKS,
        "li": MARKS,
    },
    url_schemes=prose.ADDRESSES,
    link_rel="noopener noreferrer",
)


def difference(before: list[Line], after: list[Line]):
    """Both texts as one, line by line: kept lines plain, changed lines word by word, rows of tables whole."""
    shown = [part for pair in pair_lines(before, after) for part in _parts(pair)]
    html = "".join(_group(kind, list(parts)) for kind, parts in groupby(shown, key=_family))
    return mark_safe(_cleaner.clean(html))


def pair_lines(before, after):
    """The lines of both texts in one order: equal ones, those that were rewritten, removed and added ones."""
    matcher = SequenceMatcher(
        None, [_key(one) for one in before], [_key(one) for one in after], autojunk=False
    )
    pairs = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            pairs += [Pair(one, other) for one, other in zip(before[i:j], after[k:m], strict=True)]
        else:
            pairs += _rewritten(before[i:j], after[k:m])
    return pairs


def _key(line):
    return line.kind, line.text


def _rewritten(before, after):
    """Pairs of lines that resemble one another, never crossing: the likeness of the whole is the greatest."""
    if len(before) * len(after) > MANY:
        return [Pair(before=one) for one in before] + [Pair(after=one) for one in after]
    alikes = [[_likeness(one, other) for other in after] for one in before]
    best = _best_likeness(alikes, len(before), len(after))
    pairs, here, there = [], 0, 0
    while here < len(before) and there < len(after):
        alike = alikes[here][there]
        if alike and best[here][there] == alike + best[here + 1][there + 1]:
            pairs.append(Pair(before[here], after[there]))
            here, there = here + 1, there + 1
        elif best[here][there] == best[here + 1][there]:
            pairs.append(Pair(before=before[here]))
            here += 1
        else:
            pairs.append(Pair(after=after[there]))
            there += 1
    return pairs + [Pair(before=one) for one in before[here:]] + [Pair(after=one) for one in after[there:]]


def _best_likeness(alikes, height, width):
    """The likeness that can still be had from each place on: a table filled from its end."""
    best = [[0.0] * (width + 1) for _row in range(height + 1)]
    for here in range(height - 1, -1, -1):
        for there in range(width - 1, -1, -1):
            together = alikes[here][there]
            best[here][there] = max(
                together + best[here + 1][there + 1] if together else 0.0,
                best[here + 1][there],
                best[here][there + 1],
            )
    return best


def _likeness(one, other):
    if one.kind != other.kind:
        return 0.0
    ratio = likeness_of_bags(one.bag, other.bag)
    return ratio if ratio >= ALIKE else 0.0


# Each pair becomes one or two lines to show: a line, what became of it, and the runs of its words


def _parts(pair):
    if pair.is_added:
        return [_whole(pair.after, Run.ADDED)]
    if pair.is_removed:
        return [_whole(pair.before, Run.REMOVED)]
    if _key(pair.before) == _key(pair.after):
        return [_whole(pair.after, Run.KEPT)]
    if pair.after.kind == "row":
        return [_whole(pair.before, Run.REMOVED), _whole(pair.after, Run.ADDED)]
    return [(pair.after, None, runs(pair.before.words, pair.after.words, key=lambda word: word.bare))]


def _whole(line, run):
    return line, run, [(run, line.words)]


def _family(part):
    """What stands together: the entries of a list, the rows of a table."""
    line = part[0]
    if line.kind == "row":
        return "table"
    return line.list_tag if line.kind == "li" else ""


def _group(family, parts):
    if family == "table":
        return _table(parts)
    lines = "".join(_line(*part) for part in parts)
    return f"<{family}>{lines}</{family}>" if family else lines


def _line(line, run, words):
    tag = "p" if line.kind == "caption" else line.kind
    kinds = [f"diff__{run.name.lower() if run is not Run.KEPT else 'same'}"] if run else []
    kinds += ["diff__deeper"] if line.depth > 1 else []
    attribute = f' class="{" ".join(kinds)}"' if kinds else ""
    return f"<{tag}{attribute}>{''.join(_run(kind, part) for kind, part in words)}</{tag}>"


def _table(parts):
    """Rows whole; where any changed, a first column says which."""
    is_marked = any(run is not Run.KEPT for _line_, run, _words in parts)
    rows = "".join(_row(line, run, is_marked) for line, run, _words in parts)
    return f'<div class="diff__table"><table><tbody>{rows}</tbody></table></div>'


def _row(line, run, is_marked):
    labels = {Run.KEPT: "", Run.REMOVED: _("Removed row"), Run.ADDED: _("Added row")}
    said = f"<td>{escape(labels[run])}</td>" if is_marked else ""
    cells = "".join(_cell(cell, run) for cell in line.cells)
    kind = run.name.lower() if run is not Run.KEPT else "same"
    return f'<tr class="diff__{kind}">{said}{cells}</tr>'


def _cell(cell: Cell, run):
    span = f' colspan="{escape(cell.span)}"' if cell.span else ""
    words = _words(cell.words)
    text = f"<{TAG_OF[run]}>{words}</{TAG_OF[run]}>" if run in TAG_OF and words else words
    return f"<{cell.tag}{span}>{text}</{cell.tag}>"


def _run(run, words):
    """A run of words; one that was added or removed says so to whoever cannot see it."""
    html = _words(words)
    if run is Run.KEPT or not html.strip():
        return html
    begins = _("added:") if run is Run.ADDED else _("removed:")
    return (
        f'<{TAG_OF[run]}><span class="visually-hidden">[{escape(begins)} </span>{html.rstrip()}'
        f'<span class="visually-hidden">]</span></{TAG_OF[run]}>{_blank_after(words)}'
    )


def _blank_after(words):
    """The blank after the last word stands outside of what was added or removed."""
    return " " if words[-1].text[-1:].isspace() else ""


def _words(words):
    if not any(word.formats for word in words):
        return escape("".join([word.text for word in words]))
    return "".join(
        _formatted(formats, "".join([word.text for word in part]))
        for formats, part in groupby(words, key=lambda word: word.formats)
    )


def _formatted(formats, text):
    html = escape(text).replace("\n", "<br>") if ("br", "") in formats else escape(text)
    for tag, address in reversed([one for one in formats if one[0] != "br"]):
        attribute = f' href="{escape(address)}"' if address else ""
        html = f"<{tag}{attribute}>{html}</{tag}>"
    return html
