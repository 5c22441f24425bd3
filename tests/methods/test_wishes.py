"""A card made of a post: by its author, or by a member with the author's yes; the credit stays."""

import io
import re
from dataclasses import replace

import pytest
from django.utils import timezone

from forum import changes, text
from forum.communities import actions as communities
from forum.communities.models import Community
from forum.files.actions import keep_picture
from forum.methods import actions
from forum.methods.wishes import queries
from forum.models import CardSource, CardWish, Method, Post
from forum.threads import actions as threads
from forum.web.errors import Refusal
from tests.house.walk import tiny_png
from tests.methods.cards import published, soup
from tests.methods.test_pages import FILLED

pytestmark = pytest.mark.django_db

TOLD = "We sit on the stairs. Everybody brings **one** cup.\n\nThen we talk."


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def post(author, open_house):
    return begun(author, open_house)


def begun(author, house, source=TOLD, fmt="markdown", title="Tea on the stairs"):
    body = text.clean(source, fmt)
    thread = threads.start_thread(
        author=author, community=house, title=title, body=body, language="pl", at=timezone.now()
    )
    return thread.posts.get()


def wished(member, post, answer=""):
    wish = actions.wish_card(member=member, post=post)
    return actions.answer_wish(by=post.author, wish=wish, answer=answer) if answer else wish


def made(member, post, **changed):
    card = soup(title="Tea for the stairs", **changed)
    return actions.publish_method(author=member, community=post.thread.community, card=card, body=None, of=post)


def send(client, post, **more):
    return client.post(f"/posts/{post.pk}/card/", FILLED | more)


def article(client, post):
    page = client.get(post.thread.get_absolute_url()).content.decode()
    return page.partition(f'id="post-{post.pk}"')[2].partition("</article>")[0]


def test_the_author_gets_the_form_filled_from_the_post(client_of, author, post):
    page = client_of(author).get(f"/posts/{post.pk}/card/")
    form = page.context["form"]
    assert form["title"].value() == "Tea on the stairs"
    assert form["summary"].value() == "We sit on the stairs."
    assert form["body"].value() == TOLD
    assert form["language"].value() == "pl"
    assert form["credits"].value() == ""
    assert not Method.objects.exists()


def test_a_reply_is_called_by_its_first_sentence_and_quotes_stay_out(client_of, author, post):
    answer = threads.reply(
        author=author, thread=post.thread, body=text.clean(f">>{post.pk}.1\n\nWe dance. Then we eat.", "markdown")
    )
    form = client_of(author).get(f"/posts/{answer.pk}/card/").context["form"]
    assert form["title"].value() == "We dance"
    assert form["body"].value() == "We dance. Then we eat."


def test_a_post_of_the_editor_stands_there_without_its_signs(client_of, author, open_house):
    post = begun(author, open_house, "<p>We <strong>sit</strong>.</p><ul><li>tea</li><li>cups</li></ul>", "html")
    form = client_of(author).get(f"/posts/{post.pk}/card/").context["form"]
    assert form["body"].value() == "We **sit**.\n\n- tea\n- cups"
    assert form["body_format"].value() == "markdown"


def test_the_authors_card_remembers_the_post_and_the_thread_says_so(client_of, author, visitor, post):
    head = changes.head_of(f"thread:{post.thread_id}")
    answer = send(client_of(author), post, title="Tea for the stairs")
    method = Method.objects.get()
    assert answer["Location"] == method.get_absolute_url()
    assert CardSource.objects.get().post == post
    assert method.versions.get().card.credits == ()
    assert changes.head_of(f"thread:{post.thread_id}") == head + 1
    assert method.get_absolute_url() in article(visitor, post)
    document = visitor.get(f"/changes/?stream=thread:{post.thread_id}&since={head}").json()
    assert method.get_absolute_url() in document["changes"][0]["html"]


def test_the_line_follows_the_name_of_the_card(author, visitor, post):
    method = made(author, post)
    head = changes.head_of(f"thread:{post.thread_id}")
    card = replace(method.versions.get().card, title="Coffee for the stairs")
    actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="Coffee.")
    assert changes.head_of(f"thread:{post.thread_id}") == head + 1
    assert "Coffee for the stairs" in article(visitor, post)


def test_a_refused_form_is_kept_as_a_draft_of_its_own(client_of, author, post):
    client = client_of(author)
    fields = {"place": f"card:{post.pk}", "writer": str(author.pk), "whole": "title step-", "title": ""}
    assert send(client, post, **fields).status_code == 422
    assert client.get(f"/posts/{post.pk}/card/").context["form"].rows[0].title == "Invite"
    assert f"/posts/{post.pk}/card/" in client.get("/drafts/").content.decode()
    assert send(client, post, **fields | {"title": "Tea"}).status_code == 302
    assert f"/posts/{post.pk}/card/" not in client.get("/drafts/").content.decode()


def test_somebody_else_asks_first(client_of, author, neighbour, post):
    client = client_of(neighbour)
    assert "Ask Author" in client.get(f"/posts/{post.pk}/card/").content.decode()
    assert send(client, post).status_code == 422
    assert not Method.objects.exists()
    head = changes.head_of(f"member:{author.pk}")
    for _twice in range(2):
        assert client.post(f"/posts/{post.pk}/wishes/")["Location"] == f"/posts/{post.pk}/card/"
    assert CardWish.objects.count() == 1
    assert changes.head_of(f"member:{author.pk}") == head + 1
    assert "You have asked Author" in client.get(f"/posts/{post.pk}/card/").content.decode()
    assert f"/wishes/{CardWish.objects.get().pk}/" in client_of(author).get("/").content.decode()
    assert "Waiting for you" not in client.get("/").content.decode()


def test_with_a_yes_the_form_comes_once_with_the_credit(client_of, author, neighbour, post):
    wish = wished(neighbour, post)
    client = client_of(neighbour)
    page = client_of(author).get(f"/wishes/{wish.pk}/").content.decode()
    assert "Neighbour would like to make a card of your post" in page
    assert client_of(author).post(f"/wishes/{wish.pk}/", {"answer": "yes"}).status_code == 302
    assert f"/posts/{post.pk}/card/" in client.get("/").content.decode()
    page = client.get(f"/posts/{post.pk}/card/")
    assert page.context["form"]["credits"].value() == "Author"
    assert "stays there" in page.content.decode()
    key = re.search(r'name="submission" value="([^"]*)"', page.content.decode())[1]
    answers = [send(client, post, title="Tea", submission=key) for _click in range(2)]
    method = Method.objects.get()
    assert {each["Location"] for each in answers} == {method.get_absolute_url()}
    assert method.author == neighbour
    assert [each.name for each in method.versions.get().card.credits] == ["Author"]
    assert method.versions.get().card.credits[0].role
    assert "has to say yes" in send(client, post, title="Another tea").content.decode()
    assert Method.objects.count() == 1
    assert "Waiting for you" not in client.get("/").content.decode()


def test_a_no_is_a_no(client_of, author, neighbour, post):
    wish = wished(neighbour, post, "no")
    client = client_of(neighbour)
    assert "would rather have no card" in client.get(f"/posts/{post.pk}/card/").content.decode()
    assert client.post(f"/posts/{post.pk}/wishes/").status_code == 422
    assert send(client, post).status_code == 422
    assert client_of(author).post(f"/wishes/{wish.pk}/", {"answer": "yes"}).status_code == 422
    assert CardWish.objects.get().answer == "no"


@pytest.mark.parametrize("answer", ["", "perhaps", "yes\0"])
def test_an_answer_is_one_of_two(client_of, author, neighbour, post, answer):
    wish = wished(neighbour, post)
    assert client_of(author).post(f"/wishes/{wish.pk}/", {"answer": answer}).status_code == 422
    assert not CardWish.objects.get().answer


def test_only_the_author_answers_and_only_the_two_see_it(client_of, author, neighbour, steward, post):
    wish = wished(neighbour, post)
    assert client_of(neighbour).post(f"/wishes/{wish.pk}/", {"answer": "yes"}).status_code == 422
    for method in ("get", "post"):
        assert getattr(client_of(steward), method)(f"/wishes/{wish.pk}/", {"answer": "yes"}).status_code == 404
    assert not CardWish.objects.get().answer


def test_nobody_asks_oneself_or_very_many(author, neighbour, post):
    with pytest.raises(Refusal, match="your own words"):
        wished(author, post)
    for n in range(20):
        wished(neighbour, threads.reply(author=author, thread=post.thread, body=text.clean(f"No. {n}", "markdown")))
    with pytest.raises(Refusal) as refused:
        wished(neighbour, post)
    assert refused.value.status == 429


def test_the_credit_cannot_be_taken_out(client_of, author, neighbour, moderator, post):
    wished(neighbour, post, "yes")
    method = made(neighbour, post)
    bare = replace(method.versions.get().card, credits=(), title="Only mine")
    version = actions.revise_method(editor=neighbour, method=method, card=bare, body=None, based_on=1, note="Mine.")
    assert [each.name for each in version.card.credits] == ["Author"]
    fields = FILLED | {"credits": "", "based_on": "2", "note": "Mine again.", "title": "Still only mine"}
    assert client_of(neighbour).post(f"/methods/{method.pk}/edit/", fields).status_code == 302
    assert [each.name for each in method.versions.get(number=3).card.credits] == ["Author"]
    with pytest.raises(Refusal, match="so it stays"):
        actions.redact_method(by=neighbour, method=method, words="author", reason="Mine")
    actions.redact_method(by=moderator, method=method, words="Author", reason="Asked to be forgotten")
    method.refresh_from_db()
    again = replace(method.versions.get(number=method.version).card, title="Once more")
    version = actions.revise_method(editor=neighbour, method=method, card=again, body=None, based_on=4, note="More.")
    assert "Author" not in str(version.content)


def test_a_deleted_post_makes_no_card(client_of, author, neighbour, steward, post):
    waiting, granted = wished(neighbour, post), wished(steward, post, "yes")
    heads = {member.pk: changes.head_of(f"member:{member.pk}") for member in (author, steward)}
    threads.delete_post(by=author, post=post)
    assert all(changes.head_of(f"member:{pk}") > head for pk, head in heads.items())
    for client, address in (
        (client_of(author), f"/wishes/{waiting.pk}/"),
        (client_of(steward), f"/wishes/{granted.pk}/"),
        (client_of(author), f"/posts/{post.pk}/card/"),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, FILLED | {"answer": "yes"}).status_code == 404
    for member in (author, neighbour, steward):
        assert "Waiting for you" not in client_of(member).get("/").content.decode()
    with pytest.raises(Refusal):
        made(steward, Post.objects.get(pk=post.pk))


def test_a_deleted_post_shows_no_card_and_the_card_stays(client_of, author, visitor, post):
    method = made(author, post)
    threads.delete_post(by=author, post=post)
    assert method.get_absolute_url() not in article(visitor, post)
    assert visitor.get(method.get_absolute_url()).status_code == 200


def test_a_removed_members_wish_is_of_no_use(client_of, author, neighbour, steward, post):
    wish = wished(neighbour, post)
    communities.remove_member(by=steward, community=post.thread.community, member=neighbour, reason="It is time.")
    assert "Waiting for you" not in client_of(author).get("/").content.decode()
    assert client_of(author).get(f"/wishes/{wish.pk}/").status_code == 404
    with pytest.raises(Refusal):
        actions.answer_wish(by=author, wish=wish, answer="yes")
    CardWish.objects.update(answer="yes")
    assert send(client_of(neighbour), post).status_code == 422
    assert not Method.objects.exists()


def test_who_may_not_read_the_post_learns_and_does_nothing(
    client_of, author, neighbour, outsider, visitor, closed_house
):
    post = begun(author, closed_house)
    wish = wished(neighbour, post)
    for address in (f"/posts/{post.pk}/card/", f"/posts/{post.pk}/wishes/", f"/wishes/{wish.pk}/"):
        for method in ("get", "post"):
            assert getattr(client_of(outsider), method)(address).status_code == 404
            assert "/accounts/login/" in getattr(visitor, method)(address)["Location"]
    for deed in (wished, made):
        with pytest.raises(Refusal):
            deed(outsider, post)
    assert CardWish.objects.count() == 1


def test_a_card_stays_in_the_posts_community(author, post, closed_house):
    with pytest.raises(Refusal, match="community of the post"):
        actions.publish_method(author=author, community=closed_house, card=soup(), body=None, of=post)
    assert not Method.objects.exists()


def test_a_card_is_for_no_more_people_than_the_post(client_of, author, visitor, closed_house):
    """The post was for members; the community has opened since."""
    post = begun(author, closed_house)
    Community.objects.filter(pk=closed_house.pk).update(audience="anyone")
    stream = f"community:{closed_house.pk}"
    head = changes.head_of(stream)
    page = client_of(author).get(f"/posts/{post.pk}/card/")
    assert page.context["readers"] == "members"
    method = made(author, Post.objects.get(pk=post.pk))
    assert method.thread.audience == "members"
    assert visitor.get(method.get_absolute_url()).status_code == 404
    assert changes.head_of(stream) == head
    assert method.get_absolute_url() in article(client_of(author), post)


def test_a_version_of_a_members_method_moves_nothing_outside(author, neighbour, closed_house):
    parent = published(author, closed_house)
    Community.objects.filter(pk=closed_house.pk).update(audience="anyone")
    house, stream = Community.objects.get(pk=closed_house.pk), f"community:{closed_house.pk}"
    head, inside = changes.head_of(stream), changes.head_of(f"inside:{closed_house.pk}")
    ours = {
        "parent": parent.versions.get(),
        "community": house,
        "card": soup(title="Ours"),
        "body": None,
        "why": "Tea.",
    }
    method = actions.adapt_method(author=neighbour, **ours)
    assert method.thread.audience == "members"
    assert changes.head_of(stream) == head
    assert changes.head_of(f"inside:{closed_house.pk}") == inside + 1


def test_a_card_for_members_is_not_named_in_an_open_thread(author, visitor, client_of, post):
    method = made(author, post)
    method.thread.audience = "members"
    method.thread.save()
    assert "A card was made" not in article(visitor, post)
    assert "A card was made" not in article(client_of(author), post), "the article is the same for everybody"


def test_pictures_of_the_post_come_with_the_yes(client_of, author, neighbour, visitor, open_house):
    picture = keep_picture(uploader=author, file=io.BytesIO(tiny_png()), size=10)
    foreign = keep_picture(uploader=neighbour, file=io.BytesIO(tiny_png()), size=10)
    source = f"{TOLD}\n\n![Cups](/pictures/{picture.pk}/)\n\n![Not mine](/pictures/{foreign.pk}/)"
    post = begun(author, open_house, source)
    wished(neighbour, post, "yes")
    body = client_of(neighbour).get(f"/posts/{post.pk}/card/").context["form"]["body"].value()
    assert f"/pictures/{picture.pk}/" in body
    send(client_of(neighbour), post, body=body)
    version = Method.objects.get().versions.get()
    assert {use.picture_id for use in version.picture_uses.all()} == {picture.pk, foreign.pk}
    threads.delete_post(by=author, post=post)
    assert visitor.get(f"/pictures/{picture.pk}/").status_code == 200


def test_a_card_is_not_made_of_a_card(author, open_house):
    post = published(author, open_house).thread.posts.get()
    with pytest.raises(Refusal, match="a card already"):
        made(author, post)


def test_the_page_of_a_thread_asks_once_for_all_its_cards(client_of, author, post, django_assert_max_num_queries):
    answers = [
        threads.reply(author=author, thread=post.thread, body=text.clean(f"No. {n}", "markdown")) for n in range(4)
    ]
    for each in answers:
        made(author, each)
    assert len(queries._made(post.thread, [each.pk for each in answers])) == 4
    with django_assert_max_num_queries(1):
        queries._made(post.thread, [each.pk for each in answers])
