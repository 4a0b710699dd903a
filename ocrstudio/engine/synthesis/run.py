"""A folder of synthetic lines: made in pieces by several processes, complete or not there, taken up where it ended.

The pieces are collected in a hidden folder beside the place. A piece counts once its record is written, which comes
after its pictures; the folder gets its name when all are there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError
from ocrstudio.engine.synthesis.line import Line, LineMaker
from ocrstudio.engine.synthesis.workers import spread
from ocrstudio.formats.atomic import make_folder, read_bytes, replace_folder, write_atomic, write_error
from ocrstudio.formats.crops import encode_image
from ocrstudio.formats.dictionary import write_dictionary
from ocrstudio.formats.rec_list import write_rec_list
from ocrstudio.formats.synthetic import LIST_FILE, PICTURE_DIR, REC_DIR, SYNTHETIC_FILE

Progress = Callable[[int, int], None]

PIECE_LINES = 50
# Of a worker's start and the first piece; fewer lines are made faster without any.
FEW_LINES = 100
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
    """

    number: int
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    refused: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class PieceMaker:
    """Makes the pieces of a run; travels to the workers."""

    maker: LineMaker
    folder: Path

    def __call__(self, number: int) -> Piece:
        """Draws the lines of a piece, writes their pictures, then the piece's record.

        Raises:
            ProjectError: If something cannot be written.
        """
        piece = Piece(number)
        first = number * PIECE_LINES
        for place in range(first, min(first + PIECE_LINES, self.maker.recipe.count)):
            made = self.maker.make(place)
            if isinstance(made, Line):
                name = f"{place:06}.jpg"
                target = self.folder / REC_DIR / PICTURE_DIR / name
                try:
                    target.write_bytes(encode_image(made.image, ".jpg", made.quality))
                except OSError as error:
                    raise write_error(target, error) from error
                piece.lines.append((name, made.text, made.font))
            else:
                piece.refused.append((made.text, made.reason, made.characters))
        record = json.dumps({"lines": piece.lines, "refused": piece.refused}, ensure_ascii=False)
        write_atomic(self.folder / _WORK / f"{number:06}.json", record, durable=False)
        return piece


def write_lines(
    maker: LineMaker, out: Path, progress: Progress, *, workers: int, about: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Writes the lines of a recipe into a folder.

    Args:
        maker: Recipe, texts, fonts.
        out: A new or empty folder.
        progress: Called with (lines tried, lines in all); what it raises ends the run, and the next takes it up.
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
    done = _taken_up(folder, _fingerprint(maker), out)
    count = maker.recipe.count
    pieces = {piece.number: piece for piece in done}
    left = [number for number in range(-(-count // PIECE_LINES)) if number not in pieces]
    tried = sum(len(piece.lines) + len(piece.refused) for piece in done)
    progress(tried, count)
    work = PieceMaker(maker, folder)
    for piece in spread(work, left, workers if len(left) * PIECE_LINES > FEW_LINES else 1):
        pieces[piece.number] = piece
        tried += len(piece.lines) + len(piece.refused)
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


def _fingerprint(maker: LineMaker) -> str:
    """The same for runs that make the same lines."""
    fonts = [(str(face.file), face.file.stat().st_size) for face in maker.faces]
    mark = hashlib.sha256(repr((VERSION, maker.recipe, maker.source, fonts)).encode("utf-8", "surrogatepass"))
    for look in maker.crops:
        mark.update(look.ground.tobytes())
    return mark.hexdigest()


def _taken_up(folder: Path, fingerprint: str, out: Path) -> list[Piece]:
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
    write_atomic(order, json.dumps({"process": os.getpid(), "born": _born(os.getpid()), "mark": fingerprint}))
    found = []
    for record in sorted((folder / _WORK).glob("*.json")):
        try:
            content = json.loads(read_bytes(record))
            lines = [(str(name), str(text), str(font)) for name, text, font in content["lines"]]
            refused = [(str(text), str(reason), str(letters)) for text, reason, letters in content["refused"]]
            found.append(Piece(int(record.stem), lines, refused))
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


def _description(maker: LineMaker, pieces: Iterable[Piece], about: dict[str, Any]) -> dict[str, Any]:
    fonts: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    named: list[dict[str, str]] = []
    for piece in pieces:
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
        "own_crops": len(maker.crops),
        "left_out": named,
    }


def _finish(folder: Path, out: Path, pieces: Iterable[Piece], description: dict[str, Any]) -> None:
    listed = [(f"{PICTURE_DIR}/{name}", text) for piece in pieces for name, text, _ in piece.lines]
    write_rec_list(folder / REC_DIR / LIST_FILE, listed)
    write_dictionary(folder / "dict.txt", sorted(description["characters"]))
    write_atomic(folder / SYNTHETIC_FILE, json.dumps(description, ensure_ascii=False, indent=1) + "\n")
    try:
        shutil.rmtree(folder / _WORK)
        (folder / _ORDER).unlink()
        _refuse_taken(out)
        replace_folder(folder, out)
    except OSError as error:
        raise write_error(out, error) from error
