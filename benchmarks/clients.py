"""HTTP clients that cost little: one process of their own, a thread and one kept connection for each client."""

import multiprocessing
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from threading import Barrier, Lock, Thread
from time import perf_counter
from urllib.parse import urlencode

HOST = "127.0.0.1"
PATIENCE = 60.0  # seconds a client waits for an answer
_PLAIN = multiprocessing.get_context("fork")


@dataclass
class Load:
    """What the clients saw: latency in seconds of each request, whether it was acknowledged, and what went wrong."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    acknowledged: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    reconnected: int = 0

    @property
    def per_second(self) -> float:
        return len(self.acknowledged) / self.seconds

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """One kept connection. A connection the server closed while idle is opened again, as a browser does."""

    def __init__(self, port: int, *, again: bool = True) -> None:
        self._port = port
        self._again = again
        self._socket: socket.socket | None = None
        self.reconnected = 0

    def send(self, request: bytes) -> Answer:
        """Raises OSError when no whole answer came."""
        kept = self._socket is not None
        try:
            return self._once(request)
        except OSError:
            self.close()
            if not (kept and self._again):
                raise
        self.reconnected += 1
        return self._once(request)

    def close(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                self._socket.close()
            self._socket = None

    def _once(self, request: bytes) -> Answer:
        if self._socket is None:
            self._socket = socket.create_connection((HOST, self._port), timeout=PATIENCE)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        return self._read(self._socket)

    def _read(self, link: socket.socket) -> Answer:
        got = b""
        while b"\r\n\r\n" not in got:
            got += _more(link)
        head, _, body = got.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        pieces, size = [body], len(body)
        while size < int(headers["content-length"]):
            pieces.append(_more(link))
            size += len(pieces[-1])
        if headers.get("connection") == "close":
            self.close()
        return Answer(int(first.split()[1]), headers, b"".join(pieces))


def _more(link: socket.socket) -> bytes:
    piece = link.recv(65536)
    if not piece:
        raise ConnectionResetError("closed before the answer was whole")
    return piece


def post(path: str, fields: Mapping[str, str]) -> bytes:
    """A whole request as a browser without JavaScript sends it."""
    return _post(path, "application/x-www-form-urlencoded", urlencode(fields).encode())


def post_file(path: str, fields: Mapping[str, str], name: str, content: bytes) -> bytes:
    """The same with one file, as multipart."""
    edge = "edge-of-a-part"
    said = [(f'name="{key}"', value.encode()) for key, value in fields.items()]
    said.append((f'name="files"; filename="{name}"\r\nContent-Type: application/octet-stream', content))
    parts = [f"--{edge}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + body for head, body in said]
    return _post(path, f"multipart/form-data; boundary={edge}", b"\r\n".join([*parts, f"--{edge}--\r\n".encode()]))


def _post(path: str, kind: str, body: bytes) -> bytes:
    lines = (
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        f"Content-Type: {kind}",
        "Accept-Encoding: gzip, deflate, br",
        "Sec-Fetch-Site: same-origin",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


@dataclass
class _Run:
    """The clients of one load, in the process of their own."""

    port: int
    requests: Sequence[bytes]
    done: Callable[[Answer], bool]
    waiting: "SimpleQueue[int]" = field(default_factory=SimpleQueue)
    seen: Load = field(default_factory=Load)
    guard: Lock = field(default_factory=Lock)

    def go(self, clients: int, back: Connection) -> None:
        for number in range(len(self.requests)):
            self.waiting.put(number)
        start = Barrier(clients + 1)
        threads = [Thread(target=self._client, args=(start,)) for _ in range(clients)]
        for thread in threads:
            thread.start()
        start.wait()
        began = perf_counter()
        for thread in threads:
            thread.join()
        self.seen.seconds = perf_counter() - began
        back.send(self.seen)

    def _client(self, start: Barrier) -> None:
        client = Client(self.port)
        start.wait()
        with suppress(Empty):
            while True:
                self._one(client, self.waiting.get_nowait())
        with self.guard:
            self.seen.reconnected += client.reconnected
        client.close()

    def _one(self, client: Client, number: int) -> None:
        began = perf_counter()
        try:
            answer = client.send(self.requests[number])
            problem = "" if self.done(answer) else f"status {answer.status} without acknowledgement"
        except OSError as error:
            problem = type(error).__name__
        took = perf_counter() - began
        with self.guard:
            self.seen.latencies.append(took)
            if problem:
                self.seen.errors.append(problem)
            else:
                self.seen.acknowledged.append(number)


def load(port: int, clients: int, requests: Sequence[bytes], done: Callable[[Answer], bool]) -> Load:
    """Send all requests with this many clients at once, from another process. `done`: is this an acknowledgement?"""
    here, there = _PLAIN.Pipe()
    process = _PLAIN.Process(target=_Run(port, requests, done).go, args=(clients, there))
    process.start()
    result: Load = here.recv()
    process.join()
    return result
