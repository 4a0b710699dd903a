"""Checkpoints under PaddleOCR's names (`latest`, `best_accuracy`), complete at every moment.

`NAME.pdparams` and `NAME.pdopt` are what `paddle.save` writes, `NAME.states` is a pickled dict with PaddleOCR's keys:
its tools read ours. All three are written beside their place and then renamed, the states last.
"""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError

if TYPE_CHECKING:
    import paddle

    from ocrstudio.engine.nets.ppocrv6_rec import RecognitionNetwork

ENDINGS = (".pdopt", ".pdparams", ".states")
# The only things a checkpoint is made of; anything else in a pickle could run a program.
_ALLOWED = {
    ("numpy", "ndarray"),
    ("numpy", "dtype"),
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy.core.multiarray", "scalar"),
    ("numpy._core.multiarray", "scalar"),
    ("numpy.core.numeric", "_frombuffer"),
    ("numpy._core.numeric", "_frombuffer"),
    ("_codecs", "encode"),
    ("collections", "OrderedDict"),
}
CANNOT_SAVE = QT_TRANSLATE_NOOP("Errors", "The checkpoint {file} cannot be written: {reason}.")
MAKE_ROOM = QT_TRANSLATE_NOOP("Errors", "Make room on the disk; the last complete checkpoint is still there.")
CANNOT_LOAD = QT_TRANSLATE_NOOP("Errors", "The checkpoint {file} cannot be read: {reason}.")
USE_ANOTHER = QT_TRANSLATE_NOOP("Errors", "Start a new run, or resume one whose files are complete.")


@dataclass
class Progress:
    """How far a run is.

    Attributes:
        epoch: Complete epochs.
        step: Batches since the start of the run.
        skip: Batches of the next epoch that are done already (after a stop in the middle).
        best: Measures of the best evaluation and `best_epoch`; empty before the first.
    """

    epoch: int = 0
    step: int = 0
    skip: int = 0
    best: dict[str, float] = field(default_factory=dict)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED and not (module == "numpy.dtypes" and name.endswith("DType")):
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a checkpoint")
        return super().find_class(module, name)


def read_pickle(path: Path) -> dict[str, Any]:
    """Reads a part of a checkpoint without running anything that it might contain.

    Raises:
        EngineError: If the file is missing, cut off, or holds anything but plain values and numpy arrays.
    """
    try:
        with path.open("rb") as file:
            content = _Unpickler(file).load()
    # damaged pickles raise whatever the damage happens to lead to
    except (OSError, pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, ImportError) as error:
        raise EngineError(CANNOT_LOAD, USE_ANOTHER, file=path, reason=str(error) or type(error).__name__) from error
    except (IndexError, KeyError, MemoryError) as error:
        raise EngineError(CANNOT_LOAD, USE_ANOTHER, file=path, reason=type(error).__name__) from error
    if not isinstance(content, dict):
        raise EngineError(CANNOT_LOAD, USE_ANOTHER, file=path, reason="not a dictionary")
    return content


def save_checkpoint(
    prefix: Path, network: RecognitionNetwork, optimizer: paddle.optimizer.Optimizer, progress: Progress
) -> None:
    """Writes the three files of a checkpoint.

    Args:
        prefix: Folder and name, `…/latest`.
        network: Its weights.
        optimizer: Its moments and learning-rate schedule.
        progress: Epoch, step and best result.

    Raises:
        EngineError: If they cannot be written; the previous checkpoint of that name is then untouched.
    """
    import paddle

    states = {
        "best_model_dict": dict(progress.best),
        "epoch": progress.epoch,
        "global_step": progress.step,
        "epoch_step": progress.skip,
    }
    parts = [prefix.with_name(f".{prefix.name}{ending}.part") for ending in ENDINGS]
    try:
        paddle.save(optimizer.state_dict(), str(parts[0]))
        paddle.save(network.state_dict(), str(parts[1]))
        parts[2].write_bytes(pickle.dumps(states, protocol=2))
        for part in parts:
            _flush(part)
        for part, ending in zip(parts, ENDINGS, strict=True):
            part.replace(prefix.with_name(prefix.name + ending))
    except OSError as error:
        raise EngineError(CANNOT_SAVE, MAKE_ROOM, file=prefix, reason=error.strerror or str(error)) from error
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Without it a power cut could leave a renamed but empty file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def checkpoint_exists(prefix: Path) -> bool:
    """Whether weights and states of that name are on disk."""
    return all(prefix.with_name(prefix.name + ending).is_file() for ending in ENDINGS[1:])


def load_weights_into(network: RecognitionNetwork, prefix: Path) -> None:
    """Puts the weights of a checkpoint into a network of the same dictionary.

    Raises:
        EngineError: If the file cannot be read or belongs to another network.
    """
    file = prefix.with_name(prefix.name + ".pdparams")
    arrays = read_pickle(file)
    arrays.pop("StructuredToParameterName@@", None)
    wanted = {name: list(tensor.shape) for name, tensor in network.state_dict().items()}
    if {name: list(getattr(array, "shape", ())) for name, array in arrays.items()} != wanted:
        what = QT_TRANSLATE_NOOP("Errors", "The checkpoint {file} was made with another network or dictionary.")
        raise EngineError(what, USE_ANOTHER, file=file)
    network.set_state_dict(arrays)


def load_progress(prefix: Path) -> Progress:
    """Epoch, step and best result of a checkpoint."""
    states = read_pickle(prefix.with_name(prefix.name + ".states"))
    return Progress(
        epoch=int(states.get("epoch", 0)),
        step=int(states.get("global_step", 0)),
        skip=int(states.get("epoch_step", 0)),
        best=dict(states.get("best_model_dict", {})),
    )


def load_optimizer_into(optimizer: paddle.optimizer.Optimizer, prefix: Path) -> None:
    """Puts moments and learning-rate schedule of a checkpoint into an optimiser; without the file they start anew."""
    file = prefix.with_name(prefix.name + ".pdopt")
    if file.is_file():
        optimizer.set_state_dict(read_pickle(file))
