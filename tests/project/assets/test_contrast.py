"""What has no words is seen by its contrast: 3:1 beside what it stands on (WCAG 1.4.11), in the light and in the dark."""

import math
import re

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
COLOUR = r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)"
LINEAR = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
LEAST = 3.0
# What tells something by itself, and where it stands.
PAIRS = (
    ("control-edge", "surface-sheet"),
    ("control-edge", "surface-desk"),
    ("control-edge", "surface-raised"),
    ("near", "yours-wash"),
    ("near", "surface-sheet"),
    ("act", "act-wash"),
    ("act", "surface-quiet"),
    ("focus", "surface-desk"),
    ("focus", "surface-sheet"),
    ("broken-solid", "surface-sheet"),
)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), PAIRS)
def test_what_is_no_text_is_seen_beside_what_it_stands_on(mark: str, ground: str, theme: str) -> None:
    assert _contrast(_luminance(mark, theme), _luminance(ground, theme)) >= LEAST


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _luminance(token: str, theme: str) -> float:
    """Follow a token to its colour, and return how light that is."""
    (value,) = re.findall(rf"^ *--{token}: *([^;]+);", TOKENS, re.MULTILINE)[:1]
    if named := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return _luminance(named[1], theme)
    lightness, chroma, hue = map(float, re.findall(COLOUR, value)[theme == "dark"])
    return _linear(lightness, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue)))


def _linear(lightness: float, a: float, b: float) -> float:
    """The relative luminance of an Oklab colour, cut to what screens show."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red, green, blue = (min(1.0, max(0.0, r * long + g * medium + s * short)) for r, g, s in LINEAR)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
