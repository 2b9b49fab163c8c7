"""Cut govuk-frontend's stylesheet to the components that the portal uses, without its fonts.

Usage: python scripts/trim_govuk_frontend.py govuk-frontend.min.css > govuk-frontend.css

GDS Transport and the crest are not licensed outside gov.uk: both ``@font-face`` rules go, and the family
becomes the page's own. Grid, header, footer and override classes go because nothing here uses them.
"""

import re
import sys
from pathlib import Path

import tinycss2

KEPT = (
    "button", "fieldset", "label", "hint", "error-message", "error-summary", "input", "textarea", "select",
    "radios", "checkboxes", "file-upload", "form-group", "character-count", "details", "task-list",
    "password-input", "visually-hidden", "warning-text", "frontend-supported", "drop-zone",
)  # fmt: skip
WANTED = re.compile(rf"\.(?:govuk|js-enabled)-(?:{'|'.join(KEPT)})|^:root|\.js-enabled")


def wanted(rule):
    """The rule with the selectors that are kept, or nothing."""
    selectors = tinycss2.serialize(rule.prelude)
    kept = [s for s in re.split(r",(?![^()]*\))", selectors) if WANTED.search(s) and names_only_kept(s)]
    return f"{','.join(kept)}{{{tinycss2.serialize(rule.content)}}}" if kept else ""


def names_only_kept(selector):
    return all(name.startswith(KEPT) for name in re.findall(r"\.govuk-([\w-]+)", selector))


def trimmed(rules):
    for rule in rules:
        if rule.type == "qualified-rule":
            yield wanted(rule)
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = "".join(trimmed(tinycss2.parse_rule_list(rule.content, skip_comments=True)))
            if inner:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"


def main(path):
    rules = tinycss2.parse_stylesheet(Path(path).read_text(), skip_comments=True, skip_whitespace=True)
    css = "\n".join(part for part in trimmed(rules) if part)
    css = re.sub(r"GDS Transport,\s*arial,\s*sans-serif", "inherit", css)
    print("/* govuk-frontend 6.6.0, MIT, trimmed: see static/vendor/README.md */\n" + css)


if __name__ == "__main__":
    main(sys.argv[1])
