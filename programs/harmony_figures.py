"""What the matrix counts, with its formula: the index, a program's part of it, what is explained."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.figures import Figure, percent
from programs.models import EXPIRED


def index_figure(*, year, adopted, programs, practices):
    """The index: cells adopted of all cells of the programs that have a name."""
    cells = programs * practices
    return Figure(
        name="harmonization_index",
        value=_("%(adopted)d of %(cells)d") % {"adopted": adopted, "cells": cells},
        number=adopted,
        of=cells,
        sentence=_("practices adopted in %(year)d by the programs that have a name (%(percent)s)")
        % {"year": year, "percent": percent(adopted, cells)},
        formula=_(
            "Cells with the verdict “adopted” divided by all cells: %(programs)d programs that have a name × "
            "%(practices)d practices = %(cells)d. Every practice weighs the same. A cell without data counts "
            "as not adopted; it does not mean that the practice is not followed."
        )
        % {"programs": programs, "practices": practices, "cells": cells},
        url=f"{reverse('programs:matrix')}?ejercicio={year}&veredicto=adopted",
    )


def program_figure(*, program, year, adopted, practices):
    """The index of one program: its practices adopted of those that count."""
    return Figure(
        name="program_index",
        value=_("%(adopted)d of %(cells)d") % {"adopted": adopted, "cells": practices},
        number=adopted,
        of=practices,
        sentence=_("practices adopted in the edition of %(year)d (%(percent)s)")
        % {"year": year, "percent": percent(adopted, practices)},
        formula=_(
            "Verdicts “adopted” divided by the %(practices)d practices that count. Every practice weighs the "
            "same. A practice without data counts as not adopted."
        )
        % {"practices": practices},
        url=f"{reverse('programs:matrix')}?ejercicio={year}&programa={program.code}",
    )


def explained_figure(cells):
    """How many of the cells not adopted have a reason that stands today."""
    missing = [cell for cell in cells if not cell.is_adopted]
    explained = sum(cell.is_explained for cell in missing)
    expired = sum(cell.standing == EXPIRED for cell in missing)
    return Figure(
        name="gaps_explained",
        value=_("%(adopted)d of %(cells)d") % {"adopted": explained, "cells": len(missing)},
        number=explained,
        of=len(missing),
        sentence=_("practices not adopted have an explanation that stands (%(percent)s)")
        % {"percent": percent(explained, len(missing))},
        formula=_(
            "Cells not adopted whose verdict is “not applicable” or “not viable”, or a regulatory limitation "
            "that planning confirmed and whose last day is not over. An expired limitation explains nothing."
        ),
        note=ngettext("%(count)d limitation expired", "%(count)d limitations expired", expired)
        % {"count": expired}
        if expired
        else "",
    )
