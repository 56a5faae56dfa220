"""Overviews at the desk: two people for a plan and for a release, and readers who see what was released and no more."""

from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from haven.complaints.yearly_models import ForgottenYear
from haven.config import overview as terminal
from haven.config.place import Refused as NotDone
from haven.desk import overview_deeds as deeds
from haven.desk import urls
from haven.people.models import User
from haven.register.actions import Event, count
from haven.register.models import Period, Plan, Release, ReleaseFile
from haven.register.plan import Refused, freeze, propose
from haven.register.trends import trends
from haven.rulebook import shelf
from haven.trail.models import Entry
from tests.counsellors import counsellor
from tests.desk.conftest import sits_down
from tests.institution import Institution, Person
from tests.proofs.test_complaints_desk import give_every_right
from tests.proves import proves
from tests.register.year import AFTER, cases, chance, plan_for, put_in

PAGES = [one.name for one in urls.urlpatterns if "<" not in str(one.pattern) and one.name]
pytestmark = pytest.mark.django_db


@pytest.fixture
def two(house: Institution, time_machine: Any) -> tuple[Person, Person]:
    """A coordinator and a data protection officer."""
    time_machine.move_to("2026-11-25 12:00")
    return (
        house.person("Ria Coordinator", role="coordinator"),
        house.person("Lotte Privacy", role="privacy_officer"),
    )


def said(answer: Any) -> str:
    return str(answer.content.decode())


def press(client: Client, name: str, *args: Any, **form: Any) -> str:
    return said(client.post(reverse(f"desk:{name}", args=args), form, follow=True))


def a_year(total: int = 300) -> None:
    plan_for(total)
    put_in(cases(total, chance(4)))


@proves("R-000-26", "R-000-28")
def test_a_quarter_is_closed_by_one_and_released_by_another(two: tuple[Person, Person]) -> None:
    a_year()
    first, second = map(sits_down, two)
    page = said(first.get(reverse("desk:overviews")))
    assert "2024, quarter 3" in page
    assert "Closed. A colleague looks at it" in press(first, "overview_close", label="2024Q3")
    assert Client().get("/en/overviews/2024Q3/").status_code == 404

    assert "It takes two people" in press(first, "overview_release", "2024Q3")
    seen = second.get(reverse("desk:overview", args=["2024Q3"]))
    assert "All 5 checks were passed" in said(seen)
    assert "Released. Everybody can read it" in press(second, "overview_release", "2024Q3")

    period = Period.objects.get(label="2024Q3")
    assert (period.closed_by, period.released_by) == tuple(str(one.user.pk) for one in two)
    assert deeds.is_signed(period)
    assert "are what was signed then" in said(second.get(reverse("desk:overview", args=["2024Q3"])))
    assert "was released. It is never counted or shown anew" in press(second, "overview_close", label="2024Q3")
    assert [*Entry.objects.filter(did__startswith="overview.").order_by("seq").values_list("did", flat=True)] == [
        "overview.closed",
        "overview.released",
    ]
    assert Client().get("/en/overviews/2024Q3/").status_code == 200


@proves("R-000-28")
def test_whoever_changes_a_figure_later_is_seen_and_nothing_goes_out(two: tuple[Person, Person]) -> None:
    a_year()
    deeds.close("2024Q1", by=two[0].user)
    Release.objects.filter(period__label="2024Q1").update(shown=500)
    assert two[1].keyring
    with pytest.raises(Refused, match="altered"):
        deeds.publish(Period.objects.get(label="2024Q1"), by=two[1].user, keyring=two[1].keyring)

    deeds.close("2024Q2", by=two[0].user)
    deeds.publish(Period.objects.get(label="2024Q2"), by=two[1].user, keyring=two[1].keyring)
    ReleaseFile.objects.filter(period__label="2024Q2", name="figures.csv").update(content=b"other")
    assert not deeds.is_signed(Period.objects.get(label="2024Q2"))
    assert Client().get("/en/overviews/2024Q2/manifest.txt").status_code == 404


@proves("R-000-26", "R-000-27", "R-000-30", "R-002-25", "R-004-18")
def test_a_year_tells_kinds_types_and_actions_in_both_languages(two: tuple[Person, Person]) -> None:
    a_year()
    deeds.close("2024", by=two[0].user)
    assert two[1].keyring
    deeds.publish(Period.objects.get(label="2024"), by=two[1].user, keyring=two[1].keyring)
    page = said(Client().get("/en/overviews/2024/"))
    for words in (
        "Report",
        "Complaint",
        "First action",
        "Talk or explanation",
        "Bullying or exclusion",
        "Not referred",
        "Anonymous report",
        "of everybody who reported",
    ):
        assert words in page
    assert "Formal complaints" in page  # the exact number that the regulation asks for: none came in
    assert "No chance was added to it" in page
    names = {*ReleaseFile.objects.values_list("name", flat=True)}
    assert {"type-nl.svg", "type-en.png", "overview-nl.pdf", "overview-en.pdf", "figures.csv"} <= names
    for name in ("overview-nl.pdf", "overview-en.pdf"):
        paper = Client().get(f"/en/overviews/2024/{name}")
        with pikepdf.open(BytesIO(b"".join(paper.streaming_content))) as pdf:  # type: ignore[attr-defined]
            assert pdf.Root.MarkInfo.Marked
            assert len(figures_in(pdf.Root.StructTreeRoot)) >= 4  # each drawing, in words too
    drawing = Client().get("/en/overviews/2024/type-en.svg")
    assert drawing["Content-Type"] == "image/svg+xml"


@proves("R-002-25", "R-000-26")
def test_two_years_stand_beside_each_other_with_the_share_anonymous(two: tuple[Person, Person]) -> None:
    a_year()
    deeds.close("2024", by=two[0].user)
    later = propose(shelf.current().overview, 2025, total=300, estimated=False, on=date(2024, 11, 1))
    freeze(later, on=date(2024, 11, 1))
    many = [Event("intake", date(2025, 3, 1), {"kind": "report", "mode": mode}) for mode in ("anonymous", "named")]
    count(uuid4(), many * 100, on=date(2025, 12, 31))
    Period.objects.filter(label="2024").update(released_on=AFTER)
    assert "beside each other" not in said(Client().get("/en/overviews/"))
    closed = deeds.close("2025", by=two[0].user)
    kinds = next(one for one in trends([*Period.objects.released(), closed]) if one.anonymous)
    assert kinds.years == ("2024", "2025")
    assert 40 <= int(kinds.anonymous[1].removesuffix(" %")) <= 60
    with pikepdf.open(BytesIO(bytes(closed.files.get(name="overview-en.pdf").content))) as pdf:
        headings = [str(one.title) for one in pdf.open_outline().root[0].children]
    assert "Kind: the years beside each other" in headings
    Period.objects.filter(label="2025").update(released_on=AFTER)
    page = said(Client().get("/en/overviews/"))
    assert kinds.anonymous[1] in page.partition("Share anonymous of everybody")[2]


def figures_in(tree: Any) -> list[str]:
    """What the drawings of a tagged file are said to be."""
    found = [str(tree.Alt)] if "/Alt" in tree else []
    inside = tree.get("/K", [])
    for one in inside if isinstance(inside, pikepdf.Array) else [inside]:
        found += figures_in(one) if isinstance(one, pikepdf.Dictionary) else []
    return found


def test_a_plan_takes_two_people_and_then_stands(two: tuple[Person, Person]) -> None:
    first, second = map(sits_down, two)
    page = press(first, "overview_propose", year=2027)
    assert "give an estimate" in page
    assert "A colleague looks at it" in press(first, "overview_propose", year=2027, estimate=320)
    plan = Plan.objects.get(year=2027)
    shown = said(second.get(reverse("desk:overviews")))
    for words in ("Of 20 figures in this table", "Not counted", "who came", "1.00 of 1.00", plan.hash):
        assert words in shown
    assert "It takes two people" in press(first, "overview_agree", plan.pk)
    assert "The plan is frozen" in press(second, "overview_agree", plan.pk)
    assert "see figures first and choose then" in press(first, "overview_propose", year=2027, estimate=60)
    assert plan.hash in said(Client().get("/en/overviews/method/"))


@proves("R-000-28")
def test_overlap_and_days_that_run_are_refused_with_the_reason(two: tuple[Person, Person]) -> None:
    a_year()
    first = sits_down(two[0])
    for label in ("2024H1", "2024-03", "2023", "2024Q5"):
        page = press(first, "overview_close", label=label)
        assert "no such period" in page or "no frozen plan" in page
    assert Release.objects.count() == 0


def test_a_late_case_counts_in_the_next_period(two: tuple[Person, Person]) -> None:
    plan_for(300)
    deeds.close("2024Q3", by=two[0].user, on=date(2024, 10, 5))
    frozen = [*Release.objects.values_list("cell", "shown")]
    many = [Event("intake", date(2024, 9, 20), {"kind": "report"})] * 400
    count(uuid4(), many, on=date(2024, 10, 8))
    assert [*Release.objects.values_list("cell", "shown")] == frozen
    quarter = deeds.close("2024Q4", by=two[0].user, on=AFTER)
    assert abs((quarter.figures.get(table="quarter").shown or 0) - 400) < 60


@pytest.fixture
def reader(house: Institution) -> Client:
    return sits_down(house.person("Works Council", role="overview_reader", keys=False, serves=False), unlocked=False)


@proves("R-002-06")
def test_a_reader_of_the_works_council_sees_releases_and_nothing_else(
    two: tuple[Person, Person], reader: Client
) -> None:
    a_year()
    deeds.close("2024Q1", by=two[0].user)
    deeds.close("2024", by=two[0].user)
    assert two[1].keyring
    deeds.publish(Period.objects.get(label="2024"), by=two[1].user, keyring=two[1].keyring)
    front = reader.get(reverse("desk:inbox"), follow=True)
    assert front.redirect_chain[-1][0] == reverse("desk:released")
    assert "Released on" in said(front)
    assert "2024, quarter 1" not in said(front)
    open_to_them = [name for name in PAGES if reader.get(reverse(f"desk:{name}")).status_code == 200]
    assert sorted(open_to_them) == ["account", "released"]


@proves("R-001-30", "R-000-28")
def test_the_number_of_formal_complaints_is_exact_and_stands_in_every_form_of_the_overview(
    two: tuple[Person, Person],
) -> None:
    a_year()
    ForgottenYear.objects.create(procedure="complaints", year=2024, number=2)
    period = deeds.close("2024", by=two[0].user)
    shown = said(sits_down(two[1]).get(reverse("desk:overview", args=["2024"])))
    assert "Formal complaints" in shown
    assert '<p class="big">2</p>' in shown
    assert b"2024,exact,complaints,2\r\n" in bytes(period.files.get(name="figures.csv").content)


def test_the_terminal_closes_and_never_releases(two: tuple[Person, Person]) -> None:
    a_year()
    told: list[str] = []
    terminal.close(told.append, "2024Q2")
    assert "nobody sees them yet" in " ".join(told)
    with pytest.raises(NotDone, match="never counted or shown anew"):
        terminal.close(told.append, "2024Q2")
    assert "Released." in press(sits_down(two[0]), "overview_release", "2024Q2")


@proves("R-002-06")
def test_a_partner_body_that_writes_the_site_reads_releases_and_has_no_other_page_here(house: Institution) -> None:
    partner = sits_down(house.person("Students Union", role="partner_body", keys=False, serves=False), unlocked=False)
    assert [name for name in PAGES if partner.get(reverse(f"desk:{name}")).status_code == 200] == ["released"]


SENT = {"stamp": 3, "to": "works_council", "on": "2026-11-25"}
SAID = "Two people of the Faculty of Arts came back. zqwords"


@pytest.mark.parametrize("kind", ["contact_point", "counsellors"])
@proves("R-000-26", "R-000-28")
def test_a_yearly_report_is_a_sealed_draft_then_frozen_then_sent(
    two: tuple[Person, Person], house: Institution, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    a_year()
    page = reverse(f"desk:{kind}_report", args=[2024])
    hilde = counsellor(house, "Hilde")
    User.objects.filter(pk=house.readers[0].user.pk).update(role_key="coordinator")
    author, other = (house.readers[0], hilde) if kind == "contact_point" else (hilde, house.readers[0])
    desk = sits_down(author)
    deeds.close("2024", by=two[0].user)
    assert desk.get(page).status_code == 404  # closed is not released
    assert two[1].keyring
    deeds.publish(Period.objects.get(label="2024"), by=two[1].user, keyring=two[1].keyring)

    assert "Begin the report" in said(desk.get(page))
    desk.post(page, {"do": "begin"})
    kept = desk.post(page, {"signals_en": SAID, "signals_nl": "Te vroeg.", "stamp": 1, "do": "save"}, follow=True)
    assert [hint.said for _where, _rule, hint in kept.context["page"].hints][:1] == ["Two"]
    assert "zqwords" in said(desk.get(page))
    assert ("What counsellors were told" in said(kept)) is (kind == "counsellors")
    assert b"".join(made(desk.post(page, {"signals_en": SAID, "stamp": 2, "do": "pdf-en"}))).startswith(b"%PDF")
    frozen_and_sent(desk, kind, page)
    give_every_right(monkeypatch)
    for stranger in (sits_down(other), sits_down(house.readers[1])):
        assert stranger.get(page).status_code == 404
        assert stranger.post(reverse(f"desk:{kind}_deed", args=[2024, "send"]), SENT | {"stamp": 4}).status_code == 404


def frozen_and_sent(desk: Client, kind: str, page: str) -> None:
    finished = desk.post(reverse(f"desk:{kind}_deed", args=[2024, "finish"]), {"stamp": 2}, follow=True)
    taken = {name: b"".join(made(desk.get(address))) for address, name, _sum in finished.context["files"]}
    assert {name: sha256(content).hexdigest() for name, content in taken.items()} == {
        name: told for _address, name, told in finished.context["files"]
    }
    assert len(taken) == 4
    assert desk.post(page, {"signals_en": "Other", "stamp": 3, "do": "save"}).status_code == 422
    assert "25 November 2026" in said(desk.post(reverse(f"desk:{kind}_deed", args=[2024, "send"]), SENT, follow=True))


def made(answer: Any) -> Any:
    return answer.streaming_content
