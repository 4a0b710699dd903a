"""The real child processes: how they are stopped, and what is on disk when they are killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from lines import TEXTS, make_dataset, make_run, render

from ocrstudio.core.run_history import RunHistory
from ocrstudio.formats.metrics_log import read_metrics
from ocrstudio.protocol import messages

DEADLINE_S = 240
ENDLESS = 100_000


class Child:
    """A child of the program, its messages read by a thread."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ocrstudio", "engine", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=os.environ | {"PYTHONUTF8": "1"},
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.append(line)

    @property
    def messages(self) -> list[messages.Message]:
        return [message for line in list(self.lines) if (message := messages.decode(line))]

    def of(self, kind: type) -> list:
        return [message for message in self.messages if isinstance(message, kind)]

    def send(self, message: messages.Message) -> None:
        self.process.stdin.write(messages.encode(message))
        self.process.stdin.flush()

    def wait_for(self, ready) -> None:
        deadline = time.monotonic() + DEADLINE_S
        while not ready():
            assert self.process.poll() is None, "the child ended early"
            assert time.monotonic() < deadline, "the child took too long"
            time.sleep(0.02)

    def wait_for_epochs(self, count: int) -> None:
        self.wait_for(lambda: sum(saved.kind == "latest" for saved in self.of(messages.Saved)) >= count)

    def finish(self) -> int:
        code = self.process.wait(DEADLINE_S)
        self._reader.join(DEADLINE_S)
        return code

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(DEADLINE_S)
        self._reader.join(DEADLINE_S)
        self.process.stdin.close()
        self.process.stdout.close()


@pytest.fixture
def child(paddle):
    started = []

    def start(*arguments: str) -> Child:
        started.append(Child(*arguments))
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.fixture
def endless(tmp_path: Path):
    """A run that goes on until somebody ends it."""
    return make_run(make_dataset(tmp_path / "d", TEXTS[:4]), tmp_path / "runs Ⅻ", Global__epoch_num=ENDLESS)


def evaluated_where_it_stopped(run) -> bool:
    """Whether the last step is evaluated after the log has told of the stop."""
    history = RunHistory(read_metrics(run.metrics_path))
    log = run.log_path.read_text(encoding="utf-8")
    return "INFO: stopped" in log and history.last("eval")["step"] == history.last("train")["step"]


def test_a_stopped_training_keeps_its_best_and_exports_it(child, endless):
    trainer = child("train", "-c", str(endless.config_path))
    trainer.wait_for_epochs(2)

    trainer.send(messages.Stop())

    assert trainer.finish() == 0
    assert trainer.of(messages.Done)[0].result["outcome"] == "stopped"
    assert RunHistory(read_metrics(endless.metrics_path)).end["outcome"] == "stopped"
    assert evaluated_where_it_stopped(endless)
    assert (endless.bundle_dir / "card.json").is_file()
    assert endless.checkpoint("latest").with_suffix(".pdparams").is_file()


def test_sigterm_stops_in_order(child, endless):
    trainer = child("train", "-c", str(endless.config_path))
    trainer.wait_for_epochs(2)

    trainer.process.send_signal(signal.SIGTERM)

    trainer.wait_for(lambda: any(stage.name == "export" for stage in trainer.of(messages.Stage)))
    assert evaluated_where_it_stopped(endless)


WINDOW = """
import pathlib, subprocess, sys
pipe = subprocess.PIPE
child = subprocess.Popen(sys.argv[2:], stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT)
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
child.stdout.read()
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_window_that_is_killed_stops_its_training_in_order(paddle, endless, tmp_path):
    # all at once: nobody asks any more, and whatever is said to the window fails
    trainer = [sys.executable, "-m", "ocrstudio", "engine", "train", "-c", str(endless.config_path)]
    window = subprocess.Popen([sys.executable, "-c", WINDOW, str(tmp_path / "pid"), *trainer])
    deadline = time.monotonic() + DEADLINE_S

    def wait_until(ready) -> None:
        while not ready():
            assert time.monotonic() < deadline, "it never came"
            time.sleep(0.05)

    try:
        wait_until(lambda: endless.checkpoint("latest").with_suffix(".states").is_file())
        window.kill()
        wait_until(lambda: evaluated_where_it_stopped(endless))
    finally:
        window.kill()
        window.wait()
        with contextlib.suppress(ProcessLookupError):
            os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)


def test_a_killed_training_leaves_checkpoints_that_load_and_go_on(child, endless):
    from ocrstudio.engine.checkpoint import read_pickle

    for round_number in range(2):
        arguments = ["--resume"] if round_number else []
        trainer = child("train", "-c", str(endless.config_path), *arguments)
        trainer.wait_for_epochs(3)
        # in the middle of whatever it is doing, which is often saving
        trainer.process.kill()
        assert trainer.finish() != 0
        for name in ("latest", "best_accuracy"):
            states = read_pickle(endless.checkpoint(name).with_suffix(".states"))
            weights = read_pickle(endless.checkpoint(name).with_suffix(".pdparams"))
            assert weights["head.weight"].shape[0] == 120
            assert states["global_step"] >= 0
    steps = RunHistory(read_metrics(endless.metrics_path)).series("train", "loss")[0]
    assert steps == [float(step) for step in range(1, len(steps) + 1)]


def test_a_training_that_cannot_start_says_why_and_ends_with_one(child, endless):
    (Path(endless.config().get("Train.dataset.label_file_list")[0])).write_text("no tab here\n", encoding="utf-8")

    trainer = child("train", "-c", str(endless.config_path))

    assert trainer.finish() == 1
    failed = trainer.of(messages.Failed)[0]
    assert "train.txt" in failed.what.format(**failed.values)
    assert RunHistory(read_metrics(endless.metrics_path)).end["outcome"] == "failed"


def test_the_reading_child_answers_until_stdin_closes(child, tmp_path):
    render("Hello 123").save(tmp_path / "line Ⅻ.png")
    (tmp_path / "empty.png").write_bytes(b"")
    reader = child("recognize")

    reader.send(messages.RecognizePage(id=1, image=str(tmp_path / "empty.png")))
    quad = [[0.0, 0.0], [170.0, 0.0], [170.0, 40.0], [0.0, 40.0]]
    reader.send(messages.RecognizePage(id=2, image=str(tmp_path / "line Ⅻ.png"), quads=[quad]))
    reader.wait_for(lambda: reader.of(messages.PageRead))
    reader.process.stdin.close()

    assert reader.finish() == 0
    assert [message.id for message in reader.of(messages.Failed)] == [1]
    read = reader.of(messages.PageRead)[0]
    assert [line["text"] for line in read.lines] == ["Hello 123"]
    assert all(messages.decode(line) for line in reader.lines), "only messages on stdout"


def test_nothing_is_sent_and_no_identifier_is_made(tmp_path):
    """ONNX Runtime would note a number for this computer and send what it is used for."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    code = "from ocrstudio.engine.recognizer import PageReader; PageReader()"
    subprocess.run([sys.executable, "-c", code], env={**environment, "HOME": str(tmp_path)}, timeout=120, check=True)
    assert not (tmp_path / ".cache" / "Microsoft").exists()
