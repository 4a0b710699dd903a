"""`ocrstudio train`: which engine it starts, with what interpreter and cards."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from fake_trainer import make_checkout

from ocrstudio.commands import train as command
from ocrstudio.commands.checkpoints import chosen
from ocrstudio.commands.engines import engine_named, opened
from ocrstudio.core.errors import ConfigError, StudioError
from ocrstudio.engine import dispatch
from ocrstudio.engine.checkout.commands import train_command
from ocrstudio.formats import checkout_list, run_state
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import BUILTIN, PADDLEOCR, Engine, RunFolder


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(checkout_list, "user_data", lambda: tmp_path / "user")
    return make_checkout(tmp_path / "PaddleOCR", accs=[0.5])


def options(*words):
    parser = ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args([str(word) for word in words])


def engine_of(given):
    return engine_named(given.engine or BUILTIN, given.python)


def test_the_built_in_engine_is_the_default(tmp_path):
    assert not engine_of(options("x.yml")).is_paddleocr


def test_a_checkout_is_named_with_its_interpreter(checkout):
    engine = engine_of(options("x.yml", "--engine", f"paddleocr:{checkout}", "--python", sys.executable))
    assert (engine.checkout, engine.python) == (checkout, Path(sys.executable))


def test_the_interpreter_chosen_for_a_checkout_is_taken(checkout):
    python = checkout.parent / "python"
    python.write_text("")
    checkout_list.remember(checkout, python)
    assert engine_of(options("x.yml", "--engine", f"paddleocr:{checkout}")).python == python


@pytest.mark.parametrize(("text", "said"), [("tensorflow", "no training engine"), ("paddleocr:/nope", "nope")])
def test_other_engines_are_refused(text, said):
    with pytest.raises(StudioError, match=said):
        engine_of(options("x.yml", "--engine", text))


def test_several_cards_start_paddles_launcher(checkout, tmp_path, monkeypatch):
    engine = engine_of(options("x.yml", "--engine", f"paddleocr:{checkout}", "--python", sys.executable))
    run = RunFolder.create(tmp_path / "runs", "two", TrainConfig.template(), engine=engine)
    started = []
    monkeypatch.setattr(
        "ocrstudio.engine.checkout.run.run_checkout_training", lambda run, *_, **values: started.append(values) or {}
    )
    dispatch.train(run, lambda _: None, devices="0,1")
    dispatch.train(run, lambda _: None, resume=True)
    assert started == [{"resume": False, "devices": "0,1"}, {"resume": True, "devices": "0,1"}]
    assert run.config().get("Global.use_gpu") is True
    argv = train_command(engine, run, devices="0,1").argv
    place = argv.index("paddle.distributed.launch")
    assert argv[place + 1 :] == (
        *("--log_dir", str(run.path / "workers"), "--gpus", "0,1"),
        *("tools/train.py", "-c", str(run.config_path)),
    )


def test_paths_of_a_resumed_run_do_not_depend_on_the_working_directory(tmp_path, monkeypatch):
    run = RunFolder.create(tmp_path / "runs", "one", TrainConfig.template())
    (tmp_path / "old.txt").touch()
    (tmp_path / "best.pdparams").touch()
    monkeypatch.chdir(tmp_path)
    given = {"Global.retention_list": ["old.txt"], "Train.replay_list": ["old.txt"], "Global.checkpoints": "best"}

    command._resumed(run, list(given.items()))

    saved = run.config()
    assert [saved.get(key) for key in given] == [
        [f"{tmp_path.as_posix()}/old.txt"],
        [f"{tmp_path.as_posix()}/old.txt"],
        f"{tmp_path.as_posix()}/best",
    ]


def test_the_name_of_a_base_model_is_no_folder(tmp_path, monkeypatch):
    config = TrainConfig.template("ppocrv4_mobile_rec")
    (tmp_path / "PP-OCRv4_mobile_rec").mkdir()
    monkeypatch.chdir(tmp_path)

    command.make_absolute(config, tmp_path)

    assert config.get("Global.pretrained_model") == "PP-OCRv4_mobile_rec"


def test_a_run_that_paddleocr_made_is_taken_over_with_the_checkout_that_is_named(checkout, tmp_path):
    place = tmp_path / "output"
    place.mkdir()
    TrainConfig.template().save(place / "config.yml")

    with pytest.raises(StudioError, match=r"trained by PaddleOCR itself.*--engine paddleocr:DIR"):
        opened(place, options("--resume", place))

    words = ("--resume", place, "--engine", f"paddleocr:{checkout}", "--python", sys.executable)
    assert opened(place, options(*words)).engine == Engine(PADDLEOCR, checkout, Path(sys.executable))
    # once is enough
    assert opened(place, options("--resume", place)).engine.checkout == checkout


def test_the_other_engine_cannot_go_on_with_a_run(checkout, tmp_path):
    run = RunFolder.create(tmp_path / "runs", "one", TrainConfig.template())
    with pytest.raises(StudioError, match="trained by the other engine"):
        opened(run.path, options("--resume", run.path, "--engine", f"paddleocr:{checkout}", "--python", sys.executable))


def test_a_prepared_run_is_trained_where_it_is_and_a_trained_one_again_beside_it(checkout, tmp_path):
    engine = Engine(PADDLEOCR, checkout, Path(sys.executable))
    run = RunFolder.create(tmp_path / "runs", "first-try", TrainConfig.template(), engine=engine)

    assert command._created(options(run.path), []).path == run.path
    run.metrics_path.write_text("")
    again = command._created(options(run.config_path), [])
    assert (again.path, again.engine) == (tmp_path / "runs" / "0002-first-try", engine)


def test_a_moved_run_is_written_to_where_it_is_now(checkout, tmp_path):
    engine = Engine(PADDLEOCR, checkout, Path(sys.executable))
    run = RunFolder.create(tmp_path / "runs", "one", TrainConfig.template(), engine=engine)
    assert "-o" not in train_command(engine, run).argv

    moved = RunFolder(run.path.rename(tmp_path / "elsewhere"))

    assert train_command(engine, moved).argv[-2:] == ("-o", f'Global.save_model_dir="{moved.path.as_posix()}"')


def test_resume_takes_no_other_config(tmp_path):
    with pytest.raises(StudioError, match="no other config, place or name"):
        command.run(options("x.yml", "--resume", tmp_path), None)


def test_a_run_that_is_being_trained_is_left_alone(tmp_path):
    run = RunFolder.create(tmp_path / "runs", "busy", TrainConfig.template())
    before = run.config_path.read_bytes()
    run_state.write_status(run.path, run_state.RunStatus(run_state.ProcessId.of(os.getpid()), stage="train"))
    run_state.ask(run.path, stop=True)
    with pytest.raises(StudioError, match="being trained already"):
        command.run(options("--resume", run.path, "-o", "Global.epoch_num=7"), None)
    assert run.config_path.read_bytes() == before
    assert run_state.read_control(run.path).stop


def test_a_run_without_a_checkpoint_says_so(tmp_path):
    run = RunFolder.create(tmp_path / "runs", "one", TrainConfig.template())
    with pytest.raises(StudioError, match=r"has no checkpoint latest\. It has none yet"):
        chosen(run.path, "latest")


def test_values_that_keep_a_run_from_going_on_do_not_stay(tmp_path, monkeypatch):
    run = RunFolder.create(tmp_path / "runs", "one", TrainConfig.template())

    def refused(*_, **__):
        raise ConfigError("no")

    monkeypatch.setattr("ocrstudio.engine.train_child.train_run", refused)
    report = SimpleNamespace(send=None)
    before = run.config_path.read_bytes()

    with pytest.raises(ConfigError):
        command.run(options("--resume", run.path, "-o", "Global.epoch_num=7"), report)
    assert run.config_path.read_bytes() == before
