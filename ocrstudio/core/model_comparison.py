"""Two models on the same labelled set: which is better, and whether the set is large enough to say so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ocrstudio.core.detection_metrics import PageMatch
from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.evaluation import LineReading
from ocrstudio.core.metrics import edit_distance
from ocrstudio.core.significance import FEWEST_UNITS, Counts, Difference, Measure, compare, hmean, ratio

# Context of the sentences in the catalogue of translations.
CONTEXT = "Compare"
BETTER = QT_TRANSLATE_NOOP(
    "Compare",
    "{better} is better: {measure} {points} points {way} ({worse_value} % → {better_value} %; 95 % interval of the "
    "difference: {low} to {high} points).",
)
NOT_SHOWN = QT_TRANSLATE_NOOP(
    "Compare",
    "No difference that this set could show: {measure} {first} % and {second} % (95 % interval of the difference: "
    "{low} to {high} points). About {lines} lines would be needed to show a difference as small as this.",
)
NOT_SHOWN_PAGES = QT_TRANSLATE_NOOP(
    "Compare",
    "No difference that this set could show: {measure} {first} % and {second} % (95 % interval of the difference: "
    "{low} to {high} points). About {lines} pages would be needed to show a difference as small as this.",
)
NEVER_SHOWN = QT_TRANSLATE_NOOP(
    "Compare",
    "No difference: {measure} {first} % and {second} % (95 % interval of the difference: {low} to {high} points).",
)
TOO_FEW_LINES = QT_TRANSLATE_NOOP(
    "Compare",
    "Too few lines to say which is better: {units} are here, at least {fewest} are needed ({measure} {first} % and "
    "{second} %).",
)
TOO_FEW_PAGES = QT_TRANSLATE_NOOP(
    "Compare",
    "Too few pages to say which is better: {units} are here, at least {fewest} are needed ({measure} {first} % and "
    "{second} %).",
)
LOWER, HIGHER = QT_TRANSLATE_NOOP("Compare", "lower"), QT_TRANSLATE_NOOP("Compare", "higher")
# What the measures are called.
WORDS = {"cer": "CER", "acc": "acc", "norm_edit_dis": "norm_edit_dis", "hmean": "Hmean"}
LOWER_IS_BETTER = frozenset({"cer"})


@dataclass(frozen=True)
class Compared:
    """One measure of both models.

    Attributes:
        name: cer, acc, norm_edit_dis or hmean.
        difference: Of the shares of 1.
        unit: What was drawn: "page" or "line".
        lines: Lines (of detection: pages) of the whole set.
    """

    name: str
    difference: Difference
    unit: str
    lines: int

    @property
    def better(self) -> int:
        """0 or 1 for the model that is better for sure, -1 if the set cannot tell."""
        if not self.difference.is_sure:
            return -1
        return int((self.difference.value > 0) != (self.name in LOWER_IS_BETTER))

    @property
    def lines_needed(self) -> int | None:
        """About how many lines (of detection: pages) would show the difference; None if no set would."""
        needed = self.difference.units_needed
        return None if needed is None else round(needed * self.lines / self.difference.units)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        found = self.difference
        return {
            "name": self.name,
            "first": found.first,
            "second": found.second,
            "difference": found.value,
            "low": found.low,
            "high": found.high,
            "unit": self.unit,
            "units": found.units,
            "lines": self.lines,
            "better": self.better,
            "lines_needed": self.lines_needed,
            "second_higher": found.higher,
        }

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> Compared:
        """What `as_dict` gave."""
        first, second, low, high = (float(raw[name]) for name in ("first", "second", "low", "high"))
        difference = Difference(first, second, low, high, int(raw["units"]), float(raw["second_higher"]))
        return cls(str(raw["name"]), difference, str(raw["unit"]), int(raw["lines"]))


def compare_lines(first: Sequence[LineReading], second: Sequence[LineReading]) -> list[Compared]:
    """CER, acc and norm_edit_dis of two models on the same lines.

    Args:
        first: What the first model read.
        second: What the second one read in the same lines, in the same order.

    Returns:
        cer, acc, norm_edit_dis. Pages are drawn where each line's page is known and there are enough of them, otherwise
        lines.
    """
    pages = list(dict.fromkeys(line.page for line in first))
    by_page = all(pages) and len(pages) >= FEWEST_UNITS
    place = {page: number for number, page in enumerate(pages)}
    owners = [place[line.page] for line in first] if by_page else list(range(len(first)))
    unit, count = ("page", len(pages)) if by_page else ("line", len(first))
    table: list[tuple[str, Callable[[LineReading], tuple[float, float]], Measure]] = [
        ("cer", _edits, ratio),
        ("acc", _right, ratio),
        ("norm_edit_dis", _similarity, ratio),
    ]
    found = []
    for name, counts, measure in table:
        rows = [_summed(side, owners, count, counts) for side in (first, second)]
        found.append(Compared(name, compare(rows[0], rows[1], measure), unit, len(first)))
    return found


def compare_pages(first: Sequence[PageMatch], second: Sequence[PageMatch]) -> list[Compared]:
    """Hmean of two detectors on the same pages, in the same order."""
    rows = [[(page.matched, page.truths, page.found) for page in side] for side in (first, second)]
    return [Compared("hmean", compare(rows[0], rows[1], hmean), "page", len(first))]


def verdict(compared: Compared, names: tuple[str, str]) -> tuple[str, dict[str, str]]:
    """What is to be said of a measure, instead of two bare numbers.

    Args:
        compared: The measure.
        names: Of the two models.

    Returns:
        A template of the context `CONTEXT`, and its values; `way` is a word of the same context.
    """
    found, measure = compared.difference, WORDS[compared.name]
    values = {
        "measure": measure,
        "first": percent(found.first),
        "second": percent(found.second),
        "low": signed(found.low),
        "high": signed(found.high),
    }
    better = compared.better
    if better >= 0:
        low, high = sorted((abs(found.low), abs(found.high)))
        shares = (found.second, found.first) if better == 0 else (found.first, found.second)
        return BETTER, {
            "better": names[better],
            "measure": measure,
            "points": percent(abs(found.value)),
            "way": LOWER if compared.name in LOWER_IS_BETTER else HIGHER,
            "worse_value": percent(shares[0]),
            "better_value": percent(shares[1]),
            "low": percent(low),
            "high": percent(high),
        }
    if found.units < FEWEST_UNITS:
        template = TOO_FEW_PAGES if compared.unit == "page" else TOO_FEW_LINES
        return template, {**values, "units": str(found.units), "fewest": str(FEWEST_UNITS)}
    needed = compared.lines_needed
    if needed is None:
        return NEVER_SHOWN, values
    return NOT_SHOWN_PAGES if compared.name == "hmean" else NOT_SHOWN, {**values, "lines": f"{_rounded(needed):,}"}


def verdict_text(compared: Compared, names: tuple[str, str]) -> str:
    """The verdict in English."""
    template, values = verdict(compared, names)
    return template.format(**values)


def percent(share: float) -> str:
    """A share in per cent, without the sign: two digits behind the point where it is small."""
    return f"{100 * share:.2f}" if abs(share) < 0.01 else f"{100 * share:.1f}"


def signed(share: float) -> str:
    """As `percent`, with plus or minus."""
    return f"{'+' if share > 0 else '−' if share < 0 else ''}{percent(abs(share))}"


def _edits(line: LineReading) -> tuple[float, float]:
    return edit_distance(line.truth, line.read), len(line.truth)


def _right(line: LineReading) -> tuple[float, float]:
    return float(line.is_right), 1


def _similarity(line: LineReading) -> tuple[float, float]:
    return 1 - edit_distance(line.truth, line.read) / max(len(line.truth), len(line.read), 1), 1


def _summed(
    lines: Sequence[LineReading],
    owners: Sequence[int],
    count: int,
    counts: Callable[[LineReading], tuple[float, float]],
) -> Counts:
    """The counts of each unit."""
    rows = [[0.0, 0.0] for _ in range(count)]
    for owner, line in zip(owners, lines, strict=True):
        one, other = counts(line)
        rows[owner][0] += one
        rows[owner][1] += other
    return rows


def _rounded(number: int) -> int:
    """Two digits: more would look as if it were known."""
    digits = len(str(number)) - 2
    return number if digits <= 0 else round(number, -digits)
