"""Which known character a new one resembles, so that it need not learn its strokes from nothing.

Three sources, in this order: what the user says; Unicode's compatibility decomposition (Ⅷ is written V, I, I, I; é is
an e with an accent; ａ is a wide a), of which the first part that the model knows counts; pairs of equal shape that
Unicode keeps apart because they belong to different scripts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping

# Characters of the second text look like those of the first, place by place.
_PAIRS = (
    # Latin and Cyrillic, Greek
    ("ABEKMHOPCTYXSIJaeopcyxsijhN", "АВЕКМНОРСТУХЅІЈаеорсухѕіјһИ"),
    ("ABEZHIKMNOPTYXouvpkyxw", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧουνρκγχω"),
    # letters whose stroke or tail Unicode does not take apart
    ("OoLlDdTtHhiBabEeGgoOuy", "ØøŁłĐđŦŧĦħıßæƀÆœǤǥơƠưƴ"),
    # dashes, quotation marks, dots, signs
    ("-----——-~~", "‐‑‒–−―⸺﹣∼～"),
    ("'''\"\"\"<>'\"", "‘’‚“”„‹›′″"),
    ("······。.", "•∙⋅・‧●｡․"),
    ("xX+=≈<>/VO", "×✕÷≡≅≤≥∕√○"),
    # ideographs
    ("口日己己土未人八工二三十卜一一", "囗曰已巳士末入入エニミ＋トー丨"),
    ("oO0一", "〇◯○―"),
)


def _pairs() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for known, similar in _PAIRS:
        for one, other in zip(known, similar, strict=True):
            table.setdefault(other, []).append(one)
            table.setdefault(one, []).append(other)
    return {character: tuple(others) for character, others in table.items()}


_SIMILAR = _pairs()


def look_alikes_of(character: str) -> tuple[str, ...]:
    """Characters that one resembles, the nearest first; itself is not among them."""
    found: list[str] = []
    for form in ("NFKC", "NFKD"):
        parts = unicodedata.normalize(form, character)
        # accents, brackets and spaces are not what makes a character look as it does
        strokes = [part for part in parts if not unicodedata.category(part).startswith(("M", "P", "Z"))]
        found += strokes or parts
    found += [other for name in (character, *found) for other in _SIMILAR.get(name, ())]
    swapped = character.swapcase()
    if len(swapped) == 1 and swapped != character and character.lower() in "cosuvwxz":
        found.append(swapped)
    return tuple(dict.fromkeys(other for other in found if other != character))


def look_alikes(new: Iterable[str], known: Collection[str], chosen: Mapping[str, str] | None = None) -> dict[str, str]:
    """A look-alike for each new character that has one.

    Args:
        new: Characters to be added.
        known: Characters that the model knows.
        chosen: New character -> look-alike, as the user says; goes before the table.

    Returns:
        New character -> known character.
    """
    found = {}
    for character in new:
        candidates = [*([chosen[character]] if chosen and character in chosen else []), *look_alikes_of(character)]
        model = next((candidate for candidate in candidates if candidate in known), None)
        if model is not None:
            found[character] = model
    return found
