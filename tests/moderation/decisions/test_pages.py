"""The form: two taps and "Decide"; what is missing is said at its field, and what was typed stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Member
from forum import text
from forum.models import Decision, Letter, PostHiding, ThreadHiding
from forum.moderation.decisions import actions, rules
from forum.moderation.decisions.models import Act
from forum.threads import actions as threads
from tests.cast import person
from tests.moderation.decisions.conftest import decided, report

pytestmark = pytest.mark.django_db

NEW = "/decisions/new/"


def test_two_taps_decide(client_of, moderator, about, clause, post, reported):
    browser = client_of(moderator)
    page = browser.get(f"{NEW}?case={reported.pk}").content.decode()
    assert "an insult or an attack on a person" in page
    assert "Word 2." in page
    answer = browser.post(NEW, {"case": reported.pk, "act": "hide", "ground": clause.pk})
    decision = Decision.objects.get()
    assert answer["Location"] == decision.get_absolute_url()
    assert (decision.clause, decision.is_own_initiative) == (clause, False)
    assert PostHiding.objects.get().post == post


def test_facts_nobody_touched_are_said_in_the_addressees_language(client_of, moderator, about, clause, reported):
    Member.objects.update(interface_language="de")
    from forum.moderation.decisions.forms import DecisionForm

    said = DecisionForm(member=moderator, about=about, case=reported).fields["facts"].initial
    sent = {"case": reported.pk, "act": "hide", "ground": clause.pk}
    Member.objects.filter(pk=moderator.pk).update(interface_language="en")
    client_of(moderator).post(NEW, sent | {"facts": said})
    decision = Decision.objects.get()
    assert decision.language == "de"
    assert about.title in decision.facts


def test_the_second_moderator_is_told_on_a_page(client_of, moderator, other, about, clause, reported):
    decided(moderator, about, "hide", case=reported)
    answer = client_of(other).post(NEW, {"case": reported.pk, "act": "fine"})
    assert answer.status_code == 409
    assert "Moderator decided this first" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Please fill this in"),
        ({"act": "hide"}, "Choose the rule"),
        ({"act": "hide", "ground": "law"}, "Name the law"),
        ({"act": "hide", "ground": "999999999999999999999"}, "is not in the list"),
        ({"act": "reword"}, "Say in a sentence"),
        ({"act": "pause", "ground": "law", "law": "x", "span": "until"}, "Choose a day"),
        ({"act": "pause", "ground": "law", "law": "x", "span": "until", "until": "2020-01-01"}, "still to come"),
        ({"act": "pause", "ground": "law", "law": "x", "span": "until", "until": "9999-12-31"}, "within ten years"),
        ({"act": "suspend", "ground": "law", "law": "x"}, "is not in the list"),
        ({"act": "hide\x00", "facts": "a\x00b"}, "is not in the list"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(sent, words, client_of, moderator, about):
    answer = client_of(moderator).post(NEW, {"about": about.about, "facts": "Typed.", **sent})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert ("Typed." in page) == ("facts" not in sent)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["author", "neighbour", "outsider"])
def test_for_others_there_is_no_such_page(who, request, client_of, about, reported):
    browser = client_of(request.getfixturevalue(who))
    for asked in (
        f"?about={about.about}",
        f"?case={reported.pk}",
        "?about=post:987654",
        "?case=x",
        "?about=post:\x00",
        "",
    ):
        assert browser.get(f"{NEW}{asked}").status_code == 404
    assert browser.post(NEW, {"about": about.about, "act": "warn"}).status_code == 404


def test_the_way_there_stands_with_the_post_for_moderators_alone(client_of, moderator, neighbour, author, post, about):
    address = f"{NEW}?about={about.about}"
    assert address in client_of(moderator).get(f"/posts/{post.pk}/options/").content.decode()
    for member in (neighbour, author):
        assert address not in client_of(member).get(f"/posts/{post.pk}/options/").content.decode()


@pytest.fixture
def advertiser(open_house, author, thread_in):
    member = person("advertiser", vouched_at=None)
    open_house.memberships.create(member=member)
    now = timezone.now()
    for n in range(3):
        body = text.clean(f"Cheap tickets {n}", "markdown")
        threads.start_thread(author=member, community=open_house, title=f"Cheap {n}", body=body, language="en", at=now)
    threads.reply(author=member, thread=thread_in(open_house), body=text.clean("Cheap here, too", "markdown"), at=now)
    return member


def test_advertising_in_bulk_is_one_act_with_one_statement(client_of, moderator, advertiser, open_house, clause):
    from forum.moderation.subjects import subject_of

    post = advertiser.posts.select_related("thread__community", "author").last()
    case = report(subject_of("post", post), moderator.memberships.model.objects.get(role="steward").member)
    browser = client_of(moderator)
    assert "all 4 posts of this person here" in browser.get(f"{NEW}?case={case.pk}").content.decode()
    browser.post(NEW, {"case": case.pk, "act": "hide-all", "ground": clause.pk})
    decision = Decision.objects.get()
    assert (decision.person, decision.community, decision.act) == (advertiser, open_house, Act.HIDE)
    assert (ThreadHiding.objects.count(), PostHiding.objects.count()) == (3, 1)
    assert Letter.objects.filter(member=advertiser).count() == 1
    page = client_of(advertiser).get(decision.get_absolute_url()).content.decode()
    assert "Cheap tickets 2" in page
    assert "Cheap here, too" in page
    actions.reverse(decision=decision, by=moderator, reason="They asked first.")
    assert not ThreadHiding.objects.exists()
    assert not PostHiding.objects.exists()


def test_somebody_known_is_not_hidden_beyond_what_one_can_read(moderator, author, about, open_house, monkeypatch):
    author.date_joined = timezone.now() - timedelta(days=90)
    monkeypatch.setattr(rules, "MOST_AT_ONCE", 1)
    assert rules.why_not_all(author, 2) is not None
    author.date_joined = timezone.now()
    assert rules.why_not_all(author, 2) is None
