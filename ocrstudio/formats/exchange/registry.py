"""The table of all formats, and the two things that are done with one: tell which it is, write a project in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError
from ocrstudio.formats.exchange import (
    alto,
    coco,
    doctr,
    icdar,
    label_lists,
    labelme,
    lmdb_lines,
    pagexml,
    pdf_files,
    plain_pictures,
    rec_lists,
    tables,
    tabular,
    text_folders,
    yolo,
)
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.values import Exchange, SourcePage, Trouble
from ocrstudio.formats.exchange.writing import Pictures, Writing

# In the order in which a format is guessed: the more a form says about itself, the earlier it is tried.
_ALL = (
    Exchange(
        "ppocrlabel",
        QT_TRANSLATE_NOOP("Formats", "PPOCRLabel"),
        QT_TRANSLATE_NOOP("Formats", "A folder that PPOCRLabel opens: boxes, texts and which pages are checked."),
        label_lists.detect,
        label_lists.read,
        label_lists.write_ppocrlabel,
    ),
    Exchange(
        "labelme",
        QT_TRANSLATE_NOOP("Formats", "labelme JSON"),
        QT_TRANSLATE_NOOP("Formats", "One JSON file for each picture; the text is the label of the shape."),
        labelme.detect_labelme,
        labelme.read,
        labelme.write_labelme,
    ),
    Exchange(
        "xanylabeling",
        QT_TRANSLATE_NOOP("Formats", "X-AnyLabeling JSON"),
        QT_TRANSLATE_NOOP("Formats", "One JSON file for each picture, with texts, confidences, key classes and links."),
        labelme.detect_anylabeling,
        labelme.read,
        labelme.write_anylabeling,
    ),
    Exchange(
        "pagexml",
        QT_TRANSLATE_NOOP("Formats", "PAGE-XML"),
        QT_TRANSLATE_NOOP("Formats", "For eScriptorium, Transkribus and OCR-D: outlines, texts and confidences."),
        pagexml.detect,
        pagexml.read,
        pagexml.write,
    ),
    Exchange(
        "alto",
        QT_TRANSLATE_NOOP("Formats", "ALTO-XML"),
        QT_TRANSLATE_NOOP("Formats", "For libraries and archives: outlines, texts and confidences."),
        alto.detect,
        alto.read,
        alto.write,
    ),
    Exchange(
        "cocotext",
        QT_TRANSLATE_NOOP("Formats", "COCO-Text JSON"),
        QT_TRANSLATE_NOOP("Formats", "One JSON file for all pictures, as the COCO-Text tools read it."),
        coco.detect,
        coco.read,
        coco.write_coco_text,
    ),
    Exchange(
        "coco",
        QT_TRANSLATE_NOOP("Formats", "COCO JSON"),
        QT_TRANSLATE_NOOP("Formats", "One JSON file for all pictures; key classes become categories."),
        coco.detect,
        coco.read,
        coco.write_coco,
    ),
    Exchange(
        "doctr-det",
        QT_TRANSLATE_NOOP("Formats", "docTR detection"),
        QT_TRANSLATE_NOOP("Formats", "Four corners for each box, no texts."),
        doctr.detect,
        doctr.read,
        doctr.write_detection,
    ),
    Exchange(
        "doctr-rec",
        QT_TRANSLATE_NOOP("Formats", "docTR recognition"),
        QT_TRANSLATE_NOOP("Formats", "A picture of each line and its text."),
        doctr.detect,
        doctr.read,
        doctr.write_recognition,
        cuts_lines=True,
    ),
    Exchange(
        "lmdb",
        QT_TRANSLATE_NOOP("Formats", "LMDB lines"),
        QT_TRANSLATE_NOOP("Formats", "A database of line pictures and texts for CRNN and PaddleOCR."),
        lmdb_lines.detect,
        lmdb_lines.read,
        lmdb_lines.write,
        cuts_lines=True,
    ),
    Exchange(
        "table",
        QT_TRANSLATE_NOOP("Formats", "PPOCRLabel table"),
        QT_TRANSLATE_NOOP("Formats", "The structure of tables and the texts of their cells (gt.txt)."),
        tables.detect,
        tables.read,
        tables.write,
    ),
    Exchange(
        "paddleocr-det",
        QT_TRANSLATE_NOOP("Formats", "PaddleOCR detection list"),
        QT_TRANSLATE_NOOP("Formats", "A list of pictures with their boxes and texts, for detection training."),
        label_lists.detect,
        label_lists.read,
        label_lists.write_det_list,
    ),
    Exchange(
        "paddlex-det",
        QT_TRANSLATE_NOOP("Formats", "PaddleX text_det"),
        QT_TRANSLATE_NOOP("Formats", "A folder for PaddleX's text detection; every tenth page is for validation."),
        label_lists.detect,
        label_lists.read,
        label_lists.write_paddlex_det,
    ),
    Exchange(
        "kie",
        QT_TRANSLATE_NOOP("Formats", "PaddleOCR key information"),
        QT_TRANSLATE_NOOP("Formats", "A list of pictures with boxes, texts, key classes and links."),
        label_lists.detect,
        label_lists.read,
        label_lists.write_kie,
    ),
    Exchange(
        "paddlex-rec",
        QT_TRANSLATE_NOOP("Formats", "Recognition list, PaddleX text_rec"),
        QT_TRANSLATE_NOOP(
            "Formats",
            "Line pictures and texts for PaddleOCR and PaddleX; every tenth written line is for validation.",
        ),
        rec_lists.detect,
        rec_lists.read,
        rec_lists.write_paddlex,
        cuts_lines=True,
    ),
    Exchange(
        "text-folders",
        QT_TRANSLATE_NOOP("Formats", "Folders named by text"),
        QT_TRANSLATE_NOOP("Formats", "Pictures of lines; the folder in which one lies is named by its text."),
        text_folders.detect,
        text_folders.read,
        None,
        cuts_lines=True,
    ),
    Exchange(
        "jsonl",
        QT_TRANSLATE_NOOP("Formats", "JSON lines"),
        QT_TRANSLATE_NOOP("Formats", "One line for each box, with everything that is known about it; for scripts."),
        tabular.detect_jsonl,
        tabular.read_jsonl,
        tabular.write_jsonl,
    ),
    Exchange(
        "csv",
        QT_TRANSLATE_NOOP("Formats", "CSV table"),
        QT_TRANSLATE_NOOP("Formats", "One row for each box; opens in a spreadsheet."),
        tabular.detect_csv,
        tabular.read_csv,
        tabular.write_csv,
    ),
    Exchange(
        "icdar2015",
        QT_TRANSLATE_NOOP("Formats", "ICDAR 2015 text files"),
        QT_TRANSLATE_NOOP("Formats", "One text file for each picture: four corners and the text."),
        icdar.detect,
        icdar.read,
        icdar.write_2015,
    ),
    Exchange(
        "icdar2013",
        QT_TRANSLATE_NOOP("Formats", "ICDAR 2013 text files"),
        QT_TRANSLATE_NOOP("Formats", "One text file for each picture: upright rectangles and the text."),
        icdar.detect,
        icdar.read,
        icdar.write_2013,
    ),
    Exchange(
        "yolo-obb",
        QT_TRANSLATE_NOOP("Formats", "YOLO-OBB"),
        QT_TRANSLATE_NOOP("Formats", "Four corners and a class for each box, no texts."),
        yolo.detect_yolo,
        yolo.read_yolo,
        yolo.write_yolo,
    ),
    Exchange(
        "dota",
        QT_TRANSLATE_NOOP("Formats", "DOTA"),
        QT_TRANSLATE_NOOP("Formats", "Four corners in pixels and a class for each box, no texts."),
        yolo.detect_dota,
        yolo.read_dota,
        yolo.write_dota,
    ),
    Exchange(
        "pdf",
        QT_TRANSLATE_NOOP("Formats", "PDF"),
        QT_TRANSLATE_NOOP("Formats", "Each page becomes a picture of the project; text that lies in it becomes boxes."),
        pdf_files.detect,
        pdf_files.read,
    ),
    Exchange(
        "images",
        QT_TRANSLATE_NOOP("Formats", "Pictures without labels"),
        QT_TRANSLATE_NOOP("Formats", "Pictures from another folder or an archive become pages of the project."),
        plain_pictures.detect,
        plain_pictures.read,
    ),
)
FORMATS: dict[str, Exchange] = {one.id: one for one in _ALL}


@dataclass(frozen=True)
class Exported:
    """What an export wrote: files, pages, boxes, and what the format could not hold or was at fault."""

    files: list[Path]
    pages: int
    boxes: int
    problems: list[Trouble]


def detect(path: Path) -> str | None:
    """Which format a file or folder is in.

    Args:
        path: An existing file or folder; only the beginnings of its files are read.

    Returns:
        A key of `FORMATS`; None if it looks like none of them.
    """
    place = Place(path)
    return next((one.id for one in _ALL if one.detect is not None and one.detect(place)), None)


def only_pictures(form: str) -> bool:
    """Whether a format is nothing without its pictures, so that importing it brings them in unasked."""
    return form in ("pdf", "images")


def export_pages(
    form: str,
    sources: Iterable[SourcePage],
    out: Path,
    *,
    pictures: Pictures,
    total: int = 0,
    project: Path | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Exported:
    """Writes pages in another program's format. May run on any thread.

    Args:
        form: A key of `FORMATS` that can be written.
        sources: The pages, in the order in which they are written.
        out: Folder; made if missing. Files of the same name are replaced, each in one step, others stay.
        pictures: Whether the pictures are copied beside the labels or referred to.
        total: How many pages there are, for `progress`.
        project: The project's folder, whose own label files are never replaced.
        progress: Called with (pages done, pages in all); may raise to stop.

    Raises:
        DatasetError: If the format cannot be written, or the folder is not allowed.
        ProjectError: If a file cannot be written.
    """
    exchange = FORMATS.get(form)
    if exchange is None or exchange.write is None:
        raise unknown_format(form)
    job = Writing(out, pictures, progress, total=total, project=project)
    exchange.write(sources, job)
    return Exported(job.files, job.pages, job.boxes, job.told())


def unknown_format(form: str) -> DatasetError:
    """The error for a name that is no format."""
    return DatasetError(
        QT_TRANSLATE_NOOP("Errors", "There is no format called {format}."),
        QT_TRANSLATE_NOOP("Errors", "Choose one of: {known}."),
        format=form,
        known=", ".join(FORMATS),
    )
