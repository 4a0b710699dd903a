"""How well texts were read: character error rate, PaddleOCR's accuracy and edit similarity, every character's score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

Pair = tuple[str, str]

# PaddleOCR divides by the number of lines plus this, so its values never quite reach 1 (RecMetric).
_EPSILON = 1e-5


def edit_distance(one: str, other: str) -> int:
    """Fewest insertions, deletions and replacements of characters that turn one text into the other (Levenshtein)."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, other)


def cer(pairs: Iterable[Pair]) -> float:
    """Character error rate of a whole set: all edits divided by all characters of the truth.

    Args:
        pairs: (truth, read) of each line.

    Returns:
        0 is perfect; above 1 if much was read that is not there. Without any true character: 0 if nothing was read
        either, else 1.
    """
    edits = characters = 0
    for truth, read in pairs:
        edits += edit_distance(truth, read)
        characters += len(truth)
    if characters == 0:
        return 1.0 if edits else 0.0
    return edits / characters


def accuracy(pairs: Iterable[Pair], *, ignore_space: bool = False) -> float:
    """Share of lines read without any error, as PaddleOCR prints it.

    Args:
        pairs: (truth, read) of each line.
        ignore_space: Leave spaces out of the comparison.

    Source: PaddleOCR, RecMetric: correct / (lines + 1e-5).
    """
    correct = lines = 0
    for truth, read in _prepared(pairs, ignore_space):
        correct += truth == read
        lines += 1
    return correct / (lines + _EPSILON)


def norm_edit_dis(pairs: Iterable[Pair], *, ignore_space: bool = False) -> float:
    """Mean similarity of the lines: 1 minus the edit distance divided by the longer text's length.

    Args:
        pairs: (truth, read) of each line; two empty texts are equal.
        ignore_space: Leave spaces out of the comparison.

    Source: PaddleOCR, RecMetric: 1 - sum of normalised distances / (lines + 1e-5).
    """
    distances, lines = 0.0, 0
    for truth, read in _prepared(pairs, ignore_space):
        distances += edit_distance(truth, read) / max(len(truth), len(read), 1)
        lines += 1
    return 1 - distances / (lines + _EPSILON)


def _prepared(pairs: Iterable[Pair], ignore_space: bool) -> Iterable[Pair]:
    if not ignore_space:
        return pairs
    return ((truth.replace(" ", ""), read.replace(" ", "")) for truth, read in pairs)


@dataclass
class CharacterScore:
    """How well one character is read.

    Attributes:
        truth: How often it stands in the truth.
        read: How often it was read.
        right: How often it was read where it stands.
        read_as: What was read in its place instead, with counts; "" where nothing was.
    """

    truth: int = 0
    read: int = 0
    right: int = 0
    read_as: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Share of its readings that are right; 0 if it was never read."""
        return self.right / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        """Share of its occurrences that were read; 0 if it never occurs."""
        return self.right / self.truth if self.truth else 0.0


def character_scores(pairs: Iterable[Pair]) -> dict[str, CharacterScore]:
    """Aligns every text with its reading by the fewest edits and counts character by character.

    Where several alignments are equally short, the one that rapidfuzz finds counts.

    Args:
        pairs: (truth, read) of each line.

    Returns:
        Every character that occurs in a truth or a reading.
    """
    from rapidfuzz.distance import Levenshtein

    scores: dict[str, CharacterScore] = {}
    for truth, read in pairs:
        for character in truth:
            scores.setdefault(character, CharacterScore()).truth += 1
        for character in read:
            scores.setdefault(character, CharacterScore()).read += 1
        wrong = set()
        for edit in Levenshtein.editops(truth, read):
            if edit.tag != "insert":
                wrong.add(edit.src_pos)
                scores[truth[edit.src_pos]].read_as[read[edit.dest_pos] if edit.tag == "replace" else ""] += 1
        for place, character in enumerate(truth):
            scores[character].right += place not in wrong
    return scores


def total_score(scores: Iterable[CharacterScore]) -> CharacterScore:
    """All characters together: every occurrence weighs the same."""
    total = CharacterScore()
    for score in scores:
        total.truth += score.truth
        total.read += score.read
        total.right += score.right
    return total
