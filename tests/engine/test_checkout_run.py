"""Runs that a checkout trains, with a trainer that only pretends: every way of going wrong, and of ending."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest
from fake_trainer import change_plan, make_checkout

from ocrstudio.core.errors import ConfigError, EngineError
from ocrstudio.core.failures import Diagnosis
from ocrstudio.engine.checkout import ready, release, run, watch
from ocrstudio.engine.checkout.backup import Backups, BackupThread
from ocrstudio.engine.checkout.commands import Command
from ocrstudio.engine.checkout.outcome import Facts, judge
from ocrstudio.engine.task import Stopped
from ocrstudio.formats import run_state
from ocrstudio.formats.checkout_python import Interpreter
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.log_line import parse_line
from ocrstudio.formats.metrics_log import read_metrics
from ocrstudio.formats.pdparams import read_pickle, read_tensors
from ocrstudio.formats.run_folder import PADDLEOCR, Engine, RunFolder
from ocrstudio.protocol import messages


def new_run(folder: Path, **plan):
    """A run folder whose engine is the fake checkout `folder/checkout`."""
    checkout = make_checkout(folder / "checkout", **{"accs": [0.25, 0.5], **plan})
    (folder / "dict.txt").write_text("a\nb\n")
    (folder / "list.txt").write_text("x.png\ta\ny.png\tb\n")
    for name in ("x.png", "y.png"):
        cv2.imwrite(str(folder / name), np.full((48, 64, 3), 255, np.uint8))
    config = TrainConfig.template()
    config.set("Global.pretrained_model", None)
    config.set("Global.character_dict_path", (folder / "dict.txt").as_posix())
    for section in ("Train", "Eval"):
        config.set(f"{section}.dataset.label_file_list", [(folder / "list.txt").as_posix()])
        config.set(f"{section}.dataset.data_dir", folder.as_posix())
    return RunFolder.create(
        folder / "运行 runs", "fake", config, engine=Engine(PADDLEOCR, checkout, Path(sys.executable))
    )


@pytest.fixture(autouse=True)
def no_export(monkeypatch):
    """Most of the runs here are about neither their model nor their interpreter, which take seconds."""
    monkeypatch.setattr(run, "release", lambda *_: {})
    monkeypatch.setattr(ready, "check_python", lambda python, *_: Interpreter(python, "3.11", "3.2.2", numpy="2.0"))


@pytest.fixture
def export(monkeypatch, no_export):
    """Without the converter: the fake model is none, and asking takes seconds."""
    monkeypatch.setattr(release, "_onnx", lambda *_: False)
    monkeypatch.setattr(run, "release", release.release)


def train(folder, heard=None, stopped=lambda: False, **options):
    return run.run_checkout_training(folder, heard.append if heard is not None else lambda _: None, stopped, **options)


def kinds(folder, kind):
    records = read_metrics(folder.metrics_path) if folder.metrics_path.is_file() else []
    return [one for one in records if one["kind"] == kind]


def left_over(folder):
    """Processes of the training that are still alive."""
    pids = [int(text) for text in (folder.path / "workers.txt").read_text().split()]
    assert len(pids) == 3, "two workers and the trainer"
    alive = []
    for pid in pids:
        try:
            if psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                alive.append(pid)
        except psutil.NoSuchProcess:
            continue
    return alive


def wait_until(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


@pytest.mark.parametrize("major", [2, 3])
def test_a_run_is_told_as_the_built_in_engine_tells_it(tmp_path, major, export):
    printed = ["a printed line", "Traceback of something harmless"]
    folder = new_run(tmp_path, major=major, steps=3, say={"at start": printed})
    config = folder.config_path.read_bytes()
    heard = []
    result = train(folder, heard)
    assert (result["outcome"], result["steps"], result["acc"], result["best_epoch"]) == ("finished", 6, 0.5, 2)
    (start,) = kinds(folder, "start")
    assert (start["epochs"], start["steps_per_epoch"], start["task"]) == (2, 3, "rec")
    assert (start["train_samples"], start["val_samples"], start["characters"]) == (2, 2, 2)
    steps = kinds(folder, "train")
    # the last line of an epoch stands for one step, and its costs were divided by two
    assert [(one["step"], one["batch_cost"], one["eta"]) for one in steps] == [
        (2, 0.01, 86443),
        (3, 0.02, 86443),
        (4, 0.02, 86443),
        (6, 0.01, 86443),
    ]
    evaluations = kinds(folder, "eval")
    assert [(one["step"], one["epoch"], one["acc"], one["best"]) for one in evaluations] == [
        (3, 1, 0.25, True),
        (6, 2, 0.5, True),
    ]
    (end,) = kinds(folder, "end")
    assert (end["outcome"], end["best_epoch"]) == ("finished", 2)
    told = [one.record for one in heard if isinstance(one, messages.Metric)]
    assert told == read_metrics(folder.metrics_path)
    saved = Counter(one.kind for one in heard if isinstance(one, messages.Saved))
    assert saved == {"latest": 2, "best_accuracy": 2, "bundle": 1}
    stages = {one.name for one in heard if isinstance(one, messages.Stage)}
    assert {"load", "train", "eval", "export"} <= stages
    assert folder.config_path.read_bytes() == config, "PaddleOCR's form of it must not stay"
    log = folder.log_path.read_text(encoding="utf-8").splitlines()
    assert [log.count(line) for line in printed] == [1, 1]
    assert Counter(found["kind"] for line in log if (found := parse_line(line)))["train"] == 4, "not twice"
    assert not any("eval model" in line for line in log)
    assert result["bundle"] == str(folder.bundle_dir)
    check_bundle(folder.bundle_dir)


def check_bundle(bundle):
    """What version 2 leaves out is there."""
    assert (bundle / "inference.pdiparams").read_text() == "6.0", "the best weights, of step 6"
    assert (bundle / "dict.txt").read_text() == "a\nb\n"
    yml = (bundle / "inference.yml").read_text(encoding="utf-8")
    assert "CTCLabelDecode" in yml
    assert "model_name: PP-OCRv6_small_rec" in yml
    card = json.loads((bundle / "card.json").read_text(encoding="utf-8"))
    assert (card["task"], card["characters"], card["scores"]["acc"]) == ("rec", 2, 0.5)


@pytest.mark.parametrize("major", [2, 3])
def test_resuming_counts_steps_on_and_never_forgets_the_best(tmp_path, major):
    folder = new_run(tmp_path, major=major, accs=[0.5])
    train(folder)
    change_plan(tmp_path / "checkout", accs=[0.5, 0.25, 0.75], put_back=2)
    result = train(folder, resume=True)
    assert (result["steps"], result["acc"], result["best_epoch"]) == (6, 0.75, 3)
    change_plan(tmp_path / "checkout", accs=[0.5, 0.25, 0.75, 0.25], put_back=4)
    heard = []
    result = train(folder, heard, resume=True)
    assert (result["steps"], result["acc"], result["best_epoch"]) == (8, 0.75, 3)
    assert [one["step"] for one in kinds(folder, "train")] == [2, 4, 6, 8]
    evaluations = [(one["step"], one["best"]) for one in kinds(folder, "eval")]
    assert evaluations == [(2, True), (4, False), (6, True), (8, False)]
    assert len(kinds(folder, "end")) == 1
    states = read_pickle(folder.path / "best_accuracy.states")
    assert (states["epoch"], states["best_model_dict"]["acc"]) == (3, 0.75)
    # version 2 does not forget
    put_back = [one for one in heard if isinstance(one, messages.Notice) and one.what == run.BETTER_KEPT]
    assert bool(put_back) is (major == 3)
    with pytest.raises(EngineError, match="all of its 4 epochs are trained"):
        train(folder, resume=True)


def test_a_kill_in_the_middle_of_a_save_loses_one_epoch_at_most(tmp_path):
    folder = new_run(tmp_path, accs=[0.25, 0.5, 0.75], cut_epoch=2)
    with pytest.raises(EngineError, match="lack of memory"):
        train(folder)
    with pytest.raises(Exception, match=r"latest\.pdparams"):
        read_tensors(folder.path / "latest.pdparams")
    change_plan(tmp_path / "checkout", cut_epoch=0)
    heard = []
    result = train(folder, heard, resume=True)
    mended = [one.values for one in heard if isinstance(one, messages.Notice) and one.what == run.MENDED]
    assert mended == [{"file": "latest.pdparams", "epoch": "1"}]
    assert [one["step"] for one in kinds(folder, "train")] == [2, 4, 6]
    assert (result["steps"], result["acc"]) == (6, 0.75)


def test_a_best_that_was_saved_right_before_the_end_is_not_replaced_by_its_copy(tmp_path):
    folder = new_run(tmp_path, accs=[0.25])
    train(folder)
    # the supervisor was killed together with the trainer: nobody copied the best of the second epoch
    states = {"best_model_dict": {"acc": 0.75, "best_epoch": 2}, "epoch": 2, "global_step": 4}
    (folder.path / "best_accuracy.states").write_bytes(pickle.dumps(states, protocol=2))
    change_plan(tmp_path / "checkout", accs=[0.25, 0.5])
    result = train(folder, resume=True)
    assert (result["acc"], result["best_epoch"]) == (0.75, 2)
    assert read_pickle(folder.path / "best_accuracy.states")["best_model_dict"]["acc"] == 0.75


def test_copying_keeps_nobody_waiting_and_the_run_waits_for_it_at_its_end(tmp_path, monkeypatch):
    real = Backups.keep

    folder = new_run(tmp_path, accs=[0.5, 0.75])
    heard_meanwhile = []

    def slow(self, *arguments):
        wait_until(lambda: len(kinds(folder, "eval")) == 2)
        heard_meanwhile.append(arguments)
        return real(self, *arguments)

    monkeypatch.setattr(Backups, "keep", slow)
    train(folder)
    assert heard_meanwhile, "both evaluations were told before the first copy was made"
    assert Backups(folder.path).newest("best_accuracy").measures["acc"] == 0.75
    assert Backups(folder.path).newest("latest").epoch == 2


def test_a_defect_of_ours_ends_the_run_as_a_failure(tmp_path, monkeypatch):
    def broken(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(run, "train_command", broken)
    folder = new_run(tmp_path)
    with pytest.raises(EngineError, match=r"unexpected error: .*Permission denied"):
        train(folder)
    assert kinds(folder, "end")[0]["outcome"] == "failed"
    assert "Traceback" in folder.log_path.read_text()


@pytest.mark.skipif(os.name != "posix", reason="/dev/full")
def test_a_full_disk_and_a_window_that_is_gone_do_not_hide_why_a_run_failed(tmp_path, monkeypatch):
    class Gone:
        def write(self, _):
            raise BrokenPipeError

    folder = new_run(tmp_path)
    folder.log_path.symlink_to("/dev/full")
    folder.metrics_path.symlink_to("/dev/full")
    monkeypatch.setattr(sys, "stderr", Gone())
    heard = []
    with pytest.raises(EngineError, match="no checkpoint to go on from"):
        train(folder, heard, resume=True)
    assert [one.record["outcome"] for one in heard if isinstance(one, messages.Metric)] == ["failed"]


def test_without_latest_the_best_is_taken_and_told(tmp_path):
    folder = new_run(tmp_path, accs=[0.25, 0.5])
    train(folder)
    for file in folder.path.glob("latest.pd*"):
        file.write_bytes(b"")
    for copy in (folder.path / "backup").glob("latest-*/latest.pdparams"):
        copy.write_bytes(copy.read_bytes()[:50])
    change_plan(tmp_path / "checkout", accs=[0.25, 0.5, 0.75])
    heard = []
    train(folder, heard, resume=True)
    (told,) = [one.values for one in heard if isinstance(one, messages.Notice) and one.what == run.OTHER_START]
    assert told == {"file": "latest.pdparams", "name": "best_accuracy", "epoch": "2"}
    assert [one["step"] for one in kinds(folder, "train")] == [2, 4, 6]


def test_nothing_to_resume_is_said(tmp_path):
    with pytest.raises(EngineError, match="no checkpoint to go on from"):
        train(new_run(tmp_path), resume=True)


def test_stop_says_what_is_kept_and_leaves_nobody_behind(tmp_path):
    folder = new_run(tmp_path, accs=[0.5, 0.75], workers=2, hang_at="after 3")
    stop = threading.Event()
    heard = []

    def hear(message):
        heard.append(message)
        if isinstance(message, messages.Saved) and message.kind == "latest":
            stop.set()

    result = run.run_checkout_training(folder, hear, stop.is_set)
    assert (result["outcome"], result["steps"], result["acc"]) == ("stopped", 2, 0.5)
    (notice,) = [one for one in heard if isinstance(one, messages.Notice)]
    assert notice.values == {"epoch": "1", "step": "2"}
    assert kinds(folder, "end")[0]["outcome"] == "stopped"
    assert left_over(folder) == []


def test_stop_before_the_first_save_has_nothing_to_export(tmp_path):
    folder = new_run(tmp_path, hang_at="at start")
    result = train(folder, stopped=lambda: folder.log_path.is_file() and "train with" in folder.log_path.read_text())
    assert result["outcome"] == "stopped"
    assert "bundle" not in result


def with_a_quick_interpreter(folder, place):
    """The run's Python answers at once what it has, which else takes it seconds, and is the real one otherwise."""
    answer = 'ocrstudio-answer {"version": "3.11.0", "missing": [], "numpy": "2.0", "paddle": "3.2.2"}'
    script = (
        f"#!/bin/sh\ncase \"$*\" in *ocrstudio-answer*) echo '{answer}';; *) exec '{sys.executable}' \"$@\";; esac\n"
    )
    place.write_text(script)
    place.chmod(0o755)
    folder.update_manifest(engine={**folder.manifest["engine"], "python": str(place)})


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("way", ["stdin", "SIGTERM", "SIGHUP", "SIGKILL", "guardian", "force"])
def test_however_the_supervisor_ends_nobody_is_left(tmp_path, way):
    folder = new_run(tmp_path, workers=2, hang_at="after 1")
    with_a_quick_interpreter(folder, tmp_path / "python")
    supervisor = subprocess.Popen(
        [sys.executable, "-m", "ocrstudio", "engine", "train", "-c", str(folder.config_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until(lambda: (folder.path / "workers.txt").is_file() and "dataloader" in folder.log_path.read_text())
        assert len(left_over(folder)) == 3
        if way == "stdin":
            supervisor.stdin.close()
        elif way == "force":
            run_state.end_by_force(folder.path)
        elif way == "guardian":
            # the trainer must die with it, and the supervisor must look after the rest
            time.sleep(1.5)
            (guardian,) = psutil.Process(supervisor.pid).children()
            guardian.kill()
        else:
            supervisor.send_signal(getattr(signal, way))
        wait_until(lambda: not left_over(folder))
        supervisor.wait(60)
        outcome = [one["outcome"] for one in kinds(folder, "end")]
        assert outcome == {"SIGKILL": [], "force": [], "guardian": ["failed"]}.get(way, ["stopped"])
    finally:
        supervisor.kill()
        supervisor.wait()
        supervisor.stdin.close()


def test_a_silent_hang_is_ended_and_explained(tmp_path, monkeypatch):
    monkeypatch.setenv(watch.SILENCE_ENV, "1.5")
    folder = new_run(tmp_path, workers=2, hang_at="after 1")
    with pytest.raises(EngineError, match=r"neither said nor did anything for \d s"):
        train(folder)
    assert left_over(folder) == []


def test_a_dead_loader_is_explained_at_once_by_its_complaints(tmp_path):
    bad = "[2026/11/22 07:07:27] ppocr ERROR: When parsing line images/0007.png 1948-A"
    told = [bad, ", error happened with msg: Traceback (most recent call last):", "IndexError: list index out of range"]
    folder = new_run(tmp_path, workers=2, say={"after 1": told}, traceback_at="after 1")
    began = time.monotonic()
    with pytest.raises(EngineError, match="no tab between image and text"):
        train(folder)
    assert time.monotonic() - began < watch.SILENCE_S
    assert left_over(folder) == []


@pytest.mark.parametrize(
    ("plan", "text"),
    [
        ({"exit_at": "at start"}, "without training a single step"),
        ({"exit_at": "at start", "say": {"at start": ["No Images in train dataset"]}}, "no training lines"),
        ({"exit_at": "after 3"}, "after 1 of 2 saved epochs"),
        ({"die_at": "after 1"}, "lack of memory"),
    ],
)
def test_success_is_judged_by_steps_and_files(tmp_path, plan, text):
    folder = new_run(tmp_path, **plan)
    with pytest.raises(EngineError, match=text):
        train(folder)
    assert kinds(folder, "end")[0]["outcome"] == "failed"


@pytest.mark.parametrize(
    ("code", "last", "text"),
    [
        (1, "OSError: [Errno 28] No space left on device", "disk is full"),
        (1, "ValueError: odd thing.", "ValueError: odd thing[.] The log"),
        (1, "nothing telling", "exit code 1"),
        (139, "nothing telling", "Paddle crashed"),
        (127, "/no/python: not found", "could not be started: /no/python: not found"),
        (0, "nothing telling", None),
    ],
)
def test_ends_are_told_in_plain_words(code, last, text):
    diagnosis = Diagnosis()
    diagnosis.feed(last)
    facts = Facts("itself", code, steps=4, epoch=2, epochs=2, last_lines=["Traceback", last])
    if text is None:
        judge(facts, diagnosis)
        return
    with pytest.raises(EngineError, match=text):
        judge(facts, diagnosis)


def test_complaints_about_samples_do_not_end_a_training(tmp_path):
    bad = ["[2026/11/22 07:07:27] ppocr ERROR: When parsing line a.png x", "Exception: data/a.png does not exist!"]
    heard = []
    result = train(new_run(tmp_path, say={"after 1": bad * 3}), heard)
    assert result["outcome"] == "finished"
    (notice,) = [one for one in heard if isinstance(one, messages.Notice)]
    assert notice.values["file"] == "data/a.png"
    assert len(result["warnings"]) == 1


def test_a_run_that_was_never_evaluated_is_scored_once(tmp_path, export):
    folder = new_run(tmp_path, evaluates=False)
    result = train(folder)
    assert (result["acc"], result["checkpoint"]) == (0.25, "latest")
    (evaluation,) = kinds(folder, "eval")
    assert (evaluation["step"], evaluation["norm_edit_dis"], evaluation["best"]) == (4, 0.5, True)


def test_an_interpreter_that_is_none_is_told(tmp_path):
    folder = new_run(tmp_path)
    engine = folder.engine
    folder.update_manifest(engine={"kind": PADDLEOCR, "checkout": str(engine.checkout), "python": "/no/such/python"})
    with pytest.raises(EngineError, match="could not be started"):
        train(folder)


def test_a_run_is_exported_and_scored_again(tmp_path, export):
    folder = new_run(tmp_path)
    train(folder)
    (folder.bundle_dir / "card.json").unlink()
    result = release.export_again(folder, lambda _: None, "latest")
    assert (result["checkpoint"], result["onnx"]) == ("latest", False)
    assert (folder.bundle_dir / "card.json").is_file()
    assert release.evaluate_again(folder, lambda _: None, "latest") == {"acc": 0.25, "norm_edit_dis": 0.5}
    with pytest.raises(EngineError, match="could not be exported"):
        release.export_again(folder, lambda _: None, "iter_epoch_9")


def test_what_would_fail_is_refused_before_paddleocr_starts(tmp_path):
    folder = new_run(tmp_path)
    (tmp_path / "list.txt").write_text("x.png a\ny.png b\n")
    with pytest.raises(ConfigError, match=r"list\.txt, line 1: there is no tab"):
        train(folder)
    assert not (folder.path / "workers.txt").exists()
    assert kinds(folder, "end")[-1]["outcome"] == "failed"


@pytest.fixture
def converter(tmp_path, monkeypatch):
    """A run that starts from packaged weights, and what answers in place of `ocrstudio convert`."""
    folder = new_run(tmp_path)
    config = folder.config()
    config.set("Global.pretrained_model", "PP-OCRv4_mobile_rec")
    config.save(folder.config_path)
    asked = []

    def answer(code):
        def own_command(module, *arguments, cwd):
            asked.append(arguments)
            return Command((sys.executable, "-c", code), dict(os.environ), cwd)

        monkeypatch.setattr(ready, "own_command", own_command)
        return folder, asked

    return answer


def test_weights_that_come_along_are_put_into_paddleocrs_form(tmp_path, converter):
    weights = tmp_path / "made" / "PP-OCRv4_mobile_rec-1"
    done = messages.encode(messages.Done(result={"pretrained_model": str(weights)}))
    folder, asked = converter(f"print('library talk'); print({done!r})")
    train(folder)
    (arguments,) = asked
    assert arguments[arguments.index("--dict") + 1] == str(tmp_path / "dict.txt")
    assert folder.config().get("Global.pretrained_model") == weights.as_posix()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("raise SystemExit('Killed.')", r"form: Killed\. Set Global\.pretrained_model to null"),
        (
            f"print({messages.encode(messages.Failed(what='No {x}.', remedy='Get it.', values={'x': 'Paddle'}))!r})",
            r"form: No Paddle\. Get it\. Set Global\.pretrained_model",
        ),
    ],
)
def test_weights_that_cannot_be_converted_end_the_run_with_a_remedy(converter, code, text):
    folder, _ = converter(code)
    with pytest.raises(EngineError, match=text):
        train(folder)


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("survivor", ["keeper", "supervisor"])
def test_a_training_that_nobody_watches_goes_on_and_is_stopped_through_its_folder(tmp_path, survivor):
    folder = new_run(tmp_path, workers=2, accs=[0.1] * 500, pause=0.05)
    with_a_quick_interpreter(folder, tmp_path / "python")
    keeper = subprocess.Popen(
        [sys.executable, "-m", "ocrstudio", "engine", "keep", str(folder.path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until(lambda: len(kinds(folder, "train")) > 1)
        supervisor = run_state.read_status(folder.path).process.find()
        (keeper if survivor == "supervisor" else supervisor).send_signal(signal.SIGKILL)
        if survivor == "supervisor":
            done = len(kinds(folder, "train"))
            wait_until(lambda: len(kinds(folder, "train")) > done + 3)
            assert len(left_over(folder)) == 3
            run_state.ask(folder.path, stop=True)
            wait_until(lambda: kinds(folder, "end"))
            assert kinds(folder, "end")[0]["outcome"] == "stopped"
        else:
            # it says how the supervisor ended, which could not
            wait_until(lambda: keeper.poll() is not None)
            assert run_state.read_status(folder.path).exit == run_state.Exit(137, 9)
        wait_until(lambda: not left_over(folder))
        assert (folder.path / "console.log").read_text().count("epoch: [1/500]") == 1
    finally:
        run_state.end_by_force(folder.path)
        keeper.kill()
        keeper.wait()


def test_weights_that_are_gone_do_not_keep_a_run_from_going_on(tmp_path):
    folder = new_run(tmp_path, accs=[0.5])
    train(folder)
    config = folder.config()
    config.set("Global.pretrained_model", str(tmp_path / "gone"))
    config.save(folder.config_path)

    with pytest.raises(ConfigError, match="there are no weights"):
        train(folder)
    with pytest.raises(EngineError, match="all of its 1 epochs are trained"):
        train(folder, resume=True)


def test_a_stop_after_the_training_is_heard_and_leaves_nothing_half_written(tmp_path, export, monkeypatch):
    folder, heard = new_run(tmp_path, hang_at="at export"), []
    close = BackupThread.close

    def stopped():
        return any(isinstance(one, messages.Stage) and one.name == "export" for one in heard)

    # asked when the training has ended, however long its files are copied
    monkeypatch.setattr(BackupThread, "close", lambda self: (close(self), heard.append(messages.Stage(name="export"))))
    result = train(folder, heard, stopped)
    assert (result["outcome"], result["acc"], "bundle" in result) == ("stopped", 0.5, False)
    assert "before the model was written" in kinds(folder, "end")[-1]["message"]
    with pytest.raises(Stopped):
        release.export_again(folder, lambda _: None, "best_accuracy", lambda: True)
    assert not (folder.path / release.PART_DIR).exists()
    assert not folder.bundle_dir.exists()


def test_what_keeps_a_run_from_being_scored_is_told_without_paddleocrs_own_log(tmp_path, export, capfd):
    folder = new_run(
        tmp_path, traceback_at="", say={"at eval": ["Traceback (most recent call last):", "OSError: gone"]}
    )
    change_plan(folder.engine.checkout, exit_at="at eval", code=1)
    with pytest.raises(EngineError, match=r"PaddleOCR could not score latest: OSError: gone\. The log says more"):
        release.evaluate_again(folder, lambda _: None, "latest")
    assert capfd.readouterr().err == ""
    assert "Traceback" in folder.log_path.read_text()
    folder.config_path.write_text("")
    for again in (release.evaluate_again, release.export_again):
        with pytest.raises(ConfigError, match="is no training config"):
            again(folder, lambda _: None, "latest")
