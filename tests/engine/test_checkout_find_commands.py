"""The command lines of a checkout's tools."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ocrstudio.core.errors import ConfigError, EngineError, ProjectError
from ocrstudio.engine.checkout import commands
from ocrstudio.engine.checkout.commands import (
    Nodes,
    environment,
    eval_command,
    export_command,
    train_command,
)
from ocrstudio.formats.checkout import find_checkout
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import PADDLEOCR, Engine, RunFolder

# Says what it was called with, as the real tools understand it: one -o, parted at "=", values as YAML.
ECHO = "import json, os, sys; print(json.dumps([sys.argv, os.getcwd(), dict(os.environ)]))\n"


def make_tree(root, version="2.8.0"):
    for folder in ("tools", "ppocr/data", "configs"):
        (root / folder).mkdir(parents=True)
    for tool in ("train", "eval", "export_model", "infer_rec", "infer_det"):
        (root / "tools" / f"{tool}.py").write_text(ECHO)
    (root / "VERSION_NUMBER").write_text(version)
    return root


@pytest.fixture
def engine(tmp_path):
    return Engine(PADDLEOCR, make_tree(tmp_path / "Paddle OCR 图"), Path(sys.executable))


@pytest.fixture
def run(tmp_path, engine):
    config = TrainConfig.from_yaml("Global: {epoch_num: 1}\nArchitecture: {model_type: det}\n")
    return RunFolder.create(tmp_path / "runs = all", "first", config, engine=engine)


def called(command):
    done = subprocess.run(command.argv, cwd=command.cwd, env=dict(command.env), capture_output=True, check=True)
    return json.loads(done.stdout)


def overrides(argv):
    """As PaddleOCR reads them: split at every "=", the value by PyYAML."""
    pairs = [text.strip().split("=") for text in argv[argv.index("-o") + 1 :]]
    return {key: yaml.safe_load(value) for key, value in pairs}


def test_training_gets_the_runs_config_and_nothing_else(engine, run):
    command = train_command(engine, run)
    assert command.argv == (sys.executable, "tools/train.py", "-c", str(run.config_path))
    argv, folder, env = called(command)
    assert argv[0] == "tools/train.py"
    assert Path(folder) == engine.checkout
    assert (env["PYTHONUTF8"], env["PYTHONUNBUFFERED"]) == ("1", "1")


def test_a_runs_engine_survives_the_manifest(engine, run):
    assert RunFolder.open(run.path).engine == engine
    assert run.manifest["engine"] == {
        "kind": "paddleocr",
        "checkout": str(engine.checkout),
        "python": str(engine.python),
    }


def test_values_reach_the_tool_whole_whatever_is_in_them(engine, run, tmp_path):
    odd = tmp_path / "a=b #c: {d} '图\" e"
    argv = called(train_command(engine, run, resume=odd / "latest"))[0]
    assert overrides(argv) == {"Global.checkpoints": (odd / "latest").as_posix()}
    argv = called(eval_command(engine, run, run.checkpoint()))[0]
    assert (argv[0], overrides(argv)) == ("tools/eval.py", {"Global.checkpoints": run.checkpoint().as_posix()})
    argv = called(export_command(engine, run, run.checkpoint(), odd))[0]
    assert argv[0] == "tools/export_model.py"
    assert overrides(argv) == {
        "Global.pretrained_model": run.checkpoint().as_posix(),
        "Global.save_inference_dir": odd.as_posix(),
    }


def test_several_gpus_and_machines_go_through_paddles_launcher(engine, run):
    command = train_command(engine, run, devices="0,2")
    assert command.argv[1:] == (
        "-m",
        "paddle.distributed.launch",
        "--log_dir",
        str(run.path / "workers"),
        "--gpus",
        "0,2",
        "tools/train.py",
        "-c",
        str(run.config_path),
    )
    assert "CUDA_VISIBLE_DEVICES" not in command.env
    two = train_command(engine, run, devices="0", nodes=Nodes(ips="10.0.0.1,10.0.0.2"))
    assert two.argv[5:9] == ("--gpus", "0", "--ips", "10.0.0.1,10.0.0.2")
    three = train_command(engine, run, devices="0", nodes=Nodes(master="10.0.0.1:8090", count=2))
    assert three.argv[7:11] == ("--master", "10.0.0.1:8090", "--nnodes", "2")


def test_one_gpu_is_chosen_by_what_can_be_seen(engine, run):
    assert train_command(engine, run, devices="1").env["CUDA_VISIBLE_DEVICES"] == "1"
    assert "launch" not in " ".join(train_command(engine, run, devices="1").argv)


def test_nothing_of_our_own_interpreter_or_qt_is_passed_on(engine, run, monkeypatch):
    ours = {"PYTHONHOME": "x", "PYTHONPATH": "x", "QT_PLUGIN_PATH": "x", "QT_QPA_PLATFORM": "x", "VIRTUAL_ENV": "x"}
    for name, value in ours.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HTTPS_PROXY", "kept")
    env = train_command(engine, run).env
    assert not ours.keys() & env.keys()
    assert (env["HTTPS_PROXY"], env["PATH"]) == ("kept", os.environ["PATH"])


@pytest.mark.skipif(sys.platform != "linux", reason="Paddle 2's own zlib is in the way only there")
def test_paddle_2_gets_the_systems_zlib_first(engine, tmp_path, monkeypatch):
    library = tmp_path / "libz.so.1"
    library.write_bytes(b"")
    monkeypatch.setattr(commands, "_ZLIB", ("/nowhere/libz.so.1", str(library)))
    monkeypatch.delenv("LD_PRELOAD", raising=False)
    assert environment(find_checkout(engine.checkout))["LD_PRELOAD"] == str(library)
    monkeypatch.setenv("LD_PRELOAD", "/other.so")
    assert environment(find_checkout(engine.checkout))["LD_PRELOAD"] == f"{library}:/other.so"
    newer = find_checkout(make_tree(tmp_path / "3", "3.2.0"))
    assert environment(newer)["LD_PRELOAD"] == "/other.so"


def test_what_is_missing_is_named(engine, run, tmp_path):
    with pytest.raises(EngineError, match=r"0001-first is not a run of a PaddleOCR checkout.*Choose a checkout"):
        train_command(Engine(), run)
    (engine.checkout / "tools" / "eval.py").unlink()
    with pytest.raises(EngineError, match=r"has no tools/eval\.py"):
        eval_command(engine, run, run.checkpoint())
    with pytest.raises(ProjectError, match="There is no folder"):
        train_command(Engine(PADDLEOCR, tmp_path / "gone", engine.python), run)


@pytest.mark.parametrize(("devices", "text"), [("cpu:2", "on GPUs only"), ("gpu0", "names no devices")])
def test_devices_that_are_none_are_refused(engine, run, devices, text):
    with pytest.raises(ConfigError, match=text):
        train_command(engine, run, devices=devices)
