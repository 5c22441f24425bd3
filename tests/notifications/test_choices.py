"""One choice a community, one for a thread, people one mutes: asked as things are told."""

import pytest

from forum import text
from forum.communities import actions as communities
from forum.models import CommunityChoice, Following, PersonMute
from forum.notifications import actions as choices
from forum.threads import actions
from tests.notifications.conftest import ENGLISH, write

pytestmark = pytest.mark.django_db
TITLE = "What the estate gave us"


def test_the_page_keeps_one_choice_a_community(reader, author, open_house, closed_house):
    page = "/notifications/settings/"
    html = reader(author).client.get(page, headers=ENGLISH).content.decode()
    assert html.count('<option value="concerns" selected>') == 2
    fields = {f"level-{open_house.pk}": "nothing", f"level-{closed_house.pk}": "nonsense"}
    for _ in range(2):
        assert reader(author).client.post(page, fields).status_code == 302
    assert CommunityChoice.objects.get().level == "nothing"
    assert reader(author).client.get(page, headers=ENGLISH).content.decode().count('value="nothing" selected') == 1


def test_nobody_chooses_for_a_community_they_do_not_belong_to(reader, outsider, closed_house):
    fields = {f"level-{closed_house.pk}": "everything"}
    assert reader(outsider).client.post("/notifications/settings/", fields).status_code == 302
    choices.choose(member=outsider, levels={closed_house.pk: "everything"})
    assert not CommunityChoice.objects.exists()


@pytest.mark.parametrize(
    ("level", "lines", "bell"),
    [
        ("everything", ["1 new reply", "1 new reply", "1 reply to you"], 3),
        ("concerns", ["1 new reply", "1 reply to you"], 2),
        ("weekly", ["1 new reply", "1 reply to you"], 1),
        ("nothing", [], 0),
    ],
)
def test_what_each_choice_means(level, lines, bell, reader, author, moderator, neighbour, thread_in, open_house):
    choices.choose(member=author, levels={open_house.pk: level})
    direct, followed = thread_in(open_house, title="Direct"), thread_in(open_house, title="Followed")
    body = text.clean("x", "markdown")
    other = actions.start_thread(author=moderator, community=open_house, title="Other", body=body, language="en")
    reader(author).bell()
    choices.read_all(member=author)
    write(neighbour, direct, reply_to=direct.posts.get())
    write(neighbour, followed)
    write(neighbour, other)
    assert sorted(said for _, said in reader(author).lines("?show=unread")) == lines
    assert reader(author).bell() == bell


def test_decisions_come_whatever_one_chose(reader, author, steward, open_house):
    choices.choose(member=author, levels={open_house.pk: "nothing"})
    choices.mute_person(member=author, person=steward)
    communities.change_role(by=steward, community=open_house, member=author, role="moderator")
    assert reader(author).lines() == [("Open house", "You are a moderator of this community now.")]


@pytest.mark.parametrize(
    ("how", "lines"), [("watch", "2 new replies"), ("direct", "you are mentioned"), ("mute", None), ("", None)]
)
def test_a_thread_is_watched_or_muted(how, lines, reader, author, neighbour, moderator, thread_in, open_house):
    """The moderator has not written in it."""
    thread = thread_in(open_house)
    browser = reader(moderator).client
    assert browser.post(f"/notifications/threads/{thread.pk}/", {"how": "watch"}).status_code == 302
    answer = browser.post(f"/notifications/threads/{thread.pk}/", {"how": how})
    assert answer["Location"] == thread.get_absolute_url()
    write(neighbour, thread)
    write(neighbour, thread, "@moderator" if how in {"direct", "mute"} else "Two.")
    assert reader(moderator).lines() == ([(TITLE, lines)] if lines else [])


def test_a_watched_thread_rings_where_nothing_else_does(reader, author, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    choices.choose(member=author, levels={open_house.pk: "nothing"})
    choices.follow(member=author, topic="thread", pk=thread.pk, how="watch")
    write(neighbour, thread)
    assert reader(author).lines() == [(TITLE, "1 new reply")]


def test_muting_reads_what_was_told(reader, author, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    write(neighbour, thread)
    assert reader(author).bell() == 1
    reader(author).client.post(f"/notifications/threads/{thread.pk}/", {"how": "mute"})
    assert reader(author).bell() == 0


def test_nobody_watches_what_they_cannot_see(reader, author, outsider, thread_in, closed_house):
    thread, section = thread_in(closed_house), closed_house.sections.get()
    for address in (f"threads/{thread.pk}/", f"sections/{section.pk}/", "threads/987654/"):
        assert reader(outsider).client.post(f"/notifications/{address}", {"how": "watch"}).status_code == 404
    assert not Following.objects.exists()


def test_an_unknown_choice_for_a_thread_changes_nothing(reader, author, thread_in, open_house):
    thread = thread_in(open_house)
    answer = reader(author).client.post(f"/notifications/threads/{thread.pk}/", {"how": "loudly"}, follow=True)
    assert "Choose one of the buttons." in answer.content.decode()
    assert not Following.objects.exists()


def test_a_muted_person_makes_no_notices(reader, author, neighbour, moderator, thread_in, open_house):
    thread = thread_in(open_house)
    write(neighbour, thread)
    write(moderator, thread)
    browser = reader(author).client
    assert reader(author).lines() == [(TITLE, "2 new replies")]
    for _ in range(2):
        assert browser.post("/notifications/people/neighbour/", {"mute": "on"}).status_code == 302
    assert reader(author).lines() == [(TITLE, "1 new reply")]
    write(neighbour, thread, "@author")
    assert reader(author).lines() == [(TITLE, "1 new reply")]
    page = browser.get("/members/neighbour/", headers=ENGLISH).content.decode()
    assert "You muted this person" in page
    assert "You muted this person" not in reader(moderator).client.get("/members/neighbour/").content.decode()
    browser.post("/notifications/people/neighbour/", {"mute": ""})
    write(neighbour, thread, "@author")
    assert reader(author).lines() == [(TITLE, "1 new reply, you are mentioned")]


def test_one_mutes_only_whom_one_meets_and_never_oneself(reader, author, outsider, open_house):
    assert reader(author).client.post("/notifications/people/outsider/", {"mute": "on"}).status_code == 404
    answer = reader(author).client.post("/notifications/people/author/", {"mute": "on"}, follow=True)
    assert "You cannot mute yourself." in answer.content.decode()
    assert not PersonMute.objects.exists()
