"""Where two texts differ, character by character."""

from __future__ import annotations


def pieces(text: str, other: str) -> list[tuple[str, bool]]:
    """A text in pieces that the other one has, too, and pieces that it has not.

    Args:
        text: What is cut into pieces.
        other: What it is compared with, by the fewest edits.

    Returns:
        (piece, whether the other text has it), in order; together they are the text.
    """
    from rapidfuzz.distance import Levenshtein

    found = []
    for step in Levenshtein.opcodes(text, other):
        piece = text[step.src_start : step.src_end]
        if piece:
            found.append((piece, step.tag == "equal"))
    return found


def pieces_and_gaps(text: str, truth: str) -> list[tuple[str, bool]]:
    """As `pieces`, with an empty piece wherever the truth has something that the text has not."""
    from rapidfuzz.distance import Levenshtein

    return [
        (text[step.src_start : step.src_end], step.tag == "equal")
        for step in Levenshtein.opcodes(text, truth)
        if step.src_end > step.src_start or step.tag == "insert"
    ]
