"""Which scripts the characters of a model belong to."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

# First word, or words, of a character's name in Unicode -> the script, as `ui.model_names.script_name` knows it.
_NAMES = {
    "CJK": "han",
    "LATIN": "latin",
    "FULLWIDTH": "latin",
    "GREEK": "greek",
    "CYRILLIC": "cyrillic",
    "HIRAGANA": "kana",
    "KATAKANA": "kana",
    "HALFWIDTH": "kana",
    "HANGUL": "hangul",
    "ARABIC": "arabic",
    "HEBREW": "hebrew",
    "DEVANAGARI": "devanagari",
    "THAI": "thai",
    "TAMIL": "tamil",
    "TELUGU": "telugu",
    "KANNADA": "kannada",
    "BENGALI": "bengali",
    "BOPOMOFO": "bopomofo",
}


def scripts(characters: Iterable[str]) -> dict[str, int]:
    """How many characters of each script there are, most first.

    Returns:
        Keys: "han", "latin", "kana" and so on; "digits"; "other" for signs and what has no letters.
    """
    counts = Counter(_script(character) for character in characters if character.strip())
    return dict(counts.most_common())


def _script(character: str) -> str:
    first = character[0]
    if first.isdecimal():
        return "digits"
    if not first.isalpha():
        return "other"
    word = unicodedata.name(first, "").partition(" ")[0]
    return _NAMES.get(word, "other")
