"""What the built-in engine takes from a training config."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
from ocrstudio.formats.bundle import BUNDLED
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.dictionary import read_dictionary

TASKS = ("rec", "det")
OPTIMIZERS = ("Adam", "AdamW")
SCHEDULES = ("Cosine", "Linear", "Const")
FREEZES = ("none", "backbone", "neck")
# The first one of each is the default.
INDICATORS = {"rec": ("acc", "norm_edit_dis"), "det": ("hmean", "precision", "recall")}
# Channels, height and width that every recogniser of the PaddleOCR family pads a line to, at least.
LINE_SHAPE = (3, 48, 320)
# Versions of each line that frozen-backbone training turns between; the first is the line as it is.
DEFAULT_COPIES = 3
DEFAULT_CLIP_NORM = 10.0
# The backbones' layers carry no normalisation any more (it is folded into them): at the full rate the first steps undo
# what they know, at a tenth the whole network learns faster and ends better.
DEFAULT_BACKBONE_RATE = 0.1
# Of the peak rate, once everything learns: what was learned with a frozen backbone is not to be undone.
DEFAULT_UNFROZEN_SHARE = 0.2
NOT_SUPPORTED = QT_TRANSLATE_NOOP("Errors", "{key} is {value}, which the built-in engine does not know.")
NOT_SUPPORTED_HERE = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: {key} is {value}, which the built-in engine does not know."
)
USE_ONE_OF = QT_TRANSLATE_NOOP("Errors", "Use one of: {known}.")
NO_NUMBER = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: {key} is {value}, which is not a number.")
WRITE_NUMBER = QT_TRANSLATE_NOOP("Errors", "Write a number, or leave the key out.")
NO_SECTION = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: {key} is {value}, but must be a section with keys of its own."
)
LIKE_TEMPLATE = QT_TRANSLATE_NOOP("Errors", "Compare the config with the template.")
BACKBONE, ALGORITHM = "Architecture.Backbone.name", "Architecture.algorithm"
# Of PP-OCRv4 mobile and PP-OCRv6 small: whoever names another one does not mean these networks.
BACKBONES = {"PP-OCRv4": "PPLCNetV3", "PP-OCRv6": "PPLCNetV4"}
USE_CHECKOUT = QT_TRANSLATE_NOOP(
    "Errors", "Train it with a PaddleOCR checkout (--engine paddleocr:DIR), or take a template of this program."
)
DEVICES = "Global.devices"
CARDS_UNUSED = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: Global.devices names the graphics cards {value}, but Global.use_gpu is false."
)
USE_CARDS = QT_TRANSLATE_NOOP("Errors", "Set Global.use_gpu to true; without cards, leave Global.devices empty.")
# What must be mappings if they are there: their keys' defaults would otherwise be taken without a word.
SECTIONS = ("Optimizer.lr", "Optimizer.regularizer", "Train.dataset", "Train.loader", "Eval.dataset", "Eval.loader")


@dataclass(frozen=True)
class ListSource:
    """Where labelled pictures or lines come from.

    Attributes:
        lists: Label lists (`label_file_list`).
        ratios: Share of each list that an epoch shows (`ratio_list`); see `core.sampling`.
        data_dir: What the paths in them are relative to.
        batch_size: Samples per step and process; for lines at the usual width.
        workers: Threads that prepare batches (`num_workers`).
        shuffle: Whether the order is drawn anew for every epoch.
    """

    lists: tuple[str, ...]
    ratios: tuple[float, ...]
    data_dir: str
    batch_size: int
    workers: int = 0
    shuffle: bool = True


@dataclass(frozen=True)
class Schedule:
    """How the learning rate goes.

    Attributes:
        name: One of `SCHEDULES`.
        rate: Its peak.
        warmup_epochs: Epochs, or a part of one, in which it climbs from 0.
        end_rate: Where Linear ends.
        power: 1: Linear is a straight line.
        backbone_rate: The backbone learns at this multiple of the rate.
        frozen_epochs: Epochs for which `TrainSettings.freeze` holds before everything learns (`Global.freeze_epochs`);
            0: it holds for the whole run.
        unfrozen_rate: The peak from then on (`Optimizer.lr.unfrozen_learning_rate`).
    """

    name: str
    rate: float
    warmup_epochs: float
    end_rate: float = 0.0
    power: float = 1.0
    backbone_rate: float = DEFAULT_BACKBONE_RATE
    frozen_epochs: int = 0
    unfrozen_rate: float = 0.0


@dataclass(frozen=True)
class Retention:
    """What must not be forgotten.

    Attributes:
        lists: Lists of lines that are read at every evaluation (`Global.retention_list`); none: nothing is.
        data_dir: What their paths are relative to (`Global.retention_dir`; the list's own folder if empty).
        lines: Lines that are made of the base model's characters for it if there is no list
            (`Global.retention_lines`).
        max_drop: How far `retention_acc` may fall, as a share of 1, before an evaluation can no longer be the best
            (`Global.retention_max_drop`); None: however far.
        replay_lists: Lists of old lines that are mixed into training (`Train.replay_list`).
        replay_dir: What their paths are relative to (`Train.replay_dir`; the list's own folder if empty).
        replay_ratio: Old lines per new line in an epoch (`Train.replay_ratio`); 0: none.
        anchor: How strongly they hold the network (`Train.replay_anchor`, see `rec.anchor`); 0: not.
    """

    lists: tuple[str, ...] = ()
    data_dir: str = ""
    lines: int = 0
    max_drop: float | None = None
    replay_lists: tuple[str, ...] = ()
    replay_dir: str = ""
    replay_ratio: float = 0.0
    anchor: float = 0.0


@dataclass(frozen=True)
class TrainSettings:
    """A checked config, one attribute per key that matters.

    Attributes:
        task: "rec" or "det" (`Architecture.model_type`).
        freeze: "backbone": neck and head learn; "neck": only the head does; "none": everything learns.
        devices: Numbers of the graphics cards of a distributed training (`Global.devices`, "cpu:N" for N processes
            without any), "" for one process.
        nodes: Machines that train together (`Global.nnodes`).
        master: HOST:PORT of the first of them (`Global.master`).
        copies: Versions of each line in frozen-backbone training (`Train.dataset.augment_copies`).
        look_alikes: New character -> known one whose weights it starts from (`Global.look_alikes`).
        freeze_unseen: Whether the weights of characters that stand in no training line stay (`Global.freeze_unseen`).
        new_rate: Peak of the rate at which new characters learn (`Optimizer.lr.new_character_rate`); 0: like all.
        clip_norm: Limit of the gradient's norm over all weights (`Optimizer.clip_norm_global`).
        eval_start: No evaluation by steps before this one.
        eval_steps: Steps between evaluations within an epoch; 0: none.
        eval_epochs: Epochs between the evaluations at an epoch's end. The last epoch is always evaluated.
        early_stop: Evaluations without improvement after which the run ends; 0: never.
        measure_batches: Whether printed steps tell the measures of their batch (`Global.cal_metric_during_train`).
        plain: The whole config, for keys that only one task knows; see `transform`.
    """

    task: str
    epochs: int
    seed: int
    freeze: str
    use_gpu: bool
    use_amp: bool
    devices: str
    nodes: int
    master: str
    base_model: str
    dictionary: Path | None
    use_space: bool
    max_text_length: int
    look_alikes: dict[str, str]
    freeze_unseen: bool
    new_rate: float
    optimizer: str
    betas: tuple[float, float]
    schedule: Schedule
    l2: float
    clip_norm: float
    train: ListSource
    val: ListSource
    retention: Retention
    indicator: str
    ignore_space: bool
    measure_batches: bool
    copies: int
    print_every: int
    eval_start: int
    eval_steps: int
    eval_epochs: int
    save_every: int
    early_stop: int
    plain: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def of(cls, config: TrainConfig) -> TrainSettings:
        """Reads a config; keys it lacks take PaddleOCR's defaults.

        Raises:
            ConfigError: If a value names something that the built-in engine does not have, or is of the wrong kind.
        """
        try:
            return cls._read(config)
        except (TypeError, ValueError, AttributeError) as error:
            what = QT_TRANSLATE_NOOP("Errors", "{file}: a value of the config is of the wrong kind: {reason}.")
            raise ConfigError(what, LIKE_TEMPLATE, reason=error, file=config.source) from error

    @classmethod
    def _read(cls, config: TrainConfig) -> TrainSettings:
        _require_sections(config)
        _require_network(config)
        dictionary = config.get("Global.character_dict_path")
        task = _choice(config, "Architecture.model_type", TASKS)
        optimizer = _choice(config, "Optimizer.name", OPTIMIZERS)
        l2 = _float(config, "Optimizer.regularizer.factor", 0.0)
        eval_start, eval_steps = _eval_steps(config.get("Global.eval_batch_step"))
        devices, use_gpu = str(_or(config.get("Global.devices"), "")).strip(), bool(config.get("Global.use_gpu", False))
        if devices and not devices.startswith("cpu") and not use_gpu:
            raise ConfigError(CARDS_UNUSED, USE_CARDS, value=devices, file=config.source, line=config.line_of(DEVICES))
        return cls(
            task=task,
            epochs=_int(config, "Global.epoch_num", 20),
            seed=_int(config, "Global.seed", 1024),
            freeze=_choice(config, "Global.freeze", FREEZES),
            use_gpu=use_gpu,
            use_amp=bool(config.get("Global.use_amp", False)),
            devices=devices,
            nodes=_int(config, "Global.nnodes", 1),
            master=str(_or(config.get("Global.master"), "")),
            base_model=str(_or(config.get("Global.pretrained_model"), BUNDLED)),
            dictionary=Path(dictionary) if dictionary and task == "rec" else None,
            use_space=bool(config.get("Global.use_space_char", True)),
            max_text_length=_int(config, "Global.max_text_length", 25),
            look_alikes={str(new): str(old) for new, old in (config.get("Global.look_alikes") or {}).items()},
            freeze_unseen=bool(config.get("Global.freeze_unseen", False)),
            new_rate=_float(config, "Optimizer.lr.new_character_rate", 0.0),
            optimizer=optimizer,
            betas=(_float(config, "Optimizer.beta1", 0.9), _float(config, "Optimizer.beta2", 0.999)),
            schedule=_schedule(config),
            # PaddleOCR's AdamW has a key of its own for the decay
            l2=_float(config, "Optimizer.weight_decay", l2) if optimizer == "AdamW" else l2,
            clip_norm=_float(config, "Optimizer.clip_norm_global", DEFAULT_CLIP_NORM),
            train=_lists(config, "Train"),
            val=_lists(config, "Eval"),
            retention=_retention(config),
            indicator=_choice(config, "Metric.main_indicator", INDICATORS[task]),
            ignore_space=bool(config.get("Metric.ignore_space", False)),
            measure_batches=bool(config.get("Global.cal_metric_during_train", True)),
            copies=max(1, _int(config, "Train.dataset.augment_copies", DEFAULT_COPIES)),
            print_every=max(1, _int(config, "Global.print_batch_step", 1)),
            eval_start=eval_start,
            eval_steps=eval_steps,
            eval_epochs=max(1, _int(config, "Global.eval_batch_epoch", 1)),
            save_every=_int(config, "Global.save_epoch_step", 0),
            early_stop=_int(config, "Global.early_stop_patience", 0),
            plain=config.plain(),
        )

    @property
    def frozen(self) -> bool:
        """Whether the backbone does not learn (at first), so that its features can be computed once."""
        return self.freeze != "none"

    @property
    def freeze_epochs(self) -> int:
        """See `Schedule.frozen_epochs`."""
        return self.schedule.frozen_epochs

    @property
    def new_pace(self) -> float:
        """How many times as far as others new characters go in a step."""
        rate = self.schedule.rate
        return self.new_rate / rate if self.new_rate > 0 and rate > 0 else 1.0

    @property
    def line_width(self) -> int:
        """Columns, at height 48, that lines are padded to while everything learns (`RecResizeImg.image_shape`).

        Readers pad to the width of `LINE_SHAPE`, and so do evaluations and features; less is faster where all lines
        are short.
        """
        shape = (self.transform("Train", "RecResizeImg") or {}).get("image_shape") or LINE_SHAPE
        return max(1, round(LINE_SHAPE[1] * int(shape[2]) / int(shape[1])))

    def charset(self, base: Charset) -> Charset:
        """The characters that the run's model shall know: those of the dictionary file, or the base model's.

        Raises:
            ProjectError: If the dictionary file cannot be read.
            FormatError: If it is malformed.
        """
        characters = read_dictionary(self.dictionary) if self.dictionary else base.characters
        return Charset(characters, self.use_space)

    def transform(self, section: str, name: str) -> dict[str, Any] | None:
        """The values of one entry of `Train.dataset.transforms` (or Eval's); None if there is no such entry.

        Args:
            section: "Train" or "Eval".
            name: For example "EastRandomCropData".
        """
        for entry in ((self.plain.get(section) or {}).get("dataset") or {}).get("transforms") or ():
            if isinstance(entry, Mapping) and name in entry:
                return dict(entry[name] or {})
        return None


def _or(value: Any, default: Any) -> Any:
    return default if value is None else value


def _float(config: TrainConfig, key: str, default: float) -> float:
    """The number at a key; `default` if there is none or null."""
    value = config.get(key)
    try:
        return default if value is None else float(value)
    except (TypeError, ValueError) as error:
        place = {"file": config.source, "line": config.line_of(key)}
        raise ConfigError(NO_NUMBER, WRITE_NUMBER, key=key, value=value, **place) from error


def _int(config: TrainConfig, key: str, default: int) -> int:
    return int(_float(config, key, default))


def _require_sections(config: TrainConfig) -> None:
    for key in SECTIONS:
        value = config.get(key)
        if value is not None and not isinstance(value, dict):
            place = {"file": config.source, "line": config.line_of(key)}
            raise ConfigError(NO_SECTION, LIKE_TEMPLATE, key=key, value=value, **place)


def _require_network(config: TrainConfig) -> None:
    """Refuses the config of a network that would not be the one that is trained."""
    for key, is_other in (
        (ALGORITHM, lambda value: value == "Distillation"),
        (BACKBONE, lambda value: value not in BACKBONES.values()),
    ):
        value = config.get(key)
        if value and is_other(value):
            place = {"file": config.source, "line": config.line_of(key)}
            raise ConfigError(NOT_SUPPORTED_HERE, USE_CHECKOUT, key=key, value=value, **place)


def _choice(config: TrainConfig, key: str, known: tuple[str, ...]) -> str:
    value = str(_or(config.get(key), known[0]))
    if value not in known:
        place = {"file": config.source, "line": config.line_of(key)}
        raise ConfigError(NOT_SUPPORTED_HERE, USE_ONE_OF, key=key, value=value, known=", ".join(known), **place)
    return value


def _schedule(config: TrainConfig) -> Schedule:
    rate = _float(config, "Optimizer.lr.learning_rate", 0.0005)
    frozen = config.get("Global.freeze", "none") != "none"
    return Schedule(
        name=_choice(config, "Optimizer.lr.name", SCHEDULES),
        rate=rate,
        warmup_epochs=_float(config, "Optimizer.lr.warmup_epoch", 0),
        end_rate=_float(config, "Optimizer.lr.end_lr", 0.0),
        power=_float(config, "Optimizer.lr.power", 1.0),
        backbone_rate=_float(config, "Optimizer.lr.backbone_rate", DEFAULT_BACKBONE_RATE),
        frozen_epochs=_int(config, "Global.freeze_epochs", 0) if frozen else 0,
        unfrozen_rate=_float(config, "Optimizer.lr.unfrozen_learning_rate", rate * DEFAULT_UNFROZEN_SHARE),
    )


def _eval_steps(value: Any) -> tuple[int, int]:
    """(start, every) of `eval_batch_step`: a list of both, or only the second."""
    start, every = value if isinstance(value, list) else (0, _or(value, 0))
    return int(start), int(every)


def _lists(config: TrainConfig, section: str) -> ListSource:
    key = f"{section}.dataset.label_file_list"
    lists = _texts(config.get(key))
    if not lists:
        what = QT_TRANSLATE_NOOP("Errors", "{file}: {key} names no list.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Split the project into a dataset first and choose it.")
        raise ConfigError(what, remedy, key=key, file=config.source)
    return ListSource(
        lists=lists,
        ratios=_ratios(config, f"{section}.dataset.ratio_list", len(lists)),
        data_dir=str(config.get(f"{section}.dataset.data_dir") or "."),
        batch_size=_int(config, f"{section}.loader.batch_size_per_card", 16),
        workers=_int(config, f"{section}.loader.num_workers", 0),
        shuffle=bool(config.get(f"{section}.loader.shuffle", section == "Train")),
    )


def _ratios(config: TrainConfig, key: str, lists: int) -> tuple[float, ...]:
    value = config.get(key)
    ratios = tuple(float(one) for one in value) if isinstance(value, list) else (float(_or(value, 1.0)),) * lists
    if len(ratios) != lists:
        what = QT_TRANSLATE_NOOP("Errors", "{key} has {count} values, but there are {lists} lists in label_file_list.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Write one number for each list, or one number for all.")
        raise ConfigError(what, remedy, key=key, count=len(ratios), lists=lists)
    return ratios


def _retention(config: TrainConfig) -> Retention:
    drop = config.get("Global.retention_max_drop")
    return Retention(
        lists=_texts(config.get("Global.retention_list")),
        data_dir=str(_or(config.get("Global.retention_dir"), "")),
        lines=_int(config, "Global.retention_lines", 0),
        max_drop=None if drop is None else _float(config, "Global.retention_max_drop", 0.0),
        replay_lists=_texts(config.get("Train.replay_list")),
        replay_dir=str(_or(config.get("Train.replay_dir"), "")),
        replay_ratio=_float(config, "Train.replay_ratio", 0.0),
        anchor=_float(config, "Train.replay_anchor", 0.0),
    )


def _texts(value: Any) -> tuple[str, ...]:
    """One text or a list of them."""
    return (value,) if isinstance(value, str) else tuple(str(one) for one in value or ())
