"""Lessons: short trainings from what a person corrected, and the file of their runs that tells what came of them.

```
.ocrstudio/teaching/rec/{learn,test}/<crops>.png   rec/{learn,test}.txt   dict.txt   split.json
.ocrstudio/runs/0007-lesson/lesson.json            which line had which part, and how it was read before and after
```
The lines are written anew for every lesson. `lesson.json` stays with its run, so that a line that was learned once is
never used to test a later model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, FormatError
from ocrstudio.core.lines import box_mark
from ocrstudio.core.page import Page, PageState
from ocrstudio.core.search import Breath
from ocrstudio.core.teaching import ENOUGH, LEARN, TEST, Lesson, Reading, lesson_values, parted, to_learn
from ocrstudio.formats.atomic import read_bytes, write_atomic
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.crops import encode_image
from ocrstudio.formats.dataset import CutLine, crop_prefixes, cut_lines
from ocrstudio.formats.dataset_folder import DatasetWriter
from ocrstudio.formats.json_object import json_object
from ocrstudio.formats.rec_list import format_rec_line
from ocrstudio.formats.run_folder import RunFolder, list_runs
from ocrstudio.formats.store import ProjectStore
from ocrstudio.paths import STATE_DIR

LESSON_FILE = "lesson.json"
RUN_NAME = "lesson"
_RUN = re.compile(rf"\d+-{RUN_NAME}")
TEACHING_DIR, REC_DIR, DICT_FILE = "teaching", "rec", "dict.txt"
PARTS = (LEARN, TEST)

TOO_FEW = QT_TRANSLATE_NOOP("Errors", "{count} lines of {folder} are corrected or checked: too few to learn from.")
CORRECT_MORE = QT_TRANSLATE_NOOP("Errors", "Correct lines or check pages until there are {wanted}, then try again.")
BROKEN = QT_TRANSLATE_NOOP("Errors", "{file} is broken.")
TEACH_AGAIN = QT_TRANSLATE_NOOP("Errors", "Delete the run and teach again; the corrections are kept.")


@dataclass(frozen=True)
class Material:
    """What a project holds to learn from, readable on any thread.

    Attributes:
        folder: The project.
        pages: What gives each page, its picture, and its path within the project.
    """

    folder: Path
    pages: tuple[tuple[Callable[[], Page], Path, str], ...]

    @property
    def runs_dir(self) -> Path:
        """Where the project keeps its runs."""
        return self.folder / STATE_DIR / "runs"

    def corrections(self) -> set[str]:
        """The names of the lines that a person confirmed one by one."""
        breath, found = Breath(), set[str]()
        for load, _, _ in self.pages:
            breath.take()
            found |= corrections_of(load())
        return found


def material_of(store: ProjectStore) -> Material:
    """What a project has to learn from; call it on the store's thread."""
    used = [key for key, state in store.states.items() if state in (PageState.CHECKED, PageState.EDITED)]
    pages = tuple((store.snapshot(key), store.image_path(key), store.file_of(key)) for key in used)
    return Material(store.folder, pages)


def line_name(page: Page, index: int) -> str:
    """What a line is called in lessons: by its page and its place there, so that a new text leaves it the same."""
    return f"{page.key}#{box_mark(page.boxes[index].points):016x}"


def corrections_of(page: Page) -> set[str]:
    """The names of a page's lines that a person confirmed one by one."""
    found = {line_name(page, place) for place, box in enumerate(page.boxes) if box.is_confirmed and box.is_readable}
    return set() if page.state is PageState.REJECTED else found


def begin_lesson(material: Material, model: str, characters: Sequence[str]) -> RunFolder:
    """Writes the lines, and makes the run that will learn them. Reads pictures: not for the window's thread.

    Args:
        material: Of the project; the run goes into it.
        model: What read the lines and learns on: "bundled" or a bundle's folder.
        characters: What that model knows, in the order of its outputs.

    Raises:
        DatasetError: If there are fewer than `ENOUGH` lines.
        StudioError: If something cannot be read or written.
    """
    home = material.folder / STATE_DIR / TEACHING_DIR
    lines = _cut(material)
    parts = parted((name for name, _, _ in lines), earlier_parts(material.runs_dir))
    if len(lines) < ENOUGH:
        raise DatasetError(TOO_FEW, CORRECT_MORE, count=len(lines), folder=material.folder, wanted=ENOUGH)
    lists: dict[str, list[str]] = {part: [] for part in PARTS}
    listed: list[dict[str, Any]] = []
    known = {*characters, " "}
    new = sorted({one for _, _, line in lines for one in line.text} - known)
    with DatasetWriter(home) as writer:
        for name, prefix, line in lines:
            crop = f"{parts[name]}/{prefix}_{line.index}.png"
            writer.add(f"{REC_DIR}/{crop}", encode_image(line.crop, ".png"))
            lists[parts[name]].append(format_rec_line(crop, line.text))
            listed.append({"name": name, "part": parts[name], "text": line.text, "crop": crop})
        for part in PARTS:
            writer.add(f"{REC_DIR}/{part}.txt", "".join(lists[part]))
        writer.add(DICT_FILE, "".join(f"{one}\n" for one in (*characters, *new)))
        home = writer.finish({"taught": True})
    dictionary = home / DICT_FILE if new else None
    run = RunFolder.create(material.runs_dir, RUN_NAME, _config(home, model, len(lists[LEARN]), dictionary))
    _write(run, {"model": model, "lines": listed})
    return run


def _cut(material: Material) -> list[tuple[str, str, CutLine]]:
    """Name, beginning of the crop's file name, and crop of every line."""
    prefixes = crop_prefixes(file for _, _, file in material.pages)
    found = []
    for load, picture, file in material.pages:
        page = to_learn(load())
        lines, _ = cut_lines(page, picture)
        found += [(line_name(page, line.index), prefixes[file], line) for line in lines]
    return found


def _config(home: Path, model: str, lines: int, dictionary: Path | None) -> TrainConfig:
    config = TrainConfig.template()
    values: dict[str, Any] = {
        "Global.pretrained_model": model,
        "Global.character_dict_path": dictionary.as_posix() if dictionary is not None else None,
        **lesson_values(lines, has_new=dictionary is not None),
    }
    for section, part in (("Train", LEARN), ("Eval", TEST)):
        values[f"{section}.dataset.data_dir"] = (home / REC_DIR).as_posix()
        values[f"{section}.dataset.label_file_list"] = [(home / REC_DIR / f"{part}.txt").as_posix()]
    for key, value in values.items():
        config.set(key, value)
    return config


# --- the file --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Draft:
    """A lesson before it is known what it brought: the model that read, and the lines with their crops."""

    model: str
    lines: tuple[tuple[Reading, Path], ...]


def read_draft(run: RunFolder) -> Draft:
    """What a run is to be compared on; `StudioError` if its `lesson.json` is missing or broken."""
    content = _read(run)
    home = Path(str(run.config().get("Train.dataset.data_dir")))
    lines = tuple((reading, home / str(raw.get("crop", ""))) for reading, raw in _readings(content))
    return Draft(str(content.get("model", "")), lines)


def finish_lesson(run: RunFolder, lesson: Lesson) -> None:
    """Keeps what a lesson brought; `ProjectError` if it cannot be written."""
    content = _read(run)
    readings = {one.name: one for one in lesson.readings}
    for _, raw in _readings(content):
        raw |= {"before": readings[raw["name"]].before, "after": readings[raw["name"]].after}
    kept = {"before": lesson.kept_before, "after": lesson.kept_after, "lines": lesson.kept_lines}
    _write(run, {**content, "kept": kept, "verdict": lesson.verdict.value})


def is_lesson_name(name: str) -> bool:
    """Whether a model is called like the run of a lesson."""
    return _RUN.fullmatch(name) is not None


def read_lesson(run: RunFolder) -> Lesson | None:
    """What the lesson of a run brought; None if it is none, or was not finished."""
    try:
        content = _read(run)
    except (DatasetError, FormatError):
        return None
    kept = content.get("kept")
    if not isinstance(kept, dict):
        return None
    numbers = [kept.get(name) for name in ("before", "after", "lines")]
    if not all(isinstance(number, (int, float)) for number in numbers):
        return None
    before, after, count = (float(str(number)) for number in numbers)
    return Lesson(tuple(reading for reading, _ in _readings(content)), before, after, int(count))


@dataclass(frozen=True)
class Learned:
    """A finished lesson: what it brought, the new model's bundle, and the crops of its lines by their names."""

    lesson: Lesson
    bundle: Path
    crops: dict[str, Path]


def read_learned(run: RunFolder) -> Learned:
    """The finished lesson of a run; `StudioError` if there is none."""
    draft, lesson = read_draft(run), read_lesson(run)
    if lesson is None:
        raise FormatError(BROKEN, TEACH_AGAIN, file=run.path / LESSON_FILE)
    return Learned(lesson, run.bundle_dir, {reading.name: crop for reading, crop in draft.lines})


def earlier_parts(runs_dir: Path) -> dict[str, str]:
    """The part that each line had in the project's finished lessons."""
    lessons = (read_lesson(run) for run in list_runs(runs_dir) if (run.path / LESSON_FILE).is_file())
    return {one.name: one.part for lesson in lessons if lesson is not None for one in lesson.readings}


def _readings(content: dict[str, Any]) -> Iterable[tuple[Reading, dict[str, Any]]]:
    lines = content.get("lines")
    for raw in lines if isinstance(lines, list) else ():
        texts = [raw.get(name, "") for name in Reading.__dataclass_fields__] if isinstance(raw, dict) else []
        known = [text for text in texts if isinstance(text, str)]
        if texts and known == texts and raw.get("name") and raw.get("part") in PARTS:
            yield Reading(*known), raw


def _read(run: RunFolder) -> dict[str, Any]:
    path = run.path / LESSON_FILE
    if not path.is_file():
        raise DatasetError(
            QT_TRANSLATE_NOOP("Errors", "The run {folder} learns from no corrections."),
            QT_TRANSLATE_NOOP("Errors", "Choose a run that was begun with “teach”."),
            folder=run.path,
        )
    content = json_object(read_bytes(path))
    if content is None:
        raise FormatError(BROKEN, TEACH_AGAIN, file=path)
    return content


def _write(run: RunFolder, content: dict[str, Any]) -> None:
    write_atomic(run.path / LESSON_FILE, json.dumps({"v": 1, **content}, ensure_ascii=False, indent=1) + "\n")
