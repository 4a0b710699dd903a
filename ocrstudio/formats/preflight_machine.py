"""The machine that a config is to run on: cards, loaders, memory, packages, and what an earlier run has left."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrstudio.core import training_rules as numbers
from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.findings import Cure
from ocrstudio.core.training_rules import Speed
from ocrstudio.formats.checkout_config import CPU_BATCH, ENOUGH_SHM, Machine
from ocrstudio.formats.checkout_python import GPU_OFF, NO_GPU, NO_GPU_BUILD, Interpreter
from ocrstudio.formats.preflight import SET_VALUE, Look, batch_cure
from ocrstudio.formats.preflight_numbers import batch_of

GPU = "Global.use_gpu"
WORKERS = ("Train.loader.num_workers", "Eval.loader.num_workers")
_CHECKPOINT = ".pdparams"

NO_PADDLE = QT_TRANSLATE_NOOP("Errors", "PaddlePaddle is not installed, and the program's own engine trains with it.")
INSTALL_PADDLE = QT_TRANSLATE_NOOP("Errors", "The Setup page says how to install it.")
NO_CARD = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: the config asks for a graphics card, but the driver knows of none."
)
CPU_BUILD = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: the config asks for a graphics card, but the installed PaddlePaddle is for the "
    "processor only.",
)
USE_CPU = QT_TRANSLATE_NOOP("Errors", "Train on the processor")
IDLE = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: there is a graphics card, but the training would run on the processor."
)
USE_GPU = QT_TRANSLATE_NOOP("Errors", "Train on the graphics card")
WINDOWS_LOADERS = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: on Windows PaddleOCR's loader processes often die or hang; {count} are asked for."
)
MANY_LOADERS = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: {count} loaders for {cpus} cores get in each other's way."
)
SMALL_SHM = QT_TRANSLATE_NOOP(
    "Errors",
    "The shared memory (/dev/shm) has {free} MB free; loaders that use it may die with a bus error in a long training.",
)
SHM_OFF = QT_TRANSLATE_NOOP("Errors", "Set use_shared_memory of Train.loader and Eval.loader to false.")
TOO_LARGE = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: a batch of {batch} takes about {needed} GB without a graphics card; "
    "the computer has {memory}.",
)
MUCH_MEMORY = QT_TRANSLATE_NOOP("Errors", "A batch of {batch} takes about {needed} GB; the computer has {memory}.")
EARLIER = QT_TRANSLATE_NOOP(
    "Errors", "{folder} holds an earlier training: PaddleOCR writes over its checkpoints and adds to its log."
)
EARLIER_NOTE = QT_TRANSLATE_NOOP(
    "Errors", "{folder} holds an earlier training; it stays as it is, because this run gets a folder of its own."
)
OTHER_FOLDER = QT_TRANSLATE_NOOP("Errors", "Choose another folder for the run.")


@dataclass(frozen=True)
class Situation:
    """What is known of the machine; None where nobody asked.

    Attributes:
        machine: Cards, cores, shared memory, system.
        memory: Bytes of main memory.
        paddle: Version of this program's PaddlePaddle; "" for none.
        gpu_build: Whether that was built for cards.
        interpreter: What the checkout's Python answered.
        known: Characters that the weights to start from know.
        speed: What was timed here.
    """

    machine: Machine
    memory: int | None = None
    paddle: str | None = None
    gpu_build: bool | None = None
    interpreter: Interpreter | None = None
    known: frozenset[str] | None = None
    speed: Speed | None = None


def look_at_machine(look: Look, situation: Situation, save_dir: Path | None) -> None:
    """Adds what the machine has against a config.

    Args:
        look: What it is about.
        situation: What is known of the machine.
        save_dir: Where the run will write if not to `Global.save_model_dir`.
    """
    machine, config = situation.machine, look.config
    wants_gpu = bool(config.get(GPU))
    if look.lenient:
        _packages(look, situation.interpreter, wants_gpu)
        _loaders(look, machine)
        _memory(look, situation)
        _earlier(look, own_folder=save_dir is not None)
    else:
        _own_gpu(look, situation, wants_gpu)
    cards = situation.interpreter.gpus if situation.interpreter is not None else machine.gpus
    build = situation.interpreter.gpu_build if situation.interpreter is not None else situation.gpu_build
    if cards and build and not wants_gpu:
        look.add("warning", "idle-gpu", IDLE, "", GPU, cure=Cure(USE_GPU, {GPU: True}))
    for key in WORKERS:
        count = config.get(key)
        if isinstance(count, int) and count > max(2, 2 * machine.cpus) and not (machine.windows and look.lenient):
            wanted = max(1, machine.cpus - 1)
            cure = Cure(SET_VALUE, {key: wanted})
            values: dict[str, Any] = {"count": count, "cpus": machine.cpus, "wanted": wanted}
            look.add("warning", "workers", MANY_LOADERS, "", key, cure=cure, **values)


def _packages(look: Look, interpreter: Interpreter | None, wants_gpu: bool) -> None:
    """What the checkout's Python lacks; `make_ready` asks it too before it trains."""
    if interpreter is None or look.checkout is None:
        look.open |= {"packages", "gpu", "idle-gpu"}
        return
    for finding in interpreter.problems(look.checkout, look.config.task, wants_gpu):
        about_gpu = finding.what in (NO_GPU, NO_GPU_BUILD)
        cure = Cure(USE_CPU, {GPU: False}) if about_gpu else None
        look.found.append(dataclasses.replace(finding, check="gpu" if about_gpu else "packages", cure=cure))


def _own_gpu(look: Look, situation: Situation, wants_gpu: bool) -> None:
    if situation.paddle is None:
        look.open |= {"paddle", "gpu"}
        return
    if not situation.paddle:
        look.add("fatal", "paddle", NO_PADDLE, INSTALL_PADDLE)
        return
    if wants_gpu and not (situation.gpu_build and situation.machine.gpus):
        what = NO_CARD if situation.gpu_build else CPU_BUILD
        look.add("fatal", "gpu", what, GPU_OFF, GPU, cure=Cure(USE_CPU, {GPU: False}))


def _loaders(look: Look, machine: Machine) -> None:
    config = look.config
    counts = {key: count for key in WORKERS if isinstance(count := config.get(key, 4), int)}
    if machine.windows:
        for key, count in counts.items():
            if count:
                cure = Cure(SET_VALUE, dict.fromkeys(WORKERS, 0))
                look.add("warning", "workers", WINDOWS_LOADERS, "", key, cure=cure, count=count, wanted=0)
        return
    shared = any(
        counts.get(f"{section}.loader.num_workers") and config.get(f"{section}.loader.use_shared_memory", True)
        for section in ("Train", "Eval")
    )
    free = machine.shared_memory
    told = any(finding.check == "shared-memory" for finding in look.found)
    if shared and free is not None and free < ENOUGH_SHM and not told:
        off = {f"{section}.loader.use_shared_memory": False for section in ("Train", "Eval")}
        look.add("warning", "shared-memory", SMALL_SHM, SHM_OFF, cure=Cure(SHM_OFF, off), free=free >> 20)


def _memory(look: Look, situation: Situation) -> None:
    config, batch = look.config, batch_of(look.config)
    backbone = str(config.get("Architecture.Backbone.name") or "")
    needed = numbers.memory_bytes(config.task, backbone, batch)
    if config.get(GPU) or not needed or not situation.memory:
        look.open.add("memory")
        return
    if needed < situation.memory * 0.8:
        return
    fatal = needed > situation.memory * 1.5
    key = "Train.loader.batch_size_per_card"
    wanted = CPU_BATCH.get(config.task, 1)
    values: dict[str, Any] = {
        "batch": batch,
        "needed": f"{needed / 1e9:.0f}",
        "memory": f"{situation.memory / 1e9:.0f} GB",
        "wanted": wanted,
    }
    severity = "fatal" if fatal else "warning"
    look.add(
        severity, "memory", TOO_LARGE if fatal else MUCH_MEMORY, "", key, cure=batch_cure(config, wanted), **values
    )


def _earlier(look: Look, *, own_folder: bool) -> None:
    """What PaddleOCR by itself would write over; runs of this program get folders of their own."""
    folder = look.path(str(look.config.get("Global.save_model_dir") or "."))
    try:
        taken = any(entry.name.endswith(_CHECKPOINT) for entry in folder.iterdir()) if folder.is_dir() else False
    except OSError:
        return
    if taken and own_folder:
        look.add("note", "earlier-run", EARLIER_NOTE, "", "Global.save_model_dir", folder=folder)
    elif taken:
        look.add("warning", "earlier-run", EARLIER, OTHER_FOLDER, "Global.save_model_dir", folder=folder)
