"""Pictures in a card: rights of their own, the yes of whoever is on them, and gone everywhere when they go."""

import io
import json
from typing import Any
from uuid import UUID

import pytest
from django.core.files.storage import default_storage

from forum import changes, text
from forum.drafts.actions import keep_draft
from forum.files.actions import keep_picture
from forum.methods import actions
from forum.methods.card import CardPicture
from forum.models import Draft, Method, MethodPicture, Picture, PictureGap, PictureRemoval, Post, Revision
from forum.threads import actions as threads
from forum.web.errors import Refusal
from tests.house.walk import tiny_png, upload
from tests.house.ways.methods import CARD
from tests.methods.cards import published, soup
from tests.methods.translated import said as translated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo(member) -> str:
    return str(keep_picture(uploader=member, file=io.BytesIO(tiny_png()), size=10).pk)


def pictured(member, **said: Any) -> CardPicture:
    return CardPicture(id=photo(member), **{"alt": "A pot on a fire", "author": "Ola", **said})


def revised(method: Method, **changed: Any):
    card = soup(**changed)
    body = text.clean(card.body, card.body_format) if card.body else None
    return actions.revise_method(
        editor=method.author, method=method, card=card, body=body, based_on=method.version, note="Why"
    )


def adapted(method: Method, member, community, **changed: Any) -> Method:
    card = soup(title="Soup for forty", **changed)
    body = text.clean(card.body, card.body_format) if card.body else None
    parent = method.versions.get(number=method.version)
    return actions.adapt_method(
        author=member, parent=parent, community=community, card=card, body=body, why="We were forty."
    )


def filled(**more: Any) -> dict[str, Any]:
    return {**CARD, "licence": "CC-BY-SA-4.0", **more}


def test_a_picture_is_seen_by_those_who_may_read_the_card(
    client_of, author, neighbour, outsider, visitor, closed_house
):
    picture = pictured(author)
    address = f"/pictures/{picture.id}/"
    assert client_of(neighbour).get(address).status_code == 404
    method = published(author, closed_house, pictures=(picture,))
    page = client_of(neighbour).get(method.get_absolute_url()).content.decode()
    assert f'src="{address}"' in page
    assert "A pot on a fire" in page
    assert "Ola" in page
    assert client_of(neighbour).get(address).status_code == 200
    assert [who.get(address).status_code for who in (client_of(outsider), visitor)] == [404, 404]


def test_without_a_script_files_come_with_the_form(client_of, author, open_house):
    browser, address = client_of(author), f"/c/{open_house.slug}/methods/new/"
    answer = browser.post(address, filled(pictures=[upload(), upload()]))
    assert answer.status_code == 422
    first, second = map(str, Picture.objects.order_by("at").values_list("pk", flat=True))
    page = answer.content.decode()
    assert page.count("Please say in a few words what can be seen in this picture.") >= 2
    assert f'name="picture-id-0" value="{first}"' in page
    rows = {"picture-id-0": first, "picture-alt-0": "A pot", "picture-place-0": "2"}
    rows |= {"picture-id-1": second, "picture-alt-1": "A ladle", "picture-place-1": "1"}
    assert browser.post(address, filled(**rows)).status_code == 302
    card = Method.objects.get().versions.get().card
    assert [each.alt for each in card.pictures] == ["A ladle", "A pot"]
    assert MethodPicture.objects.count() == 2


def test_a_refused_form_keeps_its_files_in_the_draft(client_of, author, open_house):
    browser, address = client_of(author), f"/c/{open_house.slug}/methods/new/"
    answer = browser.post(
        address, filled(title="", pictures=[upload()], place=f"methods:{open_house.pk}", whole="title")
    )
    assert answer.status_code == 422
    assert Draft.objects.get().fields["picture-id-0"] == str(Picture.objects.get().pk)
    assert str(Picture.objects.get().pk) in browser.get(address).content.decode()


def test_what_is_no_picture_is_said_on_the_field(client_of, author, open_house):
    broken = io.BytesIO(b"no picture")
    broken.name = "x.png"
    answer = client_of(author).post(f"/c/{open_house.slug}/methods/new/", filled(pictures=[broken]))
    assert answer.status_code == 422
    assert 'id="pictures-wrong"' in answer.content.decode()
    assert not Method.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"picture-alt-0": ""}, "what can be seen"),
        ({"picture-alt-0": "x" * 301}, "1 character shorter"),
        ({"picture-people-0": "yes"}, "only when they agreed"),
        ({"picture-rights-0": "CC-BY-4.0", "picture-author-0": ""}, "whose picture it is"),
        ({"picture-rights-0": "stolen"}, "not one of the choices"),
    ],
)
def test_what_a_picture_must_say(said, words, client_of, author, open_house):
    rows = {"picture-id-0": photo(author), "picture-alt-0": "A pot", **said}
    answer = client_of(author).post(f"/c/{open_house.slug}/methods/new/", filled(**rows))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Method.objects.exists()


def test_people_who_did_not_agree_are_not_published_by_any_way(author, open_house):
    with pytest.raises(Refusal) as refused:
        published(author, open_house, pictures=(pictured(author, people=True),))
    assert refused.value.field == "pictures"
    assert not Method.objects.exists()
    method = published(author, open_house, pictures=(pictured(author, people=True, consent=True),))
    assert method.versions.get().card.pictures[0].consent


def test_thirteen_are_too_many(client_of, author, open_house):
    rows = {f"picture-id-{n}": photo(author) for n in range(13)} | {f"picture-alt-{n}": "A pot" for n in range(13)}
    answer = client_of(author).post(f"/c/{open_house.slug}/methods/new/", filled(**rows))
    assert answer.status_code == 422
    assert "choose up to 12" in answer.content.decode()


def test_somebody_elses_picture_cannot_be_put_into_a_card(author, neighbour, open_house, closed_house):
    hidden = pictured(author)
    published(author, closed_house, pictures=(hidden,))
    body = f"Look here, all of you.\n\n![A pot](/pictures/{hidden.id}/)"
    method = published(neighbour, open_house, pictures=(hidden, pictured(neighbour)), body=body)
    version = method.versions.get()
    assert [each.id for each in version.card.pictures] != [hidden.id]
    assert len(version.card.pictures) == 1
    assert hidden.id not in version.html + version.card.body
    assert "A pot" in version.html


def test_an_adaptation_takes_along_what_may_be_taken(client_of, author, neighbour, open_house):
    free = pictured(author, alt="Free", rights="CC-BY-4.0")
    kept = pictured(author, alt="Kept")
    people = pictured(author, alt="People", rights="CC-BY-4.0", people=True, consent=True)
    inside = photo(author)
    body = f"Look here, all of you.\n\n![In the text](/pictures/{inside}/)"
    method = published(author, open_house, pictures=(free, kept, people), body=body)
    address = f"/methods/{method.pk}/adaptations/new/"
    page = client_of(neighbour).get(address).content.decode()
    assert [free.id in page, kept.id in page, people.id in page, inside in page] == [True, False, False, False]
    for said in ("Kept", "People", "In the text", "agreed to be shown there", "shown only there"):
        assert said in page
    mine = client_of(author).get(address).content.decode()
    assert all(each in mine for each in (free.id, kept.id, people.id, inside))
    ours = adapted(method, neighbour, open_house, pictures=(free, kept, people), body=body)
    version = ours.versions.get()
    assert version.card.pictures == (free,)
    assert inside not in version.html


def test_what_is_said_of_anothers_picture_stays(client_of, author, neighbour, open_house):
    free = pictured(author, rights="CC-BY-4.0")
    method = published(author, open_house, pictures=(free,))
    rows = {"picture-id-0": free.id, "picture-alt-0": "Ein Topf", "picture-author-0": "Me", "picture-rights-0": "here"}
    browser = client_of(neighbour)
    assert browser.post(f"/methods/{method.pk}/adaptations/new/", {**CARD, "why": "x", **rows}).status_code == 302
    ours = Method.objects.exclude(pk=method.pk).get()
    (said,) = ours.versions.get().card.pictures
    assert (said.alt, said.author, said.rights) == ("Ein Topf", "Ola", "CC-BY-4.0")
    page = browser.get(f"/methods/{ours.pk}/edit/").content.decode()
    assert 'name="picture-author-0" value="Ola"' not in page
    form = {**CARD, "based_on": "1", "note": "x", **rows, "picture-alt-0": "Ein Kessel"}
    assert browser.post(f"/methods/{ours.pk}/edit/", form).status_code == 302
    (said,) = ours.versions.get(number=2).card.pictures
    assert (said.alt, said.author, said.rights) == ("Ein Kessel", "Ola", "CC-BY-4.0")


def test_files_and_machines_name_it_under_its_own_rights(visitor, author, open_house, settings):
    mine = pictured(author)
    free = pictured(author, alt="Free", rights="CC-BY-4.0", people=False)
    method = published(author, open_house, pictures=(mine, free))
    record = visitor.get(f"/methods/{method.pk}/record.json").json()
    assert [each["url"] for each in record["pictures"]] == [
        f"{settings.SITE_URL}/pictures/{each.id}/" for each in (mine, free)
    ]
    assert [each["rights"] for each in record["pictures"]] == ["here", "CC-BY-4.0"]
    assert f"/pictures/{mine.id}/" in visitor.get(f"/methods/{method.pk}/card.md").content.decode()
    sheet = b"".join(visitor.get("/methods/methods.csv").streaming_content).decode()
    assert f"/pictures/{mine.id}/" in sheet
    page = visitor.get(method.get_absolute_url()).content.decode()
    howto = json.loads(page.split('type="application/ld+json"')[1].split(">", 1)[1].split("</script>")[0])
    assert [each.get("license") for each in howto["image"]] == [None, "https://creativecommons.org/licenses/by/4.0/"]
    assert [each["creditText"] for each in howto["image"]] == ["Ola", "Ola"]


def removal_over_everything(author, neighbour, open_house, closed_house):
    """A method in two versions, an adaptation of it in a closed community, posts, drafts: all with one picture."""
    free = pictured(author, rights="CC-BY-4.0")
    shown = f"Look here, all of you.\n\n![A pot on a fire](/pictures/{free.id}/)"
    method = published(author, open_house, pictures=(free,), body=shown)
    revised(method, pictures=(pictured(author, alt="Another"),), body=f"{shown}\n\nMore.")
    parent = method.versions.get(number=1)
    card = soup(title="Soup for forty", pictures=(free,))
    ours = actions.adapt_method(
        author=neighbour, parent=parent, community=closed_house, card=card, body=None, why="We were forty."
    )
    post = threads.reply(author=author, thread=method.thread, body=text.clean(shown, "markdown"))
    html = text.clean(f'<p>Look.</p><p><img src="/pictures/{free.id}/" alt="A pot &amp; a fire"></p>', "html")
    threads.reply(author=neighbour, thread=ours.thread, body=html)
    threads.edit_post(editor=author, post=post, body=text.clean(f"{shown}\n\nSee.", "markdown"), based_on=1)
    keep_draft(member=neighbour, place=f"thread:{method.thread_id}", body=shown)
    fields = {"picture-id-0": free.id, "picture-alt-0": "A pot", "body": shown}
    keep_draft(member=author, place=f"method:{method.pk}", body=shown, fields=fields)
    return free, method, ours


def everything() -> str:
    rows: list[Any] = [*Post.objects.values_list("source", "html"), *Revision.objects.values_list("source", "html")]
    rows += [*Draft.objects.values_list("body", "fields"), *MethodPicture.objects.values_list("picture")]
    for method in Method.objects.all():
        rows += [*method.versions.values_list("content", "html")]
    return " ".join(map(str, rows))


def test_a_removed_picture_is_nowhere_any_more(
    client_of, author, neighbour, moderator, open_house, closed_house, visitor, django_capture_on_commit_callbacks
):
    free, method, ours = removal_over_everything(author, neighbour, open_house, closed_house)
    stored = Picture.objects.get(pk=free.id).file.name
    record = f"/methods/{ours.pk}/record.json"
    assert free.id in client_of(neighbour).get(record).content.decode()
    heads = [changes.head_of(f"method:{each.pk}") for each in (method, ours)]
    threads_before = [changes.head_of(f"thread:{each.thread_id}") for each in (method, ours)]
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_picture(by=moderator, method=method, picture=Picture.objects.get(pk=free.id).pk, reason="Asked.")
    assert free.id not in everything()
    assert not default_storage.exists(stored)
    assert not Picture.objects.filter(pk=free.id).exists()
    for who in (client_of(author), client_of(neighbour), visitor):
        assert who.get(f"/pictures/{free.id}/").status_code == 404
    assert free.id not in client_of(neighbour).get(record).content.decode()
    assert free.id not in client_of(neighbour).get(ours.get_absolute_url()).content.decode()
    assert "A pot on a fire" in method.versions.get(number=1).html
    assert "A pot &amp; a fire" in ours.thread.posts.get(number=2).html
    assert [changes.head_of(f"method:{each.pk}") for each in (method, ours)] == [head + 1 for head in heads]
    assert all(
        changes.head_of(f"thread:{each.thread_id}") > was
        for each, was in zip((method, ours), threads_before, strict=True)
    )
    assert len(method.versions.get(number=2).card.pictures) == 1
    assert {gap.method_id: gap.versions for gap in PictureGap.objects.all()} == {method.pk: [1, 2], ours.pk: [1]}
    told = [client_of(neighbour).get(f"/methods/{each.pk}/versions/").content.decode() for each in (method, ours)]
    assert "Moderator" in told[0]
    assert "Asked." in told[0]
    assert "Asked." not in told[1]
    assert "A picture was removed everywhere" in told[1]


def test_it_is_gone_in_every_language(client_of, author, neighbour, open_house):
    """From all states; who is changing one hears of it."""
    mine, other = photo(author), photo(author)
    method = published(author, open_house, body=f"Look here, all of you.\n\n![A pot](/pictures/{mine}/)")
    shown = f"Seht alle her.\n\n![Ein Topf](/pictures/{mine}/) ![Ein Herd](/pictures/{other}/)"
    translated(method, neighbour, texts={"body": shown})
    translation = translated(method, neighbour, texts={"body": shown, "summary": "Ein Topf."}).translation
    actions.remove_picture(by=author, method=method, picture=UUID(mine))
    states = list(translation.states.order_by("number"))
    assert mine not in " ".join(f"{state.texts} {state.html}" for state in states)
    assert all("Ein Topf" in state.html and other in state.html for state in states)
    for state in states:
        assert text.clean(state.texts["body"], state.texts["body_format"]).html == state.html
    translation.refresh_from_db()
    assert [state.number for state in states] == [1, translation.number] == [1, 3]
    page = client_of(neighbour).get(f"/methods/{method.pk}/in/de/").content.decode()
    assert "Ein Topf" in page
    assert mine not in page


def test_the_cleaned_source_gives_the_stored_text_again(author, neighbour, moderator, open_house, closed_house):
    free, method, _ours = removal_over_everything(author, neighbour, open_house, closed_house)
    actions.remove_picture(by=author, method=method, picture=Picture.objects.get(pk=free.id).pk)
    for version in method.versions.all():
        assert text.clean(version.card.body, version.card.body_format).html == version.html
    for post in Post.objects.all():
        assert text.clean(post.source, post.format).html == post.html


def test_a_change_begun_before_brings_it_not_back(author, open_house):
    gone = pictured(author)
    method = published(author, open_house, pictures=(gone,))
    actions.remove_picture(by=author, method=method, picture=Picture.objects.get().pk)
    version = revised(
        method, pictures=(gone,), summary="Later.", body=f"Look here, you all. ![x](/pictures/{gone.id}/)"
    )
    assert version.card.pictures == ()
    assert gone.id not in version.html + str(version.content)


def test_who_may_remove(client_of, author, neighbour, steward, moderator, outsider, visitor, open_house):
    method = published(author, open_house, pictures=(pictured(author, rights="CC-BY-4.0"),))
    address, picture = f"/methods/{method.pk}/picture-removals/new/", Picture.objects.get().pk
    ours = adapted(method, neighbour, open_house, pictures=method.versions.get().card.pictures)
    for who in (neighbour, outsider):
        assert client_of(who).get(address).status_code == 404
        assert client_of(who).post(address, {"picture": picture, "reason": "x"}).status_code == 404
        with pytest.raises(Refusal):
            actions.remove_picture(by=who, method=method, picture=picture, reason="x")
    there = f"/methods/{ours.pk}/picture-removals/new/"
    assert client_of(neighbour).get(there).status_code == 404  # it was only taken along
    assert client_of(author).get(there).status_code == 200
    assert visitor.get(address).status_code == 302
    answer = client_of(moderator).post(address, {"picture": picture, "reason": ""})
    assert answer.status_code == 422
    assert "Please say why" in answer.content.decode()
    assert client_of(steward).post(address, {"picture": picture, "reason": "A mother asked."}).status_code == 302
    assert PictureRemoval.objects.get().by == steward
    assert client_of(steward).post(address, {"picture": picture, "reason": "x"}).status_code == 404


def test_a_picture_in_the_text_can_be_removed_too(client_of, author, open_house):
    inside = photo(author)
    method = published(author, open_house, body=f"Look here, all of you.\n\n![In the text](/pictures/{inside}/)")
    address = f"/methods/{method.pk}/picture-removals/new/"
    assert "In the text" in client_of(author).get(address).content.decode()
    assert client_of(author).post(address, {"picture": inside}).status_code == 302
    assert inside not in method.versions.get().html


def test_what_came_with_an_import_forgets_its_address(author, open_house, settings):
    mine = pictured(author)
    method = published(author, open_house, pictures=(mine,))
    named = [{"url": f"{settings.SITE_URL}/pictures/{mine.id}/", "alt": "A pot"}, {"url": "https://x.example/a.jpg"}]
    other = published(author, open_house, title="Came from elsewhere", imported={"pictures": named})
    actions.remove_picture(by=author, method=method, picture=Picture.objects.get().pk)
    assert other.versions.get().card.imported == {"pictures": named[1:]}


def test_an_export_comes_back_byte_by_byte_and_shows_nothing(author, open_house, closed_house, tmp_path, visitor):
    from django.core.management import call_command

    published(author, open_house, pictures=(pictured(author), pictured(author, rights="CC-BY-4.0", author="")))
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    call_command("export_methods", first, community=open_house.slug)
    call_command("import_methods", first, community=closed_house.slug, verbosity=0)
    call_command("export_methods", second, community=closed_house.slug)
    assert first.read_bytes() == second.read_bytes()
    taken = Method.objects.get(community=closed_house).versions.get()
    assert taken.card.pictures == ()
    assert not taken.picture_uses.exists()


def test_a_word_taken_out_does_not_touch_an_id(author, open_house):
    mine = pictured(author, alt="A pot called abc")
    method = published(author, open_house, pictures=(mine,))
    with pytest.raises(Refusal):
        actions.redact_method(by=author, method=method, words=mine.id[:8], reason="x")
    actions.redact_method(by=author, method=method, words="abc", reason="x")
    assert {version.card.pictures[0].id for version in method.versions.all()} == {mine.id}
    assert method.versions.get(number=2).card.pictures[0].alt == "A pot called █████"
    assert method.versions.get(number=2).picture_uses.exists()


def test_two_versions_are_compared_with_their_pictures(client_of, author, open_house):
    method = published(author, open_house, pictures=(pictured(author),))
    revised(method, pictures=(pictured(author, alt="A ladle"),))
    page = client_of(author).get(f"/methods/{method.pk}/versions/?from=1&to=2").content.decode()
    assert "<ins>ladle" in page
    assert "Pictures" in page


def test_a_picture_only_named_in_a_draft_is_not_swept(author, open_house):
    from datetime import timedelta

    from django.utils import timezone

    from forum.files.actions import delete_abandoned

    kept, unused = photo(author), photo(author)
    keep_draft(member=author, place=f"methods:{open_house.pk}", fields={"picture-id-0": kept})
    assert delete_abandoned(timezone.now() + timedelta(days=8)) == 1
    assert [str(pk) for pk in Picture.objects.values_list("pk", flat=True)] == [kept]
    assert kept != unused


def test_the_editor_is_answered_where_methods_are_written(client_of, author, neighbour, open_house, thread_in):
    """Formatting a text with a quote, and who can be named: at a new card, a change, an adaptation."""
    method = published(author, open_house)
    quote = f">>{thread_in(open_house).posts.get().pk}.1\n\nAs was said there."
    browser = client_of(author)
    for place in (f"methods:{open_house.pk}", f"method:{method.pk}", f"adaptation:{method.pk}"):
        answer = browser.post("/preview/", {"body": quote, "place": place}, headers={"accept": "application/json"})
        assert "We began with tea." in answer.json()["html"]
        assert "Neighbour" in browser.get(f"/mentions/?place={place}&q=neigh").content.decode()
    quoting = published(author, open_house, title="With a quote", body=quote)
    assert "We began with tea." in browser.get(quoting.get_absolute_url()).content.decode()


def test_naming_a_picture_of_another_gives_no_power_over_it(client_of, author, neighbour, open_house):
    """As an old card, or one that was imported, may."""
    theirs = photo(author)
    method = published(neighbour, open_house)
    html = f'<p><img src="/pictures/{theirs}/" alt="A pot"></p>'
    method.versions.update(html=html)
    assert client_of(neighbour).get(f"/methods/{method.pk}/picture-removals/new/").status_code == 404
    with pytest.raises(Refusal):
        actions.remove_picture(by=neighbour, method=method, picture=Picture.objects.get().pk, reason="x")
