"""The numbers of a config against each other and against the data: what makes a run poor though it would go through."""

from __future__ import annotations

import math
from typing import Any

from ocrstudio.core import training_rules as numbers
from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.findings import Cure
from ocrstudio.core.training_rules import Speed
from ocrstudio.formats.checkout_config import base_of, mappings, steps_per_epoch
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.preflight import SET_VALUE, Look, batch_cure, length_settings

RATE_KEY, WARM_UP, BATCH = "Optimizer.lr.learning_rate", "Optimizer.lr.warmup_epoch", "Train.loader.batch_size_per_card"
PRETRAINED, EVERY, EPOCHS = "Global.pretrained_model", "Global.eval_batch_step", "Global.epoch_num"
_INDICATORS = {"rec": ("acc", "norm_edit_dis"), "det": ("hmean", "precision", "recall")}
_METRICS = ("RecMetric", "DetMetric", "DistillationMetric")
# The rule was made for these; plain gradient descent takes rates that are ten times as high.
_ADAMS = (None, "Adam", "AdamW")
# Share of an epoch that may be left out before it is worth a word.
_LOST_SHARE = 0.1
# So many evaluations of a run leave a choice; PaddleOCR's training does not stop by itself.
_FEW_EVALUATIONS = 3

RATE_HIGH = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: the learning rate {rate} is high for a batch of {batch}; the rule (rate in proportion to "
    "the batch) says about {wanted}.",
)
RATE_LOW = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: the learning rate {rate} is so low for a batch of {batch} that next to nothing is learned; "
    "the rule says about {wanted}.",
)
RATE_NOTE = QT_TRANSLATE_NOOP("Errors", "{rate} for a batch of {batch}; the rule says about {wanted}.")
LONG_WARM_UP = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: the rate climbs for {warm} epochs, but the run has {epochs}: it never gets to {rate}.",
)
LOST = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: {lost} of {samples} samples are left out of every epoch (drop_last)."
)
KEEP_LAST = QT_TRANSLATE_NOOP("Errors", "Set Train.loader.drop_last to false")
WINDOWS_TRAIN = QT_TRANSLATE_NOOP(
    "Errors",
    "On Windows PaddleOCR leaves out the last batch of every epoch: {lost} of {samples} samples, as each has {steps}.",
)
WINDOWS_EVAL = QT_TRANSLATE_NOOP(
    "Errors",
    "On Windows PaddleOCR leaves out the last batch of the validation set, and it has only one: every score would "
    "be 0.",
)
SMALLER = QT_TRANSLATE_NOOP("Errors", "Take a smaller batch.")
RARE = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: the run is evaluated only {count} times, so the best model is hardly a choice."
)
EACH_EPOCH = QT_TRANSLATE_NOOP("Errors", "Evaluate after every epoch")
NO_INDICATOR = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: the best model is chosen by {value}, which evaluations do not measure."
)
CHOOSE_INDICATOR = QT_TRANSLATE_NOOP("Errors", "Set Metric.main_indicator to one of: {known}.")
SMALL_VALIDATION = QT_TRANSLATE_NOOP(
    "Errors",
    "{samples} samples to validate on: by chance alone the score moves by {points} points either way, so the best of "
    "two models cannot be told.",
)
MORE_VALIDATION = QT_TRANSLATE_NOOP("Errors", "Validate on {wanted} or more: split again with a larger share.")
VALIDATION_NOTE = QT_TRANSLATE_NOOP(
    "Errors", "{samples} samples: a score of 90 % is sure to {points} points either way."
)
RATIOS = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: {key} has {count} values for {lists} lists.")
ONE_RATIO = QT_TRANSLATE_NOOP("Errors", "Give every list the share 1")
COPIES = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: {key} is {value}, but Global.max_text_length is {wanted}: the shorter one counts."
)
COPIES_EVERYWHERE = QT_TRANSLATE_NOOP("Errors", "Set max_text_length to {wanted} everywhere")
SHAPES = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: training scales lines to {first}, evaluation to {second}: it measures another task."
)
SAME_SHAPE = QT_TRANSLATE_NOOP("Errors", "Evaluate at the size of training")
FROM_SCRATCH = QT_TRANSLATE_NOOP(
    "Errors",
    "The training starts from nothing: that takes some hundred thousand samples, and there are {samples}.",
)
NAME_WEIGHTS = QT_TRANSLATE_NOOP("Errors", "Name weights to start from in Global.pretrained_model.")
USE_BASE = QT_TRANSLATE_NOOP("Errors", "Start from {wanted}, which fits this network")
FEW = QT_TRANSLATE_NOOP(
    "Errors", "{samples} samples to learn from; {wanted} or more are advised for a training of this kind."
)
MORE_LABELS = QT_TRANSLATE_NOOP("Errors", "Label more, or add made lines (synthesis).")
MORE_DATA = QT_TRANSLATE_NOOP("Errors", "Label more, add made lines (synthesis), or freeze the backbone.")
TAKES_TIMED = QT_TRANSLATE_NOOP("Errors", "About {time}, by the steps timed just now.")
TAKES_ABOUT = QT_TRANSLATE_NOOP("Errors", "About {time}, estimated from measurements on two cores.")
TAKES_DAYS = QT_TRANSLATE_NOOP("Errors", "The training takes about {time}.")
FEWER_EPOCHS = QT_TRANSLATE_NOOP(
    "Errors", "Take fewer epochs, a smaller network, a frozen backbone, or a graphics card."
)


def look_at_numbers(look: Look, speed: Speed | None, *, gpus: int, windows: bool) -> None:
    """Adds what the numbers of a config tell.

    Args:
        look: Its lists have been looked through.
        speed: Of this machine, if it was timed.
        gpus: Cards that would be used.
        windows: There PaddleOCR leaves out batches.
    """
    config = look.config
    train, val = (samples_of(look, section) for section in ("Train", "Eval"))
    _rate(look, max(1, gpus))
    _warm_up(look)
    _best_model(look)
    for section in ("Train", "Eval"):
        _ratios(look, section)
    if config.task == "rec":
        _shapes(look)
        if look.lenient:
            _copies(look)
    if look.lenient and not config.get(PRETRAINED) and not config.get("Global.checkpoints"):
        _scratch(look, train)
    if train is not None:
        _amount(look, train)
        if look.lenient:
            _lost(look, train, windows)
            _evaluations(look, train, windows)
    if val:
        _validation(look, val, windows)
    if train and val is not None:
        _time(look, train, val, speed, gpus, windows)


def samples_of(look: Look, section: str) -> int | None:
    """Lines of a section's lists that can be learned; None if a list could not be read."""
    if "lists" in look.open:
        return None
    return sum(one.tally.usable for one in look.lists.get(section, ()))


def batch_of(config: TrainConfig) -> int:
    """Samples a step on one card."""
    size = config.get("Train.sampler.first_bs") or config.get(BATCH)
    return size if isinstance(size, int) and size > 0 else 1


def is_frozen(look: Look) -> bool:
    """Whether only neck and head learn, which the program's engine alone can do."""
    return not look.lenient and look.config.get("Global.freeze", "none") != "none"


def _rate(look: Look, cards: int) -> None:
    config = look.config
    rate, batch = config.get(RATE_KEY), batch_of(config) * cards
    if not isinstance(rate, (int, float)) or isinstance(rate, bool) or config.task not in ("rec", "det"):
        return
    if config.get("Optimizer.name") not in _ADAMS:
        look.open.add("rate")
        return
    tuned = bool(config.get(PRETRAINED) or config.get("Global.checkpoints"))
    judged = numbers.judged_rate(rate, config.task, batch, own_engine=not look.lenient, fine_tuning=tuned)
    wanted = float(f"{judged.wanted:.1g}")
    values: dict[str, Any] = {"rate": f"{rate:g}", "batch": batch, "wanted": f"{wanted:g}"}
    if not judged.verdict:
        look.add("note", "rate", RATE_NOTE, "", RATE_KEY, **values)
        return
    what = RATE_HIGH if judged.verdict == "high" else RATE_LOW
    look.add("warning", "rate", what, "", RATE_KEY, cure=Cure(SET_VALUE, {RATE_KEY: wanted}), **values)


def _warm_up(look: Look) -> None:
    config = look.config
    warm, epochs = config.get(WARM_UP), config.get(EPOCHS)
    if not isinstance(warm, (int, float)) or not isinstance(epochs, int) or epochs < 2 or warm < epochs:
        return
    wanted = max(1, epochs // 10)
    cure = Cure(SET_VALUE, {WARM_UP: wanted})
    values: dict[str, Any] = {"warm": f"{warm:g}", "epochs": epochs, "rate": config.get(RATE_KEY), "wanted": wanted}
    look.add("warning", "warm-up", LONG_WARM_UP, "", WARM_UP, cure=cure, **values)


def _best_model(look: Look) -> None:
    key = "Metric.main_indicator"
    value, known = look.config.get(key), _INDICATORS.get(look.config.task, ())
    if look.lenient and look.config.get("Metric.name") not in _METRICS:
        look.open.add("best-model")  # others measure other things
        return
    if value is not None and known and value not in known:
        cure = Cure(SET_VALUE, {key: known[0]})
        values: dict[str, Any] = {"value": value, "known": ", ".join(known), "wanted": known[0]}
        look.add("fatal", "best-model", NO_INDICATOR, CHOOSE_INDICATOR, key, cure=cure, **values)


def _ratios(look: Look, section: str) -> None:
    key = f"{section}.dataset.ratio_list"
    ratios, lists = look.config.get(key), look.config.get(f"{section}.dataset.label_file_list")
    if not isinstance(ratios, list) or not isinstance(lists, list) or len(ratios) == len(lists):
        return
    cure = Cure(ONE_RATIO, {key: [1.0] * len(lists)})
    look.add("fatal", "ratios", RATIOS, "", key, cure=cure, count=len(ratios), lists=len(lists))


def _copies(look: Look) -> None:
    config = look.config
    wanted = config.get("Global.max_text_length")
    if not isinstance(wanted, int):
        return
    for path, node in mappings(config.plain()):
        value = node.get("max_text_length")
        if isinstance(value, int) and value < wanted:
            key = f"{path}.max_text_length"
            cure = Cure(COPIES_EVERYWHERE, length_settings(config, wanted))
            look.add("warning", "text-length-copies", COPIES, "", key, cure=cure, value=value, wanted=wanted)


def _shapes(look: Look) -> None:
    found: dict[str, tuple[str, Any]] = {}
    for path, node in mappings(look.config.plain()):
        if path.endswith("RecResizeImg") and isinstance(node.get("image_shape"), list):
            found[path.partition(".")[0]] = (f"{path}.image_shape", node["image_shape"])
    if "Train" not in found or "Eval" not in found or found["Train"][1] == found["Eval"][1]:
        return
    key = found["Eval"][0]
    first, second = (" x ".join(str(one) for one in found[section][1][1:]) for section in ("Train", "Eval"))
    cure = Cure(SAME_SHAPE, {key: found["Train"][1]})
    look.add("warning", "picture-shape", SHAPES, "", key, cure=cure, first=first, second=second)


def _scratch(look: Look, samples: int | None) -> None:
    base = base_of(look.config)
    cure = Cure(USE_BASE, {PRETRAINED: base}) if base is not None else None
    if samples is not None and samples < 100_000:
        values: dict[str, Any] = {"samples": samples, "wanted": base}
        look.add("warning", "scratch", FROM_SCRATCH, NAME_WEIGHTS, PRETRAINED, cure=cure, **values)


def _amount(look: Look, samples: int) -> None:
    task = look.config.task
    if task not in numbers.WANTED or not samples:
        return
    wanted = numbers.wanted_samples(task, frozen=is_frozen(look))
    if samples < wanted:
        remedy = MORE_LABELS if look.lenient or is_frozen(look) else MORE_DATA
        look.add("warning", "amount", FEW, remedy, samples=samples, wanted=wanted)


def _lost(look: Look, samples: int, windows: bool) -> None:
    """Samples that no epoch shows."""
    config, batch = look.config, batch_of(look.config)
    steps = steps_per_epoch(config, samples)
    if windows and steps > 1:
        lost = samples - (steps - 1) * batch
        if lost > samples * _LOST_SHARE:
            values: dict[str, Any] = {"lost": lost, "samples": samples, "steps": steps, "wanted": max(1, batch // 4)}
            cure = batch_cure(config, max(1, batch // 4))
            look.add("warning", "last-batch", WINDOWS_TRAIN, SMALLER, BATCH, cure=cure, **values)
    lost = samples % batch
    sampled = config.get("Train.sampler.scales")
    if steps and config.get("Train.loader.drop_last") and not sampled and lost > samples * _LOST_SHARE:
        key = "Train.loader.drop_last"
        look.add("warning", "last-batch", LOST, "", key, cure=Cure(KEEP_LAST, {key: False}), lost=lost, samples=samples)


def _evaluations(look: Look, samples: int, windows: bool) -> None:
    config = look.config
    count, epochs = _evaluation_count(look, samples, windows), config.get(EPOCHS)
    each = steps_per_epoch(config, samples, windows=windows)
    if 0 < count < _FEW_EVALUATIONS and isinstance(epochs, int) and epochs >= _FEW_EVALUATIONS:
        look.add("warning", "evaluation", RARE, "", EVERY, cure=Cure(EACH_EPOCH, {EVERY: [0, each]}), count=count)


def _evaluation_count(look: Look, samples: int, windows: bool) -> int:
    """Evaluations of the whole run; those of the program's engine are after every epoch at least."""
    config, epochs = look.config, look.config.get(EPOCHS)
    if not isinstance(epochs, int):
        return 0
    rhythm = config.get("Global.eval_batch_epoch")
    if isinstance(rhythm, int) and rhythm > 0:
        return math.ceil(epochs / rhythm)
    if not look.lenient:
        return epochs
    steps = steps_per_epoch(config, samples, windows=windows) * epochs
    value = config.get(EVERY)
    start, every = value if isinstance(value, list) and len(value) == 2 else (0, value)
    if not isinstance(start, int) or not isinstance(every, int):
        return 0
    return max(0, steps - start) // max(1, every)


def _validation(look: Look, samples: int, windows: bool) -> None:
    config = look.config
    points = f"{100 * numbers.margin(samples):.0f}"
    wanted = numbers.LEAST_VALIDATION.get(config.task, 0)
    values: dict[str, Any] = {"samples": samples, "points": points, "wanted": wanted}
    if samples < wanted:
        look.add("warning", "validation-size", SMALL_VALIDATION, MORE_VALIDATION, **values)
    elif config.task == "rec":
        look.add("note", "validation-size", VALIDATION_NOTE, **values)
    key = "Eval.loader.batch_size_per_card"
    batch = config.get(key)
    if look.lenient and windows and isinstance(batch, int) and samples <= batch:
        cure = Cure(SET_VALUE, {key: max(1, samples // 4)})
        look.add("fatal", "last-batch", WINDOWS_EVAL, SMALLER, key, cure=cure, wanted=max(1, samples // 4))


def _time(look: Look, train: int, val: int, timed: Speed | None, gpus: int, windows: bool) -> None:
    config = look.config
    backbone = config.get("Architecture.Backbone.name")
    frozen = is_frozen(look)
    own = not look.lenient
    known = numbers.known_speed(config.task, str(backbone or ""), own_engine=own, frozen=frozen)
    speed = timed or (None if gpus else known)
    epochs = config.get(EPOCHS)
    if speed is None or not isinstance(epochs, int):
        look.open.add("time")
        return
    copies = config.get("Train.dataset.augment_copies") or 3
    evaluations = _evaluation_count(look, train, windows)
    seconds = numbers.training_seconds(
        speed,
        epochs=epochs,
        samples=train,
        validation=val,
        evaluations=evaluations,
        copies=copies if isinstance(copies, int) else 3,
    )
    values: dict[str, Any] = {"time": duration(seconds), "seconds": round(seconds)}
    if seconds > numbers.LONG_DAYS * 86_400:
        look.add("warning", "time", TAKES_DAYS, FEWER_EPOCHS, EPOCHS, **values)
    else:
        look.add("note", "time", TAKES_ABOUT if timed is None else TAKES_TIMED, "", EPOCHS, **values)


def duration(seconds: float) -> str:
    """Hours and minutes, in figures that need no translation: `2 h 10 min`."""
    minutes = max(1, round(seconds / 60))
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
