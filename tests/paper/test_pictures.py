"""A card's pictures on paper: where there is room, with their words and rights, never without consent, and gone with
the picture."""

import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from accounts.models import Member
from forum.files.actions import keep_picture
from forum.files.small import small_jpeg
from forum.methods import actions
from forum.methods.card import CardPicture, Step
from forum.models import Community, Picture
from tests.methods.cards import published
from tests.paper.reading import Sheet
from tests.paper.test_card import STEPS, sheet

pytestmark = pytest.mark.django_db
SHORT = (Step(text="Say hello."),)


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def kept(member: Member, form: str = "JPEG", size: tuple[int, int] = (1200, 800), mode: str = "RGB") -> Picture:
    out = io.BytesIO()
    colour = 5 * Picture.objects.count() + 20  # each its own: a PDF holds what is the same once
    Image.new(mode, size, colour if mode == "P" else (colour, 90, 90)).save(out, form)
    return keep_picture(uploader=member, file=io.BytesIO(out.getvalue()), size=len(out.getvalue()))


def pictured(member: Member, alt: str, **said: Any) -> CardPicture:
    return CardPicture(id=str(kept(member).pk), **{"alt": alt, "author": "Żaneta", **said})


def alts(read: Sheet) -> list[str]:
    """Of the pictures: not of the QR code, which stands last."""
    return [said["/Alt"] for name, said in read.tags if name == "/Figure"][:-1]


def drawn(read: Sheet) -> int:
    return sum(len(page.images) for page in read.reader.pages)


@pytest.mark.parametrize("form", ["a4", "large"])
def test_pictures_stand_on_the_sheet(form: str, visitor: Client, author: Member, open_house: Community) -> None:
    """The first three; what may not be shown is nowhere. Each with words, its author and its own rights."""
    mine = pictured(author, "A pot on a fire")
    free = pictured(author, "Їжак біля вогню", rights="CC-BY-4.0", people=True, consent=True)
    hidden = pictured(author, "A face", author="Nobody", people=True, consent=True)
    method = published(author, open_house, steps=SHORT, pictures=(mine, hidden, free))
    version = method.versions.get()
    version.content["pictures"][1]["consent"] = False  # as it would be after a no
    version.save()
    read = sheet(visitor, method, form)
    read.check(method.title, "en")
    assert alts(read) == ["A pot on a fire", "Їжак біля вогню"]
    assert drawn(read) == 2
    assert read.names.count("/Caption") == 2
    for words in ("Żaneta · not for reuse", "Żaneta · CC-BY-4.0"):
        assert words in read
    assert "Nobody" not in read
    assert "All pictures are" not in read
    if form == "a4":
        assert len(read.pages) == 1


def test_a_card_keeps_to_its_page(visitor: Client, author: Member, open_house: Community) -> None:
    """A picture that would need a second one is left out, and the sheet says so; so do cards to cut."""
    pictures = tuple(pictured(author, f"Picture {n}") for n in range(4))
    method = published(author, open_house, steps=STEPS, purpose="So that " * 49 + "it fits.", pictures=pictures)
    read = sheet(visitor, method)
    assert len(read.pages) == 1
    assert len(alts(read)) < 4
    assert "All pictures are on its page online." in read
    long = published(author, open_house, steps=STEPS, body="word " * 900, pictures=pictures)
    read = sheet(visitor, long)
    assert len(read.pages) > 1
    assert alts(read) == ["Picture 0", "Picture 1", "Picture 2"]
    assert "All pictures are on its page online." in read
    short = published(author, open_house, steps=SHORT, pictures=pictures[:1])
    read = sheet(visitor, short, "cards")
    assert alts(read) == []
    assert read.words.count("All pictures are on its page online.") == 4


def test_a_removed_picture_leaves_the_sheet(visitor: Client, author: Member, open_house: Community) -> None:
    """And one whose file is gone keeps nobody from printing."""
    gone, stays = pictured(author, "A pot"), pictured(author, "A ladle")
    method = published(author, open_house, steps=SHORT, pictures=(gone, stays))
    address = f"/methods/{method.pk}/card.pdf"
    first = visitor.get(address)
    assert alts(Sheet(first.content)) == ["A pot", "A ladle"]
    actions.remove_picture(by=author, method=method, picture=Picture.objects.get(pk=gone.id).pk)
    again = visitor.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    read = Sheet(again.content)
    assert alts(read) == ["A ladle"]
    assert drawn(read) == 1
    default_storage.delete(Picture.objects.get(pk=stays.id).file.name)
    Member.objects.filter(pk=author.pk).update(display_name="Another name")
    read = sheet(visitor, method)
    assert alts(read) == []
    assert "All pictures are on its page online." in read


@pytest.mark.parametrize(
    ("form", "size", "mode"),
    [("JPEG", (1990, 600), "RGB"), ("PNG", (30, 900), "RGBA"), ("WEBP", (1, 1), "RGB"), ("GIF", (40, 40), "P")],
)
def test_every_kind_of_picture(
    form: str, size: tuple[int, int], mode: str, visitor: Client, author: Member, open_house: Community
) -> None:
    """Also very wide and very high ones, and one with nothing said about it, as an import may bring."""
    said = kept(author, form, size, mode)
    jpeg = small_jpeg(said)
    assert jpeg is not None
    with Image.open(io.BytesIO(jpeg)) as small:
        assert small.format == "JPEG"
        assert max(small.size) == min(900, max(size))
    method = published(author, open_house, steps=SHORT, pictures=(CardPicture(id=str(said.pk), alt="x"),))
    version = method.versions.get()
    version.content["pictures"][0].pop("alt")
    version.save()
    read = sheet(visitor, method)
    assert alts(read) == ["Picture"]
    assert len(read.pages) == 1
