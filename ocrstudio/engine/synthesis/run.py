"""A folder of synthetic lines or pages: made in pieces by several processes, complete or not there, taken up again.

The pieces are collected in a hidden folder beside the place. A piece counts once its record is written, which comes
after its pictures; the folder gets its name when all are there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError
from ocrstudio.core.page import Box
from ocrstudio.core.synthesis_texts import LONGEST
from ocrstudio.engine.synthesis.line import Image, Line, LineMaker
from ocrstudio.engine.synthesis.pages import MadePage, PageMaker, Paper
from ocrstudio.engine.synthesis.workers import spread
from ocrstudio.formats.atomic import make_folder, read_bytes, replace_folder, write_atomic, write_error
from ocrstudio.formats.crops import crop_box, encode_image
from ocrstudio.formats.dictionary import write_dictionary
from ocrstudio.formats.ppocr_label import format_payload
from ocrstudio.formats.rec_list import write_rec_list
from ocrstudio.formats.synthetic import (
    LABEL_FILE,
    LIST_FILE,
    PAGES_DIR,
    PICTURE_DIR,
    REC_DIR,
    STATES_FILE,
    SYNTHETIC_FILE,
)

Progress = Callable[[int, int], None]

PIECE_LINES, PIECE_PAGES = 50, 4
# Of a worker's start and the first piece; fewer are made faster without any.
FEW_PIECES = 2
# Refused lines that are written down by name; all are counted.
REFUSED_NAMED = 200
# Other ways of drawing make other lines of the same recipe.
VERSION = 1
_WORK = ".pieces"
_ORDER = "order.json"

NO_LINES = QT_TRANSLATE_NOOP("Errors", "None of the lines could be drawn: no font at hand has {characters}.")
GIVE_FONTS = QT_TRANSLATE_NOOP("Errors", "Choose a folder with fonts that have these characters.")
TAKEN = QT_TRANSLATE_NOOP("Errors", "{folder} exists already and is not empty.")
OTHER_NAME = QT_TRANSLATE_NOOP("Errors", "Choose another folder; nothing was changed.")
BUSY = QT_TRANSLATE_NOOP("Errors", "Another process ({process}) is making lines for {folder}.")
WAIT = QT_TRANSLATE_NOOP("Errors", "Wait until it is done, or choose another folder.")


@dataclass(frozen=True)
class Piece:
    """What became of some lines.

    Attributes:
        number: Of the piece.
        lines: (file name, text, font) of each that was drawn.
        refused: (text, reason, missing characters) of each that was not.
        pages: (file name, what stands behind the tab in `Label.txt`, number of boxes) of each page.
    """

    number: int
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    refused: list[tuple[str, str, str]] = field(default_factory=list)
    pages: list[tuple[str, str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class PieceMaker:
    """Makes the pieces of a run; travels to the workers."""

    maker: LineMaker | PageMaker
    folder: Path

    def __call__(self, number: int) -> Piece:
        """Draws the lines or pages of a piece, writes their pictures, then the piece's record.

        Raises:
            ProjectError: If something cannot be written.
        """
        piece = Piece(number)
        for place in _places(self.maker, number):
            made = self.maker.make(place)
            if isinstance(made, Line):
                self._keep(piece, f"{place:06}.jpg", made)
            elif isinstance(made, MadePage):
                self._keep_page(piece, place, made)
            else:
                piece.refused.append((made.text, made.reason, made.characters))
        record = json.dumps({"lines": piece.lines, "refused": piece.refused, "pages": piece.pages}, ensure_ascii=False)
        write_atomic(self.folder / _WORK / f"{number:06}.json", record, durable=False)
        return piece

    def _keep(self, piece: Piece, name: str, line: Line) -> None:
        _write(self.folder / REC_DIR / PICTURE_DIR / name, line.image, line.quality)
        piece.lines.append((name, line.text, line.font))

    def _keep_page(self, piece: Piece, place: int, page: MadePage) -> None:
        piece.refused.extend((one.text, one.reason, one.characters) for one in page.refused)
        if not page.lines:
            return
        name = f"{place:06}.jpg"
        _write(self.folder / PAGES_DIR / name, page.image, page.quality)
        # corners as Label.txt has them, so that the crops are those that a split would cut
        boxes = [
            Box(tuple((float(x), float(y)) for x, y in np.rint(line.quad).tolist()), line.text, touched=True)
            for line in page.lines
        ]
        piece.pages.append((name, format_payload(boxes).decode("utf-8"), len(boxes)))
        for index, (box, line) in enumerate(zip(boxes, page.lines, strict=True)):
            # PaddleOCR learns no longer ones
            if len(box.text) <= LONGEST:
                crop = Line(crop_box(page.image, box), box.text, line.font, page.quality)
                self._keep(piece, f"{place:06}-{index:03}.jpg", crop)


def _write(target: Path, image: Image, quality: int) -> None:
    try:
        target.write_bytes(encode_image(image, ".jpg", quality))
    except OSError as error:
        raise write_error(target, error) from error


def _places(maker: LineMaker | PageMaker, number: int) -> range:
    """The lines or pages of a piece."""
    long = PIECE_PAGES if isinstance(maker, PageMaker) else PIECE_LINES
    return range(number * long, min((number + 1) * long, maker.recipe.count))


def write_set(
    maker: LineMaker | PageMaker, out: Path, progress: Progress, *, workers: int, about: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Writes the lines or pages of a recipe into a folder, laid out as `formats.synthetic` says.

    Args:
        maker: Recipe, texts, fonts.
        out: A new or empty folder.
        progress: Called with (lines or pages tried, in all); what it raises ends the run, and the next takes it up.
        workers: Processes.
        about: What `synthetic.json` says besides.

    Returns:
        The content of `synthetic.json`.

    Raises:
        DatasetError: If the folder is taken, or no line at all can be drawn.
        ProjectError: If a file cannot be written.
    """
    out = out.resolve()
    _refuse_taken(out)
    folder = out.with_name(f".{out.name}.unfinished")
    done = _taken_up(folder, _fingerprint(maker), out, with_pages=isinstance(maker, PageMaker))
    count = maker.recipe.count
    pieces = {piece.number: piece for piece in done}
    left = [number for number in range(-(-count // len(_places(maker, 0)))) if number not in pieces]
    tried = sum(len(_places(maker, number)) for number in pieces)
    progress(tried, count)
    work = PieceMaker(maker, folder)
    for piece in spread(work, left, workers if len(left) > FEW_PIECES else 1):
        pieces[piece.number] = piece
        tried += len(_places(maker, piece.number))
        progress(tried, count)
    description = _description(maker, [pieces[number] for number in sorted(pieces)], about or {})
    if not description["lines"]:
        missing = " ".join(description["missing_characters"]) or "–"
        shutil.rmtree(folder, ignore_errors=True)
        raise DatasetError(NO_LINES, GIVE_FONTS, characters=missing[:200])
    _finish(folder, out, [pieces[number] for number in sorted(pieces)], description)
    return description


def _refuse_taken(out: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise DatasetError(TAKEN, OTHER_NAME, folder=out)


def _parts(maker: LineMaker | PageMaker) -> tuple[LineMaker, Sequence[Paper]]:
    return (maker.lines, maker.papers) if isinstance(maker, PageMaker) else (maker, ())


def _fingerprint(maker: LineMaker | PageMaker) -> str:
    """The same for runs that make the same lines."""
    lines, papers = _parts(maker)
    fonts = [(str(face.file), face.file.stat().st_size) for face in lines.faces]
    mark = hashlib.sha256(repr((VERSION, maker.recipe, lines.source, fonts)).encode("utf-8", "surrogatepass"))
    for ground in [*(look.ground for look in lines.crops), *(paper.ground for paper in papers)]:
        mark.update(ground.tobytes())
    return mark.hexdigest()


def _taken_up(folder: Path, fingerprint: str, out: Path, *, with_pages: bool) -> list[Piece]:
    """Prepares the hidden folder; the finished pieces of an earlier run of the same lines."""
    import psutil

    order = folder / _ORDER
    if order.is_file():
        try:
            earlier = json.loads(read_bytes(order))
            process, mark = int(earlier["process"]), str(earlier["mark"])
        except (ValueError, KeyError, TypeError):
            process, mark = 0, ""
        if process not in (0, os.getpid()) and psutil.pid_exists(process) and _born(process) == earlier.get("born"):
            raise DatasetError(BUSY, WAIT, process=process, folder=out)
        if mark != fingerprint:
            shutil.rmtree(folder, ignore_errors=True)
    make_folder(folder / _WORK)
    make_folder(folder / REC_DIR / PICTURE_DIR)
    if with_pages:
        make_folder(folder / PAGES_DIR)
    write_atomic(order, json.dumps({"process": os.getpid(), "born": _born(os.getpid()), "mark": fingerprint}))
    found = []
    for record in sorted((folder / _WORK).glob("*.json")):
        try:
            content = json.loads(read_bytes(record))
            lines = [(str(name), str(text), str(font)) for name, text, font in content["lines"]]
            refused = [(str(text), str(reason), str(letters)) for text, reason, letters in content["refused"]]
            pages = [(str(name), str(boxes), int(count)) for name, boxes, count in content["pages"]]
            found.append(Piece(int(record.stem), lines, refused, pages))
        except (ValueError, KeyError, TypeError):
            # made anew
            record.unlink(missing_ok=True)
    return found


def _born(process: int) -> float:
    """When a process began; 0 if it cannot be told. Numbers of processes are given out again."""
    import psutil

    try:
        return float(psutil.Process(process).create_time())
    except psutil.Error:
        return 0.0


def _description(maker: LineMaker | PageMaker, pieces: Iterable[Piece], about: dict[str, Any]) -> dict[str, Any]:
    lines, papers = _parts(maker)
    pages = boxes = 0
    fonts: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    named: list[dict[str, str]] = []
    for piece in pieces:
        pages += len(piece.pages)
        boxes += sum(count for _, _, count in piece.pages)
        for _, text, font in piece.lines:
            fonts[font] += 1
            characters.update(text)
        for text, reason, letters in piece.refused:
            reasons[reason] += 1
            missing.update(letters)
            if len(named) < REFUSED_NAMED:
                named.append({"text": text, "reason": reason, "characters": letters})
    characters.pop(" ", None)
    return {
        "v": VERSION,
        "synthetic": True,
        "use": "training only: never validate or test by these lines",
        "recipe": maker.recipe.as_dict(),
        **about,
        "lines": sum(fonts.values()),
        "refused": sum(reasons.values()),
        "refused_reasons": dict(reasons),
        "missing_characters": dict(missing.most_common()),
        "fonts": dict(fonts.most_common()),
        "characters": dict(characters.most_common()),
        "own_crops": len(lines.crops),
        **({"pages": pages, "boxes": boxes, "own_papers": len(papers)} if isinstance(maker, PageMaker) else {}),
        "left_out": named,
    }


def _finish(folder: Path, out: Path, pieces: Sequence[Piece], description: dict[str, Any]) -> None:
    listed = [(f"{PICTURE_DIR}/{name}", text) for piece in pieces for name, text, _ in piece.lines]
    write_rec_list(folder / REC_DIR / LIST_FILE, listed)
    pages = [(f"{PAGES_DIR}/{name}", boxes) for piece in pieces for name, boxes, _ in piece.pages]
    if pages:
        write_atomic(folder / PAGES_DIR / LABEL_FILE, "".join(f"{name}\t{boxes}\n" for name, boxes in pages))
        # every page counts as checked: nobody knows better than who drew it
        write_atomic(folder / PAGES_DIR / STATES_FILE, "".join(f"{name}\t1\n" for name, _ in pages))
    write_dictionary(folder / "dict.txt", sorted(description["characters"]))
    write_atomic(folder / SYNTHETIC_FILE, json.dumps(description, ensure_ascii=False, indent=1) + "\n")
    try:
        shutil.rmtree(folder / _WORK)
        (folder / _ORDER).unlink()
        _refuse_taken(out)
        replace_folder(folder, out)
    except OSError as error:
        raise write_error(out, error) from error
