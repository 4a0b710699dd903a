"""A new character learned by heart, with and without old lines mixed in: how many old lines are still read."""

from __future__ import annotations

import string
from collections.abc import Sequence
from pathlib import Path

from ocrstudio.core.recipes import Situation, recipe
from ocrstudio.formats.dictionary import write_dictionary
from tests.benchmarks.measure import Measure, Surroundings
from tests.benchmarks.own_trainer import Record, own_config, run_own
from tests.engine.lines import make_dataset

# The bundled model does not know the sign for "number".
NEW = "№"
TEXTS = tuple(f"{NEW} {number}" for number in (17, 204, 38, 95, 61, 420))
LIMIT_S = 300.0
# Per cent: of the new lines that are read in the end, and of the old ones with replay. The old lines are set in the
# computer's own fonts, and a few of two hundred are hard.
LEARNED_BAR, KEPT_BAR = 95.0, 95.0
ADVICES = recipe(Situation("characters", len(TEXTS))).advices
EPOCHS = next(one.value for one in ADVICES if one.key == "Global.epoch_num")


def _changes(dataset: Path, replay: bool) -> dict[str, object]:
    """What the program advises for new characters; without replay, that alone is left out."""
    values = {one.key: one.value for one in ADVICES}
    return {
        **values,
        "Global.character_dict_path": (dataset / "dict.txt").as_posix(),
        "Train.replay_ratio": values["Train.replay_ratio"] if replay else 0.0,
    }


def _over(records: Sequence[Record]) -> bool:
    return any(record["kind"] == "eval" and record["epoch"] == EPOCHS for record in records)


def forgetting(surroundings: Surroundings) -> list[Measure]:
    """A new character learned with and without replay: per cent of new and of old lines that are read."""
    dataset = make_dataset(surroundings.scratch / "data", TEXTS)
    write_dictionary(dataset / "dict.txt", [*string.digits, *string.ascii_letters, NEW])
    last = {}
    for replay in (False, True):
        config = own_config(
            "ppocrv6_small_rec", dataset, _changes(dataset, replay), surroundings.scratch / f"{replay}.yml"
        )
        last[replay] = run_own(config, surroundings.scratch / f"runs {replay}", _over, LIMIT_S).of("eval")[-1]
    without, replayed = last[False], last[True]
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
