"""Synthetic lines as pictures and folders: exact, reproducible, complete or not there."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from ocrstudio import paths
from ocrstudio.core.errors import DatasetError, ProjectError
from ocrstudio.core.split_plan import SplitOptions
from ocrstudio.core.synthesis import PRESETS, Recipe
from ocrstudio.core.synthesis_texts import Characters, Listed
from ocrstudio.engine.fonts import characters_of_font, program_fonts
from ocrstudio.engine.synthesis import run
from ocrstudio.engine.synthesis.grounds import look_of_crop, own_ground
from ocrstudio.engine.synthesis.labels import read_labels
from ocrstudio.engine.synthesis.line import NO_FONT, Line, LineMaker, Refusal
from ocrstudio.engine.synthesis.setting import Face, faces_of, set_along, set_down
from ocrstudio.engine.synthesis.workers import spread
from ocrstudio.formats.dataset_plan import plan_split
from ocrstudio.formats.dataset_writing import write_split
from ocrstudio.formats.rec_list import read_rec_list
from ocrstudio.formats.store import ProjectStore
from tests.unit.small_projects import labelled, make_folder

FONT = paths.resources() / "fonts" / "NotoSansSC-subset.otf"


def maker(source, count, **wishes) -> LineMaker:
    return LineMaker(Recipe(count=count, **wishes), source, faces_of(program_fonts(), source.characters()))


def quiet(_done: int, _total: int) -> None:
    """Nobody listens."""


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("preset", list(PRESETS))
def test_every_preset_draws_the_same_line_from_the_same_seed(preset):
    one = maker(Listed.of(["合同 Ⅻ No. 7", "Total 19%"]), 4, preset=preset, seed=5, vertical=0.5)
    for number in range(4):
        first, again = one.make(number), one.make(number)
        assert isinstance(first, Line)
        assert first.text in ("合同 Ⅻ No. 7", "Total 19%")
        assert np.array_equal(first.image, again.image)
        assert first.image.dtype == np.uint8
        # there is something to be read
        assert first.image.astype(np.float32).std() > 12
    other = LineMaker(replace(one.recipe, seed=6), one.source, one.faces)
    assert other.make(0).image.shape != one.make(0).image.shape or not np.array_equal(
        other.make(0).image, one.make(0).image
    )


def test_a_glyph_that_no_font_has_is_never_drawn(tmp_path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    assert characters_of_font(broken) == set()
    source = Listed.of(["ab", "a\U000e0001b㋿"])
    made = LineMaker(Recipe(count=2), source, faces_of([broken, *program_fonts()], source.characters()))
    assert isinstance(made.make(0), Line)
    refused = made.make(1)
    assert isinstance(refused, Refusal)
    assert refused.reason == NO_FONT
    assert "㋿" in refused.characters


def test_another_font_is_taken_when_one_lacks_a_glyph():
    latin = paths.resources() / "fonts" / "samples" / "mono.ttf"
    faces = faces_of([latin, FONT], {"a", "合"})
    made = LineMaker(Recipe(count=20), Listed.of(["a合"]), faces)
    assert {made.make(number).font for number in range(20)} == {FONT.name}


def test_ink_is_tight_and_lines_written_downwards_lie():
    face = Face(FONT, frozenset("合同编号"))
    along = set_along(face, "合同编号", 32, PRESETS["document"].worn(0), np.random.default_rng(0))
    down = set_down(face, "合同编号", 32)
    for ink in (along, down):
        assert ink[0].any()
        assert ink[-1].any()
        assert ink[:, 0].any()
        assert ink[:, -1].any()
        assert ink.shape[1] > 3 * ink.shape[0]
    # the first character is at the lower end of its side: turned counter-clockwise
    upright = np.rot90(down, -1)
    one = set_along(face, "合", 32, PRESETS["document"].worn(0), np.random.default_rng(0))
    part = cv2.resize(upright[: one.shape[0]], one.shape[::-1])
    assert np.corrcoef(part.ravel(), one.ravel())[0, 1] > 0.5


def test_looks_of_own_crops_are_taken_over():
    crop = np.full((40, 300, 3), (180, 220, 240), np.uint8)
    cv2.putText(crop, "own ground", (10, 30), cv2.FONT_HERSHEY_SIMPLEX, 1, (120, 20, 20), 2)
    look = look_of_crop(crop)
    assert np.abs(np.median(look.ground.reshape(-1, 3), axis=0) - (180, 220, 240)).max() < 6
    assert look.ink[0] > look.ink[2] + 50
    ground, ink = own_ground(look, 60, 900, np.random.default_rng(0))
    assert ground.shape == (60, 900, 3)
    assert ink[0] > ink[2]
    assert look_of_crop(np.full((40, 300, 3), 128, np.uint8)) is None
    assert look_of_crop(np.zeros((3, 3, 3), np.uint8)) is None


def test_a_folder_is_the_same_from_one_and_from_two_processes(tmp_path):
    lines = maker(Characters.of("0123Ⅻ合"), 120, seed=3, preset="captcha")
    seen: list[tuple[int, int]] = []
    first = run.write_set(lines, tmp_path / "一 a", lambda done, total: seen.append((done, total)), workers=1)
    run.write_set(lines, tmp_path / "b", quiet, workers=2)
    assert files(tmp_path / "一 a") == files(tmp_path / "b")
    assert seen[0] == (0, 120)
    assert seen[-1] == (120, 120)
    assert first["lines"] == 120
    assert first["synthetic"] is True
    assert sum(first["fonts"].values()) == 120
    samples = read_rec_list(tmp_path / "b" / "rec" / "train.txt", tmp_path / "b" / "rec")
    assert len(samples) == 120
    assert all(sample.image.is_file() for sample in samples)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert set((tmp_path / "b" / "dict.txt").read_text(encoding="utf-8").split()) == set("0123Ⅻ合")


def test_an_interrupted_run_leaves_nothing_and_is_taken_up(tmp_path, monkeypatch):
    lines = maker(Characters.of("abc"), 100, seed=1)

    def interrupt(done: int, _total: int) -> None:
        if done >= 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run.write_set(lines, tmp_path / "out", interrupt, workers=1)
    assert not (tmp_path / "out").exists()
    record = next((tmp_path / ".out.unfinished" / ".pieces").glob("*.json"))
    begun = []
    whole = run.PieceMaker.__call__
    monkeypatch.setattr(run.PieceMaker, "__call__", lambda self, number: begun.append(number) or whole(self, number))
    run.write_set(lines, tmp_path / "out", quiet, workers=1)
    assert begun == [1 - int(record.stem)]
    run.write_set(lines, tmp_path / "whole", quiet, workers=1)
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_what_was_begun_with_other_wishes_is_begun_anew_and_a_broken_piece_is_made_again(tmp_path):
    lines = maker(Characters.of("abc"), 100, seed=1)
    unfinished = tmp_path / ".out.unfinished"
    (unfinished / ".pieces").mkdir(parents=True)
    (unfinished / ".pieces" / "000000.json").write_text("{", encoding="utf-8")
    mark = run._fingerprint(lines)
    (unfinished / "order.json").write_text(json.dumps({"process": 0, "mark": mark}), encoding="utf-8")
    assert run.write_set(lines, tmp_path / "out", quiet, workers=1)["lines"] == 100
    other = LineMaker(replace(lines.recipe, seed=2), lines.source, lines.faces)
    assert run._fingerprint(other) != mark


def test_foreign_folders_and_busy_ones_are_refused(tmp_path):
    lines = maker(Characters.of("abc"), 1)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(DatasetError, match="not empty"):
        run.write_set(lines, tmp_path / "mine", quiet, workers=1)
    assert files(tmp_path / "mine") == {"note.txt": b"keep"}
    unfinished = tmp_path / ".out.unfinished"
    unfinished.mkdir()
    order = {"process": os.getppid(), "born": run._born(os.getppid()), "mark": ""}
    (unfinished / "order.json").write_text(json.dumps(order), encoding="utf-8")
    with pytest.raises(DatasetError, match=str(os.getppid())):
        run.write_set(lines, tmp_path / "out", quiet, workers=1)


def test_lines_without_any_font_end_in_words_not_in_boxes(tmp_path):
    with pytest.raises(DatasetError, match="㋿"):
        run.write_set(maker(Listed.of(["㋿"]), 3), tmp_path / "out", quiet, workers=1)
    assert list(tmp_path.iterdir()) == []


def _fails(number: int) -> int:
    if number == 2:
        raise ProjectError("{file} is full.", file="disk")
    if number == 5:
        os._exit(3)
    return number


def test_what_goes_wrong_in_a_worker_is_told():
    assert sorted(spread(_fails, [0, 1, 3, 4], 2)) == [0, 1, 3, 4]
    with pytest.raises(ProjectError, match="disk is full"):
        list(spread(_fails, [0, 1, 2], 2))
    with pytest.raises(Exception, match="code 3"):
        list(spread(_fails, [5, 0, 1], 2))


def test_labels_are_read_from_datasets_by_their_training_part(tmp_path):
    rec = tmp_path / "rec"
    (rec / "train").mkdir(parents=True)
    crop = np.full((40, 200, 3), 230, np.uint8)
    cv2.putText(crop, "label", (10, 30), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2)
    cv2.imwrite(str(rec / "train" / "0.png"), crop)
    (rec / "train.txt").write_text("train/0.png\tlabel\ntrain/gone.png\tlost\n", encoding="utf-8")
    (rec / "test.txt").write_text("test/0.png\tsecret\n", encoding="utf-8")
    labels = read_labels(tmp_path, looks=8)
    assert labels.texts == ["label", "lost"]
    assert len(labels.looks) == 1
    assert read_labels(rec / "train.txt", looks=0).texts == labels.texts
    with pytest.raises(ProjectError):
        read_labels(tmp_path / "nothing", looks=0)


@pytest.mark.parametrize("by", ["page", "box"])
def test_labels_of_a_project_are_read_without_what_its_latest_dataset_holds_out(tmp_path, by):
    project = make_folder(tmp_path, [f"p{number}.png" for number in range(10)])
    texts = [[f"page {number} first", f"page {number} second"] for number in range(10)]
    labelled(project, texts)
    assert read_labels(project, looks=0).undivided
    store = ProjectStore.open(project)
    plan = plan_split(store, SplitOptions("6:2:2", seed=3, by=by, alike=False))
    write_split(plan, project / ".ocrstudio" / "datasets" / "one", quiet)
    store.close()
    labels = read_labels(project, looks=8)
    rec = project / ".ocrstudio" / "datasets" / "one" / "rec"
    trained = [sample.text for sample in read_rec_list(rec / "train.txt", rec)]
    assert sorted(labels.texts) == sorted(trained)
    assert len(trained) == 12
    assert (labels.dataset, labels.undivided) == ("one", False)
    # a broken one beside it, and one that was made of another folder, say nothing about this project
    broken, other = rec.parent.with_name("broken"), rec.parent.with_name("other")
    broken.mkdir()
    (broken / "split.json").write_text('{"sources": [], "parts": []}', encoding="utf-8")
    other.mkdir()
    content = {"sources": [{"name": "pages", "path": "x"}], "parts": {"train": ["pages/p0.png"], "val": [], "test": []}}
    (other / "split.json").write_text(json.dumps(content), encoding="utf-8")
    assert read_labels(project, looks=0).dataset == "one"
