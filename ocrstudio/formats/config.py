"""Training configs: PaddleOCR's YAML, with comments kept and wrong values named by line.

PaddleOCR reads configs with PyYAML (YAML 1.1, and a loader that executes tags). Here nothing is ever executed, `1e-3`
is a number as in YAML 1.2, and what is written means the same to PyYAML: numbers get their point, `no` gets its quotes.
"""

from __future__ import annotations

import datetime
import io
import re
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
from ocrstudio.formats.atomic import read_bytes, write_atomic
from ocrstudio.formats.config_fields import FIELDS, SECTIONS, fault
from ocrstudio.paths import resources

TEMPLATE = "ppocrv6_small_rec"
# A config has some 150 values; aliases can blow a short text up to billions.
_MAX_VALUES = 20_000
_MAX_BYTES = 1_000_000
_YAML11_WORDS = re.compile(r"(?i:y|n|yes|no|on|off|true|false|null|~)")
_BARE_EXPONENT = re.compile(r"([-+]?\d[\d_]*)([eE][-+]?\d+)")

SYNTAX = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the YAML cannot be read ({reason}).")
FIX_LINE = QT_TRANSLATE_NOOP("Errors", "Correct that line or undo the last change.")
FIX_VALUE = QT_TRANSLATE_NOOP("Errors", "Correct the value.")
TOO_MUCH = QT_TRANSLATE_NOOP("Errors", "{file} is too large for a training config.")
TAGGED = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: tags such as {tag} are not allowed, they could run code.")


class TrainConfig:
    """One training config.

    Args:
        tree: What ruamel read, comments included.
        text: The text it was read from; None if it is not to be written like that again.
        source: What errors call it: a file name, or "config".
    """

    def __init__(self, tree: Any, text: str | None, source: str) -> None:
        self._tree = tree
        self._text = text
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
        data = read_bytes(path)
        if len(data) > _MAX_BYTES:
            raise ConfigError(TOO_MUCH, file=path)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ConfigError(
                QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the config is not UTF-8 text."),
                QT_TRANSLATE_NOOP("Errors", "Save it as UTF-8."),
                file=path,
                line=data[: error.start].count(b"\n") + 1,
            ) from error
        return cls.from_yaml(text, source=str(path), raw=raw)

    @classmethod
    def template(cls, name: str = TEMPLATE) -> TrainConfig:
        """A config that comes with the program.

        Raises:
            ConfigError: If there is no template of that name; names those there are.
        """
        path = resources() / "config" / f"{name}.yml"
        if name not in template_names():
            raise ConfigError(
                QT_TRANSLATE_NOOP("Errors", "There is no config template {name}."),
                QT_TRANSLATE_NOOP("Errors", "Choose one of: {known}."),
                name=name,
                known=", ".join(template_names()),
            )
        return cls.load(path)

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
        from ruamel.yaml.comments import CommentedMap
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        if len(text) > _MAX_BYTES:
            raise ConfigError(TOO_MUCH, file=source)
        try:
            tree = _yaml(repeated_keys=raw).load(text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            reason = " ".join(str(error.problem or error.context or "").split())
            raise ConfigError(
                SYNTAX, FIX_LINE, file=source, line=mark.line + 1 if mark else 1, reason=reason
            ) from error
        except (YAMLError, RecursionError, ValueError, NotImplementedError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ConfigError(SYNTAX, FIX_LINE, file=source, line=1, reason=reason) from error
        if not isinstance(tree, CommentedMap) or not set(tree) & set(SECTIONS):
            raise ConfigError(
                QT_TRANSLATE_NOOP("Errors", "{file} is no training config: none of its sections was found."),
                QT_TRANSLATE_NOOP("Errors", "A config has the sections {known}."),
                file=source,
                known=", ".join(SECTIONS),
            )
        # repeated keys are gone from the tree, and must not come back with the text
        config = cls(tree, None if raw else text, source)
        if _walk(tree, source):
            config._text = None
        if not raw:
            config._check()
        return config

    def get(self, key: str, default: Any = None) -> Any:
        """The plain value at a dotted path (`Train.dataset.transforms.0` reaches into lists), or `default`."""
        node = self._tree
        for part in key.split("."):
            found = _child(node, part)
            if found is _MISSING:
                return default
            node = found
        return _plain(node)

    def set(self, key: str, value: Any) -> None:
        """Changes one value; comments around it stay.

        Args:
            key: Dotted path. Its last part may be new, the parts before it must exist.
            value: A plain value; lists and dicts of plain values too.

        Raises:
            ConfigError: If there is no such section, or the value does not fit the key.
        """
        _refuse(fault(key, value), "")
        *parents, name = key.split(".")
        node = self._tree
        for depth, part in enumerate(parents):
            child = _child(node, part)
            if child is _MISSING or not isinstance(child, (dict, list)):
                raise ConfigError(
                    QT_TRANSLATE_NOOP("Errors", "The config has no {part}, so {key} cannot be set."),
                    QT_TRANSLATE_NOOP("Errors", "Known there: {known}."),
                    part=".".join([*parents[:depth], part]),
                    key=key,
                    known=", ".join(str(one) for one in (node if isinstance(node, dict) else range(len(node)))),
                )
            node = child
        if not parents or (isinstance(node, list) and _child(node, name) is _MISSING):
            raise ConfigError(
                QT_TRANSLATE_NOOP("Errors", "{key} cannot be set: only values inside a section can."),
                QT_TRANSLATE_NOOP("Errors", "Write it as Section.key, for example Global.epoch_num."),
                key=key,
            )
        node[int(name) if isinstance(node, list) else name] = _node(value)
        self._text = None

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
            node = _child(node, part)
        if isinstance(node, dict) and name in node:
            del node[name]
            self._text = None

    def plain(self) -> dict[str, Any]:
        """Everything as plain dicts, lists, numbers and texts."""
        result = _plain(self._tree)
        return result if isinstance(result, dict) else {}

    def to_yaml(self) -> str:
        """The config as text: as it was read if nothing was set, else with comments kept."""
        if self._text is None:
            out = io.StringIO()
            _yaml().dump(self._tree, out)
            self._text = out.getvalue()
        return self._text

    def save(self, path: Path) -> None:
        """Writes the config in one step; `ProjectError` naming the file if that fails."""
        write_atomic(path, self.to_yaml())

    def copy(self) -> TrainConfig:
        """An independent config with the same content."""
        return TrainConfig.from_yaml(self.to_yaml(), self.source)

    def raw_copy(self) -> TrainConfig:
        """The same, without a check of the values: for a template whose values are yet to be set."""
        return TrainConfig.from_yaml(self.to_yaml(), self.source, raw=True)

    def line_of(self, key: str) -> int:
        """The line a key stands in, counted from 1; that of its nearest parent if the key was set later."""
        node: Any = self._tree
        line = 0
        for part in key.split("."):
            try:
                line = _lines(node)[part if isinstance(node, dict) else int(part)][0]
            except (AttributeError, KeyError, TypeError, ValueError):
                break
            node = _child(node, part)
        return int(line) + 1

    def _check(self) -> None:
        for key in FIELDS:
            value = self.get(key, _MISSING)
            if value is not _MISSING:
                _refuse(fault(key, value), f"{self.source}, line {self.line_of(key)}: ")


def template_names() -> list[str]:
    """Names of the configs that come with the program."""
    return sorted(path.stem for path in (resources() / "config").glob("*.yml"))


def parse_override(text: str) -> tuple[str, Any]:
    """Reads `Section.key=value` as `-o` takes it.

    The first `=` separates, so values may contain more of them. Values are YAML; texts that only look like something
    else (dates, a leading `#` or `@`, Windows paths) stay texts, `None` means null.

    Args:
        text: For example `Optimizer.lr.learning_rate=1e-3`.

    Raises:
        ConfigError: If there is no `=`, no key, or the value is broken YAML.
    """
    key, equals, raw = text.partition("=")
    key, raw = key.strip(), raw.strip()
    if not equals or not key:
        raise ConfigError(
            QT_TRANSLATE_NOOP("Errors", "{text} is no override."),
            QT_TRANSLATE_NOOP("Errors", "Write it as key=value, for example Global.epoch_num=5."),
            text=text,
        )
    return key, _override_value(key, raw, text)


def _override_value(key: str, raw: str, text: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if raw in ("None", ""):
        return None
    field = FIELDS.get(key)
    is_text = field is not None and field.kind == "text" and raw not in ("null", "~") and raw[0] not in "'\""
    if is_text or raw[0] in "#@`%":
        return raw
    try:
        value = YAML(typ="safe", pure=True).load(raw)
    except (YAMLError, RecursionError, ValueError) as error:
        raise ConfigError(
            QT_TRANSLATE_NOOP("Errors", "The value in {text} is not valid YAML."),
            QT_TRANSLATE_NOOP("Errors", "Put it in quotes if it is text."),
            text=text,
        ) from error
    return raw if isinstance(value, (datetime.date, bytes, set)) else value


# --- ruamel ----------------------------------------------------------------------------------------------------------

_MISSING: Any = object()


def _yaml(*, repeated_keys: bool = False) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import RoundTripConstructor
    from ruamel.yaml.representer import RoundTripRepresenter

    class NullWriter(RoundTripRepresenter):
        """Writes `null` instead of nothing, which people take for a mistake."""

        def represent_none(self, data: Any) -> Any:
            return self.represent_scalar("tag:yaml.org,2002:null", "null")

    class LastWins(RoundTripConstructor):
        """Takes a repeated key as PyYAML does: the last one counts."""

        def check_mapping_key(self, *_: Any) -> bool:
            return True

    NullWriter.add_representer(type(None), NullWriter.represent_none)
    yaml = YAML()
    yaml.Representer = NullWriter
    yaml.preserve_quotes = True
    if repeated_keys:
        yaml.Constructor = LastWins
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _refuse(found: tuple[str, dict[str, object]] | None, place: str) -> None:
    if found is not None:
        template, values = found
        raise ConfigError(template, FIX_VALUE, place=place, **values)


def _child(node: Any, part: str) -> Any:
    if isinstance(node, dict):
        return node.get(part, _MISSING)
    if isinstance(node, list) and part.isdecimal() and int(part) < len(node):
        return node[int(part)]
    return _MISSING


def _walk(tree: Any, source: str) -> bool:
    """Refuses tags and endless aliases, and gives numbers such as 1e-3 the point that PyYAML needs.

    Returns:
        Whether something was given a point.
    """
    changed = False
    stack: list[tuple[Any, int]] = [(tree, 1)]
    seen = 0
    while stack:
        node, line = stack.pop()
        seen += 1
        if seen > _MAX_VALUES:
            raise ConfigError(TOO_MUCH, file=source)
        tag = str(getattr(getattr(node, "tag", None), "value", None) or "")
        if tag and not tag.startswith("tag:yaml.org,2002:map"):
            raise ConfigError(TAGGED, file=source, line=line, tag=tag)
        if isinstance(node, dict):
            places = [(key, _lines(node).get(key, (line - 1,))[0] + 1) for key in node]
        elif isinstance(node, list):
            places = [(index, line) for index in range(len(node))]
        else:
            continue
        for place, at in places:
            if _lacks_point(node[place]):
                node[place] = _node(float(node[place]))
                changed = True
            stack.append((node[place], at))
    return changed


def _lines(node: Any) -> Any:
    """Where ruamel read the children of a node: key or place to (line, column, ...), counted from 0."""
    return getattr(getattr(node, "lc", None), "data", None) or {}


def _lacks_point(value: Any) -> bool:
    # ruamel keeps how a float was written; -1 is "without a point"
    return getattr(value, "_prec", 0) == -1 and bool(getattr(value, "_exp", ""))


def _node(value: Any) -> Any:
    """A plain value in a form that ruamel writes so that PyYAML reads the same."""
    from ruamel.yaml.comments import CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, float):
        text = _BARE_EXPONENT.sub(r"\1.0\2", repr(value))
        return _yaml().load(text) if "e" in text else value
    if isinstance(value, str):
        looks_different = _YAML11_WORDS.fullmatch(value) or _BARE_EXPONENT.fullmatch(value)
        return DoubleQuotedScalarString(value) if looks_different else value
    if isinstance(value, dict):
        return {str(key): _node(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        sequence = CommentedSeq([_node(part) for part in value])
        if all(isinstance(part, (int, float)) for part in value):
            sequence.fa.set_flow_style()
        return sequence
    return value


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [_plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    if isinstance(node, (datetime.date, datetime.datetime)):
        return node.isoformat()
    return bool(node) if type(node).__name__ == "ScalarBoolean" else str(node)
