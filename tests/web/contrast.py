"""Reads static/css/tokens.css as a browser would, and computes WCAG contrast from its oklch colours."""

import math
import re
from pathlib import Path

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PAIR = re.compile(r"--([\w-]+):\s*light-dark\(oklch\(([^)]+)\),\s*oklch\(([^)]+)\)\)")

Colour = tuple[float, float, float]
Palette = dict[str, Colour]


def palettes() -> dict[tuple[str, str], Palette]:
    """{("day" | "night", accent): {token: linear sRGB}}"""
    shared: dict[str, tuple[Colour, Colour]] = {}
    accents: dict[str, dict[str, tuple[Colour, Colour]]] = {}
    for selector, body in _RULE.findall(re.sub(r"/\*.*?\*/", "", TOKENS.read_text(), flags=re.S)):
        tokens = {name: (linear(day), linear(night)) for name, day, night in _PAIR.findall(body)}
        named = re.search(r'\[data-accent="(\w+)"\]', selector)
        if named:
            accents[named[1]] = tokens
        else:
            shared.update(tokens)
    return {
        (theme, accent): {name: pair[index] for name, pair in {**shared, **own}.items()}
        for accent, own in accents.items()
        for index, theme in enumerate(("day", "night"))
    }


def linear(oklch: str) -> Colour:
    """ "47% 0.15 258" as linear sRGB, each part clipped to what a screen can show."""
    lightness, chroma, hue = (float(part.rstrip("%")) for part in oklch.split())
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    light = lightness / 100
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return (min(max(red, 0), 1), min(max(green, 0), 1), min(max(blue, 0), 1))


def contrast(one: Colour, other: Colour) -> float:
    darker, lighter = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (one, other))
    return (lighter + 0.05) / (darker + 0.05)
