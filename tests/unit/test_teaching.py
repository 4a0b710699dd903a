"""What corrections become, which of them are learned from, and when a model counts as better."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ocrstudio.core import edits
from ocrstudio.core.errors import DatasetError, FormatError
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.core.shaping import rectangle
from ocrstudio.core.teaching import LEARN, TEST, Lesson, Reading, Verdict, parted, to_learn, with_correction
from ocrstudio.formats.bundle import write_card
from ocrstudio.formats.lesson import (
    begin_lesson,
    earlier_parts,
    finish_lesson,
    is_lesson_name,
    line_name,
    material_of,
    read_draft,
    read_lesson,
)
from ocrstudio.formats.model_list import list_models
from ocrstudio.formats.rec_list import read_rec_list
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.store import ProjectStore
from ocrstudio.paths import taught_pages


def line(text: str, row: int, score: float | None = 0.9, **values) -> Box:
    return Box(rectangle((10, 10 + 40 * row), (200, 40 + 40 * row)), text, score, **values)


CORRECT = ["α1", "B2", "B3", "B12", "B13", "B21", "B22", "B23", "B31", "B32"]
READ = (line("P1", 0), line("P2", 1), line("P3", 2))


def page(*boxes: Box, state: PageState = PageState.NEW) -> Page:
    return Page("f/p.png", "p.png", boxes, state)


def texts(made: Page) -> list[tuple[str, bool]]:
    return [(box.text, box.is_confirmed) for box in made.boxes]


# --- a correction on a page ------------------------------------------------------------------------------------------


def test_a_correction_stores_all_lines_and_confirms_one():
    made = with_correction(page(), READ, 1, "B2")
    assert texts(made) == [("P1", False), ("B2", True), ("P3", False)]
    assert made.state is PageState.EDITED
    assert (made.boxes[1].score, made.boxes[1].touched, made.boxes[0].touched) == (None, True, False)


def test_correcting_again_changes_the_same_box():
    once = with_correction(page(), READ, 1, "B2")
    again = with_correction(once, (READ[0], line("B2", 1), READ[2]), 1, "B2!")
    assert texts(again) == [("P1", False), ("B2!", True), ("P3", False)]
    assert again.boxes[1].id == once.boxes[1].id
    assert with_correction(again, READ, 1, "B2!") is again


def test_a_box_that_is_there_is_corrected_and_others_stay():
    drawn = Box(rectangle((12, 52), (198, 79)), "old", touched=True)
    made = with_correction(page(drawn, line("x", 7), state=PageState.CHECKED), READ, 1, "B2")
    assert texts(made) == [("B2", True), ("x", False)]
    assert made.boxes[0].points == drawn.points
    assert made.state is PageState.CHECKED


def test_a_line_that_no_box_covers_is_added():
    made = with_correction(page(line("x", 7), state=PageState.AUTO), READ, 0, "B1")
    assert texts(made) == [("x", False), ("B1", True)]


def test_only_confirmed_lines_of_unchecked_pages_are_learned():
    corrected = with_correction(page(), READ, 1, "B2")
    assert [box.text for box in to_learn(corrected).boxes] == ["B2"]
    checked = edits.replaced(page(*READ, state=PageState.CHECKED), {})
    assert to_learn(checked).boxes == READ
    aside = Page(corrected.key, corrected.file, corrected.boxes, PageState.REJECTED)
    assert to_learn(aside).boxes == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda made, box: edits.split(made, box.id, 0.5),
        lambda made, box: edits.merged(made, [one.id for one in made.boxes], None),
        lambda made, box: edits.duplicated(edits.removed(made, []), [box.id], None).without([box.id]),
        lambda made, box: made.with_box(Box(box.points, "read again", 0.7, True, False, box.extra, box.id)),
    ],
    ids=["split", "merged", "copied", "read again"],
)
def test_a_text_that_nobody_confirmed_as_it_is_is_not_learned(change):
    made = with_correction(page(), READ, 1, "B2 and more")
    assert to_learn(change(made, made.boxes[1])).boxes == ()


# --- parts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "tests"), [(0, 0), (1, 0), (2, 1), (3, 1), (6, 2), (10, 3), (12, 3), (20, 4), (100, 20)]
)
def test_some_lines_are_never_learned_from(lines, tests):
    parts = parted([f"p#{number}" for number in range(lines)], {})
    assert list(parts.values()).count(TEST) == tests
    assert len(parts) == lines


def test_what_was_learned_once_never_tests_later():
    names = [f"p#{number}" for number in range(10)]
    first = parted(names, {})
    more = [f"q#{number}" for number in range(40)]
    second = parted([*more, *names], first)
    assert all(second[name] == first[name] for name in names)
    assert list(second.values()).count(TEST) == 10


# --- the verdict -----------------------------------------------------------------------------------------------------


def lesson(learn: list[tuple[str, str]], test: list[tuple[str, str]], kept: float = 1.0) -> Lesson:
    """(before, after) of lines that say "abc"."""
    readings = [
        Reading(f"{part}{number}", part, "abc", *pair)
        for part, pairs in ((LEARN, learn), (TEST, test))
        for number, pair in enumerate(pairs)
    ]
    return Lesson(tuple(readings), 1.0, kept, 100)


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        (lesson([("abx", "abc")], [("xbc", "abc")]), Verdict.BETTER),
        (lesson([("abx", "abc")], [("xyc", "xbc")]), Verdict.BETTER),  # fewer errors, though none is right yet
        (lesson([("abx", "abc")], [("xyc", "xbc")], kept=0.97), Verdict.MIXED),  # and that is not worth other lines
        (lesson([("abx", "abc")], [("xbc", "xbc")]), Verdict.SAME),  # learned by heart
        (lesson([("abx", "abc")], [("abc", "abc")]), Verdict.BETTER),
        (lesson([("abx", "abx")], [("abc", "abc")]), Verdict.SAME),
        (lesson([("abx", "abc")], [("abc", "abx")]), Verdict.SAME),  # worse
        (lesson([("abx", "abc")], [("xbc", "abc")], kept=0.89), Verdict.FORGETS),
        (lesson([("abx", "abc")], [("xbc", "abc")], kept=0.9), Verdict.MIXED),
        (lesson([("abx", "abc")], [("xbc", "xbc")], kept=0.9), Verdict.SAME),
        (lesson([("abx", "abc")], [("xbc", "abc")], kept=0.95), Verdict.BETTER),
    ],
)
def test_better_means_better_on_lines_not_learned_from(made, verdict):
    assert made.verdict is verdict


def test_scores_count_lines_and_characters():
    made = lesson([("abx", "abc"), ("abc", "abc")], [("x", "abd")])
    assert (made.before(LEARN).right, made.after(LEARN).right, made.before(LEARN).lines) == (1, 2, 2)
    assert made.before(TEST).cer == pytest.approx(1.0)
    assert made.after(TEST).cer == pytest.approx(1 / 3)
    assert [one.name for one in made.examples(5)] == ["test0", "learn0"]


# --- on disk ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    from PIL import Image

    folder = tmp_path / "pages Ⅻ"
    folder.mkdir()
    store = ProjectStore.open(_with_picture(folder, Image))
    key = store.keys[0]
    made = store.page(key)
    read = [line("?", number) for number in range(10)]
    for number, text in enumerate(CORRECT):
        made = with_correction(made, read, number, text)
    store.put(made)
    store.close()  # not saved: the journal alone has it
    return folder


def _with_picture(folder: Path, pictures) -> Path:
    pictures.new("RGB", (300, 500), "white").save(folder / "p.png")
    return folder


def begun(folder: Path, characters: str = "B123") -> RunFolder:
    store = ProjectStore.open(folder)
    try:
        return begin_lesson(material_of(store), "bundled", tuple(characters))
    finally:
        store.close()


def test_corrections_outlive_a_killed_program_and_a_save(project):
    store = ProjectStore.open(project)
    assert texts(store.page(store.keys[0])) == [(text, True) for text in CORRECT]
    store.save()
    store.close()
    store = ProjectStore.open(project)
    assert texts(store.page(store.keys[0])) == [(text, True) for text in CORRECT]
    assert store.state(store.keys[0]) is PageState.EDITED
    assert len(material_of(store).corrections()) == 10
    store.close()


def test_a_lesson_has_its_lines_its_new_characters_and_the_model_it_begins_with(project):
    run = begun(project)
    config = run.config()
    assert config.get("Global.pretrained_model") == "bundled"
    assert config.get("Global.freeze") == "backbone"
    assert Path(config.get("Global.character_dict_path")).read_text(encoding="utf-8").split() == list("B123α")
    found = {}
    for part, section in ((LEARN, "Train"), (TEST, "Eval")):
        listed = Path(config.get(f"{section}.dataset.label_file_list")[0])
        samples = read_rec_list(listed, Path(config.get(f"{section}.dataset.data_dir")))
        assert all(sample.image.is_file() for sample in samples)
        found[part] = [sample.text for sample in samples]
    assert sorted(found[LEARN] + found[TEST]) == sorted(CORRECT)
    assert len(found[TEST]) == 3
    assert {reading.text for reading, _ in read_draft(run).lines} == set(CORRECT)


def test_known_characters_need_no_new_dictionary(project):
    assert begun(project, "Bα123").config().get("Global.character_dict_path") is None


def test_a_finished_lesson_is_remembered_and_one_that_broke_off_is_not(project):
    run = begun(project)
    assert read_lesson(run) is None
    assert earlier_parts(run.path.parent) == {}
    readings = tuple(Reading(one.name, one.part, one.text, "before", one.text) for one, _ in read_draft(run).lines)
    finish_lesson(run, Lesson(readings, 1.0, 0.97, 100))
    assert read_lesson(run) == Lesson(readings, 1.0, 0.97, 100)
    assert earlier_parts(run.path.parent) == {one.name: one.part for one in readings}


def test_too_few_lines_are_told_before_anything_is_written(tmp_path):
    from PIL import Image

    folder = _with_picture(tmp_path, Image)
    with pytest.raises(DatasetError, match=r"0 lines of .* too few"):
        begun(folder)
    assert not (folder / ".ocrstudio" / "runs").exists()


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"lines": 3, "kept": []}', '{"lines": [3, {}, {"part": "learn"}]}']
)
def test_a_broken_file_is_no_lesson(project, content):
    run = begun(project)
    (run.path / "lesson.json").write_text(content)
    assert read_lesson(run) is None
    if content in ("", "[]", "{"):
        with pytest.raises(FormatError, match=r"lesson\.json is broken"):
            read_draft(run)
    else:
        assert read_draft(run).lines == ()


def test_a_line_keeps_its_name_when_its_text_changes():
    made = with_correction(page(), READ, 1, "B2")
    assert line_name(made, 1) == line_name(with_correction(made, READ, 1, "C2"), 1) != line_name(made, 0)


def test_a_model_that_was_taught_outside_of_projects_is_offered_if_it_is_better():
    from PIL import Image

    folder = taught_pages()
    folder.mkdir(parents=True)
    store = ProjectStore.open(_with_picture(folder, Image))
    store.put(with_correction(store.page(store.keys[0]), READ, 0, "B1"))
    for row in range(1, 10):
        store.put(with_correction(store.page(store.keys[0]), [line("?", row)], 0, "B1"))
    store.close()
    for after in ("B1", "no better"):
        run = begun(folder)
        (run.bundle_dir).mkdir()
        (run.bundle_dir / "model.onnx").write_bytes(b"onnx")
        write_card(run.bundle_dir, {"name": run.name, "created": "2026-11-22T15:00:00+00:00", "task": "rec"})
        readings = tuple(replace(one, before="x", after=after) for one, _ in read_draft(run).lines)
        finish_lesson(run, Lesson(readings, 1.0, 1.0, 0))
    names = [info.name for info in list_models(None)]
    assert "0001-lesson" in names
    assert "0002-lesson" not in names
    assert is_lesson_name("0001-lesson")
    assert not is_lesson_name("0001-lesson-2")
