"""Controls of several boxes whose answer is one text: a table with rows, the municipalities of a project."""

from django import forms
from django.template.loader import render_to_string

from calls import places, tabular, typed

SPARE_ROWS = 3


class Group(forms.Widget):
    """Several boxes under one question; the page shows them with their legend, hint and error together."""

    is_group = True
    template = ""

    def render(self, name, value, attrs=None, renderer=None):
        context = {"name": name, "id": (attrs or {}).get("id", name), **self.shown(name, value or "")}
        return render_to_string(self.template, context)

    def shown(self, name, value):
        """What the template shows of a value."""
        raise NotImplementedError

    def value_omitted_from_data(self, data, files, name):
        return False


class Rows(Group):
    """A table that is filled in row by row: those that there are, and some to add. Empty rows are no rows."""

    template = "calls/widgets/rows.html"

    def __init__(self, columns, attrs=None):
        super().__init__(attrs)
        self.columns = columns

    def shown(self, name, value):
        rows = tabular.rows_of(value)
        spare = min(SPARE_ROWS, max(tabular.MOST_ROWS - len(rows), 0))
        filled = [self._cells(name, place, row) for place, row in enumerate([*rows, *([[]] * spare)])]
        return {"columns": self.columns, "rows": filled}

    def _cells(self, name, place, row):
        given = [*row, *([""] * len(self.columns))]
        return [
            {"name": f"{name}-{place}-{n}", "column": column, "value": given[n]}
            for n, column in enumerate(self.columns)
        ]

    def value_from_datadict(self, data, files, name):
        places = range(tabular.MOST_ROWS + SPARE_ROWS)
        rows = [[data.get(f"{name}-{place}-{n}", "") for n in range(len(self.columns))] for place in places]
        return tabular.as_text(rows)

    def id_for_label(self, id_):
        return f"{id_}-0-0"


class Places(Group):
    """The municipalities that a project covers, ticked in their regions."""

    template = "calls/widgets/places.html"

    def shown(self, name, value):
        chosen = set(typed.keys_of(value))
        regions = [
            {"name": region, "places": held, "chosen": sum(key in chosen for key, _name in held)}
            for region, held in places.by_region()
        ]
        return {"regions": regions, "chosen": chosen}

    def value_from_datadict(self, data, files, name):
        ticked = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return ",".join(sorted(set(ticked)))

    def id_for_label(self, id_):
        return f"{id_}-region-1"
