"""The settings of Haven as they are, with one address more: the view that others are compared with (see minimal.py)."""

from haven.config.settings import *  # noqa: F403  all of them

ROOT_URLCONF = "benchmarks.urls"
