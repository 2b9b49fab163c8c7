"""Asking clamd, the service of ClamAV, what it finds in a file: its INSTREAM command, over a local socket.

The whole question is bounded in time, whatever the other side does. What it finds is decided elsewhere.
"""

import ipaddress
import re
import socket
import struct
from time import monotonic

from django.conf import settings

CHUNK = 256 * 1024
LONGEST_ANSWER = 4096
PING_SECONDS = 2
FOUND = re.compile(r"^stream: (.+) FOUND$")


class BadAddress(ValueError):
    """The setting names neither a Unix socket nor a host with its port."""


class CannotScan(Exception):
    """It cannot say now. ``reason``: down, slow, garbled, far, or limit (the file is too large for it)."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def is_asked():
    """Whether this portal has an antivirus at all."""
    return bool(settings.CLAMAV_SOCKET)


def address():
    """A path, or host and port: ``/run/clamav/clamd.ctl``, ``unix:/…``, ``clamav:3310``, ``tcp://…``."""
    said = settings.CLAMAV_SOCKET.removeprefix("unix:").removeprefix("tcp://")
    if said.startswith("/"):
        return said
    host, _colon, port = said.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 2**16:
        raise BadAddress(settings.CLAMAV_SOCKET)
    return host.strip("[]"), int(port)


def find_in(file):
    """The name of what it finds in a file object, or nothing. Raises CannotScan."""
    file.seek(0)
    answer = _ask(b"zINSTREAM\0", file, seconds=settings.CLAMAV_SECONDS)
    file.seek(0)
    if answer == "stream: OK":
        return ""
    if found := FOUND.match(answer):
        return found[1][:120]
    raise CannotScan("limit" if "limit exceeded" in answer else "garbled")


def answers():
    """Whether it is there."""
    try:
        return _ask(b"zPING\0", seconds=PING_SECONDS) == "PONG"
    except CannotScan:
        return False


def _ask(command, file=None, *, seconds):
    until = monotonic() + seconds
    try:
        with _line(until) as line:
            _send(line, command, file, until)
            return _answer(line, until)
    except TimeoutError:
        raise CannotScan("slow") from None
    except OSError:
        raise CannotScan("down") from None


def _line(until):
    where = address()
    if isinstance(where, str):
        line = socket.socket(socket.AF_UNIX)
    else:
        family, where = _on_the_own_network(where)
        line = socket.socket(family)
    try:
        line.settimeout(_left(until))
        line.connect(where)
    except OSError:
        line.close()
        raise
    return line


def _on_the_own_network(where):
    """What people hand in goes to no machine of the open internet: it would travel unsealed."""
    for family, _kind, _protocol, _name, found in socket.getaddrinfo(*where, type=socket.SOCK_STREAM):
        if not ipaddress.ip_address(found[0].split("%")[0]).is_global:
            return family, found
    raise CannotScan("far")


def _send(line, command, file, until):
    try:
        line.settimeout(_left(until))
        line.sendall(command)
        while file and (chunk := file.read(CHUNK)):
            line.settimeout(_left(until))
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        if file:
            line.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return  # it would not hear to the end: its answer says why


def _answer(line, until):
    said = b""
    while not said.endswith(b"\0"):
        line.settimeout(_left(until))
        more = line.recv(LONGEST_ANSWER)
        said += more
        if not more or len(said) > LONGEST_ANSWER:
            raise CannotScan("garbled" if said else "down")
    return said[:-1].decode(errors="replace").strip()


def _left(until):
    """The seconds that are left; a socket with none at all would not wait but fail in another way."""
    return max(until - monotonic(), 0.001)
