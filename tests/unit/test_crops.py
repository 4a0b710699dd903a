"""Crops: upright whatever the drawing, PPOCRLabel's size and turn."""

import itertools

import cv2
import numpy as np
import pytest
from PIL import Image
from small_projects import png

from ocrstudio.core.errors import GeometryError, ProjectError
from ocrstudio.formats.crops import crop_quad, encode_image, read_image

# A picture whose colour says where each pixel was: blue grows to the right, green downwards.
HEIGHT, WIDTH = 100, 200
ROWS, COLUMNS = np.mgrid[0:HEIGHT, 0:WIDTH]
MAP = np.dstack([COLUMNS, ROWS, np.zeros_like(ROWS)]).astype(np.uint8)


@pytest.mark.parametrize("drawn", list(itertools.permutations([(20, 30), (120, 30), (120, 60), (20, 60)])))
def test_an_upright_box_is_cut_as_it_is_however_it_was_drawn(drawn):
    crop = crop_quad(MAP, drawn)
    assert crop.shape == (30, 100, 3)
    assert np.array_equal(crop, MAP[30:60, 20:120])


def test_a_box_much_taller_than_wide_is_turned_counter_clockwise():
    crop = crop_quad(MAP, [(20, 10), (40, 10), (40, 70), (20, 70)])
    assert crop.shape == (20, 60, 3)
    assert np.array_equal(crop, np.rot90(MAP[10:70, 20:40]))
    assert crop_quad(MAP, [(20, 10), (61, 10), (61, 70), (20, 70)]).shape == (60, 41, 3), "not from 1.46 on"
    assert crop_quad(MAP, [(20, 10), (60, 10), (60, 70), (20, 70)]).shape == (40, 60, 3), "but from 1.5 on"


def test_a_quad_of_unequal_edges_gets_its_longer_ones():
    crop = crop_quad(MAP, [(10, 10), (50, 12), (56, 40), (8, 36)])
    assert crop.shape == (28, 48, 3)


def test_a_slanted_line_is_straightened():
    image = np.zeros((200, 200, 3), np.uint8)
    cv2.line(image, (40, 60), (160, 120), (255, 255, 255), 5)
    crop = crop_quad(image, [(44, 50), (164, 110), (156, 130), (36, 70)])
    middle = crop[crop.shape[0] // 2, 5:-5, 0]
    assert middle.min() > 200
    assert crop[2, :, 0].max() < 50


def test_a_polygon_is_cut_through_its_smallest_rectangle():
    crop = crop_quad(MAP, [(20, 30), (70, 30), (120, 30), (120, 60), (60, 60), (20, 60)])
    assert crop.shape == (30, 100, 3)
    assert np.abs(crop.astype(int) - MAP[30:60, 20:120]).max() <= 1


def test_parts_outside_the_picture_repeat_its_border():
    crop = crop_quad(MAP, [(-10, 0), (20, 0), (20, 20), (-10, 20)])
    assert np.array_equal(crop[:, :10], np.repeat(crop[:, 10:11], 10, axis=1))


@pytest.mark.parametrize(
    "points",
    [
        [(5, 5)] * 4,
        [(0, 0), (50, 0), (100, 0), (150, 0)],
        [(0, 0), (50, 50)],
        [(0, 0), (1, 0), (2, 0)],
        [(5, 5), (5.5, 5), (5.5, 5.5), (5, 5.5)],
        [(0, 0), (1e6, 0), (1e6, 10), (0, 10)],
    ],
)
def test_a_box_that_cannot_be_cut_is_refused(points):
    with pytest.raises(GeometryError):
        crop_quad(MAP, points)


def test_pictures_with_unicode_names_are_read_as_viewers_turn_them(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = Image.new("RGB", (30, 20), (255, 0, 0))
    picture.save(tmp_path / "发票 Ⅻ.jpg", exif=exif)
    image = read_image(tmp_path / "发票 Ⅻ.jpg")
    assert image.shape == (30, 20, 3)
    assert image[0, 0, 2] > 250
    assert image[0, 0, 0] < 5


@pytest.mark.parametrize("extension", ["png", "bmp", "tif", "webp", "gif", "tga", "ppm"])
def test_every_kind_of_picture_comes_as_eight_bit_colour(tmp_path, extension):
    Image.new("L", (31, 21), 100).save(tmp_path / f"a.{extension}")
    image = read_image(tmp_path / f"a.{extension}")
    assert (image.shape, image.dtype) == ((21, 31, 3), np.uint8)
    assert abs(int(image[5, 5, 0]) - 100) <= 2


def test_sixteen_bit_and_transparent_pictures_are_read(tmp_path):
    Image.fromarray(np.full((9, 8), 40_000, np.uint16)).save(tmp_path / "a.png")
    assert read_image(tmp_path / "a.png").shape == (9, 8, 3)
    Image.new("RGBA", (8, 9), (1, 2, 3, 0)).save(tmp_path / "b.png")
    assert read_image(tmp_path / "b.png").shape == (9, 8, 3)


@pytest.mark.parametrize("content", [b"", b"junk", png()[:30]])
def test_what_is_no_picture_is_named(tmp_path, content):
    (tmp_path / "bad.png").write_bytes(content)
    with pytest.raises(ProjectError, match=r"bad\.png"):
        read_image(tmp_path / "bad.png")
    with pytest.raises(ProjectError, match=r"gone\.png"):
        read_image(tmp_path / "gone.png")


def test_png_is_lossless():
    data = np.frombuffer(encode_image(MAP, ".png"), np.uint8)
    assert np.array_equal(cv2.imdecode(data, cv2.IMREAD_COLOR), MAP)
    assert encode_image(MAP, ".jpg", 95)[:2] == b"\xff\xd8"
