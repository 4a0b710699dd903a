"""Two processes that train one run on a processor, started by Paddle's launcher."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from lines import make_dataset, make_run

from ocrstudio.core.errors import ConfigError
from ocrstudio.core.run_history import RunHistory
from ocrstudio.engine.checkpoint import load_progress
from ocrstudio.engine.distributed import launch_command, needs_launch
from ocrstudio.formats.metrics_log import read_metrics
from ocrstudio.formats.pdparams import read_tensors


@pytest.mark.parametrize(
    ("devices", "nodes", "environment", "needed"),
    [
        ("", 1, {}, False),
        ("0", 1, {}, False),
        ("0,1", 1, {}, True),
        ("cpu:2", 1, {}, True),
        ("", 2, {}, True),
        ("0,1", 1, {"PADDLE_TRAINERS_NUM": "2"}, False),
    ],
)
def test_the_launcher_is_needed_for_several_devices_only(devices, nodes, environment, needed):
    assert needs_launch(devices, nodes, environment) is needed


def test_the_command_is_paddles_launcher(tmp_path):
    command = launch_command(tmp_path, ["engine", "train"], devices="0,2", nodes=2, master="a:9000", python="py")

    assert command == [
        "py", "-m", "paddle.distributed.launch", "--log_dir", str(tmp_path / "workers"), "--devices", "0,2",
        "--nnodes", "2", "--master", "a:9000", "py", "-u", "-m", "ocrstudio", "engine", "train",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("devices", "nodes", "message"),
    [("gpu0", 1, "names no devices"), ("0,0", 1, "names no devices"), ("0", 2, "--master HOST:PORT")],
)
def test_what_cannot_be_launched_is_told(tmp_path, devices, nodes, message):
    with pytest.raises(ConfigError, match=message):
        launch_command(tmp_path, [], devices=devices, nodes=nodes)


@pytest.mark.slow
def test_two_processes_end_with_the_same_weights(paddle, tmp_path):
    child = Path(__file__).with_name("together_child.py")
    # PYTHON -u -m ocrstudio at its end is the program; here it is the child
    command = [*launch_command(tmp_path, [], devices="cpu:2")[:-2], str(child), str(tmp_path)]

    done = subprocess.run(command, capture_output=True, text=True, timeout=240)

    assert done.returncode == 0, done.stdout + done.stderr
    first, second = (np.load(tmp_path / f"{rank}.npz") for rank in (0, 1))
    assert first.files
    for name in first.files:
        np.testing.assert_array_equal(first[name], second[name], err_msg=name)
    # what was saved is what both have
    assert load_progress(tmp_path / "latest").step == 12
    np.testing.assert_array_equal(read_tensors(tmp_path / "latest.pdparams")["head.weight"], first["head.weight"])


@pytest.mark.slow
def test_two_processes_train_one_run_through_the_program(paddle, tmp_path):
    from ocrstudio.engine.training import run_training

    run = make_run(
        make_dataset(tmp_path / "d"),
        tmp_path / "runs",
        Global__epoch_num=3,
        Global__devices="cpu:2",
        Train__loader__batch_size_per_card=2,
    )
    heard = []

    result = run_training(run, heard.append)

    assert result["outcome"] == "finished"
    # 8 lines in batches of 2 are 4 batches, 2 for each process
    assert result["steps"] == 6
    history = RunHistory(read_metrics(run.metrics_path))
    assert history.start["processes"] == 2
    assert history.end["outcome"] == "finished"
    assert [message.record for message in heard if hasattr(message, "record")] == read_metrics(run.metrics_path)
    assert (run.bundle_dir / "card.json").is_file()
    assert run.checkpoint("latest").with_suffix(".pdopt").is_file()
    assert sorted(path.name for path in (run.path / "workers").iterdir()) == ["workerlog.0", "workerlog.1"]
