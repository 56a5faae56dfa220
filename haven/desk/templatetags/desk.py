"""What every page of the desk shows around itself."""

from dataclasses import dataclass

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haven.desk.home import counsels, home, only_reads
from haven.people.absence import absence, may_write
from haven.people.access import permits
from haven.people.models import Profile, User
from haven.rulebook.roles import Right

register = template.Library()


@dataclass(frozen=True)
class Place:
    """A line of the menu."""

    href: str
    label: str
    icon: str
    current: bool


@register.filter
def reads(person: object) -> bool:
    return isinstance(person, User) and permits(person, Right.READ_CASE)


@register.filter
def unlocks(person: object) -> bool:
    return isinstance(person, User) and permits(person, Right.UNLOCK)


@register.filter
def counsellor(person: object) -> bool:
    return isinstance(person, User) and counsels(person)


@register.filter
def away_of(person: User) -> Profile | None:
    """The absence of a colleague that is not over, for who reads the page of that colleague."""
    kept, today = absence(person), localdate()
    over = kept.away_from is None or (kept.away_until is not None and kept.away_until < today)
    return None if over or person.advises else kept


@register.filter
def writes_away_of(viewer: User, person: User) -> bool:
    return permits(viewer, Right.ENDORSE) and may_write(viewer, person)


@register.filter
def function(person: User) -> str:
    """What this person does here, in the language of the page."""
    return person.function(get_language() or "nl")


def of_the_team(person: User) -> list[tuple[str, str, str]]:
    """The pages of a team beside its cases, and one's own of an adviser: each by the right that its view asks for."""
    pages = [
        (Right.LEAD_ADVISERS, "desk:advisers", _("Advisers"), "people"),
        (Right.READ_REGISTER, "desk:figures", _("Figures"), "file"),
        (Right.INPUT, "desk:inputs", _("Input from people"), "mail"),
        (Right.SCREEN, "desk:duty", _("Who is on duty"), "info"),
        (Right.ADVISE, "desk:my_profile", _("My profile"), "people"),
    ]
    return [(reverse(page), name, icon) for right, page, name, icon in pages if permits(person, right)]


@register.simple_tag(takes_context=True)
def places(context: Context) -> list[Place]:
    """Where this person can go. What they may not open is not in the menu."""
    request = context.get("request")
    if request is None or not isinstance(request.user, User):
        return []
    path = request.path
    inbox, search, people = reverse("desk:inbox"), reverse("desk:search"), reverse("desk:people")
    own, health = reverse("desk:account"), reverse("desk:health")
    working = [
        Place(inbox, _("Inbox"), "mail", path == inbox or path.startswith(f"{inbox}case/")),
        Place(search, _("Search"), "search", path == search),
    ]
    working += [Place(href, name, icon, path.startswith(href)) for href, name, icon in of_the_team(request.user)]
    known = [
        Place(people, _("Who has access"), "people", path.startswith(people)),
        Place(health, _("What works here"), "check", path == health),
        Place(own, _("My account"), "lock", path == own),
    ]
    counsel = reverse("desk:notifications")
    own_work = [Place(counsel, _("Notifications"), "mail", path.startswith(counsel))] if counsels(request.user) else []
    if permits(request.user, Right.READ_COMPLAINT):
        formal = reverse("desk:complaints")
        own_work.append(Place(formal, _("Complaints"), "file", path.startswith(formal)))
    if only_reads(request.user):
        known = known[-1:]
    return [*own_work, *(working if reads(request.user) else []), *_of_overviews(request.user, path), *known]


def _of_overviews(person: User, path: str) -> list[Place]:
    pages = [
        (Right.PUBLISH_OVERVIEWS, "desk:overviews", _("Overviews")),
        (Right.READ_OVERVIEWS, "desk:released", _("Released overviews")),
    ]
    mine = [(reverse(page), name) for right, page, name in pages if permits(person, right)][:1]
    return [Place(href, name, "file", path.startswith(href)) for href, name in mine]


@register.simple_tag(takes_context=True)
def home_url(context: Context) -> str:
    """Where this person begins."""
    return reverse(home(context["request"].user))
