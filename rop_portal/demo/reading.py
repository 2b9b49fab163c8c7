"""The demonstration's contents: YAML files beside this module."""

from functools import cache
from pathlib import Path

import yaml

CONTENTS = Path(__file__).parent / "contents"


@cache
def read(name):
    with (CONTENTS / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)
