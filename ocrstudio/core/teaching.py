"""Teaching: what a person's corrections say, which of them are learned from, and whether that made a model better.

A correction confirms one line and says nothing about the others of its page. So the page stays unchecked, and its box
carries `Box.is_confirmed`. Learned from are the lines of checked pages and confirmed lines of any page that nobody set
aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from ocrstudio.core import edits, recipes
from ocrstudio.core.box_matching import match_boxes
from ocrstudio.core.metrics import edit_distance
from ocrstudio.core.page import Box, Page, PageState

# So many new corrections are worth a training: with fewer, three lines to test by would be too much of them. In trials
# twelve took the character errors in 200 other lines of their kind from 4.5 to 0.2 %.
ENOUGH = 10
# Every so many-th line is never learned from, so that it can tell whether other lines are read better.
TEST_SHARE = 5
FEWEST_TESTS = 3
# What may be lost of the lines that watch over forgetting, as a share of 1: unnoticed, and at all. They are random
# characters in many fonts, where a change shows first.
UNNOTICED, MAX_FORGOTTEN = 0.05, 0.1

LEARN, TEST = "learn", "test"

# A round shows few lines several times, so that it has steps enough to learn something between two checkpoints.
ROUND_LINES = 32
ROUNDS, ROUNDS_OF_MANY, MANY_LINES = 4, 2, 1000
# Old lines for each new one, of which some three hundred are made at most.
MOST_OLD, OLD_LINES = 4.0, 300
# The old lines hold the network (`ocrstudio.engine.rec.anchor`), so the rate may be three times as high as without.
# Lessons of 12 and 50 lines, one seed each: of 200 other lines of their kind read without error / of 300 old ones lost,
# at 0.00005 without a hold, then at these values. Captchas: 170/8 and 178/7, then 177/2 and 184/4. Tiny serial numbers:
# 122/11 and 134/6, then 124/4 and 143/6. A chancery hand: 51/6 and 54/3, then 53/6 and 59/4. Chinese, 12 lines: 196/7,
# then 199/4. In all 2.3 % of the old lines were lost before, and 1.4 % now.
RATE, ANCHOR = 0.00015, 30.0
# Characters that the model never knew begin far below all others and have to come up in a few steps. Eighteen lines
# with four of them: 46 of 50 other such lines read without error and 2 of 100 old ones lost. At one rate for all, six
# times as high as `RATE_BESIDE_NEW`, it was none of them, and 9 of 100 lost.
ROUNDS_OF_NEW, RATE_OF_NEW, RATE_BESIDE_NEW = 8, 0.003, 0.00005
WATCHED_LINES = 100
# Measured with 12, 50 and 200 lines.
FIXED_S, PER_LINE_S = 40.0, 0.4


def lesson_values(lines: int, *, has_new: bool = False) -> dict[str, Any]:
    """Values of the config for a short training; measured with 12 to 200 lines.

    Args:
        lines: How many are learned from.
        has_new: Whether they have characters that the model does not know.
    """
    rounds = ROUNDS_OF_NEW if has_new else ROUNDS if lines <= MANY_LINES else ROUNDS_OF_MANY
    return {
        recipes.EPOCHS: rounds,
        recipes.FREEZE: "backbone",
        recipes.FREEZE_EPOCHS: 0,
        recipes.RATE: RATE_BESIDE_NEW if has_new else RATE,
        "Train.replay_anchor": 0.0 if has_new else ANCHOR,
        "Optimizer.lr.new_character_rate": RATE_OF_NEW if has_new else 0.0,
        # few lines have few characters: all others must not be pushed away by them
        "Global.freeze_unseen": True,
        recipes.WARMUP: 0.2,
        recipes.COPIES: 2,
        recipes.REPLAY: round(min(MOST_OLD, max(1.0, OLD_LINES / max(1, lines))), 1),
        recipes.WATCHED: WATCHED_LINES,
        recipes.MAX_DROP: MAX_FORGOTTEN,
        "Train.dataset.ratio_list": [round(max(1.0, ROUND_LINES / max(1, lines)), 1)],
        # only what it began with and what it ends with are measured: the lines that test choose no moment in between
        "Global.eval_batch_epoch": rounds,
    }


def expected_seconds(lines: int) -> float:
    """About how long a lesson takes on two processor cores, from the first step to the comparison."""
    return FIXED_S + PER_LINE_S * lines


def with_correction(page: Page, read: Sequence[Box], index: int, text: str) -> Page:
    """The page with the text of one line as a person corrected it.

    Args:
        page: As it is. One without boxes gets all lines that were read, as automatic labels.
        read: The lines that were read on its picture.
        index: The corrected one.
        text: What it says.

    Returns:
        The page; the line's box is confirmed, the others are what they were. A checked page stays checked.
    """
    if not page.boxes:
        page = replace(page, boxes=tuple(read))
    found = match_boxes([read[index]], page.boxes).get(0)
    before = page.boxes[found] if found is not None else replace(read[index], touched=True)
    if found is None:
        page = replace(page, boxes=(*page.boxes, before))
    after = replace(before.with_extra(confirmed=True), text=text, score=None, touched=True)
    return page if after == before else edits.replaced(page, {before.id: after})


def to_learn(page: Page) -> Page:
    """The page with those boxes only whose texts are known to be right."""
    if page.state is PageState.CHECKED:
        return page
    known = () if page.state is PageState.REJECTED else tuple(box for box in page.boxes if box.is_confirmed)
    return replace(page, boxes=known)


def parted(lines: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """Which lines are learned from, and which tell whether that helped.

    Args:
        lines: Names of all lines.
        known: Names of lines to their part in earlier trainings. They keep it: whoever learned a line once can never be
            tested by it.

    Returns:
        Name to `LEARN` or `TEST`: about one in `TEST_SHARE` tests, and of few lines a third, up to three.
    """
    names = list(dict.fromkeys(lines))
    parts = {name: known[name] for name in names if known.get(name) in (LEARN, TEST)}
    # In no order that has to do with the pages, and the same whenever it is asked.
    new = sorted((name for name in names if name not in parts), key=_shuffled)
    least = min(FEWEST_TESTS, max(len(names) // 3, min(1, len(names) // 2)))
    wanted = max(len(names) // TEST_SHARE, least) - sum(part == TEST for part in parts.values())
    parts |= {name: TEST if place < wanted else LEARN for place, name in enumerate(new)}
    return parts


def _shuffled(name: str) -> bytes:
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()


# --- what it brought -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reading:
    """A line, as a person says it is and as two models read it."""

    name: str
    part: str
    text: str
    before: str
    after: str


@dataclass(frozen=True)
class Score:
    """How some lines were read: how many there are, how many without error, and the share of wrong characters."""

    lines: int = 0
    right: int = 0
    errors: int = 0
    characters: int = 0

    @property
    def cer(self) -> float:
        """Errors by characters, 0 to 1 and above."""
        return self.errors / self.characters if self.characters else 0.0


def score(pairs: Iterable[tuple[str, str]]) -> Score:
    """Of (truth, read)."""
    listed = list(pairs)
    return Score(
        len(listed),
        sum(truth == read for truth, read in listed),
        sum(edit_distance(truth, read) for truth, read in listed),
        sum(len(truth) for truth, _ in listed),
    )


class Verdict(Enum):
    """What came of a training; the value is what the file of a run holds."""

    BETTER = "better"
    MIXED = "mixed"  # better on such lines, somewhat worse on other texts: a person has to choose
    SAME = "same"  # no better on lines that it did not learn from
    FORGETS = "forgets"  # other texts would be read worse


@dataclass(frozen=True)
class Lesson:
    """What a training from corrections brought.

    Attributes:
        readings: Of all lines.
        kept_before: Share of the lines that watch over forgetting that the model read without error, 0 to 1.
        kept_after: The same for the new one.
        kept_lines: How many these are; 0: nothing is known of it.
    """

    readings: tuple[Reading, ...]
    kept_before: float = 1.0
    kept_after: float = 1.0
    kept_lines: int = 0

    def before(self, part: str) -> Score:
        """How the model read the lines of a part."""
        return score((one.text, one.before) for one in self.readings if one.part == part)

    def after(self, part: str) -> Score:
        """How the new one reads them."""
        return score((one.text, one.after) for one in self.readings if one.part == part)

    @property
    def is_worth_using(self) -> bool:
        """Whether somebody may want the new model."""
        return self.verdict in (Verdict.BETTER, Verdict.MIXED)

    @property
    def verdict(self) -> Verdict:
        """Better only if lines that were not learned from are: with all of them right before, if they still are."""
        lost = self.kept_before - self.kept_after - 1e-9  # 0.05 may be a little more by rounding
        if lost > MAX_FORGOTTEN:
            return Verdict.FORGETS
        before, after = self.before(TEST), self.after(TEST)
        learned = self.after(LEARN).errors < self.before(LEARN).errors
        if after.errors < before.errors or (after.errors == 0 == before.errors and learned):
            # fewer wrong characters, but no line more that is right: that is not worth any other line
            bearable = UNNOTICED if after.right > before.right or not after.errors else 0.0
            return Verdict.BETTER if lost <= bearable else Verdict.MIXED
        return Verdict.SAME

    def examples(self, limit: int) -> list[Reading]:
        """Lines that are read differently now, those first that were not learned from, then the greatest gains."""
        changed = [one for one in self.readings if one.before != one.after]

        def gain(one: Reading) -> int:
            return edit_distance(one.text, one.before) - edit_distance(one.text, one.after)

        return sorted(changed, key=lambda one: (one.part != TEST, -gain(one)))[:limit]
