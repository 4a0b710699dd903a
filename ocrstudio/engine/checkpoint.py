"""Checkpoints under PaddleOCR's names (`latest`, `best_accuracy`, `iter_epoch_N`), whole at every moment.

`NAME.pdparams` (weights), `NAME.pdopt` (moments) and `NAME.states` (how far the run was) are PaddleOCR's files, and its
tools read them. Three files cannot be replaced in one step, so that a process that dies in between would leave the
weights of one moment beside the moments of another. Therefore:

1. The new files are written as `.NAME.new.*`, the states last. The states hold size and digest of the other two.
2. Each is renamed to its place, the states last.

Until the new states are complete, the old three are untouched. From then on, every file of the new three is either in
its place or still beside it. A reader takes the states beside the place if there are any, else those in place, and
finds the files that belong to them by their digests.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, ProjectError
from ocrstudio.formats.atomic import replace_file, sync_folder, write_all
from ocrstudio.formats.pdparams import NAME_TABLE, pickled, read_pickle, read_tensors

if TYPE_CHECKING:
    import paddle

WEIGHTS, MOMENTS, STATES = ".pdparams", ".pdopt", ".states"
# The key of the states under which size and digest of the other two files stand.
FILES = "files"
CANNOT_SAVE = QT_TRANSLATE_NOOP("Errors", "The checkpoint {file} cannot be written: {reason}.")
MAKE_ROOM = QT_TRANSLATE_NOOP("Errors", "Make room on the disk and resume the run; the checkpoint before is whole.")
NO_CHECKPOINT = QT_TRANSLATE_NOOP("Errors", "The checkpoint {file} does not exist.")
NOT_WHOLE = QT_TRANSLATE_NOOP("Errors", "The files of the checkpoint {file} do not belong together.")
USE_ANOTHER = QT_TRANSLATE_NOOP("Errors", "Start a new run, or resume one whose files are complete.")
OTHER_NETWORK = QT_TRANSLATE_NOOP("Errors", "The checkpoint {file} was made with another network or dictionary.")
NOT_FINITE = QT_TRANSLATE_NOOP("Errors", "The weight {name} is no longer a number.")


class BrokenWeightsError(EngineError):
    """Weights that are not to be saved: the training has already gone wrong."""


@dataclass
class Progress:
    """How far a run is.

    Attributes:
        epoch: Complete epochs.
        step: Batches since the start of the run.
        skip: Batches of the next epoch that are done already (after a stop in the middle).
        epoch_steps: Batches of an epoch when this was saved; 0 if unknown.
        halvings: How often the batch size was halved because memory ran out.
        batch_size: Of the config that was halved; 0 if unknown.
        stale: Evaluations since the best one.
        evaluated: The step of the latest evaluation; -1 before the first.
        best: Measures of the best evaluation and `best_epoch`; empty before the first.
        first: Measures of the first evaluation.
    """

    epoch: int = 0
    step: int = 0
    skip: int = 0
    epoch_steps: int = 0
    halvings: int = 0
    batch_size: int = 0
    stale: int = 0
    evaluated: int = -1
    best: dict[str, float] = field(default_factory=dict)
    first: dict[str, float] = field(default_factory=dict)

    def use_batch_size(self, size: int) -> None:
        """Tells the config's batch size. If somebody has chosen another one since, that one is not halved again."""
        if self.batch_size not in (0, size):
            self.halvings = 0
        self.batch_size = size

    def as_states(self) -> dict[str, Any]:
        """The content of a `.states` file: PaddleOCR's three keys, and ours."""
        own = asdict(self)
        best, epoch, step = own.pop("best"), own.pop("epoch"), own.pop("step")
        return {"best_model_dict": best, "epoch": epoch, "global_step": step, "studio": own}

    @classmethod
    def of_states(cls, states: Mapping[str, Any]) -> Progress:
        """Reads a `.states` file, PaddleOCR's own too."""
        own = states.get("studio") or {}
        names = ("skip", "epoch_steps", "halvings", "batch_size", "stale", "evaluated")
        known = {name: own[name] for name in names if name in own}
        return cls(
            epoch=int(states.get("epoch", 0)),
            step=int(states.get("global_step", 0)),
            best=dict(states.get("best_model_dict") or {}),
            first=dict(own.get("first") or {}),
            **{name: int(value) for name, value in known.items()},
        )


def save_checkpoint(prefix: Path, weights: Mapping[str, Any], moments: Mapping[str, Any], progress: Progress) -> None:
    """Writes a checkpoint.

    Args:
        prefix: For example RUN/latest.
        weights: `network.state_dict()`.
        moments: `optimizer.state_dict()`.
        progress: Of the same step.

    Raises:
        BrokenWeightsError: If a weight is no finite number.
        EngineError: If it cannot be written. In both cases the checkpoint before is still whole.
    """
    arrays = {name: np.asarray(tensor.numpy()) for name, tensor in weights.items()}
    for name, array in arrays.items():
        if not np.isfinite(array).all():
            raise BrokenWeightsError(NOT_FINITE, name=name)
    contents = {
        MOMENTS: pickled(_plain(moments)),
        WEIGHTS: pickled({**arrays, NAME_TABLE: {name: weights[name].name for name in arrays}}),
    }
    files = {ending: [len(content), _digest(content)] for ending, content in contents.items()}
    _replace(prefix, contents, {**progress.as_states(), FILES: files})


def save_progress(prefix: Path, progress: Progress) -> None:
    """Replaces the states of a checkpoint whose weights are still those of this step (after an evaluation).

    Raises:
        EngineError: If they cannot be written, or there is no such checkpoint.
    """
    states = read_pickle(_whole(prefix)[STATES])
    _replace(prefix, {}, {**progress.as_states(), FILES: states.get(FILES, {})})


def checkpoint_exists(prefix: Path) -> bool:
    """Whether there is a checkpoint of that name; it may still turn out to be damaged."""
    return any(_place(prefix, STATES, new=new).is_file() for new in (True, False))


def load_weights_into(network: paddle.nn.Layer, prefix: Path) -> None:
    """Puts the weights of a checkpoint into a network of the same dictionary.

    Raises:
        EngineError: If the checkpoint is missing or belongs to another network.
        ProjectError: If a file cannot be read.
    """
    file = _whole(prefix)[WEIGHTS]
    arrays = read_tensors(file)
    wanted = {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}
    if {name: array.shape for name, array in arrays.items()} != wanted:
        raise EngineError(OTHER_NETWORK, USE_ANOTHER, file=file)
    network.set_state_dict(arrays)


def load_progress(prefix: Path) -> Progress:
    """How far the run was when a checkpoint was made; errors as `load_weights_into`."""
    return Progress.of_states(read_pickle(_whole(prefix)[STATES]))


def load_moments(prefix: Path) -> dict[str, Any]:
    """The optimiser's state of a checkpoint; empty if the file is missing: then the moments start anew."""
    file = _whole(prefix)[MOMENTS]
    return read_pickle(file) if file.is_file() else {}


# --- three files as one -----------------------------------------------------------------------------------------------


def _place(prefix: Path, ending: str, *, new: bool) -> Path:
    return prefix.with_name(f".{prefix.name}.new{ending}" if new else prefix.name + ending)


def _whole(prefix: Path) -> dict[str, Path]:
    """The files of the newest complete checkpoint of that name, by ending.

    Raises:
        EngineError: If there is none, or its files do not belong together.
        ProjectError: If the states cannot be read.
    """
    if not checkpoint_exists(prefix):
        raise EngineError(NO_CHECKPOINT, USE_ANOTHER, file=prefix)
    for new in (True, False):
        states = _place(prefix, STATES, new=new)
        if states.is_file():
            files = _belonging(prefix, states)
            if files:
                return files
    raise EngineError(NOT_WHOLE, USE_ANOTHER, file=prefix)


def _belonging(prefix: Path, states: Path) -> dict[str, Path]:
    """The files that a `.states` file describes; empty if one of them is missing or the states are damaged."""
    try:
        described = read_pickle(states).get(FILES)
    except ProjectError:
        # cut off in the middle of writing: no renaming had begun
        if states == _place(prefix, STATES, new=True):
            return {}
        raise
    found = {STATES: states}
    for ending in (MOMENTS, WEIGHTS):
        places = [_place(prefix, ending, new=new) for new in (True, False)]
        if not described:
            # PaddleOCR's own checkpoint: what stands there is all there is
            found[ending] = places[1]
            continue
        size, digest = described[ending]
        fitting = [place for place in places if _fits(place, size, digest)]
        if not fitting:
            return {}
        found[ending] = fitting[0]
    return found


def _fits(file: Path, size: int, digest: str) -> bool:
    try:
        return file.stat().st_size == size and _digest(file.read_bytes()) == digest
    except OSError:
        return False


def _replace(prefix: Path, contents: Mapping[str, bytes], states: Mapping[str, Any]) -> None:
    """Puts new files in the place of a checkpoint's; see the module's text."""
    try:
        _settle(prefix)
        try:
            for ending, content in {**contents, STATES: pickled(states)}.items():
                _write(_place(prefix, ending, new=True), content)
        except OSError:
            _discard(prefix)
            raise
        _move(prefix)
    except OSError as error:
        raise EngineError(CANNOT_SAVE, MAKE_ROOM, file=prefix, reason=error.strerror or str(error)) from error


def _settle(prefix: Path) -> None:
    """Ends what a process began that died: moves new files to their places if they are complete, else removes them."""
    states = _place(prefix, STATES, new=True)
    if states.is_file() and _belonging(prefix, states):
        _move(prefix)
    else:
        _discard(prefix)


def _move(prefix: Path) -> None:
    sync_folder(prefix.parent)
    for ending in (MOMENTS, WEIGHTS, STATES):
        file = _place(prefix, ending, new=True)
        if file.is_file():
            replace_file(file, _place(prefix, ending, new=False))
    sync_folder(prefix.parent)


def _discard(prefix: Path) -> None:
    # the states first: without them the others mean nothing
    for ending in (STATES, MOMENTS, WEIGHTS):
        _place(prefix, ending, new=True).unlink(missing_ok=True)


def _write(file: Path, content: bytes) -> None:
    """Writes a file so that it survives a power cut."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        write_all(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _plain(value: Any) -> Any:
    """An optimiser's state with arrays for tensors."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return np.asarray(value.numpy()) if hasattr(value, "numpy") else value
