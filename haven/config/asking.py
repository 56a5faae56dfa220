"""The questions of `haven init`: what one installation needs to know, asked before Django is there."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from haven.config.backup import keys
from haven.config.place import LOOPBACK, Refused
from haven.config.terminal import Terminal
from haven.rulebook import loader

type Answers = dict[str, str]


@dataclass(frozen=True)
class Question:
    """One setting. `wrong` gives what is not right about an answer, or nothing."""

    setting: str
    option: str
    label: str
    default: Callable[[Answers], str | None] = lambda _given: None
    wrong: Callable[[str], str] = lambda _answer: ""
    asked: Callable[[Answers], bool] = lambda _given: True
    secret: bool = False


def _address(answer: str) -> str:
    url = urlsplit(answer)
    right = url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK)
    return "" if right and url.hostname and url.path in {"", "/"} else "It begins with https:// and has no path."


def _rulebook(answer: str) -> str:
    problems = loader.check(Path(answer))
    return f"{problems[0]}\nSee all with: haven rulebook check {answer}" if problems else ""


def _database(answer: str) -> str:
    if not answer:
        return ""
    if not answer.startswith(("postgresql://", "postgres://")):
        return "Leave it empty for SQLite, or give postgresql://person:password@host/name."
    try:
        psycopg.connect(answer, connect_timeout=5).close()
    except psycopg.Error as error:
        return f"PostgreSQL does not answer ({str(error).strip().splitlines()[-1]})."
    return ""


def _folder(answer: str) -> str:
    return "" if not answer or Path(answer).is_dir() else "There is no such folder. Make it first."


def _recipients(answer: str) -> str:
    try:
        keys.recipients(answer.replace(",", " ").split())
    except Refused as refusal:
        return str(refusal)
    return ""


def _host(given: Answers) -> str:
    return urlsplit(given["HAVEN_ADDRESS"]).hostname or ""


def _has_mail(given: Answers) -> bool:
    return bool(given["HAVEN_SMTP_HOST"])


def _has_login(given: Answers) -> bool:
    return bool(given.get("HAVEN_SMTP_USER"))


QUESTIONS = (
    Question("HAVEN_ADDRESS", "address", "The public address, with https://", wrong=_address),
    Question("HAVEN_HOSTS", "hosts", "Host names that are answered, with commas", default=_host),
    Question("HAVEN_RULEBOOK", "rulebook", "The folder of your rulebook", wrong=_rulebook),
    Question("DATABASE_URL", "database", "PostgreSQL address (empty: SQLite)", default=lambda _: "", wrong=_database),
    Question("HAVEN_SMTP_HOST", "smtp-host", "Mail server (empty: none yet)", default=lambda _: ""),
    Question("HAVEN_SMTP_PORT", "smtp-port", "Port of the mail server", default=lambda _: "587", asked=_has_mail),
    Question("HAVEN_SMTP_TLS", "smtp-tls", "TLS with the mail server: yes or no", lambda _: "yes", asked=_has_mail),
    Question("HAVEN_SMTP_USER", "smtp-user", "Name at the mail server (empty: none)", lambda _: "", asked=_has_mail),
    Question("HAVEN_SMTP_PASSWORD", "smtp-password-file", "Password at the mail server", asked=_has_login, secret=True),
    Question("HAVEN_MAIL_FROM", "mail-from", "Sender of notices", lambda given: f"haven@{_host(given)}"),
    Question("HAVEN_BACKUPS", "backups", "Folder for backups (empty: none yet)", lambda _: "", wrong=_folder),
    Question(
        "HAVEN_BACKUP_RECIPIENTS",
        "recipients",
        "Who can open backups: what `haven backup key` printed, with commas (empty: nobody yet)",
        default=lambda _: "",
        wrong=_recipients,
    ),
)


def ask(terminal: Terminal, given: Namespace) -> Answers:
    """Every answer, from the options or from the terminal. Raises Refused when an option is wrong."""
    answers: Answers = {}
    for question in QUESTIONS:
        if question.asked(answers):
            answers[question.setting] = _answer(terminal, question, given, answers)
    for name in ("HAVEN_RULEBOOK", "HAVEN_BACKUPS"):
        answers[name] = str(Path(answers[name]).resolve()) if answers[name] else ""
    answers["HAVEN_ADDRESS"] = answers["HAVEN_ADDRESS"].rstrip("/")
    return {name: value for name, value in answers.items() if value}


def _answer(terminal: Terminal, question: Question, given: Namespace, so_far: Answers) -> str:
    option = f"--{question.option}"
    chosen: str | None = getattr(given, question.option.replace("-", "_"))
    while True:
        if question.secret:
            answer = _from_file(chosen) if chosen else terminal.secret(question.label, option=option)
        elif chosen is not None:
            answer = chosen
        else:
            answer = terminal.ask(question.label, option=option, default=question.default(so_far))
        wrong = "It is one line." if "\n" in answer else question.wrong(answer)
        if not wrong:
            return answer
        if chosen is not None or not terminal.somebody:
            raise Refused(f"{option}: {wrong}")
        terminal.say(wrong)


def _from_file(name: str) -> str:
    try:
        return Path(name).read_text().rstrip("\n")
    except OSError as error:
        raise Refused(f"{name} cannot be read ({error.strerror}).") from None
