"""Where the picture is on the canvas: zoom and position, without any painting."""

from __future__ import annotations

from typing import Literal

from ocrstudio.core.page import Point

MIN_SCALE = 0.01
MAX_SCALE = 40.0
# A small box is not blown up further than this to be looked at.
FOCUS_SCALE = 6.0
# The share of the canvas that a box takes which is looked at.
FOCUS_SHARE = 0.7
# Space left around a fitted picture, in canvas pixels.
FIT_MARGIN = 12
# So much of the picture stays on the canvas however far it is dragged.
KEPT_PX = 60


class View:
    """Maps image pixels to canvas pixels and back: `canvas = image * scale + origin`.

    The origin is kept on whole canvas pixels, so that dragging the picture can move painted pixels instead of painting
    them again.
    """

    def __init__(self) -> None:
        self.scale = 1.0
        self.origin: tuple[int, int] = (0, 0)
        self.fitted: Literal["page", "width", "no"] = "page"
        self._image = (1, 1)
        self._canvas = (1, 1)

    def set_image(self, size: tuple[int, int]) -> None:
        """Takes over another picture's width and height in pixels and fits it as the one before."""
        self._image = (max(1, size[0]), max(1, size[1]))
        if self.fitted == "width":
            self.fit_width()
        else:
            self.fit()

    def set_canvas(self, size: tuple[int, int]) -> None:
        """Takes over the canvas's width and height; a fitted picture is fitted again."""
        self._canvas = (max(1, size[0]), max(1, size[1]))
        if self.fitted == "page":
            self.fit()
        elif self.fitted == "width":
            self.fit_width(keep_height=True)
        else:
            self._move_to(*self.origin)

    def fit(self) -> None:
        """Shows the whole picture in the middle, at most at four times its size."""
        width = max(1, self._canvas[0] - 2 * FIT_MARGIN)
        height = max(1, self._canvas[1] - 2 * FIT_MARGIN)
        self.scale = min(width / self._image[0], height / self._image[1], 4.0)
        self.fitted = "page"
        self._centre()

    def fit_width(self, *, keep_height: bool = False) -> None:
        """Shows the picture as wide as the canvas, at most at four times its size.

        Args:
            keep_height: The part that is in the middle stays there; else the picture's top is shown.
        """
        middle = self.to_image(0, self._canvas[1] / 2)[1]
        self.scale = min(max(1, self._canvas[0] - 2 * FIT_MARGIN) / self._image[0], 4.0)
        self._centre()
        if self.origin[1] < FIT_MARGIN:
            top = round(self._canvas[1] / 2 - middle * self.scale) if keep_height else FIT_MARGIN
            self._move_to(self.origin[0], top)
        self.fitted = "width"

    def focus(self, left: float, top: float, right: float, bottom: float) -> None:
        """Shows an image rectangle in the middle, as large as is comfortable."""
        width, height = max(right - left, 1.0), max(bottom - top, 1.0)
        wanted = min(self._canvas[0] * FOCUS_SHARE / width, self._canvas[1] * FOCUS_SHARE / height, FOCUS_SCALE)
        self.scale = max(wanted, min(MIN_SCALE, self.scale))
        self.fitted = "no"
        self._move_to(
            round(self._canvas[0] / 2 - (left + right) / 2 * self.scale),
            round(self._canvas[1] / 2 - (top + bottom) / 2 * self.scale),
        )

    def zoom(self, factor: float, at: tuple[float, float] | None = None) -> None:
        """Zooms while the image point under the canvas point `at` stays where it is; the middle if None."""
        at = at or (self._canvas[0] / 2, self._canvas[1] / 2)
        fixed = self.to_image(*at)
        smallest = min(MIN_SCALE, self.scale)
        self.scale = min(max(self.scale * factor, smallest), MAX_SCALE)
        self.fitted = "no"
        self._move_to(round(at[0] - fixed[0] * self.scale), round(at[1] - fixed[1] * self.scale))

    def pan(self, dx: int, dy: int) -> tuple[int, int]:
        """Moves the picture by canvas pixels, part of it always staying visible.

        Returns:
            How far it moved.
        """
        before = self.origin
        self._move_to(before[0] + dx, before[1] + dy)
        moved = (self.origin[0] - before[0], self.origin[1] - before[1])
        if moved != (0, 0):
            self.fitted = "no"
        return moved

    def reveal(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Moves the picture as little as needed to show an image rectangle; True if it moved."""
        x0, y0 = self.to_canvas(left, top)
        x1, y1 = self.to_canvas(right, bottom)
        margin = 24
        dx = _into_view(x0 - margin, x1 + margin, self._canvas[0])
        dy = _into_view(y0 - margin, y1 + margin, self._canvas[1])
        if (dx, dy) == (0, 0):
            return False
        return self.pan(dx, dy) != (0, 0)

    def to_canvas(self, x: float, y: float) -> tuple[float, float]:
        """Canvas position of an image point."""
        return x * self.scale + self.origin[0], y * self.scale + self.origin[1]

    def to_image(self, x: float, y: float) -> Point:
        """Image position of a canvas point; it may lie outside the picture."""
        return (x - self.origin[0]) / self.scale, (y - self.origin[1]) / self.scale

    def _centre(self) -> None:
        self.origin = (
            round((self._canvas[0] - self._image[0] * self.scale) / 2),
            round((self._canvas[1] - self._image[1] * self.scale) / 2),
        )

    def _move_to(self, x: int, y: int) -> None:
        width = self._image[0] * self.scale
        height = self._image[1] * self.scale
        keep_x, keep_y = min(KEPT_PX, width / 2), min(KEPT_PX, height / 2)
        self.origin = (
            round(min(max(x, keep_x - width), self._canvas[0] - keep_x)),
            round(min(max(y, keep_y - height), self._canvas[1] - keep_y)),
        )


def _into_view(low: float, high: float, size: int) -> int:
    if low >= 0 and high <= size:
        return 0
    if high - low > size:  # too large to show at once: its start
        return round(-low)
    return round(-low) if low < 0 else round(size - high)
