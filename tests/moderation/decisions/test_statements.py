"""The statement of reasons holds everything that article 17(3) of the Digital Services Act asks for, on its page and in
its letter, in four languages; and names nobody who decided."""

import re
from html import unescape

import pytest
from django.core import mail as mailbox
from django.utils import timezone, translation

from forum.mail import sending
from forum.models import Letter
from forum.moderation.decisions import statements, tokens
from forum.moderation.decisions.models import RESTRICTIONS
from forum.moderation.subjects import subject_of
from tests.moderation.decisions.conftest import decided

pytestmark = pytest.mark.django_db

ASKED = ["restricted", "where", "how_long", "facts", "origin", "machines", "redress"]


def flat(words):
    return " ".join(unescape(re.sub(r"<[^<>]+>", " ", words)).split())


def letter_of(decision, language):
    member = decision.addressee
    member.interface_language = language
    member.save(update_fields=["interface_language"])
    mailbox.outbox.clear()
    Letter.objects.filter(about=decision.pk).update(due_at=timezone.now(), sent_at=None)
    sending.send_due()
    (message,) = (each for each in mailbox.outbox if each.to == [member.email])  # the reporter has one of their own
    return flat(message.subject + " " + message.body)


@pytest.mark.parametrize("act", RESTRICTIONS)
def test_every_point_stands_on_the_page_and_in_the_letter(act, administrator, about, visitor, reported, moderator):
    by = administrator if act in {"remove", "suspend"} else moderator
    if by is administrator:
        reported.level = 3
        reported.save()
    decision = decided(by, about, act, case=reported)
    address = f"/statements/{tokens.token_of(decision)}/"
    for language in ("pl", "en", "de", "uk"):
        page = flat(visitor.get(address, headers={"Accept-Language": language}).content.decode())
        letter = letter_of(decision, language)
        with translation.override(language):
            parts = statements.parts(decision)
            names = [part.name for part in parts]
            assert [name for name in names if name in ASKED] == ASKED
            assert "clause" in names
            said = [flat(part.words) for part in parts] + [statements.signature(decision)]
            assert [words for words in said if words not in page] == []
            assert [words for words in said if words not in letter] == []
        assert "Word 2." in page  # their own words in full
        assert by.display_name not in page + letter or by is moderator
        assert f"by {by.display_name}" not in page + letter
    assert "It hurts." not in page + letter
    assert "neighbour" not in (page + letter).lower()


def test_what_each_says_is_true(moderator, administrator, about, author, open_house):
    said = {part.name: part.words for part in statements.parts(decided(moderator, about, "pause"))}
    assert "came upon it themselves" in said["origin"]
    assert "Until " in said["how_long"]
    assert "Open house" in said["where"]
    wide = decided(administrator, subject_of("person", author), "suspend", law="Article 190a of the criminal code")
    said = {part.name: part.words for part in statements.parts(wide)}
    assert "Article 190a" in said["law"]
    assert "clause" not in said
    assert "For good" in said["how_long"]
    assert "whole of" in said["where"]


def test_facts_keep_the_language_they_were_written_in(moderator, about, visitor):
    decision = decided(moderator, about, "hide", facts="Tak nie piszemy o sąsiadach.", language="pl")
    page = visitor.get(f"/statements/{tokens.token_of(decision)}/", headers={"Accept-Language": "de"})
    assert '<dd lang="pl"><p>Tak nie piszemy o sąsiadach.</p></dd>' in page.content.decode()


def test_the_pages_and_who_may_see_them(client_of, moderator, author, neighbour, outsider, steward, about):
    decision = decided(moderator, about, "hide")
    seen = {
        name: client_of(member).get(decision.get_absolute_url())
        for name, member in locals().items()
        if name in {"moderator", "author", "neighbour", "outsider", "steward"}
    }
    assert {name: answer.status_code for name, answer in seen.items()} == {
        "moderator": 200,
        "author": 200,
        "neighbour": 404,
        "outsider": 404,
        "steward": 200,
    }
    assert "Moderator decided" in seen["steward"].content.decode()
    assert "Moderator decided" not in seen["author"].content.decode()


@pytest.mark.parametrize("token", ["nothing", "1-" + "0" * 40, "ż" * 300, "1-\x00"])
def test_a_guessed_link_opens_nothing(token, moderator, about, visitor):
    decided(moderator, about, "hide")
    assert visitor.get(f"/statements/{token}/").status_code == 404


def test_an_asking_and_a_report_found_fine_are_no_statements(moderator, about, reported, visitor):
    decision = decided(moderator, about, "fine", case=reported)
    assert visitor.get(f"/statements/{tokens.token_of(decision)}/").status_code == 404
