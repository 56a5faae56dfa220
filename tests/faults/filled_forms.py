"""Put two readers in a data folder, and print the sealed state of reports that only need to be sent, one a line.

python -m tests.faults.filled_forms 40
"""

import os
import sys
from dataclasses import replace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haven.config.settings")
django.setup()

from django.conf import settings  # noqa: E402  Django is set up first

from haven.intake import state  # noqa: E402
from haven.intake.state import Draft  # noqa: E402
from haven.reporter import wizard  # noqa: E402
from tests.institution import Institution  # noqa: E402

ANSWERS = {"purpose": "report", "mode": "anonymous", "story": "It happened again. " * 200}


def main(count: int) -> None:
    house = Institution(settings).with_readers(2)
    kids = frozenset(one.kid for one in house.readers)
    (settings.DATA / "secrets" / "roots").write_text("\n".join(sorted(kids)))
    for _number in range(count):
        filled = Draft(answers=ANSWERS, route=house.route, shown=kids)
        seen = frozenset(wizard.steps(filled))
        sys.stdout.write(state.seal(wizard.at(replace(filled, seen=seen), wizard.CODE)) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
