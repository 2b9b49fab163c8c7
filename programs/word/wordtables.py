"""A table of Word as allowed HTML and as a plain grid: header rows, merged cells, tables in tables. Pure."""

from dataclasses import dataclass, field

from programs.word.looks import is_on
from programs.word.numbers import number, value
from programs.word.ooxml import BOOKMARK, name

MOST_CELLS = 20_000
OWN_STYLE = "RulesTable"


@dataclass
class Cell:
    html: str = ""
    text: str = ""
    span: int = 1
    below: int = 1
    is_bold: bool = False
    is_filled: bool = False
    continues: bool = False


@dataclass
class Row:
    cells: list = field(default_factory=list)
    is_header: bool = False
    mark: str = ""

    def texts(self):
        """The words of every place of the grid; a merged cell says the same in each."""
        return [cell.text for cell in self.cells for _place in range(cell.span)]


class TableReader:
    def __init__(self, reader):
        self.reader = reader

    def read(self, table):
        """The table's HTML, its header, its rows as words, and the bookmark of each row of data."""
        rows = [self._row(node) for node in _rows(table)]
        _join_down(rows)
        rows = [row for row in rows if row.cells]
        heads = _header_rows(rows)
        names_rows = _names_rows(table)
        header = rows[:heads]
        return {
            "html": _html(rows, heads, names_rows),
            "header": header[-1].texts() if header else [],
            "rows": [row.texts() for row in rows[heads:]],
            "marks": [row.mark for row in rows[heads:]],
            "text": " ".join(text for row in rows for text in dict.fromkeys(row.texts()))[:2000],
        }

    def _row(self, node):
        properties = node.find(name("w:trPr"))
        row = Row(is_header=properties is not None and is_on(properties, "w:tblHeader"))
        before = number(value(properties, "w:gridBefore"))
        if before:
            row.cells.append(Cell(span=min(before, 60)))
        for cell in _cells(node):
            row.cells.append(self._cell(cell))
        row.mark = next(
            (
                one.get(name("w:name"))
                for one in node.iter(name("w:bookmarkStart"))
                if one.get(name("w:name"), "").startswith(f"{BOOKMARK}row_")
            ),
            "",
        )
        return row

    def _cell(self, node):
        properties = node.find(name("w:tcPr"))
        merge = properties.find(name("w:vMerge")) if properties is not None else None
        parts, texts, bold = self._content(node)
        return Cell(
            html=_together(parts),
            text=" ".join(texts),
            span=max(1, min(number(value(properties, "w:gridSpan"), 1), 60)),
            is_bold=bool(bold) and all(bold),
            is_filled=_is_filled(properties),
            continues=merge is not None and merge.get(name("w:val"), "continue") == "continue",
        )

    def _content(self, node):
        """A cell is read as a small document; a table inside it becomes its rows, one paragraph each."""
        reader, outer = self.reader, (self.reader.pieces, self.reader.lists)
        reader.pieces, reader.lists = [], type(reader.lists)(reader)
        try:
            reader.walk(node)
            reader.lists.close()
            pieces = reader.pieces
        finally:
            reader.pieces, reader.lists = outer
        parts, texts, bold = [], [], []
        for piece in pieces:
            for html, text, is_bold in _of_piece(piece, reader.notes):
                parts.append(html)
                texts.append(text)
                bold.append(is_bold)
        return parts, texts, bold


def _of_piece(piece, notes):
    if piece["kind"] == "table":
        notes.add("nested_table", piece["text"])
        for row in [piece["header"], *piece["rows"]]:
            words = " · ".join(filter(None, dict.fromkeys(row)))
            if words:
                yield f"<p>{_escape(words)}</p>", words, False
    elif piece["kind"] == "heading":
        yield f"<p><strong>{piece['html']}</strong></p>", piece["text"], True
    elif "html" in piece:
        html = piece["html"] if piece["html"].startswith("<") else f"<p>{piece['html']}</p>"
        yield html, piece["text"], piece.get("bold", False)
    elif piece.get("text"):
        yield f"<p>{_escape(piece['text'])}</p>", piece["text"], False


def _escape(words):
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _together(parts):
    """One paragraph needs no tag of its own in a cell."""
    if len(parts) == 1 and parts[0].startswith("<p>"):
        return parts[0].removeprefix("<p>").removesuffix("</p>")
    return "".join(parts)


def _rows(table):
    """The rows of a table, also those inside content controls; rows taken out by a reviewer are not there."""
    for node in table:
        if node.tag == name("w:tr"):
            properties = node.find(name("w:trPr"))
            if properties is None or properties.find(name("w:del")) is None:
                yield node
        elif node.tag in (name("w:sdt"), name("w:sdtContent"), name("w:customXml")):
            yield from _rows(node)


def _cells(row):
    for node in row:
        if node.tag == name("w:tc"):
            yield node
        elif node.tag in (name("w:sdt"), name("w:sdtContent"), name("w:customXml")):
            yield from _cells(node)


def _join_down(rows):
    """A cell that continues the one above lends it its height and takes its words."""
    above: dict[int, Cell] = {}
    for row in rows:
        here, column = {}, 0
        for cell in row.cells:
            first = above.get(column)
            if cell.continues and first is not None and first.span == cell.span:
                first.below += 1
                cell.text, here[column] = first.text, first
            else:
                cell.continues, here[column] = False, cell
            column += cell.span
        above = here


def _header_rows(rows):
    marked = 0
    while marked < len(rows) and rows[marked].is_header:
        marked += 1
    if marked:
        return marked if marked < len(rows) else 0
    if len(rows) < 2 or not any(cell.text for cell in rows[0].cells):
        return 0
    first, second = rows[0].cells, rows[1].cells
    is_bold = all(cell.is_bold or not cell.text for cell in first)
    is_filled = all(cell.is_filled for cell in first) and not all(cell.is_filled for cell in second)
    return 1 if (is_bold and not all(cell.is_bold for cell in second)) or is_filled else 0


def _names_rows(table):
    """Our own tables say when each row begins with its heading; elsewhere the mark is there by custom."""
    properties = table.find(name("w:tblPr"))
    look = properties.find(name("w:tblLook")) if properties is not None else None
    is_own = value(properties, "w:tblStyle") == OWN_STYLE
    return is_own and look is not None and look.get(name("w:firstColumn")) == "1"


def _is_filled(properties):
    shade = properties.find(name("w:shd")) if properties is not None else None
    return shade is not None and shade.get(name("w:fill"), "auto").lower() not in ("auto", "ffffff")


def _html(rows, heads, names_rows):
    head = "".join(_row_html(row, "col", names_rows=False) for row in rows[:heads])
    body = "".join(_row_html(row, "", names_rows=names_rows) for row in rows[heads:])
    head = f"<thead>{head}</thead>" if head else ""
    return f"{head}<tbody>{body}</tbody>"


def _row_html(row, scope, *, names_rows):
    found = []
    for place, cell in enumerate(row.cells):
        if cell.continues:
            continue
        said = scope or ("row" if names_rows and place == 0 else "")
        tag, direction = ("th", f' scope="{said}"') if said else ("td", "")
        spans = f' colspan="{cell.span}"' if cell.span > 1 else ""
        spans += f' rowspan="{cell.below}"' if cell.below > 1 else ""
        html = cell.html.replace("<strong>", "").replace("</strong>", "") if said else cell.html
        found.append(f"<{tag}{direction}{spans}>{html}</{tag}>")
    return f"<tr>{''.join(found)}</tr>"
