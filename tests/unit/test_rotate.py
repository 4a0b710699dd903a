"""Turning the picture of a page: nothing is lost, and every reader shows the same."""

import io
import stat
import struct

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms
from PyQt5.QtGui import QImage, QImageReader
from small_projects import png

from ocrstudio.core.errors import ProjectError
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.exif import jpeg_with_orientation
from ocrstudio.formats.images import exif_orientation, image_size
from ocrstudio.formats.rotate import LossyRotation, RotationPlan, plan_rotation

WIDTH, HEIGHT = 48, 32
ROWS, COLUMNS = np.mgrid[0:HEIGHT, 0:WIDTH]
# Large even patches of different colours, so that JPEG keeps them apart.
PIXELS = np.dstack(
    [
        np.where(COLUMNS < WIDTH / 2, 230, 20),
        np.where(ROWS < HEIGHT / 2, 220, 30),
        np.where(ROWS + COLUMNS < 30, 0, 128),
    ]
).astype(np.uint8)
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def exif(value=None, **others):
    data = Image.Exif()
    if value is not None:
        data[0x0112] = value
    data[0x010F] = "Maker"
    return data


def with_qt(path):
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    image = reader.read().convertToFormat(QImage.Format.Format_RGB888)
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    rows = np.frombuffer(bits, np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def with_opencv(path):
    return cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)[:, :, ::-1]


def as_stored(path):
    with Image.open(path) as picture:
        return np.asarray(picture)


def corners(image):
    """Which of the four corners are bright in red and in green."""
    places = [image[4, 4], image[4, -5], image[-5, -5], image[-5, 4]]
    return [(bool(red > 120), bool(green > 120)) for red, green, _ in np.asarray(places)[:, :3].astype(int)]


def rotate_image(path, turns, **options) -> RotationPlan:
    plan = plan_rotation(path, turns, **options)
    plan.apply()
    return plan


@pytest.mark.parametrize("value", [None, *range(1, 9)])
@pytest.mark.parametrize("quarters", [1, 2, 3, -1])
def test_a_jpeg_is_turned_for_every_reader_without_touching_a_pixel(tmp_path, value, quarters):
    path = tmp_path / "页 Ⅻ.jpg"
    Image.fromarray(PIXELS).save(path, quality=95, **({} if value is None else {"exif": exif(value)}))
    before, stored = read_image(path), as_stored(path)
    rotate_image(path, quarters)
    wanted = np.rot90(before, -quarters)
    assert np.array_equal(read_image(path), wanted)
    assert np.array_equal(as_stored(path), stored), "the pixels in the file are the same"
    assert image_size(path) == wanted.shape[1::-1]
    for shown in (with_qt(path), with_opencv(path)):
        assert shown.shape == wanted.shape
        assert corners(shown) == corners(wanted[:, :, ::-1])


@pytest.mark.parametrize("order", [">", "<"])
def test_only_two_bytes_of_a_jpeg_with_an_orientation_change(tmp_path, order):
    mark = b"MM\0*" if order == ">" else b"II*\0"
    tiff = mark + struct.pack(order + "IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0)
    path = tmp_path / "a.jpg"
    Image.fromarray(PIXELS).save(path, exif=b"Exif\0\0" + tiff)
    before = path.read_bytes()
    rotate_image(path, 1)
    after = path.read_bytes()
    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    assert exif_orientation(path) == 3
    rotate_image(path, -1)
    assert path.read_bytes() == before


@pytest.mark.parametrize("order", [">", "<"])
def test_an_orientation_is_added_to_exif_without_one_and_the_rest_stays(tmp_path, order):
    mark = b"MM\0*" if order == ">" else b"II*\0"
    maker = struct.pack(order + "HHII", 0x010F, 2, 6, 38)
    time = struct.pack(order + "HHII", 0x0132, 2, 5, 44)
    tiff = mark + struct.pack(order + "IH", 8, 2) + maker + time + struct.pack(order + "I", 0) + b"Maker\0" + b"2024\0"
    path = tmp_path / "a.jpg"
    Image.fromarray(PIXELS).save(path, exif=b"Exif\0\0" + tiff)
    rotate_image(path, 1)
    with Image.open(path) as picture:
        data = picture.getexif()
    assert (data[0x010F], data[0x0112], data[0x0132]) == ("Maker", 6, "2024")


def test_a_segment_is_added_where_there_is_none_and_the_others_stay_byte_for_byte(tmp_path):
    path = tmp_path / "a.jpg"
    Image.fromarray(PIXELS).save(path, icc_profile=PROFILE, dpi=(200, 200), comment=b"a comment")
    before = path.read_bytes()
    rotate_image(path, 1)
    after = path.read_bytes()
    place = next(i for i, (one, other) in enumerate(zip(before, after, strict=False)) if one != other)
    assert after.endswith(before[place + 1 :])
    with Image.open(path) as picture:
        assert picture.info["dpi"] == (200, 200)
        assert picture.info["icc_profile"] == PROFILE


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"II",
        b"II*\0\x08\0\0\0",
        b"MM\0*\xff\xff\xff\xff" + bytes(8),
        b"II*\0\x08\0\0\0\xff\xff" + bytes(8),
        bytes(40),
    ],
)
def test_broken_exif_is_left_and_a_good_one_goes_before_it(tmp_path, broken):
    path = tmp_path / "a.jpg"
    Image.fromarray(PIXELS).save(path, exif=b"Exif\0\0" + broken)
    before = read_image(path)
    rotate_image(path, 1)
    assert np.array_equal(read_image(path), np.rot90(before, -1))
    assert corners(with_qt(path)) == corners(np.rot90(before, -1)[:, :, ::-1])
    assert b"Exif\0\0" + broken in path.read_bytes()


def test_a_full_exif_segment_needs_leave_to_compress_again(tmp_path):
    entry = struct.pack("<HHII", 0x010F, 2, 65_400, 26)
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4) + b"x" * 65_488
    path = tmp_path / "a.jpg"
    Image.fromarray(PIXELS).save(path, exif=b"Exif\0\0" + tiff)
    before = path.read_bytes()
    with pytest.raises(LossyRotation, match=r"a\.jpg"):
        rotate_image(path, 1)
    assert path.read_bytes() == before
    wanted = np.rot90(read_image(path), -1)
    plan = rotate_image(path, 1, allow_lossy=True)
    assert plan.original == before
    assert np.abs(read_image(path).astype(int) - wanted).mean() < 6


def test_a_photo_that_ends_too_early_is_turned_all_the_same(tmp_path):
    path = tmp_path / "a.jpg"
    Image.fromarray(np.tile(PIXELS, (8, 8, 1))).save(path)
    path.write_bytes(path.read_bytes()[:-400])
    rotate_image(path, 1)
    assert exif_orientation(path) == 6


GREY = PIXELS[:, :, 0]
DEEP = GREY.astype(np.uint16) * 257 + COLUMNS.astype(np.uint16)
DEEP_COLOUR = np.dstack([DEEP, DEEP // 2, DEEP // 3])
ALPHA = np.dstack([PIXELS, (COLUMNS * 5).astype(np.uint8)])
EXACT = {
    "rgb.png": lambda path: Image.fromarray(PIXELS).save(path, dpi=(300, 150), icc_profile=PROFILE),
    "grey.png": lambda path: Image.fromarray(GREY).save(path),
    "bits.png": lambda path: Image.fromarray(GREY > 100).save(path),
    "alpha.png": lambda path: Image.fromarray(ALPHA).save(path),
    "key.png": lambda path: Image.fromarray(PIXELS).save(path, transparency=(230, 220, 0)),
    "palette.png": lambda path: Image.fromarray(PIXELS).quantize(5).save(path),
    "clear palette.png": lambda path: Image.fromarray(PIXELS).quantize(5).save(path, transparency=b"\x00\x80"),
    "deep.png": lambda path: Image.fromarray(DEEP).save(path),
    "deep colour.png": lambda path: path.write_bytes(cv2.imencode(".png", DEEP_COLOUR)[1].tobytes()),
    "rgb.bmp": lambda path: Image.fromarray(PIXELS).save(path, dpi=(200, 200)),
    "palette.bmp": lambda path: Image.fromarray(PIXELS).quantize(5).save(path),
    "bits.bmp": lambda path: Image.fromarray(GREY > 100).save(path),
    "lzw.tif": lambda path: Image.fromarray(PIXELS).save(path, compression="tiff_lzw", dpi=(300, 150)),
    "fax.tif": lambda path: Image.fromarray(GREY > 100).save(path, compression="group4"),
    "deep.tif": lambda path: Image.fromarray(DEEP).save(path),
    "cmyk.tif": lambda path: Image.fromarray(PIXELS).convert("CMYK").save(path, icc_profile=PROFILE),
    "photo.tif": lambda path: Image.fromarray(PIXELS).save(path, compression="jpeg"),
    "deep colour.tif": lambda path: path.write_bytes(cv2.imencode(".tif", DEEP_COLOUR)[1].tobytes()),
    "lossless.webp": lambda path: Image.fromarray(ALPHA).save(path, lossless=True, exact=True),
    "a.gif": lambda path: Image.fromarray(PIXELS).quantize(5).save(path),
    "a.tga": lambda path: Image.fromarray(PIXELS).save(path),
    "a.ppm": lambda path: Image.fromarray(PIXELS).save(path),
}


def exact(path):
    """Every bit of the pixels, the kind of picture and what goes with it."""
    with Image.open(path) as picture:
        picture.load()
        about = (picture.format, picture.mode, picture.info.get("icc_profile"), picture.info.get("compression"))
        deep = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED)
        colours = np.asarray(picture.convert("RGBA")) if picture.mode in ("P", "RGB") else np.asarray(picture)
    return about, colours, deep if deep is not None and deep.dtype == np.uint16 else None


@pytest.mark.parametrize("name", EXACT)
def test_other_formats_are_turned_pixel_for_pixel_and_four_turns_are_none(tmp_path, name):
    path = tmp_path / name
    EXACT[name](path)
    about, pixels, deep = exact(path)
    shown = read_image(path)
    plan_rotation(path, 1)
    rotate_image(path, 1)
    assert np.array_equal(exact(path)[1], np.rot90(pixels, -1))
    assert np.array_equal(read_image(path), np.rot90(shown, -1))
    for _ in range(3):
        rotate_image(path, 1)
    again, four_times, deep_again = exact(path)
    assert np.array_equal(four_times, pixels)
    assert deep is None or np.array_equal(deep_again, deep)
    assert again[:3] == about[:3]
    if name != "photo.tif":
        assert again[3] == about[3]


def test_resolution_turns_along_and_texts_and_bit_depth_stay(tmp_path):
    from PIL.PngImagePlugin import PngInfo

    path = tmp_path / "a.png"
    texts = PngInfo()
    texts.add_text("Title", "Seite")
    texts.add_itxt("Beschreibung", "页")
    Image.fromarray(PIXELS).quantize(4).save(path, pnginfo=texts, dpi=(300, 150), bits=2)
    bits = path.read_bytes()[24:26]
    rotate_image(path, 1)
    with Image.open(path) as picture:
        assert tuple(round(side) for side in picture.info["dpi"]) == (150, 300)
        assert picture.info["Title"] == "Seite"
        assert picture.info["Beschreibung"] == "页"
    assert path.read_bytes()[24:26] == bits
    rotate_image(path, -1)
    with Image.open(path) as picture:
        assert tuple(round(side) for side in picture.info["dpi"]) == (300, 150)


@pytest.mark.parametrize("extension", ["png", "webp", "tif"])
@pytest.mark.parametrize("value", range(1, 9))
def test_exif_of_other_formats_is_taken_into_account(tmp_path, extension, value):
    path = tmp_path / f"a.{extension}"
    Image.fromarray(PIXELS).save(path, exif=exif(value), **({"lossless": True} if extension == "webp" else {}))
    shown = read_image(path)
    rotate_image(path, 1)
    assert np.array_equal(read_image(path), np.rot90(shown, -1))
    assert image_size(path) == np.rot90(shown).shape[1::-1]


def test_lossy_webp_is_refused_unless_allowed(tmp_path):
    path = tmp_path / "a.webp"
    Image.fromarray(PIXELS).save(path, quality=80)
    before = path.read_bytes()
    with pytest.raises(LossyRotation, match="losing a little") as caught:
        rotate_image(path, 1)
    assert caught.value.remedy
    assert path.read_bytes() == before
    wanted = np.rot90(read_image(path), -1)
    rotate_image(path, 1, allow_lossy=True)
    assert np.abs(read_image(path).astype(int) - wanted).mean() < 8


@pytest.mark.parametrize("extension", ["gif", "tif", "png", "webp"])
def test_pictures_of_several_pages_are_refused_even_then(tmp_path, extension):
    path = tmp_path / f"a.{extension}"
    first, second = Image.fromarray(PIXELS), Image.fromarray(PIXELS[::-1].copy())
    first.save(path, save_all=True, append_images=[second])
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="several pictures"):
        rotate_image(path, 1, allow_lossy=True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"junk", png()[:60], b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\xff\xff", b"GIF89a"])
def test_what_is_no_picture_is_named_and_left_alone(tmp_path, content):
    path = tmp_path / "bad.png"
    path.write_bytes(content)
    with pytest.raises(ProjectError, match=r"bad\.png"):
        rotate_image(path, 1, allow_lossy=True)
    assert path.read_bytes() == content
    with pytest.raises(ProjectError, match="gone"):
        rotate_image(tmp_path / "gone.png", 1)


def test_the_content_and_not_the_name_says_how(tmp_path):
    path = tmp_path / "photo.png"
    Image.fromarray(PIXELS).save(path, "JPEG")
    rotate_image(path, 1)
    assert exif_orientation(path) == 6
    path = tmp_path / "drawing.jpg"
    path.write_bytes(png())
    wanted = np.rot90(read_image(path), -1)
    rotate_image(path, 1)
    assert np.array_equal(read_image(path), wanted)


@pytest.mark.skipif(not hasattr(stat, "S_ISUID"), reason="permissions of POSIX")
def test_permissions_and_links_stay(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(png())
    path.chmod(0o640)
    (tmp_path / "link.png").symlink_to(path)
    rotate_image(tmp_path / "link.png", 1)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert (tmp_path / "link.png").is_symlink()
    assert image_size(path) == (20, 40)


def test_a_plan_says_what_will_be_there_and_refuses_a_file_that_changed(tmp_path):
    import hashlib

    path = tmp_path / "a.png"
    path.write_bytes(png())
    plan = plan_rotation(path, 1)
    assert path.read_bytes() == png(), "nothing is written by planning"
    assert plan.before == hashlib.sha256(png()).hexdigest()
    plan.apply()
    assert plan.after == hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(ProjectError, match="changed by another program"):
        plan.apply()


def test_four_quarters_at_once_change_nothing(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(png())
    for quarters in (0, 4, -8):
        rotate_image(path, quarters)
        assert path.read_bytes() == png()


def test_any_part_of_a_jpeg_is_turned_or_refused(tmp_path):
    out = io.BytesIO()
    Image.fromarray(PIXELS).save(out, "JPEG", exif=exif(1))
    data = out.getvalue()
    for end in range(200):
        changed = jpeg_with_orientation(data[:end], 6)
        assert changed is None or changed[:3] == b"\xff\xd8\xff"
