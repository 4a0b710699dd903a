"""Timing some steps of a training: the child that trains is a stand-in here."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from ocrstudio.core.errors import EngineError
from ocrstudio.engine import timing
from ocrstudio.engine.checkout.commands import Command
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import Engine

SAY = "import json,sys,time\nfor line in json.loads(sys.argv[1]):\n    print(json.dumps(line), flush=True)\n"


@pytest.fixture
def trainer(monkeypatch):
    """Makes the child say these messages; what it was started with."""
    asked = []

    def start(messages, wait=True):
        script = SAY + ("time.sleep(60)\n" if wait else "")
        command = (sys.executable, "-c", script, json.dumps([{"v": 1, **one} for one in messages]))

        def own_command(*arguments, cwd):
            asked.append(arguments)
            return Command(command, dict(os.environ), cwd)

        monkeypatch.setattr(timing, "own_command", own_command)
        return asked

    return start


def step(number, cost, epoch=1):
    record = {"kind": "train", "step": number, "epoch": epoch, "batch_cost": cost, "samples": 8}
    return {"type": "metric", "record": record}


def test_twenty_steps_after_the_first_tell_the_speed(trainer):
    asked = trainer([step(0, 30.0), *(step(number, 2.0) for number in range(1, 30))])
    config = TrainConfig.template("ppocrv4_mobile_rec")
    config.set("Global.freeze", "none")
    told = []
    engine = Engine("paddleocr", Path("/x/PaddleOCR"), Path("/x/python"))
    speed = timing.time_steps(config, engine, lambda *stage: told.append(stage))
    assert speed.learn == pytest.approx(4.0)
    assert told[-1] == ("time", 20, 20)
    assert asked[0][4:] == (
        *("--out", asked[0][5], "--engine", f"paddleocr:{Path('/x/PaddleOCR')}", "--python", str(Path("/x/python"))),
    )
    assert not Path(asked[0][5]).exists()
    assert config.get("Global.print_batch_step") == TrainConfig.template("ppocrv4_mobile_rec").get(
        "Global.print_batch_step"
    )


def test_steps_that_compute_features_are_told_from_those_that_find_them(trainer):
    late = [step(number, 0.1, epoch=4) for number in range(10)]
    trainer([step(0, 9.0), *(step(number, 0.8) for number in range(10)), *late])
    speed = timing.time_steps(TrainConfig.template(), Engine(), lambda *_: None)
    assert (speed.first, speed.learn) == (pytest.approx(10.0), pytest.approx(80.0))


def test_a_training_that_fails_says_why(trainer):
    trainer([{"type": "failed", "what": "{file} is empty.", "remedy": "", "values": {"file": "x"}, "details": ""}])
    with pytest.raises(EngineError, match="x is empty"):
        timing.time_steps(TrainConfig.template(), Engine(), lambda *_: None)


def test_a_training_that_ends_without_a_step_cannot_be_timed(trainer):
    trainer([], wait=False)
    with pytest.raises(EngineError, match="could not be timed"):
        timing.time_steps(TrainConfig.template(), Engine(), lambda *_: None)
