"""How a text reads: its sentences, their words, and those that are too long to be read once. Pure.

Counted for Spanish: abbreviations of Rules (art., fracc., M.N.) and figures ($490,000.00) end no sentence; a
paragraph, a heading, an entry of a list and a cell of a table each end one. Thirty words is this portal's
measure of a long sentence; it is advice and blocks nothing.
"""

import re
from dataclasses import dataclass
from html import unescape

LONG = 30
BLOCK = re.compile(r"</?(?:p|h[1-6]|ul|ol|li|table|caption|thead|tbody|tr|th|td|br)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"\w+(?:[.,/:-]\w+)*")
END = re.compile(r"[.!?…]+[\"'»”)\]]*(?=\s+[¿¡«\"“(\[]*[A-ZÁÉÍÓÚÜÑ0-9])")
ABBREVIATIONS = {
    "art", "arts", "fracc", "fraccs", "frac", "inc", "núm", "núms", "num", "párr", "cap", "pág", "págs",
    "pp", "vol", "sr", "sra", "sres", "lic", "ing", "dr", "dra", "mtro", "mtra", "ej", "etc", "av", "tel",
    "gob", "edo", "mpio", "depto", "admón", "cía",
}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """A text measured: how many sentences and words, and which sentences are long."""

    sentences: list

    @property
    def words(self):
        return sum(words_in(sentence) for sentence in self.sentences)

    @property
    def words_per_sentence(self):
        """To the nearest whole number; 0 for a text without sentences."""
        return round(self.words / len(self.sentences)) if self.sentences else 0

    @property
    def long(self):
        """The long sentences with their words, the longest first."""
        counted = [(words_in(sentence), sentence) for sentence in self.sentences]
        return sorted((one for one in counted if one[0] > LONG), key=lambda one: -one[0])


def read(html):
    """Measure a text with its HTML."""
    blocks = (unescape(TAG.sub("", block)) for block in BLOCK.split(html))
    found = [sentence for block in blocks for sentence in _sentences(" ".join(block.split()))]
    return Reading([sentence for sentence in found if WORD.search(sentence)])


def words_in(sentence):
    """How many words a sentence has; a figure such as $490,000.00 is one."""
    return len(WORD.findall(sentence))


def _sentences(text):
    begin = 0
    for end in END.finditer(text):
        if not _is_abbreviation(text[begin : end.start()]):
            yield text[begin : end.end()].strip()
            begin = end.end()
    if rest := text[begin:].strip():
        yield rest


def _is_abbreviation(before):
    """The last word is an abbreviation, or one capital letter as in M.N."""
    last = before.split()[-1].rpartition(".")[2].strip('(«“"') if before.split() else ""
    return last.lower() in ABBREVIATIONS or (len(last) == 1 and last.isupper())
