"""A new character is learned by heart: old ones are forgotten, unless old lines are mixed in."""

from __future__ import annotations

import string
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lines import make_dataset, make_run

from ocrstudio.engine.training import run_training
from ocrstudio.formats.dictionary import write_dictionary
from ocrstudio.formats.metrics_log import read_metrics

# The bundled model does not know the sign for "number".
NEW = "№"
TEXTS = tuple(f"{NEW} {number}" for number in (17, 204, 38, 95, 61, 420))
MAX_DROP = 0.1

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Learned:
    """The evaluations of a run, the first one before its first step."""

    evaluations: list[dict[str, Any]]

    @property
    def best(self) -> dict[str, Any]:
        return [one for one in self.evaluations if one["best"]][-1]

    @property
    def drop(self) -> float:
        """How far the share of old lines that are read has fallen in the second half of the run."""
        later = [float(one["retention_acc"]) for one in self.evaluations[len(self.evaluations) // 2 :]]
        return float(self.evaluations[0]["retention_acc"]) - sum(later) / len(later)


@pytest.fixture(scope="module")
def learned(paddle: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[float, Learned]:
    """Replay ratio -> what happened."""
    folder = tmp_path_factory.mktemp("forgetting")
    dataset = make_dataset(folder / "dataset", TEXTS)
    write_dictionary(dataset / "dict.txt", [*string.digits, *string.ascii_letters, NEW])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ocrstudio.paths.user_cache", lambda: folder / "cache")
        # the same old lines on every computer
        patched.setattr("ocrstudio.engine.rec.typesetting.system_fonts", lambda most, most_bytes: [])
        # nobody wants the model
        patched.setattr("ocrstudio.engine.bundle.export_network", lambda run, *rest, **named: {"bundle": ""})
        return {ratio: _train(dataset, folder / f"runs {ratio}", ratio) for ratio in (0.0, 3.0)}


def _train(dataset: Path, runs: Path, ratio: float) -> Learned:
    run = make_run(
        dataset,
        runs,
        Global__epoch_num=16,
        Global__retention_lines=32,
        Global__retention_max_drop=MAX_DROP,
        Train__replay_ratio=ratio,
        Train__loader__batch_size_per_card=8,
        Optimizer__lr__learning_rate=0.005,
        Optimizer__lr__name="Const",
    )
    run_training(run, lambda message: None)
    return Learned([record for record in read_metrics(run.metrics_path) if record["kind"] == "eval"])


@pytest.mark.parametrize("ratio", [0.0, 3.0])
def test_the_new_character_is_learned(learned, ratio):
    assert learned[ratio].evaluations[0]["acc"] < 0.5
    assert max(one["acc"] for one in learned[ratio].evaluations) > 0.95


def test_old_lines_mixed_in_keep_what_was_known(learned):
    assert learned[0.0].drop > 2 * MAX_DROP
    # how much is kept at this rate differs between processors and versions of Paddle
    assert learned[3.0].drop < 0.8 * learned[0.0].drop


@pytest.mark.parametrize("ratio", [0.0, 3.0])
def test_the_best_evaluation_has_not_forgotten_too_much(learned, ratio):
    first = learned[ratio].evaluations[0]["retention_acc"]
    allowed = [one for one in learned[ratio].evaluations if first - one["retention_acc"] <= MAX_DROP + 1e-6]

    assert learned[ratio].best in allowed
    assert learned[ratio].best["acc"] == max(one["acc"] for one in allowed)
