"""Why a run failed, told from its folder, and logs explained on the command line."""

import argparse
import errno
import json
import shutil

import pytest
from command_line import command_line

from ocrstudio.commands import explain
from ocrstudio.core.errors import EngineError, ProjectError
from ocrstudio.engine.report import TrainReport
from ocrstudio.formats.atomic import write_error
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_failure import TAIL_BYTES, explain_log, explain_run, failed_record, is_known
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.run_state import CONSOLE_FILE

STEP = "[2026/11/22 07:07:28] ppocr INFO: epoch: [1/1], global_step: 1, lr: 0.0, loss: 1.0\n"
NO_ROOM = OSError(errno.ENOSPC, "No space left on device")
FULL = "OSError: [Errno 28] No space left on device\n"


@pytest.fixture
def run(tmp_path):
    return RunFolder.create(tmp_path / "runs", "x", TrainConfig.template())


def end_with(run: RunFolder, **record) -> None:
    run.metrics_path.write_text(json.dumps({"kind": "train", "step": 1}) + "\n" + json.dumps({"kind": "end"} | record))


def test_the_templates_of_the_end_record_are_told_again(run, tmp_path):
    error = EngineError("{file} is broken.", "Choose another one, after step {step}.", file=tmp_path / "é.x", step=3)
    end_with(run, outcome="failed", **failed_record(error))
    failure = explain_run(run)
    assert (failure.what, failure.remedy) == (error.what, error.remedy)
    assert failure.text() == str(error)
    assert failure.values["step"] == 3


def test_what_a_trainer_reports_can_be_told_again(run, tmp_path):
    report = TrainReport(run, lambda message: None, 1)
    report.failed(EngineError("{file} is broken.", file=tmp_path / "x"))
    report.close()
    assert explain_run(run).values == {"file": str(tmp_path / "x")}
    assert is_known(explain_run(run).what)
    assert not is_known("{message}")


def test_what_the_console_says_counts_if_the_log_is_silent(run):
    (run.path / CONSOLE_FILE).write_text("OMP: Error #15: Initializing libiomp5md.dll\n")
    assert explain_run(run).id == "openmp_twice"
    run.log_path.write_text(FULL)
    assert explain_run(run).id == "disk_full"


def test_a_full_disk_is_told_in_our_own_words_and_where_nothing_could_be_written(run, monkeypatch):
    run.log_path.write_text(STEP + "[2026/11/22 07:07:29] ppocr ERROR: " + str(write_error(run.log_path, NO_ROOM)))
    assert explain_run(run).id == "disk_full"
    run.log_path.write_text(STEP)
    assert explain_run(run) is None
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 0))
    assert explain_run(run).id == "disk_full"


def test_an_older_record_is_explained_from_the_log(run):
    end_with(run, outcome="failed", message="PaddleOCR's training broke off: OSError: [Errno 28].")
    run.log_path.write_text(STEP + FULL)
    assert explain_run(run).id == "disk_full"
    run.log_path.unlink()
    assert explain_run(run).text() == "PaddleOCR's training broke off: OSError: [Errno 28]."


def test_a_run_that_did_not_fail_has_no_failure_whatever_its_log_says(run):
    run.log_path.write_text(STEP + FULL)
    assert explain_run(run).id == "disk_full"  # killed: no end record
    for outcome in ("finished", "stopped"):
        end_with(run, outcome=outcome)
        assert explain_run(run) is None
    assert explain_run(run, {"outcome": "failed"}).id == "disk_full"


@pytest.mark.parametrize(
    "record",
    [
        {"what": "{gone}", "message": "m {x}"},
        {"what": "{0.__class__}", "message": "m {x}"},
        {"what": 5, "values": [1], "message": "m {x}"},
        {"what": "{a.b}", "values": {"a": 1}, "message": "m {x}"},
    ],
)
def test_a_hostile_end_record_falls_back_to_its_message(run, record):
    end_with(run, outcome="failed", **record)
    assert explain_run(run).text() == "m {x}"


def test_logs_of_any_encoding_and_length_are_read(tmp_path):
    path = tmp_path / "日志 x.log"
    path.write_bytes(b"\x00\xff\xfe" + STEP.encode() * 3 + b"\rKilled\r\n" + "é".encode("gbk", "replace"))
    assert explain_log(path).cause.id == "killed"
    path.write_bytes((STEP + FULL).encode("utf-16"))
    assert explain_log(path, whole=True).cause.id == "disk_full"
    path.write_bytes(FULL.encode() + b"x" * 10 + b"\n" + STEP.encode() * (TAIL_BYTES // len(STEP)))
    assert explain_log(path).cause is None
    path.write_bytes(b"")
    assert explain_log(path).status == "good"


class Printed:
    """Stands in for the command line's report."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def line(self, text: str) -> None:
        self.lines.append(text)


def told(path) -> tuple[dict, str]:
    report = Printed()
    result = explain.run(argparse.Namespace(log=path), report)
    return result, "\n".join(report.lines)


def test_explain_tells_what_a_log_means(tmp_path):
    path = tmp_path / "some.log"
    path.write_text(STEP)
    result, text = told(path)
    assert (result["status"], result["cause"], result["steps"]) == ("good", None, 1)
    assert "No failure" in text
    path.write_text(STEP + "warnings.warn: No ccache found.\nImportError: numpy.core.multiarray failed to import\n")
    result, text = told(path)
    assert result["cause"]["command"] == 'python -m pip install "numpy<2"'
    assert result["cause"]["text"] in text
    assert "harmless: Paddle looks for ccache" in text
    assert [one["id"] for one in result["harmless"]] == ["ccache"]
    path.write_text(STEP + "OddError: never seen.\n")
    with pytest.raises(EngineError, match="OddError: never seen"):
        told(path)


def test_explain_takes_the_folder_of_a_run_and_names_a_missing_file(run):
    run.log_path.write_text(FULL)
    done = command_line("explain", "--json", run.path)
    assert (done.returncode, json.loads(done.stdout)["cause"]["id"]) == (0, "disk_full")
    with pytest.raises(ProjectError, match=r"none\.log"):
        told(run.path / "none.log")


def test_runs_show_says_why_and_how_a_run_is(run):
    run.log_path.write_text(STEP + FULL)
    end_with(run, outcome="failed", message="m")
    done = command_line("runs", "show", run.path, "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["cause"]["id"], result["health"]) == ("disk_full", [])
