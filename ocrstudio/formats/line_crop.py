"""The picture of a line of an evaluation."""

from __future__ import annotations

from pathlib import Path

from ocrstudio.core.evaluation import LineReading
from ocrstudio.formats.crops import Image, crop_quad, read_image


def line_crop(root: Path, line: LineReading, page: Image | None = None) -> Image:
    """The crop of a line as it was read.

    Args:
        root: What its picture is relative to.
        line: The line.
        page: Its picture, if it is there already.

    Raises:
        StudioError: If the picture cannot be read or the line cannot be cut out.
    """
    image = read_image(root / line.image) if page is None else page
    return crop_quad(image, line.points, line.truth, line.orientation) if line.points else image
