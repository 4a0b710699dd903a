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
