"""How gunicorn serves Haven: `gunicorn -c python:haven.config.web`. Each name here is one of gunicorn's settings."""

import gc
import os
import signal
import sys

from django.urls import get_resolver
from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from haven.config.silence import QuietFormatter


class QuietLogger(Logger):
    """Errors by their place only, as in silence.py. What is less than an error would name addresses."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(QuietFormatter("{levelname} gunicorn: {message}", style="{"))


wsgi_app = "haven.config.wsgi:application"
bind = os.environ.get("HAVEN_BIND", "127.0.0.1:8000")
proc_name = "haven"

# Two processes for two cores; sealing and rendering need the interpreter, so more threads only wait for it. Behind a
# proxy that takes slow clients upon itself this is enough (docs/operations.md).
worker_class = "gthread"
workers = int(os.environ.get("HAVEN_WORKERS", "2"))
threads = int(os.environ.get("HAVEN_THREADS", "8"))
preload_app = True  # what is read once is shared
keepalive = 15
timeout = 120  # seconds without a sign of life of a whole worker; a long upload holds a thread only
graceful_timeout = 25
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112  heartbeats, no content

accesslog = None
errorlog = "-"
loglevel = "error"
logger_class = QuietLogger


STOPPING = {signal.SIGTERM, signal.SIGINT, signal.SIGQUIT}


def when_ready(_server: Arbiter) -> None:
    """Before the workers are made: what Django would import at the first request of each is read here, and shared."""
    _everything = get_resolver().url_patterns
    gc.collect()
    gc.freeze()  # or looking for rubbish would write in every shared page, and so copy it
    os.register_at_fork(before=_hold, after_in_parent=_let_come)


def post_worker_init(_worker: Worker) -> None:
    """From here on the worker listens itself. A thread that has just got the right to write waits less for the
    interpreter."""
    sys.setswitchinterval(0.001)
    _let_come()


def _hold() -> None:
    """A worker that is being made still has the ears of its master, and would not hear that it is to stop: then
    stopping takes until the grace is over. So the signal waits until the worker listens itself."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)


def _let_come() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
