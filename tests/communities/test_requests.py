"""Asking to join, and the stewards' queue."""

import pytest

from forum.communities import actions, rules
from forum.communities.models import Community, JoinRequest
from forum.web.errors import Refusal
from tests.cast import person
from tests.communities.helpers import kinds_on, words_of

ASK = "/communities/closed-house/request/"


def test_asking_with_a_note(client_of, outsider, steward, listed_house):
    response = client_of(outsider).post(ASK, {"note": "I run the <b>library</b>"})
    assert response["Location"] == "/communities/"
    request = JoinRequest.objects.get()
    assert (request.member, request.note, request.outcome) == (outsider, "I run the <b>library</b>", "waiting")
    queue = client_of(steward).get("/c/closed-house/requests/").content.decode()
    assert "I run the &lt;b&gt;library&lt;/b&gt;" in queue
    assert kinds_on(f"member:{steward.pk}") == ["requests.changed"]
    assert kinds_on(f"community:{listed_house.pk}") == []  # who asks is nobody else's business


def test_asking_twice_is_asking_once(client_of, outsider, listed_house):
    browser = client_of(outsider)
    browser.post(ASK, {"note": "first"})
    assert browser.get(ASK).status_code == 200
    browser.post(ASK, {"note": "second"})
    assert [request.note for request in JoinRequest.objects.all()] == ["first"]


def test_too_long_and_forged_notes_come_back(client_of, outsider, listed_house):
    response = client_of(outsider).post(ASK, {"note": "x" * 1001})
    assert response.status_code == 422
    assert "x" * 1001 in response.content.decode()
    assert not JoinRequest.objects.exists()
    client_of(outsider).post(ASK, {"note": "nul\x00 and \u202eright to left\r\n\r\nend "})
    assert JoinRequest.objects.get().note == "nul  and  right to left\n\nend"


def test_no_asking_where_one_cannot_ask(client_of, outsider, visitor, listed_house, invited_house):
    browser = client_of(outsider)
    assert browser.get(ASK).status_code == 200  # the outsider may ask somewhere
    assert browser.post("/communities/invited-house/request/").status_code == 404
    assert browser.post("/communities/no-such/request/").status_code == 404
    assert visitor.get(ASK).status_code == 404  # doors are for people who signed in
    Community.objects.filter(pk=invited_house.pk).update(in_directory=True)
    assert browser.post("/communities/invited-house/request/")["Location"] == "/communities/"
    with pytest.raises(Refusal):
        actions.ask_to_join(member=outsider, community=invited_house, note="")


def test_taking_it_back(client_of, outsider, listed_house):
    browser = client_of(outsider)
    browser.post(ASK)
    browser.post(f"{ASK}withdrawal/")
    assert JoinRequest.objects.get().outcome == "withdrawn"
    browser.post(ASK, {"note": "again"})
    assert JoinRequest.objects.filter(outcome="waiting").count() == 1


def test_nobody_takes_back_anothers(client_of, outsider, listed_house):
    request = actions.ask_to_join(member=outsider, community=listed_house, note="")
    other = person("other")
    assert client_of(other).post(f"{ASK}withdrawal/").status_code == 404
    with pytest.raises(Refusal):
        actions.withdraw_request(member=other, request=request)


def test_letting_in_vouches(client_of, outsider, steward, listed_house):
    request = actions.ask_to_join(member=outsider, community=listed_house, note="")
    client_of(steward).post(f"/c/closed-house/requests/{request.pk}/answer/", {"outcome": "approved"})
    request.refresh_from_db()
    outsider.refresh_from_db()
    assert (request.outcome, request.decided_by) == ("approved", steward)
    assert rules.role_of(outsider, listed_house) == "member"
    assert outsider.vouched_at
    assert "request.answered" in kinds_on(f"member:{outsider.pk}")


def test_saying_no(client_of, outsider, steward, listed_house):
    request = actions.ask_to_join(member=outsider, community=listed_house, note="")
    client_of(steward).post(f"/c/closed-house/requests/{request.pk}/answer/", {"outcome": "declined"})
    request.refresh_from_db()
    assert request.outcome == "declined"
    assert rules.role_of(outsider, listed_house) is None


@pytest.mark.parametrize("second", ["approved", "declined"])
def test_the_second_steward_is_told(client_of, outsider, steward, author, listed_house, second):
    actions.change_role(by=steward, community=listed_house, member=author, role="steward")
    request = actions.ask_to_join(member=outsider, community=listed_house, note="")
    address = f"/c/closed-house/requests/{request.pk}/answer/"
    client_of(steward).post(address, {"outcome": "declined"})
    response = client_of(author).post(address, {"outcome": second})
    assert "Steward" in words_of(response)  # the name of who was first
    request.refresh_from_db()
    assert (request.outcome, request.decided_by) == ("declined", steward)
    assert rules.role_of(outsider, listed_house) is None


def test_a_request_taken_back_cannot_be_approved(client_of, outsider, steward, listed_house):
    request = actions.ask_to_join(member=outsider, community=listed_house, note="")
    actions.withdraw_request(member=outsider, request=request)
    response = client_of(steward).post(f"/c/closed-house/requests/{request.pk}/answer/", {"outcome": "approved"})
    assert "Outsider" in words_of(response)
    assert rules.role_of(outsider, listed_house) is None


def test_the_queue_is_for_stewards(client_of, cast, outsider, visitor, listed_house):
    request = actions.ask_to_join(member=outsider, community=listed_house, note="secret hope")
    address = f"/c/closed-house/requests/{request.pk}/answer/"
    assert client_of(cast["steward"]).get("/c/closed-house/requests/").status_code == 200
    for browser in (visitor, *(client_of(who) for who in (outsider, cast["author"], cast["moderator"]))):
        assert browser.get("/c/closed-house/requests/").status_code == 404
        assert browser.post(address, {"outcome": "approved"}).status_code == 404
    with pytest.raises(Refusal):
        actions.approve_request(by=cast["moderator"], request=request)
    with pytest.raises(Refusal):
        actions.decline_request(by=outsider, request=request)


def test_a_request_of_another_community_is_not_there(client_of, outsider, steward, listed_house, open_house):
    request = actions.ask_to_join(member=outsider, community=listed_house, note="")
    address = f"/c/open-house/requests/{request.pk}/answer/"
    assert client_of(steward).post(address, {"outcome": "approved"}).status_code == 404


def test_queries_of_the_queue_do_not_grow(client_of, steward, listed_house, django_assert_max_num_queries):
    for n in range(12):
        actions.ask_to_join(member=person(f"asker{n}"), community=listed_house, note="")
    browser = client_of(steward)
    with django_assert_max_num_queries(10):
        browser.get("/c/closed-house/requests/")
