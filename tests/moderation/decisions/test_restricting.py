"""Paused and suspended: every way of writing is refused with what stands where, and open pages follow at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forum import text
from forum.communities import actions as communities
from forum.methods import actions as methods
from forum.methods.card import Card, Step
from forum.models import Change, Draft, Membership, Restriction
from forum.moderation.decisions import actions, restricting
from forum.moderation.subjects import subject_of
from forum.plans import actions as plans
from forum.plans.outline import Outline
from forum.threads import actions as threads
from forum.web.errors import Refusal
from realtime import journal
from tests.cast import build_house
from tests.moderation.decisions.conftest import decided

pytestmark = pytest.mark.django_db

WORDS = text.clean("Good words.", "markdown")


def ways(author, post, house, method):
    """Every way of writing there is."""
    card = Card(title="T", summary="S", language="en", purpose="P", body="B", steps=(Step(title="x", text="y"),))
    month = timezone.now().date()
    outline = Outline(title="Plan", language="en", blocks=())
    version = method.versions.first()
    theirs = threads.reply(author=method.author, thread=post.thread, body=WORDS)
    return {
        "reply": lambda: threads.reply(author=author, thread=post.thread, body=WORDS),
        "start": lambda: threads.start_thread(author=author, community=house, title="T", body=WORDS, language="en"),
        "edit": lambda: threads.edit_post(editor=author, post=post, body=WORDS, based_on=1),
        "react": lambda: threads.react(member=author, post=post, kind="thanks"),
        "method": lambda: methods.publish_method(author=author, community=house, card=card, body=WORDS),
        "try": lambda: methods.tell_try(
            member=author, version=version, month=month, people=9, again="yes", sentence="x"
        ),
        "wish": lambda: methods.wish_card(member=author, post=theirs),
        "plan": lambda: plans.make_plan(
            owner=author, outline=outline, readers="members", community=house, licence="CC-BY-4.0"
        ),
    }


@pytest.fixture
def method(neighbour, author, open_house):
    from tests.house.walk import tell_methods

    return tell_methods(open_house, "Zq", {"author": neighbour, "neighbour": author}, "0" * 32)


def test_while_paused_nothing_is_written_here(moderator, author, about, post, open_house, method, cast):
    elsewhere = build_house("closed_house", cast)
    decision = decided(moderator, about, "pause")
    for name, write in ways(author, post, open_house, method).items():
        with pytest.raises(Refusal) as refused:
            write()
        words = str(refused.value.message)
        assert "paused" in words, name
        assert decision.get_absolute_url() in words, name
    threads.start_thread(author=author, community=elsewhere, title="T", body=WORDS, language="en")
    actions.reverse(decision=decision, by=moderator, reason="A mistake.")
    for name in ("reply", "react", "try"):
        ways(author, post, open_house, method)[name]()


def test_a_pause_of_the_whole_site(administrator, author, about, post, open_house, cast):
    elsewhere = build_house("closed_house", cast)
    decided(administrator, about, "pause", is_site_wide=True)
    with pytest.raises(Refusal):
        threads.start_thread(author=author, community=elsewhere, title="T", body=WORDS, language="en")
    Membership.objects.filter(community=elsewhere, member=author).delete()
    elsewhere.in_directory = True
    elsewhere.save()
    with pytest.raises(Refusal):
        communities.ask_to_join(member=author, community=elsewhere, note="Please.")


def test_a_paused_steward_invites_nobody(administrator, steward, open_house):
    thread = threads.start_thread(author=steward, community=open_house, title="T", body=WORDS, language="en")
    decided(administrator, subject_of("post", thread.posts.get()), "pause")
    with pytest.raises(Refusal):
        communities.invite(by=steward, community=open_house, email="new@example.org")


def test_the_page_says_so_and_keeps_the_text(moderator, author, about, post, client_of):
    browser = client_of(author)
    decision = decided(moderator, about, "pause")
    page = browser.get(post.thread.get_absolute_url()).content.decode()
    assert 'id="reply"' not in page
    assert decision.get_absolute_url() in page
    sent = {
        "body": "Written before I knew.",
        "body_format": "markdown",
        "place": f"thread:{post.thread_id}",
        "back": "/",
    }
    answer = browser.post(f"/threads/{post.thread_id}/posts/", sent)
    assert answer.status_code == 422
    assert "paused" in answer.content.decode()
    assert Draft.objects.get(member=author, place=f"thread:{post.thread_id}").body == "Written before I knew."
    assert Change.objects.filter(stream=f"member:{author.pk}", kind="standing.changed").count() == 1


def test_a_pause_ends_by_itself(moderator, author, about, post):
    decided(moderator, about, "pause")
    Restriction.objects.update(until=timezone.now())
    threads.reply(author=author, thread=post.thread, body=WORDS)


def sign_in(member):
    browser = Client()
    return browser, browser.post("/accounts/login/", {"login": member.email, "password": "a-good-password"})


def test_a_suspended_account_is_out_at_once_and_led_to_the_reasons(administrator, author, about, visitor, client_of):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=author, email=author.email, verified=True, primary=True)
    browser, _answer = sign_in(author)
    assert browser.get("/accounts/profile/").status_code == 200
    socket_viewer = Member.objects.get(pk=author.pk)
    decision = decided(administrator, about, "suspend", until=timezone.now() + timedelta(days=30))
    assert browser.get("/accounts/profile/").status_code == 302
    look = journal.look([], {author.pk}, set())
    assert look.passwords.get(author.pk) != socket_viewer.password  # the hub closes the socket at its next look

    again, answer = sign_in(author)
    assert answer.status_code == 403
    page = answer.content.decode()
    address = page.split('class="button" href="')[1].split('"')[0]
    assert address.startswith(f"/statements/{decision.pk}-")
    assert visitor.get(address).status_code == 200
    assert again.get("/accounts/profile/").status_code == 302

    Restriction.objects.update(until=timezone.now())
    _browser, answer = sign_in(author)
    assert answer.status_code == 302
    assert Member.objects.get(pk=author.pk).is_active


def test_the_chore_lets_back_in_who_was_suspended_and_nobody_else(administrator, author, about, neighbour):
    decided(administrator, about, "suspend", until=timezone.now() + timedelta(days=1))
    Member.objects.filter(pk=neighbour.pk).update(is_active=False)
    assert restricting.end_suspensions() == 0
    Restriction.objects.update(until=timezone.now())
    assert restricting.end_suspensions() == 1
    assert restricting.end_suspensions() == 0
    assert Member.objects.get(pk=author.pk).is_active
    assert not Member.objects.get(pk=neighbour.pk).is_active


def test_for_good_stays_until_it_is_taken_back(administrator, author, about):
    decision = decided(administrator, about, "suspend")
    assert restricting.end_suspensions() == 0
    assert restricting.suspension_of(Member.objects.get(pk=author.pk)).until_words == ""
    actions.reverse(decision=decision, by=administrator, reason="A mistake.")
    assert Member.objects.get(pk=author.pk).is_active
