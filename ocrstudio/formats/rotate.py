"""Turning the picture of a page by quarters without losing anything of it.

* JPEG: the EXIF orientation changes, no pixel is touched. Canvas (Qt), OpenCV, Pillow and PaddleOCR all follow it.
* PNG, BMP, TIFF, GIF, TGA, PNM and lossless WebP: the pixels are turned and written again as they were, then read back
  and compared. Their EXIF orientation would not do: Qt ignores that of PNG and WebP, and OpenCV fails on some TIFF.
* Anything that would have to be compressed again with loss is refused unless the caller allows it.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.formats.atomic import read_bytes, write_atomic
from ocrstudio.formats.exif import jpeg_with_orientation, turned_orientation
from ocrstudio.formats.images import opened, orientation_of, upright
from ocrstudio.formats.png_chunks import colour_type, with_chunks_of

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

_JPEG = b"\xff\xd8\xff"
_LOSSY_QUALITY = 95
_LOSSY_TIFF = frozenset({"jpeg", "tiff_jpeg", "webp"})
# Description, maker, model, program, date, artist, copyright.
_TIFF_TEXTS = (270, 271, 272, 305, 306, 315, 33432)
_BITS_PER_SAMPLE = 258
# Lossless WebP says so within its first chunks; colour profiles come before the picture.
_WEBP_HEADER = 65_536
# EXIF orientations of mirrored pictures: turning what is stored turns what is shown the other way round.
_MIRRORED = frozenset({2, 4, 5, 7})


class LossyRotation(ProjectError):  # noqa: N818  (the name says what would happen)
    """Turning this picture would compress it again and lose a little of it; ask first."""


@dataclass(frozen=True)
class RotationPlan:
    """A turned picture, ready to take the place of the file.

    Attributes:
        path: The file.
        before: SHA-256 of the file as it is.
        after: SHA-256 of the file as it will be.
        original: The file as it is.
        content: The file as it will be.
    """

    path: Path
    before: str
    after: str
    original: bytes = field(repr=False)
    content: bytes = field(repr=False)

    def apply(self) -> None:
        """Replaces the file in one step; its permissions stay.

        Raises:
            ProjectError: If it cannot be written, or somebody changed it since it was read.
        """
        if self.content != self.original:
            write_atomic(self.path, self.content, before_replacing=self._check)

    def _check(self) -> None:
        if hashlib.sha256(read_bytes(self.path)).hexdigest() != self.before:
            raise ProjectError(
                QT_TRANSLATE_NOOP("Errors", "{file} was changed by another program meanwhile and was not turned."),
                QT_TRANSLATE_NOOP("Errors", "Open the page again and turn it once more."),
                file=self.path,
            )


def plan_rotation(path: Path, turns: int, *, allow_lossy: bool = False) -> RotationPlan:
    """Turns a picture in memory; nothing is written. May take a second for a large PNG.

    Args:
        path: The picture; what it is says its content, not its name.
        turns: Quarters clockwise; negative ones counter-clockwise.
        allow_lossy: Compress again where nothing else is possible.

    Raises:
        LossyRotation: If that is needed and not allowed.
        ProjectError: If the file cannot be read, is no picture, or holds several pictures.
    """
    data = read_bytes(path)
    quarters = turns % 4
    with opened(path) as picture:  # also refuses what is no picture
        orientation = orientation_of(picture)
        several = picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1
    content: bytes | None = data if quarters == 0 else None
    if content is None and data.startswith(_JPEG):
        content = jpeg_with_orientation(data, turned_orientation(orientation, quarters))
    elif content is None:
        if several:
            raise _several_pictures(path)
        content = _turned_exactly(path, data, quarters)
    if content is None:
        if not allow_lossy:
            raise _lossy(path)
        content = _turned_anyhow(path, quarters)
    before, after = (hashlib.sha256(one).hexdigest() for one in (data, content))
    return RotationPlan(path, before, after, data, content)


def _turned_exactly(path: Path, data: bytes, quarters: int) -> bytes | None:
    """The turned file if it holds exactly the same pixels, depth and colours; None if that cannot be done."""
    with opened(path) as picture:
        picture.load()
        kind = str(picture.format)
        # the EXIF data of PNG and WebP stays, and turns what is stored once more
        stored = -quarters if kind != "TIFF" and orientation_of(picture) in _MIRRORED else quarters
        turned = _turned(picture, stored)
        if _has_deep_colours(picture, data):
            content = _deep_content(picture, data, stored)
        else:
            content = _encoded(turned, kind, _exact_options(picture, data))
    if content is not None and kind == "PNG":
        content = with_chunks_of(data, content, swap_sides=quarters % 2 == 1)
    return content if content is not None and _shows(content, turned) else None


def _turned(picture: PillowImage, quarters: int) -> PillowImage:
    from PIL.Image import Transpose

    turn = {1: Transpose.ROTATE_270, 2: Transpose.ROTATE_180, 3: Transpose.ROTATE_90}
    return picture.transpose(turn[quarters % 4])


def _exact_options(picture: PillowImage, data: bytes) -> dict[str, Any] | None:
    """How Pillow writes a picture of this kind again without loss; None if there is no way."""
    info = picture.info
    options = {name: info[name] for name in ("icc_profile", "transparency", "dpi") if info.get(name) is not None}
    match picture.format:
        case "PNG" | "BMP" | "PPM" | "TGA":
            return options
        case "GIF":
            return {**options, "optimize": False}
        case "TIFF":
            tags = getattr(picture, "tag_v2", {})
            compression = info.get("compression", "raw")
            return {
                **options,
                "compression": "tiff_adobe_deflate" if compression in _LOSSY_TIFF else compression,
                "tiffinfo": {tag: tags[tag] for tag in _TIFF_TEXTS if tag in tags},
            }
        case "WEBP" if b"VP8L" in data[12:_WEBP_HEADER]:
            return {**options, "lossless": True, "exact": True, "exif": info.get("exif", b"")}
    return None


def _encoded(picture: PillowImage, kind: str, options: dict[str, Any] | None) -> bytes | None:
    if options is None:
        return None
    out = io.BytesIO()
    try:
        picture.save(out, kind, **options)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a kind of pixels that Pillow reads and cannot write
    return out.getvalue()


def _has_deep_colours(picture: PillowImage, data: bytes) -> bool:
    """Whether the file has 16 bits a colour, of which Pillow would drop half."""
    if picture.format == "PNG":
        bits, kind = colour_type(data)
        return bits == 16 and kind != 0
    bits = getattr(picture, "tag_v2", {}).get(_BITS_PER_SAMPLE, ())
    return isinstance(bits, tuple) and len(bits) > 1 and max(bits) > 8


def _deep_content(picture: PillowImage, data: bytes, quarters: int) -> bytes | None:
    import cv2

    options: list[int] = []
    if picture.format == "TIFF":
        if picture.info.get("icc_profile") or orientation_of(picture) != 1:
            return None  # OpenCV would lose them
        across, down = (round(float(side)) for side in picture.info.get("dpi", (0, 0)))
        if across and down:
            options = [cv2.IMWRITE_TIFF_XDPI, across, cv2.IMWRITE_TIFF_YDPI, down, cv2.IMWRITE_TIFF_RESUNIT, 2]
    extension = ".png" if picture.format == "PNG" else ".tif"
    try:
        pixels: Any = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
        turned = np.ascontiguousarray(np.rot90(pixels, -quarters))
        done, content = cv2.imencode(extension, turned, options)
        again: Any = cv2.imdecode(content, cv2.IMREAD_UNCHANGED) if done else None
    except cv2.error:
        return None
    same = again is not None and pixels.dtype == np.uint16 and np.array_equal(again, turned)
    return content.tobytes() if same else None


def _shows(content: bytes, wanted: PillowImage) -> bool:
    """Whether a file, read back, has these pixels."""
    from PIL import Image as Pillow

    with Pillow.open(io.BytesIO(content)) as written:
        written.load()
        if written.mode != wanted.mode or written.size != wanted.size:
            return False
        if wanted.mode in ("P", "PA") or "transparency" in wanted.info:
            return written.convert("RGBA").tobytes() == wanted.convert("RGBA").tobytes()
        return written.tobytes() == wanted.tobytes()


def _turned_anyhow(path: Path, quarters: int) -> bytes:
    with opened(path) as picture:
        kind, profile = str(picture.format), picture.info.get("icc_profile")
        options = {"icc_profile": profile} if profile else {}
        turned = _turned(upright(picture), quarters)
        content = _encoded(turned, "JPEG" if kind == "MPO" else kind, {**options, "quality": _LOSSY_QUALITY})
    if content is None:
        raise ProjectError(
            QT_TRANSLATE_NOOP("Errors", "{file} cannot be turned: pictures of this kind can only be read."),
            QT_TRANSLATE_NOOP("Errors", "Save it as PNG in an image editor and turn that."),
            file=path,
        )
    return content


def _lossy(path: Path) -> LossyRotation:
    return LossyRotation(
        QT_TRANSLATE_NOOP("Errors", "{file} cannot be turned without compressing it again and losing a little."),
        QT_TRANSLATE_NOOP("Errors", "Allow that, or turn a copy saved as PNG."),
        file=path,
    )


def _several_pictures(path: Path) -> ProjectError:
    return ProjectError(
        QT_TRANSLATE_NOOP("Errors", "{file} holds several pictures and cannot be turned."),
        QT_TRANSLATE_NOOP("Errors", "Save its pictures one by one and open those."),
        file=path,
    )
