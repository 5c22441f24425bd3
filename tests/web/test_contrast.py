"""What is written can be read: every pair of colours the style sheets put together, by day and by night."""

import pytest

from tests.web.contrast import contrast, linear, palettes

PAPERS = ("paper", "raised", "sunken")
TINTS = ("tint", "good-tint", "warn-tint", "danger-tint")
READING = [("ink", ground) for ground in (*PAPERS, *TINTS)]
INTERFACE = [
    *(("soft", ground) for ground in (*PAPERS, "tint")),
    *(("accent", ground) for ground in (*PAPERS, "tint")),
    ("on-accent", "accent"),
    *((mood, ground) for mood in ("good", "warn", "danger") for ground in (*PAPERS, f"{mood}-tint")),
]
EDGES = [("edge", "paper"), ("edge", "raised"), ("accent", "paper"), ("danger", "paper")]


def test_the_arithmetic_knows_black_white_and_the_known_grey() -> None:
    assert contrast(linear("0% 0 0"), linear("100% 0 0")) == pytest.approx(21, abs=0.01)
    assert contrast(linear("56.9% 0 0"), linear("100% 0 0")) == pytest.approx(4.6, abs=0.2)


def test_there_are_six_accents_in_two_themes() -> None:
    from forum.communities.models import Accent

    assert set(palettes()) == {(theme, accent) for theme in ("day", "night") for accent in Accent.values}


@pytest.mark.parametrize(("theme", "accent"), sorted(palettes()))
def test_contrast(theme: str, accent: str) -> None:
    palette = palettes()[theme, accent]
    too_close = [
        f"{text} on {ground}: {contrast(palette[text], palette[ground]):.2f} < {least}"
        for least, pairs in ((7, READING), (4.5, INTERFACE), (3, EDGES))
        for text, ground in pairs
        if contrast(palette[text], palette[ground]) < least
    ]
    assert not too_close
