"""What a lesson brought: its lines read by the model that was taught and by the new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.core.run_history import Record
from ocrstudio.core.teaching import MAX_FORGOTTEN, Lesson
from ocrstudio.engine.recognizer import PageReader
from ocrstudio.formats.bundle import CARD_FILE
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.lesson import finish_lesson, read_draft
from ocrstudio.formats.run_folder import RunFolder

# Lines that are read at a time, so that progress is seen.
CHUNK = 32


def compare(run: RunFolder, progress: Callable[[int, int], None]) -> Lesson:
    """Reads all lines of a lesson with both models, and keeps the result in the run's folder.

    Args:
        run: Trained to its end.
        progress: Told (done, total) readings.

    Raises:
        EngineError: If the run has no model.
        StudioError: If its files cannot be read or written.
    """
    draft = read_draft(run)
    if not (run.bundle_dir / CARD_FILE).is_file():
        raise EngineError(QT_TRANSLATE_NOOP("Errors", "The run {folder} has no finished model."), folder=run.path)
    crops = [crop for _, crop in draft.lines]
    total = 2 * len(crops)
    before = _read(draft.model, crops, lambda done: progress(done, total))
    after = _read(str(run.bundle_dir), crops, lambda done: progress(len(crops) + done, total))
    readings = tuple(
        replace(reading, before=one, after=other)
        for (reading, _), one, other in zip(draft.lines, before, after, strict=True)
    )
    lesson = Lesson(readings, *kept(run.records()))
    finish_lesson(run, lesson)
    return lesson


def _read(model: str, crops: Sequence[Path], progress: Callable[[int], None]) -> list[str]:
    reader = PageReader(model)
    texts: list[str] = []
    for start in range(0, len(crops), CHUNK):
        progress(start)
        texts += [text for text, _ in reader.read_crops([read_image(crop) for crop in crops[start : start + CHUNK]])]
    progress(len(crops))
    return texts


def kept(records: Sequence[Record]) -> tuple[float, float, int]:
    """Share of old lines that were read without error before and after, and how many they are.

    A training whose end forgot too much exports what it began with: then its end is told, for that is why.
    """
    found = [record for record in records if record.get("kind") == "eval" and "retention_acc" in record]
    if not found:
        return 1.0, 1.0, 0
    first, best = found[0], [record for record in found if record.get("best")][-1:]
    end = found[-1] if best == [first] and _lost(first, found[-1]) > MAX_FORGOTTEN else (best or found[-1:])[0]
    return float(first["retention_acc"]), float(end["retention_acc"]), int(first.get("retention_lines", 0))


def _lost(first: Record, end: Record) -> float:
    return float(first["retention_acc"]) - float(end["retention_acc"])
