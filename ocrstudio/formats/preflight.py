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

from ocrstudio.core import line_fixes
from ocrstudio.core import list_rules as rules
from ocrstudio.core.charset import SPACE, Charset
from ocrstudio.core.checks import ABOUT_LISTS, BY_ID
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError, StudioError
from ocrstudio.core.findings import Cure, Finding, Place
from ocrstudio.core.findings import refuse as refuse_findings
from ocrstudio.core.list_rules import Rule, Tally
from ocrstudio.formats.checkout import Checkout
from ocrstudio.formats.checkout_config import mappings, steps_per_epoch
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.config_fields import SECTIONS
from ocrstudio.formats.dictionary import read_dictionary
from ocrstudio.formats.picture_facts import PictureStore
from ocrstudio.formats.preflight_files import bundle_findings, save_dir_findings, weight_findings
from ocrstudio.formats.preflight_lists import ListLook, ListOptions, look_through
from ocrstudio.formats.preflight_names import name_findings
from ocrstudio.formats.run_folder import PADDLEOCR

DICTIONARY_KEY = "Global.character_dict_path"
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


# What the program can do about the lines that a rule is about.
_CURES = {
    "encoding": (line_fixes.PLAIN, QT_TRANSLATE_NOOP("Errors", "Write the lists as UTF-8 with line feeds only")),
    "byte-order-mark": (line_fixes.PLAIN, QT_TRANSLATE_NOOP("Errors", "Write the lists as UTF-8 with line feeds only")),
    "line-ends": (line_fixes.PLAIN, QT_TRANSLATE_NOOP("Errors", "Write the lists as UTF-8 with line feeds only")),
    "blank-lines": (line_fixes.PLAIN, QT_TRANSLATE_NOOP("Errors", "Write the lists without blank lines")),
    "tabs": (
        line_fixes.TAB,
        QT_TRANSLATE_NOOP(
            "Errors", "Put one tab behind every picture's path, and leave out lines that name no picture"
        ),
    ),
    "backslashes": (line_fixes.SLASHES, QT_TRANSLATE_NOOP("Errors", "Write forward slashes")),
    "missing-pictures": (
        line_fixes.PATHS,
        QT_TRANSLATE_NOOP("Errors", "Find the pictures by their names, and leave out lines whose picture is nowhere"),
    ),
}
LEAVE_OUT = QT_TRANSLATE_NOOP("Errors", "Leave these lines out")
_LEFT_OUT_CHECKS = frozenset(
    {"empty-pictures", "broken-pictures", "cut-pictures", "empty-texts", "boxes", "no-boxes", "ignored-pages"}
)
RAISE_LENGTH = QT_TRANSLATE_NOOP("Errors", "Set max_text_length to {wanted} everywhere")
USE_OWN = QT_TRANSLATE_NOOP("Errors", "Use the dataset's own dictionary, which has all of them")
ADD_CHARACTERS = QT_TRANSLATE_NOOP("Errors", "Write a dictionary with these characters added and use it")
SET_VALUE = QT_TRANSLATE_NOOP("Errors", "Set {key} to {wanted}")


@dataclass
class Look:
    """What a look is about, and what it has found.

    Attributes:
        config: The config.
        engine: `BUILTIN` or `PADDLEOCR`.
        checkout: Of PaddleOCR.
        charset: The characters that are learned, once they are known.
        pictures: Decodes every picture; None looks at some, for the engines, which are in a hurry.
        found: What was found, in any order.
        lists: "Train" and "Eval" to the lists that could be read.
        open: Ids of checks that could not be made.
    """

    config: TrainConfig
    engine: str
    checkout: Checkout | None = None
    charset: Charset | None = None
    progress: Callable[[int, int], None] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False
    pictures: PictureStore | None = None
    found: list[Finding] = field(default_factory=list)
    lists: dict[str, list[ListLook]] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)

    @property
    def lenient(self) -> bool:
        """Whether PaddleOCR reads: further columns are allowed, and bad lines are replaced."""
        return self.engine == PADDLEOCR

    @property
    def root(self) -> Path:
        """What relative paths are resolved against."""
        return self.checkout.path if self.checkout is not None else Path.cwd()

    def add(
        self,
        severity: str,
        check: str,
        what: str,
        remedy: str = "",
        key: str = "",
        /,
        cure: Cure | None = None,
        places: tuple[Place, ...] = (),
        **values: object,
    ) -> None:
        """Adds a finding; with `key`, file and line are those of the config."""
        place = {"file": self.config.source, "line": self.config.line_of(key) if key else 1}
        if key:
            place["key"] = key
        known: Any = severity
        self.found.append(Finding(known, what, remedy, {**place, **values}, check, places, cure))

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

    The flight check (`formats.flight_check`) makes this look too, and then one for everything that could be better.

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
    look = Look(config, engine, checkout, charset, progress, cancelled)
    look_over(look, save_dir)
    return sorted(look.found, key=lambda finding: not finding.is_fatal)


def look_over(look: Look, save_dir: Path | None) -> None:
    """The look of `preflight`: fills `found`, `lists` and `open` of a look.

    Args:
        look: What it is about.
        save_dir: Where the run writes; None takes `Global.save_model_dir`.
    """
    config = look.config
    missing = [section for section in SECTIONS if not isinstance(config.get(section), dict)] if look.lenient else []
    for section in missing:
        look.add("fatal", "sections", NO_SECTION, TAKE_TEMPLATE, section=section)
    if missing:
        look.open |= BY_ID.keys()
        return
    _look_at_values(look)
    if look.checkout is not None:
        look.found += name_findings(config, look.checkout)
    else:
        look.open.add("names")
    if config.task == "rec":
        look.charset = _look_at_dictionary(look)
    counts = {section: _look_at_lists(look, section) for section in ("Train", "Eval")}
    if look.lenient:
        _look_at_steps(look, counts["Train"])
        look.found += weight_findings(config, look.root, look.charset)
    else:
        look.found += bundle_findings(config)
    target = save_dir or Path(str(config.get("Global.save_model_dir") or "."))
    look.found += save_dir_findings(config, look.root / target, lenient=look.lenient)


def refuse(findings: list[Finding]) -> None:
    """Raises the first fatal finding as a `ConfigError`; nothing happens if there is none."""
    refuse_findings(findings, ConfigError)


def _look_at_values(look: Look) -> None:
    config = look.config
    epochs = config.get("Global.epoch_num")
    if not isinstance(epochs, int) or epochs < 1:
        look.add("fatal", "epochs", NO_EPOCHS, ONE_EPOCH, "Global.epoch_num")
    key = "Optimizer.lr.learning_rate"
    rate = config.get(key)
    if isinstance(rate, str):
        look.add("fatal", "rate-number", RATE_IS_TEXT, WRITE_RATE, key, cure=_number_cure(key, rate), value=rate)
    found = [config.get(f"{section}.loader") for section in ("Train", "Eval")]
    loaders = [one if isinstance(one, dict) else {} for one in found]
    if look.lenient and any(one.get("num_workers", 4) and one.get("use_shared_memory", True) for one in loaders):
        free = _shared_memory()
        if free is not None and free < _LEAST_SHM:
            off = {f"{section}.loader.use_shared_memory": False for section in ("Train", "Eval")}
            look.add("fatal", "shared-memory", SMALL_SHM, SHM_OFF, cure=Cure(SHM_OFF, off), free=free >> 20)


def _number_cure(key: str, text: str) -> Cure | None:
    """The number that was meant by a text such as "1e-3"; None if it is none."""
    try:
        value = float(text.strip().strip("'\""))
    except ValueError:
        return None
    return Cure(SET_VALUE, {key: value}) if 0 < value < 10 else None


def _shared_memory() -> int | None:
    try:
        return shutil.disk_usage("/dev/shm").free  # noqa: S108 - looked at, not written to
    except OSError:
        return None


def _look_at_dictionary(look: Look) -> Charset | None:
    key = DICTIONARY_KEY
    named = look.config.get(key)
    if look.charset is not None or not isinstance(named, str) or not named:
        return look.charset
    try:
        characters = read_dictionary(look.path(named))
    except StudioError as error:
        # an empty or repeated line is a class of its own to PaddleOCR, not a failure
        missing = not look.path(named).is_file()
        severity = "fatal" if missing or not look.lenient else "warning"
        look.add(severity, "dictionary", NO_DICTIONARY, CHOOSE_DICTIONARY, key, reason=error.text())
        look.open |= {"characters", "characters-unused", "weights-characters"}
        return None
    return Charset(characters, bool(look.config.get("Global.use_space_char", not look.lenient)))


def _look_at_lists(look: Look, section: str) -> int | None:
    """Looks through the lists of a section.

    Returns:
        Lines in all; None if a list could not be read.
    """
    config = look.config
    key = f"{section}.dataset.label_file_list"
    named = config.get(key)
    lists = [named] if isinstance(named, str) else named
    looks = look.lists[section] = []
    if not isinstance(lists, list) or not lists:
        look.add("fatal", "lists", NO_LISTS, NAME_LIST, key)
        look.open |= ABOUT_LISTS
        return None
    known = frozenset(look.charset.labels) if look.charset is not None else None
    options = ListOptions(config.task, look.lenient, known, _limit(look), look.pictures)
    for one in lists:
        file = look.path(str(one))
        folder = look.path(str(config.get(f"{section}.dataset.data_dir") or "."))
        try:
            looks.append(look_through(file, folder, options, look.progress, look.cancelled))
        except OSError as error:
            reason = error.strerror or str(error)
            look.add("fatal", "lists", NO_LIST, CORRECT_LIST, key, list=file, reason=reason)
    for one in looks:
        found = list(_findings(look, one, options))
        left_out = one.tally.lines - one.tally.usable
        trains = section == "Train" and config.task == "rec" and not look.lenient
        if trains and left_out and not any(finding.is_fatal for finding in found):
            values: dict[str, Any] = {"file": one.file, "list": one.file, "count": left_out, "lines": one.tally.lines}
            found.append(Finding("warning", LEFT_OUT, "", values, "usable"))
        look.found += found
    if len(looks) < len(lists):
        look.open |= ABOUT_LISTS
        return None
    lines = sum(one.tally.lines for one in looks)
    if not lines and not look.cancelled():
        shown = ", ".join(str(one.file) for one in looks)
        look.found.append(Finding("fatal", EMPTY_LISTS, FILL_LIST, {"file": shown, "list": shown}, "lists"))
        look.open |= ABOUT_LISTS
    return lines


def _limit(look: Look) -> int | None:
    """Most characters of a line that PaddleOCR learns; the built-in engine asks how wide its picture is."""
    length = look.config.get("Global.max_text_length")
    if look.config.task != "rec" or not isinstance(length, int) or not look.lenient:
        return None
    names: set[str] = set()
    for transform in _train_transforms(look.config):
        names |= set(transform) if isinstance(transform, dict) else set()
    # its attention branch needs room for a start and an end mark
    return length - 2 if "MultiLabelEncode" in names else length


def _findings(look: Look, seen: ListLook, options: ListOptions) -> Iterator[Finding]:
    tally, length = seen.tally, look.config.get("Global.max_text_length")
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
        wanted = tally.longest + (length - options.limit if options.limit and isinstance(length, int) else 0)
        yield Finding(
            "fatal" if fatal else "warning",
            rule.what,
            BACKGROUND if rule is rules.NO_BOXES and not options.lenient else rule.remedy,
            {
                "file": seen.file,
                "line": line,
                "count": count,
                "example": example,
                "limit": options.limit,
                "wanted": wanted,
            },
            rule.check,
            tuple(seen.place(number, text) for number, text in tally.everywhere.get(rule, ())),
            _cure(look, seen, rule, wanted),
        )


def _cure(look: Look, seen: ListLook, rule: Rule, wanted: int) -> Cure | None:
    """What the program can do about the lines that a rule is about; None if they were not all kept."""
    lines = seen.tally.everywhere.get(rule)
    if not lines:
        return None
    if rule is rules.TOO_LONG:
        return Cure(RAISE_LENGTH, length_settings(look.config, wanted))
    if rule in (rules.ALL_UNKNOWN, rules.SOME_UNKNOWN):
        own = _own_dictionary(look, seen)
        return Cure(USE_OWN, {DICTIONARY_KEY: own}) if own else Cure(ADD_CHARACTERS, fix=line_fixes.DICTIONARY)
    if rule.check in _LEFT_OUT_CHECKS:
        return Cure(LEAVE_OUT, fix=line_fixes.DROP, lines={str(seen.file): tuple(number for number, _ in lines)})
    if rule.check in _CURES:
        fix, title = _CURES[rule.check]
        return Cure(title, fix=fix)
    return None


def _own_dictionary(look: Look, seen: ListLook) -> str:
    """The dataset's own dictionary, if it is not the one in use and has every character that one lacks."""
    file = seen.file.parent.parent / "dict.txt"
    try:
        known = set(read_dictionary(file))
    except StudioError:
        return ""
    in_use = look.path(str(look.config.get(DICTIONARY_KEY) or ""))
    return file.as_posix() if seen.tally.unknown.keys() <= known and file != in_use else ""


def _train_transforms(config: TrainConfig) -> list[Any]:
    found = config.get("Train.dataset.transforms")
    return found if isinstance(found, list) else []


def length_settings(config: TrainConfig, length: int) -> dict[str, Any]:
    """Every copy of `max_text_length` in a config, set to a length: `Global`'s, RecConAug's, the heads'."""
    paths = [path for path, node in mappings(config.plain()) if "max_text_length" in node]
    return dict.fromkeys((f"{path}.max_text_length" for path in paths), length)


def _characters(tally: Tally) -> str:
    """The unknown characters, the commonest first, each with its number of lines."""
    ranked = sorted(tally.unknown.items(), key=lambda item: -item[1])
    shown = " ".join(
        f"{'space' if character == SPACE else character}×{count}" for character, count in ranked[:_EXAMPLES]
    )
    return shown + (f" +{len(ranked) - _EXAMPLES}" if len(ranked) > _EXAMPLES else "")


def _look_at_steps(look: Look, samples: int | None) -> None:
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
        values: dict[str, Any] = {"samples": samples, "batch": batch, "fitting": fitting, "wanted": fitting}
        look.add("fatal", "batch", SMALL_SET, SMALLER_BATCH, key, cure=batch_cure(config, fitting), **values)
        return
    if config.get("Global.eval_batch_epoch"):
        return
    rhythm = config.get("Global.eval_batch_step")
    start, every = rhythm if isinstance(rhythm, list) and len(rhythm) == 2 else (0, rhythm)
    if isinstance(every, int) and isinstance(start, int) and start + max(every, 1) > each * epochs:
        key, values = "Global.eval_batch_step", {"first": start + every, "steps": each * epochs, "every": each}
        cure = Cure(EVALUATE_EACH, {key: [0, each]})
        look.add("fatal", "evaluation", NEVER_EVALUATED, EVALUATE_EACH, key, cure=cure, **values)


def batch_cure(config: TrainConfig, size: int) -> Cure:
    """Another batch size, in the loader and in the sampler that PaddleOCR takes it from."""
    settings = {"Train.loader.batch_size_per_card": size}
    if config.get("Train.sampler.first_bs") is not None:
        settings["Train.sampler.first_bs"] = size
    return Cure(SET_VALUE, settings)
