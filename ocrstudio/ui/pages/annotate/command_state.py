"""What decides which commands of the Annotate page can do something."""

from __future__ import annotations

from dataclasses import dataclass

from ocrstudio.core.page import Box, Page
from ocrstudio.services.project_session import ProjectSession


@dataclass(frozen=True)
class Now:
    """The page as commands see it.

    Attributes:
        page: The open page.
        drawable: Whether its picture is there.
        rows: Places of the selected boxes in the list, ascending.
        selected: Those boxes.
        place: Which page of the project it is, from 0; -1 without a page.
        pages: How many pages there are.
    """

    page: Page | None
    drawable: bool
    rows: tuple[int, ...]
    selected: tuple[Box, ...]
    place: int
    pages: int

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All boxes of the page."""
        return self.page.boxes if self.page is not None else ()


def now(session: ProjectSession) -> Now:
    """Looks at the open page."""
    document = session.document
    page, wanted = document.page, set(document.selection)
    rows = tuple(row for row, box in enumerate(page.boxes) if box.id in wanted) if page is not None and wanted else ()
    return Now(
        page=page,
        drawable=page is not None and session.image is not None,
        rows=rows,
        selected=tuple(page.boxes[row] for row in rows) if page is not None else (),
        place=place_of(session),
        pages=len(session.keys),
    )


def place_of(session: ProjectSession) -> int:
    """Which page of the project is open, from 0; -1 if none is."""
    page = session.document.page
    try:
        return session.keys.index(page.key) if page is not None else -1
    except ValueError:  # its image has just been taken out of the folder
        return -1
