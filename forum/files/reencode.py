"""A stranger's file in, a clean picture out: only pixels come through.

What a file claims in its header is asked before a single pixel is decoded: 250 megapixels of nothing fit in a few
kilobytes. Nothing of the original is stored: no EXIF (places, cameras, names), no colour profile, no comment, and
nothing that hides behind the picture in a file that is two things at once.
"""

import io
import struct
import threading
import warnings
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

from forum.web.errors import Refusal

MOST_BYTES = 15_000_000
# A JPEG is decoded at a fraction of its size, any other format whole: 30 million pixels take 240 MB for a second.
PHOTOS = {"JPEG", "MPO"}  # MPO: several JPEGs in one file, as some phones make them; the first is the picture
MOST_PIXELS_OF_PHOTOS = 60_000_000
MOST_PIXELS_DECODED = 30_000_000
LONGEST_SIDE = 2000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# What Pillow raises on files that are broken in one way or another.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, KeyError, IndexError, OverflowError, MemoryError)

# Memory, not time, is what a small server lacks: one picture at a time.
_decoding = threading.Lock()

#: What a camera's note about how it was held asks for.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class CleanPicture:
    content: bytes
    content_type: str
    extension: str
    width: int
    height: int


def reencode(file: IO[bytes], size: int) -> CleanPicture:
    """Decode, turn upright, scale to at most 2000 pixels a side, encode anew. Refusal on anything but a picture."""
    if size > MOST_BYTES:
        raise Refusal(_("This picture is too large: at most 15 MB. Please make it smaller."), field="picture")
    _refuse_huge_webp(file.read(30))
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we count the pixels ourselves
            picture = Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(MOST_PIXELS_DECODED) from error
    except (UnidentifiedImageError, *BROKEN) as error:
        raise Refusal(
            _("This file is not a picture we can show. Please choose a JPEG, PNG, WebP or GIF."), field="picture"
        ) from error
    is_photo = picture.format in PHOTOS
    most = MOST_PIXELS_OF_PHOTOS if is_photo else MOST_PIXELS_DECODED
    if picture.width * picture.height > most:
        raise _too_many_pixels(most)
    try:
        with _decoding:
            return _encode(_upright(picture), is_photo)
    except (Image.DecompressionBombError, *BROKEN) as error:
        raise Refusal(_("This picture is damaged and cannot be read."), field="picture") from error


def _refuse_huge_webp(header: bytes) -> None:
    """WebP's decoder takes memory for the whole canvas when the file is opened, before Pillow can say its size."""
    if header[:4] != b"RIFF" or header[8:12] != b"WEBP" or len(header) < 30:
        return
    if header[12:16] == b"VP8X":
        width, height = (int.from_bytes(header[at : at + 3], "little") + 1 for at in (24, 27))
    elif header[12:16] == b"VP8L":
        bits = int.from_bytes(header[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (int.from_bytes(header[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    if width * height > MOST_PIXELS_DECODED:
        raise _too_many_pixels(MOST_PIXELS_DECODED)


def _upright(picture: Image.Image) -> Image.Image:
    """At its final size, the right way up, in RGB or RGBA."""
    profile = picture.info.get("icc_profile")
    # A JPEG can be decoded at a half, a quarter or an eighth of its size: phones' pictures cost little.
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.seek(0)
    orientation = picture.getexif().get(ExifTags.Base.Orientation, 1)
    upright = _scalable(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if orientation in TURNS:
        upright = upright.transpose(TURNS[orientation])
    if profile and upright.mode in {"RGB", "RGBA", "L", "CMYK"}:
        upright = _to_srgb(upright, profile)
    return upright.convert("RGBA" if _is_transparent(upright) else "RGB")


def _scalable(picture: Image.Image) -> Image.Image:
    """Palettes and single bits cannot be averaged; 16 bits of grey are brought to eight."""
    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"RGB", "RGBA", "L", "LA", "CMYK", "YCbCr"}:
        return picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Colours as they were meant, so that the profile, which may carry anything, need not come along."""
    target = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=target)
    except (ImageCms.PyCMSError, *BROKEN):
        return picture
    return turned or picture


def _is_transparent(picture: Image.Image) -> bool:
    if not picture.has_transparency_data:
        return False
    lowest, _highest = picture.convert("RGBA").getchannel("A").getextrema()
    return isinstance(lowest, int | float) and lowest < 255


def _encode(picture: Image.Image, is_photo: bool) -> CleanPicture:
    """Photos stay JPEG; drawings, screens and what is see-through become WebP, which keeps edges sharp."""
    out = io.BytesIO()
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)  # a new picture has no info: no metadata can slip through an encoder
    if picture.mode == "RGBA" or not is_photo:
        clean.save(out, "WEBP", quality=86, method=4)
        kind = ("image/webp", "webp")
    else:
        clean.save(out, "JPEG", quality=84, optimize=True, progressive=True)
        kind = ("image/jpeg", "jpg")
    return CleanPicture(out.getvalue(), kind[0], kind[1], clean.width, clean.height)


def _too_many_pixels(most: int) -> Refusal:
    message = gettext("This picture has too many pixels: at most %(most)s million. Please make it smaller.")
    return Refusal(message % {"most": most // 1_000_000}, field="picture")
