"""The rows of the character palette as data, and how people write their own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ocrstudio.core.errors import QT_TRANSLATE_NOOP

RECENT_LIMIT = 24


@dataclass(frozen=True)
class PaletteRow:
    """One row: its name (English, context "Palette", or a person's own word) and its characters."""

    name: str
    characters: tuple[str, ...]


def _row(name: str, characters: str) -> PaletteRow:
    return PaletteRow(name, tuple(characters))


STANDARD_ROWS = (
    _row(QT_TRANSLATE_NOOP("Palette", "Roman numerals"), "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ"),
    _row(QT_TRANSLATE_NOOP("Palette", "Units and signs"), "℃℉°′″Ωμ‰℅㎡㎥㎜㎝㎞㎏㎎㏄ℓ⌀±×÷≤≥≈≠∞√∑∅№§©®™€£¥￥"),
    _row(QT_TRANSLATE_NOOP("Palette", "Greek"), "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω"),
    _row(QT_TRANSLATE_NOOP("Palette", "Fractions and exponents"), "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉"),
    _row(QT_TRANSLATE_NOOP("Palette", "Arrows and marks"), "←↑→↓↔↕⇐⇒⇔▲▼◀▶△▽○●□■◇◆☆★☐☑✓✗※"),
    _row(QT_TRANSLATE_NOOP("Palette", "Circled numbers"), "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽"),
    _row(
        QT_TRANSLATE_NOOP("Palette", "Full-width punctuation"),
        "，。、；：？！“”‘’（）《》〈〉【】「」『』〔〕—…·～％＃＆＊＋－＝／＼｜＠",
    ),
)


def parse_rows(lines: Iterable[str]) -> list[PaletteRow]:
    """Rows as people write them, `Name: characters`; white space between the characters does not count.

    Args:
        lines: One row each. A line without a colon has no name; one without characters is left out.

    Returns:
        The rows, each character once within its row.
    """
    rows = []
    for line in lines:
        # A row may hold the colon itself: only one that stands after a name of at least one letter ends that name.
        name, colon, characters = line.partition(":")
        if not colon or not name.strip():
            name, characters = "", line
        found = tuple(dict.fromkeys(letter for letter in characters if not letter.isspace()))
        if found:
            rows.append(PaletteRow(name.strip(), found))
    return rows


def written(rows: Iterable[PaletteRow]) -> list[str]:
    """Rows in the form that `parse_rows` reads."""
    return [f"{row.name}: {''.join(row.characters)}" if row.name else "".join(row.characters) for row in rows]


def with_recent(recent: Sequence[str], text: str) -> tuple[str, ...]:
    """The characters used last, the latest first, after some have been used."""
    return tuple(dict.fromkeys((*text, *recent)))[:RECENT_LIMIT]


def describe(character: str) -> str:
    """The code point and Unicode's name of a character: `U+2163 ROMAN NUMERAL FOUR`."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


def matches(character: str, wanted: str) -> bool:
    """Whether a character is meant by some words: itself, its code point, or all words within its name."""
    if not wanted.strip() or character in wanted:
        return True
    described = describe(character).lower()
    return all(word in described for word in wanted.lower().split())
