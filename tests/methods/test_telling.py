"""Tell: photos and words first; then what they are; published only by the forms it leads to."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from forum import text
from forum.drafts.actions import keep_draft
from forum.drafts.models import Draft
from forum.methods.telling.markdown import as_markdown
from forum.methods.telling.pictures import described, undescribed
from forum.methods.telling.words import try_of
from forum.models import Method, Picture, Post, Thread, Try
from tests.methods.cards import published
from tests.methods.test_pages import FILLED

pytestmark = pytest.mark.django_db

WORDS = "We put a table on the stairs. Everybody who came home sat down for a minute.\n\nThe cat came too."


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo(name="photo.png"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def about(member, **more):
    return {"place": f"tell:{member.pk}", "writer": str(member.pk), "back": "/tell/", "body_format": "markdown"} | more


def tell(client, member, body=WORDS, files=(), **more):
    fields = about(member, body=body, **more) | ({"pictures": list(files)} if files else {})
    return client.post("/tell/", fields)


def told(member, body=WORDS, **more):
    return keep_draft(member=member, place=f"tell:{member.pk}", body=body, **more)


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())[1]


def test_photos_and_words_are_kept_and_nothing_is_published(client_of, author, open_house):
    client = client_of(author)
    assert "image/*" in client.get("/tell/").content.decode()
    answer = tell(client, author, files=[photo("a.png"), photo("b.png")])
    assert (answer.status_code, answer["Location"]) == (302, "/tell/place/")
    draft = Draft.objects.get()
    assert draft.body.startswith(WORDS)
    assert len(undescribed(draft.body)) == Picture.objects.count() == 2
    assert not Post.objects.exists()
    assert WORDS.split("\n", maxsplit=1)[0] in client.get("/tell/").content.decode()


def test_a_photo_alone_is_enough_and_nothing_at_all_is_not(client_of, author, open_house):
    client = client_of(author)
    assert tell(client, author, "", [photo()]).status_code == 302
    assert client.get("/tell/place/").status_code == 200
    Draft.objects.all().delete()
    page = tell(client, author, "  ")
    assert page.status_code == 422
    assert page.context["form"].errors["body"]


def test_for_the_script_the_answer_is_an_address(client_of, author, open_house):
    for body in (WORDS, ""):
        fields = about(author, body=body, pictures=[photo()], draft_version="")
        Draft.objects.all().delete()
        answer = client_of(author).post("/tell/?community=open-house", fields, headers={"Accept": "application/json"})
        assert answer.json() == {"url": "/tell/place/?community=open-house"}


def test_a_failed_upload_keeps_the_words_and_the_photos_that_came(client_of, author, open_house):
    client = client_of(author)
    broken = SimpleUploadedFile("broken.png", b"no picture", "image/png")
    page = tell(client, author, files=[photo(), broken])
    assert page.status_code == 422
    assert "not a picture" in page.context["form"].errors["pictures"][0]
    assert WORDS.split("\n", maxsplit=1)[0] in page.content.decode()
    draft = Draft.objects.get()
    assert draft.body.startswith(WORDS)
    assert len(undescribed(draft.body)) == 1
    again = tell(client, author, draft.body, draft_version=hidden(page, "draft_version"))
    assert again.status_code == 302
    assert len(undescribed(Draft.objects.get().body)) == 1


def test_too_many_photos_are_said_before_any_is_looked_at(client_of, author, open_house):
    page = tell(client_of(author), author, files=[photo() for _ in range(13)])
    assert page.status_code == 422
    assert "up to 12" in page.context["form"].errors["pictures"][0]
    assert not Picture.objects.exists()
    assert Draft.objects.get().body == WORDS


def test_words_of_another_device_are_shown_not_overwritten(client_of, author, open_house):
    told(author, "Typed on the desk.")
    page = tell(client_of(author), author, "Typed on the phone.")
    assert page.status_code == 409
    assert "Typed on the desk." in page.content.decode()
    assert Draft.objects.get().body == "Typed on the desk."
    assert tell(client_of(author), author, "Both.", draft_version=hidden(page, "draft_version")).status_code == 302


def test_signed_out_meanwhile_the_words_come_back(client, author, open_house):
    page = client.post("/tell/", about(author, body=WORDS))
    assert page.status_code == 401
    assert "We put a table" in page.content.decode()
    client.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/tell/").context["form"]["body"].value() == WORDS


def test_where_is_asked_of_ones_own_communities_and_says_who_reads(
    client_of, author, outsider, open_house, closed_house
):
    told(author)
    page = client_of(author).get("/tell/place/?community=closed-house")
    words = page.content.decode()
    assert page.context["chosen"] == "closed-house"
    assert "Everyone on the internet will be able to read this." in words
    assert "Only the 4 members of Closed house will see this." in words
    told(outsider)
    page = client_of(outsider).get("/tell/place/?community=closed-house")
    assert "You belong to no community yet" in page.content.decode()
    assert "Closed house" not in page.content.decode()
    posted = client_of(outsider).post("/tell/place/", {"kind": "method", "community": "closed-house"})
    assert posted.status_code == 422


def test_the_only_community_is_chosen_already_and_a_closed_one_is_none(client_of, author, steward, open_house):
    told(author)
    assert client_of(author).get("/tell/place/").context["chosen"] == "open-house"
    from forum.communities.actions import close_community

    close_community(by=steward, community=open_house, reason="Over.")
    assert client_of(author).get("/tell/place/").context["communities"] == []


def test_what_it_is_must_be_said_and_descriptions_stay(client_of, author, open_house):
    client = client_of(author)
    tell(client, author, files=[photo()])
    picture = Picture.objects.get().pk
    page = client.post("/tell/place/", {"kind": "", f"alt-{picture}": "A [red] wall"})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"kind", "community"}
    assert "A [red] wall" in page.content.decode()
    fields = {"kind": "conversation", "community": "open-house", f"alt-{picture}": "A [red] wall"}
    assert client.post("/tell/place/", fields)["Location"] == "/c/open-house/threads/new/?from=tell"
    assert f"![A red wall](/pictures/{picture}/)" in Draft.objects.get().body
    assert not undescribed(Draft.objects.get().body)


@pytest.mark.parametrize("address", ["/tell/place/", "/tell/method/"])
def test_without_words_one_begins_at_the_beginning(client_of, author, open_house, address):
    answer = client_of(author).get(f"{address}?community=open-house")
    assert answer["Location"] == "/tell/?community=open-house"


def test_a_conversation(client_of, author, open_house):
    told(author)
    keep_draft(member=author, place=f"community:{open_house.pk}", title="Another", body="Something else.")
    client = client_of(author)
    page = client.get("/c/open-house/threads/new/?from=tell")
    assert page.context["form"]["title"].value() == "We put a table on the stairs"
    assert page.context["form"]["body"].value() == WORDS
    assert hidden(page, "place") == f"tell:{author.pk}"
    assert not Thread.objects.exists()
    version = hidden(page, "draft_version")
    fields = about(author, title="A table on the stairs", body=WORDS, draft_version=version)
    assert client.post("/c/open-house/threads/new/", fields).status_code == 302
    assert Thread.objects.get().title == "A table on the stairs"
    assert Draft.objects.get().body == "Something else."


def test_a_refused_form_goes_on_at_the_same_place(client_of, author, open_house):
    told(author)
    client = client_of(author)
    fields = about(author, title="", body=WORDS, draft_version=hidden(client.get("/tell/"), "draft_version"))
    page = client.post("/c/open-house/threads/new/", fields)
    assert page.status_code == 422
    assert hidden(page, "place") == f"tell:{author.pk}"
    assert Draft.objects.get().body == WORDS


def test_a_way_others_can_repeat(client_of, author, open_house):
    client = client_of(author)
    tell(client, author, files=[photo()])
    body = Draft.objects.get().body
    form = client.get("/c/open-house/methods/new/?from=tell").context["form"]
    assert form["title"].value() == "We put a table on the stairs"
    assert form["summary"].value() == "We put a table on the stairs."
    assert form["body"].value() == body
    assert form["maturity"].value() == "idea"
    fields = FILLED | about(author, body=body, whole="title summary body step-")
    page = client.post("/c/open-house/methods/new/", fields)
    method = Method.objects.get()
    assert page["Location"] == method.get_absolute_url()
    assert "/pictures/" in client.get(page["Location"]).content.decode()
    assert method.versions.get().picture_uses.count() == 1
    assert not Draft.objects.exists()


def test_going_back_and_forth_loses_neither_fields_nor_words(client_of, author, open_house):
    client = client_of(author)
    told(author)
    page = client.get("/c/open-house/methods/new/?from=tell")
    fields = {"title": "A table", "purpose": "So that they sit.", "body": WORDS, "step-0-title": "Carry it"}
    saved = {"title": "A table", "body": WORDS, "fields": fields, "version": hidden(page, "draft_version")}
    version = client.put(f"/drafts/tell:{author.pk}/", saved, content_type="application/json").json()["version"]
    back = client.get("/tell/")
    assert back.context["form"]["body"].value() == WORDS
    assert hidden(back, "draft_version") == version
    later = tell(client, author, WORDS + " And the dog.", title=hidden(back, "title"), draft_version=version)
    assert later.status_code == 302
    form = client.get("/c/open-house/methods/new/?from=tell").context["form"]
    assert form["title"].value() == "A table"
    assert form["purpose"].value() == "So that they sit."
    assert form.rows[0].title == "Carry it"
    assert form["body"].value().endswith("And the dog.")


def test_something_we_tried(client_of, author, neighbour, open_house):
    method = published(author, open_house)
    told(neighbour)
    client = client_of(neighbour)
    address = f"/methods/{method.pk}/tries/new/"
    page = client.get(f"{address}?from=tell")
    form = page.context["form"]
    assert form["sentence"].value() == " ".join(WORDS.split())
    fields = {"month": "2025-06", "people": "18", "again": "yes", "sentence": form["sentence"].value()}
    fields |= {"changed": "", "said": form["said"].value()}
    assert client.post(address, fields).status_code == 302
    assert Try.objects.get().sentence == " ".join(WORDS.split())
    assert not Draft.objects.exists()


def test_what_a_report_has_no_room_for_is_not_lost(client_of, author, neighbour, open_house):
    method = published(author, open_house)
    long = "We sat down. " + "And then " * 60 + "we ate."
    draft = told(neighbour, long)
    parts = try_of(draft, 280, 600)
    assert parts.sentence == "We sat down."
    assert f"{parts.sentence} {parts.changed}" == long
    assert parts.said
    too_long = try_of(told(neighbour, long * 3), 280, 600)
    assert len(too_long.changed) <= 600
    assert not too_long.said
    pictured = f"We sat down.\n\n![A wall](/pictures/{'0' * 8}-0000-4000-8000-{'0' * 12}/)"
    told(neighbour, pictured)
    client, address = client_of(neighbour), f"/methods/{method.pk}/tries/new/"
    page = client.get(f"{address}?from=tell")
    assert "is not lost" in page.content.decode()
    assert page.context["form"]["sentence"].value() == "We sat down."
    fields = {"month": "2025-06", "people": "18", "again": "yes", "sentence": "We sat down.", "changed": "", "said": ""}
    client.post(address, fields)
    assert Try.objects.exists()
    assert Draft.objects.get().body == pictured


def test_words_changed_meanwhile_outlive_the_report(client_of, author, neighbour, open_house):
    method = published(author, open_house)
    told(neighbour)
    client, address = client_of(neighbour), f"/methods/{method.pk}/tries/new/"
    said = client.get(f"{address}?from=tell").context["form"]["said"].value()
    told(neighbour, "Something new.")
    client.post(address, {"month": "2025-06", "people": "8", "again": "yes", "sentence": "We sat.", "said": said})
    assert Draft.objects.get().body == "Something new."


def test_which_method_is_asked_among_those_one_may_write_about(
    client_of, author, neighbour, outsider, open_house, closed_house
):
    soup, secret = published(author, open_house), published(author, closed_house, title="Secret soup")
    told(neighbour)
    client = client_of(neighbour)
    client.get(secret.thread.get_absolute_url())
    client.get(soup.thread.get_absolute_url())
    page = client.get("/tell/method/?community=open-house")
    assert [method.pk for method in page.context["found"]] == [soup.pk, secret.pk]
    assert "/c/open-house/methods/new/?from=tell&amp;done=once" in page.content.decode()
    assert [each.pk for each in client.get("/tell/method/?q=secret").context["found"]] == [secret.pk]
    told(outsider)
    for query in ("", "?q=soup", "?q=secret", "?community=closed-house"):
        page = client_of(outsider).get(f"/tell/method/{query}")
        assert page.context["found"] == []
        assert "Closed house" not in page.content.decode()


def test_not_here_yet_is_a_method_that_was_done(client_of, author, open_house):
    told(author)
    form = client_of(author).get("/c/open-house/methods/new/?from=tell&done=once").context["form"]
    assert form["maturity"].value() == "once"


def test_nobody_elses_telling_is_read_or_written(client_of, author, neighbour, open_house):
    told(author)
    client = client_of(neighbour)
    put = client.put(f"/drafts/tell:{author.pk}/", {"body": "Mine."}, content_type="application/json")
    assert put.status_code == 404
    fields = about(author, title="Mine", body="Other words.")
    client.post("/c/open-house/threads/new/", fields)
    assert Draft.objects.get().body == WORDS
    assert "We put a table" not in client.get("/c/open-house/threads/new/?from=tell").content.decode()


def test_the_draft_is_listed_and_leads_back(client_of, author, open_house):
    told(author)
    page = client_of(author).get("/drafts/").content.decode()
    assert 'href="/tell/"' in page
    assert "What you are telling" in page


def test_publishing_a_method_leaves_an_unfinished_thread_alone(author, open_house):
    keep_draft(member=author, place=f"community:{open_house.pk}", title="A thread", body="Half of it.")
    published(author, open_house)
    assert Draft.objects.get().body == "Half of it."


@pytest.mark.parametrize(
    "html",
    [
        "<p>One.</p><p>Two<br>lines, <strong>strong</strong> and <em>soft</em>.</p>",
        '<p>Words</p><p><img src="/pictures/00000000-0000-4000-8000-000000000000/" alt="A wall"></p>',
        "<h3>First</h3><ul><li>one</li><li>two</li></ul><ol><li>a</li><li>b</li></ol><p>5 * 3 * 2 [no link]</p>",
        '<p>See <a href="https://example.org/">this</a>, @author.</p>',
    ],
)
def test_a_text_of_the_editor_stands_in_a_plain_field_without_its_signs(html):
    cleaned = text.clean(html, "html").html
    markdown = as_markdown(cleaned)
    assert markdown
    assert "<p>" not in markdown
    assert text.clean(markdown, "markdown").html == cleaned


def test_a_picture_stands_alone():
    picture = "/pictures/00000000-0000-4000-8000-000000000000/"
    html = f'<p><img src="{picture}" alt="A wall" width="4" height="3">We sat <em>down</em>.</p>'
    assert as_markdown(text.clean(html, "html").html) == f"![A wall]({picture})\n\nWe sat *down*."


def test_what_markdown_cannot_say_stays_as_it_is():
    cleaned = text.clean("<p>H<sub>2</sub>O and <u>more</u></p>", "html").html
    assert as_markdown(cleaned) is None


def test_descriptions_go_into_either_kind_of_text():
    one, two = "0" * 8 + "-0000-4000-8000-" + "0" * 12, "1" * 8 + "-0000-4000-8000-" + "1" * 12
    html = f'<p><img src="/pictures/{one}/" alt="" width="4"></p><p><img alt="Known" src="/pictures/{two}/"></p>'
    assert undescribed(html) == [one]
    assert 'alt="A &quot;wall&quot;"' in described(html, {one: 'A "wall"'})
    assert undescribed(described(f"![](/pictures/{one}/)", {one: "A wall"})) == []
    assert undescribed(described(f"![](/pictures/{one}/)", {one: " "})) == [one]
