"""Template components, loaded as builtins: a Python signature and an HTML file of the same name.

Components get values, never querysets. All of them stand in the gallery, ``/componentes/``.
"""

from rop_portal.components import boxes, charts, filters, forms, lines, lists, page, states, tables
from rop_portal.components.library import register

__all__ = ["boxes", "charts", "filters", "forms", "lines", "lists", "page", "register", "states", "tables"]
