"""`-o key=value`: read as PaddleOCR reads it, told where that is not what was meant, and written so that both agree.

PaddleOCR splits at `=`, hands the value to PyYAML (YAML 1.1) and walks dots through mappings only. Source: its
`tools/program.py` and runs of 2.8 and 3.x.
"""

from __future__ import annotations

import datetime
import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ocrstudio.core.config_difference import ABSENT, Difference
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
from ocrstudio.core.findings import Finding
from ocrstudio.formats.config_fields import field_of
from ocrstudio.formats.config_yaml import flow

NO_OVERRIDE = QT_TRANSLATE_NOOP("Errors", "{text} is no override.")
WRITE_SO = QT_TRANSLATE_NOOP("Errors", "Write it as key=value, for example Global.epoch_num=5.")
BROKEN = QT_TRANSLATE_NOOP("Errors", "The value in {text} is not valid YAML.")
QUOTE_IT = QT_TRANSLATE_NOOP("Errors", "Put it in quotes if it is text.")
EXPONENT = QT_TRANSLATE_NOOP("Errors", "PaddleOCR takes {raw} of {key} for text; in the config it becomes {value}.")
NONE_TEXT = QT_TRANSLATE_NOOP("Errors", "PaddleOCR takes None of {key} for a text; in the config it becomes null.")
OTHERWISE = QT_TRANSLATE_NOOP(
    "Errors", "PaddleOCR makes {theirs} of {raw} for {key}; in the config it becomes {value}."
)
EQUALS = QT_TRANSLATE_NOOP("Errors", "{key}: PaddleOCR's -o fails on a value with = in it.")
IN_LIST = QT_TRANSLATE_NOOP("Errors", "{key}: PaddleOCR's -o cannot reach into lists; this program's can.")
LEFT_OUT = QT_TRANSLATE_NOOP(
    "Errors", "PaddleOCR takes only the last -o; what stands before it ({count}) was left out."
)
GONE = QT_TRANSLATE_NOOP("Errors", "{key} was taken out, which -o cannot say.")
COPIES = QT_TRANSLATE_NOOP(
    "Errors", "{key}: the {count} copies of it further down stay as they are, as with PaddleOCR."
)

_EXPONENT = re.compile(r"[-+]?\d[\d_]*[eE][-+]?\d+")
_PLACE = re.compile(r"\.\d+(?:\.|$)")


@dataclass(frozen=True)
class Override:
    """One `key=value`.

    Attributes:
        key: Dotted path.
        value: Plain.
        notes: What to know about it: where PaddleOCR would read something else.
    """

    key: str
    value: Any
    notes: tuple[Finding, ...] = ()

    @property
    def text(self) -> str:
        """As it is given to `-o`, without quotes for a shell."""
        return f"{self.key}={_written(self.key, self.value)}"


def parse_override(text: str) -> tuple[str, Any]:
    """Reads `Section.key=value`; see `read_override`."""
    override = read_override(text)
    return override.key, override.value


def read_override(text: str) -> Override:
    """Reads `Section.key=value`.

    The first `=` separates, so values may contain more of them. Values are what PaddleOCR would read, with a few
    exceptions that are noted: 1e-3 is a number, `None` is null, and texts that only look like something else (dates,
    times, a leading `#` or `@`, Windows paths) stay texts.

    Args:
        text: For example `Optimizer.lr.learning_rate=1e-3`.

    Raises:
        ConfigError: If there is no `=`, no key, or the value is broken YAML.
    """
    key, equals, raw = text.partition("=")
    key, raw = key.strip(), raw.strip()
    if not equals or not key:
        raise ConfigError(NO_OVERRIDE, WRITE_SO, text=text)
    value = _meant(key, raw, text)
    return Override(key, value, tuple(_notes(key, raw, value)))


def read_value(key: str, raw: str) -> Any:
    """The value that a text means for a key; see `read_override`.

    Raises:
        ConfigError: If it is broken YAML.
    """
    return _meant(key, raw.strip(), raw)


def read_line(line: str) -> tuple[list[Override], list[Finding]]:
    """Reads what somebody pasted: a whole command, `-o a=b c=d`, or only the pairs.

    Args:
        line: Quotes group; a list in brackets may have spaces without them.

    Returns:
        The overrides, and what to know about the line as a whole.

    Raises:
        ConfigError: If a part is no override; names it.
    """
    words = _words(line)
    groups: list[list[str]] = []
    for place, word in enumerate(words):
        if word in ("-o", "--opt"):
            groups.append([])
        elif groups and not word.startswith("-"):
            groups[-1].append(word)
        elif groups and place:
            break  # another option: what follows is its own
    notes = []
    left_out = sum(len(group) for group in groups[:-1])
    if left_out:
        notes.append(Finding("warning", LEFT_OUT, values={"count": left_out}))
    return [read_override(word) for word in (groups[-1] if groups else words)], notes


def overrides_of(found: Iterable[Difference]) -> tuple[list[Override], list[Finding]]:
    """The overrides that make the first config of a comparison the second one, and what they cannot do."""
    made, notes = [], []
    for difference in found:
        if difference.mine is ABSENT:
            notes.append(Finding("warning", GONE, values={"key": difference.key}))
            continue
        override = Override(difference.key, difference.mine)
        about = list(_notes(override.key, _written(override.key, override.value), override.value))
        made.append(Override(override.key, override.value, tuple(about)))
    return made, notes


def command_line(config: str, overrides: Iterable[Override]) -> str:
    """`ocrstudio train CONFIG -o …`, quoted for a shell."""
    pairs = [shlex.quote(override.text) for override in overrides]
    return " ".join(["ocrstudio", "train", shlex.quote(config), *(["-o", *pairs] if pairs else [])])


def _written(key: str, value: Any) -> str:
    field = field_of(key)
    if isinstance(value, str) and field is not None and field.kind == "text" and value and value == value.strip():
        plain = value not in ("null", "~", "None") and value[0] not in "'\""
        return value if plain else flow(value)
    return flow(value)


def _meant(key: str, raw: str, text: str) -> Any:
    if raw in ("None", ""):
        return None
    field = field_of(key)
    is_text = field is not None and field.kind == "text" and raw not in ("null", "~") and raw[0] not in "'\""
    if is_text or raw[0] in "#@`%":
        return raw
    value = _loaded(raw, text, version=None)
    if isinstance(value, str) and raw[0] not in "'\"":
        # yes, no, on and off: what PaddleOCR reads, too
        older = _loaded(raw, text, version=(1, 1))
        value = older if isinstance(older, bool) else value
    return raw if isinstance(value, (datetime.date, bytes, set)) else value


def _loaded(raw: str, text: str, *, version: tuple[int, int] | None) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    yaml = YAML(typ="safe", pure=True)
    if version:
        yaml.version = version
    try:
        return yaml.load(raw)
    except (YAMLError, RecursionError, ValueError) as error:
        raise ConfigError(BROKEN, QUOTE_IT, text=text) from error


def _theirs(raw: str) -> Any:
    """What PaddleOCR makes of a value."""
    try:
        return _loaded(raw, raw, version=(1, 1))
    except ConfigError:
        return ABSENT


def _notes(key: str, raw: str, value: Any) -> Iterable[Finding]:
    told = {"key": key, "raw": raw, "value": flow(value)}
    if _PLACE.search(key):
        yield Finding("warning", IN_LIST, values=told)
    if "=" in raw:
        yield Finding("warning", EQUALS, values=told)
        return
    if raw == "None":
        yield Finding("warning", NONE_TEXT, values=told)
    elif raw == told["value"]:
        return  # written as everybody reads it
    elif _EXPONENT.fullmatch(raw) and not isinstance(value, str):
        yield Finding("warning", EXPONENT, values=told)
    else:
        theirs = _theirs(raw)
        if theirs is not ABSENT and (type(theirs), theirs) != (type(value), value):
            yield Finding("warning", OTHERWISE, values={**told, "theirs": _told(theirs)})


def _told(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else flow(value)


def _words(line: str) -> list[str]:
    """Words as a shell divides them, but for backslashes, which paths need, and brackets, which hold together."""
    words: list[str] = []
    word, quote, depth = "", "", 0
    for letter in line.replace("\n", " ") + " ":
        if quote:
            quote, word = ("", word) if letter == quote else (quote, word + letter)
        elif letter in "'\"" and (not word or word[-1] in "=,[{: "):
            quote = letter
        elif letter.isspace() and depth <= 0:
            words += [word] if word else []
            word = ""
        else:
            depth += (letter in "[{") - (letter in "]}")
            word += letter
    return [*words, word.rstrip()] if word.strip() else words
