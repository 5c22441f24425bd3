"""The demo's pictures, drawn here so that no file needs a photographer."""

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
PAPER: Colour = (250, 246, 238)
INK: Colour = (52, 44, 40)
NIGHT: Colour = (20, 24, 44)
CORAL: Colour = (232, 93, 80)
AMBER: Colour = (242, 178, 62)
TURQUOISE: Colour = (64, 190, 184)
PINK: Colour = (244, 96, 160)


def draw(name: str) -> bytes:
    """The picture as PNG. KeyError for a name the demo does not know."""
    out = io.BytesIO()
    _DRAWN[name]().save(out, "PNG")
    return out.getvalue()


def _zine() -> Image.Image:
    """One sheet, eight fields, the cut in the middle: how a folded zine is made."""
    image = Image.new("RGB", (960, 680), PAPER)
    pen = ImageDraw.Draw(image)
    left, top, width, height = 60, 50, 210, 290
    for column in range(4):
        for row in range(2):
            x, y = left + column * width, top + row * height
            pen.rectangle((x, y, x + width, y + height), outline=INK, width=3)
            mark = (x + width // 2 - 26, y + height // 2 - 26, x + width // 2 + 26, y + height // 2 + 26)
            pen.ellipse(mark, outline=TURQUOISE, width=8) if row else pen.rectangle(mark, outline=AMBER, width=8)
    cut = top + height
    for x in range(left + width, left + 3 * width, 36):
        pen.line((x, cut, x + 22, cut), fill=CORAL, width=12)
    return image


def _windows(image: Image.Image, box: tuple[int, int, int, int], colours: list[Colour], seed: int) -> None:
    pen, dice = ImageDraw.Draw(image), random.Random(seed)  # noqa: S311  a drawing, no secret
    x0, y0, x1, y1 = box
    for y in range(y0, y1 - 60, 92):
        for x in range(x0, x1 - 40, 74):
            lit = dice.random() < 0.55
            pen.rectangle((x, y, x + 44, y + 62), fill=dice.choice(colours) if lit else (38, 42, 66))
            pen.line((x + 22, y, x + 22, y + 62), fill=NIGHT, width=3)


def _neon() -> Image.Image:
    """A courtyard by night: windows, a gate, two signs."""
    image = Image.new("RGB", (1200, 760), NIGHT)
    _windows(image, (70, 40, 1150, 330), [AMBER, (120, 104, 90), (90, 92, 120)], seed=46)
    pen = ImageDraw.Draw(image)
    pen.rectangle((440, 500, 760, 760), fill=(8, 10, 22))
    pen.pieslice((440, 380, 760, 640), 180, 360, fill=(8, 10, 22))
    for spread, strength in ((26, 0.25), (16, 0.5), (8, 1.0)):
        glow = tuple(int(dark + (bright - dark) * strength) for dark, bright in zip(NIGHT, PINK, strict=True))
        pen.arc((400, 340, 800, 680), 190, 350, fill=glow, width=spread)
        cold = tuple(int(dark + (bright - dark) * strength) for dark, bright in zip(NIGHT, TURQUOISE, strict=True))
        pen.line((880, 660, 960, 520, 1040, 660, 1110, 540), fill=cold, width=spread, joint="curve")
    return image


def _poster() -> Image.Image:
    """The celebration: a house whose windows have the colours of the neon signs."""
    image = Image.new("RGB", (800, 1000), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((100, 190, 700, 880), fill=NIGHT)
    pen.polygon(((70, 190), (400, 50), (730, 190)), fill=CORAL)
    _windows(image, (150, 240, 690, 720), [AMBER, TURQUOISE, PINK, CORAL], seed=7)
    pen.pieslice((320, 690, 480, 850), 180, 360, fill=AMBER)
    pen.rectangle((320, 770, 480, 880), fill=AMBER)
    for n, colour in enumerate((CORAL, AMBER, TURQUOISE, PINK, CORAL, AMBER, TURQUOISE, PINK)):
        pen.polygon(((60 + n * 86, 900), (140 + n * 86, 900), (100 + n * 86, 965)), fill=colour)
    return image


_DRAWN: dict[str, Callable[[], Image.Image]] = {"zine": _zine, "neon": _neon, "poster": _poster}
