"""Does “help me choose” always end at people of this rulebook?"""

from collections.abc import Iterator

from haven.rulebook.book import Rulebook
from haven.rulebook.problems import near
from haven.rulebook.words import Problem

FILE = "site.toml"


def check(book: Rulebook) -> Iterator[Problem]:
    """Also for who is somebody whom not everyone at the end is there for (“help me choose”)."""
    provisions, audiences = [one.key for one in book.provisions], [one.key for one in book.audiences]
    answers = [(n, m, one) for n, asked in enumerate(book.site.questions) for m, one in enumerate(asked.answers)]
    unknown = [(n, m, key, provisions) for n, m, one in answers for key in one.ends if key not in provisions]
    unknown += [
        (n, m, one.audience, audiences) for n, m, one in answers if one.audience and one.audience not in audiences
    ]
    for n, m, key, known in unknown:
        yield Problem(FILE, f"questions[{n}].answers[{m}]", f"“{key}” does not exist.", near(key, known))
    for steps, way in () if unknown else book.site.ways():
        if way.asked is None and not way.people(book.provisions):
            says = f"The way {steps} ends at nobody who is there for “{way.audience}”."
            yield Problem(FILE, "questions", says, "Name somebody in `ends` who is there for everyone.")
