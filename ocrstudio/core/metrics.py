"""How well texts were read: character error rate, and PaddleOCR's accuracy and edit similarity."""

from __future__ import annotations

from collections.abc import Iterable

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
