"""ruamel as configs need it: what is read keeps its places in the text, what is written means the same to PyYAML.

Nothing here knows keys or sections, and nothing is ever executed.
"""

from __future__ import annotations

import datetime
import functools
import io
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_YAML11_WORDS = re.compile(r"(?i:y|n|yes|no|on|off|true|false|null|~)")
_SIXTIETHS = re.compile(r"[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?")  # 12:30 is 750 for PyYAML
_BARE_EXPONENT = re.compile(r"([-+]?\d[\d_]*)([eE][-+]?\d+)")
# What is a text for every reader of YAML: a word, several, or a path.
_WORD = re.compile(r"(?:[^\W\d]|/|\./)(?:[\w./ -]*[\w./-])?")

MISSING: Any = object()  # there is no such key


@dataclass(frozen=True)
class Reading:
    """A text that was read.

    Attributes:
        tree: Its values with their comments.
        root: Its nodes, whose marks are places in the text.
        aliases: The node and the child's place in it -> start and end of the alias (`*name`) that stands there.
    """

    tree: Any
    root: Any
    aliases: dict[tuple[int, int], tuple[int, int]]


def read(text: str, *, repeated_keys: bool = False) -> Reading:
    """Reads YAML in one pass.

    Args:
        text: One document.
        repeated_keys: Of a key that stands twice the last one counts, as for PyYAML; else it is an error.

    Raises:
        ruamel.yaml.error.YAMLError: And RecursionError, ValueError, NotImplementedError: if it is no YAML.
    """
    from ruamel.yaml.docinfo import DocInfo

    yaml = _yaml(repeated_keys=repeated_keys)
    yaml.doc_infos.append(DocInfo())  # where a `%YAML` at the top is kept
    constructor, parser = yaml.get_constructor_parser(text)
    try:
        root = constructor.composer.get_single_node()
        tree = constructor.construct_document(root) if root is not None else None
        return Reading(tree, root, constructor.composer.aliases)
    finally:
        parser.dispose()


def dump(tree: Any) -> str:
    """The text of a tree, comments included; the layout is ruamel's own."""
    out = io.StringIO()
    _yaml().dump(tree, out)
    return out.getvalue()


def flow(value: Any) -> str:
    """A plain value on one line, as it may stand anywhere in a text: `0.001`, `[0, 500]`, `{a: b}`, `"no"`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(str(key))}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(part) for part in value) + "]"
    return simple_flow(value) or _scalar(value)


def simple_flow(value: Any) -> str | None:
    """See `flow`; None for what needs more thought than a number, a word or a path, or a list of them."""
    if value is None:
        return "null"
    if isinstance(value, (bool, int)):
        return str(value).lower()
    if isinstance(value, float):
        return _BARE_EXPONENT.sub(r"\1.0\2", repr(value)) if math.isfinite(value) else None
    if isinstance(value, str):
        return value if _WORD.fullmatch(value) and not _YAML11_WORDS.fullmatch(value) else None
    if isinstance(value, list):
        parts = [simple_flow(part) for part in value]
        return None if None in parts else f"[{', '.join(part for part in parts if part)}]"
    return None


def _scalar(value: Any) -> str:
    from ruamel.yaml.comments import CommentedSeq

    sequence = CommentedSeq([to_node(value)])
    sequence.fa.set_flow_style()
    text = dump(sequence).strip()
    return json.dumps(value, ensure_ascii=False) if "\n" in text else text[1:-1].strip()


def child(node: Any, part: str) -> Any:
    """The child of a tree's mapping or list by one part of a dotted path; `MISSING` if there is none."""
    if isinstance(node, dict):
        return node.get(part, MISSING)
    if isinstance(node, list) and part.isdecimal() and int(part) < len(node):
        return node[int(part)]
    return MISSING


def lines(node: Any) -> Any:
    """Where the children of a tree's node stand: key or place to (line, column, ...), counted from 0."""
    return getattr(getattr(node, "lc", None), "data", None) or {}


def lacks_point(value: Any) -> bool:
    """Whether a number is text for PyYAML, because it was written like 1e-3."""
    # ruamel keeps how a float was written; -1 is "without a point"
    return getattr(value, "_prec", 0) == -1 and bool(getattr(value, "_exp", ""))


def to_node(value: Any) -> Any:
    """A plain value in a form that ruamel writes so that PyYAML reads the same."""
    from ruamel.yaml.comments import CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, float):
        text = _BARE_EXPONENT.sub(r"\1.0\2", repr(value))
        return _yaml().load(text) if "e" in text else value
    if isinstance(value, str):
        looks_different = any(rule.fullmatch(value) for rule in (_YAML11_WORDS, _BARE_EXPONENT, _SIXTIETHS))
        return DoubleQuotedScalarString(value) if looks_different else value
    if isinstance(value, dict):
        return {str(key): to_node(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        sequence = CommentedSeq([to_node(part) for part in value])
        if all(isinstance(part, (int, float)) for part in value):
            sequence.fa.set_flow_style()
        return sequence
    return value


def to_plain(node: Any) -> Any:
    """A tree as plain dicts, lists, numbers and texts."""
    if isinstance(node, dict):
        return {str(key): to_plain(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [to_plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    if isinstance(node, (datetime.date, datetime.datetime)):
        return node.isoformat()
    return bool(node) if type(node).__name__ == "ScalarBoolean" else str(node)


def is_anchored(node: Any) -> bool:
    """Whether a tree's value has a name that aliases use."""
    return bool(getattr(getattr(node, "anchor", None), "value", None))


def same_nodes(tree: Any, wanted: Any) -> Iterator[tuple[Any, Any]]:
    """Where in a tree the very same anchored value stands: (mapping or list, key or place)."""
    stack, seen = [tree], set()
    while stack:
        node = stack.pop()
        if id(node) in seen or not isinstance(node, (dict, list)):
            continue
        seen.add(id(node))
        for place, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
            if value is wanted:
                yield node, place
            stack.append(value)


def _yaml(*, repeated_keys: bool = False) -> Any:
    from ruamel.yaml import YAML

    composer, constructor, representer = _classes()
    yaml = YAML()
    yaml.Composer = composer
    yaml.Representer = representer
    yaml.preserve_quotes = True
    if repeated_keys:
        yaml.Constructor = constructor
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


@functools.cache
def _classes() -> tuple[Any, Any, Any]:
    from ruamel.yaml.composer import Composer
    from ruamel.yaml.constructor import RoundTripConstructor
    from ruamel.yaml.events import AliasEvent
    from ruamel.yaml.representer import RoundTripRepresenter

    class PlaceKeeper(Composer):
        """Remembers where aliases stand: a node is the same wherever it is used."""

        def __init__(self, loader: Any = None) -> None:
            super().__init__(loader)
            self.aliases: dict[tuple[int, int], tuple[int, int]] = {}

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.parser.check_event(AliasEvent):
                event = self.parser.peek_event()
                place = index if isinstance(index, int) else id(index)
                self.aliases[id(parent), place] = (event.start_mark.index, event.end_mark.index)
            return super().compose_node(parent, index)

    class LastWins(RoundTripConstructor):
        """Takes a repeated key as PyYAML does: the last one counts."""

        def check_mapping_key(self, *_: Any) -> bool:
            return True

    class NullWriter(RoundTripRepresenter):
        """Writes `null` instead of nothing, which people take for a mistake."""

        def represent_none(self, data: Any) -> Any:
            return self.represent_scalar("tag:yaml.org,2002:null", "null")

    NullWriter.add_representer(type(None), NullWriter.represent_none)
    return PlaceKeeper, LastWins, NullWriter
