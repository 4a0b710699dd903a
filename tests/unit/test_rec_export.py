"""PPOCRLabel's export, without its faults."""

from dataclasses import replace

import numpy as np
import pytest
from small_projects import box, labelled, make_folder, png

from ocrstudio.core.errors import DatasetError, ProjectError
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.rec_export import ExportItem, export_page, export_recognition
from ocrstudio.formats.rec_list import read_rec_list
from ocrstudio.formats.store import ProjectStore


def export(folder, out=None):
    return export_recognition(ProjectStore.open(folder), out or folder, lambda *_: None)


def test_names_order_and_layout_are_ppocrlabels(tmp_path):
    folder = make_folder(tmp_path, ("发票 2.png", "i0.png"))
    labelled(folder, [["a", "###", "", "b"], ["TEMPORARY", "Ⅻ"]])
    (folder / "fileState.txt").write_text("pages/发票 2.png\t1\npages/i0.png\t1\n", encoding="utf-8")
    result = export(folder)
    assert (folder / "rec_gt.txt").read_bytes().decode() == (
        "crop_img/发票 2_crop_1.jpg\tⅫ\ncrop_img/i0_crop_0.jpg\ta\ncrop_img/i0_crop_3.jpg\tb\n"
    )
    names = sorted(path.name for path in (folder / "crop_img").iterdir())
    assert names == ["i0_crop_0.jpg", "i0_crop_3.jpg", "发票 2_crop_1.jpg"]
    assert (result.pages, result.lines, result.skipped) == (2, 3, [])


def test_boxes_drawn_backwards_are_not_upside_down_and_polygons_do_not_end_the_page(tmp_path):
    folder = make_folder(tmp_path, ("a.png",))
    store = ProjectStore.open(folder)
    right = ((1.0, 2.0), (31.0, 2.0), (31.0, 12.0), (1.0, 12.0))
    boxes = (
        Box(right, "right"),
        Box(right[2:] + right[:2], "from the lower right"),
        Box((right[1], right[0], right[3], right[2]), "from the upper right"),
        Box((*right[:2], (31.0, 7.0), *right[2:]), "polygon"),
        Box(((0, 0), (5, 0), (9, 0), (7, 0)), "flat"),
        box("last"),
    )
    store.put(replace(store.page("pages/a.png"), boxes=boxes, state=PageState.CHECKED))
    store.close()
    result = export(folder, tmp_path / "out")
    crops = [read_image(tmp_path / "out" / "crop_img" / f"a_crop_{index}.jpg") for index in (0, 1, 2, 3, 5)]
    for crop in crops[1:]:
        assert crop.shape == crops[0].shape
        assert np.abs(crop.astype(int) - crops[0]).max() <= 8
    assert result.lines == 5
    assert [one.page for one in result.skipped] == ["pages/a.png"]


def test_pictures_that_share_a_stem_do_not_share_crops(tmp_path):
    folder = make_folder(tmp_path, ("a.bmp", "a.png"))
    labelled(folder, [["x"], ["y"]])
    export(folder)
    lines = (folder / "rec_gt.txt").read_text().splitlines()
    assert lines == ["crop_img/a_crop_0.jpg\tx", "crop_img/a_png_crop_0.jpg\ty"]


def test_a_bad_picture_is_named_and_the_others_are_exported(tmp_path):
    folder = make_folder(tmp_path, ("a.png", "b.png"))
    labelled(folder, [["x"], ["y"]])
    (folder / "a.png").write_bytes(b"junk")
    result = export(folder)
    assert result.lines == 1
    assert "a.png" in result.skipped[0].reason


def test_without_checked_pages_nothing_is_written(tmp_path):
    folder = make_folder(tmp_path)
    with pytest.raises(DatasetError, match="nothing to export"):
        export(folder)
    assert not (folder / "crop_img").exists()


def nested_folder(tmp_path, *names):
    folder = tmp_path / "pages"
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(png())
    return folder


def test_pictures_of_sub_folders_get_crops_of_their_own(tmp_path):
    folder = nested_folder(tmp_path, "a.png", "b.png", "sub/a.png", "sub/deep/a.png", "sub/c.png", "sub_a.png")
    labelled(folder, [["1"], ["2"], ["3"], ["4"], ["5"], ["6"]])
    result = export(folder, tmp_path / "out")
    lines = (tmp_path / "out" / "rec_gt.txt").read_text().splitlines()
    names = [line.split("\t")[0] for line in lines]
    assert result.lines == 6 == len(set(names))
    assert {"crop_img/a_crop_0.jpg", "crop_img/b_crop_0.jpg", "crop_img/c_crop_0.jpg"} <= set(names)
    assert all((tmp_path / "out" / name).is_file() for name in names)
    assert sorted(line.split("\t")[1] for line in lines) == list("123456")


def test_texts_that_say_nothing_stay_out_and_breaks_become_spaces(tmp_path):
    folder = make_folder(tmp_path, ("a.png",))
    texts = [
        "a\tb",
        " ### ",
        "c\nd\r\n e",
        "\u2028",
        " TEMPORARY ",
        "待识别",
        "锁定框：待检测",
        "*",
        "\tNULL",
        "x\u2028y",
    ]
    store = ProjectStore.open(folder)
    page = store.page("pages/a.png")
    store.put(replace(page, boxes=tuple(box(text) for text in texts), state=PageState.CHECKED))
    result = export_recognition(store, tmp_path / "out", lambda *_: None)
    store.close()
    assert (tmp_path / "out" / "rec_gt.txt").read_text(encoding="utf-8") == (
        "crop_img/a_crop_0.jpg\ta b\ncrop_img/a_crop_2.jpg\tc d e\ncrop_img/a_crop_9.jpg\tx y\n"
    )
    assert result.skipped == []


def test_half_a_character_leaves_one_line_out(tmp_path):
    page = Page("pages/a.png", "a.png", (box("good"), box("bad \ud83d")), PageState.CHECKED)
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "crop_img").mkdir()
    done = export_page(ExportItem(page.key, page.file, tmp_path / "a.png", lambda: page), tmp_path, "a")
    assert [text for _, text in done.lines] == ["good"]
    assert "box 2" in done.skipped[0].reason


def test_the_box_s_orientation_counts(tmp_path):
    folder = make_folder(tmp_path, ("a.png",))
    tall = ((2.0, 1.0), (8.0, 1.0), (8.0, 19.0), (2.0, 19.0))
    store = ProjectStore.open(folder)
    boxes = (
        Box(tall, "ab", touched=True),
        Box(tall, "I", touched=True),
        Box(tall, "ab", touched=True).with_extra(orientation="drawn"),
    )
    store.put(replace(store.page("pages/a.png"), boxes=boxes, state=PageState.CHECKED))
    export_recognition(store, tmp_path / "out", lambda *_: None)
    store.close()
    shapes = [read_image(tmp_path / "out" / "crop_img" / f"a_crop_{index}.jpg").shape[:2] for index in range(3)]
    assert shapes == [(6, 18), (18, 6), (18, 6)]


def test_another_export_removes_nothing(tmp_path):
    folder = make_folder(tmp_path, ("a.png", "b.png"))
    labelled(folder, [["x"], ["y"]])
    export(folder)
    (folder / "crop_img" / "mine.jpg").write_bytes(b"mine")
    labelled(folder, [["x", "z"], []])
    export(folder)
    assert (folder / "crop_img" / "mine.jpg").read_bytes() == b"mine"
    assert (folder / "crop_img" / "b_crop_0.jpg").is_file(), "of an earlier export; the list no longer names it"
    assert (folder / "rec_gt.txt").read_text() == "crop_img/a_crop_0.jpg\tx\ncrop_img/a_crop_1.jpg\tz\n"
    assert not list((folder / "crop_img").glob(".*")), "no temporary file stays"


def test_a_page_whose_picture_is_gone_is_named(tmp_path):
    folder = make_folder(tmp_path, ("a.png", "b.png"))
    labelled(folder, [["x"], ["y"]])
    store = ProjectStore.open(folder)
    (folder / "a.png").unlink()
    result = export_recognition(store, tmp_path / "out", lambda *_: None)
    store.close()
    assert result.lines == 1
    assert [one.page for one in result.skipped] == ["pages/a.png"]
    assert "a.png" in result.skipped[0].reason


def test_only_the_wanted_pages_are_exported(tmp_path):
    folder = make_folder(tmp_path, ("a.png", "b.png"))
    labelled(folder, [["x"], ["y"]], state=PageState.EDITED)
    store = ProjectStore.open(folder)
    result = export_recognition(store, tmp_path / "out", lambda *_: None, ["pages/b.png"])
    store.close()
    assert result.lines == 1
    assert (tmp_path / "out" / "rec_gt.txt").read_text() == "crop_img/b_crop_0.jpg\ty\n"


def test_a_crop_that_cannot_be_written_ends_the_export_and_the_earlier_list_stays(tmp_path):
    folder = make_folder(tmp_path, ("a.png", "b.png"))
    labelled(folder, [["x"], ["y"]])
    (folder / "rec_gt.txt").write_text("earlier")
    (folder / "crop_img" / "a_crop_0.jpg").mkdir(parents=True)
    with pytest.raises(ProjectError, match=r"a_crop_0\.jpg"):
        export(folder)
    assert (folder / "rec_gt.txt").read_text() == "earlier"


def test_every_list_line_is_read_back(tmp_path):
    folder = make_folder(tmp_path, ("发票 [1].png", "b.png"))
    labelled(folder, [["Ⅻ x"], ["y"]])
    result = export(folder)
    samples = read_rec_list(result.list_file, folder)
    assert {sample.text for sample in samples} == {"y", "Ⅻ x"}
    assert all(sample.image.is_file() for sample in samples)
