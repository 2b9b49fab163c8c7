"""Cut Noto Sans to the signs that the portal writes: WOFF2 for pages, TTF for PDFs.

Usage: python scripts/subset_fonts.py FOLDER_WITH_NOTO_TTF

The folder is that of Debian's ``fonts-noto-core``. The licence (OFL) allows it; see static/vendor/README.md.
"""

import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
LATIN = "U+0020-007E,U+00A0-00FF"
PAGE = (
    f"{LATIN},U+0131,U+0152-0153,U+2013-2014,U+2018-201A,U+201C-201E,U+2020,U+2022,U+2026,U+2030,"
    "U+2039-203A,U+20AC,U+2212"
)
PRINT = (
    f"{PAGE},U+0100-017F,U+02C6-02DC,U+0300-0308,U+2000-200D,U+2010-2012,U+2015,U+202F,U+2032-2033,"
    "U+2070-209C,U+2116,U+2122,U+2150-215F"
)
MATH = (
    "U+0020,U+002B-002D,U+003C-003E,U+00B1,U+00D7,U+00F7,U+2190-21FF,U+2200-22FF,U+25A0-25FF,"
    "U+2605-2606,U+2610-2612,U+2713-2717"
)
FACES = ["Regular", "Bold", "Italic", "BoldItalic"]


def cut(
    source,
    target,
    unicodes,
    *,
    flavor=None,
    features=("kern", "liga", "tnum", "lnum", "mark", "mkmk", "ccmp", "locl"),
):
    """Write the part of ``source`` that holds ``unicodes``."""
    options = subset.Options(
        flavor=flavor, layout_features=list(features), hinting=False, notdef_outline=True
    )
    options.name_IDs = ["*"]
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(unicodes))
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def main(folder):
    folder = Path(folder)
    for face in ("Regular", "Bold"):
        cut(
            folder / f"NotoSans-{face}.ttf",
            ROOT / f"static/fonts/NotoSans-{face}.woff2",
            PAGE,
            flavor="woff2",
        )
    for face in FACES:
        cut(folder / f"NotoSans-{face}.ttf", ROOT / f"static/pdf/fonts/NotoSans-{face}.ttf", PRINT)
    cut(folder / "NotoSansMath-Regular.ttf", ROOT / "static/pdf/fonts/NotoSansMath-Regular.ttf", MATH)


if __name__ == "__main__":
    main(sys.argv[1])
