"""A draft of forty pages written as Word and read back: received, read apart, matched to its components."""

import json
from statistics import median

from benchmarks.measuring import count, seconds
from documents import bounded
from programs import contents
from programs.actions.word_imports import MEGABYTES, SECONDS
from programs.word import export, plans

ROUNDS = 3


def measures(draft):
    says = contents.read(draft)
    document = export.of_draft(says, export.WORD)
    written = median(seconds(lambda: export.of_draft(says, export.WORD)) for _round in range(ROUNDS))
    read = median(seconds(lambda: read_back(document, says)) for _round in range(ROUNDS))
    placed = {unit["slug"] for unit in read_back(document, says)["units"] if unit["slug"]}
    wanted = {text.component.slug for text in says.texts if text.text}
    return [
        count(
            "A15 Word written", round(written * 1000, 2), unit="ms", goal="less than 1000", holds=written < 1
        ),
        count("A14 Word read", round(read * 1000, 2), unit="ms", goal="less than 10000", holds=read < 10),
        count(
            "A14 components lost on the way",
            len(wanted - placed),
            unit="",
            goal="0",
            holds=wanted <= placed,
        ),
    ]


def read_back(document, says):
    answer = bounded.run("programs.word.reading", document, seconds=SECONDS, megabytes=MEGABYTES)
    return plans.make(json.loads(answer), says)
