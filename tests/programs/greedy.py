"""What a hostile file might make a process do."""

from pathlib import Path


def answer(content):
    what, _blank, path = content.decode().partition(" ")
    if what == "memory":
        return bytes(2**31)
    if what == "file":
        Path(path).write_bytes(b"x" * 10_000)
    while what == "time":
        pass
    return b"done"
