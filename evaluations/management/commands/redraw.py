"""Do a published draw again, from its file alone."""

import json
from hashlib import sha256
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from evaluations import sharing_out
from evaluations.drawing import canonical


class Command(BaseCommand):
    help = (
        "Draws again from the published file of a draw, without the database, and says whether the pairs "
        "are the same."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("file", help="the file of the draw, as it was published")

    def handle(self, *, file, **options):
        content = Path(file).read_bytes()
        told = _read(content)
        self.stdout.write(f"SHA-256: {sha256(content).hexdigest()}")
        _refuse_wrong(told, content)
        pairs = sharing_out.draw(told)
        for one, other in pairs:
            self.stdout.write(f"{one} {other}")
        if pairs != told["pairs"]:
            raise CommandError("The pairs of the file are NOT those that its data give.")
        self.stdout.write(f"The same {len(pairs)} pairs.")


def _read(content):
    try:
        told = json.loads(content)
    except ValueError as problem:
        raise CommandError(f"It is no JSON: {problem}") from problem
    if not isinstance(told, dict) or told.get("format") != sharing_out.FORMAT:
        raise CommandError(f"It is no file of a draw of the format {sharing_out.FORMAT}.")
    return told


def _refuse_wrong(told, content):
    """The seed must be the one that was committed, and the bytes those that were hashed."""
    if sha256(told["seed"].encode()).hexdigest() != told["seed_sha256"]:
        raise CommandError("The seed is NOT the one that was committed.")
    if canonical(told).encode() != content:
        raise CommandError("The file is NOT in the canonical form in which it was hashed.")
