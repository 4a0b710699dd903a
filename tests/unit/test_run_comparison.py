"""Runs side by side, and the command that shows, names and stops them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time

import pytest
from command_line import command_line

from ocrstudio.core.config_difference import ABSENT
from ocrstudio.core.run_comparison import differing, results_of
from ocrstudio.core.run_curves import CurveKey
from ocrstudio.core.run_history import RunHistory
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_comparison import curves_csv, read_compared, results_csv
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.run_state import ProcessId, RunStatus, read_control, write_status

RECORDS = (
    {"kind": "start", "time": 100, "epochs": 3, "steps_per_epoch": 2},
    {"kind": "train", "time": 101, "step": 1, "epoch": 1, "loss": 2.0},
    {"kind": "train", "time": 103, "step": 2, "epoch": 1, "loss": 1.0},
    {"kind": "eval", "time": 105, "step": 2, "epoch": 1, "acc": 0.5, "cer": 0.25, "best": True},
    # the computer was off for a day
    {"kind": "train", "time": 90_000, "step": 3, "epoch": 2, "loss": 0.9},
    {"kind": "eval", "time": 90_010, "step": 4, "epoch": 2, "acc": 0.25, "cer": 0.5, "best": False},
)


@pytest.fixture
def runs(tmp_path):
    made = []
    for name, rate in (("first", 0.001), ("second", 0.002)):
        config = TrainConfig.template()
        config.set("Optimizer.lr.learning_rate", rate)
        run = RunFolder.create(tmp_path / ".ocrstudio" / "runs", name, config)
        run.metrics_path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
        made.append(run)
    return made


def test_a_run_is_summed_up_by_its_best_evaluation_and_without_its_pauses():
    config = {"Optimizer": {"lr": {"learning_rate": 0.001}}, "Train": {"loader": {"batch_size_per_card": 8}}}
    found = results_of(RunHistory(RECORDS), config, {"dataset_sha256": "ab"})
    assert found.measures == {"acc": 0.5, "cer": 0.25}
    assert (found.best_epoch, found.epochs, found.epochs_planned, found.steps) == (1, 2, 3, 3)
    assert found.seconds == 4 + 10
    assert (found.lr, found.batch_size, found.data, found.base_model) == (0.001, 8, "ab", "")


def test_the_best_of_a_run_that_does_not_name_it_is_found_by_its_numbers():
    records = [{name: value for name, value in record.items() if name != "best"} for record in RECORDS]
    found = results_of(RunHistory(records), {}, {})
    assert found.measures == {"acc": 0.5, "cer": 0.25}
    assert results_of(RunHistory(), {}, {}).measures == {}


def test_only_settings_that_differ_are_named():
    configs = [
        {"a": 1, "b": {"c": [1, 2]}, "Global": {"save_model_dir": "x"}},
        {"a": 1.0, "b": {"c": [1, 3]}, "Global": {"save_model_dir": "y"}},
        {"a": True, "b": {}, "d": None, "Global": {}},
    ]
    assert differing(configs) == [
        ("b.c", [[1, 2], [1, 3], ABSENT]),
        ("a", [1, 1.0, True]),
        ("d", [ABSENT, ABSENT, None]),
    ]
    assert differing(configs[:1]) == differing([]) == []


def test_tables_for_other_programs(runs):
    compared = read_compared(runs)
    rows = list(csv.DictReader(io.StringIO(results_csv(compared))))
    assert [row["run"] for row in rows] == ["0001-first", "0002-second"]
    assert [row["Optimizer.lr.learning_rate"] for row in rows] == ["0.001", "0.002"]
    assert rows[0]["acc"] == "0.5"
    points = list(csv.DictReader(io.StringIO(curves_csv(compared, [CurveKey("eval", "acc")]))))
    assert [(point["run"], point["kind"], point["step"], point["value"]) for point in points][:2] == [
        ("0001-first", "validation", "2", "0.5"),
        ("0001-first", "validation", "4", "0.25"),
    ]


def test_runs_that_cannot_be_read_are_compared_all_the_same(runs):
    runs[0].config_path.write_text("Global: [")
    runs[1].metrics_path.write_bytes(b"\xff\xfe{")
    compared = read_compared(runs)
    assert compared[0].config == {}
    assert compared[1].results.steps == 0
    assert len(results_csv(compared).splitlines()) == 3


@pytest.fixture
def project(runs, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_command(*words):
    done = command_line("runs", *words)
    return done.returncode, done.stdout, done.stderr


def test_the_command_lists_shows_compares_names_and_notes(project):
    code, out, _ = run_command("rename", "2", "a better name", "--json")
    assert (code, json.loads(out)["name"]) == (0, "a better name")
    run_command("note", "a better name", "twice the rate")
    code, out, _ = run_command("list")
    assert code == 0
    lines = out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("interrupted   50.00%")
    assert lines[0].endswith("a better name (0002-second)  twice the rate")
    code, out, _ = run_command("show", project / ".ocrstudio" / "runs" / "0001-first", "--json")
    assert json.loads(out)["measures"] == {"acc": 0.5, "cer": 0.25}
    code, out, _ = run_command("compare", "1", "2", "--csv", project / "c.csv")
    assert "Optimizer.lr.learning_rate  0.001" in out
    assert (project / "c.csv").read_text().startswith("run,folder,acc")


@pytest.mark.parametrize(
    ("words", "said"),
    [(("show", "99"), "There is no run 99"), (("stop", "1"), "not being trained"), (("list", "/nope"), "/nope")],
)
def test_the_command_says_what_is_wrong(project, words, said):
    code, _, told = run_command(*words)
    assert code == 1
    assert said in told


def test_a_training_that_does_not_stop_is_told_and_ended_by_force(project, runs):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    write_status(runs[0].path, RunStatus(ProcessId.of(child.pid), began=time.time(), stage="train"))
    try:
        code, _, told = run_command("stop", "1", "--wait", "0.3")
        assert code == 1
        assert "has not ended within 0 s" in told
        assert read_control(runs[0].path).stop
        code, out, _ = run_command("stop", "1", "--force")
        assert (code, out) == (0, "0001-first: stopped\n")
        assert child.wait(10) == (-9 if os.name == "posix" else child.returncode)
    finally:
        child.kill()
        child.wait()
