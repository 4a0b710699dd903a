"""What dictionaries know of some labels, what is wrong with one, and how several become one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.synthesis_texts import ENOUGH
from ocrstudio.core.text_rules import invisible, same_look

ProblemKind = Literal["empty", "repeated", "several", "space", "invisible", "decomposed", "look_alike", "no_text"]

SPACE = " "

EXISTS = QT_TRANSLATE_NOOP("Errors", "{file} exists already.")
FORCE = QT_TRANSLATE_NOOP("Errors", "Choose another place, or add --force to write over it.")


@dataclass(frozen=True)
class KnownDictionary:
    """The characters that a model or a file has.

    Attributes:
        name: What people call it.
        characters: In their order; the space that a config adds is not among them.
        model: For the Test page and as `BASE` of `dict extend`; empty if it is only a file.
        place: Its file, as far as there is one.
    """

    name: str
    characters: tuple[str, ...]
    model: str = ""
    place: str = ""
    known: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", frozenset((*self.characters, SPACE)))


@dataclass(frozen=True)
class Coverage:
    """What one dictionary knows of the labels.

    Attributes:
        characters: How many different ones the labels have.
        new: Those it lacks, most used first.
        share: Of all occurrences that it knows, 0 to 1; 1 if there are none.
    """

    characters: int
    new: tuple[str, ...]
    share: float


def coverage(counts: Mapping[str, int], dictionary: KnownDictionary) -> Coverage:
    """Compares the characters of the labels with a dictionary; white space does not count."""
    seen = {letter: count for letter, count in counts.items() if not letter.isspace()}
    new = sorted((letter for letter in seen if letter not in dictionary.known), key=lambda one: (-seen[one], one))
    total = sum(seen.values())
    return Coverage(len(seen), tuple(new), 1 - sum(seen[letter] for letter in new) / total if total else 1.0)


def too_few(counts: Mapping[str, int], target: int = ENOUGH) -> list[str]:
    """Characters with fewer samples than are enough, the rarest first."""
    rare = [letter for letter, count in counts.items() if count < target and not letter.isspace()]
    return sorted(rare, key=lambda letter: (counts[letter], letter))


def surprising(counts: Mapping[str, int], known: frozenset[str]) -> list[str]:
    """Characters of the labels that people expect a model to lack, though it has them: numerals, signs, rare scripts.

    Letters, digits and punctuation of ASCII and common ideographs are what everybody expects.
    """
    return sorted(letter for letter in counts if letter in known and _is_unusual(letter))


def _is_unusual(letter: str) -> bool:
    return not letter.isascii() and unicodedata.category(letter) in ("Nl", "No", "So", "Sc", "Sm")


def in_ranges(letters: Iterable[str]) -> str:
    """Characters for a sentence: neighbours in Unicode as a range, "Ⅰ–Ⅻ ☆"."""
    runs: list[list[str]] = []
    for letter in sorted(set(letters)):
        if runs and len(letter) == len(runs[-1][-1]) == 1 and ord(letter) == ord(runs[-1][-1]) + 1:
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return " ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else " ".join(run) for run in runs)


@dataclass(frozen=True)
class DictionaryProblem:
    """Something doubtful in a dictionary.

    Attributes:
        line: From 1.
        kind: What it is.
        text: The line.
        other: The line's number that it repeats or looks like; 0 for other kinds.
    """

    line: int
    kind: ProblemKind
    text: str
    other: int = 0


# These change what a model reads or cannot be outputs at all; the others may be meant.
FAULTS: tuple[ProblemKind, ...] = ("empty", "repeated", "invisible", "no_text")


def problems_of(lines: Sequence[str]) -> list[DictionaryProblem]:
    """What is doubtful about the lines of a dictionary, in their order.

    An empty line can never be read and a repeated one is read by its first place only; a lone space is an output that
    `use_space_char` adds anyway; several characters on a line are one output, which hardly anybody means; characters
    that look the same make labels ambiguous.
    """
    found: list[DictionaryProblem] = []
    first: dict[str, int] = {}
    looks: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        # "l" and "1" are both in every dictionary; signs that stand for them are doubtful
        if line and (line.isascii() or same_look(line) not in looks):
            looks[same_look(line)] = number
    for number, line in enumerate(lines, start=1):
        if line == "":
            found.append(DictionaryProblem(number, "empty", line))
            continue
        if line in first:
            found.append(DictionaryProblem(number, "repeated", line, first[line]))
            continue
        first[line] = number
        kind = _kind_of(line)
        if kind is not None:
            found.append(DictionaryProblem(number, kind, line))
        other = looks[same_look(line)]
        if other != number and not line.isascii():
            found.append(DictionaryProblem(number, "look_alike", line, other))
    return found


def _kind_of(line: str) -> ProblemKind | None:
    if line == SPACE:
        return "space"
    if any(0xD800 <= ord(letter) < 0xE000 for letter in line):
        return "no_text"
    # the ideographic space is a class of several of PaddleOCR's own dictionaries
    if line != "\u3000" and invisible(line):
        return "invisible"
    if len(line) > 1:
        composed = unicodedata.normalize("NFC", line)
        return "decomposed" if len(composed) == 1 else "several"
    return None


def mended(lines: Iterable[str]) -> list[str]:
    """The lines without those that can be no output: empty, repeated and invisible ones; accents put together.

    The order of the others stays. For new dictionaries only: a model's own must keep every line.
    """
    kept: dict[str, None] = {}
    for line in lines:
        composed = unicodedata.normalize("NFC", line)
        text = composed if len(composed) == 1 else line
        if text and text != SPACE and _kind_of(text) not in ("invisible", "no_text"):
            kept.setdefault(text)
    return list(kept)


def merged(first: Iterable[str], *others: Iterable[str]) -> list[str]:
    """The first dictionary's lines in their places, so that outputs keep their numbers, then what the others add."""
    return list(dict.fromkeys([*first, *(line for other in others for line in other)]))


def in_code_order(lines: Iterable[str]) -> list[str]:
    """Sorted by code point."""
    return sorted(lines)


@dataclass(frozen=True)
class DictionaryDifference:
    """How one dictionary differs from another: characters that came, that went, and how many moved."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: int


def compared(old: Sequence[str], new: Sequence[str]) -> DictionaryDifference:
    """Compares two dictionaries, in their own order; a moved character is another output of the model."""
    places = {letter: place for place, letter in reversed(list(enumerate(old)))}
    now = {letter: place for place, letter in reversed(list(enumerate(new)))}
    return DictionaryDifference(
        tuple(letter for letter in dict.fromkeys(new) if letter not in places),
        tuple(letter for letter in dict.fromkeys(old) if letter not in now),
        sum(places[letter] != place for letter, place in now.items() if letter in places),
    )
