"""The table of how well each character is read: `characters.tsv` beside a run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ocrstudio.core.metrics import Pair, character_scores
from ocrstudio.formats.atomic import write_atomic

COLUMNS = ("character", "truth", "read", "right", "precision", "recall", "read_as")
# Confusions that a row names.
CONFUSIONS = 5
# A character of these would break the table or could not be seen.
NAMES = {" ": "space", "\t": "tab", "\u3000": "wide space", "": "nothing"}


def write_characters(file: Path, pairs: Iterable[Pair]) -> None:
    """Writes one row for each character, the worst read first.

    Args:
        file: Tab-separated, UTF-8, with a row of names.
        pairs: (truth, read) of each line.

    Raises:
        ProjectError: If the file cannot be written.
    """
    rows = ["\t".join(COLUMNS)]
    scores = character_scores(pairs)
    for character in sorted(scores, key=lambda one: (scores[one].recall, scores[one].precision, one)):
        score = scores[character]
        confused = ", ".join(f"{_name(other)} x{count}" for other, count in score.read_as.most_common(CONFUSIONS))
        values = (score.truth, score.read, score.right, f"{score.precision:.4f}", f"{score.recall:.4f}", confused)
        rows.append("\t".join([_name(character), *map(str, values)]))
    write_atomic(file, "\n".join(rows) + "\n")


def _name(character: str) -> str:
    return NAMES.get(character, character)
