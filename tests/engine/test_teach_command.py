"""`ocrstudio teach` with the real engine: from corrected boxes to a model that was compared."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from lines import render
from PIL import Image

from ocrstudio.commands import teach as command
from ocrstudio.core import teaching
from ocrstudio.core.errors import DatasetError
from ocrstudio.core.page import Box
from ocrstudio.core.shaping import rectangle
from ocrstudio.core.teaching import with_correction
from ocrstudio.formats.bundle import BUNDLED_CHARACTERS, model_info
from ocrstudio.formats.lesson import read_lesson
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.store import ProjectStore

# The first characters are none that the model knows: they were said to be something else.
TEXTS = [f"⌂{number}{letter}" for number, letter in enumerate("ABCDEFGHIJ")]


def project(folder: Path, count: int) -> Path:
    """A page of ten lines, of which the first `count` are corrected; nothing is saved but the journal."""
    pictures = [render(text) for text in TEXTS]
    page = Image.new("RGB", (300, 60 * len(pictures)), "white")
    boxes = []
    for number, picture in enumerate(pictures):
        page.paste(picture, (20, 60 * number))
        corner = (20, 60 * number)
        boxes.append(Box(rectangle(corner, (corner[0] + picture.width, corner[1] + picture.height)), "?", 0.9))
    folder.mkdir()
    page.save(folder / "page.png")
    store = ProjectStore.open(folder)
    made = store.page(store.keys[0])
    for number in range(count):
        made = with_correction(made, boxes, number, TEXTS[number])
    store.put(made)
    store.close()
    return folder


def teach(folder: Path) -> tuple[dict, list[str]]:
    """What the command answers to scripts and to people."""
    parser, lines = ArgumentParser(), []
    command.add_arguments(parser)

    def ignore(*_values: object) -> None:
        return

    report = SimpleNamespace(send=ignore, stage=ignore, warn=ignore, line=lines.append)
    return command.run(parser.parse_args([str(folder)]), report), lines


def test_a_lesson_learns_its_lines_and_tells_both_readings(paddle, tmp_path, monkeypatch):
    monkeypatch.setattr(teaching, "ROUNDS_OF_NEW", 2)
    monkeypatch.setattr(teaching, "WATCHED_LINES", 8)
    monkeypatch.setattr(teaching, "MOST_OLD", 1.0)
    folder = project(tmp_path / "pages Ⅻ", 10)
    told, lines = teach(folder)
    assert (told["learn_lines"], told["test_lines"], told["kept_lines"]) == (7, 3, 8)
    assert told["learn_right_before"] == told["test_right_before"] == 0
    assert told["learn_cer_after"] <= told["learn_cer_before"]
    assert lines[1].startswith("7 lines learned from")
    run = RunFolder.open(Path(told["run"]))
    lesson = read_lesson(run)
    assert lesson is not None
    assert lesson.verdict.value == told["verdict"]
    assert {one.text for one in lesson.readings} == set(TEXTS)
    # the new character was grafted on: all the old ones are still there
    assert model_info(Path(told["bundle"])).characters == BUNDLED_CHARACTERS + 1
    assert json.loads((run.path / "lesson.json").read_text(encoding="utf-8"))["model"] == "bundled"


def test_too_few_corrections_are_told(paddle, tmp_path):
    folder = project(tmp_path / "pages", 4)
    with pytest.raises(DatasetError, match="4 lines of"):
        teach(folder)
    assert not (folder / ".ocrstudio" / "runs").exists()
