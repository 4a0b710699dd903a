"""The pages that a project's files hold: parsed when somebody looks at them, the last few hundred kept."""

from __future__ import annotations

from collections import OrderedDict

from ocrstudio.core.page import Box, Page
from ocrstudio.formats import ppocr_label
from ocrstudio.formats.label_table import fingerprint
from ocrstudio.formats.ppocr_label import LineError
from ocrstudio.formats.scores import PageScores
from ocrstudio.formats.store_content import ProjectContent
from ocrstudio.formats.store_files import Problem

# Parsed pages that nobody changed are dropped beyond this number: ten thousand pages would fill the memory.
MOST_KEPT = 512


class SavedPages:
    """Pages as they were read, without the edits that are not saved."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._counts: dict[str, int] = {}

    @property
    def keys(self) -> list[str]:
        """Keys of the pages that are kept."""
        return list(self._pages)

    def get(self, key: str) -> Page | None:
        """A page that is kept."""
        return self._pages.get(key)

    def keep(self, page: Page) -> None:
        """Keeps a page as it is in the files."""
        self._pages[page.key] = page
        self._counts.pop(page.key, None)
        if len(self._pages) > MOST_KEPT:
            oldest, _ = self._pages.popitem(last=False)
            self._counts.pop(oldest, None)

    def forget(self, key: str) -> None:
        """Lets go of a page, as when it is edited."""
        self._pages.pop(key, None)
        self._counts.pop(key, None)

    def clear(self) -> None:
        """Lets go of all pages, as when the files have changed."""
        self._pages.clear()
        self._counts.clear()

    def box_count(self, key: str, content: ProjectContent) -> int:
        """How many boxes a page has in the files; its labels are not parsed for that."""
        if key not in self._counts:
            line = content.files.source(key)[1]
            self._counts[key] = 0 if line is None or line.fault else ppocr_label.count_boxes(line.payload)
        return self._counts[key]


def saved_boxes(content: ProjectContent, key: str) -> tuple[tuple[Box, ...], Problem | None]:
    """The boxes that the files have of a page; none, and why, if its line cannot be read."""
    name, line = content.files.source(key)
    if line is None or line.fault:
        return (), None
    try:
        return parsed(name, line.payload, content.scores.pages.get(key)), None
    except LineError as error:
        line.fault = ppocr_label.BROKEN_JSON
        return (), Problem(name, line.number, ppocr_label.BROKEN_JSON, {"reason": str(error)})


def parsed(name: str, payload: bytes, scores: PageScores | None) -> tuple[Box, ...]:
    """The boxes of a line of the file `name`, with their scores. `LineError` if it cannot be read."""
    boxes = ppocr_label.parse_boxes(payload, touched=name.endswith(ppocr_label.LABEL_FILE))
    return scores.apply(boxes) if scores and scores.labels == fingerprint(payload) else boxes
