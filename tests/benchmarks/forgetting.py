"""A new character learned by heart, with and without old lines mixed in: how many old lines are still read."""

from __future__ import annotations

import string
from collections.abc import Sequence
from pathlib import Path

from ocrstudio.formats.dictionary import write_dictionary
from tests.benchmarks.measure import Measure, Surroundings
from tests.benchmarks.own_trainer import Record, own_config, run_own
from tests.engine.lines import make_dataset

# The bundled model does not know the sign for "number".
NEW = "№"
TEXTS = tuple(f"{NEW} {number}" for number in (17, 204, 38, 95, 61, 420))
EPOCHS, OLD_LINES, REPLAY_RATIO = 16, 32, 3.0
LIMIT_S = 300.0
# Per cent: of the new lines that are read in the end, and of the old ones with replay.
LEARNED_BAR, KEPT_BAR = 95.0, 85.0


def _changes(dataset: Path, ratio: float) -> dict[str, object]:
    return {
        "Global.character_dict_path": (dataset / "dict.txt").as_posix(),
        "Global.epoch_num": EPOCHS,
        "Global.retention_lines": OLD_LINES,
        "Train.replay_ratio": ratio,
        "Train.dataset.augment_copies": 1,
        "Train.loader.batch_size_per_card": 8,
        "Optimizer.lr.name": "Const",
        "Optimizer.lr.learning_rate": 0.005,
    }


def _over(records: Sequence[Record]) -> bool:
    return any(record["kind"] == "eval" and record["epoch"] == EPOCHS for record in records)


def forgetting(surroundings: Surroundings) -> list[Measure]:
    """A new character learned with and without replay: per cent of new and of old lines that are read."""
    dataset = make_dataset(surroundings.scratch / "data", TEXTS)
    write_dictionary(dataset / "dict.txt", [*string.digits, *string.ascii_letters, NEW])
    last = {}
    for ratio in (0.0, REPLAY_RATIO):
        config = own_config(
            "ppocrv6_small_rec", dataset, _changes(dataset, ratio), surroundings.scratch / f"{ratio}.yml"
        )
        last[ratio] = run_own(config, surroundings.scratch / f"runs {ratio}", _over, LIMIT_S).of("eval")[-1]
    without, replayed = last[0.0], last[REPLAY_RATIO]
    return [
        Measure("new character learned, with replay", 100 * replayed["acc"], "%", better="higher", bar=LEARNED_BAR),
        Measure(
            "old lines still read, with replay",
            100 * replayed["retention_acc"],
            "%",
            better="higher",
            bar=KEPT_BAR,
            peer=100 * without["retention_acc"],
            peer_name="without replay",
        ),
    ]
