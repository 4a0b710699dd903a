"""Which characters are taken for which: texts and readings aligned by the fewest edits, and counted.

A character here is what a reader takes for one (`core.orientation.graphemes`): an accent never counts by itself.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from operator import itemgetter

import regex

from ocrstudio.core.metrics import Pair
from ocrstudio.core.orientation import graphemes
from ocrstudio.core.search import Breath
from ocrstudio.core.text_rules import usual_width

# What stands in a pair for a character that was left out, or for one that is not there.
NOTHING = ""
# Characters that are taken for others together; longer pieces are something else altogether.
LONGEST_PIECE = 4
# Only texts with one of these have characters of several code points.
_JOINED = regex.compile(r"[\p{M}\u200d\u1160-\u11ff\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
_SPACES = regex.compile(r"\s+")
_PUNCTUATION = regex.compile(r"[\p{P}\p{S}]+")

Confusion = tuple[str, str]


@dataclass(frozen=True)
class Ignoring:
    """Differences that do not count.

    Attributes:
        case: Between capital and small letters.
        width: Between full-width and half-width forms.
        spaces: Spaces that are added, left out or of another kind.
        punctuation: Punctuation and symbols that are added, left out or others.
    """

    case: bool = False
    width: bool = False
    spaces: bool = False
    punctuation: bool = False


NOTHING_IGNORED = Ignoring()


@dataclass
class Confusions:
    """Characters of texts, and what was read in their place.

    Attributes:
        lines: (character or piece, what was read) to the numbers of the lines where that happened, one for each time;
            of what was left out the second is `NOTHING`, of what was added the first.
        truths: How often each character stands in the texts.
    """

    lines: dict[Confusion, list[int]] = field(default_factory=dict)
    truths: Counter[str] = field(default_factory=Counter)

    def worst(self) -> list[tuple[Confusion, int]]:
        """Every confusion with its count, the most frequent first, equal ones as they were met."""
        return self._ranked

    @cached_property
    def _ranked(self) -> list[tuple[Confusion, int]]:
        counted = [(confusion, len(lines)) for confusion, lines in self.lines.items()]
        # by the count alone: comparing thousands of texts would hold up the window's thread
        return sorted(counted, key=itemgetter(1), reverse=True)


def units(text: str) -> Sequence[str]:
    """A text as its characters; a plain string where each is one code point."""
    return graphemes(text) if _JOINED.search(text) else text


def are_alike(confusion: Confusion) -> bool:
    """Whether both sides are drawn the same or nearly so, as Ⅵ and VI: only their numbers tell them apart."""
    truth, read = (unicodedata.normalize("NFKC", piece) for piece in confusion)
    return truth == read


def comparable(text: str, ignoring: Ignoring) -> str:
    """A text without the differences that do not count."""
    if ignoring.width:
        text = unicodedata.normalize("NFC", usual_width(text))
        text = "".join(unicodedata.normalize("NFKC", one) if "\uff01" <= one <= "\uff5e" else one for one in text)
    if ignoring.case:
        # not casefold, which makes "ss" of "ß"
        text = text.lower()
    if ignoring.punctuation:
        text = _PUNCTUATION.sub("", text)
    if ignoring.spaces:
        text = _SPACES.sub("", text)
    return text


def differences(truth: str, read: str, ignoring: Ignoring = NOTHING_IGNORED) -> list[Confusion]:
    """The characters that differ, in their order.

    Where as many characters were read as stand there, each is compared with its own. Where several became another
    number of them ("rn" read as "m"), they are one confusion.

    Where several alignments are equally short, the one that rapidfuzz finds counts.
    """
    from rapidfuzz.distance import Levenshtein

    if truth == read:
        return []
    one, other = units(comparable(truth, ignoring)), units(comparable(read, ignoring))
    if isinstance(one, str) != isinstance(other, str):
        one, other = list(one), list(other)
    found: list[Confusion] = []
    pieces: tuple[list[str], list[str]] = ([], [])
    for step in Levenshtein.opcodes(one, other):
        if step.tag == "equal":
            found += _paired(*pieces)
            pieces = ([], [])
        else:
            pieces[0].extend(one[step.src_start : step.src_end])
            pieces[1].extend(other[step.dest_start : step.dest_end])
    return found + _paired(*pieces)


def _paired(truth: list[str], read: list[str]) -> list[Confusion]:
    """What became what between two characters that were read right."""
    if len(truth) == len(read):
        return list(zip(truth, read, strict=True))
    if not truth or not read:
        return [(one, NOTHING) for one in truth] + [(NOTHING, one) for one in read]
    if max(len(truth), len(read)) <= LONGEST_PIECE:
        return [("".join(truth), "".join(read))]
    # too long to be a confusion: something else was read altogether
    both = zip_longest(truth, read, fillvalue=NOTHING)
    return list(both)


def confusions(pairs: Iterable[Pair], ignoring: Ignoring = NOTHING_IGNORED) -> Confusions:
    """Counts what was read in place of what. May run on a thread beside the window's.

    Args:
        pairs: (truth, read) of each line; its number is its place among them, from 0.
        ignoring: What does not count.
    """
    found = Confusions()
    breath = Breath()
    for number, (truth, read) in enumerate(pairs):
        breath.take()
        found.truths.update(units(comparable(truth, ignoring)))
        for confusion in differences(truth, read, ignoring):
            found.lines.setdefault(confusion, []).append(number)
    found.worst()  # here, so that nobody waits for it later
    return found
