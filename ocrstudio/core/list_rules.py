"""What may be wrong with the lines of a training list, and how often it is."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from ocrstudio.core.charset import SPACE
from ocrstudio.core.errors import QT_TRANSLATE_NOOP

CORRECT_PATH = QT_TRANSLATE_NOOP("Errors", "Correct the path in the list, or data_dir in the config.")
WRITE_TAB = QT_TRANSLATE_NOOP("Errors", "Write the image's path, one tab, then the label.")
REPLACE_IMAGE = QT_TRANSLATE_NOOP("Errors", "Copy the picture again, or take the line out of the list.")
SAVE_UTF8 = QT_TRANSLATE_NOOP("Errors", "Save the list as UTF-8 without a byte order mark, with line feeds only.")
CORRECT_JSON = QT_TRANSLATE_NOOP(
    "Errors", 'Behind the tab there must be JSON: [{{"transcription": "text", "points": [[x, y], ...]}}].'
)


@dataclass(frozen=True)
class Rule:
    """One thing that can be wrong with a line.

    Attributes:
        what: Template with `file`, `line` (the first), `count` and `example`.
        remedy: Template.
        spoils: Whether the line cannot be learned from.
        check: Id of `core.checks` that it belongs to.
    """

    what: str
    remedy: str
    spoils: bool = True
    check: str = ""


NO_TAB = Rule(
    QT_TRANSLATE_NOOP(
        "Errors", "{file}, line {line}: there is no tab between image and label (lines like this: {count})."
    ),
    WRITE_TAB,
    check="tabs",
)
NOT_UTF8 = Rule(
    QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the line is not UTF-8 text (lines like this: {count})."),
    SAVE_UTF8,
    check="encoding",
)
MISSING_IMAGE = Rule(
    QT_TRANSLATE_NOOP(
        "Errors", "{file}, line {line}: the picture {example} does not exist (lines like this: {count})."
    ),
    CORRECT_PATH,
    check="missing-pictures",
)
BACKSLASHES = Rule(
    QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the path {example} has backslashes (lines like this: {count})."),
    QT_TRANSLATE_NOOP("Errors", "Write forward slashes."),
    check="backslashes",
)
EMPTY_IMAGE = Rule(
    QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the picture {example} has 0 bytes (lines like this: {count})."),
    REPLACE_IMAGE,
    check="empty-pictures",
)
BROKEN_IMAGE = Rule(
    QT_TRANSLATE_NOOP(
        "Errors", "{file}, line {line}: {example} is no picture that can be read (lines like this: {count})."
    ),
    REPLACE_IMAGE,
    check="broken-pictures",
)
CUT_IMAGE = Rule(
    QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the picture {example} breaks off (lines like this: {count})."),
    REPLACE_IMAGE,
    spoils=False,
    check="cut-pictures",
)
NO_TEXT = Rule(
    QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the text is empty (lines like this: {count})."),
    QT_TRANSLATE_NOOP("Errors", "Write the text, or take the line out of the list."),
    check="empty-texts",
)
ALL_UNKNOWN = Rule(
    QT_TRANSLATE_NOOP(
        "Errors",
        "{file}, line {line}: no character of this text is in the dictionary (lines like this: {count}): {example}.",
    ),
    QT_TRANSLATE_NOOP("Errors", "Choose the right dictionary, or add the characters: ocrstudio dict extend."),
    check="characters",
)
SOME_UNKNOWN = Rule(
    QT_TRANSLATE_NOOP(
        "Errors",
        "{file}, line {line}: the dictionary lacks characters of this text (lines like this: {count}): {example}.",
    ),
    QT_TRANSLATE_NOOP("Errors", "Add the characters: ocrstudio dict extend."),
    spoils=False,
    check="characters",
)
TOO_LONG = Rule(
    QT_TRANSLATE_NOOP(
        "Errors",
        "{file}, line {line}: the text is longer than the {limit} characters that can be learned "
        "(lines like this: {count}).",
    ),
    QT_TRANSLATE_NOOP("Errors", "Raise Global.max_text_length to {wanted}, or take the lines out of the list."),
    check="text-length",
)
NO_JSON = Rule(
    QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the boxes cannot be read ({example}; lines like this: {count})."),
    CORRECT_JSON,
    check="boxes",
)
NO_BOXES = Rule(
    QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the page has no boxes (lines like this: {count})."),
    QT_TRANSLATE_NOOP("Errors", "PaddleOCR puts another page in its place; draw its boxes, or leave it out."),
    check="no-boxes",
)
ALL_IGNORED = Rule(
    QT_TRANSLATE_NOOP(
        "Errors", "{file}, line {line}: every box of the page is to be ignored (lines like this: {count})."
    ),
    QT_TRANSLATE_NOOP("Errors", "Write the text of the boxes that are to be found in place of ###."),
    spoils=False,
    check="ignored-pages",
)
OUTSIDE = Rule(
    QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: a box lies outside its page (lines like this: {count})."),
    QT_TRANSLATE_NOOP("Errors", "Draw the box again, or check that the picture belongs to the line."),
    spoils=False,
    check="outside-boxes",
)
BLANK_LINE = Rule(
    QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the line is blank (lines like this: {count})."),
    QT_TRANSLATE_NOOP("Errors", "Remove it; PaddleOCR puts another sample in its place."),
    spoils=False,
    check="blank-lines",
)
LINE_ENDS = Rule(
    QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the line ends as on Windows (CR LF; lines like this: {count})."),
    SAVE_UTF8,
    spoils=False,
    check="line-ends",
)
BOM = Rule(
    QT_TRANSLATE_NOOP(
        "Errors", "{file}, line {line}: the list begins with a byte order mark, so PaddleOCR loses its first line."
    ),
    SAVE_UTF8,
    spoils=False,
    check="byte-order-mark",
)


# What the built-in engine leaves out and goes on; PaddleOCR drops unknown characters and keeps the rest of the line.
LEFT_OUT = frozenset({NO_TEXT, SOME_UNKNOWN, ALL_UNKNOWN})


@dataclass
class Tally:
    """What was found in one list.

    Attributes:
        lenient: The lines are for PaddleOCR, not for the built-in engine.
        lines: Lines that are not blank.
        usable: Those of them that can be learned from.
        ignored: Usable pages that have nothing but ignored boxes.
        unknown: Characters that the dictionary lacks, with the number of lines they are in.
        longest: Characters of the longest text.
        places: Rule to the first line, its example and the number of lines.
        everywhere: Rule to all its lines with what stands there; only with `keep_all`.
    """

    lenient: bool = True
    lines: int = 0
    usable: int = 0
    ignored: int = 0
    longest: int = 0
    unknown: dict[str, int] = field(default_factory=dict)
    places: dict[Rule, list[Any]] = field(default_factory=dict)
    everywhere: dict[Rule, list[tuple[int, str]]] = field(default_factory=dict)
    keep_all: bool = False

    def add(self, line: int, rules: dict[Rule, str]) -> None:
        """Counts a line that is not blank.

        Args:
            line: Its number, from 1.
            rules: What is wrong with it, each with an example.
        """
        self.lines += 1
        self.usable += not any(rule.spoils or (rule in LEFT_OUT and not self.lenient) for rule in rules)
        for rule, example in rules.items():
            self.note(rule, line, example)

    def note(self, rule: Rule, line: int, example: str = "") -> None:
        """Counts one place of a rule; the first line and its example are kept."""
        place = self.places.setdefault(rule, [line, example, 0])
        place[2] += 1
        if line < place[0]:
            place[:2] = [line, example]
        if self.keep_all:
            self.everywhere.setdefault(rule, []).append((line, example))


def text_rules(text: str, known: frozenset[str] | None, limit: int | None, tally: Tally) -> dict[Rule, str]:
    """What is wrong with the text of a line.

    Args:
        text: As PaddleOCR sees it: a carriage return at its end counts for its length.
        known: Characters of the dictionary; None if they are not known.
        limit: Most characters that can be learned; None for no limit.
        tally: Told of the unknown characters and of the length.

    Returns:
        Rule to example.
    """
    found: dict[Rule, str] = {}
    plain = text.rstrip("\r")
    tally.longest = max(tally.longest, len(text))
    if not plain:
        found[NO_TEXT] = ""
    if limit is not None and len(text) > limit:
        found[TOO_LONG] = plain
    if known is not None and plain:
        lacking = dict.fromkeys(character for character in plain if character not in known)
        for character in lacking:
            tally.unknown[character] = tally.unknown.get(character, 0) + 1
        if lacking:
            # a space alone is nothing to learn
            found[ALL_UNKNOWN if lacking.keys() >= set(plain) - {SPACE} else SOME_UNKNOWN] = "".join(lacking)
    return found


def box_rules(boxes: Any, size: tuple[int, int] | None) -> dict[Rule, str]:
    """What is wrong with the boxes of a page.

    Args:
        boxes: What the JSON holds.
        size: Width and height of the picture; None if they are not known.
    """
    reason = _structure_fault(boxes)
    if reason:
        return {NO_JSON: reason}
    if not boxes:
        return {NO_BOXES: ""}
    found: dict[Rule, str] = {}
    if all(box["transcription"] in ("###", "*") for box in boxes):
        found[ALL_IGNORED] = ""
    points = [point for box in boxes for point in box["points"]]
    if size and any(not (0 <= x <= size[0] and 0 <= y <= size[1]) for x, y in points):
        found[OUTSIDE] = ""
    return found


def _structure_fault(boxes: Any) -> str:
    if not isinstance(boxes, list):
        return "no list"
    for number, box in enumerate(boxes, start=1):
        if not isinstance(box, dict) or not isinstance(box.get("transcription"), str):
            return f"box {number} has no transcription"
        points = box.get("points")
        if not isinstance(points, list) or len(points) < 2 or not all(map(_is_point, points)):
            return f"box {number} has no points"
    return ""


def _is_point(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(is_number(one) for one in value)


def is_number(value: Any) -> bool:
    """Whether a value of a JSON file is a finite number, which neither true nor a whole number beyond floats is."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False
