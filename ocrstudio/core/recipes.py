"""Recipes: from what somebody wants and has to the numbers of a training, each with its rule and where that comes from.

Numbers are PaddleOCR's published advice, or what runs of its trainer and of this program's engine measured; where this
program chose between those, it says so. Texts are of the context "Recipes".
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP

Goal = Literal["read", "characters", "find", "codes", "try"]
GOALS: tuple[Goal, ...] = ("read", "characters", "find", "codes", "try")

GUIDE = QT_TRANSLATE_NOOP("Recipes", "PaddleOCR's guide on fine-tuning")
FAQ = QT_TRANSLATE_NOOP("Recipes", "PaddleOCR's FAQ")
RUNS = QT_TRANSLATE_NOOP("Recipes", "measured in runs of PaddleOCR 2.8 and 3.x")
OWN_RUNS = QT_TRANSLATE_NOOP("Recipes", "measured in runs of this program's engine")
CAPTCHAS = QT_TRANSLATE_NOOP("Recipes", "measured on a thousand captchas with this program's engine")
CHOICE = QT_TRANSLATE_NOOP("Recipes", "this program's choice")

EPOCHS, WARMUP = "Global.epoch_num", "Optimizer.lr.warmup_epoch"
RATE, LATER_RATE = "Optimizer.lr.learning_rate", "Optimizer.lr.unfrozen_learning_rate"
BATCH, FIRST_BATCH = "Train.loader.batch_size_per_card", "Train.sampler.first_bs"
FREEZE, FREEZE_EPOCHS = "Global.freeze", "Global.freeze_epochs"
COPIES, DICTIONARY = "Train.dataset.augment_copies", "Global.character_dict_path"
REPLAY, WATCHED, MAX_DROP = "Train.replay_ratio", "Global.retention_lines", "Global.retention_max_drop"

# The program's engine: the rates that were measured, and at which batch.
OWN_RATE = {"rec": (0.0005, 16), "det": (0.001, 4)}
OWN_BATCH = {"rec": (16, 64), "det": (4, 8)}  # without and with a graphics card
MOST_OWN_RATE = {"rec": 0.002, "det": 0.002}
LATER_SHARE = 0.2
# So many lines or pages are seen in a whole run: a thousand lines twenty times.
OWN_SEEN = {"rec": 20_000, "det": 600}
OWN_EPOCHS = {"rec": (5, 30), "det": (10, 30)}
# Old lines for each new one beside new characters, without and with a graphics card. Few new lines need more of them:
# with three for each of 6 and 15 new lines, 4 and 3 of a hundred old ones were lost, and no state that had learned the
# new characters was within the limit; with 120 in all 1.5 were lost, and all were learned. With 40 and 150 new lines
# three for each are as good.
OLD_BESIDE_NEW = (3.0, 5.0)
OLD_LINES_OF_FEW, MOST_OLD = 120, 20.0
FEW = {"rec": 2_000, "det": 200}  # fewer: the part that sees shapes stays as it is
# PaddleOCR: 1e-3 for eight cards of 128 lines or of 8 pages.
GUIDE_RATE = {"rec": (1e-3, 1024), "det": (1e-3, 64)}
LEAST_GUIDE_RATE = 1e-4
GUIDE_BATCH = {"rec": (8, 64), "det": (2, 8)}
ENOUGH = {"rec": 5_000, "det": 500}
# Seconds a line or page on two cores (PP-OCRv4), and how long a run may take there.
CPU_SECONDS = {"rec": 0.9, "det": 2.0}
CPU_HOURS = 8.0


@dataclass(frozen=True)
class Situation:
    """What there is.

    Attributes:
        goal: What the user wants.
        samples: Training lines, or pages for "find".
        cards: Graphics cards; 0 trains on the processor.
        engine: "builtin" or "paddleocr".
        own_dictionary: The dictionary of the dataset, if it has one.
    """

    goal: Goal
    samples: int
    cards: int = 0
    engine: Literal["builtin", "paddleocr"] = "builtin"
    own_dictionary: str | None = None

    @property
    def task(self) -> Literal["rec", "det"]:
        """What is trained for the goal."""
        return "det" if self.goal == "find" else "rec"

    @property
    def total(self) -> int:
        """How many of the machine's devices learn a batch at the same time."""
        return max(1, self.cards)


@dataclass(frozen=True)
class Advice:
    """One value.

    Attributes:
        key: Dotted path.
        value: Plain.
        why: Template of the rule.
        source: Where the rule comes from.
        values: For the template.
    """

    key: str
    value: Any
    why: str
    source: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Remark:
    """Something to know that no value of the config can settle; see `Advice` for its parts."""

    what: str
    source: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Recipe:
    """What to train with.

    Attributes:
        template: Name of the program's template to begin with; "" stays with the config at hand.
        advices: The values.
        remarks: What else to know.
    """

    template: str
    advices: tuple[Advice, ...]
    remarks: tuple[Remark, ...]


def recipe(situation: Situation) -> Recipe:
    """The recipe for a situation."""
    own = situation.engine == "builtin"
    template = f"ppocrv6_small_{situation.task}" if own else ""
    made = _own(situation) if own else _paddleocr(situation)
    return Recipe(template, (*made, *_devices(situation)), tuple(_remarks(situation)))


def scaled_rate(base: tuple[float, int], total_batch: int) -> float:
    """A learning rate in proportion to what is learnt at once, in two digits.

    Args:
        base: A rate, and the batch over all cards that it was meant for.
        total_batch: The batch over all cards.
    """
    rate = base[0] * total_batch / base[1]
    digits = 1 - math.floor(math.log10(rate))
    return round(rate, digits)


# --- this program's engine -------------------------------------------------------------------------------------------


def _own(now: Situation) -> Iterator[Advice]:
    if now.goal == "codes":
        yield from _codes(now)
        return
    task = now.task
    batch = _batch(OWN_BATCH[task], now)
    epochs = 3 if now.goal == "try" else _own_epochs(now)
    few = now.samples < FEW[task] or now.goal == "try"
    yield _batch_advice(now, batch, OWN_RUNS)
    rate = min(MOST_OWN_RATE[task], scaled_rate(OWN_RATE[task], batch * now.total))
    yield Advice(
        RATE,
        rate,
        QT_TRANSLATE_NOOP("Recipes", "{rate} for {batch} at a time, in proportion to the batch over all cards."),
        OWN_RUNS,
        {"rate": f"{OWN_RATE[task][0]:g}", "batch": OWN_RATE[task][1]},
    )
    yield Advice(
        EPOCHS,
        epochs,
        QT_TRANSLATE_NOOP("Recipes", "Long enough to see whether it learns at all.")
        if now.goal == "try"
        else QT_TRANSLATE_NOOP(
            "Recipes", "Some {seen} are seen in all, but not fewer than {low} or more than {high} times each."
        ),
        CHOICE,
        {"seen": OWN_SEEN[task], "low": OWN_EPOCHS[task][0], "high": OWN_EPOCHS[task][1]},
    )
    yield _warmup(epochs, 1)
    yield from _freezing(now, few, epochs, rate)
    if now.goal == "try":
        yield Advice(COPIES, 1, QT_TRANSLATE_NOOP("Recipes", "Each one as it is: the fastest start."), CHOICE)
    if task == "rec" and now.goal != "try":
        yield from _not_forgetting(now)


def _codes(now: Situation) -> Iterator[Advice]:
    """The run that was measured: neck and head on the lines as they are, then everything."""
    why = QT_TRANSLATE_NOOP("Recipes", "As in the run that was measured.")
    batch = _batch((16, 16), now)
    values: dict[str, Any] = {FREEZE: "backbone", FREEZE_EPOCHS: 4, EPOCHS: 8, COPIES: 1, WARMUP: 0.3}
    yield _batch_advice(now, batch, CAPTCHAS)
    for key, base in ((RATE, 0.002), (LATER_RATE, 0.001)):
        yield Advice(
            key,
            min(0.005, scaled_rate((base, 16), batch * now.total)),
            QT_TRANSLATE_NOOP("Recipes", "{rate} for {batch} at a time, in proportion to the batch over all cards."),
            CAPTCHAS,
            {"rate": f"{base:g}", "batch": 16},
        )
    for key, value in values.items():
        yield Advice(key, value, why, CAPTCHAS)
    if now.own_dictionary:
        yield Advice(
            DICTIONARY,
            now.own_dictionary,
            QT_TRANSLATE_NOOP("Recipes", "Only the characters of the codes: learnt several times faster."),
            OWN_RUNS,
        )


def _own_epochs(now: Situation) -> int:
    low, high = OWN_EPOCHS[now.task]
    return max(low, min(high, round(OWN_SEEN[now.task] / max(1, now.samples))))


def _freezing(now: Situation, few: bool, epochs: int, rate: float) -> Iterator[Advice]:
    yield Advice(
        FREEZE,
        "backbone",
        QT_TRANSLATE_NOOP(
            "Recipes", "The part that sees shapes knows them already; left alone, it forgets less and learns fast."
        ),
        OWN_RUNS,
    )
    first = 0 if few else max(1, epochs // 4)
    yield Advice(
        FREEZE_EPOCHS,
        first,
        QT_TRANSLATE_NOOP("Recipes", "With fewer than {few} it stays so for the whole run.")
        if few
        else QT_TRANSLATE_NOOP("Recipes", "With {few} or more everything learns after a quarter of the run."),
        CHOICE,
        {"few": FEW[now.task]},
    )
    if first:
        yield Advice(
            LATER_RATE,
            scaled_rate((rate * LATER_SHARE, 1), 1),
            QT_TRANSLATE_NOOP("Recipes", "A fifth from then on, so that what was learnt is not undone."),
            OWN_RUNS,
        )


def _not_forgetting(now: Situation) -> Iterator[Advice]:
    adding = now.goal == "characters"
    if not adding:
        yield Advice(
            DICTIONARY,
            None,
            QT_TRANSLATE_NOOP("Recipes", "All characters of the model, so that it reads on what it could read."),
            OWN_RUNS,
        )
    ratio, why, source, counts = _old_lines(now)
    yield Advice(REPLAY, ratio, why, source, counts)
    yield Advice(
        WATCHED,
        200,
        QT_TRANSLATE_NOOP("Recipes", "So many old lines are read at every evaluation: forgetting shows at once."),
        CHOICE,
    )
    if adding:
        yield Advice(
            MAX_DROP,
            0.02,
            QT_TRANSLATE_NOOP(
                "Recipes", "A state that lost more than two of a hundred old lines is never the best one."
            ),
            CHOICE,
        )


def _old_lines(now: Situation) -> tuple[float, str, str, dict[str, object]]:
    """How many old lines are mixed in for each new one, and why."""
    if now.goal != "characters":
        return 1.0, QT_TRANSLATE_NOOP("Recipes", "As many old lines as new ones in an epoch."), GUIDE, {}
    enough = OLD_LINES_OF_FEW / max(1, now.samples)
    ratio = OLD_BESIDE_NEW[1] if now.cards else OLD_BESIDE_NEW[0]
    if enough > ratio:
        why = QT_TRANSLATE_NOOP(
            "Recipes",
            "{count} old lines in an epoch keep the old characters, but no more than {most} for each new line.",
        )
        counts: dict[str, object] = {"count": OLD_LINES_OF_FEW, "most": f"{MOST_OLD:g}"}
        return min(MOST_OLD, round(enough, 1)), why, OWN_RUNS, counts
    if now.cards:
        return (
            ratio,
            QT_TRANSLATE_NOOP("Recipes", "Five to ten old lines for each new one keep the old characters."),
            GUIDE,
            {},
        )
    return (
        ratio,
        QT_TRANSLATE_NOOP("Recipes", "Three old lines for each new one keep the old characters."),
        OWN_RUNS,
        {},
    )


# --- PaddleOCR's own trainer -----------------------------------------------------------------------------------------


def _paddleocr(now: Situation) -> Iterator[Advice]:
    task = now.task
    batch = _batch(GUIDE_BATCH[task], now)
    advice = _batch_advice(now, batch, GUIDE if now.cards else RUNS)
    yield advice
    if task == "rec":
        yield Advice(
            FIRST_BATCH, batch, QT_TRANSLATE_NOOP("Recipes", "The same, for the sampler of several sizes."), RUNS
        )
    yield Advice(
        RATE,
        max(LEAST_GUIDE_RATE, scaled_rate(GUIDE_RATE[task], batch * now.total)),
        QT_TRANSLATE_NOOP(
            "Recipes",
            "{rate} for {batch} at a time, in proportion to the batch over all cards; "
            "this program goes no lower than {least}.",
        ),
        GUIDE,
        {"rate": "0.001", "batch": GUIDE_RATE[task][1], "least": f"{LEAST_GUIDE_RATE:g}"},
    )
    epochs, why, source, values = _guide_epochs(now)
    yield Advice(EPOCHS, epochs, why, source, values)
    yield _warmup(epochs, 5 if task == "rec" else 2)


def _guide_epochs(now: Situation) -> tuple[int, str, str, dict[str, object]]:
    if now.goal == "try":
        return 3, QT_TRANSLATE_NOOP("Recipes", "Long enough to see whether it learns at all."), CHOICE, {}
    if now.cards:
        why = QT_TRANSLATE_NOOP("Recipes", "From weights that know something, 100 epochs are enough, for much data 50.")
        return (50 if now.samples >= ENOUGH[now.task] else 100), why, FAQ, {}
    seconds = CPU_SECONDS[now.task] * max(1, now.samples)
    epochs = max(3, min(50, round(CPU_HOURS * 3600 / seconds)))
    why = QT_TRANSLATE_NOOP("Recipes", "Two cores need {seconds} s for each one: about {hours} hours in all.")
    hours = epochs * seconds / 3600
    return epochs, why, RUNS, {"seconds": f"{CPU_SECONDS[now.task]:g}", "hours": f"{hours:.1f}"}


# --- both ------------------------------------------------------------------------------------------------------------


def _batch(sizes: tuple[int, int], now: Situation) -> int:
    wanted = sizes[1] if now.cards else sizes[0]
    return max(1, min(wanted, now.samples or wanted))


def _batch_advice(now: Situation, batch: int, source: str) -> Advice:
    if 0 < now.samples == batch:
        why, source = QT_TRANSLATE_NOOP("Recipes", "There are no more than these."), CHOICE
    elif now.cards:
        why, source = QT_TRANSLATE_NOOP("Recipes", "As the guide has it for one graphics card."), GUIDE
    elif now.engine == "builtin":
        why = QT_TRANSLATE_NOOP("Recipes", "Few enough to change something often, enough to be steady.")
    else:
        why = QT_TRANSLATE_NOOP("Recipes", "What two cores and 4 GB hold.")
    return Advice(BATCH, batch, why, source)


def _warmup(epochs: int, usual: float) -> Advice:
    why = QT_TRANSLATE_NOOP("Recipes", "{usual} as in the templates, but no more than a tenth of the run.")
    return Advice(WARMUP, min(usual, round(epochs / 10, 1)), why, CHOICE, {"usual": usual})


def _devices(now: Situation) -> Iterator[Advice]:
    why = QT_TRANSLATE_NOOP("Recipes", "As you chose.")
    yield Advice("Global.use_gpu", now.cards > 0, why, CHOICE)
    if now.engine == "builtin" and now.cards > 1:
        yield Advice("Global.devices", ",".join(map(str, range(now.cards))), why, CHOICE)


def _remarks(now: Situation) -> Iterator[Remark]:
    if now.samples < ENOUGH[now.task] and now.goal != "try":
        what = (
            QT_TRANSLATE_NOOP("Recipes", "PaddleOCR advises at least {count} pages; you have {samples}.")
            if now.task == "det"
            else QT_TRANSLATE_NOOP("Recipes", "PaddleOCR advises at least {count} lines; you have {samples}.")
        )
        yield Remark(what, GUIDE, {"count": ENOUGH[now.task], "samples": now.samples})
    if now.goal == "characters":
        yield Remark(
            QT_TRANSLATE_NOOP("Recipes", "Each new character should be seen in 200 different lines or more."), FAQ
        )
        yield Remark(
            QT_TRANSLATE_NOOP(
                "Recipes",
                "Choose a dictionary that holds the old characters and the new ones: the command "
                "“ocrstudio dict extend” "
                "writes one, with weights proven to read everything as before.",
            ),
            OWN_RUNS,
        )
        if now.engine == "paddleocr":
            yield Remark(
                QT_TRANSLATE_NOOP(
                    "Recipes",
                    "PaddleOCR drops the whole output layer when the dictionary changes. Start from "
                    "weights that the command "
                    "above wrote, or train with this program's engine.",
                ),
                RUNS,
            )
    if now.engine == "paddleocr" and now.task == "rec" and now.goal in ("read", "characters"):
        yield Remark(
            QT_TRANSLATE_NOOP(
                "Recipes",
                "Against forgetting, add a list of general lines to the training lists, about as many "
                "in an epoch as new ones "
                "(share of each list).",
            ),
            GUIDE,
        )
