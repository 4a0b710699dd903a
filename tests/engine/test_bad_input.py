"""`ocrstudio train` with input that is wrong: both engines name file, line, cause and remedy before they train."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from broken_input import BUILTIN, CASES, PADDLEOCR, make_scenes, moved
from fake_trainer import make_checkout

from ocrstudio.commands import train as command
from ocrstudio.core.errors import StudioError
from ocrstudio.engine import training
from ocrstudio.engine.checkout import ready, run
from ocrstudio.formats.checkout_python import Interpreter
from ocrstudio.formats.metrics_log import read_metrics

GPU = "a GPU that is not there"
WEIGHTS = ("weights of 0 bytes", "half the weights", "weights of another network")


@pytest.fixture(scope="module")
def scenes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scenes")
    make_scenes(folder)
    make_checkout(folder / "PaddleOCR", accs=[0.5])
    return folder


class WouldTrain(BaseException):
    """Nothing kept the run from its training."""


@pytest.fixture(autouse=True)
def no_training(monkeypatch, request):
    """Neither engine trains here: what they do after their look is another test's."""

    def would_train(*_, **__):
        raise WouldTrain

    monkeypatch.setattr(run, "train_command", would_train)
    # however busy the computer is, the look comes first here
    monkeypatch.setattr(training, "QUICK_LOOK_S", 60)
    monkeypatch.setattr(ready, "_converted", lambda *_: Path("weights"))
    monkeypatch.setattr(ready, "check_python", lambda python, *_: Interpreter(python, "3.11", "3.2.2", numpy="2.0"))
    if not any(name in request.node.name for name in ("GPU", *WEIGHTS)):
        monkeypatch.setattr(training, "require_paddle", would_train)


def train(scene, engine, arguments):
    """What the command line would do; what it said in the end, and on its way."""
    parser = ArgumentParser()
    command.add_arguments(parser)
    words = [scene.config, "--out", scene.out, *arguments]
    if engine == PADDLEOCR:
        words += ["--engine", f"paddleocr:{scene.folder / 'PaddleOCR'}", "--python", sys.executable]
    heard = []
    report = SimpleNamespace(send=heard.append, line=lambda _: None)
    try:
        command.run(parser.parse_args([str(word) for word in words]), report)
    except StudioError as error:
        return error, heard
    except WouldTrain:
        return None, heard
    raise AssertionError("neither trained nor refused")


ROWS = [
    pytest.param(case, task, engine, refused, id=f"{case.name[:50]}-{task}-{engine}")
    for case in CASES
    for task in case.tasks
    for refused, engines in ((True, case.engines), (False, case.warns))
    for engine in engines
]


@pytest.mark.parametrize(("case", "task", "engine", "refused"), ROWS)
def test_wrong_input_is_named(case, task, engine, refused, scenes, tmp_path, request):
    if engine == BUILTIN and case.name in (GPU, *WEIGHTS):
        request.getfixturevalue("paddle")
    scene = moved(scenes, tmp_path, task)
    case.break_it(scene)

    error, heard = train(scene, engine, case.arguments)

    told = [str(error)] if refused else [_text(one) for one in heard if type(one).__name__ == "Notice"]
    expected = re.compile(f"{case.place.replace('{task}', task)}.*(?:{case.cause}).*(?:{case.remedy})", re.DOTALL)
    assert any(expected.search(text) for text in told), told
    assert (error is not None) == refused
    for folder in scene.out.glob("*") if scene.out.is_dir() else ():
        assert not list(folder.glob("*.pd*"))
        assert not (folder / "bundle").exists()
        if refused:
            assert read_metrics(folder / "metrics.jsonl")[-1]["outcome"] == "failed"
            assert str(error) in (folder / "train.log").read_text("utf-8")


def _text(notice):
    return " ".join(part.format(**notice.values) for part in (notice.what, notice.remedy) if part)
