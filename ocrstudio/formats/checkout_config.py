"""A checkout's config made ready for a dataset and a machine: one full YAML that `-c` alone starts.

`-o` cannot reach values inside lists nor the copies that YAML anchors made, and PaddleOCR's defaults assume eight GPUs,
four workers and a network. Everything is therefore written into the config itself.
"""

from __future__ import annotations

import math
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
from ocrstudio.formats.atomic import read_bytes
from ocrstudio.formats.checkout import Checkout
from ocrstudio.formats.checkout_templates import RENAMED
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.model_store import stored_weights, stored_weights_for

# What two cores and 4 GB hold (measured: 3.8 GiB for the v4 line recogniser, 2.7 GiB for the v4 detector).
CPU_BATCH = {"rec": 8, "det": 2}
# Eight GPUs times the batch of the templates; their learning rates are meant for it.
_TEMPLATE_BATCH = {"rec": 1024, "det": 64}
_FINE_TUNING_RATE = 1e-4
# Shared memory that two workers need with room to spare; below it they die with a bus error.
ENOUGH_SHM = 8 << 30
_MAX_WORKERS = 4
# So many lines of an epoch are in the log; more are only slower to read.
_LINES_PER_EPOCH = 50
_WEIGHT_KEYS = frozenset({"pretrained", "pretrained_model", "checkpoints"})

NOT_TRAINABLE = QT_TRANSLATE_NOOP("Errors", "{file} is a config for {task}; only det and rec can be trained here.")
CHOOSE_CONFIG = QT_TRANSLATE_NOOP("Errors", "Choose one from configs/det or configs/rec.")


@dataclass(frozen=True)
class Machine:
    """What there is to train on.

    Attributes:
        gpus: GPUs that the checkout's Paddle sees.
        cpus: Cores.
        shared_memory: Free bytes of /dev/shm; None where workers do not use it.
        windows: Whether worker processes are to be avoided and PaddleOCR leaves out the last batch.
    """

    gpus: int = 0
    cpus: int = 1
    shared_memory: int | None = None
    windows: bool = False

    @classmethod
    def this(cls, gpus: int = 0) -> Machine:
        """The machine that this runs on."""
        try:
            shared: int | None = shutil.disk_usage("/dev/shm").free  # noqa: S108 - looked at, not written to
        except OSError:
            shared = None
        return cls(gpus, os.cpu_count() or 1, shared, os.name == "nt")


@dataclass(frozen=True)
class Wishes:
    """What the user wants different from the template; None leaves it.

    Attributes:
        epochs: Epochs in all; warm-up and stepped schedules shrink with them.
        batch_size: Images a step; None takes the template's, at most what a CPU can hold and what there is.
        learning_rate: Peak.
        max_text_length: Characters a line, everywhere the config has a copy of it.
        image_shape: (height, width) of the network's input: of lines, or of the pages' crops.
        pretrained: Weights to start from (file or prefix); None takes downloaded ones of the template's network, else
            the base model whose network it is, if there is one, and drops what PaddleOCR would download.
        from_scratch: Start from no weights at all.
        own_characters: Train the dataset's characters only; False keeps the template's dictionary.
    """

    epochs: int | None = None
    batch_size: int | None = None
    learning_rate: float | None = None
    max_text_length: int | None = None
    image_shape: tuple[int, int] | None = None
    pretrained: Path | None = None
    from_scratch: bool = False
    own_characters: bool = True


def prepare(
    template: TrainConfig, checkout: Checkout, dataset: Path, machine: Machine, wishes: Wishes | None = None
) -> TrainConfig:
    """Makes a checkout's config ready to run.

    Args:
        template: A config of the checkout; not changed.
        checkout: Its paths are resolved against its root.
        dataset: A folder that `formats.dataset.write_split` wrote.
        machine: Where it will run.
        wishes: What the user wants different.

    Returns:
        A full config; only `Global.save_model_dir` is left to `RunFolder.create`.

    Raises:
        ConfigError: If it trains neither det nor rec, or a value does not fit.
        ProjectError: If the dataset's lists cannot be read.
    """
    wishes = wishes or Wishes()
    config = template.raw_copy()
    if config.task not in ("det", "rec"):
        raise ConfigError(NOT_TRAINABLE, CHOOSE_CONFIG, file=config.source, task=config.task)
    _use_plain_dataset(config)
    config.use_dataset(dataset, own_characters=wishes.own_characters)
    _use_files(config, checkout, wishes)
    _use_machine(config, machine)
    _use_shapes(config, wishes)
    train, val = (count_samples(config, section) for section in ("Train", "Eval"))
    _use_batches(config, machine, wishes, train, val)
    _use_schedule(config, wishes)
    _use_seed(config)
    steps = steps_per_epoch(config, train, windows=machine.windows)
    _use_rhythm(config, max(1, steps))
    return TrainConfig.from_yaml(config.to_yaml(), config.source)


def steps_per_epoch(config: TrainConfig, samples: int, *, cards: int = 1, windows: bool = False) -> int:
    """Training steps of an epoch, as PaddleOCR counts them.

    Args:
        config: Batch size, sampler, whether an incomplete batch is dropped.
        samples: Lines of the training lists.
        cards: Processes that share them.
        windows: There PaddleOCR leaves out the last batch of every epoch.
    """
    share = samples // cards if cards > 1 else samples
    sizes = _scale_batches(config)
    if sizes:
        # the sampler goes whole rounds of its scales, and fills batches up with the first samples
        steps = math.ceil(share / sum(sizes)) * len(sizes)
    else:
        size = int(config.get("Train.loader.batch_size_per_card") or 1)
        steps = share // size if config.get("Train.loader.drop_last") else math.ceil(share / size)
    return max(0, steps - 1) if windows else steps


def _scale_batches(config: TrainConfig) -> list[int]:
    """Batch size of each scale of a multi-scale sampler; empty without one, or if its numbers are none."""
    try:
        return _sizes_of_scales(config)
    except (TypeError, ValueError, LookupError, ZeroDivisionError, OverflowError):
        return []


def has_odd_scales(config: TrainConfig) -> bool:
    """Whether a multi-scale sampler's numbers are such that PaddleOCR breaks off over them."""
    return bool(config.get("Train.sampler.scales")) and not _scale_batches(config)


def _sizes_of_scales(config: TrainConfig) -> list[int]:
    scales, first = config.get("Train.sampler.scales"), config.get("Train.sampler.first_bs")
    if not isinstance(scales, list) or not scales or not isinstance(first, int):
        return []
    if config.get("Train.sampler.fix_bs", True):
        return [first] * len(scales)
    factor = config.get("Train.sampler.divided_factor") or [8, 16]
    pairs = [(scale, scale) if isinstance(scale, int) else tuple(scale) for scale in scales]
    pixels = pairs[0][0] * pairs[0][1] * first
    rounded = [(width // factor[0] * factor[0], height // factor[1] * factor[1]) for width, height in pairs]
    return [max(1, int(pixels / max(1, width * height))) for width, height in rounded]


def _use_plain_dataset(config: TrainConfig) -> None:
    """Lists in place of the LMDB folders of the older recognition configs."""
    for section in ("Train", "Eval"):
        if str(config.get(f"{section}.dataset.name")).startswith("LMDB"):
            config.set(f"{section}.dataset.name", "SimpleDataSet")
        config.remove(f"{section}.dataset.delimiter")


def _use_files(config: TrainConfig, checkout: Checkout, wishes: Wishes) -> None:
    pretrained = wishes.pretrained.absolute().as_posix() if wishes.pretrained else _weights_here(config)
    # what remains here would be downloaded, or is a place on the computer of the config's author
    for node in list(mappings(config.plain())):
        for key, value in node[1].items():
            if key in _WEIGHT_KEYS and isinstance(value, str):
                config.set(f"{node[0]}.{key}", None)
    if pretrained and not wishes.from_scratch:
        config.set("Global.pretrained_model", pretrained)
    dictionary = config.get("Global.character_dict_path")
    if isinstance(dictionary, str) and dictionary:
        # an absolute path stays what it is
        config.set("Global.character_dict_path", (checkout.path / dictionary).as_posix())


def _weights_here(config: TrainConfig) -> str | None:
    """What this computer has for a config's network: its makers' own weights, a base model, the part that it names."""
    source = Path(str(config.source or "")).stem
    names = {source, RENAMED.get(source, ""), str(config.get("Global.model_name") or "")} - {""}
    own = stored_weights_for(names)
    if own is not None:
        return own.as_posix()
    part = stored_weights(str(config.get("Global.pretrained_model") or ""))
    return base_of(config) or (part.as_posix() if part is not None else None)


def base_of(config: TrainConfig) -> str | None:
    """The base model (`formats.base_models`) whose weights fit the network of a config; None if there is none.

    PP-OCRv5 mobile detection is the network of v4; PP-OCRv5 mobile recognition differs in its characters only, which
    are matched one by one.
    """
    backbone = (config.get("Architecture.Backbone.name"), config.get("Architecture.Backbone.scale"))
    head = config.get("Architecture.Head.name")
    if backbone == ("PPLCNetV3", 0.95) and head == "MultiHead":
        parts = config.get("Architecture.Head.head_list") or []
        names = {name for part in parts if isinstance(part, dict) for name in part}
        neck = config.get("Architecture.Head.head_list.0.CTCHead.Neck") or {}
        if names == {"CTCHead", "NRTRHead"} and (neck.get("dims"), neck.get("hidden_dims")) == (120, 120):
            return "PP-OCRv4_mobile_rec"
    if backbone == ("PPLCNetV3", 0.75) and (config.get("Architecture.Neck.name"), head) == ("RSEFPN", "DBHead"):
        return "PP-OCRv4_mobile_det"
    return None


def _use_machine(config: TrainConfig, machine: Machine) -> None:
    values: dict[str, Any] = {"use_gpu": machine.gpus > 0, "distributed": False, "use_visualdl": False}
    if config.get("Global.use_amp") and not machine.gpus:
        values["use_amp"] = False
    for key, value in values.items():
        config.set(f"Global.{key}", value)
    workers = 0 if machine.windows else max(1, min(_MAX_WORKERS, machine.cpus - 1))
    shared = machine.shared_memory is not None and machine.shared_memory >= ENOUGH_SHM
    for section in ("Train", "Eval"):
        config.set(f"{section}.loader.num_workers", workers)
        config.set(f"{section}.loader.use_shared_memory", shared and workers > 0)


def _use_shapes(config: TrainConfig, wishes: Wishes) -> None:
    length, shape = wishes.max_text_length, wishes.image_shape
    if length is not None:
        for path, node in list(mappings(config.plain())):
            if "max_text_length" in node:
                config.set(f"{path}.max_text_length", length)
    if shape is None:
        return
    height, width = shape
    forms = {
        "RecResizeImg": ("image_shape", [3, height, width]),
        "RecConAug": ("image_shape", [height, width, 3]),
        "EastRandomCropData": ("size", [width, height]),
    }
    for path, node in list(mappings(config.plain())):
        key, value = forms.get(path.rsplit(".", 1)[-1], ("", None))
        if key and key in node:
            config.set(f"{path}.{key}", value)
    if config.task == "rec" and config.get("Train.sampler.scales"):
        low, high = max(16, height - 16), height + 16
        config.set("Train.sampler.scales", [[width, low], [width, height], [width, high]])
    if config.get("Global.d2s_train_image_shape"):
        config.set("Global.d2s_train_image_shape", [3, height, width])


def _use_batches(config: TrainConfig, machine: Machine, wishes: Wishes, train: int, val: int) -> None:
    key = "Train.loader.batch_size_per_card"
    size = wishes.batch_size
    if size is None:
        size = int(config.get(key) or config.get("Train.sampler.first_bs") or CPU_BATCH[config.task])
        if not machine.gpus:
            size = min(size, CPU_BATCH[config.task])
        size = max(1, min(size, train // (2 if machine.windows else 1)))
    config.set(key, size)
    if config.get("Train.sampler.first_bs") is not None:
        config.set("Train.sampler.first_bs", size)
    key = "Eval.loader.batch_size_per_card"
    limit = size if not machine.gpus else max(size, int(config.get(key) or 1))
    config.set(key, max(1, min(int(config.get(key) or 1), limit, val or 1)))


def _use_schedule(config: TrainConfig, wishes: Wishes) -> None:
    before = int(config.get("Global.epoch_num") or 1)
    rate = wishes.learning_rate
    if rate is None and config.get("Global.pretrained_model"):
        rate = _gentle_rate(config)
    if rate is not None and config.get("Optimizer.lr.learning_rate") is not None:
        config.set("Optimizer.lr.learning_rate", float(rate))
    epochs = wishes.epochs
    if epochs is None or epochs == before:
        return
    # anchors have made copies of the number
    for path, node in list(mappings(config.plain())):
        for key in ("epoch_num", "total_epoch"):
            if node.get(key) == before:
                config.set(f"{path}.{key}", epochs)
    warmup = config.get("Optimizer.lr.warmup_epoch")
    if isinstance(warmup, (int, float)):
        # never more of the run than in the template, and never more than a tenth of it
        config.set("Optimizer.lr.warmup_epoch", min(warmup, max(warmup * epochs / before, epochs / 10)))
    decay = config.get("Optimizer.lr.decay_epochs")
    if isinstance(decay, list) and all(isinstance(one, int) for one in decay):
        config.set("Optimizer.lr.decay_epochs", [max(1, round(one * epochs / before)) for one in decay])


def _use_seed(config: TrainConfig) -> None:
    """A seed that is also a good number of an epoch, which PaddleOCR 2 takes it for.

    It shrinks the outlines of detection by 0.4 + 0.2 * seed / total_epoch. Its own seed of 1024 makes that more than 1
    for fewer than 342 epochs; no page can be used then, and it tries one after the other for ever.
    """
    staged = any("total_epoch" in node for _, node in mappings(config.plain()))
    if staged and config.get("Global.seed") is None:
        config.set("Global.seed", 0)


def _gentle_rate(config: TrainConfig) -> float:
    """The template's peak, scaled to the batch as PaddleOCR's advice on fine-tuning has it, from 1e-4 upwards."""
    peak = float(config.get("Optimizer.lr.learning_rate") or 0.001)
    batch = int(config.get("Train.loader.batch_size_per_card") or 1)
    return min(peak, max(_FINE_TUNING_RATE, peak * batch / _TEMPLATE_BATCH[config.task]))


def _use_rhythm(config: TrainConfig, steps: int) -> None:
    config.set("Global.log_smooth_window", 1)
    config.set("Global.print_batch_step", max(1, min(10, steps // _LINES_PER_EPOCH)))
    config.set("Global.eval_batch_step", [0, steps])
    config.remove("Global.eval_batch_epoch")
    epochs = int(config.get("Global.epoch_num") or 1)
    # each of these is kept for good: ten of them at most
    config.set("Global.save_epoch_step", max(int(config.get("Global.save_epoch_step") or 1), math.ceil(epochs / 10)))


def count_samples(config: TrainConfig, section: str) -> int:
    """Lines of the lists of a section (`Train`, `Eval`) that hold something; `ProjectError` if one cannot be read."""
    lists = config.get(f"{section}.dataset.label_file_list") or []
    return sum(len([line for line in read_bytes(Path(one)).split(b"\n") if line.strip()]) for one in lists)


def mappings(tree: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping below `tree` with its dotted path."""
    if isinstance(tree, dict):
        if path:
            yield path, tree
        for key, value in tree.items():
            yield from mappings(value, f"{path}.{key}" if path else str(key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from mappings(value, f"{path}.{index}")
