"""How synthetic pages are laid out: what each preset's look; and what is wished besides."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError

Range = tuple[float, float]

LAYOUTS = ("columns", "table", "scattered")
MOST_COLUMNS, MOST_SKEW = 6, 15.0

BAD_COLUMNS = QT_TRANSLATE_NOOP("Errors", "A page cannot have {value} columns.")
CHOOSE_COLUMNS = QT_TRANSLATE_NOOP("Errors", "Choose 1 to {most} columns.")
BAD_SKEW = QT_TRANSLATE_NOOP("Errors", "A page cannot be turned by {value} degrees.")
CHOOSE_SKEW = QT_TRANSLATE_NOOP("Errors", "Choose 0 to {most} degrees.")


@dataclass(frozen=True)
class PageLook:
    """How the pages of a preset are laid out.

    Attributes:
        layouts: Some of `LAYOUTS`, each as likely.
        width: Pixels.
        shape: Height by width.
        columns: Of the layout "columns", least and most.
        skew: Most degrees that a page is turned.
        perspective: How far its corners move at most, as a share of its sides.
        fill: Share of the page's height that is written on.
    """

    layouts: tuple[str, ...]
    width: Range = (900, 1300)
    shape: Range = (1.2, 1.45)
    columns: tuple[int, int] = (1, 2)
    skew: float = 1.5
    perspective: float = 0.0
    fill: Range = (0.5, 1.0)


PAGE_LOOKS: dict[str, PageLook] = {
    "document": PageLook(("columns", "columns", "table")),
    "photo": PageLook(("scattered", "columns"), (800, 1400), (0.6, 1.4), (1, 1), skew=6.0, perspective=0.06),
    "screen": PageLook(("columns", "table", "scattered"), (1000, 1500), (0.55, 0.8), (1, 3), skew=0.0),
    "form": PageLook(("table", "table", "columns"), shape=(0.7, 1.4), columns=(1, 2)),
    "captcha": PageLook(("scattered",), (500, 900), (0.4, 0.8), (1, 1), skew=0.0),
}


@dataclass(frozen=True)
class PageWishes:
    """What is wished of synthetic pages; what is None goes by the preset.

    Attributes:
        columns: Least and most.
        skew: Most degrees that a page is turned; the preset's is multiplied by the wear.
    """

    columns: tuple[int, int] | None = None
    skew: float | None = None

    def __post_init__(self) -> None:
        for value in self.columns or ():
            if not 1 <= value <= MOST_COLUMNS:
                raise DatasetError(BAD_COLUMNS, CHOOSE_COLUMNS, value=value, most=MOST_COLUMNS)
        # a value that is no number is in no range
        if self.skew is not None and not 0 <= self.skew <= MOST_SKEW:
            raise DatasetError(BAD_SKEW, CHOOSE_SKEW, value=self.skew, most=MOST_SKEW)

    def look(self, preset: str, wear: float) -> PageLook:
        """The layout of a preset as these wishes change it."""
        look = PAGE_LOOKS[preset]
        skew = min(look.skew * wear, MOST_SKEW) if self.skew is None else self.skew
        columns = look.columns if self.columns is None else (min(self.columns), max(self.columns))
        layouts = look.layouts if self.columns is None else ("columns",)
        return replace(look, layouts=layouts, skew=skew, columns=columns, perspective=look.perspective * min(wear, 1.5))
