"""Training recognisers beside PaddleOCR's own trainer: lines a second, first step, memory; batches of 8 x 48 x 320."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.measure import Measure, Surroundings
from tests.benchmarks.own_trainer import OwnRun, Record, captcha_dataset, own_config, run_own
from tests.benchmarks.paddleocr_peer import BATCH, PEER_GIB, PEER_SPEED, PEER_START_S, peer, run_recognition_peer

# Lines of the runs whose backbone is frozen, and of those in which everything learns (slow).
FROZEN_LINES, WHOLE_LINES, VAL_LINES = 256, 64, 16
LIMIT_S = 400.0
WHOLE_BAR, FEATURES_BAR, HEAD_BAR = 3.0, 30.0, 80.0
FROZEN_BATCH = 16
TEMPLATES = {"PP-OCRv4": "ppocrv4_mobile_rec", "PP-OCRv6": "ppocrv6_small_rec"}


def _frozen(surroundings: Surroundings, name: str) -> OwnRun:
    """Two epochs of neck and head: the first computes the features, the second finds them."""
    dataset = captcha_dataset(surroundings.scratch / f"{name} lines", FROZEN_LINES, VAL_LINES)
    changes: dict[str, object] = {
        "Global.freeze": "backbone",
        "Global.epoch_num": 3,
        "Train.dataset.augment_copies": 1,
        "Train.loader.batch_size_per_card": FROZEN_BATCH,
    }
    config = own_config(TEMPLATES[name], dataset, changes, surroundings.scratch / f"{name} frozen.yml")
    return run_own(config, surroundings.scratch / f"{name} frozen", _past(2), LIMIT_S)


def _whole(surroundings: Surroundings, name: str, lines: int = WHOLE_LINES) -> OwnRun:
    """One epoch in which everything learns."""
    dataset = captcha_dataset(surroundings.scratch / f"{name} few lines", lines, VAL_LINES)
    changes: dict[str, object] = {
        "Global.freeze": "none",
        "Global.epoch_num": 2,
        "Train.loader.batch_size_per_card": BATCH,
    }
    config = own_config(TEMPLATES[name], dataset, changes, surroundings.scratch / f"{name} whole.yml")
    return run_own(config, surroundings.scratch / f"{name} whole", _past(1), LIMIT_S)


def _past(epoch: int) -> Callable[[Sequence[Record]], bool]:
    """Whether an epoch is over: its evaluation is there."""

    def over(records: Sequence[Record]) -> bool:
        return any(record["kind"] == "eval" and record["epoch"] == epoch for record in records)

    return over


def training(surroundings: Surroundings) -> list[Measure]:
    """Lines a second that recognisers learn, beside PaddleOCR's trainer."""
    whole = _whole(surroundings, "PP-OCRv4")
    speed, start, gib, recorded = PEER_SPEED, PEER_START_S, PEER_GIB, True
    if peer() is not None:
        lines: Path = surroundings.scratch / "PP-OCRv4 few lines" / "rec" / "train.txt"
        found = run_recognition_peer(surroundings.scratch, lines)
        speed, start, gib, recorded = found.speed, found.first_step_s, found.peak_gib, False

    def lines_a_second(what: str, ours: float, bar: float) -> Measure:
        return Measure(
            what,
            ours,
            "lines/s",
            better="higher",
            bar=bar,
            bar_on="ratio",
            peer=speed,
            peer_name="PaddleOCR, everything learns",
            peer_recorded=recorded,
        )

    def lower(what: str, ours: float, unit: str, theirs: float) -> Measure:
        return Measure(
            what, ours, unit, bar=1.0, bar_on="ratio", peer=theirs, peer_name="PaddleOCR", peer_recorded=recorded
        )

    measures = [
        lines_a_second("PP-OCRv4 rec, everything learns", whole.speed(1, skip=1), WHOLE_BAR),
        lower("PP-OCRv4 rec, everything learns: first step", whole.first_step_s, "s", start),
        lower("PP-OCRv4 rec, everything learns: peak memory", whole.peak_gib, "GiB", gib),
    ]
    for name in TEMPLATES:
        run = _frozen(surroundings, name)
        measures += [
            lines_a_second(f"{name} rec, frozen, first epoch", run.speed(1), FEATURES_BAR),
            lines_a_second(f"{name} rec, frozen, features kept", run.speed(2), HEAD_BAR),
            lower(f"{name} rec, frozen: first step", run.first_step_s, "s", start),
            lower(f"{name} rec, frozen: peak memory", run.peak_gib, "GiB", gib),
        ]
    return measures
