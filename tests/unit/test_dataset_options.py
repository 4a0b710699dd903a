"""What a dataset can be asked for: several folders, kept test parts, groups, single lines, layouts; and its leaks."""

import json
import os
import shutil

import numpy as np
import pytest
from script_split import divide_like_the_script
from small_projects import labelled, make_folder, png

from ocrstudio.core.errors import DatasetError
from ocrstudio.core.split import PARTS
from ocrstudio.core.split_plan import SplitOptions
from ocrstudio.formats.crops import encode_image
from ocrstudio.formats.dataset_check import check_split
from ocrstudio.formats.dataset_folder import kept_test, listed_files, read_split
from ocrstudio.formats.dataset_plan import options_of, plan_split
from ocrstudio.formats.dataset_sources import close_sources, open_sources
from ocrstudio.formats.dataset_writing import write_split

COUNT = 10


def pages(parent, name="页 1", count=COUNT, prefix="p"):
    """Pages of two lines each, no two pictures alike."""
    folder = make_folder(parent, tuple(f"{prefix}{n}.png" for n in range(count)), folder=name)
    for number in range(count):
        (folder / f"{prefix}{number}.png").write_bytes(png(40 + number, 20))
    labelled(folder, [[f"Ⅻ {number}", "b a"] for number in range(count)])
    return folder


def written(folders, out, *, cache=None, **wishes):
    sources = open_sources(folders)
    try:
        return write_split(plan_split(sources, SplitOptions(**wishes), cache=cache), out)
    finally:
        close_sources(sources)


def lines(out, kind):
    return {part: (out / kind / f"{part}.txt").read_text(encoding="utf-8").splitlines() for part in PARTS}


def snapshot(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_several_folders_become_one_dataset_though_their_names_are_the_same(tmp_path):
    (tmp_path / "other").mkdir()
    first, second = pages(tmp_path), pages(tmp_path / "other")
    out = written([first, second], tmp_path / "out")
    assert sum(len(found) for found in lines(out, "det").values()) == 2 * COUNT
    names = {line.partition("\t")[0] for found in lines(out, "det").values() for line in found}
    assert {name.split("/")[1] for name in names} == {"页 1", "页 1 2"}
    assert all((out / "det" / name).is_file() for name in names)
    assert len(list((out / "rec").rglob("*.png"))) == 4 * COUNT
    with pytest.raises(DatasetError, match="twice"):
        open_sources([first, first])


def test_a_dataset_says_how_it_was_made_and_is_made_again_byte_by_byte(tmp_path):
    folder = pages(tmp_path)
    out = written([folder], tmp_path / "out", ratio="80:10:10", seed=3, by="name", pattern="^p[0-4]")
    before = snapshot(out)
    wishes, folders = options_of(out)
    assert folders == [folder.resolve()]
    sources = open_sources(folders)
    again = write_split(plan_split(sources, wishes), tmp_path / "again")
    close_sources(sources)
    assert snapshot(again) == before
    del (content := read_split(out))["sources"]
    (out / "split.json").write_text(json.dumps(content))
    with pytest.raises(DatasetError, match="what the dataset was made of"):
        options_of(out)


def test_the_test_part_is_kept_while_pages_come(tmp_path):
    folder = pages(tmp_path)
    out = written([folder], tmp_path / "first")
    kept = kept_test(out)
    assert len(kept) == 2
    for number in range(COUNT, 16):
        (folder / f"p{number}.png").write_bytes(png(40 + number, 20))
    labelled(folder, [[f"Ⅻ {number}", "b a"] for number in range(16)])
    later = written([folder], tmp_path / "second", seed=99, test=kept, test_from="first")
    parts = read_split(later)["parts"]
    assert set(parts["test"]) == kept
    assert len(parts["train"]) + len(parts["val"]) == 14
    assert options_of(later)[0].test == kept
    with pytest.raises(DatasetError, match="no pages to test with"):
        kept_test(written([folder], tmp_path / "none", ratio="8:2"))


def test_pages_that_look_the_same_are_in_one_part_and_forms_that_say_other_things_are_not(tmp_path):
    folder = pages(tmp_path)
    drawn = np.random.default_rng(0).integers(0, 255, (30, 60, 3), np.uint8).repeat(8, 0).repeat(8, 1)
    (folder / "p0.png").write_bytes(encode_image(drawn, ".png"))
    # the same scan, saved lighter, with the same text, and a form that only looks the same
    lighter = np.clip(drawn.astype(int) + 4, 0, 255).astype(np.uint8)
    for name in ("p1.png", "p2.png"):
        (folder / name).write_bytes(encode_image(lighter, ".png"))
        lighter = lighter.copy()
        lighter[:3, :3] = 0
    labelled(folder, [["Ⅻ 0", "b a"], ["Ⅻ 0", "b a"], *([f"other {n}", "b a"] for n in range(2, COUNT))])
    sources = open_sources([folder])
    plan = plan_split(sources, SplitOptions(), cache=tmp_path / "cache")
    close_sources(sources)
    assert plan.alike == (("页 1/p0.png", "页 1/p1.png"),)
    assert len({part for part, keys in plan.parts.items() for key in keys if key[-5] in "01"}) == 1


def test_single_lines_are_divided_only_when_that_is_asked_for_and_the_cost_is_said(tmp_path):
    out = written([pages(tmp_path)], tmp_path / "out", by="box")
    assert [len(found) for found in lines(out, "rec").values()] == [12, 4, 4]
    assert [len(found) for found in lines(out, "det").values()] == [6, 2, 2]
    assert read_split(out)["pages_in_several_parts"] > 0
    assert set(check_split(out).leaks.torn) | set(check_split(out).leaks.crossed)


def test_synthetic_parts_are_only_learned_from_and_are_named(tmp_path):
    folder = pages(tmp_path)
    made = tmp_path / "made"
    made.mkdir()
    for number in range(5):
        (made / f"s{number}.png").write_bytes(png(30, 12 + number))
    (made / "synthetic.json").write_text("{}")
    (made / "rec_gt.txt").write_text(
        "".join(f"s{n}.png\tÄ {n}\n" for n in range(5)) + "gone.png\tx\n", encoding="utf-8"
    )
    out = written([folder, made], tmp_path / "out")
    found = lines(out, "rec")
    assert [len(found[part]) for part in PARTS] == [12 + 5, 4, 4]
    assert sum("Ä" in line for line in found["train"]) == 5
    told = read_split(out)
    assert len(told["synthetic"]) == 5
    assert told["counts"]["train"]["synthetic"] == 5
    assert [one["synthetic"] for one in told["sources"]] == [False, True]
    assert any("gone.png" in one["reason"] for one in told["skipped"])
    assert all((out / name).is_file() for name in told["synthetic"])
    with pytest.raises(DatasetError, match="No page"):
        plan_split(open_sources([made]), SplitOptions())


def test_line_pictures_without_pages_are_divided_by_the_page_in_their_names(tmp_path):
    folder = tmp_path / "lines"
    (folder / "crop_img").mkdir(parents=True)
    rows = []
    for page in range(10):
        for number in range(3):
            name = f"crop_img/scan{page}_crop_{number}.png"
            (folder / name).write_bytes(png(30 + page, 10 + number))
            rows.append(f"{name}\ttext {page}\n")
    (folder / "rec_gt.txt").write_text("".join(rows))
    out = written([folder], tmp_path / "out")
    assert [len(found) for found in lines(out, "rec").values()] == [18, 6, 6]
    assert [len(found) for found in lines(out, "det").values()] == [0, 0, 0]
    assert check_split(out).leaks.is_clean


def test_other_layouts_hold_the_same_parts(tmp_path):
    import lmdb

    out = written([pages(tmp_path)], tmp_path / "out", layouts=("paddlex", "lmdb"), link=True)
    for kind, count in (("det", 6), ("rec", 12)):
        home = out / "paddlex" / f"text_{kind}"
        listed = (home / "train.txt").read_text(encoding="utf-8").splitlines()
        assert len(listed) == count
        assert all((home / line.partition("\t")[0]).is_file() for line in listed)
    assert (out / "paddlex" / "text_rec" / "dict.txt").read_text(encoding="utf-8").startswith("0\n")
    with lmdb.open(str(out / "lmdb" / "val"), readonly=True, lock=False) as base, base.begin() as transaction:
        assert transaction.get(b"num-samples") == b"4"
        assert transaction.get(b"label-000000001").decode() in {"b a", *(f"Ⅻ {n}" for n in range(COUNT))}
    assert set(listed_files(out)) == set(snapshot(out)) - {"split.json"}


@pytest.mark.skipif(os.name == "nt", reason="inodes")
def test_linked_pictures_take_no_room_and_survive_a_second_split(tmp_path):
    folder = pages(tmp_path)
    before = snapshot(folder)
    out = written([folder], tmp_path / "out", link=True)
    page = next((out / "det" / "train").iterdir())
    assert page.stat().st_ino == (folder / page.name).stat().st_ino
    written([folder], out, seed=1)
    assert {name: data for name, data in snapshot(folder).items() if name in before} == before


def script_dataset(tmp_path):
    """100 pages of 10 lines as PPOCRLabel leaves them, divided the script's way."""
    folder = tmp_path / "root"
    (folder / "crop_img").mkdir(parents=True)
    labels, crops = [], []
    for page in range(100):
        (folder / f"i{page}.png").write_bytes(png(40 + page % 7, 20 + page // 7))
        labels.append(f"root/i{page}.png\t[]\n")
        for number in range(10):
            name = f"crop_img/i{page}_crop_{number}.jpg"
            (folder / name).write_bytes(b"%d %d" % (page, number))
            crops.append(f"{name}\ttext\n")
    (folder / "Label.txt").write_text("".join(labels))
    (folder / "rec_gt.txt").write_text("".join(crops))
    divide_like_the_script(folder, tmp_path / "divided")
    return tmp_path / "divided"


def test_what_ppocrlabels_script_divides_leaks_and_is_told_also_after_it_was_moved(tmp_path):
    divided = script_dataset(tmp_path)
    found = check_split(divided)
    assert found.leaks.pages == 100
    assert found.leaks.share >= 0.98
    assert found.missing == ()
    moved = tmp_path / "moved"
    shutil.move(divided, moved)
    assert check_split(moved).missing == ()
    (moved / "rec" / "val.txt").write_bytes(b"no tab\n\xff\xfe\tx\n")
    assert [(line, reason.split()[-1]) for _, line, reason in check_split(moved).problems] == [(1, "text"), (2, "text")]


def test_a_folder_without_lists_is_named(tmp_path):
    with pytest.raises(DatasetError, match="det and rec"):
        check_split(tmp_path)
