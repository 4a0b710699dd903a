"""Training configs: PaddleOCR's YAML, with comments kept and wrong values named by line.

PaddleOCR reads configs with PyYAML (YAML 1.1, and a loader that executes tags). Here nothing is ever executed, `1e-3`
is a number as in YAML 1.2, and what is written means the same to PyYAML: numbers get their point, `no` gets its quotes.
"""

from __future__ import annotations

import copy
import dataclasses
import functools
import itertools
import logging
import re
from pathlib import Path
from typing import Any

from ocrstudio.core.config_difference import same
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
from ocrstudio.formats import config_yaml as yaml
from ocrstudio.formats.atomic import read_bytes, write_atomic
from ocrstudio.formats.config_fields import FIELDS, SECTIONS, fault
from ocrstudio.formats.config_text import REMOVED, CannotSpliceError, Edit, is_alias, spliced, without_repeated
from ocrstudio.formats.config_yaml import MISSING, Reading
from ocrstudio.paths import resources

log = logging.getLogger(__name__)

TEMPLATE = "ppocrv6_small_rec"
# A config has some 150 values; aliases can blow a short text up to billions.
_MAX_VALUES = 20_000
_MAX_BYTES = 200_000
# Brackets in brackets; twenty thousand of them would keep the parser for ten seconds.
_MAX_DEPTH = 100

SYNTAX = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the YAML cannot be read ({reason}).")
FIX_LINE = QT_TRANSLATE_NOOP("Errors", "Correct that line or undo the last change.")
FIX_VALUE = QT_TRANSLATE_NOOP("Errors", "Correct the value.")
TOO_MUCH = QT_TRANSLATE_NOOP("Errors", "{file} is too large for a training config.")
TAGGED = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: tags such as {tag} are not allowed, they could run code.")


class TrainConfig:
    """One training config.

    What is set changes the tree at once and the text when it is asked for: only the characters of those values.

    Args:
        text: YAML that was read.
        reading: How it was read.
        source: What errors call it: a file name, or "config".
    """

    def __init__(self, text: str, reading: Reading, source: str) -> None:
        self._text = text
        self._reading = reading
        self._tree = reading.tree
        self._edits: dict[str, Edit] = {}
        self._written: str | None = None  # the text with the edits
        self.source = source

    @classmethod
    def load(cls, path: Path, *, raw: bool = False) -> TrainConfig:
        """Reads a config file.

        Args:
            path: The file.
            raw: See `from_yaml`.

        Raises:
            ProjectError: If it cannot be read.
            ConfigError: If it is no config, or a value does not fit; names file and line.
        """
        return cls.from_yaml(read_text(path), source=str(path), raw=raw)

    @classmethod
    def template(cls, name: str = TEMPLATE) -> TrainConfig:
        """A config that comes with the program.

        Args:
            name: Of the template, or of its model: `ppocrv6_small_rec`, `PP-OCRv6_small_rec`.

        Raises:
            ConfigError: If there is no template of that name; names those there are.
        """
        stem = name.lower().replace("-", "")
        if stem not in template_names():
            raise ConfigError(
                QT_TRANSLATE_NOOP("Errors", "There is no config template {name}."),
                QT_TRANSLATE_NOOP("Errors", "Choose one of: {known}."),
                name=name,
                known=", ".join(template_names()),
            )
        return _template(stem).raw_copy()

    @classmethod
    def from_yaml(cls, text: str, source: str = "config", *, raw: bool = False) -> TrainConfig:
        """Reads the text of a config.

        Args:
            text: YAML.
            source: What errors call it.
            raw: Takes what PaddleOCR takes, for a template whose values are yet to be set: of a key that stands twice
                the last counts, and no value is checked.

        Raises:
            ConfigError: If it is not YAML, has tags, is no mapping of sections, or a known key has a wrong value;
                names the line.
        """
        if len(text) > _MAX_BYTES or _depth(text) > _MAX_DEPTH:
            raise ConfigError(TOO_MUCH, file=source)
        reading = _read(text, source, repeated_keys=raw)
        if not isinstance(reading.tree, dict) or not set(reading.tree) & set(SECTIONS):
            raise ConfigError(
                QT_TRANSLATE_NOOP("Errors", "{file} is no training config: none of its sections was found."),
                QT_TRANSLATE_NOOP("Errors", "A config has the sections {known}."),
                file=source,
                known=", ".join(SECTIONS),
            )
        pointless = _walk(reading.tree, source)
        if raw:
            # repeated keys are gone from the tree, and must not come back with the text
            text, reading = _without_repeated(text, reading)
        config = cls(text, reading, source)
        for key in sorted(pointless, key=lambda key: is_alias(text, reading, key)):
            if yaml.lacks_point(config._node(key)):  # else it has followed its anchor
                config._put(key, pointless[key], copies=True)
        if not raw:
            config.check()
        return config

    def get(self, key: str, default: Any = None) -> Any:
        """The plain value at a dotted path (`Train.dataset.transforms.0` reaches into lists), or `default`."""
        node = self._node(key)
        return default if node is MISSING else yaml.to_plain(node)

    def _node(self, key: str) -> Any:
        node = self._tree
        for part in key.split("."):
            node = yaml.child(node, part)
        return node

    def place_of(self, key: str) -> str | None:
        """Where a key stands: entries of lists that are called by name get their places; None if it is not there.

        `Train.dataset.transforms[RecResizeImg].image_shape` may stand at
        `Train.dataset.transforms.2.RecResizeImg.image_shape`.
        """
        above, bracket, below = key.partition("[")
        if bracket:
            name, _, rest = below.partition("]")
            entries = self.get(above)
            places = [
                place
                for place, one in enumerate(entries if isinstance(entries, list) else ())
                if isinstance(one, dict) and name in one
            ]
            if not places:
                return None
            key = f"{above}.{places[0]}.{name}{rest}"
        return None if self.get(key, MISSING) is MISSING else key

    def set(self, key: str, value: Any, *, copies: bool = False) -> None:
        """Changes one value; comments around it stay.

        Args:
            key: Dotted path. Its last part may be new, the parts before it must exist.
            value: A plain value; lists and dicts of plain values too.
            copies: Whether the copies that aliases make of an anchored value follow it, as they do for whoever edits
                the text. PaddleOCR's `-o` leaves them as they were.

        Raises:
            ConfigError: If there is no such section, or the value does not fit the key.
        """
        _refuse(fault(key, value), "")
        *parents, name = key.split(".")
        node = self._tree
        for depth, part in enumerate(parents):
            child = yaml.child(node, part)
            if child is MISSING or not isinstance(child, (dict, list)):
                raise ConfigError(
                    QT_TRANSLATE_NOOP("Errors", "The config has no {part}, so {key} cannot be set."),
                    QT_TRANSLATE_NOOP("Errors", "Known there: {known}."),
                    part=".".join([*parents[:depth], part]),
                    key=key,
                    known=", ".join(str(one) for one in (node if isinstance(node, dict) else range(len(node)))),
                )
            node = child
        if not parents or (isinstance(node, list) and yaml.child(node, name) is MISSING):
            raise ConfigError(
                QT_TRANSLATE_NOOP("Errors", "{key} cannot be set: only values inside a section can."),
                QT_TRANSLATE_NOOP("Errors", "Write it as Section.key, for example Global.epoch_num."),
                key=key,
            )
        old = yaml.child(node, name)
        if old is MISSING or not same(yaml.to_plain(old), value):
            self._put(key, value, copies=copies)

    def _put(self, key: str, value: Any, *, copies: bool) -> None:
        *parents, name = key.split(".")
        node = self._tree
        for part in parents:
            node = yaml.child(node, part)
        place = int(name) if isinstance(node, list) else name
        old = node.get(place) if isinstance(node, dict) else node[place]
        follow = copies and yaml.is_anchored(old) and not is_alias(self._text, self._reading, key)
        if follow:
            for other, where in yaml.same_nodes(self._tree, old):
                other[where] = yaml.to_node(value)
        node[place] = yaml.to_node(value)
        self._note(key, Edit(value, follow))
        if follow:
            self.to_yaml()  # reads it again: the tree has its anchor back, for the next change

    def _note(self, key: str, edit: Edit) -> None:
        """Remembers a change for the text; one inside another becomes a part of that."""
        for outer in list(self._edits):
            if key.startswith(f"{outer}.") and self._edits[outer].value is not REMOVED:
                self._edits[outer] = Edit(self.get(outer), self._edits[outer].with_copies)
                self._written = None
                return
            if outer.startswith(f"{key}."):
                del self._edits[outer]
        self._edits.pop(key, None)
        self._edits[key] = edit
        self._written = None

    def copies(self, key: str) -> int:
        """How many aliases further down repeat the anchored value of a key."""
        node = self._node(key)
        return sum(1 for _ in yaml.same_nodes(self._tree, node)) - 1 if yaml.is_anchored(node) else 0

    def use_dataset(self, folder: Path, *, own_characters: bool = True) -> None:
        """Points the config at a dataset that `formats.dataset.write_split` wrote: its pages or its lines.

        Args:
            folder: The dataset's folder; it becomes absolute, as PaddleOCR resolves paths against its own folder.
            own_characters: Train only the characters of the dataset's `dict.txt`; False keeps the model's own.
                Detection knows no characters.
        """
        task = "det" if self.task == "det" else "rec"
        home = Path(folder).resolve() / task
        for section, part in (("Train", "train"), ("Eval", "val")):
            self.set(f"{section}.dataset.data_dir", home.as_posix())
            self.set(f"{section}.dataset.label_file_list", [(home / f"{part}.txt").as_posix()])
            if self.get(f"{section}.dataset.ratio_list") is not None:
                self.set(f"{section}.dataset.ratio_list", [1.0])
        dictionary = home.parent / "dict.txt"
        if task == "rec" and own_characters and dictionary.is_file() and dictionary.stat().st_size:
            self.set("Global.character_dict_path", dictionary.as_posix())

    @property
    def task(self) -> str:
        """`rec`, `det` or another of PaddleOCR's model types; `rec` if the config names none."""
        return str(self.get("Architecture.model_type") or "rec")

    def remove(self, key: str) -> None:
        """Takes a value out, its comment too; nothing happens if it is not there."""
        parents, _, name = key.rpartition(".")
        node = self._tree
        for part in parents.split("."):
            node = yaml.child(node, part)
        if isinstance(node, dict) and name in node:
            del node[name]
            self._note(key, Edit(REMOVED))

    def plain(self) -> dict[str, Any]:
        """Everything as plain dicts, lists, numbers and texts."""
        result = yaml.to_plain(self._tree)
        return result if isinstance(result, dict) else {}

    def to_yaml(self) -> str:
        """The config as text: as it was read but for the values that were set."""
        if self._written is None:
            self._written = self._write() if self._edits else self._text
        return self._written

    def _write(self) -> str:
        try:
            text, is_sure = spliced(self._text, self._reading, self._edits)
            if is_sure:
                return text  # and what was read stays what later changes go by: reading again takes its time
        except CannotSpliceError:
            text = ""
        self._text, self._reading = _rewritten(self._tree, text)
        self._tree, self._edits = self._reading.tree, {}
        return self._text

    def save(self, path: Path) -> None:
        """Writes the config in one step; `ProjectError` naming the file if that fails."""
        write_atomic(path, self.to_yaml())

    def copy(self) -> TrainConfig:
        """An independent config with the same content."""
        return TrainConfig.from_yaml(self.to_yaml(), self.source)

    def raw_copy(self) -> TrainConfig:
        """The same, neither read again nor checked, which takes a fifth of the time."""
        made = TrainConfig(self._text, dataclasses.replace(self._reading, tree=copy.deepcopy(self._tree)), self.source)
        made._edits, made._written = dict(self._edits), self._written
        return made

    def line_of(self, key: str) -> int:
        """The line a key stands in, counted from 1; that of its nearest parent if the key was set later."""
        node: Any = self._tree
        line = 0
        for part in key.split("."):
            try:
                line = yaml.lines(node)[part if isinstance(node, dict) else int(part)][0]
            except (AttributeError, KeyError, TypeError, ValueError):
                break
            node = yaml.child(node, part)
        return int(line) + 1

    def check(self) -> None:
        """Raises `ConfigError` with the line if a known key has a value that does not fit."""
        for key in FIELDS:
            place = self.place_of(key)
            if place is not None:
                _refuse(fault(place, self.get(place)), f"{self.source}, line {self.line_of(place)}: ")


def read_text(path: Path) -> str:
    """The text of a config file.

    Raises:
        ProjectError: If it cannot be read.
        ConfigError: If it is too large, or not UTF-8; names file and line.
    """
    data = read_bytes(path)
    if len(data) > _MAX_BYTES:
        raise ConfigError(TOO_MUCH, file=path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(
            QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the config is not UTF-8 text."),
            QT_TRANSLATE_NOOP("Errors", "Save it as UTF-8."),
            file=path,
            line=data[: error.start].count(b"\n") + 1,
        ) from error


@functools.cache
def _template(stem: str) -> TrainConfig:
    """A template as it was read; nobody may change it."""
    return TrainConfig.load(resources() / "config" / f"{stem}.yml")


def template_names() -> list[str]:
    """Names of the configs that come with the program."""
    return sorted(path.stem for path in (resources() / "config").glob("*.yml"))


def _depth(text: str) -> int:
    """How deep brackets lie within each other, at most; those in texts and comments count, too."""
    steps = (1 if one[0] in "[{" else -1 for one in re.finditer(r"[\[\]{}]", text))
    return max(itertools.accumulate(steps), default=0)


def _refuse(found: tuple[str, dict[str, object]] | None, place: str) -> None:
    if found is not None:
        template, values = found
        raise ConfigError(template, FIX_VALUE, place=place, **values)


def _read(text: str, source: str, *, repeated_keys: bool) -> Reading:
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return yaml.read(text, repeated_keys=repeated_keys)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join(str(error.problem or error.context or "").split())
        raise ConfigError(SYNTAX, FIX_LINE, file=source, line=mark.line + 1 if mark else 1, reason=reason) from error
    except (YAMLError, RecursionError, ValueError, NotImplementedError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ConfigError(SYNTAX, FIX_LINE, file=source, line=1, reason=reason) from error


def _without_repeated(text: str, reading: Reading) -> tuple[str, Reading]:
    try:
        single = without_repeated(text, reading)
    except CannotSpliceError:
        single = ""
    return (text, reading) if single == text else _rewritten(reading.tree, single)


def _rewritten(tree: Any, text: str) -> tuple[str, Reading]:
    """A text with what a tree holds: the given one if it holds the same, else ruamel's."""
    if text:
        try:
            reading = _read(text, "", repeated_keys=True)
        except ConfigError:
            reading = None
        if reading is not None and yaml.to_plain(reading.tree) == yaml.to_plain(tree):
            return text, reading
        log.warning("a change did not come out as it was meant; the text is written anew")
    text = yaml.dump(tree)
    return text, yaml.read(text, repeated_keys=True)


def _walk(tree: Any, source: str) -> dict[str, float]:
    """Refuses tags and endless aliases.

    Returns:
        Dotted path -> value of the numbers such as 1e-3 that lack the point that PyYAML needs.
    """
    pointless: dict[str, float] = {}
    stack: list[tuple[Any, int, str]] = [(tree, 1, "")]
    seen = 0
    while stack:
        node, line, path = stack.pop()
        seen += 1
        if seen > _MAX_VALUES:
            raise ConfigError(TOO_MUCH, file=source)
        tag = str(getattr(getattr(node, "tag", None), "value", None) or "")
        if tag and not tag.startswith("tag:yaml.org,2002:map"):
            raise ConfigError(TAGGED, file=source, line=line, tag=tag)
        if isinstance(node, dict):
            places = [(key, yaml.lines(node).get(key, (line - 1,))[0] + 1) for key in node]
        elif isinstance(node, list):
            places = [(index, line) for index in range(len(node))]
        else:
            continue
        for place, at in places:
            below = f"{path}.{place}" if path else str(place)
            if yaml.lacks_point(node[place]):
                pointless[below] = float(node[place])
            stack.append((node[place], at, below))
    return pointless
