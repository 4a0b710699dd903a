"""What the built-in engine takes from a training config."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
from ocrstudio.formats.bundle import BUNDLED
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.dictionary import read_dictionary

OPTIMIZERS = ("Adam", "AdamW")
SCHEDULES = ("Cosine", "Const")
INDICATORS = ("acc", "norm_edit_dis")
# Versions of each line that frozen-backbone training turns between; the first is the line as it is.
DEFAULT_COPIES = 3
DEFAULT_CLIP_NORM = 10.0
NOT_SUPPORTED = QT_TRANSLATE_NOOP("Errors", "{key} is {value}, which the built-in engine does not know.")
USE_ONE_OF = QT_TRANSLATE_NOOP("Errors", "Use one of: {known}.")


@dataclass(frozen=True)
class LineSource:
    """Where labelled lines come from.

    Attributes:
        lists: Recognition lists.
        data_dir: What the paths in them are relative to.
        batch_size: Lines per step at the usual width.
    """

    lists: tuple[str, ...]
    data_dir: str
    batch_size: int


@dataclass(frozen=True)
class TrainSettings:
    """A checked config, one attribute per key that matters.

    Attributes:
        copies: Versions of each line in frozen-backbone training (`Train.dataset.augment_copies`).
        look_alikes: New character -> known one whose weights it starts from (`Global.look_alikes`).
        clip_norm: Limit of the gradient's norm over all weights (`Optimizer.clip_norm_global`).
    """

    epochs: int
    seed: int
    frozen: bool
    use_gpu: bool
    base_model: str
    dictionary: Path | None
    use_space: bool
    look_alikes: dict[str, str]
    optimizer: str
    betas: tuple[float, float]
    learning_rate: float
    schedule: str
    warmup_epochs: float
    l2: float
    clip_norm: float
    train: LineSource
    val: LineSource
    indicator: str
    ignore_space: bool
    copies: int
    print_every: int
    eval_every: int
    save_every: int

    @classmethod
    def of(cls, config: TrainConfig) -> TrainSettings:
        """Reads a config; keys it lacks take PaddleOCR's defaults.

        Raises:
            ConfigError: If a value names something that the built-in engine does not have, or is of the wrong kind.
        """
        try:
            return cls._read(config)
        except (TypeError, ValueError, AttributeError) as error:
            what = QT_TRANSLATE_NOOP("Errors", "A value of the config is of the wrong kind: {reason}.")
            remedy = QT_TRANSLATE_NOOP("Errors", "Compare the config with the template.")
            raise ConfigError(what, remedy, reason=error) from error

    @classmethod
    def _read(cls, config: TrainConfig) -> TrainSettings:
        dictionary = config.get("Global.character_dict_path")
        return cls(
            epochs=int(config.get("Global.epoch_num", 20)),
            seed=int(_or(config.get("Global.seed"), 1024)),
            frozen=config.get("Global.freeze", "none") == "backbone",
            use_gpu=bool(config.get("Global.use_gpu", False)),
            base_model=str(_or(config.get("Global.pretrained_model"), BUNDLED)),
            dictionary=Path(dictionary) if dictionary else None,
            use_space=bool(config.get("Global.use_space_char", True)),
            look_alikes={str(new): str(old) for new, old in (config.get("Global.look_alikes") or {}).items()},
            optimizer=_choice(config, "Optimizer.name", OPTIMIZERS),
            betas=(float(config.get("Optimizer.beta1", 0.9)), float(config.get("Optimizer.beta2", 0.999))),
            learning_rate=float(config.get("Optimizer.lr.learning_rate", 0.0005)),
            schedule=_choice(config, "Optimizer.lr.name", SCHEDULES),
            warmup_epochs=float(config.get("Optimizer.lr.warmup_epoch", 0)),
            l2=float(_or(config.get("Optimizer.regularizer.factor"), 0.0)),
            clip_norm=float(_or(config.get("Optimizer.clip_norm_global"), DEFAULT_CLIP_NORM)),
            train=_lines(config, "Train"),
            val=_lines(config, "Eval"),
            indicator=_choice(config, "Metric.main_indicator", INDICATORS),
            ignore_space=bool(config.get("Metric.ignore_space", False)),
            copies=max(1, int(_or(config.get("Train.dataset.augment_copies"), DEFAULT_COPIES))),
            print_every=max(1, int(config.get("Global.print_batch_step", 1))),
            eval_every=max(1, int(_or(config.get("Global.eval_batch_epoch"), 1))),
            save_every=int(config.get("Global.save_epoch_step", 0)),
        )

    def charset(self, base: Charset) -> Charset:
        """The characters that the run's model shall know: those of the dictionary file, or the base model's.

        Raises:
            ProjectError: If the dictionary file cannot be read.
            FormatError: If it is malformed.
        """
        characters = read_dictionary(self.dictionary) if self.dictionary else base.characters
        return Charset(characters, self.use_space)


def _or(value: Any, default: Any) -> Any:
    return default if value is None else value


def _choice(config: TrainConfig, key: str, known: tuple[str, ...]) -> str:
    value = str(_or(config.get(key), known[0]))
    if value not in known:
        raise ConfigError(NOT_SUPPORTED, USE_ONE_OF, key=key, value=value, known=", ".join(known))
    return value


def _lines(config: TrainConfig, section: str) -> LineSource:
    lists = tuple(config.get(f"{section}.dataset.label_file_list") or ())
    if not lists:
        what = QT_TRANSLATE_NOOP("Errors", "The config names no list of lines in {key}.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Split the project into a dataset first and choose it.")
        raise ConfigError(what, remedy, key=f"{section}.dataset.label_file_list")
    return LineSource(
        lists=lists,
        data_dir=str(config.get(f"{section}.dataset.data_dir") or "."),
        batch_size=int(config.get(f"{section}.loader.batch_size_per_card", 16)),
    )
