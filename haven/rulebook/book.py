"""The whole rulebook, and what it makes of a person's answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from haven.rulebook.aftercare import Aftercare
from haven.rulebook.calendar import Calendar
from haven.rulebook.concerned import Concerned
from haven.rulebook.consent import NOWHERE, PLACE, TEAM
from haven.rulebook.directory import Audiences, Provision, Provisions
from haven.rulebook.institution import Institution
from haven.rulebook.intake import Intake
from haven.rulebook.letters import Letter
from haven.rulebook.overview import Overview
from haven.rulebook.papers import Papers
from haven.rulebook.papertexts import PaperText
from haven.rulebook.privacy import Privacy
from haven.rulebook.questions import COUNTABLE, PREFER_NOT, Answers
from haven.rulebook.retention import Retention
from haven.rulebook.routes import Route, Routes
from haven.rulebook.site import Site
from haven.rulebook.versions import Procedures
from haven.rulebook.voices import Voices
from haven.rulebook.words import Listed, Text

NOT_SAID = "not_said"
TITLE_CATEGORIES = 2


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    institution: Institution
    audiences: Audiences
    provisions: Provisions
    intake: Intake
    routes: Routes
    calendar: Calendar
    retention: Retention
    letters: tuple[Letter, ...] = ()  # texts to begin with, at the desk
    aftercare: Aftercare
    privacy: Privacy
    procedures: Procedures = field(default_factory=Procedures)  # the regulations, each version
    papers: Papers
    paper_texts: tuple[PaperText, ...] = ()  # the words of the letters of a procedure
    logos: Mapping[str, str] = field(default_factory=dict, hash=False)  # drawings that papers.toml names, by their file
    concerned: Concerned
    site: Site
    overview: Overview
    voices: Voices
    version: str  # first 12 hex digits of a SHA-256 over the files

    def kind(self, answers: Answers) -> str:
        """question, report, complaint or talk (R-000-30): one of `intake.kinds`."""
        if form := self.intake.form(answers):
            return form.kind
        question = self.intake.counted_as("kind")
        keys = question.coarse(answers) if question else ()
        return keys[0] if keys else self.intake.default_kind

    def route_for(self, answers: Answers) -> Route:
        """Who reads these answers first: the readers of the form, or else of what was answered (R-004-25)."""
        form = self.intake.form(answers)
        return self.routes[form.route] if form and form.route else self.routes.first_for(answers)

    def kind_name(self, key: str) -> Text:
        return next(kind.label for kind in self.intake.kinds if kind.key == key)

    def categories(self, answers: Answers) -> tuple[str, ...]:
        question = self.intake.counted_as("category")
        return tuple(option.key for option in question.chosen(answers)) if question else ()

    def title(self, answers: Answers, language: str, *, kind: str = "") -> str:
        """What stands in the inbox: the kind and what it is about, from option labels only. `kind`: as it is now."""
        form, first = self.intake.form(answers), self.kind(answers)
        changed = kind not in {"", first}
        title = (form.title if form and not changed else self.kind_name(kind or first)).say(language)
        question = self.intake.counted_as("category")
        about = [o.name().say(language).lower() for o in question.chosen(answers)] if question else []
        if not about:
            return title
        more = f" +{len(about) - TITLE_CATEGORIES}" if len(about) > TITLE_CATEGORIES else ""
        return f"{title}: {', '.join(about[:TITLE_CATEGORIES])}{more}"

    def countable(self, answers: Answers) -> dict[str, str]:
        """Coarse values for the register, one per column of COUNTABLE; several are joined by commas."""
        row = {column: self._coarse(column, answers) for column in COUNTABLE}
        return row | {"kind": self.kind(answers), "mode": self.intake.mode(answers)}

    def _coarse(self, column: str, answers: Answers) -> str:
        question = self.intake.counted_as(column)
        return (",".join(question.coarse(answers)) if question else "") or NOT_SAID

    def fitting(self, answers: Answers) -> tuple[Provision, ...]:
        """The provisions that fit what this person said (R-004-28)."""
        audience = self._coarse("audience", answers)
        known = "" if audience in (NOT_SAID, PREFER_NOT) else audience
        return self.provisions.fitting(known, self.categories(answers))

    def destinations(self) -> tuple[Listed, ...]:
        """Where a case can be referred to: every provision (R-000-05), the list of routes.toml, and every team."""
        provisions = [Listed(key=p.key, label=p.name) for p in self.provisions if not p.emergency]
        places = [*provisions, *self.routes.destinations]
        named = {place.key for place in places}
        return (*places, *(Listed(key=r.key, label=r.team_name) for r in self.routes if r.key not in named))

    def recipient(self, way: str, key: str) -> Text:
        """Who something goes to, by name; the key itself when the rulebook no longer has it."""
        places = [*self.destinations(), *(Listed(key=p.key, label=p.name) for p in self.provisions.emergencies())]
        names = {(PLACE, place.key): place.label for place in places if place.key != NOWHERE}
        names |= {(TEAM, route.key): route.team_name for route in self.routes}
        return names.get((way, key)) or Text(nl=key, en=key)
