"""`ocrstudio synth`: lines or pages for training made of texts, words, characters, templates, or what labels lack."""

from __future__ import annotations

import argparse
import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.commands.reporting import Report
from ocrstudio.core.synthesis import DEFAULT_PRESET, PRESETS
from ocrstudio.core.synthesis_texts import ENOUGH

if TYPE_CHECKING:
    from ocrstudio.core.synthesis_texts import TextSource
    from ocrstudio.engine.synthesis.labels import Labels
    from ocrstudio.engine.synthesis.line import Image, LineMaker
    from ocrstudio.engine.synthesis.pages import MadePage, PageMaker

DEFAULT_COUNT = 1000
# Height of a page in a preview, pixels.
PREVIEW_HEIGHT = 900
# Fonts of the system that are looked at, and how large they may be: Chinese ones have some 20 MB.
SYSTEM_FONTS, FEW_FONTS, FONT_BYTES = 60, 16, 64 << 20
SHOWN = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    source = parser.add_argument_group("what the lines say (one of them)")
    source.add_argument("--text", type=Path, metavar="FILE", help="every line of a UTF-8 file, in order")
    source.add_argument("--words", type=Path, metavar="FILE", help="words of a file, joined at random")
    source.add_argument("--chars", default="", metavar="STR", help="characters in any order; with --deficits: those")
    source.add_argument(
        "--template", action="append", default=[], metavar="T", help="pattern such as 'No. [0-9]{4}-[A-Z]{2}'"
    )
    source.add_argument(
        "--deficits",
        type=Path,
        metavar="FOLDER",
        help="what the labels of a project, dataset or list lack; of those that validate or test nothing is taken",
    )
    parser.add_argument("--target", type=int, default=ENOUGH, help="samples of each character (default: %(default)s)")
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--out", type=Path, metavar="DIR", help="new folder for the lines")
    place.add_argument("--preview", type=int, metavar="N", help="write nothing; --json has N of them as PNG in base64")
    pages = parser.add_argument_group("pages instead of lines, for finding text and for reading it")
    pages.add_argument("--pages", type=int, metavar="N", help="so many pages, each with its boxes and its lines")
    pages.add_argument("--columns", type=_columns, metavar="A-B", help="of text on a page, such as 1-3")
    pages.add_argument("--skew", type=float, metavar="DEG", help="most that a page is turned (default: by the preset)")
    parser.add_argument("--count", type=int, metavar="N", help=f"lines (default: all the text, else {DEFAULT_COUNT})")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same lines (default: %(default)s)")
    parser.add_argument("--fonts", type=Path, metavar="DIR", help="only fonts of this folder (default: ours, system's)")
    parser.add_argument("--preset", default=DEFAULT_PRESET, help=f"{', '.join(PRESETS)} (default: %(default)s)")
    parser.add_argument("--wear", type=float, default=1.0, help="0 clean, 1 as the preset, 2 the worst (default: 1)")
    parser.add_argument("--vertical", type=float, default=0.0, metavar="SHARE", help="of lines written downwards, to 1")
    parser.add_argument("--size", type=_sizes, metavar="A-B", help="of the letters in pixels, such as 20-48")
    parser.add_argument("--like", type=Path, metavar="FOLDER", help="paper, inks and sizes of these crops")
    parser.add_argument("--workers", type=int, metavar="N", help="processes (default: one a processor)")


def _columns(text: str) -> tuple[int, int]:
    low, _, high = text.partition("-")
    try:
        return int(low), int(high or low)
    except ValueError as error:
        raise argparse.ArgumentTypeError("write it as 1-3") from error


def _sizes(text: str) -> tuple[float, float]:
    low, _, high = text.partition("-")
    try:
        return float(low), float(high or low)
    except ValueError as error:
        raise argparse.ArgumentTypeError("write it as 20-48") from error


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Makes the lines or pages, or shows some.

    Returns:
        With --out what `synthetic.json` says and where; with --preview `lines`, or `pages` with their `boxes`.

    Raises:
        StudioError: If there is no text, no font for it, or the folder is taken.
    """
    from ocrstudio.engine.synthesis.run import write_set
    from ocrstudio.engine.synthesis.workers import usual_count
    from ocrstudio.formats.synthetic import LABEL_FILE, PAGES_DIR

    report.stage("read")
    maker, about = _maker(options)
    if options.preview is not None:
        return _preview(maker, options.preview, about)
    workers = max(1, options.workers) if options.workers else usual_count()
    result = write_set(
        maker, options.out, lambda done, total: report.stage("write", done, total), workers=workers, about=about
    )
    _tell(result, report)
    out = Path(options.out).absolute()
    report.line(f"written to {out}")
    report.line(f"for training only: label_file_list {out / 'rec' / 'train.txt'}, data_dir {out / 'rec'}")
    if result.get("pages"):
        report.line(f"for finding text: label_file_list {out / PAGES_DIR / LABEL_FILE}, data_dir {out}")
    return {**result, "out": str(out)}


def _maker(options: argparse.Namespace) -> tuple[LineMaker | PageMaker, dict[str, Any]]:
    from ocrstudio.core.errors import DatasetError
    from ocrstudio.core.synthesis import Recipe
    from ocrstudio.core.synthesis_pages import PageWishes
    from ocrstudio.core.synthesis_texts import GIVE_TEXT, NO_TEXT, Deficits, Listed, without
    from ocrstudio.engine.fonts import fonts_in, program_fonts, system_fonts
    from ocrstudio.engine.synthesis.labels import FEW_LOOKS, FEW_PAPERS, MOST_LOOKS, MOST_PAPERS, read_labels
    from ocrstudio.engine.synthesis.line import LineMaker
    from ocrstudio.engine.synthesis.pages import PageMaker
    from ocrstudio.engine.synthesis.run import GIVE_FONTS, NO_LINES
    from ocrstudio.engine.synthesis.setting import faces_of

    # examples are to be there at once: fewer fonts and crops are looked at for them
    few = options.preview is not None
    most_looks, most_fonts = (FEW_LOOKS, FEW_FONTS) if few else (MOST_LOOKS, SYSTEM_FONTS)
    as_pages = options.pages is not None
    papers = (FEW_PAPERS if few else MOST_PAPERS) if as_pages else 0
    both = options.like == options.deficits
    labels = None
    if options.deficits:
        labels = read_labels(options.deficits, looks=most_looks if both else 0, papers=papers if both else 0)
    source, told = _source(options, labels.texts if labels else [])
    wanted = source.characters()
    files = fonts_in(options.fonts) if options.fonts else [*program_fonts(), *system_fonts(most_fonts, FONT_BYTES)]
    faces = faces_of(files, wanted)
    seen = {letter for letter in wanted if not letter.isspace()}
    unwritable = seen - {letter for face in faces for letter in face.held if face.draws(letter)}
    able = without(source, unwritable) if faces else None
    if able is None:
        raise DatasetError(NO_LINES, GIVE_FONTS, characters=" ".join(sorted(unwritable))[:200])
    if not seen:
        raise DatasetError(NO_TEXT, GIVE_TEXT)
    own = len(able.lines) if isinstance(able, Listed) else len(able.order) if isinstance(able, Deficits) else None
    count = options.pages if as_pages else options.count
    recipe = Recipe(
        count=count if count is not None else own or DEFAULT_COUNT,
        seed=options.seed,
        preset=options.preset,
        wear=options.wear,
        vertical=options.vertical,
        size=options.size,
        source=told,
        page=PageWishes(options.columns, options.skew) if as_pages else None,
    )
    like = None
    if options.like is not None:
        like = labels if labels and both else read_labels(options.like, looks=most_looks, papers=papers)
    looks = tuple(like.looks) if like else ()
    about = {"no_font_for": sorted(unwritable), "fonts_used": len(faces), **_seen(labels or like)}
    lines = LineMaker(recipe, able, faces, looks)
    return (PageMaker(lines, tuple(like.papers) if like else ()) if as_pages else lines), about


def _seen(labels: Labels | None) -> dict[str, Any]:
    """What `synthetic.json` says about where texts and paper come from."""
    if labels is None:
        return {}
    return {"labels": {"dataset": labels.dataset, "held_out": labels.held_out, "undivided": labels.undivided}}


def _source(options: argparse.Namespace, labels: list[str]) -> tuple[TextSource, dict[str, Any]]:
    from ocrstudio.core.errors import DatasetError
    from ocrstudio.core.synthesis_texts import (
        CHOOSE_MORE,
        GIVE_TEXT,
        NO_TEXT,
        NOTHING_MISSING,
        Characters,
        Deficits,
        Listed,
        Words,
        deficits,
        sequence_of,
    )

    given = [name for name in ("text", "words", "template", "deficits") if getattr(options, name)]
    if len(given) > 1 or (given and given != ["deficits"] and options.chars):
        raise DatasetError(NO_TEXT, GIVE_TEXT)
    if options.deficits:
        lacking = deficits(labels, options.chars, options.target)
        if not lacking:
            raise DatasetError(NOTHING_MISSING, CHOOSE_MORE, source=options.deficits, target=options.target)
        told = {"deficits": str(options.deficits), "target": options.target, "lacking": lacking}
        return Deficits.of(lacking, labels), told
    if options.text:
        return Listed.of(_lines(options.text)), {"text": options.text.name}
    if options.words:
        return Words.of(word for line in _lines(options.words) for word in line.split()), {"words": options.words.name}
    if options.template:
        return sequence_of(options.template), {"templates": list(options.template)}
    return Characters.of(options.chars), {"characters": options.chars}


def _lines(file: Path) -> list[str]:
    from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError
    from ocrstudio.formats.atomic import read_bytes

    data = read_bytes(file)
    try:
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the line is not UTF-8 text."),
            QT_TRANSLATE_NOOP("Errors", "Save it as UTF-8 and try again."),
            file=file,
            line=data[: error.start].count(b"\n") + 1,
        ) from error


def _preview(maker: LineMaker | PageMaker, count: int, about: dict[str, Any]) -> dict[str, Any]:
    from ocrstudio.engine.synthesis.line import Line
    from ocrstudio.engine.synthesis.pages import PageMaker

    shown: list[dict[str, Any]] = []
    refused = []
    numbers = range(min(max(0, count), maker.recipe.count))
    if isinstance(maker, PageMaker):
        pages = [_shown_page(maker.make(number)) for number in numbers]
        told = {"own_crops": len(maker.lines.crops), "own_papers": len(maker.papers)}
        return {"pages": pages, "count": maker.recipe.count, **told, **about}
    for number in numbers:
        made = maker.make(number)
        if isinstance(made, Line):
            shown.append({"text": made.text, "font": made.font, "png": _png(made.image)})
        else:
            refused.append({"text": made.text, "reason": made.reason, "characters": made.characters})
    return {"lines": shown, "refused": refused, "count": maker.recipe.count, "own_crops": len(maker.crops), **about}


def _png(image: Image) -> str:
    from ocrstudio.formats.crops import encode_image

    return base64.b64encode(encode_image(image, ".png")).decode("ascii")


def _shown_page(page: MadePage) -> dict[str, Any]:
    """A page as large as a preview needs it, its boxes in the same pixels."""
    import cv2
    import numpy as np

    scale = min(1.0, PREVIEW_HEIGHT / page.image.shape[0])
    small = np.asarray(cv2.resize(page.image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    boxes = [{"text": line.text, "points": (line.quad * scale).round(1).tolist()} for line in page.lines]
    return {"png": _png(small), "boxes": boxes}


def _tell(result: dict[str, Any], report: Report) -> None:
    if "pages" in result:
        report.line(f"{result['pages']} pages with {result['boxes']} boxes, paper of {result['own_papers']} pages")
    report.line(f"{result['lines']} lines, {len(result['characters'])} characters, {len(result['fonts'])} fonts")
    for font, count in list(result["fonts"].items())[:SHOWN]:
        report.line(f"{count:>8} {font}")
    for reason, count in result["refused_reasons"].items():
        report.warn(f"{count} lines were left out: {reason}")
    if result["no_font_for"]:
        report.warn(f"no font at hand has: {' '.join(result['no_font_for'][:SHOWN])}")
    labels = result.get("labels", {})
    if labels.get("dataset"):
        held_out = labels["held_out"]
        report.line(f"by the training part of dataset {labels['dataset']}; {held_out} pages of it were not looked at")
    elif labels.get("undivided"):
        report.warn("no dataset is written yet: pages that will validate and test were looked at, too; split first")
