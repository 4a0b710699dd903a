"""Which way a box is cut out, and where points go when a whole page is turned."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from ocrstudio.core.page import IGNORE_TEXTS, PLACEHOLDER_TEXTS, Orientation, Point
from ocrstudio.core.scripts import scripts

# A straightened box at least this much taller than wide is a line written downwards: it is turned to lie.
UPRIGHT_RATIO = 1.5
# Two narrow glyphs side by side reach this height by width; stacked or lying on their side they are far from it.
NARROW_PAIR_RATIO = 2.0
_NARROW = frozenset("Iil1|!.,:;'`jtfrⅠⅰ丨ı()[]{}·’‘")
# Characters of a line from which on the direction found for it counts.
_TELLING = 3
_WRITTEN_DOWNWARDS = {"han", "kana", "hangul", "bopomofo"}
_ZERO_WIDTH_JOINER = "\u200d"
_VIRAMA = 9  # combining class of the signs that join the next letter to the one before


def turns(width: float, height: float, text: str = "", orientation: Orientation = Orientation.AUTO) -> bool:
    """Whether a straightened box is turned by a quarter counter-clockwise to become a line that lies.

    DRAWN boxes never are and TURNED ones always. AUTO turns a box that is at least 1.5 times as tall as wide, unless
    its text says that it stands upright: a single glyph (Ⅰ, 1, I, 丨, with its accents) has no line to lie along, and
    neither have two narrow ones side by side ("II", "1.") in a box not taller than twice its width.

    Args:
        width: Of the straightened box; any unit.
        height: In the same unit.
        text: What is written there; empty, a placeholder or "###" if nobody knows.
        orientation: The box's own.

    Source: PPOCRLabel's and PaddleOCR's get_rotate_crop_image (np.rot90 from height / width 1.5 on), whose trained
    models expect lines written downwards lying on their left side. The exception for known text is ours: there narrow
    single characters are turned by accident.
    """
    if orientation is not Orientation.AUTO:
        return orientation is Orientation.TURNED
    return is_tall(width, height) and not _stands(width, height, text)


def is_tall(width: float, height: float) -> bool:
    """Whether a straightened box is so tall that its shape alone says that it is a line written downwards."""
    return height >= UPRIGHT_RATIO * width


def is_known(text: str) -> bool:
    """Whether a box's text says something about its picture."""
    return bool(text.strip()) and text not in PLACEHOLDER_TEXTS and text not in IGNORE_TEXTS


def _stands(width: float, height: float, text: str) -> bool:
    if not is_known(text):
        return False
    glyphs = graphemes(text.strip())
    if len(glyphs) == 1:
        return True
    narrow = all(unicodedata.normalize("NFD", glyph)[0] in _NARROW for glyph in glyphs)
    return len(glyphs) == 2 and narrow and height <= NARROW_PAIR_RATIO * width


def page_turn(lines: Iterable[tuple[str, int]]) -> int:
    """How a whole page lies, as most of its lines tell.

    Args:
        lines: The text of each and the quarters clockwise by which it stands turned.

    Returns:
        Quarters clockwise by which the page is turned; 0 if it is not, or nobody can tell. Lines written downwards are
        turned by a quarter in scripts that are written so: there that says nothing about the page.
    """
    telling = [(text, turn % 4) for text, turn in lines if len(text.strip()) >= _TELLING]
    for wanted in (1, 2, 3):
        texts = [text for text, turn in telling if turn == wanted]
        if 2 * len(texts) > len(telling):
            return 0 if wanted == 1 and _WRITTEN_DOWNWARDS & scripts("".join(texts)).keys() else wanted
    return 0


def graphemes(text: str) -> list[str]:
    """A text cut into what readers take for one character: a base with its marks, joined emoji, a Hangul syllable.

    Source: the main rules of UAX 29, without its tables.
    """
    found: list[str] = []
    for character in text:
        if found and _continues(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _continues(before: str, character: str) -> bool:
    last = before[-1]
    if unicodedata.category(character) in ("Mn", "Mc", "Me") or character == _ZERO_WIDTH_JOINER:
        return True
    if last == _ZERO_WIDTH_JOINER or (unicodedata.combining(last) == _VIRAMA and character.isalpha()):
        return True
    if "\U0001f3fb" <= character <= "\U0001f3ff":  # skin of an emoji
        return True
    if "\u1160" <= character <= "\u11ff":  # vowel or final of a Hangul syllable written letter by letter
        return "\u1100" <= last <= "\u11ff" or "가" <= last <= "힣"
    regional = "\U0001f1e6" <= character <= "\U0001f1ff"
    return regional and len(before) == 1 and "\U0001f1e6" <= last <= "\U0001f1ff"


def turned_size(width: int, height: int, quarters: int) -> tuple[int, int]:
    """Size of a picture turned by so many quarters clockwise."""
    return (height, width) if quarters % 2 else (width, height)


def turned_points(points: Iterable[Point], width: float, height: float, quarters: int) -> tuple[Point, ...]:
    """Where points of a picture are when it is turned clockwise.

    Args:
        points: (x, y) in pixels of the picture before.
        width: Of the picture before, pixels.
        height: Of the picture before, pixels.
        quarters: Clockwise; negative ones counter-clockwise.
    """
    match quarters % 4:
        case 1:
            return tuple((height - y, x) for x, y in points)
        case 2:
            return tuple((width - x, height - y) for x, y in points)
        case 3:
            return tuple((y, width - x) for x, y in points)
    return tuple(points)
