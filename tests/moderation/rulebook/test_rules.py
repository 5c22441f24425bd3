"""The rules of a community: there from the first need, in four languages, changed by stewards as versions that stay."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Member
from forum import log
from forum.changes.models import Change
from forum.communities import actions as communities
from forum.log.models import LogEntry
from forum.models import Clause, Community, Line, RuleBook
from forum.moderation.rulebook import actions, queries
from forum.moderation.rulebook.house import house_clauses
from forum.moderation.rulebook.written import LONGEST_TITLE, MOST_CLAUSES, Written
from forum.notifications.spreading import spread
from forum.web.errors import Conflict, Refusal
from tests.cast import person

ClientOf = Callable[[Member], Client]
ENGLISH = {"accept-language": "en"}


def changed(by: Member, house: Community, *titles: str, **more: Any) -> RuleBook:
    clauses = [Written(titles={"en": title}) for title in titles]
    said = {"note": "Shorter.", "is_significant": True, "based_on": 1, **more}
    return actions.change_rules(by=by, community=house, clauses=clauses, **said)


def test_the_house_has_rules_in_every_language() -> None:
    codes = {code for code, _name in settings.LANGUAGES}
    for clause in house_clauses():
        assert {code for code, words in clause.titles.items() if words} == codes
        assert {code for code, words in clause.texts.items() if words} == codes


def test_rules_are_there_from_the_first_need_and_once(open_house: Community, visitor: Client) -> None:
    assert not RuleBook.objects.exists()
    for code, title in (("pl", "Szanujemy się nawzajem"), ("de", "Freundlich zu Menschen"), ("uk", "Поважаймо")):
        page = visitor.get("/c/open-house/rules/", headers={"accept-language": code})
        assert title in page.content.decode()
    assert [clause.number for clause in queries.clauses_in_force(open_house)] == list(range(1, 8))
    assert RuleBook.objects.count() == 1


def test_they_are_there_at_the_founding(steward: Member) -> None:
    by = person("overseer", is_staff=True)
    said = {"slug": "new-house", "names": {"en": "New"}, "audience": "anyone", "joining": "open"}
    assert communities.create_community(by=by, steward=steward, **said).rule_books.count() == 1


def test_a_clause_missing_in_my_language_says_which_it_is_in(
    open_house: Community, steward: Member, visitor: Client
) -> None:
    changed(steward, open_house, "Bring a cup")
    page = visitor.get("/c/open-house/rules/", headers={"accept-language": "pl"}).content.decode()
    assert '<h2 lang="en">' in page
    assert 'id="clause-1"' in page
    assert "Bring a cup" in page


def test_rules_are_read_by_whoever_reads_the_community(
    outsider: Member, closed_house: Community, author: Member, client_of: ClientOf
) -> None:
    pages = ("/c/closed-house/rules/", "/c/closed-house/rules/versions/", "/c/closed-house/rules/versions/1/")
    assert [client_of(author).get(page).status_code for page in pages] == [200, 200, 200]
    assert [client_of(outsider).get(page).status_code for page in pages] == [404, 404, 404]


def test_a_change_is_a_version_more(open_house: Community, steward: Member, visitor: Client) -> None:
    first = queries.clauses_in_force(open_house)[0]
    book = changed(steward, open_house, "Bring a cup", "Wash it")
    assert (book.number, book.by, [str(each) for each in book.clauses.all()]) == (
        2,
        steward,
        ["1. Bring a cup", "2. Wash it"],
    )
    assert Clause.objects.get(pk=first.pk).titles == first.titles
    page = visitor.get(first.get_absolute_url(), headers=ENGLISH).content.decode()
    assert "Be kind to persons" in page
    assert "which holds no more" in page
    entry = LogEntry.objects.get(kind="rules.changed")
    assert (entry.by, entry.house, entry.words) == (steward, open_house, "Shorter.")
    assert Change.objects.filter(stream=f"community:{open_house.pk}", kind="rules.changed").count() == 1
    versions = visitor.get("/c/open-house/rules/versions/", headers=ENGLISH).content.decode()
    assert "persons</del>" in versions
    assert "cup</ins>" in versions


def test_only_stewards_change_them(open_house: Community, moderator: Member, author: Member) -> None:
    for member in (moderator, author):
        with pytest.raises(Refusal):
            changed(member, open_house, "Mine alone")
    assert not RuleBook.objects.filter(number=2).exists()


@pytest.mark.parametrize(
    ("clauses", "words"),
    [
        ([], "at least one clause"),
        ([Written(texts={"en": "No title."})], "Clause 1: give it a few words"),
        ([Written(titles={"en": "x" * (LONGEST_TITLE + 1)})], "Clause 1: a title has at most"),
        ([Written(titles={"en": "x"})] * (MOST_CLAUSES + 1), "At most"),
    ],
)
def test_what_is_no_rule_is_refused(clauses: list[Written], words: str, open_house: Community, steward: Member) -> None:
    queries.book_in_force(open_house)
    with pytest.raises(Refusal, match=words):
        actions.change_rules(
            by=steward, community=open_house, clauses=clauses, note="", is_significant=False, based_on=1
        )
    assert RuleBook.objects.count() == 1


def test_the_same_twice_is_one_version(open_house: Community, steward: Member) -> None:
    assert changed(steward, open_house, "Bring a cup") == changed(steward, open_house, "Bring a cup")
    assert LogEntry.objects.count() == 1


def test_members_are_told_of_what_is_significant_until_it_is_undone(
    open_house: Community, steward: Member, author: Member, outsider: Member
) -> None:
    changed(steward, open_house, "Bring a cup", is_significant=False)
    spread()
    assert not Line.objects.filter(topic="rules").exists()
    changed(steward, open_house, "Bring two cups", based_on=2)
    spread()
    told = set(Line.objects.filter(topic="rules").values_list("member__username", flat=True))
    assert told == {"author", "neighbour", "moderator"}
    log.undo(entry=LogEntry.objects.latest("pk"), by=steward)
    spread()
    assert not [line for line in Line.objects.filter(topic="rules") if line.told]
    assert [str(each) for each in queries.clauses_in_force(open_house)] == ["1. Bring a cup"]
    assert RuleBook.objects.count() == 4


def test_what_was_changed_since_is_not_undone(open_house: Community, steward: Member) -> None:
    changed(steward, open_house, "Bring a cup")
    entry = LogEntry.objects.latest("pk")
    changed(steward, open_house, "Bring two cups", based_on=2)
    with pytest.raises(Refusal, match="changed again"):
        log.undo(entry=entry, by=steward)
    assert queries.book_in_force(open_house).number == 3


def test_two_stewards_at_once(open_house: Community, steward: Member, client_of: ClientOf) -> None:
    """The later one gets both, and may put theirs over it."""
    changed(steward, open_house, "Bring a cup")
    with pytest.raises(Conflict):
        changed(steward, open_house, "Bring a spoon")
    form = {
        "clause-0-title_en": "Bring a spoon",
        "based_on": "1",
        "place": f"rules:{open_house.pk}",
        "whole": "clause-",
    }
    browser = client_of(steward)
    answer = browser.post("/c/open-house/rules/edit/", form, headers=ENGLISH)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Bring a spoon"' in page
    assert "cup</ins>" in page
    assert 'name="based_on" value="2"' in page
    assert browser.post("/c/open-house/rules/edit/", form | {"based_on": "2"}).status_code == 302
    assert [str(each) for each in queries.clauses_in_force(open_house)] == ["1. Bring a spoon"]


def test_the_form_orders_clauses_by_their_places_and_keeps_what_is_wrong(
    open_house: Community, steward: Member, moderator: Member, client_of: ClientOf
) -> None:
    address = "/c/open-house/rules/edit/"
    assert client_of(moderator).get(address).status_code == 404
    form = {
        "clause-0-title_en": "Second",
        "clause-0-title_uk": "Друге",
        "clause-0-place": "2",
        "clause-1-title_en": "First",
        "clause-1-text_en": "In two\nlines",
        "clause-1-place": "1",
        "clause-2-text_pl": "Bez tytułu",
        "clause-2-place": "9" * 40,
        "based_on": "1",
        "place": f"rules:{open_house.pk}",
        "whole": "clause-",
    }
    browser = client_of(steward)
    assert 'name="clause-6-title_en"' in browser.get(address).content.decode()
    answer = browser.post(address, form, headers=ENGLISH)
    assert answer.status_code == 422
    assert "Clause 3: give it a few words as a title" in answer.content.decode()
    assert "Bez tytułu" in browser.get(address).content.decode()  # kept as a draft
    assert browser.post(address, form | {"rows": "more"}).status_code == 422
    del form["clause-2-text_pl"]
    assert browser.post(address, form).status_code == 302
    first, second = queries.clauses_in_force(open_house)
    assert (first.titles, first.texts) == ({"en": "First"}, {"en": "In two\nlines"})
    assert second.titles == {"en": "Second", "uk": "Друге"}
