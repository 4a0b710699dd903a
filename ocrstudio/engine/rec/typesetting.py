"""Lines of text set in the fonts at hand: what a model must not forget, when nobody has kept lines of the old kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocrstudio.engine.fonts import characters_of_font, program_fonts, system_fonts
from ocrstudio.engine.rec.crops import Image, straighten

# Fonts of the system that are looked at beside our own; reading what a font holds takes some milliseconds.
MAX_SYSTEM_FONTS = 12
# Larger files hold tens of thousands of glyphs, which our own fonts' readers take long for.
MAX_FONT_BYTES = 4 << 20
MIN_SIZE, MAX_SIZE = 28, 44
SHORTEST, LONGEST = 4, 10
# Half of the lines are made of ASCII's characters: whoever learns new ones still needs these.
ASCII_SHARE = 0.5
WHITE, LIGHTEST_INK, MARGIN = 255, 80, 8


@dataclass(frozen=True)
class Typeface:
    """A font file and the wanted characters that it holds.

    Attributes:
        file: The font.
        plain: Those of ASCII.
        others: The rest.
    """

    file: Path
    plain: tuple[str, ...]
    others: tuple[str, ...]


def typefaces(wanted: set[str]) -> list[Typeface]:
    """Fonts that hold some of the wanted characters: those of the program, then some of the system."""
    found = []
    for file in [*program_fonts(), *system_fonts(MAX_SYSTEM_FONTS, MAX_FONT_BYTES)]:
        held = sorted(wanted & characters_of_font(file))
        plain = tuple(character for character in held if character.isascii())
        others = tuple(character for character in held if not character.isascii())
        if plain or others:
            found.append(Typeface(file, plain, others))
    return found


def lines(faces: list[Typeface], random: np.random.Generator) -> Iterator[tuple[Image, str]]:
    """Crops of height 48 and their texts, without end.

    Args:
        faces: At least one.
        random: Source of all choices.
    """
    plain = [(face.file, face.plain) for face in faces if face.plain]
    others = [(face.file, face.others) for face in faces if face.others]
    # fonts with many characters stand for more of the dictionary
    weights = np.array([len(characters) for _, characters in others], np.float64)
    while True:
        if plain and (not others or random.random() < ASCII_SHARE):
            file, characters = plain[int(random.integers(len(plain)))]
        else:
            file, characters = others[int(random.choice(len(others), p=weights / weights.sum()))]
        count = int(random.integers(SHORTEST, LONGEST + 1))
        text = "".join(characters[int(place)] for place in random.integers(0, len(characters), count))
        image = _set(file, text, int(random.integers(MIN_SIZE, MAX_SIZE + 1)), int(random.integers(LIGHTEST_INK)))
        if image is not None:
            yield straighten(image), text


def _set(file: Path, text: str, size: int, ink: int) -> NDArray[np.uint8] | None:
    """The text in that font, dark on white; None if nothing of it can be seen."""
    from PIL import Image as Pictures
    from PIL import ImageDraw, ImageFont

    font = ImageFont.truetype(str(file), size)
    left, top, right, bottom = font.getbbox(text)
    if right - left < 1 or bottom - top < 1:
        return None
    picture = Pictures.new("L", (round(right - left) + 2 * MARGIN, round(bottom - top) + 2 * MARGIN), WHITE)
    ImageDraw.Draw(picture).text((MARGIN - left, MARGIN - top), text, font=font, fill=ink)
    return np.repeat(np.asarray(picture, np.uint8)[:, :, None], 3, axis=2)
