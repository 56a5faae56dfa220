"""The settings of Haven as they are, with one address more: the view that others are compared with (see minimal.py)."""

import os

from haven.config.settings import *  # noqa: F403  all of them

ROOT_URLCONF = "benchmarks.urls"
PRESSURE = int(os.environ.get("HAVEN_PRESSURE", "0"))  # what one report costs is measured; only flood.py sets it
