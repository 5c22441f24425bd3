"""Words taken out are out: of every version, in every field, whoever looks."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import models

from forum import text
from forum.methods import actions
from forum.methods.card import Access, Credit, Material, Step
from forum.methods.translations.actions import Saying
from forum.models import Community, Method, MethodTerm, Redaction, Thread, Translation
from forum.threads import actions as threads
from forum.web.errors import Conflict, Refusal
from tests.methods.cards import published, soup
from tests.methods.translated import said

pytestmark = pytest.mark.django_db


def everything() -> str:
    """Every word in every row of the forum, drafts and all."""
    found = []
    for model in apps.get_app_config("forum").get_models():
        kinds = models.CharField | models.TextField | models.JSONField
        names = [field.name for field in model._meta.fields if isinstance(field, kinds)]
        found += [str(row) for row in model._default_manager.values_list(*names)] if names else []
    return " ".join(found).lower()


def full(name: str):
    return {
        "title": f"Soup with {name}",
        "summary": f"{name} cooks.",
        "purpose": f"So that {name} is not alone.",
        "body": f"First {name} comes.\n\nThen **{name}** goes.",
        "steps": (Step(title=name, text=f"{name} peels.", note=f"Ask {name}."),),
        "materials": (Material(name=f"{name}'s pot", note=name),),
        "access": (Access(key="seated", answer="yes", note=f"{name} sits"),),
        "credits": (Credit(name=name),),
        "tags": (f"by {name}",),
        "people": (name,),
        "risks": name,
        "imported": {"attribution": name, "category": [name]},
    }


def test_the_name_is_in_no_row_any_more(author, moderator, open_house):
    method = published(author, open_house, **full("Zosia"))
    card = replace(soup(**full("Zosia")), summary="Somebody cooks.")
    body = text.clean(card.body, "markdown")
    actions.revise_method(editor=author, method=method, card=card, body=body, based_on=1, note="not only Zosia")
    assert "zosia" in everything()
    redaction = actions.redact_method(by=moderator, method=method, words="zosia", reason="a child's name")
    assert redaction.versions == [1, 2]
    assert "zosia" not in everything()
    method.refresh_from_db()
    method.thread.refresh_from_db()
    assert method.title == method.thread.title == "Soup with █████"
    assert MethodTerm.objects.get(method=method, field="tags").term == "by █████"
    assert "█████" in method.versions.get(number=1).html


def test_a_name_in_pieces_of_markup_goes_too(author, visitor, open_house):
    method = published(author, open_house, body="<p>Then Zo<strong>sia</strong> goes.</p>", body_format="html")
    actions.redact_method(by=author, method=method, words="Zosia", reason="a child's name")
    version = method.versions.get(number=1)
    assert "sia" not in str(version.content) + version.html
    assert "Then █████ goes." in text.plain(version.html)


def test_the_choices_of_the_house_are_nobodys_words(author, open_house):
    method = published(author, open_house, space=("courtyard",), summary="In the courtyard.")
    actions.redact_method(by=author, method=method, words="courtyard", reason="the place")
    card = method.versions.get(number=2).card
    assert (card.space, card.language, card.summary) == (("courtyard",), "en", "In the █████.")


def test_why_it_was_adapted_is_searched_as_well(author, neighbour, open_house):
    method = published(author, open_house)
    made = actions.adapt_method(
        author=neighbour,
        parent=method.versions.get(),
        community=open_house,
        card=soup(title="Soup for forty"),
        body=None,
        why="Zosia wanted it.",
    )
    actions.redact_method(by=neighbour, method=made, words="Zosia", reason="a child's name")
    assert Method.objects.get(pk=made.pk).why_changed == "█████ wanted it."


def test_what_others_told_is_theirs(author, neighbour, thread_in, open_house):
    method = published(author, open_house, summary="Zosia cooks.")
    threads.reply(author=neighbour, thread=method.thread, body=text.clean("Zosia cooks well.", "markdown"))
    actions.redact_method(by=author, method=method, words="Zosia", reason="a child's name")
    assert "Zosia cooks well." in method.thread.posts.get(number=2).source


def test_what_no_version_holds_is_said(author, open_house):
    method = published(author, open_house)
    for words in ("Zosia", " ", "x"):
        with pytest.raises(Refusal) as refused:
            actions.redact_method(by=author, method=method, words=words, reason="x")
        assert refused.value.field == "words"
    assert not Redaction.objects.exists()


def test_a_change_begun_before_brings_nothing_back(author, open_house):
    method = published(author, open_house, summary="Zosia cooks.")
    actions.redact_method(by=author, method=method, words="Zosia", reason="a child's name")
    card = replace(soup(), summary="Zosia cooks well.")
    with pytest.raises(Conflict):
        actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="well")
    assert "zosia" not in everything()


def test_a_long_title_stays_within_its_room(author, open_house):
    method = published(author, open_house, title="ab " * 26)
    actions.redact_method(by=author, method=method, words="ab", reason="x")
    method.refresh_from_db()
    method.thread.refresh_from_db()
    assert len(method.title) <= 300
    assert "ab" not in method.title + method.thread.title


def test_it_goes_from_translations_too(author, neighbour, visitor, open_house):
    method = published(author, open_house, **full("Zosia"))
    body = "Zuerst kommt Zosia, dann geht **Zo**sia."
    said(
        method, neighbour, texts={"title": "Zosias Suppe", "tags": "von Zosia", "access-seated": "Zosia", "body": body}
    )
    said(method, neighbour, texts={"summary": "Mit Zosia."})
    said(method, neighbour, "pl", texts={"title": "Zupa Zosi"})
    actions.redact_method(by=author, method=method, words="Zosia", inside=True, reason="a child's name")
    assert "zosia" not in everything()
    assert Translation.objects.get(language="de").summary == "Mit █████."
    assert Translation.objects.get(language="pl").number == 1, "it did not hold the word"
    assert "Made from version" not in visitor.get(f"/methods/{method.pk}/in/de/").content.decode()


def test_words_that_only_a_translation_holds_go_and_do_not_come_back(author, neighbour, visitor, open_house):
    method = published(author, open_house)
    said(method, neighbour, texts={"title": "Suppe mit Zosia"})
    redaction = actions.redact_method(by=author, method=method, words="Zosia", reason="a child's name")
    assert redaction.versions == []
    assert "zosia" not in everything()
    assert visitor.get("/search/?q=Zosia", headers={"accept": "application/json"}).json()["count"] == 0
    with pytest.raises(Refusal) as late:
        actions.translate_method(
            translator=neighbour,
            source=method.versions.get(),
            language="de",
            saying=Saying(texts={"title": "Suppe mit Zosia!"}),
            based_on=1,
        )
    assert late.value.status == 409


def test_only_its_author_and_moderators(client_of, author, neighbour, steward, open_house):
    method = published(author, open_house, summary="Zosia cooks.")
    form = {"words": "Zosia", "reason": "x"}
    assert client_of(neighbour).post(f"/methods/{method.pk}/redactions/new/", form).status_code == 404
    with pytest.raises(Refusal):
        actions.redact_method(by=neighbour, method=method, **form)
    assert taken_out(client_of(steward), method, **form).status_code == 302


def taken_out(client, method, **form):
    """Both steps, as without a script: what the first shows, and then yes."""
    address = f"/methods/{method.pk}/redactions/new/"
    page = client.post(address, form)
    assert page.status_code == 200
    assert b'name="confirmed" value="' in page.content
    return client.post(address, form | {"confirmed": page.context["found"].shown})


def test_whole_words_alone_go_unless_one_asks_for_more(author, open_house):
    said = "Al will talk. AL, _Al_ and Al's pal sing. Also Al-Amin."
    method = published(author, open_house, tips=said)
    actions.redact_method(by=author, method=method, words="al", reason="a child's name")
    assert method.versions.get(number=1).card.tips == (
        "█████ will talk. █████, _█████_ and █████'s pal sing. Also █████-Amin."
    )
    other = published(author, open_house, tips=said)
    actions.redact_method(by=author, method=other, words="al", inside=True, reason="a child's name")
    assert "al" not in other.versions.get(number=1).card.tips.lower()


def test_a_letter_in_two_signs_is_not_the_end_of_a_word(author, open_house):
    method = published(author, open_house, tips="Zosi, Zosi\u0301 and Zosię.")
    actions.redact_method(by=author, method=method, words="Zosi", reason="a child's name")
    assert method.versions.get(number=1).card.tips == "█████, Zosi\u0301 and Zosię."


def test_several_forms_go_at_once_the_longest_first(author, open_house):
    method = published(author, open_house, tips="Zosia, Zosi, Zosię, Zosia  Nowak, Zosin.")
    words = "Zosi\n\n Zosia \r\nZosię\nZosia Nowak"
    actions.redact_method(by=author, method=method, words=words, reason="a child's name")
    assert method.versions.get(number=1).card.tips == "█████, █████, █████, █████, Zosin."
    inside = published(author, open_house, tips="Zosia, Zosin.")
    actions.redact_method(by=author, method=inside, words="Zosi\nZosia", inside=True, reason="a child's name")
    assert inside.versions.get(number=1).card.tips == "█████, █████n."


def test_every_place_is_shown_before_anything_goes(client_of, author, neighbour, open_house):
    method = published(author, open_house, title="Zosia's soup", tips="Ask Zosia, then Zosia's mother.")
    card = soup(title="Zosia's soup", tips="Ask Zosia, then Zosia's mother.", risks="Zosiasoup burns.")
    actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="as Zosia said")
    said(method, neighbour, texts={"title": "Suppe von Zosia"})
    client, form = client_of(author), {"words": "zosia", "reason": "a child's name"}
    page = client.post(f"/methods/{method.pk}/redactions/new/", form)
    found = page.context["found"]
    # the title, in both versions; the tips, twice in both; the note; the translation; the thread's title
    assert found.count == 2 + 4 + 1 + 1 + 1
    assert [(each.label, each.where) for each in found.places][:2] == [
        ("Title", "versions 1, 2"),
        ("Tips", "versions 1, 2"),
    ]
    text = page.content.decode()
    assert "take these 9 places out for good" in text.lower()
    assert "Ask <mark>Zosia</mark>, then <mark>Zosia</mark>&#x27;s mother." in text
    assert found.longer == ["Zosiasoup"]
    assert "Zosiasoup" in text
    assert not Redaction.objects.exists()
    assert client.post(f"/methods/{method.pk}/redactions/new/", form | {"confirmed": found.shown}).status_code == 302
    left = everything()
    assert left.count("zosia") == left.count("zosiasoup") > 0


def test_what_changed_since_it_was_shown_is_shown_again(client_of, author, open_house):
    method = published(author, open_house, tips="Ask Zosia.")
    client, address = client_of(author), f"/methods/{method.pk}/redactions/new/"
    form = {"words": "Zosia", "reason": "x"}
    shown = client.post(address, form).context["found"].shown
    other_words = client.post(address, form | {"words": "soup", "confirmed": shown})
    assert other_words.status_code == 409
    card = soup(tips="Ask Zosia.", risks="Zosia burns.")
    actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="more")
    again = client.post(address, form | {"confirmed": shown})
    assert again.status_code == 409
    assert again.context["found"].count == 3
    assert not Redaction.objects.exists()
    again = client.post(address, form | {"confirmed": again.context["found"].shown})
    assert again.status_code == 302


def test_who_else_still_says_it_is_named_as_far_as_one_sees(client_of, author, neighbour, thread_in, open_house):
    method = published(author, open_house, tips="Ask Zosia.")

    def made(title, of, **changed):
        return actions.adapt_method(
            author=neighbour,
            parent=of.versions.get(),
            community=open_house,
            card=soup(title=title, **changed),
            body=None,
            why="more people",
        )

    holds = made("Soup of ten", method, tips="Ask Zosia.")
    made("Soup without", method)
    below = made("Soup of twenty", holds, tips="Ask Zosia.")
    hidden = made("Soup in secret", method, tips="Ask Zosia.")
    elsewhere = Community.objects.create(slug="else", names={"en": "Elsewhere"}, audience="members", joining="request")
    Thread.objects.filter(pk=hidden.thread_id).update(community=elsewhere)
    page = client_of(author).post(f"/methods/{method.pk}/redactions/new/", {"words": "Zosia", "reason": "x"})
    assert page.context["found"].others == [holds, below]
    assert f'href="{below.get_absolute_url()}"' in page.content.decode()
    assert "Soup in secret" not in page.content.decode()
