"""Training in several processes at once (data parallel): Paddle's launcher starts them, Paddle's means connect them.

Every process has the whole network and its own part of the batches (`task.shard`). After each batch the gradients are
averaged, so that all take the same step. Only the first process evaluates, reports and saves.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
from ocrstudio.engine.task import World

# What Paddle's launcher tells the processes that it starts.
RANK_VARIABLE, SIZE_VARIABLE = "PADDLE_TRAINER_ID", "PADDLE_TRAINERS_NUM"
# Where the launcher keeps each process's output, in the run folder.
LOG_DIR = "workers"
NO_DEVICES = QT_TRANSLATE_NOOP("Errors", "{value} names no devices.")
NAME_DEVICES = QT_TRANSLATE_NOOP(
    "Errors", "Write the numbers of the graphics cards, for example 0,1 - or cpu:2 for two processes without any."
)
CONNECTION_BROKE = QT_TRANSLATE_NOOP(
    "Errors", "The connection to another training process broke, or that process ended."
)
NO_MASTER = QT_TRANSLATE_NOOP("Errors", "A training on {nodes} machines needs the address of the first one.")
NAME_MASTER = QT_TRANSLATE_NOOP("Errors", "Add it on every machine: --master HOST:PORT.")


def launched(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether this process is one of several that Paddle's launcher started."""
    return int(environment.get(SIZE_VARIABLE) or 1) > 1


def needs_launch(devices: str, nodes: int = 1, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a training has to be started through `launch_command`: several devices, and not started by it yet."""
    return not launched(environment) and (nodes > 1 or (bool(devices) and process_count(devices) > 1))


def process_count(devices: str) -> int:
    """Processes on this machine.

    Args:
        devices: `Global.devices`: "0,1", or "cpu:N".

    Raises:
        ConfigError: If it is neither.
    """
    kind, _, count = devices.partition(":")
    if kind == "cpu" and count.isdecimal() and int(count) > 0:
        return int(count)
    numbers = [part.strip() for part in devices.split(",")]
    if not all(number.isdecimal() for number in numbers) or len(set(numbers)) != len(numbers):
        raise ConfigError(NO_DEVICES, NAME_DEVICES, value=f"Global.devices: {devices}")
    return len(numbers)


def launch_command(
    run_dir: Path,
    arguments: Sequence[str],
    *,
    devices: str,
    nodes: int = 1,
    master: str = "",
    python: str = sys.executable,
) -> list[str]:
    """The command that trains a run in several processes.

    Args:
        run_dir: The run folder; it gets the processes' output under `workers`.
        arguments: Of this program: engine, train, -c, RUN/config.yml ...
        devices: `Global.devices`; "" with several machines: all devices of each.
        nodes: Machines.
        master: HOST:PORT of the first machine; needed for several.
        python: The interpreter.

    Raises:
        ConfigError: If `devices` names none, or several machines have no master.
    """
    command = [python, "-m", "paddle.distributed.launch", "--log_dir", str(run_dir / LOG_DIR)]
    if devices.startswith("cpu:"):
        command += ["--nproc_per_node", str(process_count(devices))]
    elif devices:
        process_count(devices)
        command += ["--devices", devices]
    if nodes > 1:
        if not master:
            raise ConfigError(NO_MASTER, NAME_MASTER, nodes=nodes)
        command += ["--nnodes", str(nodes), "--master", master]
    # the launcher knows scripts and programs, no modules: the interpreter is the program
    return [*command, python, "-u", "-m", "ocrstudio", *arguments]


class Group:
    """The processes that train together, as one of them sees them; for a single process nothing costs anything."""

    def __init__(self) -> None:
        self.world = World()
        self._distributed: Any = None
        if launched():
            from paddle import distributed

            distributed.init_parallel_env()
            self._distributed = distributed
            self.world = World(distributed.get_rank(), distributed.get_world_size())

    def any(self, asked: bool) -> bool:
        """Whether it is true for one of them; all get the same answer, at the same step."""
        if self._distributed is None:
            return asked
        import paddle

        value = paddle.to_tensor([float(asked)])
        self._distributed.all_reduce(value, op=self._distributed.ReduceOp.MAX)
        return float(value) > 0

    def same_weights(self, network: Any) -> None:
        """Everybody takes over the first one's weights and running statistics."""
        if self._distributed is not None:
            for tensor in network.state_dict().values():
                self._distributed.broadcast(tensor, 0)

    def average_gradients(self, parameters: Sequence[Any]) -> None:
        """Replaces the gradients with their average over all."""
        if self._distributed is not None:
            from paddle.distributed.fleet.utils.hybrid_parallel_util import fused_allreduce_gradients

            fused_allreduce_gradients(list(parameters), None)

    def wait(self) -> None:
        """Until all have come here."""
        if self._distributed is not None:
            self._distributed.barrier()
