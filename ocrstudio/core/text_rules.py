"""What is doubtful about the texts of a training set, though a program can read them.

A model learns the characters that are written, not what they look like: the same picture under two spellings teaches
both wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from ocrstudio.core.page import IGNORE_TEXTS, PLACEHOLDER_TEXTS

PLACEHOLDERS = PLACEHOLDER_TEXTS | IGNORE_TEXTS
# Spaces that look like the common one, and what nobody sees at all. The joiners shape Arabic and Indic scripts.
_ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_JOINERS = "\u200c\u200d"
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_JOINED_SCRIPTS = ("ARABIC", "SYRIAC", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "TAMIL", "TELUGU", "KANNADA")
_DOUBLE_SPACE = re.compile(" {2,}")
_WIDE_LETTER = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_NARROW_KANA = re.compile("[\uff66-\uff9d]+[\uff9e\uff9f]?")
_LETTERS = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile("[\u2160-\u217f]")
# Letters of other alphabets that are drawn like Latin ones.
_LATIN_LOOKS = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo",
        strict=True,
    )
)
# Whole words of small letters and whole numbers only.
_DIGIT_IN_WORD = re.compile(r"(?<!\w)(?=\w{5})[a-z]+([01])[a-z]+(?!\w)")
_LETTER_IN_NUMBER = re.compile(r"(?<!\w)\d+([OoIl|])\d+(?!\w)")
_CODE = re.compile(r"[A-Za-z]\d|\d[A-Za-z]")
_CODES_SHARE = 0.1
_SAME_LOOK = str.maketrans({"I": "l", "1": "l", "|": "l", "O": "0", "o": "0"})


def edge_spaces(text: str) -> bool:
    """Whether a text begins or ends with a space, or has two in a row."""
    return text != text.strip(" ") or _DOUBLE_SPACE.search(text) is not None


def invisible(text: str) -> str:
    """The characters of a text that nobody sees, or takes for a common space; "" if there are none."""
    if text.isascii() and text.isprintable():
        return ""
    found = _ODD_SPACES.findall(text) + _UNSEEN.findall(text)
    if any(joiner in text for joiner in _JOINERS) and not _is_joined_script(text):
        found += [letter for letter in text if letter in _JOINERS]
    return "".join(dict.fromkeys(found))


def without_invisible(text: str) -> str:
    """The text with common spaces only, and without what nobody sees."""
    bad = set(invisible(text))
    return "".join(" " if _ODD_SPACES.match(letter) else "" if letter in bad else letter for letter in text)


def is_decomposed(text: str) -> bool:
    """Whether accents are characters of their own (or compatibility ideographs stand for common ones): not NFC."""
    return not text.isascii() and not unicodedata.is_normalized("NFC", text)


def wide_letters(text: str) -> str:
    """Full-width Latin letters and digits, and half-width katakana."""
    if text.isascii():
        return ""
    return "".join(dict.fromkeys(_WIDE_LETTER.findall(text) + _NARROW_KANA.findall(text)))


def usual_width(text: str) -> str:
    """The text with Latin letters and digits in half-width and katakana in full-width form."""
    for pattern in (_WIDE_LETTER, _NARROW_KANA):
        text = pattern.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return text


def mixed_widths(texts: Mapping[int, str]) -> dict[int, str]:
    """Texts whose letters have the rarer of two widths, if both occur.

    Args:
        texts: Line number to text.

    Returns:
        Line number to the characters that stand there in the other width.
    """
    odd = {line: wide for line, text in texts.items() if (wide := wide_letters(text))}
    usual = {letter for text in texts.values() for letter in text}
    # a set that writes everything in full width is of one mind
    return {
        line: wide for line, wide in odd.items() if any(set(unicodedata.normalize("NFKC", one)) & usual for one in wide)
    }


def are_codes(texts: Iterable[str]) -> bool:
    """Whether letters and digits stand side by side on purpose in these texts: number plates, serial numbers."""
    mixed = total = 0
    for text in texts:
        total += 1
        mixed += _CODE.search(text) is not None
    return mixed > total * _CODES_SHARE


def mixed_alphabets(text: str, *, codes: bool = False) -> str:
    """Letters within Latin words that belong to another alphabet but look Latin, or digits in place of letters.

    Args:
        text: A line.
        codes: Digits between letters say nothing.
    """
    found: list[str] = []
    if not text.isascii():
        for word in _LETTERS.findall(text):
            foreign = [letter for letter in word if letter in _LATIN_LOOKS]
            if foreign and any(letter.isascii() for letter in word):
                found += foreign
    if not codes:
        found += _DIGIT_IN_WORD.findall(text) + _LETTER_IN_NUMBER.findall(text)
    return "".join(dict.fromkeys(found))


def two_spellings(texts: Mapping[int, str]) -> dict[int, str]:
    """Texts that also occur in another spelling which looks the same: "Part Ⅰ" and "Part I", "Ⅻ" and "XII".

    Args:
        texts: Line number to text.

    Returns:
        Line number of the rarer spelling to the other one.
    """
    lines: dict[str, list[int]] = {}
    for line, text in texts.items():
        lines.setdefault(text, []).append(line)
    looks: dict[str, list[str]] = {}
    for text in lines:
        looks.setdefault(same_look(text), []).append(text)
    found: dict[int, str] = {}
    for same in looks.values():
        # letters and digits alone, such as "10" and "lO", may both be meant; signs for numerals may not
        if len(same) < 2 or not any(_is_odd(text) for text in same):
            continue
        common = max(same, key=lambda text: (len(lines[text]), not _is_odd(text)))
        for text in same:
            if text != common and (_is_odd(text) or _is_odd(common)):
                found.update(dict.fromkeys(lines[text], common))
    return found


def _is_odd(text: str) -> bool:
    return _ROMAN.search(text) is not None or any(letter in _LATIN_LOOKS for letter in text)


def same_look(text: str) -> str:
    """The same for texts that look the same."""
    if not text.isascii():
        text = "".join(_LATIN_LOOKS.get(letter, letter) for letter in text)
        text = _ROMAN.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return text.translate(_SAME_LOOK)


def _is_joined_script(text: str) -> bool:
    return any(unicodedata.name(letter, "").startswith(_JOINED_SCRIPTS) for letter in text)


def lines_per_character(texts: Iterable[str]) -> dict[str, int]:
    """How many texts each character is in; the space is left out."""
    found: dict[str, int] = {}
    for text in texts:
        for character in set(text):
            found[character] = found.get(character, 0) + 1
    found.pop(" ", None)
    return found


def spaced_share(texts: Sequence[str]) -> float:
    """Share of the texts that have a space inside."""
    return sum(" " in text.strip() for text in texts) / len(texts) if texts else 0.0
