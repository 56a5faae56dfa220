"""The letters and documents of a procedure: what each must say, and when. File: papers.toml. Words: papertexts.py."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from haven.rulebook.problems import near
from haven.rulebook.words import Key, Keyed, Rules, Text, Words, wrong

PLACEHOLDERS: Final = (
    *("recipient", "complainant", "defendant", "witness", "third_party", "mediator", "council"),
    *("officer", "officer_reach", "chair", "secretary", "member", "committee", "decider", "asked_by"),
    *(
        "reference",
        "regulation",
        "regulation_from",
        "regulation_copy",
        "article",
        "environment",
        "document",
        "term",
        "amount",
        "reason",
    ),
    *("today", "complaint_on", "received_on", "hearing_on", "hearing_at", "hearing_place", "heard_on", "due_on"),
    *("new_due_on", "extension", "answer_by", "recommended_on", "decided_on", "discussed_on", "withdrawn_on"),
    *("appointed_on", "from_on", "until_on", "door_address", "door_number", "door_code"),
)
"""What any paper can say of a complaint: filled in when it is drawn. A paper says the parts written for it too."""

PERSONS: Final = (
    *("recipient", "complainant", "defendant", "witness", "third_party", "mediator", "member", "reference", "asked_by"),
    *("door_address", "door_number", "door_code"),
)
"""Who it is about, or what leads to them."""

LISTS: Final = ("documents", "terms", "present", "addressees", "beside", "signed")
"""These hold several lines, so each stands on a line of its own."""


class Letterhead(Rules):
    """How the paper of a legal entity looks: its address, and perhaps a logo (an SVG file beside papers.toml)."""

    entity: Key
    address: Annotated[tuple[Text, ...], Field(min_length=1, max_length=6)]
    logo: Words | None = None


class Environment(Rules):
    """The right word for where somebody works or studies (R-001-06)."""

    relations: tuple[Key, ...]
    says: Text


class Row(Keyed):
    """One line of the list at the head of a document: who and what it is about. Its key is a placeholder."""

    label: Text

    @model_validator(mode="after")
    def has_something_to_say(self) -> Self:
        if self.key not in (*PLACEHOLDERS, *LISTS):
            raise wrong(f"There is no placeholder “{self.key}”.", near(self.key, PLACEHOLDERS))
        return self


class MustSay(Keyed):
    """A block that a paper must have; nobody edits it, unless it is `free`. `when`, `unless`: a fact, part or list."""

    article: Words | None = None
    when: Key | None = None
    unless: Key | None = None
    free: bool = False


class PaperKind(Keyed):
    """`parts`: what people write for it, such as the reasons of a decision. `facts`: what can be so or not."""

    form: Literal["letter", "document"]
    parts: tuple[Key, ...] = ()
    facts: tuple[Key, ...] = ()
    rows: tuple[Key, ...] = ()
    blocks: tuple[MustSay, ...] = ()
    public: bool = False  # is not marked as confidential

    def placeholders(self) -> tuple[str, ...]:
        """A public paper can name nobody, whatever somebody writes in its text (R-001-109)."""
        plain = tuple(name for name in PLACEHOLDERS if name not in PERSONS) if self.public else PLACEHOLDERS
        return (*plain, *LISTS, *self.parts)

    def stands_alone(self) -> tuple[str, ...]:
        """Placeholders that can be several paragraphs or lines."""
        return (*LISTS, *self.parts)

    def about(self, block: str) -> MustSay | None:
        return next((one for one in self.blocks if one.key == block), None)

    @model_validator(mode="after")
    def looks_at_what_it_has(self) -> Self:
        for block in self.blocks:
            for name in filter(None, (block.when, block.unless)):
                if name not in (*self.parts, *self.facts, *LISTS):
                    says = f"“{block.key}” looks at “{name}”, which is no part, fact or list of “{self.key}”."
                    raise wrong(says, "Add it to the facts or the parts of this paper.")
        for part in self.parts:
            if part in (*PLACEHOLDERS, *LISTS):
                raise wrong(f"The part “{part}” is called like a placeholder.", "Give it another name.")
        return self


class Papers(Rules):
    letterheads: Annotated[tuple[Letterhead, ...], Field(min_length=1)]
    environments: tuple[Environment, ...] = ()
    other_environment: Text
    rows: tuple[Row, ...] = ()
    papers: tuple[PaperKind, ...] = ()

    @model_validator(mode="after")
    def stands_once(self) -> Self:
        keys = [paper.key for paper in self.papers]
        if twice := [key for key in keys if keys.count(key) > 1]:
            raise wrong(f"The paper “{twice[0]}” stands twice.", "Keep one of them.")
        known = [row.key for row in self.rows]
        for paper in self.papers:
            if unknown := [key for key in paper.rows if key not in known]:
                raise wrong(f"“{paper.key}” has the row “{unknown[0]}”, which does not exist.", "Add it to [[rows]].")
        return self

    def kind(self, key: str) -> PaperKind:
        return next(paper for paper in self.papers if paper.key == key)

    def environment(self, relation: str) -> Text:
        """Work, study, or both: of somebody whose relation the rulebook does not name we assume nothing."""
        return next((one.says for one in self.environments if relation in one.relations), self.other_environment)

    def letterhead(self, entity: str) -> Letterhead:
        """That of the legal entity; of the first one when this entity has none of its own."""
        return next((one for one in self.letterheads if one.entity == entity), self.letterheads[0])
