"""Numbers of a training and whether they fit each other: rate and batch, set and goal, time, memory.

Where a rule is PaddleOCR's own, its document is named; where it was measured, what was.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

REC = "rec"
# doc/finetune: 8 cards x 128 lines learn at 1e-3, 8 cards x 8 pages at 1e-3; the rate goes with the total batch.
_RATE, _RATE_BATCH = 1e-3, {"rec": 1024, "det": 64}
# Smaller batches learn at it too: measured with batches of 8 lines and 2 pages.
LEAST_HIGH_RATE = 1e-4
# The program's own templates: what its engine was tried with.
_OWN_RATE, _OWN_BATCH = {"rec": 5e-4, "det": 1e-3}, {"rec": 16, "det": 4}
_TOO_HIGH, _TOO_LOW = 4.0, 50.0
# doc/finetune: lines for a recogniser that knows the characters, pages for a detector.
WANTED = {"rec": 5000, "det": 500}
# The engine that comes along trains head and neck of a network that reads already: the sample project gets better
# with some hundred lines of eighteen pages.
WANTED_FROZEN = {"rec": 100, "det": 10}
# FAQ 2.3 of PaddleOCR: 200 pictures of every character.
LINES_PER_CHARACTER = 200
# Samples below which the score of the validation set moves by more than eight points by chance.
LEAST_VALIDATION = {"rec": 50, "det": 5}
LONG_DAYS = 3


@dataclass(frozen=True)
class Rate:
    """A learning rate judged.

    Attributes:
        wanted: What the rule says.
        verdict: "high", "low" or "".
    """

    wanted: float
    verdict: str = ""


def judged_rate(rate: float, task: str, batch: int, *, own_engine: bool, fine_tuning: bool) -> Rate:
    """A learning rate against the total batch, by the linear rule.

    Args:
        rate: Peak.
        task: `rec` or `det`.
        batch: Samples of a step, over all cards.
        own_engine: The program's engine; otherwise PaddleOCR's.
        fine_tuning: Weights are there to start from.
    """
    if own_engine:
        wanted = highest = _OWN_RATE[task] * max(1.0, batch / _OWN_BATCH[task])
    else:
        wanted = _RATE * batch / _RATE_BATCH[task]
        highest = max(wanted, LEAST_HIGH_RATE if fine_tuning else _RATE)
        wanted = max(wanted, LEAST_HIGH_RATE) if fine_tuning else highest
    if rate > highest * _TOO_HIGH:
        return Rate(wanted, "high")
    low = _RATE * batch / _RATE_BATCH[task] if not own_engine else wanted
    return Rate(wanted, "low") if rate < low / _TOO_LOW else Rate(wanted)


def margin(samples: int) -> float:
    """How far a score of 90 % moves by chance, either way, in 19 of 20 sets of so many lines; a share of 1."""
    return 1.96 * math.sqrt(0.9 * 0.1 / max(1, samples))


def wanted_samples(task: str, *, frozen: bool) -> int:
    """Lines or pages that the goal takes."""
    return (WANTED_FROZEN if frozen else WANTED)[task]


@dataclass(frozen=True)
class Speed:
    """Samples a second.

    Attributes:
        learn: Forward and back.
        read: Evaluation.
        first: Computing the features of a frozen backbone, once a version of a sample; 0 if nothing is frozen.
    """

    learn: float
    read: float
    first: float = 0.0


# Two cores. PaddleOCR: one process on one of them; its three generations of networks by backbone.
_PADDLEOCR_SPEEDS = {
    ("MobileNetV1Enhance", "rec"): Speed(3.2, 16),
    ("PPLCNetV3", "rec"): Speed(1.1, 4.5),
    ("MobileNetV3", "det"): Speed(1.1, 2.2),
    ("PPLCNetV3", "det"): Speed(0.5, 1.0),
}
# The program's engine, frozen and whole; what its benchmarks hold it to.
_OWN_SPEEDS = {
    ("rec", True): Speed(80, 30, 30),
    ("rec", False): Speed(3.0, 30),
    ("det", False): Speed(1.5, 1.5),
}


def known_speed(task: str, backbone: str, *, own_engine: bool, frozen: bool) -> Speed | None:
    """What was measured without a graphics card; None if nothing was.

    Args:
        task: `rec` or `det`.
        backbone: Name of the network's, as configs have it.
        own_engine: The program's engine; otherwise PaddleOCR's.
        frozen: The backbone does not learn.
    """
    if own_engine:
        return _OWN_SPEEDS.get((task, frozen))
    return _PADDLEOCR_SPEEDS.get((backbone, task))


def training_seconds(
    speed: Speed, *, epochs: int, samples: int, validation: int, evaluations: int, copies: int = 1
) -> float:
    """How long a training takes.

    Args:
        speed: Of the machine.
        epochs: In all.
        samples: Of the training set.
        validation: Of the validation set.
        evaluations: In all.
        copies: Versions of each sample whose features are computed.
    """
    features = (copies * samples + validation) / speed.first if speed.first else 0.0
    return features + epochs * samples / speed.learn + evaluations * validation / speed.read


# Peak memory of PaddleOCR on a CPU at the measured batch, and what a sample more takes. (base, a sample) in bytes.
_MEMORY = {
    ("MobileNetV1Enhance", "rec"): (0.5e9, 0.11e9),
    ("PPLCNetV3", "rec"): (0.8e9, 0.41e9),
    ("MobileNetV3", "det"): (0.6e9, 0.55e9),
    ("PPLCNetV3", "det"): (0.6e9, 1.15e9),
}


def memory_bytes(task: str, backbone: str, batch: int) -> float:
    """About what PaddleOCR takes of the main memory without a graphics card; 0 if it was never measured."""
    base, each = _MEMORY.get((backbone, task), (0.0, 0.0))
    return base + each * batch
