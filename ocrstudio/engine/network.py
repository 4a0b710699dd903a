"""Making the network and choosing its device."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import paddle

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.distributed import NAME_DEVICES, launched
from ocrstudio.engine.graft import Graft, graft_head
from ocrstudio.engine.nets.catalogue import HEAD, Source, build, load_tensors


def choose_device(use_gpu: bool, devices: str = "") -> str:
    """Selects the device of everything that follows.

    Args:
        use_gpu: Whether it shall be a graphics card.
        devices: `Global.devices`: the number of the one to take; several are the launcher's business.

    Returns:
        "cpu" or "gpu:N"; N is not 0 in a process that Paddle's launcher started for another one.

    Raises:
        EngineError: If a GPU is wanted and cannot be used.
    """
    if not use_gpu:
        paddle.set_device("cpu")
        return "cpu"
    remedy = QT_TRANSLATE_NOOP("Errors", "Set Global.use_gpu to false, or see the Setup page for what is missing.")
    if not paddle.is_compiled_with_cuda():
        raise EngineError(QT_TRANSLATE_NOOP("Errors", "The installed Paddle cannot use a GPU."), remedy)
    count = paddle.device.cuda.device_count()
    if count == 0:
        raise EngineError(QT_TRANSLATE_NOOP("Errors", "Paddle finds no usable GPU."), remedy)
    # 0, or the card that the launcher gave to this process
    number = paddle.distributed.ParallelEnv().dev_id
    if devices.isdecimal() and not launched():
        number = int(devices)
    if number >= count:
        what = QT_TRANSLATE_NOOP("Errors", "There is no graphics card {number}: Paddle finds {count}, from 0 on.")
        raise EngineError(what, NAME_DEVICES, number=number, count=count)
    device = f"gpu:{number}"
    paddle.set_device(device)
    return device


def build_network(
    source: Source, charset: Charset | None, seed: int, look_alikes: Mapping[str, str] | None = None
) -> tuple[Any, Graft | None]:
    """The source's network; a recogniser gets an output layer for `charset`.

    Args:
        source: The weights.
        charset: The wanted dictionary; None for a detector.
        seed: See `graft.graft_head`.
        look_alikes: See `graft.graft_head`.

    Returns:
        The network, and what was grafted; None if the dictionary is the source's own.
    """
    tensors, graft = dict(source.tensors), None
    if charset is not None and source.charset is not None and charset != source.charset:
        weight, bias = (tensors[name] for name in HEAD)
        graft = graft_head(weight, bias, source.charset, charset, seed=seed, look_alikes=look_alikes)
        tensors |= zip(HEAD, (graft.weight, graft.bias), strict=True)
    network = build(source.architecture, charset.classes if charset else None)
    load_tensors(network, tensors)
    return network, graft


def freeze(network: Any, frozen: str) -> None:
    """Keeps parts of a network as they are; `frozen` is one of `settings.FREEZES`, "none" makes everything learn."""
    kept = {"none": (), "backbone": ("backbone",), "neck": ("backbone", "neck")}[frozen]
    for name, part in network.named_children():
        for parameter in part.parameters():
            parameter.stop_gradient = name in kept


def training_mode(network: Any) -> None:
    """Puts a network into training mode, but for parts that do not learn: their running statistics stay."""
    network.train()
    for part in network.children():
        parameters = part.parameters()
        if parameters and all(parameter.stop_gradient for parameter in parameters):
            part.eval()
