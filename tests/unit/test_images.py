"""Which files are pages, and how large they are."""

import os

import pytest
from PIL import Image
from small_projects import png

from ocrstudio.core.errors import ProjectError
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.images import exif_orientation, image_size, list_image_tree, list_images


def test_images_are_listed_in_natural_order_without_other_files_and_folders(tmp_path):
    for name in (
        "page10.png",
        "Page2.JPG",
        "page1.png",
        "notes.txt",
        "Label.txt",
        ".hidden.png",
        "png",
        ".png",
        "页 3.webp",
    ):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.png").mkdir()
    assert list_images(tmp_path) == ["page1.png", "Page2.JPG", "page10.png", "页 3.webp"]


def test_names_of_digits_only_and_unicode_digits_can_be_sorted_together(tmp_path):
    for name in ("2.png", "10.png", "٣.png", "a.png", "²x.png"):
        (tmp_path / name).write_bytes(b"x")
    assert list_images(tmp_path)[:3] == ["2.png", "٣.png", "10.png"]


def test_the_size_is_that_of_the_turned_picture(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (30, 20)).save(tmp_path / "a.jpg", exif=exif)
    (tmp_path / "b.png").write_bytes(png(7, 5))
    assert image_size(tmp_path / "a.jpg") == (20, 30)
    assert image_size(tmp_path / "b.png") == (7, 5)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"not a picture", "not a picture"), (png()[:20], "not a picture"), (b"GIF89a", "not a pict")],
)
def test_a_file_that_is_no_picture_is_named_with_a_remedy(tmp_path, content, words):
    (tmp_path / "bad.png").write_bytes(content)
    with pytest.raises(ProjectError, match=words) as caught:
        image_size(tmp_path / "bad.png")
    assert "bad.png" in str(caught.value)


def test_a_picture_of_too_many_pixels_is_refused_by_name(tmp_path):
    (tmp_path / "huge.png").write_bytes(png(1, 1).replace(b"\0\0\0\1\0\0\0\1", b"\0\1\0\0\0\1\0\0"))
    with pytest.raises(ProjectError, match=r"huge\.png"):
        image_size(tmp_path / "huge.png")


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(ProjectError, match="nowhere"):
        list_images(tmp_path / "nowhere")


def make_tree(root, *names):
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")


def test_sub_folders_are_searched_in_natural_order_root_first(tmp_path):
    names = (
        "z.png",
        "a10/1.png",
        "a2/10.png",
        "a2/9.png",
        "a2/deep/er/x.jpg",
        "a2/z.png",
        "页/ 1.png",
        "notes/n.txt",
    )
    make_tree(tmp_path, *names)
    assert list_image_tree(tmp_path) == [
        "z.png", "a2/9.png", "a2/10.png", "a2/z.png", "a2/deep/er/x.jpg", "a10/1.png", "页/ 1.png",
    ]  # fmt: skip


def test_what_is_no_folder_of_pages_is_not_searched(tmp_path):
    make_tree(tmp_path, "a.png", ".ocrstudio/datasets/x.png", "crop_img/a_crop_0.jpg", "sub/crop_img/a_crop_0.jpg")
    make_tree(tmp_path, "tableRec_excel_output/t.png", "sub/.hidden/b.png", "sub/folder.png/c.png", "sub/.h.png")
    make_tree(tmp_path, "set/split.json", "set/det/train/a.png", "set/rec/train/a_0.png", "rec/b.png")
    assert list_image_tree(tmp_path) == ["a.png", "rec/b.png", "sub/folder.png/c.png"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_to_folders_are_not_followed_but_links_to_pictures_are(tmp_path):
    make_tree(tmp_path, "pages/sub/a.png", "elsewhere/b.png")
    (tmp_path / "pages" / "sub" / "circle").symlink_to(tmp_path / "pages")
    (tmp_path / "pages" / "out").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "pages" / "link.png").symlink_to(tmp_path / "elsewhere" / "b.png")
    (tmp_path / "pages" / "broken.png").symlink_to(tmp_path / "nowhere.png")
    assert list_image_tree(tmp_path / "pages") == ["link.png", "sub/a.png"]


def test_a_sub_folder_that_cannot_be_listed_is_reported_and_the_others_are_searched(tmp_path, monkeypatch):
    make_tree(tmp_path, "a/1.png", "b/2.png", "c/3.png")
    real = os.scandir

    def refusing(folder):
        if os.fspath(folder).endswith("b"):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    problems = []
    assert list_image_tree(tmp_path, problems.append) == ["a/1.png", "c/3.png"]
    assert [str(tmp_path / "b") in str(problem) for problem in problems] == [True]


def test_a_missing_root_is_named(tmp_path):
    with pytest.raises(ProjectError, match="nowhere"):
        list_image_tree(tmp_path / "nowhere")


def test_a_very_deep_tree_is_searched(tmp_path):
    make_tree(tmp_path, "/".join(["d"] * 300) + "/deep.png")
    assert len(list_image_tree(tmp_path)) == 1


@pytest.mark.parametrize("extension", ["jpg", "png", "webp", "tif"])
@pytest.mark.parametrize("value", [1, 3, 5, 6, 8])
def test_size_and_orientation_follow_exif_in_every_format(tmp_path, extension, value):
    exif = Image.Exif()
    exif[0x0112] = value
    path = tmp_path / f"a.{extension}"
    Image.new("RGB", (30, 20)).save(path, exif=exif)
    assert exif_orientation(path) == value
    assert image_size(path) == ((20, 30) if value >= 5 else (30, 20)) == read_image(path).shape[1::-1]


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0MM\0*\0\0\0\x08\xff\xff", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0", b"Exif"]
)
def test_broken_exif_counts_as_none(tmp_path, exif):
    Image.new("RGB", (30, 20)).save(tmp_path / "a.jpg", exif=exif)
    assert exif_orientation(tmp_path / "a.jpg") == 1
    assert image_size(tmp_path / "a.jpg") == (30, 20)


def test_xmp_does_not_turn_a_picture_as_neither_canvas_nor_crops_follow_it(tmp_path):
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    Image.new("RGB", (30, 20)).save(tmp_path / "a.jpg", xmp=xmp)
    assert image_size(tmp_path / "a.jpg") == (30, 20) == read_image(tmp_path / "a.jpg").shape[1::-1]
