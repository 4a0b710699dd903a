"""How synthetic lines look: presets with numbers for every kind of wear, and what a run of them is asked for."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError
from ocrstudio.core.synthesis_pages import PageWishes

Range = tuple[float, float]

BACKGROUNDS = ("plain", "paper", "gradient", "texture", "ruled")
# What `wear` multiplies: 0 gives clean lines, 1 the preset as it is, 2 about the limit of what can be read.
MOST_WEAR = 2.0
MOST_LINES = 1_000_000

UNKNOWN_PRESET = QT_TRANSLATE_NOOP("Errors", "There is no preset called {preset}.")
USE_PRESET = QT_TRANSLATE_NOOP("Errors", "Use one of: {known}.")
BAD_NUMBER = QT_TRANSLATE_NOOP("Errors", "{name} is {value}, which is not between {low} and {high}.")
CHOOSE_NUMBER = QT_TRANSLATE_NOOP("Errors", "Choose a number in that range.")


@dataclass(frozen=True)
class Look:
    """One preset. Probabilities and shares lie between 0 and 1; lengths are shares of the letters' size.

    Attributes:
        size: Of the letters, pixels.
        backgrounds: Some of `BACKGROUNDS`, each as likely.
        margin: Free room around the text.
        light_on_dark: Share of lines with light letters on dark ground.
        colour: Share of lines with coloured letters; the rest is nearly black or white.
        spacing: Most extra room between letters.
        curve: Share of bent lines.
        perspective: Share of lines seen from the side.
        turn: Most degrees that a line is turned.
        blur: Most of it, pixels at a size of 32.
        noise: Most of it, grey levels of 255.
        shade: Most difference of light from one end to the other.
        rules: Share of lines under or over which a line is drawn.
        stamps: Share of lines with a part of a stamp on them.
        quality: Of the JPEG file; written by a camera or a scanner.
        letter_turn: Most degrees that each letter is turned by itself.
        letter_lift: How far letters go up and down.
        arcs, dots: How many are drawn across, least and most.
        wave: Pixels by which the whole picture waves.
    """

    size: Range = (24, 48)
    backgrounds: tuple[str, ...] = BACKGROUNDS
    margin: Range = (0.08, 0.35)
    light_on_dark: float = 0.08
    colour: float = 0.15
    spacing: float = 0.12
    curve: float = 0.0
    perspective: float = 0.0
    turn: float = 0.6
    blur: float = 0.9
    noise: float = 6.0
    shade: float = 0.1
    rules: float = 0.05
    stamps: float = 0.0
    quality: Range = (70, 95)
    letter_turn: float = 0.0
    letter_lift: float = 0.0
    arcs: Range = (0, 0)
    dots: Range = (0, 0)
    wave: float = 0.0

    def worn(self, wear: float) -> Look:
        """The same look with more (up to 2) or less (down to 0) of everything that makes it hard to read."""
        share = min(1.0, wear) if wear < 1 else wear

        def more(probability: float) -> float:
            return min(1.0, probability * share)

        low, high = self.quality
        return replace(
            self,
            curve=more(self.curve),
            perspective=more(self.perspective),
            turn=self.turn * share,
            blur=self.blur * share,
            noise=self.noise * share,
            shade=min(0.6, self.shade * share),
            rules=more(self.rules),
            stamps=more(self.stamps),
            quality=(min(high, max(25.0, 95 - (95 - low) * share)), high),
            letter_turn=min(35.0, self.letter_turn * share),
            letter_lift=min(0.3, self.letter_lift * share),
            arcs=(self.arcs[0] * share, self.arcs[1] * share),
            dots=(self.dots[0] * share, self.dots[1] * share),
            wave=self.wave * share,
        )


PRESETS: dict[str, Look] = {
    "document": Look(backgrounds=("plain", "paper"), turn=0.4, blur=0.8, noise=5, shade=0.05, rules=0.08),
    "photo": Look(
        size=(22, 56),
        light_on_dark=0.2,
        colour=0.4,
        curve=0.35,
        perspective=0.6,
        turn=2.0,
        blur=1.5,
        noise=12,
        shade=0.35,
        rules=0.1,
        quality=(45, 92),
    ),
    "screen": Look(
        size=(14, 30),
        backgrounds=("plain", "gradient"),
        light_on_dark=0.4,
        colour=0.5,
        spacing=0.05,
        turn=0.0,
        blur=0.5,
        noise=1.5,
        shade=0.0,
        rules=0.03,
        quality=(75, 98),
    ),
    "form": Look(
        backgrounds=("plain", "paper", "ruled"),
        colour=0.3,
        light_on_dark=0.02,
        turn=0.8,
        blur=1.0,
        noise=7,
        shade=0.12,
        rules=0.55,
        stamps=0.35,
    ),
    "captcha": Look(
        size=(36, 46),
        backgrounds=("plain", "gradient", "texture"),
        margin=(0.15, 0.35),
        light_on_dark=0.1,
        colour=0.9,
        spacing=0.2,
        turn=0.0,
        blur=0.6,
        noise=14,
        shade=0.1,
        rules=0.0,
        quality=(70, 95),
        letter_turn=18,
        letter_lift=0.12,
        arcs=(2, 6),
        dots=(40, 120),
        wave=1.2,
    ),
}
DEFAULT_PRESET = "document"


@dataclass(frozen=True)
class Recipe:
    """What a run of synthetic lines or pages is asked for; the same recipe and fonts give the same ones.

    Attributes:
        count: Lines, or pages.
        seed: Source of all choices.
        preset: One of `PRESETS`.
        wear: See `Look.worn`.
        vertical: Share of lines (or pages) that are written from top to bottom.
        size: Of the letters, instead of the preset's, pixels.
        source: Where the texts come from, as far as it has to be told.
        page: Pages are asked for, and how they shall look; None asks for lines.
    """

    count: int
    seed: int = 0
    preset: str = DEFAULT_PRESET
    wear: float = 1.0
    vertical: float = 0.0
    size: Range | None = None
    source: dict[str, Any] = field(default_factory=dict)
    page: PageWishes | None = None

    def __post_init__(self) -> None:
        if self.preset not in PRESETS:
            raise DatasetError(UNKNOWN_PRESET, USE_PRESET, preset=self.preset, known=", ".join(PRESETS))
        limits: tuple[tuple[str, float, float, float], ...] = (
            ("count", self.count, 1, MOST_LINES),
            ("seed", self.seed, 0, 2**63 - 1),
            ("wear", self.wear, 0, MOST_WEAR),
            ("vertical", self.vertical, 0, 1),
            *(("size", side, 8, 400) for side in self.size or ()),
        )
        for name, value, low, high in limits:
            # a value that is no number is in no range
            if not low <= value <= high:
                raise DatasetError(BAD_NUMBER, CHOOSE_NUMBER, name=name, value=value, low=low, high=high)

    @property
    def look(self) -> Look:
        """The preset as this recipe changes it."""
        look = PRESETS[self.preset].worn(self.wear)
        return replace(look, size=(min(self.size), max(self.size))) if self.size else look

    def as_dict(self) -> dict[str, Any]:
        """For `synthetic.json`."""
        return asdict(self)


def needs_shaping(text: str) -> bool:
    """Whether letters of a text change with their neighbours or stand on them, so that it is set as a whole."""
    return not text.isascii() and any(
        unicodedata.bidirectional(letter) in ("R", "AL") or unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf")
        for letter in text
    )


def can_stand(text: str) -> bool:
    """Whether a text can be written from top to bottom, one character below the other."""
    return len(text) > 1 and not needs_shaping(text)
