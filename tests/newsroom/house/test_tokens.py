"""The colours of the paper can be told apart, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
PAIRS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS)
}


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("paper", ["paper", "paper-2"])
@pytest.mark.parametrize("ink", ["ink", "ink-2", "accent", "analysis", "opinion", "good"])
def test_words_can_be_read(ink, paper, mode):
    assert contrast(PAIRS[ink][mode], PAIRS[paper][mode]) >= 4.5


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("line", ["edge-of-control", "focus"])
def test_fields_and_focus_can_be_seen(line, mode):
    assert contrast(PAIRS[line][mode], PAIRS["paper"][mode]) >= 3


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_marked_words_can_be_read(mode):
    assert contrast(PAIRS["ink"][mode], PAIRS["marked"][mode]) >= 4.5
