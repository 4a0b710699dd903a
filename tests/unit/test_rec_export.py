"""PPOCRLabel's export, without its faults."""

from dataclasses import replace

import numpy as np
import pytest
from small_projects import box, labelled, make_folder

from ocrstudio.core.errors import DatasetError
from ocrstudio.core.page import Box, PageState
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.rec_export import export_recognition
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
