"""Changes in the text of a config: only the characters of the values that changed, everything else byte by byte.

ruamel could write the whole tree instead, but in a layout of its own: one number changed in one of PaddleOCR's configs
moves most of its lines.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ocrstudio.formats.config_yaml import Reading, dump, flow, simple_flow, to_node

REMOVED: Any = object()  # the value of a key that is to go

_ANCHOR = re.compile(r"&(\S+)\s*")
_FLAT = (str, int, float, type(None))


class CannotSpliceError(Exception):
    """The change does not fit into the text as it stands."""


@dataclass(frozen=True)
class Edit:
    """What becomes of one key.

    Attributes:
        value: Plain, or `REMOVED`.
        with_copies: Whether the aliases of an anchored value follow.
    """

    value: Any
    with_copies: bool = False


@dataclass(frozen=True)
class _Splice:
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class _Entry:
    """A child of a mapping or list; `start` and `end` are of its value, or of the alias that stands for it."""

    parent: Any
    key: Any
    node: Any
    start: int
    end: int
    is_alias: bool


def spliced(text: str, reading: Reading, edits: Mapping[str, Edit]) -> tuple[str, bool]:
    """The text with some values changed.

    Args:
        text: What was read.
        reading: How it was read.
        edits: Dotted path -> change. No path leads through another one.

    Returns:
        The new text, and whether it surely means what it should: only single values of one line took simple ones.

    Raises:
        CannotSpliceError: If a path is not to be found, or the changes get in each other's way.
    """
    work = _Text(text, reading)
    return work.changed(edits), work.is_sure


def is_alias(text: str, reading: Reading, key: str) -> bool:
    """Whether a key's value is written as an alias of another one; False if the text has no such key."""
    return _Text(text, reading).is_alias(key)


def without_repeated(text: str, reading: Reading) -> str:
    """The text without those entries that a later one of the same key makes void.

    Raises:
        CannotSpliceError: If one of them holds an anchor, or stands in braces.
    """
    return _Text(text, reading).without_repeated()


class _Text:
    def __init__(self, text: str, reading: Reading) -> None:
        self._text = text
        self._root = reading.root
        self._aliases = reading.aliases
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self.is_sure = True

    def changed(self, edits: Mapping[str, Edit]) -> str:
        splices: list[_Splice] = []
        for key, edit in edits.items():
            *parents, name = key.split(".")
            parent = self._root
            for part in parents:
                parent = self._entry(parent, part).node
            entry = self._find(parent, name)
            self.is_sure = self.is_sure and entry is not None and self._is_simple(entry, edit)
            if edit.value is REMOVED:
                splices += [self._removal(entry)] if entry is not None else []
            elif entry is None:
                splices.append(self._addition(parent, name, edit.value))
            else:
                splices.extend(self._replacement(entry, edit))
        return self._apply(splices)

    def is_alias(self, key: str) -> bool:
        *parents, name = key.split(".")
        node = self._root
        for part in parents:
            above = self._find(node, part)
            if above is None:
                return False
            node = above.node
        found = self._find(node, name)
        return found is not None and found.is_alias

    def without_repeated(self) -> str:
        splices = []
        stack, seen = [self._root], set()
        while stack:
            node = stack.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            last: dict[str, _Entry] = {}
            for entry in self._entries(node):
                name = "" if entry.key is None else str(entry.key.value)
                if entry.key is not None and name in last:
                    splices.append(self._removal(last[name]))
                    stack.remove(last[name].node)
                last[name] = entry
                stack.append(entry.node)
        return self._apply(splices)

    def _apply(self, splices: list[_Splice]) -> str:
        parts, done = [], 0
        for splice in sorted(splices, key=lambda one: (one.start, one.end)):
            if splice.start < done:
                raise CannotSpliceError
            parts += [self._text[done : splice.start], splice.text]
            done = splice.end
        return "".join([*parts, self._text[done:]])

    # --- finding ---------------------------------------------------------------------------------------------------

    def _entries(self, node: Any) -> list[_Entry]:
        if node.id == "mapping":
            pairs = [(key, value, id(key)) for key, value in node.value]
        elif node.id == "sequence":
            pairs = [(None, value, place) for place, value in enumerate(node.value)]
        else:
            return []
        found = []
        for key, value, place in pairs:
            alias = self._aliases.get((id(node), place))
            start, end = alias or (value.start_mark.index, self._end(value))
            if start == end and key is not None:  # nothing: ruamel's mark is where the next thing begins
                start = end = self._text.index(":", key.end_mark.index) + 1
            found.append(_Entry(node, key, value, start, end, alias is not None))
        return found

    def _find(self, node: Any, part: str) -> _Entry | None:
        entries = self._entries(node)
        if node.id == "sequence":
            return entries[int(part)] if part.isdecimal() and int(part) < len(entries) else None
        return next((entry for entry in reversed(entries) if str(entry.key.value) == part), None)

    def _entry(self, node: Any, part: str) -> _Entry:
        found = self._find(node, part)
        if found is None:  # it may come from a merged mapping
            raise CannotSpliceError
        return found

    def _end(self, node: Any) -> int:
        """Where a node's last character is. ruamel's mark of a block is where the next one begins."""
        if node.id == "scalar" or node.flow_style:
            return int(node.end_mark.index)
        return max((entry.end for entry in self._entries(node)), default=int(node.start_mark.index))

    # --- changing --------------------------------------------------------------------------------------------------

    def _is_simple(self, entry: _Entry, edit: Edit) -> bool:
        """Whether a value of one line, with nothing in it that is used elsewhere, takes another one like it."""
        old = self._text[entry.start : entry.end]
        is_value = entry.node.id == "scalar" or (entry.node.id == "sequence" and bool(entry.node.flow_style))
        alone = is_value and not entry.is_alias and not {"\n", "&"} & set(old)
        return alone and edit.value is not REMOVED and simple_flow(edit.value) is not None

    def _replacement(self, entry: _Entry, edit: Edit) -> list[_Splice]:
        node, old = entry.node, self._text[entry.start : entry.end]
        if node.id == "scalar" and node.style in ("|", ">"):
            raise CannotSpliceError
        anchor = None if entry.is_alias else _ANCHOR.match(old)
        if anchor is None:
            return [self._written(entry, old, edit.value)]
        uses = [] if edit.with_copies else self._uses(node)
        if not edit.with_copies and not uses:
            return [self._written(entry, old, edit.value)]
        kept = _Entry(entry.parent, entry.key, node, entry.start + anchor.end(), entry.end, is_alias=False)
        bare = old[anchor.end() :]
        if edit.with_copies:
            return [self._written(kept, bare, edit.value)]
        if node.id != "scalar":
            raise CannotSpliceError
        # the anchor moves on to the first alias, so that the others keep their value
        first = min(uses)
        return [self._written(entry, old, edit.value), _Splice(*first, old)]

    def _uses(self, node: Any) -> list[tuple[int, int]]:
        """Where the aliases of a node stand."""
        found, stack, seen = [], [self._root], set()
        while stack:
            one = stack.pop()
            if id(one) in seen:
                continue
            seen.add(id(one))
            for entry in self._entries(one):
                if entry.is_alias and entry.node is node:
                    found.append((entry.start, entry.end))
                stack.append(entry.node)
        return found

    def _written(self, entry: _Entry, old: str, value: Any) -> _Splice:
        block = entry.node.id == "sequence" and not entry.node.flow_style and not entry.is_alias
        if block and isinstance(value, list) and value:
            indent = " " * entry.node.start_mark.column
            text = _block(value).replace("\n", self._newline + indent)
        else:
            if block or (entry.node.id == "mapping" and not entry.node.flow_style and not entry.is_alias):
                return self._in_place_of_block(entry, value)
            text = _like(old, value)
        before = self._text[entry.start - 1 : entry.start]
        return _Splice(entry.start, entry.end, text if old or before in (" ", "\t") else f" {text}")

    def _in_place_of_block(self, entry: _Entry, value: Any) -> _Splice:
        """`key:` and lines below it become `key: value`."""
        if entry.key is None or _flow_above(entry.parent):
            raise CannotSpliceError
        colon = self._text.index(":", entry.key.end_mark.index) + 1
        if self._text[colon : entry.start].strip():  # a comment or an anchor
            raise CannotSpliceError
        return _Splice(colon, entry.end, f" {flow(value)}")

    def _addition(self, parent: Any, name: str, value: Any) -> _Splice:
        if parent.id != "mapping":
            raise CannotSpliceError
        key, entries = flow(name), self._entries(parent)
        if parent.flow_style:
            place = self._end(parent) - 1
            comma = ", " if entries else ""
            return _Splice(place, place, f"{comma}{key}: {flow(value)}")
        if not entries:
            raise CannotSpliceError
        indent = " " * min(entry.key.start_mark.column for entry in entries)
        place = self._line_end(max(entry.end for entry in entries))
        if isinstance(value, (list, dict)) and not _is_flat(value):
            text = dump({name: to_node(value)}).rstrip("\n")
        else:
            text = f"{key}: {flow(value)}"
        lines = self._newline + textwrap.indent(text, indent).replace("\n", self._newline)
        return _Splice(place, place, lines)

    def _removal(self, entry: _Entry) -> _Splice:
        if entry.key is None or _flow_above(entry.parent) or "&" in self._text[entry.start : entry.end]:
            raise CannotSpliceError
        start = self._text.rfind("\n", 0, entry.key.start_mark.index) + 1
        if self._text[start : entry.key.start_mark.index].strip():  # `- key: value`
            raise CannotSpliceError
        end = self._line_end(max(entry.end, entry.key.end_mark.index))
        return _Splice(start, min(len(self._text), end + len(self._newline)), "")

    def _line_end(self, place: int) -> int:
        end = self._text.find(self._newline, place)
        return len(self._text) if end < 0 else end


def _flow_above(node: Any) -> bool:
    return bool(node.flow_style)


def _is_flat(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, _FLAT) for part in value)


def _block(value: list[Any]) -> str:
    """A list with one item a line, the first line without its indentation."""
    if all(isinstance(part, _FLAT) for part in value):
        return "\n".join(f"- {flow(part)}" for part in value)
    return textwrap.dedent(dump(to_node(value))).rstrip("\n")


def _like(old: str, value: Any) -> str:
    """A value as the config's author would have written it: True or true, with quotes or without."""
    if isinstance(value, bool) and old in ("True", "False"):
        return str(value)
    if isinstance(value, str) and "\n" not in value:
        if old.startswith("'"):
            return "'" + value.replace("'", "''") + "'"
        if old.startswith('"'):
            return json.dumps(value, ensure_ascii=False)
    return flow(value)
