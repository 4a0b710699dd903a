"""Projects and readings for the tests of other programs' formats."""

from dataclasses import replace
from pathlib import Path

from small_projects import png

from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.formats.exchange import FORMATS, SourcePage, export_pages
from ocrstudio.formats.exchange.merging import gather
from ocrstudio.formats.exchange.reading import Reading

QUAD = ((10.0, 12.0), (90.0, 14.0), (89.0, 40.0), (9.0, 38.0))
RECTANGLE = ((5.0, 50.0), (95.0, 50.0), (95.0, 70.0), (5.0, 70.0))
POLYGON = ((100.0, 10.0), (130.0, 12.0), (160.0, 10.0), (160.0, 30.0), (130.0, 34.0), (100.0, 30.0))
# right to left, combining marks, an emoji of several code points, our subject matter, and quoting
TEXTS = ("שלום عربي", "e\u0301 👩‍👩‍👧 Ⅻ", 'a,b "c" <d> & \\"e\\";', "###", "")


def source(folder, file="p 1.png", boxes=(), state=PageState.CHECKED, note=""):
    """A page with a picture of 200 x 100 pixels."""
    path = Path(folder) / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png(200, 100))
    return SourcePage(Page(f"{Path(folder).name}/{file}", file, tuple(boxes), state, note), path)


def touched(points, text="", **values):
    """A box as a person left it."""
    return Box(points, text, **{"touched": True, **values})


def read(path, form=None, folders=(), files=None, folder=None):
    """(what was gathered, its problems as text); `files` is page key to file, by default every found page's own."""
    reading = Reading(Path(path), folders)
    if files is None:
        pages = list(FORMATS[form].read(reading))
        return pages, [str(problem) for problem in reading.problems]
    gathered = gather(reading, form, files, Path(folder))
    return gathered, [str(problem) for problem in reading.problems]


def there_and_back(tmp_path, form, boxes, *, pictures="reference", state=PageState.CHECKED, note=""):
    """Writes one page, reads it again for the same project: (found page, problems of writing, problems of reading)."""
    project = tmp_path / "project Ⅻ"
    page = source(project, boxes=boxes, state=state, note=note)
    done = export_pages(form, [page], tmp_path / "out", pictures=pictures, project=project)
    gathered, problems = read(tmp_path / "out", form, [project], {page.page.key: page.page.file}, project)
    return gathered.pages.get(page.page.key), [str(one) for one in done.problems], problems


def values(boxes):
    """Points and texts, which every format but the poorest holds."""
    return [(box.points, box.text) for box in boxes]


def changed(page, **fields):
    """The source page with other fields."""
    return replace(page, page=replace(page.page, **fields))
