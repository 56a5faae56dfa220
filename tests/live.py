"""The whole application behind HTTP, in threads of the test's own process: settings of a test hold there too."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from haven.config.wsgi import application

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Site:
    url: str


class Silent(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        """A line for each request would hide what a test prints."""


@contextmanager
def serve() -> Iterator[Site]:
    """On a free port of loopback."""
    server = ThreadedWSGIServer((HOST, 0), Silent, allow_reuse_address=False)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://{HOST}:{server.server_port}")
    server.shutdown()
    server.server_close()
    thread.join()
