"""Pictures: only pixels come through the door, and they go out behind the rule of what they stand in."""

import io
import re
import struct
import threading
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import ExifTags, Image, ImageCms

from accounts.models import Member
from forum import changes, text
from forum.files import actions as files
from forum.files import reencode
from forum.models import Community, Draft, Picture, PostPicture, Thread
from forum.threads import actions

ClientOf = Callable[[Member], Client]


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture_bytes(image: Image.Image | None = None, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    (image or Image.new("RGB", (60, 40), "red")).save(out, kind, **options)
    return out.getvalue()


def clean(content: bytes) -> reencode.CleanPicture:
    return reencode.reencode(io.BytesIO(content), len(content))


def upload(client: Client, content: bytes, name: str = "photo.jpg", **more: str) -> Any:
    fields = {"picture": SimpleUploadedFile(name, content, "image/jpeg"), **more}
    return client.post("/pictures/", fields, headers={"accept": "application/json"})


def timeless(answer: Any, url: str) -> str:
    """A page without what differs from one answer to the next."""
    return re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode()).replace(
        url, ""
    )


def png(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG that says what it likes in its header."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


class TestReencoding:
    def test_where_and_with_what_it_was_taken_is_gone(self) -> None:
        exif = Image.Exif()
        exif[ExifTags.Base.Make] = "Secret Camera"
        exif[ExifTags.Base.Copyright] = "Secret Owner"
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (51.0, 6.0, 36.0)
        taken = picture_bytes(exif=exif, comment=b"Secret comment")
        assert b"Secret" in taken
        result = clean(taken)
        assert b"Secret" not in result.content
        with Image.open(io.BytesIO(result.content)) as shown:
            assert not shown.getexif()
            assert not {"exif", "icc_profile", "comment", "xmp"} & set(shown.info)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_it_stands_upright_as_exif_asked(self, kind: str, orientation: int) -> None:
        from PIL import ImageOps

        image = Image.new("RGB", (64, 32), "white")
        image.paste("red", (0, 0, 16, 16))
        image.paste("blue", (48, 0, 64, 16))
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = orientation
        taken = picture_bytes(image, kind, exif=exif)
        with Image.open(io.BytesIO(taken)) as asked, Image.open(io.BytesIO(clean(taken).content)) as shown:
            expected = ImageOps.exif_transpose(asked)
            assert shown.size == expected.size
            corners = [(2, 2), (expected.width - 3, 2), (2, expected.height - 3)]
            for corner in corners:
                wanted, got = expected.convert("RGB").getpixel(corner), shown.convert("RGB").getpixel(corner)
                assert all(abs(a - b) < 60 for a, b in zip(wanted, got, strict=True))

    def test_colours_are_kept_without_the_profile(self) -> None:
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        for broken_or_not in (profile, b"Secret profile"):
            result = clean(picture_bytes(icc_profile=broken_or_not))
            assert b"Secret" not in result.content
            with Image.open(io.BytesIO(result.content)) as shown:
                assert "icc_profile" not in shown.info
                assert shown.convert("RGB").getpixel((5, 5))[0] > 240

    def test_large_ones_are_made_smaller_and_keep_their_form(self) -> None:
        result = clean(picture_bytes(Image.new("RGB", (4000, 1000))))
        assert (result.width, result.height) == (2000, 500)

    def test_what_is_see_through_stays_so(self) -> None:
        result = clean(picture_bytes(Image.new("RGBA", (10, 10), (255, 0, 0, 80)), "PNG"))
        with Image.open(io.BytesIO(result.content)) as shown:
            assert shown.getpixel((5, 5))[3] == 80

    @pytest.mark.parametrize(
        ("mode", "kind"), [("1", "PNG"), ("L", "PNG"), ("P", "GIF"), ("LA", "PNG"), ("I;16", "PNG"), ("CMYK", "JPEG")]
    )
    def test_every_kind_of_pixel_is_read(self, mode: str, kind: str) -> None:
        assert clean(picture_bytes(Image.new(mode, (20, 10)), kind)).width == 20

    def test_of_a_moving_picture_the_first_frame_stays(self) -> None:
        frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue")]
        moving = picture_bytes(frames[0], "GIF", save_all=True, append_images=frames[1:])
        with Image.open(io.BytesIO(clean(moving).content)) as shown:
            assert getattr(shown, "n_frames", 1) == 1
            assert shown.convert("RGB").getpixel((5, 5))[0] > 200

    def test_a_file_that_is_two_things_leaves_one_behind(self) -> None:
        hidden = b"<script>alert(1)</script>PK\x03\x04"
        for kind in ("JPEG", "PNG", "GIF", "WEBP"):
            assert hidden not in clean(picture_bytes(kind=kind) + hidden).content

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"<!doctype html><script>alert(1)</script>",
            b"%PDF-1.7 ...",
            b"GIF89a<script>alert(1)</script>",
            b"\xff\xd8\xff" + b"x" * 500,
            b"RIFF\x00\x00\x00\x00WEBPVP8 ",
            picture_bytes(kind="BMP"),
            picture_bytes(kind="TIFF"),
            picture_bytes(Image.effect_noise((200, 200), 50))[:900],
        ],
    )
    def test_what_is_no_picture_is_refused(self, content: bytes) -> None:
        with pytest.raises(reencode.Refusal):
            clean(content)


class TestBombs:
    """Refused by what the header claims, before any pixel is decoded."""

    @pytest.fixture(autouse=True)
    def no_decoding(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_given: Any) -> None:
            raise AssertionError("a pixel was decoded")

        monkeypatch.setattr(reencode, "_upright", fail)

    @pytest.mark.parametrize("side", [5_600, 15_811, 30_000, 60_000])
    def test_png_of_nothing(self, side: int) -> None:
        with pytest.raises(reencode.Refusal, match="too many pixels"):
            clean(png(side, side))

    def test_a_real_250_megapixel_png(self) -> None:
        packer = zlib.compressobj(1)
        row = b"\0" * (15_812 * 3 + 1)
        body = b"".join(packer.compress(row) for _ in range(15_811)) + packer.flush()
        whole = png(15_812, 15_811)
        bomb = whole.replace(zlib.compress(b""), body)
        assert len(bomb) < reencode.MOST_BYTES
        with pytest.raises(reencode.Refusal, match="too many pixels"):
            clean(bomb)

    def test_webp_and_gif(self) -> None:
        webp = b"RIFF\x00\x00\x00\x00WEBPVP8X\n" + b"\0" * 7 + (b"\xff\x3f\0" * 2) + b"0" * 100
        gif = b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + b"\x80\0\0" + b"\0" * 6 + b",\0\0\0\0\x01\0\x01\0\0;"
        for bomb in (webp, gif):
            with pytest.raises(reencode.Refusal):
                clean(bomb)

    def test_too_many_bytes(self) -> None:
        with pytest.raises(reencode.Refusal, match="15 MB"):
            reencode.reencode(io.BytesIO(b""), reencode.MOST_BYTES + 1)


def publish(thread: Thread, member: Member, picture: Picture) -> Any:
    body = text.clean(f"Look: ![the lamp]({picture.get_absolute_url()})", "markdown")
    return actions.reply(author=member, thread=thread, body=body)


@pytest.fixture
def picture(neighbour: Member, store: Path) -> Picture:
    content = picture_bytes()
    return files.keep_picture(uploader=neighbour, file=io.BytesIO(content), size=len(content))


class TestUpload:
    def test_answers_with_its_address(self, neighbour: Member, client_of: ClientOf) -> None:
        answer = upload(client_of(neighbour), picture_bytes())
        assert answer.status_code == 201
        assert answer.json() == {"url": Picture.objects.get().get_absolute_url(), "width": 60, "height": 40}

    def test_says_what_is_wrong(self, neighbour: Member, client_of: ClientOf, visitor: Client) -> None:
        client = client_of(neighbour)
        answer = upload(client, b"<svg/>", "photo.jpg")
        assert answer.status_code == 422
        assert "JPEG" in answer.json()["error"]
        assert client.post("/pictures/", headers={"accept": "application/json"}).status_code == 422
        assert upload(visitor, picture_bytes()).status_code == 401
        assert not Picture.objects.exists()

    def test_there_is_a_limit_an_hour(
        self, neighbour: Member, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "MOST_AN_HOUR", 1)
        client = client_of(neighbour)
        assert upload(client, picture_bytes()).status_code == 201
        assert upload(client, picture_bytes()).status_code == 429

    def test_files_that_are_no_pictures_count_too_and_are_not_looked_at(
        self, neighbour: Member, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "MOST_TRIED", 2)
        client = client_of(neighbour)
        assert [upload(client, b"<svg/>").status_code for _again in range(2)] == [422, 422]
        monkeypatch.setattr(files, "reencode", lambda *_: pytest.fail("looked at before the limit was asked"))
        refused = upload(client, picture_bytes())
        assert refused.status_code == 429
        assert int(refused["Retry-After"]) > 0
        assert "many pictures" in refused.json()["error"]

    def test_without_a_script_the_form_comes_back_with_the_picture(
        self, open_house: Community, thread_in: Callable[..., Thread], neighbour: Member, client_of: ClientOf
    ) -> None:
        thread, client = thread_in(open_house), client_of(neighbour)
        fields = {
            "place": f"thread:{thread.pk}",
            "back": f"{thread.get_absolute_url()}#reply",
            "writer": str(neighbour.pk),
            "body": "Our lamp:",
            "picture": SimpleUploadedFile("x.png", picture_bytes(kind="PNG")),
            "picture_alt": "a lamp [neon] \n](javascript:x)",
        }
        answer = client.post("/pictures/", fields)
        assert answer["Location"] == fields["back"]
        page = client.get(thread.get_absolute_url())
        body = page.context["form"]["body"].value()
        assert body.startswith("Our lamp:\n\n![a lamp")
        cleaned = text.clean(body, "markdown")
        assert cleaned.pictures == (str(Picture.objects.get().pk),)
        assert "javascript" not in cleaned.html.replace('alt="', "").split("<img")[0]

    def test_without_a_script_a_refused_picture_keeps_the_text(
        self, open_house: Community, thread_in: Callable[..., Thread], neighbour: Member, client_of: ClientOf
    ) -> None:
        thread, client = thread_in(open_house), client_of(neighbour)
        fields = {
            "place": f"thread:{thread.pk}",
            "back": thread.get_absolute_url(),
            "writer": str(neighbour.pk),
            "body": "Our lamp:",
            "picture": SimpleUploadedFile("x.png", b"not a picture"),
        }
        page = client.post("/pictures/", fields, follow=True)
        assert page.context["form"]["body"].value() == "Our lamp:"
        assert "not a picture we can show" in page.content.decode()


class TestWhoSees:
    def test_before_it_stands_anywhere_only_its_uploader(
        self, picture: Picture, neighbour: Member, author: Member, visitor: Client, client_of: ClientOf
    ) -> None:
        url = picture.get_absolute_url()
        assert client_of(neighbour).get(url).status_code == 200
        assert client_of(author).get(url).status_code == 404
        assert visitor.get(url).status_code == 404

    @pytest.mark.parametrize("house", ["open_house", "closed_house", "invited_house"])
    def test_then_who_may_read_the_post(
        self,
        house: str,
        request: pytest.FixtureRequest,
        thread_in: Callable[..., Thread],
        picture: Picture,
        neighbour: Member,
        author: Member,
        outsider: Member,
        visitor: Client,
        client_of: ClientOf,
    ) -> None:
        publish(thread_in(request.getfixturevalue(house)), neighbour, picture)
        url, is_open = picture.get_absolute_url(), house == "open_house"
        assert client_of(author).get(url).status_code == 200
        assert client_of(outsider).get(url).status_code == (200 if is_open else 404)
        answer = visitor.get(url)
        assert answer.status_code == (200 if is_open else 404)
        nowhere = "/pictures/00000000-0000-4000-8000-000000000000/"
        absent = visitor.get(nowhere)
        assert absent.status_code == 404
        if not is_open:
            assert timeless(answer, url) == timeless(absent, nowhere)

    def test_nobody_brings_a_picture_back_that_its_author_took_away(
        self,
        open_house: Community,
        thread_in: Callable[..., Thread],
        picture: Picture,
        neighbour: Member,
        author: Member,
        visitor: Client,
    ) -> None:
        thread = thread_in(open_house)
        actions.delete_post(by=neighbour, post=publish(thread, neighbour, picture))
        publish(thread, author, picture)
        assert visitor.get(picture.get_absolute_url()).status_code == 404

    def test_a_picture_goes_with_its_owners_post_wherever_it_was_copied(
        self,
        open_house: Community,
        closed_house: Community,
        thread_in: Callable[..., Thread],
        picture: Picture,
        neighbour: Member,
        author: Member,
        visitor: Client,
        client_of: ClientOf,
    ) -> None:
        thread, url = thread_in(open_house), picture.get_absolute_url()
        mine = publish(thread, neighbour, picture)
        copied = publish(thread, author, picture)
        assert 'alt="the lamp"' in copied.html
        assert visitor.get(url).status_code == 200
        actions.delete_post(by=neighbour, post=mine)
        assert visitor.get(url).status_code == 404
        assert client_of(author).get(url).status_code == 404

    def test_nobody_opens_a_closed_houses_picture_by_copying_it(
        self,
        open_house: Community,
        closed_house: Community,
        thread_in: Callable[..., Thread],
        picture: Picture,
        neighbour: Member,
        author: Member,
        visitor: Client,
    ) -> None:
        publish(thread_in(closed_house), neighbour, picture)
        copied = publish(thread_in(open_house), author, picture)
        assert visitor.get(picture.get_absolute_url()).status_code == 404
        PostPicture.objects.create(post=copied, picture=picture)  # as rows of older days may stand
        assert visitor.get(picture.get_absolute_url()).status_code == 404

    def test_losing_access_holds_for_a_remembered_picture_too(
        self,
        closed_house: Community,
        thread_in: Callable[..., Thread],
        picture: Picture,
        neighbour: Member,
        author: Member,
        client_of: ClientOf,
    ) -> None:
        publish(thread_in(closed_house), neighbour, picture)
        client = client_of(author)
        tag = client.get(picture.get_absolute_url())["ETag"]
        assert client.get(picture.get_absolute_url(), headers={"if-none-match": tag}).status_code == 304
        closed_house.memberships.filter(member=author).delete()
        assert client.get(picture.get_absolute_url(), headers={"if-none-match": tag}).status_code == 404

    def test_it_is_served_as_a_picture_and_nothing_else(
        self,
        open_house: Community,
        thread_in: Callable[..., Thread],
        picture: Picture,
        neighbour: Member,
        visitor: Client,
        client_of: ClientOf,
    ) -> None:
        private = client_of(neighbour).get(picture.get_absolute_url())
        assert private["Cache-Control"] == "private, no-cache"
        publish(thread_in(open_house), neighbour, picture)
        answer = visitor.get(picture.get_absolute_url())
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["Cache-Control"].startswith("public")
        assert visitor.post(picture.get_absolute_url()).status_code == 405

    def test_a_lost_file_is_a_404(self, picture: Picture, neighbour: Member, client_of: ClientOf) -> None:
        picture.file.storage.delete(picture.file.name)
        assert client_of(neighbour).get(picture.get_absolute_url()).status_code == 404


class TestAbandoned:
    @pytest.mark.django_db(transaction=True)
    def test_one_that_is_being_published_stays(
        self, open_house: Community, thread_in: Callable[..., Thread], picture: Picture, neighbour: Member
    ) -> None:
        """The sweep comes between the text and its commit."""
        thread, later = thread_in(open_house), timezone.now() + timedelta(days=8)
        swept: list[int] = []

        def sweep() -> None:
            try:
                swept.append(files.delete_abandoned(later))
            finally:
                connection.close()

        sweeper = threading.Thread(target=sweep)
        with changes.writing():
            publish(thread, neighbour, picture)
            sweeper.start()
            sweeper.join(1)  # it waits for us; a sweep that does not wait is done by then
        sweeper.join()
        assert swept == [0]
        assert PostPicture.objects.get().picture == picture

    def test_unused_ones_go_after_a_week_with_their_files(
        self, picture: Picture, store: Path, django_capture_on_commit_callbacks: Any
    ) -> None:
        now = timezone.now()
        assert files.delete_abandoned(now + timedelta(days=6)) == 0
        with django_capture_on_commit_callbacks(execute=True):
            assert files.delete_abandoned(now + timedelta(days=8)) == 1
        assert not Picture.objects.exists()
        assert not [path for path in store.rglob("*") if path.is_file()]

    def test_one_in_a_draft_or_a_post_stays(
        self, picture: Picture, open_house: Community, thread_in: Callable[..., Thread], neighbour: Member
    ) -> None:
        later = timezone.now() + timedelta(days=30)
        draft = Draft.objects.create(
            member=neighbour, place="thread:1", body=f'<img src="{picture.get_absolute_url()}">'
        )
        assert files.delete_abandoned(later) == 0
        draft.delete()
        publish(thread_in(open_house), neighbour, picture)
        assert PostPicture.objects.exists()
        assert files.delete_abandoned(later) == 0
