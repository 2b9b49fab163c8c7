"""The parts of a Word document that do not depend on what it says: styles, lists, settings. Pure."""

from functools import cache

from programs.word.book import BULLETS, HEADINGS, KINDS, NUMBERS
from programs.word.ooxml import serialize, w

FONT = "Arial"
INK, HOUSE, LINE, GROUND = "1F2328", "5B2A86", "B9B9C3", "F0EDF5"
BODY, SMALL = 21, 18  # half points


@cache
def styles():
    defaults = w(
        "docDefaults",
        w(
            "rPrDefault",
            w(
                "rPr",
                w("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT),
                w("color", val=INK),
                w("sz", val=BODY),
                w("szCs", val=BODY),
                w("lang", val="es-MX", eastAsia="es-MX", bidi="es-MX"),
            ),
        ),
        w("pPrDefault", w("pPr", w("spacing", after=120, line=276, lineRule="auto"))),
    )
    return serialize(w("styles", defaults, *_paragraph_styles(), *_character_styles(), *_table_styles()))


def _paragraph_styles():
    yield _style("Normal", "Normal", default="1")
    yield _style("Title", "Title", spacing={"before": 240, "after": 120}, size=40, bold=True, color=HOUSE)
    yield _style("Subtitle", "Subtitle", spacing={"after": 60}, size=24)
    yield _heading(1, size=30, before=480, color=HOUSE)
    yield _heading(2, size=26, before=360, color=HOUSE)
    yield _heading(3, size=23, before=240)
    yield _heading(4, size=BODY, before=180)
    yield _style("ListParagraph", "List Paragraph", spacing={"after": 60})
    yield _style("ListContinue", "List Continue", spacing={"after": 60})
    yield _style("Caption", "caption", spacing={"before": 180, "after": 60}, bold=True, keep=True)
    yield _style("TableText", "Table Text", spacing={"before": 30, "after": 30}, size=SMALL)
    yield _style(
        "TableNumber", "Table Number", spacing={"before": 30, "after": 30}, size=SMALL, align="right"
    )
    yield _style("TableHead", "Table Head", spacing={"before": 30, "after": 30}, size=SMALL, bold=True)
    yield _style("TableGap", "Table Gap", spacing={"before": 0, "after": 60}, size=8)
    yield _style("ContentsHeading", "TOC Heading", spacing={"before": 360, "after": 120}, size=26, bold=True)
    yield _style("TOC1", "toc 1", spacing={"before": 80, "after": 20}, bold=True)
    yield _style("TOC2", "toc 2", spacing={"after": 20}, indent=360)
    yield _style("Notice", "Notice", spacing={"before": 60, "after": 120}, bold=True)
    yield _style("Footer", "footer", spacing={"after": 0}, size=15)


def _character_styles():
    link = w("rPr", w("color", val="0B57A4"), w("u", val="single"))
    yield w("style", w("name", val="Hyperlink"), link, type="character", styleId="Hyperlink")


def _table_styles():
    borders = [
        w(side, val="single", sz=4, space=0, color=LINE)
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    margins = [w(side, w=80, type="dxa") for side in ("left", "right")]
    header = w(
        "tblStylePr",
        w("rPr", w("b")),
        w("tcPr", w("shd", val="clear", color="auto", fill=GROUND)),
        type="firstRow",
    )
    column = w("tblStylePr", w("rPr", w("b")), type="firstCol")
    yield w(
        "style",
        w("name", val="Rules Table"),
        w("qFormat"),
        w("tblPr", w("tblBorders", *borders), w("tblCellMar", *margins)),
        header,
        column,
        type="table",
        styleId="RulesTable",
        customStyle="1",
    )


def _heading(level, *, size, before, color=INK):
    return _style(
        f"Heading{level}",
        f"heading {level}",
        spacing={"before": before, "after": 120},
        size=size,
        bold=True,
        color=color,
        keep=True,
        outline=level - 1,
        follows="Normal",
    )


def _style(
    key, label, *, spacing=None, size=None, bold=False, color=None, align=None, keep=False, outline=None,
    follows=None, indent=None, default=None,
):  # fmt: skip
    paragraph = [
        w("keepNext") if keep else None,
        w("spacing", **spacing) if spacing else None,
        w("ind", left=indent) if indent else None,
        w("jc", val=align) if align else None,
        w("outlineLvl", val=outline) if outline is not None else None,
    ]
    letters = [
        w("b") if bold else None,
        w("color", val=color) if color else None,
        w("sz", val=size) if size else None,
        w("szCs", val=size) if size else None,
    ]
    return w(
        "style",
        w("name", val=label),
        w("basedOn", val="Normal") if key != "Normal" else None,
        w("next", val=follows) if follows else None,
        w("qFormat"),
        w("pPr", *paragraph),
        w("rPr", *letters),
        type="paragraph",
        styleId=key,
        default=default,
    )


def numbering(lists):
    """The lists that styles are made of, and those of the document."""
    return serialize(w("numbering", *_abstract_lists(), *lists))


def _abstract_lists():
    yield _abstract(BULLETS, [("bullet", mark) for mark in ("•", "–", "•") * 3])
    yield _abstract(NUMBERS, [("decimal", f"%{level}.") for level in range(1, 10)])
    yield w(
        "abstractNum",
        w("multiLevelType", val="multilevel"),
        _level(0, "upperRoman", "%1.", style="Heading1"),
        _level(1, "decimal", "%2.", style="Heading2"),
        abstractNumId=HEADINGS,
    )
    formats = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
    for kind, number in KINDS.items():
        yield _abstract(number, [(formats[kind], f"%{level}.") for level in range(1, 10)])


def _abstract(number, levels):
    written = [_level(place, *level, indent=720 * (place + 1)) for place, level in enumerate(levels)]
    return w("abstractNum", w("multiLevelType", val="hybridMultilevel"), *written, abstractNumId=number)


def _level(place, kind, label, *, indent=None, style=None):
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=kind),
        w("lvlRestart", val=0) if style else None,
        w("pStyle", val=style) if style else None,
        w("suff", val="space") if style else None,
        w("lvlText", val=label),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=indent, hanging=360)) if indent else None,
        ilvl=place,
    )


@cache
def settings():
    compatibility = w(
        "compat",
        w(
            "compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val="15",
        ),
    )
    return serialize(
        w(
            "settings",
            w("zoom", percent="100"),
            w("defaultTabStop", val=720),
            w("characterSpacingControl", val="doNotCompress"),
            compatibility,
            w("themeFontLang", val="es-MX"),
            w("decimalSymbol", val="."),
            w("listSeparator", val=","),
        )
    )
