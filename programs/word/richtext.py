"""The allowed HTML of a text as paragraphs, lists and tables of Word. Pure."""

import re

from lxml import html as lxml_html

from programs.word import ooxml
from programs.word.grids import Grid
from programs.word.ooxml import w

BLANKS = re.compile(r"[ \t\r\n]+")
BLOCKS = {"p", "h3", "h4", "ul", "ol", "table", "div"}
DEEPEST = 8
HEADINGS = {"h3": "Heading3", "h4": "Heading4"}


class RichText:
    """Writes one text. ``book`` numbers lists, keeps addresses and marks references; ``tokens`` name them."""

    def __init__(self, book, tokens):
        self.book, self.tokens = book, iter(tokens)
        self.is_marked = bool(tokens)

    def blocks(self, html):
        """The paragraphs, lists and tables of a text, in order."""
        return self._flow(parsed(html), "Normal")

    def _flow(self, parent, style):
        found, loose = [], []
        for node in _children(parent):
            if isinstance(node, str) or node.tag not in BLOCKS:
                loose.append(node)
                continue
            found += self._paragraph(loose, style)
            loose = []
            found += self._block(node, style)
        return found + self._paragraph(loose, style)

    def _block(self, node, style):
        if node.tag in ("ul", "ol"):
            return self._references(node) if node.get("class") == "ref-list" else self._list(node, 0)
        if node.tag == "table":
            return self._table(node)
        if node.tag == "div":
            return self._flow(node, style)
        return self._paragraph(_children(node), HEADINGS.get(node.tag, style))

    def _paragraph(self, nodes, style, *extra):
        runs = self._inline(_trimmed(nodes), {})
        return [self.book.paragraph(style, runs, *extra)] if runs else []

    def _references(self, node):
        """A list that a reference shows: one content control around its entries."""
        entries = self._list(node, 0)
        return [self.book.control(next(self.tokens), entries)] if self.is_marked else entries

    def _list(self, node, depth):
        number = self.book.list_number(node.tag == "ol", node.get("start"), depth, node.get("type"))
        return [one for item in node.iterchildren("li") for one in self._item(item, number, depth)]

    def _item(self, item, number, depth):
        found, loose, is_first = [], [], True
        for node in [*_children(item), None]:
            if node is not None and (isinstance(node, str) or node.tag not in BLOCKS):
                loose.append(node)
                continue
            written = self._item_paragraph(loose, number, depth, is_first)
            found, loose, is_first = found + written, [], is_first and not written
            if node is None:
                continue
            written = self._in_item(node, number, depth, is_first)
            found, is_first = found + written, is_first and not written
        return found

    def _in_item(self, node, number, depth, is_first):
        if node.tag in ("ul", "ol") and node.get("class") != "ref-list":
            return self._list(node, min(depth + 1, DEEPEST))
        if node.tag == "table":
            return self._table(node)
        nodes = [node] if node.tag == "ul" else _children(node)
        return self._item_paragraph(nodes, number, depth, is_first)

    def _item_paragraph(self, nodes, number, depth, is_first):
        style = "ListParagraph" if is_first else "ListContinue"
        return self._paragraph(nodes, style, self.book.list_place(number if is_first else None, depth))

    def _table(self, node):
        caption = node.find("caption")
        found = self._paragraph(_children(caption), "Caption") if caption is not None else []
        grid = Grid.of_html(node)
        rows = [
            self._row(row, is_header=place < grid.header_rows, width=grid.width)
            for place, row in enumerate(grid.rows)
        ]
        names_rows = grid.names_rows
        title = lxml_html.tostring(caption, method="text", encoding="unicode") if caption is not None else ""
        return [
            *found,
            self.book.table(rows, grid.width, title=title, names_rows=names_rows),
            self.book.gap(),
        ]

    def _row(self, cells, *, is_header, width):
        return self.book.row([self._cell(cell, is_header, width) for cell in cells], is_header=is_header)

    def _cell(self, cell, is_header, width):
        style = "TableHead" if is_header else "TableText"
        content = [] if cell.continues or cell.node is None else self._in_cell(cell.node, style)
        return self.book.cell(
            content or [self.book.paragraph(style, [])],
            width=width,
            span=cell.span,
            merge=cell.merge,
        )

    def _in_cell(self, node, style):
        found = self._flow(node, style)
        ends_well = found and found[-1].tag == ooxml.name("w:p")
        return found if ends_well or not found else [*found, self.book.paragraph(style, [])]

    def _inline(self, nodes, marks):
        return [run for node in nodes for run in self._runs(node, marks)]

    def _runs(self, node, marks):
        if isinstance(node, str):
            words = BLANKS.sub(" ", node)
            return [self.book.run(words, **marks)] if words else []
        if node.tag == "br":
            return [w("r", w("br"))]
        if node.tag == "span" or (node.tag == "ul" and node.get("class") == "ref-list"):
            return self._reference(node, marks)
        if node.tag == "a":
            inner = self._inline(_children(node), marks | {"style": "Hyperlink"})
            return self.book.link(node.get("href", ""), inner)
        extra = {"strong": {"bold": True}, "em": {"italic": True}}.get(node.tag, {})
        return self._inline(_children(node), marks | extra)

    def _reference(self, node, marks):
        entries = [entry.text_content() for entry in node.iterchildren("li")] or [node.text_content()]
        runs = [self.book.run("; ".join(entries), **marks)]
        if not self.is_marked:
            return runs
        token = next(self.tokens)
        is_missing = "ref--missing" in node.get("class", "")
        return runs if is_missing else [self.book.control(token, runs)]


def parsed(html):
    return lxml_html.fragment_fromstring(ooxml.plain(html), create_parent="div")


def _children(node):
    """Texts and elements of a node, in order; comments are nothing."""
    found = [node.text] if node.text else []
    for child in node:
        if isinstance(child.tag, str):
            found.append(child)
        if child.tail:
            found.append(child.tail)
    return found


def _trimmed(nodes):
    """The nodes without the blanks that no browser shows at either end."""
    nodes = list(nodes)
    while nodes and isinstance(nodes[0], str) and not nodes[0].strip(" \t\r\n"):
        nodes.pop(0)
    while nodes and isinstance(nodes[-1], str) and not nodes[-1].strip(" \t\r\n"):
        nodes.pop()
    if nodes and isinstance(nodes[0], str):
        nodes[0] = nodes[0].lstrip(" \t\r\n")
    if nodes and isinstance(nodes[-1], str):
        nodes[-1] = nodes[-1].rstrip(" \t\r\n")
    return nodes
