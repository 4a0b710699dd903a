"""All that is shown about the errors of one evaluation, computed at once."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ocrstudio.core.confusions import NOTHING_IGNORED, Confusions, Ignoring, comparable, confusions, differences, units
from ocrstudio.core.error_groups import ErrorGroup, error_groups
from ocrstudio.core.evaluation import Evaluation
from ocrstudio.core.metrics import edit_distance
from ocrstudio.core.search import Breath

# Two models that are both at least so sure of the same other text make a label doubtful.
SURE = 0.9


@dataclass(frozen=True)
class ErrorAnalysis:
    """An evaluation looked at under one set of rules.

    Attributes:
        evaluation: What is looked at.
        ignoring: What does not count.
        worst: Numbers of the lines that were read wrong, the worst first.
        confusions: What was taken for what.
        groups: Lines by length, size and so on.
        figures: acc, norm_edit_dis, cer under these rules, as shares of 1; acc counts every line fully.
        doubtful: Numbers of the lines whose label is probably wrong, the likeliest first; empty without a second model.
    """

    evaluation: Evaluation
    ignoring: Ignoring
    worst: Sequence[int]
    confusions: Confusions
    groups: Sequence[ErrorGroup]
    figures: Mapping[str, float]
    doubtful: Sequence[int] = ()

    def with_confusion(self, truth: str, read: str) -> list[int]:
        """The lines where that was taken for this, the worst first."""
        wanted = set(self.confusions.lines.get((truth, read), ()))
        return [number for number in self.worst if number in wanted]

    def in_bar(self, group: str, bar: int) -> list[int]:
        """The wrong lines of one bar, the worst first."""
        places = next(one.places for one in self.groups if one.name == group)
        return [number for number in self.worst if places[number] == bar]


def analyse(
    evaluation: Evaluation, ignoring: Ignoring = NOTHING_IGNORED, second: Evaluation | None = None
) -> ErrorAnalysis:
    """Looks at an evaluation. May run on a thread beside the window's.

    Args:
        evaluation: What a model read.
        ignoring: What does not count.
        second: What another model read in the same pictures.
    """
    lines = evaluation.lines
    edits = array("l")
    alike = distance = length = right = 0.0
    breath = Breath()
    shares = array("d")
    for truth, read in zip(lines.truths, lines.reads, strict=True):
        breath.take()
        one, other = (truth, read) if ignoring == NOTHING_IGNORED else _both(truth, read, ignoring)
        errors = 0 if one == other else edit_distance(one, other)
        edits.append(errors)
        shares.append(errors / max(1, len(one)))
        right += errors == 0
        distance += errors
        length += len(one)
        alike += 1 - errors / max(len(one), len(other), 1)
    count = max(1, len(lines))
    figures = {
        "acc": right / count,
        "norm_edit_dis": alike / count,
        "cer": distance / length if length else float(distance > 0),
    }
    wrong = [number for number, errors in enumerate(edits) if errors]
    # by one number: the share of errors, then how many they are, then how sure the model was of them
    weights = array("d", map(_weight, shares, edits, lines.scores))
    wrong.sort(key=weights.__getitem__, reverse=True)
    return ErrorAnalysis(
        evaluation,
        ignoring,
        array("l", wrong),
        confusions(zip(lines.truths, lines.reads, strict=True), ignoring),
        error_groups(lines, edits),
        figures,
        doubtful(evaluation, edits, second, ignoring) if second is not None else (),
    )


def doubtful(evaluation: Evaluation, edits: Sequence[int], second: Evaluation, ignoring: Ignoring) -> list[int]:
    """The lines in which two models are sure of the same text, and it is not the label's; the likeliest first.

    Args:
        evaluation: Of the first model.
        edits: Errors of its lines.
        second: Of the second model; lines are the same if their mark is.
        ignoring: What does not count.
    """
    lines, others = evaluation.lines, second.lines
    places = {mark: place for place, mark in enumerate(others.marks)}
    found: list[tuple[float, int]] = []
    breath = Breath()
    for number, errors in enumerate(edits):
        breath.take()
        place = places.get(lines.marks[number]) if errors else None
        if place is None:
            continue
        sure = min(lines.scores[number], others.scores[place])
        if sure >= SURE and comparable(lines.reads[number], ignoring) == comparable(others.reads[place], ignoring):
            found.append((sure * min(errors, 3), number))
    return [number for _, number in sorted(found, key=lambda one: (-one[0], one[1]))]


def lacking_characters(analysis: ErrorAnalysis, numbers: Sequence[int]) -> str:
    """The characters of some lines that were not read as they are, each once, the most frequent first."""
    counts: dict[str, int] = {}
    for number in numbers:
        lines = analysis.evaluation.lines
        for truth, _ in differences(lines.truths[number], lines.reads[number], analysis.ignoring):
            for character in units(truth):
                if not character.isspace():
                    counts[character] = counts.get(character, 0) + 1
    return "".join(sorted(counts, key=lambda one: (-counts[one], one)))


def _weight(share: float, edits: int, score: float) -> float:
    return share + edits * 1e-5 + score * 1e-6


def _both(truth: str, read: str, ignoring: Ignoring) -> tuple[str, str]:
    return comparable(truth, ignoring), comparable(read, ignoring)
