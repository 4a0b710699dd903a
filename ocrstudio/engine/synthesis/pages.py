"""One synthetic page: lines on paper, seen by a camera or a scanner, and where each is. By number, as lines are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.geometry import bounds
from ocrstudio.core.page import Page
from ocrstudio.core.synthesis import Look, Recipe
from ocrstudio.core.synthesis_pages import PageLook, PageWishes
from ocrstudio.engine.synthesis import grounds, layout, wear
from ocrstudio.engine.synthesis.grounds import Colour
from ocrstudio.engine.synthesis.line import LARGEST, SMALLEST, LineMaker, Refusal
from ocrstudio.engine.synthesis.sheet import Pen, Placed, Quad, Sheet

Image = NDArray[np.uint8]

# Pixels of the longer side of a user's page that serves as paper.
PAPER_SIDE = 1400
# Its texts are taken out in a picture smaller by this factor, with so much around each box, as a share of its height.
_COARSE, _AROUND = 4, 0.12
# Ways of looking at a page that are tried before it is seen straight on.
_TRIES = 6
# Letters of a page keep their distance in most pages.
SPACED_SHARE = 0.2
# Letters compared with the page's width: smaller ones cannot be read, larger ones leave no room for lines.
SIZES_OF_WIDTH = (0.012, 0.06)


@dataclass(frozen=True)
class Paper:
    """A page of the user without its texts, BGR, and its letters' usual size, pixels."""

    ground: Image
    size: float


@dataclass(frozen=True)
class MadePage:
    """A finished page.

    Attributes:
        image: (height, width, 3) BGR.
        lines: Where each is in the picture, and exactly what is drawn.
        refused: Texts that were left out.
        quality: To save it with as JPEG, 0 to 100.
    """

    image: Image
    lines: tuple[Placed, ...]
    refused: tuple[Refusal, ...]
    quality: int


def paper_of_page(image: Image, page: Page) -> Paper | None:
    """Takes the texts out of a page whose boxes are all drawn.

    Args:
        image: (height, width, 3) BGR.
        page: Its boxes.

    Returns:
        None if it has none.
    """
    if not page.boxes:
        return None
    scale = min(1.0, PAPER_SIDE / max(image.shape[:2]))
    columns, rows = (max(64, round(side * scale)) for side in (image.shape[1], image.shape[0]))
    small = np.asarray(cv2.resize(image, (columns, rows), interpolation=cv2.INTER_AREA), np.uint8)
    coarse = cv2.resize(small, (columns // _COARSE, rows // _COARSE), interpolation=cv2.INTER_AREA)
    mask = np.zeros(coarse.shape[:2], np.uint8)
    heights = []
    for box in page.boxes:
        left, top, right, bottom = bounds(box.points)
        high = min(right - left, bottom - top) * scale
        heights.append(high)
        corners = np.rint(np.array(box.points) * scale / _COARSE).astype(np.int32)
        cv2.fillPoly(mask, [corners], 255)
        cv2.polylines(mask, [corners], True, 255, 1 + 2 * round(_AROUND * high / _COARSE))
    filled = cv2.resize(cv2.inpaint(coarse, mask, 3, cv2.INPAINT_TELEA), (columns, rows), interpolation=cv2.INTER_CUBIC)
    share = cv2.resize(mask, (columns, rows), interpolation=cv2.INTER_LINEAR).astype(np.float32)[..., None] / 255
    ground = small * (1 - share) + filled * share
    return Paper(np.clip(ground, 0, 255).astype(np.uint8), float(np.median(heights)) / grounds.INK_HEIGHT)


@dataclass(frozen=True)
class PageMaker:
    """Makes the pages of a recipe.

    Attributes:
        lines: Recipe, texts, fonts and the looks of own crops.
        papers: Of the user; none: the preset's grounds alone.
    """

    lines: LineMaker
    papers: Sequence[Paper] = ()

    @property
    def recipe(self) -> Recipe:
        return self.lines.recipe

    def make(self, number: int) -> MadePage:
        """The page of that number, from 0; the same every time. It may have no lines, if no font had any text."""
        recipe = self.recipe
        random = np.random.default_rng((recipe.seed, number))
        page = (recipe.page or PageWishes()).look(recipe.preset, recipe.wear)
        look = recipe.look
        if random.random() >= SPACED_SHARE:
            look = replace(look, spacing=0.0)
        sheet = self._sheet(look, page, random)
        order = random.permutation(len(self.lines.faces))
        pen = Pen(self.lines.source, [self.lines.faces[int(place)] for place in order], look, random)
        layout.spread(sheet, pen, page, down=random.random() < recipe.vertical)
        ground = wear.add_stamp(sheet.ground, 3 * sheet.size, random) if random.random() < look.stamps else sheet.ground
        image = np.clip(ground, 0, 255).astype(np.uint8)
        image, quads = seen_from(image, [line.quad for line in sheet.lines], page, random)
        image = wear.seen_by_a_camera(image, sheet.size, look, random)
        quality = round(float(random.uniform(*look.quality)))
        lines = tuple(replace(line, quad=quad) for line, quad in zip(sheet.lines, quads, strict=True))
        return MadePage(image, lines, tuple(pen.refused), quality)

    def _sheet(self, look: Look, page: PageLook, random: np.random.Generator) -> Sheet:
        size = float(random.uniform(*look.size))
        if self.papers and random.random() < grounds.OWN_SHARE:
            paper = self.papers[int(random.integers(len(self.papers)))]
            ground = paper.ground.astype(np.float32) + np.float32(random.uniform(-8, 8))
            if self.recipe.size is None:
                size = paper.size * float(random.uniform(0.85, 1.15))
            return Sheet(ground, self._own_ink(look, ground, random), _within(size, ground.shape[1]))
        width = round(float(random.uniform(*page.width)))
        rows = round(width * float(random.uniform(*page.shape)))
        # squares of a line's height are drawn for lines only
        kinds = tuple(kind for kind in look.backgrounds if kind != "ruled") or ("plain",)
        ground, ink = grounds.made_ground(replace(look, backgrounds=kinds), rows, width, random)
        return Sheet(ground, ink, _within(size, width))

    def _own_ink(self, look: Look, ground: grounds.Ground, random: np.random.Generator) -> Colour:
        crops = self.lines.crops
        if not crops:
            return grounds.ink_on(look, ground, random)
        return grounds.readable(crops[int(random.integers(len(crops)))].ink, ground)


def _within(size: float, width: int) -> int:
    least, most = (share * width for share in SIZES_OF_WIDTH)
    return round(min(max(size, least, SMALLEST), most, LARGEST))


def seen_from(
    image: Image, quads: Sequence[Quad], page: PageLook, random: np.random.Generator
) -> tuple[Image, list[Quad]]:
    """Turns a page and looks at it from the side, and its boxes with it; no line leaves the picture.

    Args:
        image: (height, width, 3).
        quads: (4, 2) each, pixels.
        page: How far it may be turned.
        random: Source of all choices.

    Returns:
        A picture of the same size, and the boxes in it.
    """
    rows, columns = image.shape[:2]
    flat = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32)
    degrees = float(random.uniform(-page.skew, page.skew)) if page.skew else 0.0
    aside = random.uniform(-page.perspective, page.perspective, (4, 2)) * (columns, rows)
    for attempt in range(_TRIES if degrees or page.perspective else 0):
        share = 0.7**attempt
        turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), degrees * share, 1.0)
        corners = (flat @ turn[:, :2].T + turn[:, 2] + aside * share).astype(np.float32)
        matrix = cv2.getPerspectiveTransform(flat, corners)
        moved = [np.asarray(cv2.perspectiveTransform(quad[None], matrix)[0], np.float32) for quad in quads]
        if all((quad >= 1).all() and (quad <= (columns - 1, rows - 1)).all() for quad in moved):
            # what comes in from outside continues the border: a mirror would show letters that no box knows
            border = cv2.BORDER_REPLICATE
            seen = cv2.warpPerspective(image, matrix, (columns, rows), flags=cv2.INTER_LINEAR, borderMode=border)
            return np.asarray(seen, np.uint8), moved
    return image, list(quads)
