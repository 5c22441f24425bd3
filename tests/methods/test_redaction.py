"""Words taken out are out: of every version, in every field, whoever looks."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import models

from forum import text
from forum.methods import actions
from forum.methods.card import Access, Credit, Material, Step
from forum.methods.translations.actions import Saying
from forum.models import Method, MethodTerm, Redaction, Translation
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
    actions.redact_method(by=author, method=method, words="Zosia", reason="a child's name")
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
    assert client_of(steward).post(f"/methods/{method.pk}/redactions/new/", form).status_code == 302
