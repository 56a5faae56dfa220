# The verbs of those who work on Haven. `uv run just` lists them.

set shell := ["bash", "-euo", "pipefail", "-c"]

_verbs:
    @just --list --unsorted

# Serve the demo on this machine
run *words:
    haven serve --demo {{ words }}

# Every test, on SQLite and on PostgreSQL; installs what the tests need
test *words: tools
    pytest -n {{ jobs }} {{ share }} --requirements {{ words }}
    python -m tests.cluster pytest -n {{ jobs }} {{ share }} {{ if words == "" { once } else { words } }}

# What CI runs: what it needs, the house rules, then every test
ci: tools lint test

# The tests on SQLite, and which requirements they prove
coverage: tools
    pytest -n {{ jobs }} {{ share }} --requirements

# Style, types, import contracts, templates, migrations, messages. The types take longest, and one core
[parallel]
lint: _types _style

_types:
    mypy haven tests

_style:
    ruff check .
    ruff format --check .
    lint-imports
    git ls-files -z -- '*.html' | xargs -0 djade --check --target-version 6.1
    git ls-files -z -- '*.py' | xargs -0 django-upgrade --check --target-version 6.1
    env DJANGO_SETTINGS_MODULE=tests.settings python manage.py makemigrations --check --dry-run
    env DJANGO_SETTINGS_MODULE=tests.settings python manage.py check --fail-level WARNING

# Format what can be formatted by itself
format:
    ruff check --fix-only .
    ruff format .
    git ls-files -z -- '*.html' | xargs -0 djade --target-version 6.1

# Are there known holes in what we depend on? A failure to look is not a pass
audit:
    uv export --frozen --no-emit-project --quiet --output-file build/requirements.txt
    pip-audit --strict --require-hashes --disable-pip --requirement build/requirements.txt

# The figures of the benchmarks, one after the other
bench:
    for one in submissions flood pages site desk vault papers; do python -m "benchmarks.$one"; done

# Kill the server 300 times while 10,000 reports are sent, and see what is left
kill:
    python -m tests.faults.kill_submissions --count 10000 --kills 300

# Chromium, PostgreSQL and the Node programs that judge pages; as root on Debian they are installed
tools:
    python -m tests.tools

jobs := env("HAVEN_TEST_JOBS", "2")

# Files in their own order. By themselves those with the fewest tests come last, which take longest, and one worker waits for the other
share := "--dist loadfile --no-loadscope-reorder"

# For what follows the first run was enough: what no database has to do with (the matrix asks every page as everybody: rights and
# keys, no query of its own), and what starts Haven in a folder of its own, on SQLite in either run
once := "--ignore=tests/house --ignore=tests/rulebook --ignore=tests/cleaning --ignore=tests/ui --ignore=tests/config --ignore=tests/proofs/test_matrix.py --ignore=tests/faults/test_start.py" + own + pure + told
own := " --ignore=tests/proofs/test_no_trace.py --ignore=tests/outside/test_round_trip.py --deselect=tests/faults/test_bad_days.py::test_a_full_disk_loses_nothing_reading_goes_on_and_it_recovers_alone"

# The demo, which has the embedded database; the stories of a complaint, told of deeds that have tests of their own there; arithmetic; and who sees
# which page
pure := " --ignore=tests/demo --ignore=tests/complaints/papers --ignore=tests/proofs/test_complaint_matrix.py --ignore=tests/complaints/test_stories_of_outcomes.py --ignore=tests/complaints/test_stories_of_turns.py" + sums
sums := " --ignore=tests/register/test_attacks.py --ignore=tests/register/test_property.py" + seen
seen := " --ignore=tests/proofs/test_existence.py --ignore=tests/proofs/test_who_can_open_what.py --ignore=tests/proofs/test_triage.py --ignore=tests/proofs/test_no_trace_of_a_complaint.py --ignore=tests/proofs/test_counsel.py --ignore=tests/proofs/test_parties.py --ignore=tests/proofs/test_complaints_desk.py" + doors

# What the desk, the reporter's door and most pages of the site show: the rooms that they ask have their tests on PostgreSQL, and so have the
# stories below, which walk through both doors. Of the site: its account (grants), the plan, and what is proposed for it
doors := " --ignore=tests/desk --ignore=tests/reporter --ignore-glob=tests/pages/test_[!gp]*"

# A browser asks a view for what other tests ask it for on PostgreSQL as well. So of the stories those marked `both` are told there:
# an anonymous report from the door to the desk and back, consent and referral, and two presses or two people at once
told := " -m 'both or not browser'"
