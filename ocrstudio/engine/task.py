"""What the training loop asks of a task (`rec.task`, `det.task`), and what it gives to one.

The loop knows no pictures, texts or boxes: a task turns batches into losses, measures its network, and says which of
two evaluations is better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    import paddle

    from ocrstudio.core.charset import Charset
    from ocrstudio.engine.settings import TrainSettings
    from ocrstudio.formats.wrong import Wrong

T = TypeVar("T")
Measures = dict[str, float]
Level = Literal["INFO", "WARNING", "ERROR"]


class Stopped(Exception):  # noqa: N818  (it is no error)
    """Somebody asked to stop, and what was under way is given up. A task may raise it while it is built or evaluates.

    `TaskContext.check_stop` and the `progress` that `Task.evaluate` gets raise it by themselves.
    """


@dataclass(frozen=True)
class World:
    """The processes that train together.

    Attributes:
        rank: Number of this process, from 0; only number 0 reports, evaluates and saves.
        size: How many there are.
    """

    rank: int = 0
    size: int = 1

    @property
    def is_first(self) -> bool:
        """Whether this process reports, evaluates and saves."""
        return self.rank == 0


def shard(batches: Sequence[T], world: World) -> list[T]:
    """This process's part of an epoch's batches.

    Every process gets equally many, because they average their gradients after each: an epoch that cannot be divided
    shows its first batches twice.

    Args:
        batches: Of the whole epoch, in the same order everywhere.
        world: Which part.
    """
    missing = -len(batches) % world.size
    return [*batches, *[batches[place % len(batches)] for place in range(missing)]][world.rank :: world.size]


class Batches(Protocol):
    """Where a task's training batches come from."""

    @property
    def samples(self) -> int:
        """Pictures or lines of an epoch, over all processes."""
        ...

    @property
    def steps(self) -> int:
        """Batches of an epoch for this process; the rate's schedule and the time left are counted with it."""
        ...

    def epoch(self, number: int, skip: int = 0) -> Iterator[Any]:
        """Batches of one epoch (from 1): the same ones for the same number and seed; the first `skip` are left out.

        A generator: closing it ends what it started (threads).
        """
        ...


@dataclass(frozen=True)
class StepResult:
    """What a task made of a batch.

    Attributes:
        total: Scalar with gradient: the loss that is minimised.
        parts: Name -> scalar, for the log (`CTCLoss`, `loss_shrink_maps`); nothing if there is only one.
        samples: Pictures or lines of the batch.
        measures: Computes measures of the batch for the log (`acc`); called after the step, only if it is printed.
    """

    total: paddle.Tensor
    parts: Mapping[str, Any] = field(default_factory=dict)
    samples: int = 0
    measures: Callable[[], Measures] = dict


class Task(Protocol):
    """One kind of training.

    Attributes:
        network: What is trained. It has `backbone`, `neck` and `head`; the loop sets its mode (parts that do not learn
            stay in evaluation mode) and saves its state dict.
        indicator: The measure that decides which evaluation is best: `acc`, `norm_edit_dis` or `hmean`.
        train: Batches to learn from.
        val_samples: Pictures or lines that `evaluate` measures, those of a retention set included.
        val_steps: Batches of an evaluation.
    """

    @property
    def network(self) -> Any: ...

    @property
    def indicator(self) -> str: ...

    @property
    def train(self) -> Batches: ...

    @property
    def val_samples(self) -> int: ...

    @property
    def val_steps(self) -> int: ...

    def begin_epoch(self, number: int) -> None:
        """Called before the batches of every epoch (from 1), the one that a resumed run goes on with included.

        Here a task makes everything learn (`network.freeze`) when `settings.freeze_epochs` are over; `train` may be
        another one afterwards.
        """
        ...

    def loss(self, batch: Any) -> StepResult:
        """One batch forward, the network in training mode."""
        ...

    def stepping(self) -> AbstractContextManager[None]:
        """Around each step of the optimiser, which a task may correct."""
        ...

    def evaluate(self, progress: Callable[[int], None]) -> Measures:
        """Measures the network (in evaluation mode, without gradients) on the validation set.

        Args:
            progress: Told how many samples are done; it may raise `Stopped`, which must come through.

        Returns:
            What `core.run_history` names for `eval` records: acc, norm_edit_dis, cer or precision, recall, hmean; loss;
            fps; retention_* if there is a retention set.
        """
        ...

    def rank(self, measures: Measures) -> tuple[float, ...]:
        """What to compare evaluations by; larger is better, earlier places decide first."""
        ...

    def objection(self, measures: Measures, first: Measures) -> str:
        """Why this evaluation must not become the best, however high it ranks; "" if it may.

        Args:
            measures: Of this evaluation.
            first: Of the first evaluation of the run, before anything was learned.
        """
        ...

    def keep_best(self, folder: Path) -> None:
        """Called in the run folder when an evaluation has just become the best: writes what belongs to it there."""
        ...

    def wrong(self) -> Wrong:
        """What the latest evaluation got wrong; its step and epoch are not known here."""
        ...

    def halve_batch(self) -> bool:
        """Rebuilds `train` (and evaluation) with half the batch size after memory ran out; False if it is 1 already."""
        ...

    def close(self) -> None:
        """Ends threads and closes files; may be called twice."""
        ...


@dataclass(frozen=True)
class TaskContext:
    """What a task is built from.

    Attributes:
        settings: Of the run.
        source: The weights it starts from (`nets.catalogue.Source`).
        network: Has these weights, and the output layer for `charset`; its frozen parts are frozen already.
        charset: What a recogniser shall know; None for detection.
        stage: Told (stage, done, total); stages are those of `core.run_history.STAGES`.
        log: Writes a line of the log: text, level.
        check_stop: Raises `Stopped` if somebody asked to stop; to be called every now and then in long preparations.
        device: "cpu" or "gpu:N".
        world: This process among those that train together: batches go through `shard`.
    """

    settings: TrainSettings
    source: Any
    network: Any
    charset: Charset | None
    stage: Callable[[str, int, int], None]
    log: Callable[[str, Level], None]
    check_stop: Callable[[], None]
    device: str = "cpu"
    world: World = World()
