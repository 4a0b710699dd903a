"""Datasets on disk."""

import errno
import hashlib
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path, PureWindowsPath

import numpy as np
import pytest
from small_projects import box, labelled, make_folder, png

from ocrstudio.core.errors import DatasetError, FormatError, ProjectError
from ocrstudio.core.page import Box, PageState
from ocrstudio.core.split_plan import SplitOptions
from ocrstudio.formats import dataset_folder
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.dataset import crop_prefixes
from ocrstudio.formats.dataset_folder import DatasetWriter, finish_interrupted, listed_files, read_split, stays_inside
from ocrstudio.formats.dataset_plan import plan_split
from ocrstudio.formats.dataset_writing import as_written, write_split
from ocrstudio.formats.rec_list import read_rec_list
from ocrstudio.formats.store import ProjectStore

NAMES = tuple(f"p{number}.png" for number in range(10))


@pytest.fixture
def project(tmp_path):
    folder = make_folder(tmp_path, NAMES, folder="页 1")
    labelled(folder, [[f"Ⅻ {n}", "b a"] for n in range(10)])
    return ProjectStore.open(folder)


def wishes(ratio, seed):
    """The pictures of these tests look the same."""
    return SplitOptions(ratio, seed, alike=False)


def write(store, out, seed=0, **arguments):
    return write_split(plan_split(store, wishes("6:2:2", seed), **arguments), out, lambda *_: None)


def snapshot(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_plan_counts_and_writes_nothing(project):
    before = snapshot(project.folder)
    plan = plan_split(project, wishes("6:2:2", 0))
    assert {part: (count.pages, count.boxes, count.lines) for part, count in plan.division.counts.items()} == {
        "train": (6, 12, 12),
        "val": (2, 4, 4),
        "test": (2, 4, 4),
    }
    assert plan.characters == ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "Ⅻ")
    assert plan.skipped == ()
    assert snapshot(project.folder) == before


def test_confirmed_lines_of_a_page_that_is_not_checked_are_learned_by_recognition_only(project, tmp_path):
    key = project.keys[3]
    page = project.page(key)
    project.put(replace(page, boxes=(page.boxes[0].with_extra(confirmed=True), page.boxes[1]), state=PageState.EDITED))
    rejected = project.page(project.keys[4])
    project.put(replace(rejected, boxes=(rejected.boxes[0].with_extra(confirmed=True),), state=PageState.REJECTED))
    plan = plan_split(project, wishes("6:2:2", 0))
    assert [one.page for one in plan.skipped] == [project.keys[4]]
    counts = plan.division.counts.values()
    assert (sum(one.pages for one in counts), sum(one.lines for one in counts)) == (8, 17)
    out = write_split(plan, tmp_path / "out")
    listed = {
        kind: "".join((out / f"{kind}/{part}.txt").read_text() for part in ("train", "val", "test"))
        for kind in ("det", "rec")
    }
    assert "p3.png" not in listed["det"]
    assert [line.split("\t")[1] for line in listed["rec"].splitlines() if "/p3_" in line] == ["Ⅻ 3"]


def test_a_broken_picture_stays_out_and_keeps_no_others_back(project, tmp_path):
    broken = project.image_path(project.keys[2])
    broken.write_bytes(png()[:-30])
    plan = plan_split(project, wishes("6:2:2", 0))
    out = write_split(plan, tmp_path / "out")
    told = read_split(out)
    assert [(one["page"], broken.name in one["reason"]) for one in told["skipped"]] == [(project.keys[2], True)]
    assert (
        sum(len(keys) for keys in told["parts"].values()) == sum(one["pages"] for one in told["counts"].values()) == 9
    )
    assert not [name for name in listed_files(out) if "/p2" in name]
    assert as_written(plan, out).division.counts["train"].lines == told["counts"]["train"]["lines"]


def test_the_dataset_is_what_paddleocr_reads(project, tmp_path):
    out = write(project, tmp_path / "out")
    assert sorted(path.name for path in out.iterdir()) == ["det", "dict.txt", "rec", "split.json"]
    det = (out / "det" / "val.txt").read_text(encoding="utf-8").splitlines()
    assert len(det) == 2
    for text in det:
        name, labels = text.split("\t")
        assert (out / "det" / name).read_bytes() == png()
        assert [item["transcription"] for item in json.loads(labels)][1] == "b a"
    samples = read_rec_list(out / "rec" / "train.txt", out / "rec")
    assert len(samples) == 12
    for sample in samples:
        assert read_image(sample.image).shape == (10, 30, 3)
        stem, index = sample.image.stem.split("_")
        assert sample.text == (f"Ⅻ {stem[1:]}" if index == "0" else "b a")
    page = read_image(project.image_path(project.keys[0]))
    crops = [
        sample for part in ("train", "val", "test") for sample in read_rec_list(out / f"rec/{part}.txt", out / "rec")
    ]
    first = next(sample for sample in crops if sample.image.name == "p0_0.png")
    assert np.array_equal(read_image(first.image), page[2:12, 1:31])
    assert "\\" not in (out / "rec" / "train.txt").read_text(encoding="utf-8")


def test_no_page_is_in_two_parts_on_disk_either(project, tmp_path):
    out = write(project, tmp_path / "out")
    stems = {
        part: {path.name.split("_")[0] for path in (out / "rec" / part).iterdir()} for part in ("train", "val", "test")
    }
    assert not stems["train"] & stems["val"]
    assert not stems["train"] & stems["test"]
    assert not stems["val"] & stems["test"]
    assert len(set.union(*stems.values())) == 10


def test_the_list_of_files_is_complete_and_true_and_holds_no_absolute_path(project, tmp_path):
    out = write(project, tmp_path / "out")
    files = listed_files(out)
    assert set(files) == set(snapshot(out)) - {"split.json"}
    for name, digest in files.items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    content = read_split(out)
    assert (content["ratio"], content["seed"], len(content["parts"]["train"])) == ("6:2:2", 0, 6)
    assert str(tmp_path) not in (out / "split.json").read_text(encoding="utf-8")


def test_the_same_seed_writes_the_same_bytes(project, tmp_path):
    assert snapshot(write(project, tmp_path / "a", 5)) == snapshot(write(project, tmp_path / "b", 5))
    assert snapshot(write(project, tmp_path / "c", 6)) != snapshot(tmp_path / "a")


def test_unchecked_pages_empty_pages_and_bad_pictures_are_left_out_with_their_reason(tmp_path):
    folder = make_folder(tmp_path, ("a.png", "b.png", "c.png", "d.png", "e.png"))
    labelled(folder, [["x"], ["x"], [], ["x"], ["x"]])
    (folder / "d.png").write_bytes(b"")
    store = ProjectStore.open(folder)
    store.put(replace(store.page("pages/e.png"), state=PageState.EDITED))
    plan = plan_split(store, wishes("6:2:2", 0))
    store.close()
    reasons = {one.page: one.reason for one in plan.skipped}
    assert set(reasons) == {"pages/c.png", "pages/d.png", "pages/e.png"}
    assert "no boxes" in reasons["pages/c.png"]
    assert "0 bytes" in reasons["pages/d.png"]
    assert "not checked" in reasons["pages/e.png"]


def test_without_a_checked_page_there_is_nothing_to_split(tmp_path):
    with pytest.raises(DatasetError, match=r"No page .* is checked.*Annotate"):
        plan_split(ProjectStore.open(make_folder(tmp_path)), wishes("6:2:2", 0))


def test_placeholders_and_ignored_regions_never_reach_recognition_but_stay_in_detection(tmp_path):
    folder = make_folder(tmp_path, ("a.png", "b.png"))
    words = ["TEMPORARY", "待识别", "NULL", "锁定框：待检测", "###", "*", "", "  ", " good  text\t2\n"]
    labelled(folder, [words, ["x"]])
    store = ProjectStore.open(folder)
    out = write(store, tmp_path / "out")
    lines = "".join((out / f"rec/{part}.txt").read_text(encoding="utf-8") for part in ("train", "val"))
    assert sorted(line.split("\t")[1] for line in lines.splitlines()) == ["good  text 2", "x"]
    boxes = "".join((out / f"det/{part}.txt").read_text(encoding="utf-8") for part in ("train", "val"))
    assert boxes.count('"points"') == 10


def test_a_box_that_cannot_be_cut_is_left_out_and_named(tmp_path):
    folder = make_folder(tmp_path, ("a.png", "b.png"))
    labelled(folder, [["x"], ["y"]])
    store = ProjectStore.open(folder)
    flat = Box(((0, 0), (9, 0), (5, 0), (3, 0)), "flat")
    store.put(replace(store.page("pages/a.png"), boxes=(flat, box("x"))))
    out = write(store, tmp_path / "out")
    store.close()
    assert [one["page"] for one in read_split(out)["skipped"]] == ["pages/a.png"]
    assert sorted(path.name for path in (out / "rec").rglob("*.png")) == ["a_1.png", "b_0.png"]


def test_pictures_that_share_a_stem_do_not_share_crops(tmp_path):
    folder = make_folder(
        tmp_path,
        ("a.png", "a.bmp", "a_png.png", "A.png") if _case_matters(tmp_path) else ("a.png", "a.bmp", "a_png.png"),
    )
    count = len(list(folder.iterdir()))
    labelled(folder, [["x"]] * count)
    out = write(ProjectStore.open(folder), tmp_path / "out")
    assert len({path.name.casefold() for path in (out / "rec").rglob("*.png")}) == count


def _case_matters(folder):
    (folder / "case").write_text("")
    return not (folder / "CASE").exists()


def test_crop_prefixes_are_stems_as_far_as_possible():
    assert crop_prefixes(["a.jpg", "a.png", "a_png.jpg", "B.png", "b.png", "c d.png"]) == {
        "a.jpg": "a",
        "a.png": "a_png",
        "a_png.jpg": "a_png_jpg",
        "B.png": "B",
        "b.png": "b_png",
        "c d.png": "c d",
    }
    assert len(set(crop_prefixes(["a.png", "A.PNG", "a.Png", "a.pnG"]).values())) == 4


def test_writing_again_replaces_only_what_was_written_before(project, tmp_path):
    out = write(project, tmp_path / "out", seed=0)
    (out / "my notes.txt").write_text("mine")
    (out / "rec" / "train" / "mine.png").write_bytes(b"mine")
    write(project, out, seed=1)
    assert (out / "my notes.txt").read_text() == "mine"
    assert (out / "rec" / "train" / "mine.png").read_bytes() == b"mine"
    own = set(snapshot(out)) - {"my notes.txt", "rec/train/mine.png", "split.json"}
    assert own == set(listed_files(out))
    assert read_split(out)["seed"] == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "页 1"]


def test_a_folder_of_somebody_else_is_refused_untouched(project, tmp_path):
    out = tmp_path / "out"
    (out / "det").mkdir(parents=True)
    (out / "det" / "train.txt").write_text("theirs")
    with pytest.raises(DatasetError, match="no dataset of this program"):
        write(project, out)
    assert snapshot(out) == {"det/train.txt": b"theirs"}
    (tmp_path / "file").write_text("x")
    with pytest.raises(DatasetError, match="no dataset"):
        write(project, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "x"


def test_a_file_of_ours_that_somebody_changed_is_never_deleted(project, tmp_path):
    out = write(project, tmp_path / "out")
    (out / "rec" / "train.txt").write_text("corrected by hand")
    before = snapshot(out)
    with pytest.raises(DatasetError, match=r"rec/train\.txt was changed"):
        write(project, out, seed=1)
    assert snapshot(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "页 1"]


def test_a_foreign_file_in_the_way_is_never_overwritten(project, tmp_path):
    plan = plan_split(project, wishes("6:2:2", 0))
    out = write(project, tmp_path / "out")
    content = read_split(out)
    name = f"det/train/{Path(plan.parts['train'][0]).name}"
    del content["files"][name]
    (out / "split.json").write_text(json.dumps(content))
    (out / name).write_bytes(b"mine")
    with pytest.raises(DatasetError, match="was changed"):
        write(project, out)
    assert (out / name).read_bytes() == b"mine"


def test_an_empty_folder_is_taken(project, tmp_path):
    (tmp_path / "out").mkdir()
    assert (write(project, tmp_path / "out") / "split.json").is_file()


@pytest.mark.parametrize("after", [0, 1, 5, 20, 36])
def test_a_disk_that_fills_leaves_the_earlier_dataset(project, tmp_path, monkeypatch, after):
    out = write(project, tmp_path / "out", seed=0)
    before = snapshot(out)
    real, calls = Path.write_bytes, []

    def full(self, data):
        calls.append(self)
        if len(calls) > after:
            raise OSError(errno.ENOSPC, "full")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ProjectError, match="disk is full"):
        write(project, out, seed=1)
    monkeypatch.undo()
    assert snapshot(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "页 1"]


@pytest.mark.parametrize("killed_before", ["first rename", "second rename", "clean-up"])
def test_a_write_killed_while_it_takes_its_place_is_finished_by_the_next(project, tmp_path, monkeypatch, killed_before):
    out = write(project, tmp_path / "out", seed=0)
    (out / "mine.txt").write_text("mine")
    before = snapshot(out)

    class Killed(BaseException):
        pass

    real, calls = Path.rename, []

    def rename(self, target):
        calls.append(target)
        if len(calls) == {"first rename": 1, "second rename": 2}.get(killed_before, 99):
            raise Killed
        return real(self, target)

    def clean(_):
        raise Killed

    plan = plan_split(project, wishes("6:2:2", 1))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", rename)
        if killed_before == "clean-up":
            finish = finish_interrupted
            seen = []
            patched.setattr(
                dataset_folder, "finish_interrupted", lambda out: clean(out) if seen else seen.append(finish(out))
            )
        patched.setattr(dataset_folder.shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(Killed):
            write_split(plan, out, lambda *_: None)
    finish_interrupted(out)
    assert (out / "mine.txt").read_text() == "mine"
    if killed_before == "clean-up":
        assert read_split(out)["seed"] == 1
    else:
        assert snapshot(out) == before
    write(project, out, seed=2)
    assert read_split(out)["seed"] == 2
    assert (out / "mine.txt").read_text() == "mine"
    assert not (tmp_path / ".out.old").exists()


def test_what_an_ended_process_left_unfinished_is_cleared_but_nothing_else(project, tmp_path):
    left = tmp_path / ".out.new-999999999"
    left.mkdir()
    (left / ".ocrstudio-unfinished").write_text("")
    mine = tmp_path / ".out.new-mine"
    mine.mkdir()
    write(project, tmp_path / "out")
    assert not left.exists()
    assert mine.exists()


def test_a_hand_made_list_cannot_reach_outside(project, tmp_path):
    out = write(project, tmp_path / "out")
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    content = read_split(out)
    content["files"]["../outside.txt"] = hashlib.sha256(b"mine").hexdigest()
    content["files"][str(outside)] = hashlib.sha256(b"mine").hexdigest()
    (out / "split.json").write_text(json.dumps(content))
    write(project, out, seed=1)
    assert outside.read_text() == "mine"


def test_a_dataset_does_not_bring_a_project_back_that_goes_meanwhile(project):
    project.close()
    with DatasetWriter(project.folder / ".ocrstudio" / "datasets" / "d") as writer:
        writer.add("det/train.txt", "")
        shutil.rmtree(project.folder)
        with pytest.raises(ProjectError):
            writer.add("rec/train.txt", "")
    assert not project.folder.exists()


def test_a_dataset_of_broken_pictures_alone_does_not_replace_an_earlier_one(project, tmp_path):
    before = snapshot(write(project, tmp_path / "out"))
    for key in project.keys:
        project.image_path(key).write_bytes(png()[:-30])
    with pytest.raises(DatasetError, match=r"p\d\.png.* the 10 pages"):
        write(project, tmp_path / "out")
    assert snapshot(tmp_path / "out") == before


@pytest.mark.parametrize(
    "name", ["C:/x.txt", "C:x.txt", "/x.txt", r"\x.txt", r"rec\..\..\x.txt", r"\\server\share\x.txt"]
)
def test_what_windows_takes_for_a_place_elsewhere_is_not_inside(name):
    assert not stays_inside(PureWindowsPath(name))
    assert stays_inside(PureWindowsPath("rec/crops/1.png"))


@pytest.mark.parametrize("content", ["", "[]", "{", "[" * 10_000])
def test_a_broken_split_file_is_named_and_nothing_deleted(project, tmp_path, content):
    out = write(project, tmp_path / "out")
    (out / "split.json").write_text(content)
    before = snapshot(out)
    with pytest.raises(FormatError, match=r"split\.json is broken"):
        write(project, out)
    assert snapshot(out) == before


def test_progress_counts_the_pages(project, tmp_path):
    seen = []
    write_split(
        plan_split(project, wishes("6:2:2", 0)), tmp_path / "out", lambda done, total: seen.append((done, total))
    )
    assert seen == [(done, 10) for done in range(11)]


def test_a_dataset_that_cannot_take_its_place_leaves_the_earlier_one(project, tmp_path, monkeypatch):
    out = write(project, tmp_path / "out")
    before = snapshot(out)
    real = Path.rename

    def refuse(self, target):
        if ".new-" in self.name:
            raise OSError(errno.EACCES, "denied")
        return real(self, target)

    plan = plan_split(project, wishes("6:2:2", 1))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refuse)
        with pytest.raises(ProjectError, match="permission"):
            write_split(plan, out, lambda *_: None)
    assert snapshot(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "页 1"]


def test_a_picture_that_goes_while_it_is_written_leaves_the_earlier_dataset(project, tmp_path):
    out = write(project, tmp_path / "out")
    before = snapshot(out)
    plan = plan_split(project, wishes("6:2:2", 1))
    (project.folder / "p3.png").unlink()
    with pytest.raises(ProjectError, match=r"p3\.png"):
        write_split(plan, out, lambda *_: None)
    assert snapshot(out) == before


def test_prefixes_are_different_over_sub_folders_and_hold_nothing_a_list_cannot():
    files = [
        "a.jpg",
        "sub/a.jpg",
        "sub/a.png",
        "sub_a.jpg",
        "x/sub/a.jpg",
        "b/only.jpg",
        "t\tb.png",
        "h\ud800.png",
        "noend",
    ]
    prefixes = crop_prefixes(files)
    assert prefixes["a.jpg"] == "a"
    assert prefixes["sub/a.jpg"] == "sub_a"
    assert prefixes["b/only.jpg"] == "only"
    assert prefixes["t\tb.png"] == "t_b"
    assert prefixes["h\ud800.png"] == "h_"
    assert len({prefix.casefold() for prefix in prefixes.values()}) == len(files)
    decomposed = crop_prefixes(["\u00e9.png", "e\u0301.png"])
    assert len(set(decomposed.values())) == 2
    assert decomposed["e\u0301.png"].endswith("_png")


def test_sub_folders_keep_their_places_in_detection_and_share_no_crop(tmp_path):
    folder = make_folder(tmp_path, ("a.png",))
    for name in ("x/a.png", "x/y/a.png"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((folder / "a.png").read_bytes())
    labelled(folder, [["1"], ["2"], ["3"]])
    store = ProjectStore.open(folder)
    out = write_split(plan_split(store, wishes("1:1:1", 0)), tmp_path / "out", lambda *_: None)
    store.close()
    listed = [(out / "det" / f"{part}.txt").read_text().split("\t")[0] for part in ("train", "val", "test")]
    assert {name.partition("/")[2] for name in listed} == {"a.png", "x/a.png", "x/y/a.png"}
    assert all((out / "det" / name).is_file() for name in listed)
    samples = [
        one for part in ("train", "val", "test") for one in read_rec_list(out / "rec" / f"{part}.txt", out / "rec")
    ]
    assert len({one.image for one in samples}) == 3
    assert all(one.image.is_file() for one in samples)


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_a_picture_whose_name_no_list_can_hold_stays_out_by_name(tmp_path):
    folder = make_folder(tmp_path, ("a.png", "b\nc.png"))
    store = ProjectStore.open(folder)
    for key in store.keys:
        store.put(replace(store.page(key), boxes=(box("x"),), state=PageState.CHECKED))
    plan = plan_split(store, wishes("1:0:0", 0))
    store.close()
    assert all("a.png" in key for keys in plan.parts.values() for key in keys)
