"""What a config says about detection: how pages are changed, what is learned on them, how boxes are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
from ocrstudio.engine.det.augment import AugmentRules
from ocrstudio.engine.det.boxes import STRIDE, BoxRules, ResizeRules
from ocrstudio.engine.det.maps import MapRules
from ocrstudio.engine.settings import NOT_SUPPORTED, USE_ONE_OF, TrainSettings

T = TypeVar("T")

# What PaddleOCR rounds the sides up to if DetResizeForTest names the key resize_long.
LONG_SIDE_MULTIPLE = 128


@dataclass(frozen=True)
class LossRules:
    """Weights of the loss's parts; the keys of Loss.

    Attributes:
        alpha: Of the shrink map.
        beta: Of the threshold map; the binary map's is 1.
        balance: Whether a batch without any text leaves the shrink map alone (`balance_loss`).
    """

    alpha: float = 5.0
    beta: float = 10.0
    balance: bool = True


@dataclass(frozen=True)
class DetRules:
    """Everything that only detection asks of a config; keys it lacks take PaddleOCR's defaults."""

    augment: AugmentRules
    maps: MapRules
    loss: LossRules
    boxes: BoxRules
    resize: ResizeRules

    @classmethod
    def of(cls, settings: TrainSettings) -> DetRules:
        """Reads a config.

        Raises:
            ConfigError: If a value names something that the built-in engine does not have, or is of the wrong kind.
        """
        names = ("IaaAugment", "EastRandomCropData", "MakeBorderMap", "MakeShrinkMap")
        found = {name: settings.transform("Train", name) for name in names}
        transforms = {name: values for name, values in found.items() if values is not None}
        return cls(
            augment=_read("Train.dataset.transforms", lambda: _augment(transforms)),
            maps=_read("Train.dataset.transforms", lambda: _maps(transforms)),
            loss=_read("Loss", lambda: _loss(settings.plain.get("Loss") or {})),
            boxes=box_rules(settings),
            resize=resize_rules(settings),
        )


def box_rules(settings: TrainSettings) -> BoxRules:
    """How boxes are made of a map; `ConfigError` as `DetRules.of`."""
    return _read("PostProcess", lambda: _boxes(settings.plain.get("PostProcess") or {}))


def resize_rules(settings: TrainSettings) -> ResizeRules:
    """How pages are scaled for an evaluation; `ConfigError` as `DetRules.of`."""
    return _read("DetResizeForTest", lambda: _resize(settings.transform("Eval", "DetResizeForTest") or {}))


def _read(section: str, reading: Callable[[], T]) -> T:
    try:
        return reading()
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        what = QT_TRANSLATE_NOOP("Errors", "A value of the config under {section} is of the wrong kind: {reason}.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Compare the config with the template.")
        raise ConfigError(what, remedy, section=section, reason=error) from error


def _augment(transforms: Mapping[str, Any]) -> AugmentRules:
    rules = AugmentRules.of(transforms)
    if any(side < STRIDE or side % STRIDE for side in rules.size):
        what = QT_TRANSLATE_NOOP("Errors", "EastRandomCropData.size is {size}; the network needs multiples of {step}.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Set it to [640, 640], for example.")
        raise ConfigError(what, remedy, size=list(rules.size), step=STRIDE)
    return rules


def _maps(transforms: Mapping[str, Any]) -> MapRules:
    border, shrink = transforms.get("MakeBorderMap") or {}, transforms.get("MakeShrinkMap") or {}
    return MapRules(
        shrink_ratio=_within(shrink.get("shrink_ratio", border.get("shrink_ratio", MapRules.shrink_ratio)), 0.01, 0.99),
        min_text_size=float(shrink.get("min_text_size", MapRules.min_text_size)),
        low=_within(border.get("thresh_min", MapRules.low), 0, 1),
        high=_within(border.get("thresh_max", MapRules.high), 0, 1),
    )


def _loss(values: Mapping[str, Any]) -> LossRules:
    _one_of("Loss.name", values.get("name", "DBLoss"), ("DBLoss",))
    _one_of("Loss.main_loss_type", values.get("main_loss_type", "DiceLoss"), ("DiceLoss",))
    return LossRules(
        alpha=float(values.get("alpha", LossRules.alpha)),
        beta=float(values.get("beta", LossRules.beta)),
        balance=bool(values.get("balance_loss", LossRules.balance)),
    )


def _boxes(values: Mapping[str, Any]) -> BoxRules:
    _one_of("PostProcess.name", values.get("name", "DBPostProcess"), ("DBPostProcess",))
    return BoxRules(
        thresh=_within(values.get("thresh", BoxRules.thresh), 0, 1),
        box_thresh=_within(values.get("box_thresh", BoxRules.box_thresh), 0, 1),
        max_candidates=int(values.get("max_candidates", BoxRules.max_candidates)),
        unclip_ratio=_within(values.get("unclip_ratio", BoxRules.unclip_ratio), 0, 100),
        use_dilation=bool(values.get("use_dilation", BoxRules.use_dilation)),
        score_mode=_one_of("PostProcess.score_mode", values.get("score_mode", "fast"), ("fast", "slow")),
        box_type=_one_of("PostProcess.box_type", values.get("box_type", "quad"), ("quad", "poly")),
    )


def _resize(values: Mapping[str, Any]) -> ResizeRules:
    if "image_shape" in values:
        raise ValueError("image_shape (use limit_side_len)")
    if "resize_long" in values:
        length = int(_within(values["resize_long"], STRIDE, 32_000))
        return ResizeRules(length, "resize_long", multiple=LONG_SIDE_MULTIPLE)
    kinds = ("min", "max", "resize_long")
    return ResizeRules(
        limit_side_len=int(_within(values.get("limit_side_len", ResizeRules.limit_side_len), STRIDE, 32_000)),
        limit_type=_one_of("DetResizeForTest.limit_type", values.get("limit_type", "min"), kinds),
    )


def _one_of(key: str, value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ConfigError(NOT_SUPPORTED, USE_ONE_OF, key=key, value=value, known=", ".join(known))
    return str(value)


def _within(value: Any, low: float, high: float) -> float:
    number = float(value)
    if not low <= number <= high:
        raise ValueError(f"{number:g} is not between {low:g} and {high:g}")
    return number
