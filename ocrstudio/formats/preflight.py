"""The look at a config, its data and its machine before a run starts.

PaddleOCR itself replaces bad samples silently, or waits for ever when all are bad, and ends with exit code 0 after
training nothing. The built-in engine refuses files that it cannot read and leaves out lines that it cannot learn.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ocrstudio.core import list_rules as rules
from ocrstudio.core.charset import SPACE, Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError, StudioError
from ocrstudio.core.findings import Finding
from ocrstudio.core.findings import refuse as refuse_findings
from ocrstudio.core.list_rules import Tally
from ocrstudio.formats.checkout import Checkout
from ocrstudio.formats.checkout_config import steps_per_epoch
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.config_fields import SECTIONS
from ocrstudio.formats.dictionary import read_dictionary
from ocrstudio.formats.preflight_files import bundle_findings, save_dir_findings, weight_findings
from ocrstudio.formats.preflight_lists import ListOptions, look_through
from ocrstudio.formats.preflight_names import name_findings
from ocrstudio.formats.run_folder import PADDLEOCR

# PaddleOCR puts a random other sample in the place of a bad one, up to 985 times in a row; then it hangs.
_LEAST_USABLE = 0.02
_EXAMPLES = 20

NO_SECTION = QT_TRANSLATE_NOOP("Errors", "{file}: the section {section} is missing or empty.")
TAKE_TEMPLATE = QT_TRANSLATE_NOOP("Errors", "Take a complete config and change its values.")
NO_LISTS = QT_TRANSLATE_NOOP("Errors", "{file}: {key} names no list.")
NAME_LIST = QT_TRANSLATE_NOOP("Errors", "Choose a dataset.")
NO_LIST = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the list {list} cannot be read ({reason}).")
CORRECT_LIST = QT_TRANSLATE_NOOP("Errors", "Correct {key}, or choose a dataset.")
EMPTY_LISTS = QT_TRANSLATE_NOOP("Errors", "{list} holds no line.")
FILL_LIST = QT_TRANSLATE_NOOP("Errors", "Put labelled samples into it, or choose another dataset.")
BACKGROUND = QT_TRANSLATE_NOOP("Errors", "It is learned as a page without text; draw its boxes if it has any.")
LEFT_OUT = QT_TRANSLATE_NOOP("Errors", "{list}: {count} of {lines} lines cannot be learned and are left out.")
SMALL_SET = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: {samples} samples do not fill a batch of {batch}, so nothing would be trained."
)
SMALLER_BATCH = QT_TRANSLATE_NOOP("Errors", "Set {key} to {fitting} or less, or drop_last to false.")
NEVER_EVALUATED = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: the first evaluation is at step {first}, but the run has {steps} steps."
)
EVALUATE_EACH = QT_TRANSLATE_NOOP("Errors", "Set Global.eval_batch_step to [0, {every}].")
NO_DICTIONARY = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the dictionary cannot be used: {reason}")
CHOOSE_DICTIONARY = QT_TRANSLATE_NOOP("Errors", "Correct Global.character_dict_path.")
NO_EPOCHS = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the run has no epochs.")
ONE_EPOCH = QT_TRANSLATE_NOOP("Errors", "Set Global.epoch_num to 1 or more.")
RATE_IS_TEXT = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the learning rate {value} is not a number.")
WRITE_RATE = QT_TRANSLATE_NOOP("Errors", "Write it with a point, for example 0.001.")
SMALL_SHM = QT_TRANSLATE_NOOP(
    "Errors", "{file}: the shared memory (/dev/shm) has {free} MB free, too little for the loaders of PaddleOCR."
)
SHM_OFF = QT_TRANSLATE_NOOP("Errors", "Set use_shared_memory of Train.loader and Eval.loader to false.")
# Two loader processes died with 1 MB and lived with 64.
_LEAST_SHM = 64 << 20


@dataclass
class _Look:
    """What a preflight is about, and what it has found."""

    config: TrainConfig
    lenient: bool
    root: Path
    charset: Charset | None
    progress: Callable[[int, int], None]
    cancelled: Callable[[], bool]
    found: list[Finding] = field(default_factory=list)

    def add(self, fatal: bool, what: str, remedy: str, key: str = "", /, **values: object) -> None:
        """Adds a finding; with `key`, file and line are those of the config."""
        place = {"file": self.config.source, "line": self.config.line_of(key) if key else 1}
        self.found.append(Finding("fatal" if fatal else "warning", what, remedy, {**place, **values}))

    def path(self, text: str) -> Path:
        """A path of the config; PaddleOCR resolves it against the checkout's root."""
        return self.root / text


def preflight(
    config: TrainConfig,
    engine: str,
    *,
    checkout: Checkout | None = None,
    save_dir: Path | None = None,
    charset: Charset | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Finding]:
    """Looks for everything that would stop a run or spoil it. Reads files: call it outside the window's thread.

    Args:
        config: The config of the run.
        engine: `BUILTIN` or `PADDLEOCR` of `formats.run_folder`.
        checkout: Of PaddleOCR; relative paths are resolved against its root, names of its code are looked up there.
        save_dir: Where the run writes; None takes `Global.save_model_dir`.
        charset: The characters that are learned; None takes the config's dictionary.
        progress: Told (lines done, lines in all), list by list.
        cancelled: Asked now and then; what was found until then is returned.

    Returns:
        What was found, the fatal ones first; empty if all is well.
    """
    root = checkout.path if checkout is not None else Path.cwd()
    look = _Look(config, engine == PADDLEOCR, root, charset, progress, cancelled)
    missing = [section for section in SECTIONS if not isinstance(config.get(section), dict)] if look.lenient else []
    for section in missing:
        look.add(True, NO_SECTION, TAKE_TEMPLATE, section=section)
    if missing:
        return look.found
    _look_at_values(look)
    if checkout is not None:
        look.found += name_findings(config, checkout)
    known = _look_at_dictionary(look) if config.task == "rec" else None
    counts = {section: _look_at_lists(look, section, known) for section in ("Train", "Eval")}
    if look.lenient:
        _look_at_steps(look, counts["Train"])
        look.found += weight_findings(config, root, known)
    else:
        look.found += bundle_findings(config)
    target = save_dir or Path(str(config.get("Global.save_model_dir") or "."))
    look.found += save_dir_findings(config, root / target, lenient=look.lenient)
    return sorted(look.found, key=lambda finding: not finding.is_fatal)


def refuse(findings: list[Finding]) -> None:
    """Raises the first fatal finding as a `ConfigError`; nothing happens if there is none."""
    refuse_findings(findings, ConfigError)


def _look_at_values(look: _Look) -> None:
    config = look.config
    epochs = config.get("Global.epoch_num")
    if not isinstance(epochs, int) or epochs < 1:
        look.add(True, NO_EPOCHS, ONE_EPOCH, "Global.epoch_num")
    rate = config.get("Optimizer.lr.learning_rate")
    if isinstance(rate, str):
        look.add(True, RATE_IS_TEXT, WRITE_RATE, "Optimizer.lr.learning_rate", value=rate)
    loaders = [config.get(f"{section}.loader") or {} for section in ("Train", "Eval")]
    if look.lenient and any(one.get("num_workers", 4) and one.get("use_shared_memory", True) for one in loaders):
        free = _shared_memory()
        if free is not None and free < _LEAST_SHM:
            look.add(True, SMALL_SHM, SHM_OFF, free=free >> 20)


def _shared_memory() -> int | None:
    try:
        return shutil.disk_usage("/dev/shm").free  # noqa: S108 - looked at, not written to
    except OSError:
        return None


def _look_at_dictionary(look: _Look) -> Charset | None:
    named = look.config.get("Global.character_dict_path")
    if look.charset is not None or not isinstance(named, str) or not named:
        return look.charset
    try:
        characters = read_dictionary(look.path(named))
    except StudioError as error:
        # an empty or repeated line is a class of its own to PaddleOCR, not a failure
        missing = not look.path(named).is_file()
        look.add(
            missing or not look.lenient,
            NO_DICTIONARY,
            CHOOSE_DICTIONARY,
            "Global.character_dict_path",
            reason=error.text(),
        )
        return None
    return Charset(characters, bool(look.config.get("Global.use_space_char", not look.lenient)))


def _look_at_lists(look: _Look, section: str, charset: Charset | None) -> int | None:
    """Looks through the lists of a section.

    Returns:
        Lines in all; None if a list could not be read.
    """
    config = look.config
    key = f"{section}.dataset.label_file_list"
    named = config.get(key)
    lists = [named] if isinstance(named, str) else named
    if not isinstance(lists, list) or not lists:
        look.add(True, NO_LISTS, NAME_LIST, key, key=key)
        return None
    known = frozenset(charset.labels) if charset is not None else None
    options = ListOptions(config.task, look.lenient, known, _limit(look))
    tallies = []
    for one in lists:
        file = look.path(str(one))
        folder = look.path(str(config.get(f"{section}.dataset.data_dir") or "."))
        try:
            tallies.append((file, look_through(file, folder, options, look.progress, look.cancelled)))
        except OSError as error:
            reason = error.strerror or str(error)
            look.found.append(
                Finding("fatal", NO_LIST, CORRECT_LIST, _at(config, key, list=file, reason=reason, key=key))
            )
    for file, tally in tallies:
        found = list(_findings(file, tally, options, config.get("Global.max_text_length")))
        left_out = tally.lines - tally.usable
        trains = section == "Train" and config.task == "rec" and not look.lenient
        if trains and left_out and not any(finding.is_fatal for finding in found):
            values = {"file": file, "list": file, "count": left_out, "lines": tally.lines}
            found.append(Finding("warning", LEFT_OUT, "", values))
        look.found += found
    if len(tallies) < len(lists):
        return None
    lines = sum(tally.lines for _, tally in tallies)
    if not lines and not look.cancelled():
        shown = ", ".join(str(file) for file, _ in tallies)
        look.found.append(Finding("fatal", EMPTY_LISTS, FILL_LIST, {"file": shown, "list": shown}))
    return lines


def _at(config: TrainConfig, key: str, /, **values: object) -> dict[str, object]:
    return {"file": config.source, "line": config.line_of(key), **values}


def _limit(look: _Look) -> int | None:
    """Most characters of a line that PaddleOCR learns; the built-in engine asks how wide its picture is."""
    length = look.config.get("Global.max_text_length")
    if look.config.task != "rec" or not isinstance(length, int) or not look.lenient:
        return None
    names: set[str] = set()
    for transform in look.config.get("Train.dataset.transforms") or []:
        names |= set(transform) if isinstance(transform, dict) else set()
    # its attention branch needs room for a start and an end mark
    return length - 2 if "MultiLabelEncode" in names else length


def _findings(file: Path, tally: Tally, options: ListOptions, length: Any) -> Iterator[Finding]:
    learned = tally.usable - tally.ignored
    hopeless = bool(tally.lines) and (learned < tally.lines * _LEAST_USABLE if options.lenient else not learned)
    # the commonest fault first: it is the one that a refusal names
    for rule, (line, example, count) in sorted(tally.places.items(), key=lambda item: -item[1][2]):
        if rule in (rules.ALL_UNKNOWN, rules.SOME_UNKNOWN):
            example = _characters(tally)
        spoils = rule.spoils or rule is rules.ALL_IGNORED or (rule in rules.LEFT_OUT and not options.lenient)
        # the built-in engine ends at what it cannot read; a page without boxes is background to it
        refused = rule.spoils and not options.lenient and rule not in rules.LEFT_OUT and rule is not rules.NO_BOXES
        fatal = refused or (hopeless and spoils)
        yield Finding(
            "fatal" if fatal else "warning",
            rule.what,
            BACKGROUND if rule is rules.NO_BOXES and not options.lenient else rule.remedy,
            {
                "file": file,
                "line": line,
                "count": count,
                "example": example,
                "limit": options.limit,
                "wanted": tally.longest + (length - options.limit if options.limit and length else 0),
            },
        )


def _characters(tally: Tally) -> str:
    """The unknown characters, the commonest first, each with its number of lines."""
    ranked = sorted(tally.unknown.items(), key=lambda item: -item[1])
    shown = " ".join(
        f"{'space' if character == SPACE else character}×{count}" for character, count in ranked[:_EXAMPLES]
    )
    return shown + (f" +{len(ranked) - _EXAMPLES}" if len(ranked) > _EXAMPLES else "")


def _look_at_steps(look: _Look, samples: int | None) -> None:
    """Whether anything is trained, and whether it is ever evaluated."""
    config = look.config
    epochs = config.get("Global.epoch_num")
    if not samples or not isinstance(epochs, int):
        return
    system = os.name
    each = steps_per_epoch(config, samples, windows=system == "nt")
    batch = config.get("Train.sampler.first_bs") or config.get("Train.loader.batch_size_per_card")
    if each < 1:
        key = "Train.loader.batch_size_per_card"
        fitting = max(1, samples // 2 if system == "nt" else samples)
        values = {"samples": samples, "batch": batch, "fitting": fitting}
        look.found.append(Finding("fatal", SMALL_SET, SMALLER_BATCH, _at(config, key, key=key, **values)))
        return
    if config.get("Global.eval_batch_epoch"):
        return
    rhythm = config.get("Global.eval_batch_step")
    start, every = rhythm if isinstance(rhythm, list) and len(rhythm) == 2 else (0, rhythm)
    if isinstance(every, int) and isinstance(start, int) and start + max(every, 1) > each * epochs:
        values = {"first": start + every, "steps": each * epochs, "every": each}
        look.found.append(
            Finding("fatal", NEVER_EVALUATED, EVALUATE_EACH, _at(config, "Global.eval_batch_step", **values))
        )
