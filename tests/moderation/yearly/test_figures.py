"""The yearly report: its numbers are the rows', and it tells nobody what they may not know."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forum.models import Case, Community, Decision, Report, Thread
from forum.moderation.rulebook.queries import clauses_in_force
from forum.moderation.yearly.figures import figures
from forum.moderation.yearly.scope import Scope
from tests.cast import person
from tests.moderation.yearly.generated import YEAR, Year, counted

ClientOf = Callable[[Member], Client]
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def thread(thread_in: Callable[..., Thread], open_house: Community) -> Thread:
    return thread_in(open_house)


@pytest.fixture
def year(thread: Thread, open_house: Community, closed_house: Community, neighbour: Member, moderator: Member) -> Year:
    Community.objects.update(created_at=timezone.now().replace(year=YEAR, month=6))
    clauses = clauses_in_force(open_house)[:3] + clauses_in_force(closed_house)[4:6]
    return Year(thread, [open_house, closed_house], clauses, [neighbour, moderator])


def test_the_figures_are_the_rows(year: Year, open_house: Community) -> None:
    for house in (None, open_house):
        found = asdict(figures(Scope(YEAR, community=house)))
        grounds = Counter[tuple[str, int | str]]()
        for each in found.pop("grounds"):
            grounds[each["act"], each["clause"].number if each["clause"] else each["law"]] += each["count"]
        expected = counted(year, house)
        assert expected["reversals"] > 20
        assert expected["machine_reversed"] > 5
        assert grounds == expected.pop("grounds")
        assert found == expected


def test_page_csv_and_json_say_the_same(
    year: Year, client_of: ClientOf, closed_house: Community, visitor: Client
) -> None:
    """To everybody, of the whole site and of a year that is over, without a word of a closed community."""
    browser = client_of(person("overseer", is_staff=True))
    query = f"?year={YEAR}"
    data = json.loads(browser.get(f"/moderation/figures.json{query}").content)
    assert data["figures"]["notices"] == counted(year, None)["notices"]
    assert (data["year"], data["community"], data["is_over"]) == (YEAR, None, True)
    sheet = browser.get(f"/moderation/figures.csv{query}", headers=ENGLISH).content.decode("utf-8-sig")
    rows = {(part, what): value for part, what, value in csv.reader(io.StringIO(sheet))}
    assert rows["Reports", "Reports"] == str(data["figures"]["notices"])
    page = browser.get(f"/moderation/figures/{query}", headers=ENGLISH).content.decode()
    assert f"<td>{data['figures']['notices']}</td>" in page
    assert '<rect width="100"' in page
    for code, _name in settings.LANGUAGES:
        assert browser.get(f"/moderation/figures.csv{query}", headers={"accept-language": code}).status_code == 200
    assert "losed house" not in visitor.get(f"/figures/{YEAR}/", headers=ENGLISH).content.decode()
    for other in (timezone.localdate().year, YEAR - 1, 10**9):
        assert visitor.get(f"/figures/{other}/").status_code == 404
    public = visitor.get(f"/figures/{YEAR}.json").content.decode()
    assert json.loads(public)["figures"]["notices"] == data["figures"]["notices"]
    assert "k.k." not in public
    assert closed_house.slug not in public
    assert closed_house.slug in json.dumps(data)


def test_figures_are_for_those_who_steward(
    outsider: Member, closed_house: Community, open_house: Community, cast: dict[str, Member], client_of: ClientOf
) -> None:
    other = person("other-steward")
    open_house.memberships.create(member=other, role="steward")
    address = "/moderation/figures/"
    for member in (cast["author"], cast["moderator"], outsider):
        assert client_of(member).get(address).status_code == 404
    assert client_of(other).get(address).status_code == 200
    assert client_of(other).get(f"{address}?community=closed-house").status_code == 404
    assert client_of(cast["steward"]).get(f"{address}?community=closed-house").status_code == 200
    assert client_of(cast["steward"]).get(f"{address}?year=9999").status_code == 404


def test_nobody_reads_of_a_report_about_themselves_in_a_number(
    thread: Thread, open_house: Community, steward: Member, client_of: ClientOf
) -> None:
    """Of the year that goes on: another steward's figures count it, those of whom it is about do not."""
    other, now = person("other-steward"), timezone.now()
    open_house.memberships.create(member=other, role="steward")
    thread.posts.update(author=steward)
    case = Case.objects.create(post=thread.posts.get(), community=open_house)
    Report.objects.create(case=case, ground="insult", address="x", language="en", digest="d", at=now)
    Decision.objects.create(
        case=case, post=case.post, community=open_house, act="fine", at=now, language="en", digest="d"
    )
    for member, notices in ((steward, 0), (other, 1)):
        data = json.loads(client_of(member).get("/moderation/figures.json?community=open-house").content)
        assert data["figures"]["notices"] == notices
        assert data["figures"]["decisions_on_notice"]["fine"] == notices
