"""`ocrstudio recognize`: the text of images, printed or written to files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ocrstudio.commands.models import add_models
from ocrstudio.commands.reporting import Report
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.formats.atomic import make_folder, write_atomic
from ocrstudio.formats.images import list_images


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    parser.add_argument("images", nargs="+", type=Path, metavar="IMAGE_OR_DIR", help="pictures, or folders of pictures")
    add_models(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="write one file per picture instead of printing")
    parser.add_argument("--format", choices=("txt", "json"), default="txt", help="of the files (default: txt)")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Reads every picture; one that cannot be read does not stop the others."""
    files = image_files(options.images)
    from ocrstudio.engine.recognizer import PageReader
    from ocrstudio.formats.crops import read_image

    reader = PageReader(options.model, options.detector)
    pages: list[dict[str, Any]] = []
    failed: list[tuple[Path, StudioError]] = []
    for done, file in enumerate(files, start=1):
        try:
            image = read_image(file)
            lines = [line.as_dict() for line in reader.read_page(image)]
        except StudioError as error:
            failed.append((file, error))
            report.warn(str(error))
        else:
            page = {"image": str(file), "width": image.shape[1], "height": image.shape[0], "lines": lines}
            pages.append(page)
            if options.out is None:
                _print(page, report, several=len(files) > 1)
        report.stage("recognize", done, len(files))
    written = [] if options.out is None else _write(pages, options.out, options.format)
    if failed and (report.mode != "json" or not pages):
        what = QT_TRANSLATE_NOOP("Errors", "{count} of {total} pictures could not be read, the first is {file}.")
        raise EngineError(what, failed[0][1].remedy, count=len(failed), total=len(files), **_named(failed[0]))
    reasons = [{"image": str(file), "reason": str(error)} for file, error in failed]
    return {
        "model": reader.name,
        "detector": reader.detector,
        "pages": pages,
        "failed": reasons,
        "written": [str(file) for file in written],
    }


def _named(first: tuple[Path, StudioError]) -> dict[str, object]:
    """The values of the first error's remedy, and the file it was about."""
    return {**first[1].values, "file": first[0]}


def image_files(places: list[Path]) -> list[Path]:
    """The pictures that are meant: files as they are, the pictures of folders.

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


def _print(page: dict[str, Any], report: Report, *, several: bool) -> None:
    if several:
        report.line(f"# {page['image']}")
    for line in page["lines"]:
        report.line(line["text"])


def _write(pages: list[dict[str, Any]], out: Path, form: str) -> list[Path]:
    make_folder(out)
    written: list[Path] = []
    for page in pages:
        text = "".join(line["text"] + "\n" for line in page["lines"])
        if form == "json":
            text = json.dumps(page, ensure_ascii=False, indent=2) + "\n"
        name = Path(page["image"]).name
        file = out / f"{name}.{form}"
        number = 1
        while file in written:
            # pictures of the same name from different folders
            number += 1
            file = out / f"{name}-{number}.{form}"
        write_atomic(file, text)
        written.append(file)
    return written
