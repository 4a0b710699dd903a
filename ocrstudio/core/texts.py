"""Joining and cutting the texts of lines, as boxes are merged and split."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from ocrstudio.core.page import IGNORE_TEXTS, PLACEHOLDER_TEXTS

# A guessed cut goes to a space that is no further away than this many narrow characters.
_SPACE_REACH = 3.0


def joined(texts: Sequence[str]) -> str:
    """One text of several in reading order: a space between Latin words, none beside Chinese or Japanese characters.

    Texts that say "not readable" or "not read yet" count only if there is no other.
    """
    told = [text.strip() for text in texts if text.strip()]
    read = [text for text in told if text not in IGNORE_TEXTS and text not in PLACEHOLDER_TEXTS]
    if not read:
        return told[0] if told else ""
    whole = read[0]
    for text in read[1:]:
        whole += text if is_wide(whole[-1]) or is_wide(text[0]) else f" {text}"
    return whole


def parted(text: str, index: int) -> tuple[str, str]:
    """A text cut before the character `index`, without the spaces at the cut.

    Texts that say "not readable" or "not read yet" hold for both parts.
    """
    if text in IGNORE_TEXTS or text in PLACEHOLDER_TEXTS:
        return text, text
    index = min(max(index, 0), len(text))
    return text[:index].rstrip(), text[index:].lstrip()


def guessed_cut(text: str, share: float) -> int:
    """Where a line's text is to be cut when its picture is cut at a share of its length.

    Wide characters count twice. A space close by is taken rather than the middle of a word.

    Args:
        text: The line.
        share: 0 to 1.

    Returns:
        How many characters come before the cut.
    """
    places = [0.0]
    for letter in text:
        places.append(places[-1] + _width(letter))
    wanted = places[-1] * share
    cuts = [index for index in range(len(text) + 1) if index == len(text) or _width(text[index]) > 0]
    best = min(cuts, key=lambda index: abs(places[index] - wanted))
    spaces = [index for index, letter in enumerate(text) if letter.isspace()]
    near = min(spaces, key=lambda index: abs(places[index] + 0.5 - wanted), default=None)
    if near is not None and abs(places[near] + 0.5 - wanted) <= _SPACE_REACH and not is_wide(text[best - 1 : best]):
        return near
    return best


def is_wide(letter: str) -> bool:
    """Whether a character belongs to a script that is written without spaces between words: Chinese, Japanese."""
    if not letter or unicodedata.east_asian_width(letter) not in ("W", "F"):
        return False
    return not unicodedata.name(letter, "").startswith("HANGUL")


def _width(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    return 2.0 if unicodedata.east_asian_width(letter) in ("W", "F") else 1.0
