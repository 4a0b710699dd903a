"""Crops: upright whatever the drawing, PPOCRLabel's size and turn."""

import itertools
import subprocess
import sys
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from small_projects import png

from ocrstudio import paths
from ocrstudio.core.errors import GeometryError, ProjectError
from ocrstudio.core.orientation import turned_points
from ocrstudio.core.page import Box, Orientation
from ocrstudio.core.strips import outline
from ocrstudio.formats.crops import crop_box, crop_quad, encode_image, read_image

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


# --- golden pictures: what is drawn on the page comes back as it was -----------------------------------------------

FONTS = paths.resources() / "fonts"
LATIN, CJK = FONTS / "samples" / "sans-a.ttf", FONTS / "NotoSansSC-subset.otf"


def written(text, font=LATIN, size=40):
    """Black text on white, tightly cut; (h, w, 3)."""
    face = ImageFont.truetype(str(font), size)
    picture = Image.new("L", (size * (len(text) + 1), size * 2), 255)
    ImageDraw.Draw(picture).text((size // 4, size // 4), text, font=face, fill=0)
    left, top, right, bottom = picture.point(lambda value: 255 - value).getbbox()
    return np.asarray(picture.crop((left - 4, top - 4, right + 4, bottom + 4)).convert("RGB"))


def on_a_page(line, degrees=0.0, place=(260, 220), size=(520, 440)):
    """A page with a picture of a line, turned clockwise around its middle; the page and the line's corners on it."""
    height, width = line.shape[:2]
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], float)
    move = np.array(place) - turn @ (width / 2, height / 2)
    page = cv2.warpAffine(line, np.c_[turn, move], size, flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    return page, [tuple(corner) for corner in (corners @ turn.T + move)]


def alike(crop, line):
    """Correlation of two pictures of the same text, 1 for the same; upside down or mirrored ones are far below."""
    if abs(crop.shape[0] - line.shape[0]) > 2 or abs(crop.shape[1] - line.shape[1]) > 2:
        return 0.0
    scaled = cv2.resize(crop, line.shape[1::-1]).astype(float)
    return float(np.corrcoef(scaled.ravel(), line.astype(float).ravel())[0, 1])


DRAWINGS = {
    "to the lower right": (0, 1, 2, 3),
    "to the lower left": (1, 0, 3, 2),
    "to the upper left": (2, 3, 0, 1),
    "to the upper right": (3, 2, 1, 0),
    "corner by corner": (1, 2, 3, 0),
    "backwards": (0, 3, 2, 1),
    "crossing": (0, 2, 1, 3),
}


@pytest.mark.parametrize("order", DRAWINGS.values(), ids=DRAWINGS)
@pytest.mark.parametrize("degrees", [0, 7, -25, 40])
def test_a_written_line_is_upright_however_its_box_was_drawn(order, degrees):
    line = written("Rechnung 47F")
    page, corners = on_a_page(line, degrees)
    crop = crop_quad(page, [corners[place] for place in order])
    assert alike(crop, line) > 0.93
    assert alike(np.ascontiguousarray(crop[::-1, ::-1]), line) < 0.6


@pytest.mark.parametrize("text", ["Ⅰ", "1", "I", "l", "!", "丨"])
def test_a_narrow_glyph_stays_upright_when_its_text_is_known(text):
    glyph = written(text, CJK if text in "丨1" else LATIN, 80)
    page, corners = on_a_page(glyph)
    assert glyph.shape[0] / glyph.shape[1] >= 1.5, "the case at hand"
    box = Box(tuple(corners), text)
    assert alike(crop_box(page, box), glyph) > 0.95
    assert crop_box(page, replace(box, text="")).shape[0] < crop_box(page, replace(box, text="")).shape[1]
    assert alike(crop_box(page, replace(box, text="").with_extra(orientation="drawn")), glyph) > 0.95
    assert alike(np.rot90(crop_box(page, box.with_extra(orientation="turned")), -1), glyph) > 0.95


def test_a_chinese_line_written_downwards_lies_on_its_left_side():
    glyphs = [written(one, CJK, 50) for one in "中文标注"]
    width = max(one.shape[1] for one in glyphs)
    column = np.vstack([cv2.copyMakeBorder(one, 2, 2, 0, width - one.shape[1], 0, value=(255,) * 3) for one in glyphs])
    page, corners = on_a_page(column, 3)
    crop = crop_box(page, Box(tuple(corners), "中文标注"))
    assert alike(crop, np.rot90(column)) > 0.93
    assert alike(crop_box(page, Box(tuple(corners), "中文标注").with_extra(orientation="drawn")), column) > 0.93


def curved(line, bend):
    """A page with a line bent along an arch, and the arch's 14 corners, top side first."""
    height, width = line.shape[:2]
    radius = width / bend
    middle = (400.0, 120 + radius + (radius * 0.35 if bend > 2 else 0))
    rows, columns = np.mgrid[0:700, 0:800].astype(np.float32)
    angle = np.arctan2(columns - middle[0], middle[1] - rows)
    away = np.hypot(columns - middle[0], middle[1] - rows)
    x, y = (angle * radius + width / 2).astype(np.float32), (radius + height / 2 - away).astype(np.float32)
    page = cv2.remap(line, x, y, cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    angles = np.linspace(-bend / 2, bend / 2, 7)
    sides = [
        [(middle[0] + far * np.sin(one), middle[1] - far * np.cos(one)) for one in angles]
        for far in (radius + height / 2, radius - height / 2)
    ]
    return page, sides[0] + sides[1][::-1]


def baseline(crop):
    """How low the ink reaches in each sixteenth of a crop, about a letter wide."""
    dark = crop.min(axis=2) < 128
    return np.array([np.flatnonzero(part.any(axis=1)).max() for part in np.array_split(dark, 16, axis=1)])


@pytest.mark.parametrize("bend", [0.9, 1.6, 2.4])
@pytest.mark.parametrize("start", [0, 5])
def test_a_line_bent_along_an_arch_comes_out_straight(bend, start):
    line = written("EZEELIZEELEIZLEZIE", size=44)
    page, corners = curved(line, bend)
    crop = crop_quad(page, corners[start:] + corners[:start])
    assert abs(crop.shape[1] / crop.shape[0] - line.shape[1] / line.shape[0]) < 0.05 * line.shape[1] / line.shape[0]
    assert np.ptp(baseline(crop)) <= 3, "the feet of the letters stand on one line"
    rectangle = crop_quad(page, outline(corners))
    assert np.ptp(baseline(rectangle)) > 20, "which they do not on the page"
    scaled = cv2.resize(crop, line.shape[1::-1]).astype(float)
    assert np.corrcoef(scaled.ravel(), line.astype(float).ravel())[0, 1] > 0.8


def test_an_arch_of_six_corners_is_straightened_too():
    line = written("EZEELIZEELEIZLEZIE", size=44)
    page, corners = curved(line, 1.0)
    crop = crop_quad(page, [corners[place] for place in (0, 3, 6, 7, 10, 13)])
    assert np.ptp(baseline(crop)) <= 5


def test_a_line_bent_along_the_page_is_turned_by_the_same_rule():
    line = written("EZEELIZEELEIZLEZIE", size=44)
    page, corners = curved(line, 1.2)
    page, corners = np.ascontiguousarray(np.rot90(page, -1)), turned_points(corners, 800, 700, 1)
    assert np.ptp(baseline(crop_quad(page, corners))) <= 3
    drawn = crop_quad(page, corners, orientation=Orientation.DRAWN)
    assert np.array_equal(np.rot90(drawn), crop_quad(page, corners))
    assert np.array_equal(crop_quad(page, corners, "I"), drawn)
    assert np.array_equal(crop_quad(page, corners, orientation=Orientation.TURNED), crop_quad(page, corners))


# --- what no hand draws and files hold all the same ----------------------------------------------------------------


@pytest.mark.parametrize(
    "points",
    [
        [(-50, 0), (-10, 0), (-10, 20), (-50, 20)],
        [(200, 0), (240, 0), (240, 20), (200, 20)],
        [(float("nan"), 0), (20, 0), (20, 20), (0, 20)],
        [(float("inf"), 0), (20, 0), (20, 20), (0, 20)],
        [(0, 0), (30_000, 0), (30_000, 30_000), (0, 30_000)],
        [(0, 0), (10, 0), (0, 0), (10, 0), (0, 0), (10, 0)],
        [(1e300, 1e300), (-1e300, 1e300), (-1e300, -1e300), (1e300, -1e300)],
        [(0, 0)],
        [],
    ],
)
def test_impossible_boxes_are_refused_one_by_one(points):
    with pytest.raises(GeometryError) as caught:
        crop_quad(MAP, points)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "points",
    [
        [(-30, -30), (230, -30), (230, 130), (-30, 130)],
        [(0, 0), (100, 0), (30, 20), (0, 50)],
        [(10, 10), (60, 10), (35, 40)],
        [(10, 10), (60, 10), (60, 10), (10, 40)],
        [(0, 0), (50, 50), (100, 0), (100, 90), (50, 50), (0, 90)],
        [(198, 98), (202, 98), (202, 102), (198, 102)],
    ],
)
def test_odd_boxes_are_cut(points):
    crop = crop_quad(MAP, points)
    assert min(crop.shape[:2]) >= 1
    assert crop.dtype == np.uint8


def test_a_part_of_a_very_wide_picture_is_cut():
    wide = np.zeros((40, 40_000, 3), np.uint8)
    wide[10:20, 35_000:35_100] = 255
    assert crop_quad(wide, [(35_000, 10), (35_100, 10), (35_100, 20), (35_000, 20)]).min() == 255


def test_random_polygons_are_cut_or_refused():
    random = np.random.default_rng(5)
    for _ in range(400):
        count = int(random.integers(3, 15))
        points = [
            (float(x), float(y)) for x, y in random.uniform(-40, 240, (count, 2)).round(int(random.integers(0, 2)))
        ]
        try:
            crop = crop_quad(MAP, points)
        except GeometryError:
            continue
        assert crop.size > 0


def test_a_crop_is_a_copy_of_its_own_and_whole_pixels_come_as_they_are():
    page = MAP.copy()
    crop = crop_quad(page, [(20, 30), (120, 30), (120, 60), (20, 60)])
    nearly = crop_quad(page, [(20, 30), (120, 30), (120, 60), (20, 60.0001)])
    assert np.array_equal(crop, nearly)
    page[:] = 0
    assert np.array_equal(crop, MAP[30:60, 20:120])


def test_opencv_is_loaded_for_threads_of_the_window():
    code = "import sys; from ocrstudio.formats.crops import load_opencv; load_opencv(); print('cv2' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "True"
