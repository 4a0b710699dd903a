"""Which pictures a project holds: those of its folder and of the folders in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ocrstudio.core.errors import ProjectError
from ocrstudio.formats.images import list_image_tree

# A backslash stands for a slash in label files.
_NOT_IN_KEYS = frozenset("\t\r\n\\")


@dataclass
class Listing:
    """The pictures found on disk.

    Attributes:
        files: Paths within the project, parted by forward slashes: those of the project's own folder first, then folder
            by folder, each in natural order.
        unreadable: Folders within the project that could not be searched, and why.
    """

    files: list[str] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)


def list_project(root: Path) -> Listing:
    """Searches a folder and the folders in it; see `formats.images.list_image_tree`.

    Raises:
        ProjectError: If the folder itself cannot be listed.
    """
    listing = Listing()

    def note(problem: ProjectError) -> None:
        folder = Path(str(problem.values["file"])).relative_to(root).as_posix()
        listing.unreadable.append((folder, str(problem.values["reason"])))

    listing.files = list_image_tree(root, note)
    return listing


class PageIndex:
    """The pages of a project by key, file and folder.

    A page's key is `<project folder's name>/<path within the project>`. In the label files of its own folder its line
    has the key `<that folder's name>/<file name>`, as PPOCRLabel writes it.

    Attributes:
        listed: All images that were found, pages or not.
        keys: All page keys in the order of the list.
        places: Page key to its place in `keys`.
        odd: Files that a line of a label file cannot name; they are no pages.
        folders: The folders that hold pages, "" for the project's own.
    """

    def __init__(self, root: Path, listing: Listing) -> None:
        self.root = root
        self.unreadable = listing.unreadable
        self.listed = frozenset(listing.files)
        self.odd = [file for file in listing.files if not _can_be_key(file)]
        odd = set(self.odd)
        self._prefix = f"{root.name}/"
        self.keys = [self._prefix + file for file in listing.files if file not in odd]
        self.places = {key: place for place, key in enumerate(self.keys)}
        self.folders = list(dict.fromkeys(self.folder_of(key) for key in self.keys))

    def file_of(self, key: str) -> str:
        """Path of a page's image within the project; KeyError if there is no such page."""
        if key not in self.places:
            raise KeyError(key)
        return key[len(self._prefix) :]

    def folder_of(self, key: str) -> str:
        """The folder of a page within the project, "" for the project's own."""
        return key[len(self._prefix) :].rpartition("/")[0]

    def line_key(self, key: str) -> str:
        """The key of a page in the label files of its own folder."""
        if key.find("/", len(self._prefix)) < 0:
            return key
        return "/".join(key.rsplit("/", 2)[-2:])

    def page_in(self, folder: str, line_key: str) -> str | None:
        """The page that a line of a folder's files means: by file name, as the folder may have had another name."""
        name = line_key.rpartition("/")[2]
        key = f"{self._prefix}{folder}/{name}" if folder else self._prefix + name
        return key if key in self.places else None

    def page_of(self, key: str) -> str | None:
        """The page that a key of the project's own files means, also after that folder was renamed."""
        if key in self.places:
            return key
        path = key.partition("/")[2]
        return self._prefix + path if self._prefix + path in self.places else None


def _can_be_key(file: str) -> bool:
    """Whether a path fits into a label line: valid Unicode, no tab, no line end, no backslash."""
    try:
        file.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return _NOT_IN_KEYS.isdisjoint(file)
