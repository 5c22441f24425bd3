"""Decisions about somebody, and invitations: told to them alone, and to nobody who may not know."""

import pytest
from allauth.account.models import EmailAddress

from forum.communities import actions
from forum.models import JoinRequest, Line
from tests.notifications.conftest import ENGLISH, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("approve_request", "Welcome: you belong to this community now."),
        ("decline_request", "Your request to join was declined."),
    ],
)
def test_a_request_is_answered(verb, words, reader, outsider, steward, closed_house):
    closed_house.in_directory = True
    closed_house.save(update_fields=["in_directory"])
    request = actions.ask_to_join(member=outsider, community=closed_house, note="")
    assert reader(outsider).lines() == []
    for _ in range(2):
        getattr(actions, verb)(by=steward, request=JoinRequest.objects.get(pk=request.pk))
    assert reader(outsider).lines() == [("Closed house", words)]
    assert Line.objects.filter(topic="request").count() == 1


def test_a_removal_is_told_with_its_reason_and_what_was_told_before_is_gone(
    reader, author, neighbour, steward, thread_in, closed_house
):
    write(neighbour, thread_in(closed_house, title="Budget"))
    assert reader(author).bell() == 1
    actions.remove_member(by=steward, community=closed_house, member=author, reason="Asked twice.")
    assert reader(author).lines() == [("Closed house", "You were removed from this community.")]
    page = reader(author).page().content.decode()
    assert "The reason: Asked twice." in page
    assert "Budget" not in page
    assert reader(author).bell() == 1  # the removal


def test_who_leaves_is_told_nothing(reader, author, closed_house):
    actions.leave(member=author, community=closed_house)
    assert reader(author).lines() == []


def test_what_happens_after_a_removal_is_not_told(reader, author, neighbour, steward, thread_in, closed_house):
    thread = thread_in(closed_house)
    write(neighbour, thread, "@author", reply_to=thread.posts.get())
    actions.remove_member(by=steward, community=closed_house, member=author, reason="x")
    assert [title for title, _ in reader(author).lines()] == ["Closed house"]  # happened before, told after
    assert not Line.objects.filter(member=author, topic="thread").exists()


def test_a_role_is_told(reader, author, steward, open_house):
    for role in ("moderator", "steward", "member"):
        actions.change_role(by=steward, community=open_house, member=author, role=role)
    (line,) = reader(author).lines()
    assert "You are a moderator" in line[1]
    assert "You are a steward" in line[1]


def invite(steward, house, email):
    return actions.invite(by=steward, community=house, email=email)


def test_an_invitation_reaches_who_has_shown_the_address_to_be_theirs(
    reader, outsider, neighbour, steward, invited_house
):
    address = EmailAddress.objects.create(user=outsider, email=outsider.email, verified=False, primary=True)
    invite(steward, invited_house, outsider.email)
    assert reader(outsider).lines() == []
    address.verified = True
    address.save(update_fields=["verified"])
    token = invite(steward, invited_house, outsider.email)
    ((title, said),) = reader(outsider).lines()
    assert title == "Invited house"
    assert "mail sent to you" in said
    assert reader(neighbour).lines() == []
    actions.accept_invitation(member=outsider, token=token)
    assert reader(outsider).lines() == []  # it is used up


def test_lines_are_nobody_elses(reader, author, neighbour, visitor, thread_in, open_house):
    write(neighbour, thread_in(open_house))
    assert reader(author).bell() == 1
    assert reader(neighbour).bell() == 0
    assert visitor.get("/notifications/").status_code == 302
    assert "bell-count" not in visitor.get("/", headers=ENGLISH).content.decode()
