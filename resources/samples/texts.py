"""What the sample pages say: templates with Roman numerals, and plain lines.

No template uses a Latin letter alone where a Roman numeral could be meant ("I", "V", "X"), so that what the picture
shows has one correct reading.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

ROMAN = tuple(chr(0x2160 + index) for index in range(12))

# {r} a Roman numeral, {n} a number of 2 to 4 digits, {d} one digit, {t} a day, {y} a year, {w} a word, {p} a phrase
ENGLISH = (
    "Chapter {r}", "Chapter {r}, page {n}", "No. {r}-{n}", "Louis {r}, {y}", "Act {r}, Scene {d}",
    "Volume {r} of {d}", "Type {r} error rate {d}.{d}%", "Class {r} permit {n}", "{r} {y}", "Part {r}: {w}",
    "{r}. {p}", "Grade {r} steel, {n} mm", "Henry {r} ({y})", "Factor {r}a = {d}.{d}", "Phase {r} trial",
    "Section {r}-{d}", "{w} {r}/{r}", "Quarter {r} total {n}.{d}", "Table {r}. {p}", "Fig. {r} {w}",
    "Symphony {r} in D", "{r}-{r} {w}", "Zone {r} {n} kg", "Book {r} § {d}", "{w} {r} {n}", "{r}) {p}",
    "Canto {r}, line {n}", "King Charles {r}", "{r} / {n}", "Level {r} to {r}", "Unit {r} {w}", "Ward {r} bed {d}",
)  # fmt: skip
CHINESE = (
    "第{r}章", "第{r}卷共{n}页", "图{r}-{d}", "表{r}目录", "附录{r}报告", "{r}级编号{n}", "第{r}部分工程",
    "第{r}期{y}年", "图{r}-{d}地质图", "{r}区{d}号楼", "第{r}册诗集", "{r}号线{n}次", "甲{r}-{n}", "第{r}节乐曲",
    "{r}、工程地质", "第{r}条第{d}款",
)  # fmt: skip
PLAIN_ENGLISH = (
    "Total {n}.{d}{d}", "Invoice {n}-{n}", "{t} March {y}", "Phone 555-{n}", "{p}", "{w}, {w} and {w}",
    "Weight {n} kg net", "Room {n}, floor {d}", "Paid in {y}", "Ref. {n}/{n}", "{w} street {d}{d}", "{p}, {y}",
    "{w} {n} x {d}", "Open {d}:30 to {d}:45",
)  # fmt: skip
PLAIN_CHINESE = ("编号{n}", "共{n}页", "{y}年{d}月", "工程报告", "地质图集", "甲乙丙{n}", "目次{d}", "{d}号楼{n}")
# (Chinese, with a numeral) -> templates
TEMPLATES = {
    (False, False): PLAIN_ENGLISH,
    (False, True): ENGLISH,
    (True, False): PLAIN_CHINESE,
    (True, True): CHINESE,
}
WORDS = (
    "Harbour", "Station", "Copper", "Orchard", "Museum", "Library", "Winter", "Granite", "Lantern", "Meadow",
    "Bridge", "Compass", "Saddle", "Window", "Timber", "Garden", "Market", "Silver", "Thunder", "Pepper", "Quarry",
    "Jasper", "Yellow",
)  # fmt: skip
PHRASES = (
    "The long river", "A quiet harbour", "Kings of the north", "Sum of all parts", "Notes on glass",
    "Fourth quarter sales", "Measured by hand", "Wool and linen", "Parts for export", "Early railway maps",
    "Bread, salt, wine", "Rules of the house", "Steam and steel", "Letters from home", "Works for piano",
    "Tides and currents", "Just quiet hours", "Low pressure valve",
)  # fmt: skip


class Numerals:
    """Deals Roman numerals so that over a whole set each is dealt equally often."""

    def __init__(self, chance: random.Random) -> None:
        """Starts with an empty deck."""
        self._chance = chance
        self._deck: list[str] = []

    def next(self) -> str:
        """The next numeral."""
        if not self._deck:
            self._deck = list(ROMAN)
            self._chance.shuffle(self._deck)
        return self._deck.pop()


def fill(template: str, chance: random.Random, numerals: Numerals) -> str:
    """Puts values into a template."""
    text = template
    makers = {
        "{r}": numerals.next,
        "{n}": lambda: str(chance.randint(11, 9998)),
        "{d}": lambda: str(chance.randint(1, 9)),
        "{t}": lambda: str(chance.randint(1, 31)),
        "{y}": lambda: str(chance.randint(1412, 2031)),
        "{w}": lambda: chance.choice(WORDS),
        "{p}": lambda: chance.choice(PHRASES),
    }
    for mark, make in makers.items():
        while mark in text:
            text = text.replace(mark, make(), 1)
    return text


def lines(
    chance: random.Random, numerals: Numerals, *, roman_share: float, chinese_share: float
) -> Iterator[tuple[str, str]]:
    """Endless lines of one page.

    Args:
        chance: Source of randomness.
        numerals: Deck shared by all pages.
        roman_share: Share of lines that hold a Roman numeral, 0 to 1.
        chinese_share: Share of lines in Chinese, 0 to 1.

    Yields:
        Text and its script, "latin", "roman" (Latin with a Roman numeral) or "chinese", which decides what fonts fit.
    """
    while True:
        chinese = chance.random() < chinese_share
        roman = chance.random() < roman_share
        templates = TEMPLATES[chinese, roman]
        script = "chinese" if chinese else "roman" if roman else "latin"
        yield fill(chance.choice(templates), chance, numerals), script
