"""The pictures of the demo's methods: what their authors might have drawn with a brush on one sheet."""

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

from forum.management.demo.pictures import AMBER, CORAL, INK, NIGHT, PAPER, TURQUOISE, Colour

SIZE = (1200, 800)
LEAF: Colour = (112, 148, 96)
CLAY: Colour = (196, 128, 92)
SAND: Colour = (232, 218, 192)
Pen = ImageDraw.ImageDraw


def draw(name: str) -> bytes:
    """The picture as PNG. KeyError for a name the demo does not know."""
    large = Image.new("RGB", (SIZE[0] * 2, SIZE[1] * 2), PAPER)  # smooth edges, once it is made smaller
    _DRAWN[name](ImageDraw.Draw(large))
    out = io.BytesIO()
    large.resize(SIZE, Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()


def _linocut(pen: Pen) -> None:
    """Six small prints on one sheet: a gate, a tree, a carpet frame, a window, a bench, a cat."""
    motifs = (_gate, _tree, _frame, _window, _bench, _cat)
    for n, motif in enumerate(motifs):
        x, y = 210 + n % 3 * 700, 150 + n // 3 * 680
        _block(pen, x, y, n)
        motif(pen, x + 290, y + 290)


def _block(pen: Pen, x: int, y: int, seed: int) -> None:
    """A square of ink with the hand's uneven edge."""
    dice = random.Random(seed)  # noqa: S311  a drawing, no secret
    steps = [n * 580 // 12 for n in range(13)]
    edge = [(x + s, y + dice.randint(-7, 7)) for s in steps]
    edge += [(x + 580 + dice.randint(-7, 7), y + s) for s in steps]
    edge += [(x + s, y + 580 + dice.randint(-7, 7)) for s in reversed(steps)]
    edge += [(x + dice.randint(-7, 7), y + s) for s in reversed(steps)]
    pen.polygon(edge, fill=NIGHT)


def _gate(pen: Pen, x: int, y: int) -> None:
    pen.pieslice((x - 150, y - 190, x + 150, y + 110), 180, 360, fill=PAPER)
    pen.rectangle((x - 150, y - 42, x + 150, y + 200), fill=PAPER)
    pen.line((x, y - 190, x, y + 200), fill=NIGHT, width=14)
    for side in (-1, 1):
        pen.rectangle((x + side * 76 - 36, y + 20, x + side * 76 + 36, y + 150), outline=NIGHT, width=12)


def _tree(pen: Pen, x: int, y: int) -> None:
    pen.line((x, y + 210, x, y - 20), fill=PAPER, width=34)
    for n in range(9):
        angle = math.pi * (0.1 + n * 0.1)
        pen.line((x, y + 10, x - 200 * math.cos(angle), y - 190 * math.sin(angle)), fill=PAPER, width=16)
        end = (x - 205 * math.cos(angle), y - 195 * math.sin(angle))
        pen.ellipse((end[0] - 26, end[1] - 26, end[0] + 26, end[1] + 26), fill=PAPER)


def _frame(pen: Pen, x: int, y: int) -> None:
    for side in (-190, 190):
        pen.line((x + side, y + 210, x + side, y - 170), fill=PAPER, width=26)
    for up in (-160, -20):
        pen.line((x - 200, y + up, x + 200, y + up), fill=PAPER, width=26)
    for n in range(5):
        pen.rectangle((x - 110 + n * 48, y - 146, x - 84 + n * 48, y + 120), fill=PAPER)


def _window(pen: Pen, x: int, y: int) -> None:
    for column in (-1, 0):
        for row in (-1, 0):
            left, top = x + column * 170 + 12, y + row * 190 - 6
            pen.rectangle((left, top, left + 146, top + 166), fill=PAPER)
    pen.rectangle((x - 200, y + 178, x + 200, y + 206), fill=PAPER)


def _bench(pen: Pen, x: int, y: int) -> None:
    for up in (-70, -20, 60):
        pen.rounded_rectangle((x - 210, y + up, x + 210, y + up + 30), 12, fill=PAPER)
    for side in (-150, 150):
        pen.line((x + side, y - 80, x + side, y + 190), fill=PAPER, width=26)


def _cat(pen: Pen, x: int, y: int) -> None:
    pen.ellipse((x - 120, y - 20, x + 110, y + 210), fill=PAPER)
    pen.ellipse((x - 80, y - 160, x + 70, y - 10), fill=PAPER)
    for side in (-62, 52):
        pen.polygon(((x + side - 34, y - 120), (x + side + 34, y - 120), (x + side, y - 210)), fill=PAPER)
    pen.arc((x + 20, y - 20, x + 220, y + 220), 290, 90, fill=PAPER, width=26)


def _soup(pen: Pen) -> None:
    """A pot from above, and bowls around it that wait."""
    pen.rectangle((0, 0, 2400, 1600), fill=SAND)
    for n in range(7):
        angle = n * math.tau / 7 + 0.3
        x, y = 1200 + 900 * math.cos(angle), 800 + 590 * math.sin(angle)
        for radius, colour in ((170, PAPER), (138, (240, 226, 204)), (120, AMBER if n % 3 else PAPER)):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    for radius, colour in ((470, INK), (430, (92, 80, 74)), (400, AMBER)):
        pen.ellipse((1200 - radius, 800 - radius, 1200 + radius, 800 + radius), fill=colour)
    for side in (-1, 1):
        pen.rounded_rectangle((1200 + side * 520 - 70, 740, 1200 + side * 520 + 70, 860), 40, outline=INK, width=34)
    dice = random.Random(5)  # noqa: S311  a drawing, no secret
    for n in range(46):
        angle, far = n * 2.4, 54 * math.sqrt(n) + dice.randint(-12, 12)
        x, y, size = 1200 + far * math.cos(angle), 800 + far * math.sin(angle), dice.randint(18, 34)
        colour = (CORAL, LEAF, PAPER, (214, 146, 40))[n % 4]
        pen.ellipse((x - size, y - size * (0.5 if n % 4 == 1 else 1), x + size, y + size * 0.8), fill=colour)


def _stones(pen: Pen) -> None:
    """People drawn as five strokes, around a map of stones and sticks on the ground."""
    pen.rectangle((0, 700, 2400, 1600), fill=SAND)
    for n, colour in enumerate((CORAL, TURQUOISE, AMBER, NIGHT, LEAF, CLAY)):
        x, y = 330 + n * 350, 760 - (40 if n % 2 else 0)
        pen.rounded_rectangle((x - 95, y - 250, x + 95, y + 190), 90, fill=colour)
        pen.ellipse((x - 72, y - 420, x + 72, y - 276), fill=(INK, CLAY, (120, 92, 76))[n % 3])
    pen.ellipse((300, 1000, 2100, 1500), fill=(218, 200, 168))
    pen.line(((480, 1210), (900, 1310), (1330, 1190), (1900, 1300)), fill=CLAY, width=26, joint="curve")
    pen.line(((900, 1310), (1010, 1080)), fill=CLAY, width=20)
    pen.line(((1330, 1190), (1500, 1420)), fill=CLAY, width=20)
    dice = random.Random(11)  # noqa: S311  a drawing, no secret
    for _ in range(30):
        angle, far = dice.random() * math.tau, math.sqrt(dice.random())
        left, top, size = 1200 + 780 * far * math.cos(angle), 1250 + 200 * far * math.sin(angle), dice.randint(16, 44)
        grey = dice.randint(120, 180)
        pen.ellipse((left - size, top - size * 0.6, left + size, top + size * 0.6), fill=(grey, grey - 6, grey - 14))


_DRAWN: dict[str, Callable[[Pen], None]] = {"linocut": _linocut, "soup": _soup, "stones": _stones}
