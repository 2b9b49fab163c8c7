"""Refuses a file that names a package registry's address or a folder of somebody's machine."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = {".git", ".venv", ".sys", "var", "__pycache__", "node_modules", ".hypothesis"}
REFUSED = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org|archive\.ubuntu\.com"
    r"|(?:--)(?:extra-)?index-url[ =]"
    r"|(?<![\w.])/(?:work|root|home|opt|Users|tmp/wt)/\w"
)


def texts():
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if SKIPPED.isdisjoint(parts) and not parts[0].endswith("_cache") and path.is_file():
            try:
                yield path.relative_to(ROOT), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # not a text


def main():
    found = [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if REFUSED.search(line)
    ]
    print("\n".join(found) or "No file names a registry or a machine.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
