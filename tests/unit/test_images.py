"""Which files are pages, and how large they are."""

import pytest
from PIL import Image
from small_projects import png

from ocrstudio.core.errors import ProjectError
from ocrstudio.formats.images import image_size, list_images


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
