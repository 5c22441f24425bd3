"""A kept picture once more, small: for paper."""

import io

from PIL import Image

from forum.files.models import Picture
from forum.files.reencode import BROKEN

LONGEST_SIDE = 900  # pixels: seven centimetres as fine as paper shows
QUALITY = 80


def small_jpeg(picture: Picture) -> bytes | None:
    """On white where it is see-through; None when its file is gone or broken."""
    out = io.BytesIO()
    try:
        with picture.file.open("rb") as file, Image.open(file) as kept:
            kept.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            kept.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            small = kept.convert("RGBA")
        ground = Image.new("RGB", small.size, "white")
        ground.paste(small, mask=small)
        ground.save(out, "JPEG", quality=QUALITY, optimize=True)
    except BROKEN:
        return None
    return out.getvalue()
