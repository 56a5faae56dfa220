"""Asks ClamAV's daemon about a file (INSTREAM). Whatever goes wrong on the way means: not scanned."""

import ipaddress
import socket
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

SECONDS: Final = 30
PING: Final = 3


class Scan(StrEnum):
    CLEAN = "clean"
    FOUND = "found"
    NOT_SCANNED = "not_scanned"


def scan(source: Iterable[bytes], *, at: str) -> Scan:
    """`at`: the path of a socket, or host:port on this machine; empty: there is no scanner."""
    if not at:
        return Scan.NOT_SCANNED
    try:
        with _connected(at, SECONDS) as line:
            line.sendall(b"zINSTREAM\0")
            for piece in source:
                line.sendall(len(piece).to_bytes(4) + piece)
            line.sendall(bytes(4))
            said = _answer(line)
    except (OSError, ValueError):
        return Scan.NOT_SCANNED
    if said == b"stream: OK":
        return Scan.CLEAN
    return Scan.FOUND if said.startswith(b"stream: ") and said.endswith(b" FOUND") else Scan.NOT_SCANNED


def answers(at: str) -> bool:
    if not at:
        return False
    try:
        with _connected(at, PING) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == b"PONG"
    except (OSError, ValueError):
        return False


def _connected(at: str, seconds: float) -> socket.socket:
    """Never to another machine: what is asked about is in the clear."""
    if at.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(seconds)
        try:
            line.connect(at)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = at.rpartition(":")
    if not ipaddress.ip_address(host.strip("[]")).is_loopback:
        raise ValueError("not on this machine")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def _answer(line: socket.socket) -> bytes:
    said = b""
    while not said.endswith(b"\0") and len(said) < 1024:
        more = line.recv(1024)
        if not more:
            break
        said += more
    return said.strip(b"\0\n ")
