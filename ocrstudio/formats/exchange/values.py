"""What readers and writers of other programs' label files pass around."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.formats.store_files import Problem

if TYPE_CHECKING:
    from ocrstudio.formats.exchange.place import Place
    from ocrstudio.formats.exchange.reading import Reading
    from ocrstudio.formats.exchange.writing import Writing


@dataclass(frozen=True)
class Trouble(Problem):
    """Something in a file that was read or written that a person should know.

    Attributes:
        remedy: English template of the Errors context: what to do about it; may be empty.
    """

    remedy: str = ""

    def __str__(self) -> str:
        remedy = self.remedy.format(**self.values) if self.values else self.remedy
        return " ".join(part for part in (super().__str__().removeprefix(": "), remedy) if part)


@dataclass(frozen=True)
class MadePicture:
    """A picture that is made when it is wanted, such as a page of a PDF.

    Attributes:
        make: Gives (content of the file, ending with its dot); may raise a StudioError. Safe on any thread.
    """

    make: Callable[[], tuple[bytes, str]]


@dataclass(frozen=True)
class FoundPage:
    """The labels of one image, as another program left them.

    Attributes:
        image: The image's name as the file says it, parted by forward slashes; never used as a path. Formats that name
            their files after the image give its stem.
        boxes: In the file's order, points in pixels of an image of `size`.
        size: (width, height) that the points belong to; None if the file does not say.
        state: CHECKED if the file says that a person looked at the page; None if it says nothing.
        note: What people wrote about the page.
        picture: The image itself if it lies beside the labels (a path within the source) or inside them (bytes), or if
            it can be made.
        file: The file that said so, for messages.
        line: The line of it, from 1; 0 if the format has none.
        target: Path within the project where the picture belongs, without ending if it is made; empty leaves it to the
            picture's own name.
        is_scale: `size` only says what the points are measured in; a picture of another size is no surprise.
    """

    image: str
    boxes: tuple[Box, ...]
    size: tuple[int, int] | None = None
    state: PageState | None = None
    note: str = ""
    picture: Path | bytes | MadePicture | None = None
    file: str = ""
    line: int = 0
    target: str = ""
    is_scale: bool = False


@dataclass(frozen=True)
class SourcePage:
    """A page of the project with everything that a writer needs, so that it can run on any thread.

    Attributes:
        page: The page.
        path: Where its image is.
    """

    page: Page
    path: Path


@dataclass(frozen=True)
class Exchange:
    """A format of another program.

    Attributes:
        id: Name on the command line.
        title: What people call it (context "Formats").
        about: One sentence on what it holds (context "Formats").
        detect: Whether a file or folder looks like it; None if the format is not read.
        read: Yields the pages of `Reading.path` and tells it of every problem; None if the format is not read.
        write: Writes pages through a `Writing`, which is told of every loss; None if the format is not written.
        cuts_lines: Whether writing cuts each line out of its page, so that pages without text give nothing.
    """

    id: str
    title: str
    about: str
    detect: Callable[[Place], bool] | None = None
    read: Callable[[Reading], Iterator[FoundPage]] | None = None
    write: Callable[[Iterable[SourcePage], Writing], None] | None = None
    cuts_lines: bool = False

    @property
    def can_read(self) -> bool:
        """Whether labels can come from it."""
        return self.read is not None

    @property
    def can_write(self) -> bool:
        """Whether labels can go to it."""
        return self.write is not None
