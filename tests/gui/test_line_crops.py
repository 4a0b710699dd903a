"""The crop beside a line is the one that training sees: compared with `formats.crops` pixel by pixel."""

import math

import numpy as np
import pytest
from PyQt5.QtCore import QSize
from PyQt5.QtGui import QColor, QImage

from ocrstudio.core.page import Box
from ocrstudio.formats.crops import crop_box
from ocrstudio.services.page_images import PageImage
from ocrstudio.ui.pages.annotate.crops import straightened, surroundings

SIZE = (400, 300)


def page():
    """A smooth pattern, another at every place, in which turned or mirrored crops differ everywhere."""
    x, y = np.meshgrid(np.arange(SIZE[0]), np.arange(SIZE[1]))
    return np.stack([x / SIZE[0] * 255, y / SIZE[1] * 255, (np.sin(x / 23) + np.cos(y / 17) + 2) * 60], -1).astype(
        np.uint8
    )


def page_image(pixels):
    rgb = np.ascontiguousarray(pixels[:, :, ::-1])
    image = QImage(rgb.data, SIZE[0], SIZE[1], 3 * SIZE[0], QImage.Format.Format_RGB888).copy()
    return PageImage((image.convertToFormat(QImage.Format.Format_RGB32),), SIZE)


def arc(start, end, inner, outer, steps=7):
    """A curved strip around (200, 260)."""
    angles = [math.radians(start + (end - start) * n / (steps - 1)) for n in range(steps)]
    upper = [(200 + outer * math.cos(a), 260 + outer * math.sin(a)) for a in angles]
    lower = [(200 + inner * math.cos(a), 260 + inner * math.sin(a)) for a in angles]
    return (*upper, *lower[::-1])


BOXES = {
    "rectangle": Box(((50, 60), (210, 60), (210, 100), (50, 100))),
    "drawn from the lower right": Box(((210, 100), (50, 100), (50, 60), (210, 60))),
    "slanted": Box(((60, 50), (240, 90), (232, 130), (52, 90))),
    "upright": Box(((100, 40), (130, 40), (130, 200), (100, 200)), "down"),
    "one narrow glyph": Box(((100, 40), (120, 40), (120, 90), (100, 90)), "Ⅰ"),
    "upright as drawn": Box(((100, 40), (130, 40), (130, 200), (100, 200))).with_extra(orientation="drawn"),
    "turned": Box(((50, 60), (210, 60), (210, 100), (50, 100))).with_extra(orientation="turned"),
    "five corners": Box(((50, 60), (130, 55), (210, 60), (210, 100), (50, 100))),
    "curved": Box(arc(200, 340, 140, 180)),
}


@pytest.mark.parametrize("name", BOXES)
def test_the_crop_beside_a_line_is_the_one_that_is_trained_on(qapp, name):
    pixels = page()
    wanted = crop_box(pixels, BOXES[name])
    height, width = wanted.shape[:2]
    seen = straightened(page_image(pixels), BOXES[name], width, height)
    assert seen.width() == pytest.approx(width, rel=0.02, abs=2)
    assert seen.height() == pytest.approx(height, rel=0.02, abs=2)
    differences = []
    for share_x in (0.1, 0.3, 0.5, 0.7, 0.9):
        for share_y in (0.2, 0.5, 0.8):
            color = seen.pixelColor(int(seen.width() * share_x), int(seen.height() * share_y))
            blue, green, red = map(int, wanted[int(height * share_y), int(width * share_x)])
            differences.append(max(abs(color.red() - red), abs(color.green() - green), abs(color.blue() - blue)))
    assert max(differences) <= 20


def test_a_line_is_seen_among_its_neighbours_where_it_stands(qapp):
    pixels = page()
    box = BOXES["slanted"]
    found = surroundings(page_image(pixels), box, QSize(600, 240), QColor("white"))
    alone = straightened(page_image(pixels), box, round(found.line.width()), round(found.line.height()))
    middle = found.line.center()
    seen, wanted = found.picture.pixelColor(middle.toPoint()), alone.pixelColor(alone.width() // 2, alone.height() // 2)
    assert abs(seen.red() - wanted.red()) + abs(seen.green() - wanted.green()) <= 12
    assert found.line.height() < 240 * 0.5


def test_what_cannot_be_straightened_with_its_neighbours_is_shown_alone(qapp):
    image = page_image(page())
    assert surroundings(image, BOXES["curved"], QSize(600, 240), QColor("white")) is None
    steep = Box(((10, 10), (390, 140), (390, 150), (10, 290)))
    assert surroundings(image, steep, QSize(600, 240), QColor("white")) is None
    assert straightened(image, steep, 300, 100) is not None
    assert surroundings(image, Box(((5, 5), (5, 5), (5, 5))), QSize(600, 240), QColor("white")) is None
    assert surroundings(image, BOXES["slanted"], QSize(0, 0), QColor("white")) is None
