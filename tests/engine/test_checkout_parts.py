"""Parts of the supervision of a checkout: its lines, its copies of checkpoints, its watchdog, its log."""

import json
import os
import pickle
import shutil
import sys
import threading

import numpy as np
import pytest

from ocrstudio.core.errors import EngineError
from ocrstudio.engine.checkout.backup import Backups, BackupThread, choose_start, fault, mixed
from ocrstudio.engine.checkout.child import Child, Effort, LineSplitter
from ocrstudio.engine.checkout.commands import Command
from ocrstudio.engine.checkout.log_copy import LogCopy
from ocrstudio.engine.checkout.watch import BATCHES, SILENCE_ENV, Watchdog
from ocrstudio.formats.metrics_log import MetricsLog, forget_after, read_metrics
from ocrstudio.formats.pdparams import read_tensors


def save(run, name, epoch, step=0, acc=0.5):
    for ending, content in (
        (".pdopt", {"moment": np.zeros(2, np.float32)}),
        (".pdparams", {"weight": np.full(2, epoch, np.float32)}),
        (".states", {"epoch": epoch, "global_step": step, "best_model_dict": {"acc": acc}}),
    ):
        (run / f"{name}{ending}").write_bytes(pickle.dumps(content, protocol=2))


def test_lines_end_at_line_feeds_and_carriage_returns_and_hold_no_nul():
    splitter = LineSplitter()
    assert splitter.feed(b"one\r\ntwo\rthr") == ["one", "two"]
    assert splitter.feed("ee 页\n\0\0[2026] four".encode()) == ["three 页"]
    assert splitter.feed(b"\n\n\n") == ["[2026] four"]
    assert splitter.feed("半".encode()[:2]) == []
    assert splitter.end() == ["�"]


def test_a_child_gives_its_lines_its_code_and_its_effort(tmp_path):
    code = "import sys, time; print('out'); print('err', file=sys.stderr); "
    code += "[x * x for x in range(3_000_000)]; time.sleep(1); sys.exit(3)"
    child = Child(Command((sys.executable, "-uc", code), dict(os.environ), tmp_path))
    try:
        lines = []
        while len(lines) < 2:
            lines += child.lines(5)
        while not child.effort().cpu:
            assert child.exit_code is None
        lines += child.all_lines(20)
        assert {(line.text, line.error) for line in lines} == {("out", False), ("err", True)}
        assert child.exit_code == 3
    finally:
        child.close()


def test_a_child_does_not_inherit_our_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere/of/ours")
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    child = Child(Command((sys.executable, "-c", "import os; print(os.environ.get('PYTHONPATH'))"), env, tmp_path))
    try:
        assert [line.text for line in child.all_lines(20)] == ["None"]
    finally:
        child.close()


def test_a_copy_survives_what_happens_to_the_files(tmp_path):
    save(tmp_path, "latest", 1, 6)
    backups = Backups(tmp_path)
    assert backups.keep("latest", offset=4)
    (tmp_path / "latest.pdparams").write_bytes(b"")
    assert not backups.keep("latest"), "half a checkpoint is not kept"
    kept = backups.newest("latest")
    assert (kept.epoch, kept.step) == (1, 10)
    save(tmp_path, "latest", 2, 12)
    assert backups.keep("latest", offset=4)
    assert [folder.name for folder in (tmp_path / "backup").iterdir()] == ["latest-0002"]
    assert Backups(tmp_path).newest("latest").epoch == 2


def test_states_older_than_the_weights_belong_to_the_save_before(tmp_path):
    save(tmp_path, "latest", 1)
    assert fault(tmp_path / "latest") == mixed(tmp_path / "latest") == ""
    status = (tmp_path / "latest.pdparams").stat()
    os.utime(tmp_path / "latest.states", ns=(0, status.st_mtime_ns - 1))
    assert mixed(tmp_path / "latest") == "latest.states"


def test_a_copy_of_two_saves_is_not_kept(tmp_path, monkeypatch):
    save(tmp_path, "latest", 1)
    backups = Backups(tmp_path)
    real = shutil.copy2

    def copy(source, target):
        real(source, target)
        if source.suffix == ".pdparams":
            # the next epoch is saved while this one is copied
            save(tmp_path, "latest", 2)

    monkeypatch.setattr(shutil, "copy2", copy)
    assert not backups.keep("latest")
    monkeypatch.undo()
    assert backups.newest("latest") is None
    assert backups.keep("latest")


def test_a_run_folder_copied_without_its_times_goes_on_from_its_last_epoch(tmp_path):
    save(tmp_path, "best_accuracy", 3)
    save(tmp_path, "latest", 5)
    Backups(tmp_path).keep("latest")
    for file in tmp_path.rglob("*.states"):
        os.utime(file, ns=(0, 0))
    start = choose_start(tmp_path, lambda _: 0)
    assert (start.name, start.epoch, start.restored, start.broken) == ("latest", 5, False, ())
    shutil.rmtree(tmp_path / "backup")
    assert choose_start(tmp_path, lambda _: 0).name == "latest", "one of PaddleOCR itself has no copy"


def test_states_of_the_save_before_give_way_to_the_copy(tmp_path):
    save(tmp_path, "latest", 1)
    Backups(tmp_path).keep("latest")
    states = (tmp_path / "latest.states").read_bytes()
    save(tmp_path, "latest", 2)
    (tmp_path / "latest.states").write_bytes(states)
    os.utime(tmp_path / "latest.states", ns=(0, 0))
    start = choose_start(tmp_path, lambda _: 0)
    assert (start.epoch, start.restored, start.broken) == (1, True, ("latest.states",))
    assert read_tensors(tmp_path / "latest.pdparams")["weight"][0] == 1


def test_copies_on_a_thread_come_in_order_and_are_waited_for(tmp_path, monkeypatch):
    save(tmp_path, "latest", 1)
    go, copied = threading.Event(), []
    backups = Backups(tmp_path)

    def keep(name, *_):
        go.wait(10)
        copied.append(name)
        return True

    monkeypatch.setattr(backups, "keep", keep)
    copies = BackupThread(backups)
    for name in ("latest", "best_accuracy", "latest", "latest"):
        copies.keep(name)
    assert copied == [], "nobody waits for the disk"
    go.set()
    copies.wait()
    copies.close()
    assert copied == ["latest", "best_accuracy", "latest"], "the third would have copied what the fourth does"


def test_the_best_is_put_back_in_both_its_places(tmp_path):
    save(tmp_path, "best_accuracy", 3)
    (tmp_path / "best_model").mkdir()
    (tmp_path / "best_model" / "model.pdparams").write_bytes(b"worse")
    backups = Backups(tmp_path)
    backups.keep("best_accuracy", measures={"acc": 0.9})
    save(tmp_path, "best_accuracy", 4)
    assert backups.restore("best_accuracy").measures == {"acc": 0.9}
    good = (tmp_path / "best_accuracy.pdparams").read_bytes()
    assert pickle.loads(good)["weight"][0] == 3  # noqa: S301 - written above
    assert (tmp_path / "best_model" / "model.pdparams").read_bytes() == good


def test_where_a_run_goes_on(tmp_path):
    with pytest.raises(EngineError, match="no checkpoint"):
        choose_start(tmp_path, lambda _: 0)
    save(tmp_path, "iter_epoch_2", 2)
    save(tmp_path, "iter_epoch_10", 10)
    assert choose_start(tmp_path, lambda epoch: 6 * epoch).name == "iter_epoch_10"
    save(tmp_path, "best_accuracy", 7)
    start = choose_start(tmp_path, lambda epoch: 6 * epoch)
    assert (start.name, start.epoch, start.step) == ("best_accuracy", 7, 42)
    save(tmp_path, "latest", 12, step=3)
    assert choose_start(tmp_path, lambda _: 0).step == 3, "its own count, when nothing else is known"
    for name in ("latest", "best_accuracy", "iter_epoch_10", "iter_epoch_2"):
        (tmp_path / f"{name}.pdparams").write_bytes(b"\x80\x04")
    with pytest.raises(EngineError, match="None of the checkpoints"):
        choose_start(tmp_path, lambda _: 0)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_the_watchdog_waits_for_output_processor_and_disk(monkeypatch):
    monkeypatch.setenv(SILENCE_ENV, "60")
    clock, done = Clock(), [Effort(0.0, 0)]
    dog = Watchdog(lambda: done[0], clock=clock)

    def pass_by(seconds, cpu=0.0, disk=0):
        for _ in range(round(seconds)):
            clock.now += 1
            done[0] = Effort(done[0].cpu + cpu, done[0].disk + disk)
            assert dog.silent >= 0

    pass_by(59)
    assert not dog.stuck
    dog.heard()
    pass_by(59, cpu=0.001)
    assert not dog.stuck
    pass_by(100, cpu=0.5)
    pass_by(59)
    assert not dog.stuck
    pass_by(5, disk=4096)
    pass_by(60)
    assert not dog.stuck
    pass_by(1)
    assert dog.stuck
    dog.batch_cost = 30.0
    assert dog.allowed == 30.0 * BATCHES
    assert not dog.stuck, "slow batches are waited for"


def test_our_log_takes_the_place_of_theirs(tmp_path):
    path = tmp_path / "train.log"
    path.write_text("of an earlier run\n")
    copy = LogCopy(path)
    with path.open("a") as theirs:
        for line in ("one", "two"):
            copy.write(line)
            theirs.write(line + "\n")
            theirs.flush()
        copy.write("only on stderr")
        copy.settle()
        copy.write("three")
        theirs.write("three\n")
    copy.close()
    assert path.read_text().splitlines() == ["of an earlier run", "one", "two", "only on stderr", "three"]


def test_records_after_a_checkpoint_are_forgotten(tmp_path):
    path = tmp_path / "metrics.jsonl"
    forget_after(path, 3)
    log = MetricsLog(path)
    for record in ({"kind": "start"}, {"kind": "train", "step": 3}, {"kind": "eval", "step": 4}, {"kind": "end"}):
        log.append(record)
    forget_after(path, 3)
    assert [one["kind"] for one in read_metrics(path)] == ["start", "train"]
    assert path.read_text().endswith(json.dumps({"kind": "train", "step": 3}) + "\n")
