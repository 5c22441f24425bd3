"""What happens beside a card is told too: wishes, translations, pictures, tries that are hidden, plans; and what no
longer holds is told no more."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from forum import text
from forum.communities import actions as communities
from forum.methods import actions
from forum.models import CardSource, CardWish, Membership
from forum.notifications.registry import _kinds
from forum.plans import actions as plans
from forum.threads import actions as threads
from tests.methods.cards import published, soup
from tests.methods.test_pictures import pictured
from tests.methods.translated import said
from tests.plans.plans import planned

pytestmark = pytest.mark.django_db

SOUP = "Soup in the courtyard"
TEA = "Tea on the stairs"
TRY = {"month": date(2026, 5, 1), "people": 12, "sentence": "It rained.", "again": "yes"}
ASKED = "a question for you: may a card be made of your post?"
GRANTED = "the answer is yes: you can make a card of this post"
DECLINED = "Thank you for asking. The author would rather leave this post without a card."
TRIED = "Your method was tried."
HIDDEN = "The moderators hid what you told. You can read the reason on the page of the method."
SHOWN = "What you told can be read again."
TRANSLATED = "your method can be read in one more language"
OUTDATED = "the card has changed since you translated it"
GONE = "A picture you brought was removed everywhere."
MISSING = "a picture was removed from your method"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def begun(author, house):
    body = text.clean("We sit on the stairs.", "markdown")
    thread = threads.start_thread(author=author, community=house, title=TEA, body=body, language="en")
    return thread.posts.get()


def revised(method, editor, summary="Said better."):
    method.refresh_from_db()
    card = replace(method.versions.get(number=method.version).card, summary=summary)
    number = method.version
    actions.revise_method(editor=editor, method=method, card=card, body=None, based_on=number, note="Better words")


def remove(by, house, member):
    communities.remove_member(by=by, community=house, member=member, reason="x")


def told(reader, member, title):
    """What stands of this title; a removed member has a line of the removal, too."""
    return [words for name, words in reader(member).lines() if name == title]


@pytest.mark.parametrize(("answer", "words"), [("yes", GRANTED), ("no", DECLINED)])
def test_a_wish_and_its_answer(answer, words, reader, author, neighbour, outsider, open_house):
    post = begun(author, open_house)
    for _twice in range(2):
        wish = actions.wish_card(member=neighbour, post=post)
    assert told(reader, author, TEA) == [ASKED]
    page = reader(author).page().content.decode()
    assert f'href="/wishes/{wish.pk}/"' in page
    assert "Neighbour" in page
    reader(author).client.get(f"/wishes/{wish.pk}/")
    assert reader(author).bell() == 0
    for _twice in range(2):
        actions.answer_wish(by=author, wish=wish, answer=answer)
    assert told(reader, neighbour, TEA) == [words]
    link = f"/posts/{post.pk}/card/" if answer == "yes" else f"/wishes/{wish.pk}/"
    assert f'href="{link}"' in reader(neighbour).page().content.decode()
    reader(neighbour).client.get(link)
    assert reader(neighbour).bell() == 0
    assert reader(outsider).lines() == []


def test_a_wish_falls_with_its_post_and_with_who_asked(reader, author, neighbour, moderator, steward, open_house):
    first, second = begun(author, open_house), begun(author, open_house)
    actions.wish_card(member=neighbour, post=first)
    wish = actions.wish_card(member=moderator, post=second)
    actions.answer_wish(by=author, wish=wish, answer="yes")
    assert reader(moderator).bell() == 1
    assert reader(author).bell() == 1
    remove(steward, open_house, neighbour)
    assert told(reader, author, TEA) == []
    threads.delete_post(by=author, post=second)
    assert reader(moderator).lines() == []


def test_a_card_of_ones_post(reader, author, neighbour, outsider, open_house):
    post = begun(author, open_house)
    CardWish.objects.create(post=post, member=neighbour, answer="yes")
    made = {"community": open_house, "body": None, "of": post}
    method = actions.publish_method(author=neighbour, card=soup(title="Tea for all"), **made)
    actions.publish_method(author=author, card=soup(title="My own tea"), **made)
    assert CardSource.objects.count() == 2
    assert reader(author).lines() == [("Tea for all", "a card was made of your post")]
    assert f'href="{method.get_absolute_url()}"' in reader(author).page().content.decode()
    assert [*reader(outsider).lines(), *reader(neighbour).lines()] == []


def test_a_translation_is_told_once_and_its_changes_gathered(
    reader, author, neighbour, moderator, outsider, closed_house
):
    method = published(author, closed_house)
    said(method, neighbour)
    assert reader(author).lines() == [("Suppe im Hof", TRANSLATED)]
    assert f'href="/methods/{method.pk}/in/de/"' in reader(author).page().content.decode()
    reader(author).client.get(f"/methods/{method.pk}/in/de/")
    assert reader(author).bell() == 0
    said(method, moderator, texts={"summary": "Ein Topf."})
    said(method, neighbour, texts={"summary": "Ein Topf für alle."})
    said(method, author, texts={"summary": "Ein großer Topf."})  # one's own is no news
    assert reader(author).lines() == [("Suppe im Hof", "a translation of your method was changed 2 times")]
    assert [*reader(outsider).lines(), *reader(neighbour).lines()] == []
    Membership.objects.filter(member=author).delete()
    assert reader(author).lines() == []


def test_who_translated_hears_that_the_card_has_moved_on(reader, author, neighbour, moderator, steward, closed_house):
    method = published(author, closed_house)
    said(method, neighbour)
    said(method, moderator, texts={"summary": "Ein Topf."})
    said(method, author, "pl", texts={"title": "Zupa"})
    remove(steward, closed_house, moderator)
    revised(method, author)
    revised(method, author, "Said best.")
    words = "the card has changed 2 times since you translated it"
    assert told(reader, neighbour, "Suppe im Hof") == [words]
    assert told(reader, author, "Zupa") == []  # changed it alone
    assert told(reader, moderator, "Suppe im Hof") == []
    said(method, neighbour, version=2, texts={"summary": "Besser."})
    assert told(reader, neighbour, "Suppe im Hof") == [words]  # not of the present version
    said(method, neighbour, texts={"summary": "Am besten."})
    assert told(reader, neighbour, "Suppe im Hof") == []


def test_whose_translation_was_taken_away_reads_why(reader, author, neighbour, moderator, steward, closed_house):
    method = published(author, closed_house)
    said(method, neighbour)
    state = said(method, steward, texts={"summary": "Ein Topf."})
    Membership.objects.filter(member=steward).delete()
    for _twice in range(2):
        actions.remove_translation(by=moderator, translation=state.translation, reason="In verse.")
    assert reader(neighbour).lines() == [("Suppe im Hof", "Your translation was taken away.")]
    assert "The reason: In verse." in reader(neighbour).page().content.decode()
    assert [*reader(steward).lines(), *reader(author).lines()] == []  # the second hears no more of what is not there
    said(method, neighbour)
    assert reader(neighbour).lines() == []
    assert told(reader, author, "Suppe im Hof")


def test_a_picture_removed_by_others(reader, author, neighbour, moderator, steward, outsider, open_house, closed_house):
    """Brought by one, shown by an adaptation of another elsewhere, removed by a third."""
    free = pictured(author, rights="CC-BY-4.0")
    method = published(author, open_house, pictures=(free,))
    card = soup(title="Soup for forty", pictures=(free,))
    made = {"parent": method.versions.get(), "card": card, "body": None, "why": "We were forty."}
    ours = actions.adapt_method(author=neighbour, community=closed_house, **made)
    other = actions.adapt_method(author=steward, community=closed_house, **made)
    Membership.objects.filter(community=closed_house, member=steward).delete()
    reader(author).client.get(ours.get_absolute_url())
    actions.remove_picture(by=moderator, method=method, picture=UUID(free.id), reason="A mother asked.")
    assert reader(author).lines("?show=unread")[0] == (SOUP, GONE)
    page = reader(author).page().content.decode()
    assert "The reason: A mother asked." in page
    assert f'href="/methods/{method.pk}/versions/"' in page
    assert reader(neighbour).lines() == [("Soup for forty", MISSING)]
    page = reader(neighbour).page().content.decode()
    assert [words in page for words in ("A mother asked.", "Moderator", "Closed house")] == [False, False, True]
    assert told(reader, steward, other.title) == []
    assert [*reader(outsider).lines(), *reader(moderator).lines()] == []


def test_who_may_not_read_there_any_more_learns_that_it_is_gone_and_no_more(
    reader, author, neighbour, moderator, closed_house
):
    mine = pictured(author)
    method = published(author, closed_house, pictures=(mine,))
    Membership.objects.filter(member=author).delete()
    actions.remove_picture(by=moderator, method=method, picture=UUID(mine.id), reason="A mother asked.")
    assert reader(author).lines() == [("A picture of yours", GONE)]
    page = reader(author).page().content.decode()
    assert [words for words in ("Moderator", "mother", "Closed", "Soup") if words in page] == []
    assert reader(neighbour).lines() == []


def test_ones_own_picture_taken_out_is_no_news(reader, author, open_house):
    mine = pictured(author)
    method = published(author, open_house, pictures=(mine,))
    actions.remove_picture(by=author, method=method, picture=UUID(mine.id))
    assert reader(author).lines() == []


def test_a_try_hidden_and_shown_again(reader, author, neighbour, moderator, closed_house):
    method = published(author, closed_house)
    one = actions.tell_try(member=neighbour, version=method.versions.get(), **TRY)
    assert reader(author).lines() == [(SOUP, TRIED)]
    for _twice in range(2):
        actions.hide_try(by=moderator, told=one, reason="Unkind words.")
    assert reader(author).lines() == []
    assert reader(neighbour).lines() == [(SOUP, HIDDEN)]
    page = reader(neighbour).page().content.decode()
    assert f'href="{method.get_absolute_url()}"' in page
    assert "Unkind words." in reader(neighbour).client.get(method.get_absolute_url()).content.decode()
    assert reader(neighbour).bell() == 0
    for _twice in range(2):
        actions.show_try(by=moderator, told=one)
    assert reader(neighbour).lines() == [(SOUP, SHOWN)]
    assert reader(author).lines() == [(SOUP, TRIED)]
    actions.withdraw_try(by=neighbour, told=one)
    assert [*reader(neighbour).lines(), *reader(author).lines()] == []


def test_what_is_hidden_is_told_to_nobody_else(reader, author, neighbour, moderator, steward, closed_house):
    """Neither that it happened, nor to its teller what concerns those who tried it."""
    method = published(author, closed_house)
    one, other = (
        actions.tell_try(member=member, version=method.versions.get(), **TRY) for member in (neighbour, steward)
    )
    for each in (one, other):
        actions.hide_try(by=moderator, told=each, reason="x")
    Membership.objects.filter(member=steward).delete()
    revised(method, author)
    assert reader(neighbour).lines() == [(SOUP, HIDDEN)]
    assert [*reader(steward).lines(), *reader(author).lines(), *reader(moderator).lines()] == []


@pytest.mark.parametrize("house", ["", "closed_house"])
def test_who_is_named_plans_along(house, request, reader, author, neighbour, steward, moderator, closed_house):
    plan = planned(author, community=request.getfixturevalue(house) if house else None)
    for member in (neighbour, steward):
        plans.name_planner(by=author, plan=plan, member=member)
    Membership.objects.filter(member=steward, community=closed_house).delete()
    if not house:
        plans.dismiss_planner(by=author, plan=plan, member=steward)
    assert reader(neighbour).lines() == [("A day in the yard", "you were asked to plan along")]
    assert "Author" in reader(neighbour).page().content.decode()
    assert [*reader(steward).lines(), *reader(moderator).lines()] == []
    reader(neighbour).client.get(plan.get_absolute_url())
    assert reader(neighbour).bell() == 0
    plans.dismiss_planner(by=neighbour, plan=plan, member=neighbour)
    assert reader(neighbour).lines() == []


def test_every_word_is_said_under_one_name():
    """Reasons are found by their names, from whatever room they come."""
    found = {(reason.name, reason.words) for kind in _kinds.values() for reason in kind.reasons}
    assert len({name for name, _words in found}) == len(found)
