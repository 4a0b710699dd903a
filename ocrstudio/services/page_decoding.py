"""From an image file to what the canvas paints. Everything here runs in worker threads.

Qt lets go of Python's lock while it decodes a file, not while it paints: whatever is painted here is painted in bands
small enough that the window's thread never waits long for its turn.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QImage, QImageIOHandler, QImageReader, QPainter, QTransform

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError, StudioError
from ocrstudio.formats.images import exif_orientation, unreadable_image

if TYPE_CHECKING:
    from ocrstudio.formats.crops import Image

# Pictures with more pixels are held at a whole fraction of their size, or in grey: 64 million pixels are 256 MB.
MAX_DECODED_PIXELS = 64_000_000
# Each level of the pyramid halves the one before, down to about this many pixels on the longer side.
SMALLEST_LEVEL = 400
# Painted pixels between two chances for the window's thread: about 5 ms.
BAND_PIXELS = 300_000
# Memory that is left to everybody else, in bytes.
SPARE_MEMORY = 300_000_000

_FORMATS = QImage.Format
_SMALL_FORMATS = (_FORMATS.Format_Mono, _FORMATS.Format_MonoLSB, _FORMATS.Format_Grayscale8)
# EXIF's orientations 1 to 8, from the stored picture to the upright one (before it is moved to the origin).
_TURNS = {
    2: QTransform(-1, 0, 0, 1, 0, 0),
    3: QTransform(-1, 0, 0, -1, 0, 0),
    4: QTransform(1, 0, 0, -1, 0, 0),
    5: QTransform(0, 1, 1, 0, 0, 0),
    6: QTransform(0, 1, -1, 0, 0, 0),
    7: QTransform(0, -1, -1, 0, 0, 0),
    8: QTransform(0, -1, 1, 0, 0, 0),
}
# One very large picture at a time: two would take twice the memory.
_one_large = threading.Lock()


@dataclass(frozen=True)
class PageImage:
    """A decoded picture, turned by its EXIF orientation, on white where it is transparent.

    Attributes:
        levels: Each half the size of the one before; RGB32, very large grey ones Grayscale8 or Mono.
        size: Width and height of the file's picture in pixels; the first level is smaller for very large files.
        path: The file.
    """

    levels: tuple[QImage, ...]
    size: tuple[int, int]
    path: Path | None = None

    @property
    def bytes_used(self) -> int:
        """Memory of all levels."""
        return sum(int(level.sizeInBytes()) for level in self.levels)

    @property
    def sharpest_scale(self) -> float:
        """Pixels of the first level per pixel of the file's picture: 1 unless the picture is held smaller."""
        return self.levels[0].width() / self.size[0]

    @property
    def is_whole(self) -> bool:
        """Whether the picture is held at its full size."""
        return self.levels[0].width() >= self.size[0]

    def level_for(self, scale: float) -> QImage:
        """The smallest level that is sharp at `scale` screen pixels per image pixel."""
        wanted = self.size[0] * scale
        for level in reversed(self.levels):
            if level.width() >= wanted:
                return level
        return self.levels[0]


def is_large(path: Path) -> bool:
    """Whether a picture is too large to be held as it is. Reads only the header; False if that cannot be read."""
    size = QImageReader(str(path)).size()
    return size.isValid() and size.width() * size.height() > MAX_DECODED_PIXELS


def too_large(path: Path) -> ProjectError:
    """The error for a picture that does not fit into the memory."""
    return ProjectError(
        QT_TRANSLATE_NOOP("Errors", "{file} is too large for this computer's memory."),
        QT_TRANSLATE_NOOP("Errors", "Scale it down or cut it into pages."),
        file=path,
    )


def decode(path: Path) -> PageImage:
    """Reads a picture and makes its smaller levels.

    Raises:
        ProjectError: If the file is missing, empty, no picture or too large for the memory; names the file.
    """
    if is_large(path):
        with _one_large:
            return _decode_large(path)
    reader = _reader(path)
    turn = _turn_of(path, reader)
    image = reader.read()
    if image.isNull():
        image, turn = _read_otherwise(path), None
    image = _flat(image, _FORMATS.Format_RGB32)
    if turn is not None:
        image = _turned(image, turn)
    return PageImage(_levels(image), (image.width(), image.height()), path)


def from_pixels(pixels: Image) -> PageImage:
    """What the canvas paints of a picture that is no file of its own: (height, width, 3) BGR."""
    image = _flat(_of_pixels(pixels), _FORMATS.Format_RGB32)
    return PageImage(_levels(image), (image.width(), image.height()))


def _of_pixels(pixels: Image) -> QImage:
    height, width = pixels.shape[:2]
    return QImage(pixels.tobytes(), width, height, 3 * width, _FORMATS.Format_BGR888).copy()


def _decode_large(path: Path) -> PageImage:
    reader = _reader(path)
    stored = reader.size()
    turn = _turn_of(path, reader)
    depth = _bits_per_pixel(reader)
    streamed = bytes(reader.format()) == b"jpeg" or (bytes(reader.format()) == b"png" and depth in (24, 32))
    grey = not streamed and reader.imageFormat() in _SMALL_FORMATS
    _check_memory(path, 0 if streamed else stored.width() * stored.height() * max(depth, 1) // 8)
    if not grey:
        reduction = 1
        while stored.width() * stored.height() > MAX_DECODED_PIXELS * reduction * reduction:
            reduction += 1
        reader.setScaledSize(QSize(max(1, stored.width() // reduction), max(1, stored.height() // reduction)))
    image = reader.read()
    if image.isNull():
        if reader.error() == QImageReader.ImageReaderError.InvalidDataError:
            raise too_large(path)
        raise unreadable_image(path)
    if not grey or image.format() not in _SMALL_FORMATS:
        image = _flat(image, _FORMATS.Format_RGB32)
    if turn is not None:
        image = _turned(image, turn)
    transposed = _is_transposing(turn) or _is_transposed_by(reader)
    size = (stored.height(), stored.width()) if transposed else (stored.width(), stored.height())
    return PageImage(_levels(image), size, path)


def decode_region(image: PageImage, region: QRect) -> QImage | None:
    """A part of a picture at its full size.

    Args:
        image: As `decode` made it.
        region: In pixels of the upright picture.

    Returns:
        RGB32, as large as the region; None if the file cannot be read any more.

    Raises:
        ProjectError: If the memory does not suffice; names the file.
    """
    path = image.path
    if path is None:
        return None
    with _one_large:
        reader = _reader(path)
        reader.setAutoTransform(False)
        stored = reader.size()
        if not reader.supportsOption(QImageIOHandler.ImageOption.ClipRect):
            _check_memory(path, stored.width() * stored.height() * max(_bits_per_pixel(reader), 1) // 8)
        turn = _TURNS.get(_orientation(path))
        place = region
        if turn is not None:
            back, _ = _upright(turn, stored).inverted()
            place = back.mapRect(QRectF(region)).toRect()
        reader.setClipRect(place)
        part = reader.read()
    if part.isNull():
        return None
    flat = _flat(part, _FORMATS.Format_RGB32)
    return flat if turn is None else _turned(flat, turn)


# --- reading --------------------------------------------------------------------------------------------------------


def _reader(path: Path) -> QImageReader:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    return reader


def _bits_per_pixel(reader: QImageReader) -> int:
    image_format = reader.imageFormat()
    if image_format == _FORMATS.Format_Invalid:
        return 32
    return QImage.toPixelFormat(image_format).bitsPerPixel()


def _check_memory(path: Path, needed: int) -> None:
    """Raises if a picture cannot be read without driving other programs out of the memory."""
    import psutil

    held = MAX_DECODED_PIXELS * 4 * 4 // 3
    if needed + held + SPARE_MEMORY > psutil.virtual_memory().available:
        raise too_large(path)


def _read_otherwise(path: Path) -> QImage:
    """A picture of a kind that Qt does not know (TGA, TIFF with floating point…), by the reader of the crops.

    Raises:
        ProjectError: If that cannot read it either; names the file.
    """
    from ocrstudio.formats.crops import read_image

    return _of_pixels(read_image(path))


# --- turning --------------------------------------------------------------------------------------------------------


def _orientation(path: Path) -> int:
    try:
        return exif_orientation(path)
    except StudioError:
        return 1  # a kind that only Qt knows, or too large for the other reader


def _turn_of(path: Path, reader: QImageReader) -> QTransform | None:
    """How the picture is still to be turned: Qt turns JPEG and TIFF, but not PNG and WebP."""
    return None if bytes(reader.format()) in (b"jpeg", b"tiff") else _TURNS.get(_orientation(path))


def _is_transposing(turn: QTransform | None) -> bool:
    return turn is not None and turn.m11() == 0


def _is_transposed_by(reader: QImageReader) -> bool:
    return bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)


def _upright(turn: QTransform, size: QSize) -> QTransform:
    """The turn together with the move that brings a picture of that size back to the origin."""
    moved = turn.mapRect(QRectF(0, 0, size.width(), size.height()))
    return turn * QTransform.fromTranslate(-moved.left(), -moved.top())


def _turned(image: QImage, turn: QTransform) -> QImage:
    """The picture turned or mirrored by quarters."""
    if image.depth() < 8:  # nothing can be painted upon these
        return image.transformed(turn)
    turned = QImage(image.size().transposed() if _is_transposing(turn) else image.size(), image.format())
    if turned.isNull():
        raise MemoryError
    painter = QPainter(turned)
    painter.setTransform(_upright(turn, image.size()))
    for band in _bands(image.size()):
        painter.drawImage(band, image, band)
    painter.end()
    return turned


# --- levels ---------------------------------------------------------------------------------------------------------


def _bands(size: QSize) -> Iterator[QRect]:
    """An image of that size in bands of whole rows, each soon painted."""
    rows = max(1, BAND_PIXELS // max(1, size.width()))
    for top in range(0, size.height(), rows):
        yield QRect(0, top, size.width(), min(rows, size.height() - top))


def _flat(image: QImage, image_format: QImage.Format) -> QImage:
    """The picture in another format, on white where it is transparent."""
    if image.format() == image_format:
        return image
    image.setDevicePixelRatio(1.0)
    flat = QImage(image.size(), image_format)
    if flat.isNull():
        raise MemoryError
    painter = QPainter(flat)
    for band in _bands(image.size()):
        if image.hasAlphaChannel():
            painter.fillRect(band, Qt.GlobalColor.white)
        painter.drawImage(band, image, band)
    painter.end()
    return flat


def _levels(image: QImage) -> tuple[QImage, ...]:
    levels = [image]
    while max(levels[-1].width(), levels[-1].height()) > 2 * SMALLEST_LEVEL:
        levels.append(_halved(levels[-1]))
    return tuple(levels)


def _halved(image: QImage) -> QImage:
    # Small levels are quicker to paint in the screen's own format.
    large = image.width() * image.height() > MAX_DECODED_PIXELS
    kept_grey = image.format() in _SMALL_FORMATS and large
    half_format = _FORMATS.Format_Grayscale8 if kept_grey else _FORMATS.Format_RGB32
    half = QImage(max(1, image.width() // 2), max(1, image.height() // 2), half_format)
    if half.isNull():
        raise MemoryError
    painter = QPainter(half)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for band in _bands(half.size()):
        source = QRectF(0, 2 * band.top(), 2 * band.width(), 2 * band.height())
        painter.drawImage(QRectF(band), image, source)
    painter.end()
    return half
