"""Pictures of every kind: large ones held smaller and sharp where they are looked at, turned, transparent, broken."""

import os
import threading
import time

import numpy as np
import pytest
from annotate_parts import save_page_image
from PIL import Image
from PyQt5.QtCore import QCoreApplication, QRect
from PyQt5.QtGui import QColor, QImage

from ocrstudio.core.errors import ProjectError
from ocrstudio.services import page_decoding, page_images
from ocrstudio.services.background import wait_for_threads
from ocrstudio.services.page_decoding import PageImage, decode, decode_region, is_large
from ocrstudio.services.page_images import PageDetails, PageImageLoader

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def quarters(width=64, height=32):
    """Red, green above blue, white."""
    picture = Image.new("RGB", (width, height))
    for color, left, top in ((RED, 0, 0), (GREEN, 1, 0), (BLUE, 0, 1), (WHITE, 1, 1)):
        picture.paste(color, (left * width // 2, top * height // 2, (left + 1) * width // 2, (top + 1) * height // 2))
    return picture


def corner_colors(image: QImage):
    """Upper left, upper right, lower left, lower right, each brought to full or no strength."""
    w, h = image.width(), image.height()
    places = ((w // 4, h // 4), (3 * w // 4, h // 4), (w // 4, 3 * h // 4), (3 * w // 4, 3 * h // 4))
    return [tuple(255 * (value > 127) for value in QColor(image.pixel(x, y)).getRgb()[:3]) for x, y in places]


@pytest.fixture
def small_limit(monkeypatch):
    """Pictures over 1000 pixels count as very large, and are painted in several bands."""
    monkeypatch.setattr(page_decoding, "MAX_DECODED_PIXELS", 1000)
    monkeypatch.setattr(page_decoding, "BAND_PIXELS", 200)


TURNED = {
    1: [RED, GREEN, BLUE, WHITE],
    2: [GREEN, RED, WHITE, BLUE],
    3: [WHITE, BLUE, GREEN, RED],
    4: [BLUE, WHITE, RED, GREEN],
    5: [RED, BLUE, GREEN, WHITE],
    6: [BLUE, RED, WHITE, GREEN],
    7: [WHITE, GREEN, BLUE, RED],
    8: [GREEN, WHITE, RED, BLUE],
}


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "tif"])
@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("large", [False, True])
def test_every_orientation_of_every_kind_is_shown_as_viewers_show_it(
    qapp, tmp_path, monkeypatch, kind, orientation, large
):
    if large:
        monkeypatch.setattr(page_decoding, "MAX_DECODED_PIXELS", 1000)
    picture = quarters()
    exif = picture.getexif()
    exif[0x0112] = orientation
    path = tmp_path / f"page.{kind}"
    picture.save(path, exif=exif, **({"quality": 95} if kind in ("jpg", "webp") else {}))
    image = decode(path)
    assert image.size == ((32, 64) if orientation >= 5 else (64, 32))
    assert corner_colors(image.levels[0]) == TURNED[orientation]


@pytest.mark.parametrize("kind", ["jpg", "png"])
@pytest.mark.parametrize("orientation", TURNED)
def test_a_part_of_a_large_picture_is_read_upright_at_full_size(qapp, tmp_path, small_limit, kind, orientation):
    picture = quarters(128, 96)
    exif = picture.getexif()
    exif[0x0112] = orientation
    path = tmp_path / f"page.{kind}"
    picture.save(path, exif=exif, **({"quality": 95} if kind == "jpg" else {}))
    image = decode(path)
    assert image.sharpest_scale < 0.5
    width, height = image.size
    part = decode_region(image, QRect(width // 4, height // 4, width // 2, height // 2))
    assert (part.width(), part.height()) == (width // 2, height // 2)
    assert corner_colors(part) == TURNED[orientation]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("png", mode) for mode in ("1", "L", "P", "RGB", "RGBA", "I;16")),
        *(("tif", mode) for mode in ("1", "L", "P", "RGB", "RGBA", "CMYK", "I;16")),
        *(("jpg", mode) for mode in ("L", "RGB", "CMYK")),
    ],
)
def test_large_pictures_of_every_depth_are_decoded(qapp, tmp_path, small_limit, mode, kind):
    picture = quarters(120, 80)
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 257)
    else:
        picture = picture.convert(mode)
    path = tmp_path / f"page.{kind}"
    picture.save(path)
    image = decode(path)
    assert image.size == (120, 80)
    sharp = image.levels[0] if image.sharpest_scale == 1 else decode_region(image, QRect(60, 40, 60, 40))
    assert QColor(sharp.pixel(sharp.width() - 5, sharp.height() - 5)).lightness() > 200


def test_very_large_grey_pictures_stay_sharp(qapp, tmp_path, small_limit):
    quarters(120, 80).convert("L").save(tmp_path / "page.png")
    image = decode(tmp_path / "page.png")
    assert image.sharpest_scale == 1
    assert image.levels[0].format() == QImage.Format.Format_Grayscale8


def test_one_pixel_is_a_page(qapp, tmp_path):
    Image.new("RGB", (1, 1), RED).save(tmp_path / "page.png")
    assert decode(tmp_path / "page.png").size == (1, 1)


def test_of_an_animation_the_first_picture_is_shown(qapp, tmp_path):
    first, second = (Image.new("RGB", (20, 10), color) for color in (RED, BLUE))
    first.save(tmp_path / "page.gif", save_all=True, append_images=[second])
    image = decode(tmp_path / "page.gif")
    assert QColor(image.levels[0].pixel(5, 5)).red() > 200


def test_a_kind_that_only_the_crops_know_is_shown(qapp, tmp_path):
    quarters().save(tmp_path / "page.tga")
    assert corner_colors(decode(tmp_path / "page.tga").levels[0]) == TURNED[1]


@pytest.mark.qt_log_ignore("JPEG")  # Qt's reader says so, too
@pytest.mark.parametrize("content", [b"", b"\0" * 500, b"<svg xmlns='x'/>", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
@pytest.mark.parametrize("kind", ["png", "jpg", "tif", "gif", "svg"])
def test_a_broken_file_is_named(qapp, tmp_path, content, kind):
    path = tmp_path / f"page.{kind}"
    path.write_bytes(content)
    with pytest.raises(ProjectError) as error:
        decode(path)
    assert path.name in str(error.value)


def test_a_missing_file_is_named(qapp, tmp_path):
    with pytest.raises(ProjectError, match=r"gone\.png"):
        decode(tmp_path / "gone.png")


@pytest.mark.qt_log_ignore("JPEG")
def test_an_incomplete_photo_shows_what_is_there(qapp, tmp_path):
    quarters(400, 400).save(tmp_path / "page.jpg")
    data = (tmp_path / "page.jpg").read_bytes()
    (tmp_path / "page.jpg").write_bytes(data[: len(data) * 3 // 4])
    assert decode(tmp_path / "page.jpg").size == (400, 400)


def test_a_picture_that_does_not_fit_into_the_memory_is_refused(qapp, tmp_path, small_limit, monkeypatch):
    monkeypatch.setattr(page_decoding, "SPARE_MEMORY", 10**15)
    quarters(120, 80).save(tmp_path / "page.tif")
    with pytest.raises(ProjectError, match="memory"):
        decode(tmp_path / "page.tif")


def test_very_large_neighbours_are_not_decoded_ahead_but_when_they_are_opened(qtbot, tmp_path, small_limit):
    path = tmp_path / "page.png"
    quarters(120, 80).save(path)
    assert is_large(path)
    loader = PageImageLoader()
    loader.prefetch([path])
    wait_for_threads(-1)
    with qtbot.waitSignal(loader.loaded) as heard:
        loader.request(path)  # while the answer of the other job is on its way
    assert isinstance(heard.args[1], PageImage)
    loader.close()


def test_parts_are_read_one_after_the_other_and_only_the_latest_waits(qtbot, tmp_path, small_limit):
    quarters(128, 96).save(tmp_path / "page.jpg")
    image = decode(tmp_path / "page.jpg")
    details = PageDetails()
    heard = []
    details.ready.connect(lambda of, region, part: heard.append(region))
    regions = [QRect(left, 0, 20, 20) for left in (0, 20, 40)]
    for region in regions:
        details.request(image, region)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [regions[0], regions[2]]


def test_a_part_of_a_file_that_is_gone_is_nothing(qtbot, tmp_path, small_limit):
    quarters(128, 96).save(tmp_path / "page.jpg")
    image = decode(tmp_path / "page.jpg")
    (tmp_path / "page.jpg").unlink()
    assert decode_region(image, QRect(0, 0, 10, 10)) is None


def test_decoding_leaves_the_windows_thread_its_turns(qapp, tmp_path, monkeypatch):
    """The bands are small: between two of them the lock is free. No times are held here, only that turns come."""
    monkeypatch.setattr(page_decoding, "BAND_PIXELS", 20_000)
    Image.effect_noise((3000, 2000), 50).convert("RGB").save(tmp_path / "page.jpg")
    loader = PageImageLoader()
    loader.request(tmp_path / "page.jpg")
    turns = 0
    while not wait_for_threads(0):
        turns += 1
        time.sleep(0.001)
    assert turns > 3
    loader.close()


def test_a_very_large_picture_is_held_smaller_and_keeps_its_size(qapp, tmp_path, small_limit):
    quarters(900, 600).save(tmp_path / "large.png")
    image = decode(tmp_path / "large.png")
    assert image.size == (900, 600)
    assert image.levels[0].width() * image.levels[0].height() <= 1000


def test_a_transparent_picture_lies_on_white(qapp, tmp_path):
    image = QImage(20, 20, QImage.Format.Format_ARGB32)
    image.fill(0)
    image.save(str(tmp_path / "clear.png"))
    assert decode(tmp_path / "clear.png").levels[0].pixelColor(5, 5).name() == "#ffffff"


def test_the_level_that_is_painted_is_never_coarser_than_the_screen(qapp, tmp_path):
    save_page_image(tmp_path / "page.png", 3200, 1600)
    image = decode(tmp_path / "page.png")
    assert [level.width() for level in image.levels] == [3200, 1600, 800]
    assert [image.level_for(scale).width() for scale in (2.0, 1.0, 0.5, 0.3, 0.1)] == [3200, 3200, 1600, 1600, 800]


def test_a_picture_that_changed_on_disk_is_decoded_again(qtbot, tmp_path):
    path = tmp_path / "page.png"
    save_page_image(path)
    loader = PageImageLoader()
    with qtbot.waitSignal(loader.loaded):
        loader.request(path)
    assert loader.cached(path).size == (300, 200)
    save_page_image(path, 60, 40)
    os.utime(path, ns=(1, 1))
    assert loader.cached(path) is None
    loader.close()


def test_late_answer_of_a_closed_project_leaves_the_same_file_waiting_again(qtbot, tmp_path, monkeypatch):
    go_on, error = threading.Event(), ProjectError("{file} is no picture.", file="a.png")
    monkeypatch.setattr(page_images, "decode", lambda path: error)
    loader = PageImageLoader()
    loader.request(tmp_path / "a.png")
    wait_for_threads(-1)  # the answer is on its way, and nobody has heard it yet
    loader.close()

    def wait(path):
        go_on.wait()
        return error

    monkeypatch.setattr(page_images, "decode", wait)
    loader.request(tmp_path / "a.png")
    QCoreApplication.sendPostedEvents()
    assert list(loader._under_way) == [tmp_path / "a.png"]
    with qtbot.waitSignal(loader.loaded):
        go_on.set()
    loader.close()


def test_a_picture_that_is_replaced_while_it_is_decoded_is_decoded_again(qtbot, tmp_path, monkeypatch):
    path = tmp_path / "p.png"
    save_page_image(path, 30, 20)
    replacements = [lambda: save_page_image(path, 50, 40)]

    def decode_slowly(file):
        image = decode(file)
        if replacements:
            replacements.pop()()
        return image

    monkeypatch.setattr(page_images, "decode", decode_slowly)
    loader = PageImageLoader()
    with qtbot.waitSignal(loader.loaded) as loaded:
        loader.request(path)
    assert loaded.args[1].size == (50, 40)
    loader.close()
