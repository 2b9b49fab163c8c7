"""A table as a grid: which cell stands where when some span columns and others continue from above. Pure."""

from dataclasses import dataclass

MOST_COLUMNS = 60


@dataclass
class Cell:
    """A place of the grid: its content, how many columns it takes, whether it begins or continues a merge."""

    node: object = None
    span: int = 1
    below: int = 1
    is_heading: bool = False
    continues: bool = False

    @property
    def merge(self):
        """What Word calls it: the start of a vertical merge, its continuation, or nothing."""
        if self.continues:
            return "continue"
        return "restart" if self.below > 1 else None


@dataclass
class Grid:
    rows: list
    width: int
    header_rows: int

    @classmethod
    def of_html(cls, table):
        """The grid of an HTML table: its header rows are those of ``thead`` and those of headings alone."""
        lines = list(table.iter("tr"))
        open_cells: dict[int, tuple[Cell, int]] = {}
        rows = [_row_of(line, open_cells) for line in lines]
        width = max((sum(cell.span for cell in row) for row in rows), default=1)
        for row in rows:
            if (lacking := width - sum(cell.span for cell in row)) > 0:
                row.append(Cell(span=lacking))
        return cls(rows, width, _header_rows(lines, rows))

    @property
    def names_rows(self):
        """Every row below the header begins with a heading."""
        body = self.rows[self.header_rows :]
        return bool(body) and all(row[0].is_heading or row[0].continues for row in body)


def _row_of(line, open_cells):
    row: list[Cell] = []
    column = 0
    waiting = [node for node in line if node.tag in ("td", "th")]
    while waiting or any(place >= column for place in open_cells):
        if column in open_cells:
            column += _continue(row, column, open_cells)
        elif waiting:
            column += _begin(row, column, waiting.pop(0), open_cells)
        else:
            ahead = min(place for place in open_cells if place > column)
            row.append(Cell(span=ahead - column))
            column = ahead
    return row


def _continue(row, column, open_cells):
    above, left = open_cells.pop(column)
    if left > 1:
        open_cells[column] = (above, left - 1)
    row.append(Cell(span=above.span, below=above.below, is_heading=above.is_heading, continues=True))
    return above.span


def _begin(row, column, node, open_cells):
    wanted = min(_count(node, "colspan"), MOST_COLUMNS)
    next_open = min((place for place in open_cells if place > column), default=column + wanted)
    cell = Cell(node, min(wanted, next_open - column), _count(node, "rowspan"), node.tag == "th")
    row.append(cell)
    if cell.below > 1:
        open_cells[column] = (cell, cell.below - 1)
    return cell.span


def _count(node, attribute):
    said = node.get(attribute, "1")
    return max(1, min(int(said), 1000)) if said.isdecimal() else 1


def _header_rows(lines, rows):
    count = 0
    for line, row in zip(lines, rows, strict=True):
        in_head = line.getparent().tag == "thead"
        if not in_head and not all(cell.is_heading for cell in row):
            break
        count += 1
    return count if count < len(rows) else min(count, max(len(rows) - 1, 0))
