"""Making the network, its device and its optimiser from settings."""

from __future__ import annotations

from collections.abc import Mapping

import paddle

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.graft import Graft, graft_head
from ocrstudio.engine.nets.ppocrv6_rec import RecognitionNetwork, load_weights
from ocrstudio.engine.nets.weights import SourceModel
from ocrstudio.engine.settings import TrainSettings

# The backbone's layers carry no normalisation any more (it is folded into them): at the full rate the first steps undo
# what it knows, at a tenth the whole network learns faster and ends better.
BACKBONE_RATE = 0.1


def choose_device(use_gpu: bool) -> str:
    """Selects the device of everything that follows.

    Returns:
        "cpu" or "gpu:0".

    Raises:
        EngineError: If a GPU is wanted and cannot be used.
    """
    if not use_gpu:
        paddle.set_device("cpu")
        return "cpu"
    remedy = QT_TRANSLATE_NOOP("Errors", "Set Global.use_gpu to false, or see the Setup page for what is missing.")
    if not paddle.is_compiled_with_cuda():
        raise EngineError(QT_TRANSLATE_NOOP("Errors", "The installed Paddle cannot use a GPU."), remedy)
    if paddle.device.cuda.device_count() == 0:
        raise EngineError(QT_TRANSLATE_NOOP("Errors", "Paddle finds no usable GPU."), remedy)
    paddle.set_device("gpu:0")
    return "gpu:0"


def head_names(source: SourceModel) -> tuple[str, str]:
    """The initialisers of the output layer: weight and bias are the last two tensors of the graph."""
    weight, bias = list(source.tensors)[-2:]
    return weight, bias


def build_network(
    source: SourceModel, charset: Charset, seed: int, look_alikes: Mapping[str, str] | None = None
) -> tuple[RecognitionNetwork, Graft | None]:
    """The source's network with an output layer for `charset`.

    Args:
        source: The weights.
        charset: The wanted dictionary.
        seed: See `graft.graft_head`.
        look_alikes: See `graft.graft_head`.

    Returns:
        The network, and what was grafted; None if the dictionary is the source's own.
    """
    tensors, graft = dict(source.tensors), None
    if charset != source.charset:
        weight, bias = head_names(source)
        graft = graft_head(tensors[weight], tensors[bias], source.charset, charset, seed=seed, look_alikes=look_alikes)
        tensors[weight], tensors[bias] = graft.weight, graft.bias
    network = RecognitionNetwork(charset.classes)
    load_weights(network, tensors, source)
    return network, graft


def make_optimizer(
    network: RecognitionNetwork, settings: TrainSettings, steps_per_epoch: int
) -> tuple[paddle.optimizer.Optimizer, paddle.optimizer.lr.LRScheduler]:
    """Adam or AdamW over what is not frozen, with warm-up and cosine decay counted in steps.

    The backbone, if it learns, does so at `BACKBONE_RATE` times the rate.

    The rate climbs linearly over the warm-up epochs and reaches zero with the last step (PaddleOCR's schedule stops a
    little short of zero because it counts the cosine over all steps).
    """
    total = settings.epochs * steps_per_epoch
    warmup = min(round(settings.warmup_epochs * steps_per_epoch), total - 1)
    schedule: paddle.optimizer.lr.LRScheduler
    if settings.schedule == "Cosine":
        schedule = paddle.optimizer.lr.CosineAnnealingDecay(settings.learning_rate, T_max=max(1, total - warmup))
    else:
        schedule = paddle.optimizer.lr.LambdaDecay(settings.learning_rate, lambda _: 1.0)
    if warmup > 0:
        schedule = paddle.optimizer.lr.LinearWarmup(
            schedule, warmup, start_lr=settings.learning_rate / (warmup + 1), end_lr=settings.learning_rate
        )
    for parameter in network.backbone.parameters():
        parameter.optimize_attr["learning_rate"] = BACKBONE_RATE
    trainable = [parameter for parameter in network.parameters() if not parameter.stop_gradient]
    kind = getattr(paddle.optimizer, settings.optimizer)
    decay = settings.l2 if settings.optimizer == "AdamW" else paddle.regularizer.L2Decay(settings.l2)
    optimizer = kind(
        schedule,
        beta1=settings.betas[0],
        beta2=settings.betas[1],
        parameters=trainable,
        weight_decay=decay,
        grad_clip=paddle.nn.ClipGradByGlobalNorm(settings.clip_norm),
    )
    return optimizer, schedule
