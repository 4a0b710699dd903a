"""A trainer that does as its first argument says; started by tests through the real keeper as `engine train -c FILE`.

It writes `state.json`, `metrics.jsonl` and `train.log` like the real one, without learning anything.
"""

from __future__ import annotations

import json
import math
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

from ocrstudio.formats.run_state import CONSOLE_FILE, ProcessId, RunStatus, read_control, write_status

EPOCHS, STEPS = 4, 5


class Trainer:
    def __init__(self, config: Path) -> None:
        self.folder = config.parent
        self.step = 0
        now = time.time()
        self.status = RunStatus(
            ProcessId.of(os.getpid()), began=now, heard=now, log=CONSOLE_FILE, stage="load", total=1
        )

    def say(self, **values: object) -> None:
        """Tells what `engine.presence` tells."""
        self.status = replace(self.status, heard=time.time(), **values)
        write_status(self.folder, self.status)

    def log(self, line: str) -> None:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
        with (self.folder / "train.log").open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def record(self, **fields: object) -> None:
        fields["time"] = time.time()
        with (self.folder / "metrics.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(fields) + "\n")

    def begin(self) -> None:
        self.say(stage="load", done=0, total=1)
        self.record(
            kind="start", epochs=EPOCHS, steps_per_epoch=STEPS, device="cpu", train_samples=160, val_samples=40,
            characters=18,
        )  # fmt: skip

    def batch(self) -> None:
        self.step += 1
        quality = 1 - math.exp(-self.step / 6)
        self.record(
            kind="train", step=self.step, epoch=math.ceil(self.step / STEPS), loss=3 * (1 - quality), acc=quality * 0.9,
            norm_edit_dis=quality * 0.95, lr=0.0005, ips=131.5, reader_cost=0.01, batch_cost=0.2,
            eta=EPOCHS * STEPS - self.step,
        )  # fmt: skip
        self.log(f"[2026/11/22 16:00:00] ppocr INFO: epoch: [1/{EPOCHS}], global_step: {self.step}, loss: 1.0")

    def evaluate(self, *, best: bool = True) -> None:
        quality = 1 - math.exp(-self.step / 6)
        self.say(stage="eval", done=40, total=40)
        self.record(
            kind="eval", step=self.step, epoch=self.step // STEPS, acc=quality * 0.97, norm_edit_dis=quality * 0.99,
            cer=1 - quality, loss=3.1 * (1 - quality), fps=300.0, best=best,
        )  # fmt: skip

    def finish(self, outcome: str) -> None:
        bundle = self.folder / "bundle"
        bundle.mkdir(exist_ok=True)
        (bundle / "model.onnx").write_bytes(b"onnx")
        card = {"v": 1, "name": self.folder.name, "created": "2026-11-22T15:00:00+00:00", "characters": 18}
        (bundle / "card.json").write_text(json.dumps(card), encoding="utf-8")
        self.record(kind="end", outcome=outcome, best_epoch=EPOCHS, message="")
        self.say(is_over=True)

    def was_told_to_stop(self, wait_s: float) -> bool:
        """True once the folder asks for it, or the window is gone that the training depends on."""
        time.sleep(wait_s)
        control = read_control(self.folder)
        return control.is_asked or (control.window is not None and control.window.standing == "gone")


def normal(trainer: Trainer) -> None:
    trainer.begin()
    print("a library's stray words", flush=True)
    for _ in range(EPOCHS):
        for _ in range(STEPS):
            trainer.batch()
        trainer.evaluate()
    trainer.say(stage="export", done=1, total=1)
    trainer.finish("finished")


def patient(trainer: Trainer) -> None:
    """Trains until it is told to stop."""
    trainer.begin()
    trainer.batch()
    trainer.evaluate()
    while not trainer.was_told_to_stop(0.05):
        trainer.batch()
    trainer.finish("stopped")


def deaf(trainer: Trainer) -> None:
    """Hears neither Stop nor SIGTERM."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    trainer.begin()
    trainer.batch()
    time.sleep(60)


def crash(trainer: Trainer) -> None:
    trainer.begin()
    trainer.batch()
    trainer.log("Traceback (most recent call last):")
    trainer.log("ValueError: the loss is not a number")
    os._exit(9)


def crash_on_stop(trainer: Trainer) -> None:
    trainer.begin()
    trainer.batch()
    trainer.evaluate()
    while not trainer.was_told_to_stop(0.05):
        pass
    raise OSError("no space left on the device")


def killed(trainer: Trainer) -> None:
    trainer.begin()
    trainer.batch()
    os.kill(os.getpid(), signal.SIGKILL)


def junk(trainer: Trainer) -> None:
    os.write(1, b'\xff\xfe junk\n{broken json\n{"v": 1, "type": "no such thing"}\n')
    with (trainer.folder / "metrics.jsonl").open("ab") as file:
        file.write(b'\xff\xfe\n{"kind": "tra\n[1]\n{"kind": "train", "step": "seven", "loss": null}\n{}\n')
    normal(trainer)


def no_paddle(trainer: Trainer) -> None:
    trainer.say(
        failed={
            "what": "Training needs Paddle, which is not installed.", "remedy": "Install it with: {command}",
            "values": {"command": "pip install 'ocrstudio[cpu]'"},
            "details": "ModuleNotFoundError: No module named 'paddle'",
        },
        is_over=True,
    )  # fmt: skip
    sys.exit(1)


def notice(trainer: Trainer) -> None:
    """Has something to say that ends nothing, and trains until it is told to stop."""
    kept = {"what": "{kept} was put back.", "remedy": "Nothing is lost.", "values": {"kept": "best_accuracy"}}
    trainer.say(notices=[kept])
    patient(trainer)


def main() -> None:
    config = Path(sys.argv[sys.argv.index("-c") + 1])
    {
        "normal": normal, "patient": patient, "deaf": deaf, "crash": crash, "killed": killed, "junk": junk,
        "no-paddle": no_paddle, "crash-on-stop": crash_on_stop, "notice": notice,
    }[sys.argv[1]](Trainer(config))  # fmt: skip


if __name__ == "__main__":
    main()
