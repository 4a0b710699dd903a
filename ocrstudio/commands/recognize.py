"""`ocrstudio recognize`: the text of images and PDF files, printed or written to files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.commands.model_options import add_models
from ocrstudio.commands.reporting import Report
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.formats.atomic import make_folder
from ocrstudio.formats.images import list_images
from ocrstudio.formats.pdf_pages import is_pdf_name
from ocrstudio.formats.picture_source import PictureSource, pdf_sources, shown_name
from ocrstudio.protocol.messages import AUTO, FIND_ONLY, ONE_LINE, WHOLE_PAGE

if TYPE_CHECKING:
    from ocrstudio.formats.results.values import ReadPage


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    from ocrstudio.formats.results.kinds import FORMATS

    parser.add_argument(
        "images", nargs="+", type=Path, metavar="IMAGE_OR_DIR", help="pictures, PDF files, or folders of pictures"
    )
    add_models(parser)
    parser.add_argument(
        "--out",
        type=Path,
        metavar="PLACE",
        help="write instead of printing: to one file (a name that ends like the format), or a folder with a file for "
        "each picture",
    )
    parser.add_argument("--format", choices=tuple(FORMATS), help="of the files that --out names (default: txt)")
    parser.add_argument(
        "--mode",
        choices=(AUTO, WHOLE_PAGE, ONE_LINE, FIND_ONLY),
        default=AUTO,
        help="find and read lines (page), take the whole picture for one line (line), find lines without reading them "
        "(find), or page except for strips that read better as one line (auto, the default)",
    )
    parser.add_argument(
        "--turn", type=int, choices=(0, 90, 180, 270), default=0, help="turn the pictures clockwise before reading"
    )
    parser.add_argument("--password", default="", help="of protected PDF files")
    parser.set_defaults(refuse=parser.error)


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Reads every picture; one that cannot be read does not stop the others."""
    if options.format and options.out is None:
        options.refuse("--format is about files: name with --out where they shall go")
    from ocrstudio.engine.recognizer import PageReader
    from ocrstudio.formats.results.records import page_record

    places = image_files(options.images)
    failed: list[tuple[Path, StudioError]] = []
    sources = _sources(places, options, failed)
    for _, error in failed:
        report.warn(str(error))
    reader = PageReader(options.model, options.detector)
    pages: list[ReadPage] = []
    for done, source in enumerate(sources, start=1):
        try:
            pages.append(_read(reader, source, options.mode))
        except StudioError as error:
            failed.append((source.path, error))
            report.warn(str(error))
        else:
            if options.out is None:
                _print(pages[-1], report, several=len(sources) > 1)
        report.stage("recognize", done, len(sources))
    written = [] if options.out is None else _write(pages, options.out, options.format or "txt")
    if failed and (report.mode != "json" or not pages):
        what = QT_TRANSLATE_NOOP("Errors", "{count} of {total} pictures could not be read, the first is {file}.")
        values = {**failed[0][1].values, "file": failed[0][0]}
        raise EngineError(what, failed[0][1].remedy, count=len(failed), total=len(pages) + len(failed), **values)
    return {
        "model": reader.name,
        "detector": reader.detector,
        "pages": [page_record(page) for page in pages],
        "failed": [{"image": str(file), "reason": str(error)} for file, error in failed],
        "written": [str(file) for file in written],
    }


def image_files(places: list[Path]) -> list[Path]:
    """The files that are meant: pictures and PDF files as they are, the pictures of folders.

    Raises:
        EngineError: If a place does not exist, or a folder holds no pictures.
    """
    files: list[Path] = []
    for place in places:
        if place.is_dir():
            names = list_images(place)
            if not names:
                what = QT_TRANSLATE_NOOP("Errors", "{folder} holds no pictures.")
                raise EngineError(what, QT_TRANSLATE_NOOP("Errors", "Choose a folder with pictures."), folder=place)
            files += [place / name for name in names]
        elif place.exists():
            files.append(place)
        else:
            what = QT_TRANSLATE_NOOP("Errors", "{file} does not exist.")
            raise EngineError(
                what,
                QT_TRANSLATE_NOOP("Errors", "Check the path; the file may have been moved or renamed."),
                file=place,
            )
    return files


def _sources(
    files: list[Path], options: argparse.Namespace, failed: list[tuple[Path, StudioError]]
) -> list[PictureSource]:
    """The pictures to read, each page of a PDF one; PDF files that cannot be opened go to `failed`."""
    turn = options.turn // 90
    sources: list[PictureSource] = []
    for file in files:
        try:
            pages = pdf_sources(file, options.password) if is_pdf_name(file.name) else [PictureSource(file)]
        except StudioError as error:
            failed.append((file, error))
        else:
            sources += [PictureSource(file, page.page, turn, page.password) for page in pages]
    return sources


def _read(reader: Any, source: PictureSource, mode: str) -> ReadPage:
    from ocrstudio.engine.picture_reading import read_picture
    from ocrstudio.formats.results.values import ReadLine, ReadPage

    image = source.read()
    lines = tuple(ReadLine(one.points, one.text, one.score, one.turn) for one in read_picture(reader, image, mode))
    size = (image.shape[1], image.shape[0])
    return ReadPage(source, source.name, size, lines, reader.model, reader.detector)


def _print(page: ReadPage, report: Report, *, several: bool) -> None:
    if several:
        report.line(f"# {page.path}, page {page.source.page}" if page.source.page else f"# {page.path}")
    for line in page.lines:
        report.line(line.text or " ".join(f"{x:g},{y:g}" for x, y in line.points))


def _write(pages: list[ReadPage], out: Path, form: str) -> list[Path]:
    """One file with everything if the name says so, else a file for each picture."""
    from ocrstudio.formats.results.kinds import FORMATS
    from ocrstudio.formats.results.saving import save

    suffix = FORMATS[form].suffix
    if not suffix or out.suffix.lower() == suffix:
        return list(save(form, pages, out).files)
    make_folder(out)
    written: list[Path] = []
    for page in pages:
        name = f"{shown_name(page.path)}-{page.source.page}" if page.source.page else shown_name(page.path)
        file, number = out / f"{name}{suffix}", 1
        while file in written:
            # pictures of the same name from different folders
            number += 1
            file = out / f"{name}-{number}{suffix}"
        written += save(form, [page], file).files
    return written
