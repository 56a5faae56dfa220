"""Hearings of a regulation: in which forms people are heard, what decides on a form, what goes with an invitation."""

from typing import Annotated, Literal

from pydantic import Field

from haven.rulebook.words import Key, Keyed, Listed, Text

type Side = Literal["party", "committee", "decider", "office", "other"]
type Article = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z .:()/-]*$")]


class PaperName(Listed):
    """A kind of document. `within`: only these sides of ours ever hold one, and it is given to nobody else."""

    within: tuple[Side, ...] = ()


class HearingForm(Keyed):
    """One way of hearing people. The first one of a file is how it is done as long as nobody decides otherwise."""

    name: Text
    article: Article
    hears: Annotated[tuple[Key, ...], Field(min_length=1)]  # roles
    whole: bool = True  # everybody with these roles is invited; else those who are chosen
    after: Key | None = None  # the step with which it is decided
    invites: Key | None = None  # the step that is taken when the invitation is sent
    encloses: dict[Key, tuple[Key, ...]] = {}  # the parts of that step; of each, kinds of which one must go along
    letters: dict[Key, Key]  # by role, the kind of paper that is the invitation
    says: tuple[Key, ...] = ()  # facts of those letters that hold
    duty: Key | None = None  # and the one that holds for somebody who has to come
    asked: Key | None = None  # and the one that holds when a recording is asked for
    heard: dict[Key, Key]  # by role, the step that is taken when somebody was heard
    report: Key  # the kind of paper
    reports: Key  # the step with which the report is sent
    recording: Key | None = None  # the kind of paper
    records: Key | None = None  # the step with which a recording is made
