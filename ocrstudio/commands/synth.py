"""`ocrstudio synth`: lines for training made of texts, words, characters, templates, or of what labels lack."""

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
    from ocrstudio.engine.synthesis.line import LineMaker

DEFAULT_COUNT = 1000
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
    place.add_argument("--preview", type=int, metavar="N", help="write nothing; --json has N lines as PNG in base64")
    parser.add_argument("--count", type=int, metavar="N", help=f"lines (default: all the text, else {DEFAULT_COUNT})")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same lines (default: %(default)s)")
    parser.add_argument("--fonts", type=Path, metavar="DIR", help="only fonts of this folder (default: ours, system's)")
    parser.add_argument("--preset", default=DEFAULT_PRESET, help=f"{', '.join(PRESETS)} (default: %(default)s)")
    parser.add_argument("--wear", type=float, default=1.0, help="0 clean, 1 as the preset, 2 the worst (default: 1)")
    parser.add_argument("--vertical", type=float, default=0.0, metavar="SHARE", help="of lines written downwards, to 1")
    parser.add_argument("--size", type=_sizes, metavar="A-B", help="of the letters in pixels, such as 20-48")
    parser.add_argument("--like", type=Path, metavar="FOLDER", help="paper, inks and sizes of these crops")
    parser.add_argument("--workers", type=int, metavar="N", help="processes (default: one a processor)")


def _sizes(text: str) -> tuple[float, float]:
    low, _, high = text.partition("-")
    try:
        return float(low), float(high or low)
    except ValueError as error:
        raise argparse.ArgumentTypeError("write it as 20-48") from error


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Makes the lines, or shows some.

    Returns:
        With --out what `synthetic.json` says and where; with --preview `lines`.

    Raises:
        StudioError: If there is no text, no font for it, or the folder is taken.
    """
    from ocrstudio.engine.synthesis.run import write_lines
    from ocrstudio.engine.synthesis.workers import usual_count

    report.stage("read")
    maker, about = _maker(options)
    if options.preview is not None:
        return _preview(maker, options.preview, about)
    workers = max(1, options.workers) if options.workers else usual_count()
    result = write_lines(
        maker, options.out, lambda done, total: report.stage("write", done, total), workers=workers, about=about
    )
    _tell(result, report)
    out = Path(options.out).absolute()
    report.line(f"written to {out}")
    report.line(f"for training only: label_file_list {out / 'rec' / 'train.txt'}, data_dir {out / 'rec'}")
    return {**result, "out": str(out)}


def _maker(options: argparse.Namespace) -> tuple[LineMaker, dict[str, Any]]:
    from ocrstudio.core.errors import DatasetError
    from ocrstudio.core.synthesis import Recipe
    from ocrstudio.core.synthesis_texts import GIVE_TEXT, NO_TEXT, Deficits, Listed, without
    from ocrstudio.engine.fonts import fonts_in, program_fonts, system_fonts
    from ocrstudio.engine.synthesis.labels import FEW_LOOKS, MOST_LOOKS, read_labels
    from ocrstudio.engine.synthesis.line import LineMaker
    from ocrstudio.engine.synthesis.run import GIVE_FONTS, NO_LINES
    from ocrstudio.engine.synthesis.setting import faces_of

    # examples are to be there at once: fewer fonts and crops are looked at for them
    most_looks, most_fonts = (MOST_LOOKS, SYSTEM_FONTS) if options.preview is None else (FEW_LOOKS, FEW_FONTS)
    both = options.like == options.deficits
    labels = read_labels(options.deficits, looks=most_looks if both else 0) if options.deficits else None
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
    recipe = Recipe(
        count=options.count if options.count is not None else own or DEFAULT_COUNT,
        seed=options.seed,
        preset=options.preset,
        wear=options.wear,
        vertical=options.vertical,
        size=options.size,
        source=told,
    )
    like = None
    if options.like is not None:
        like = labels if labels and both else read_labels(options.like, looks=most_looks)
    looks = tuple(like.looks) if like else ()
    about = {"no_font_for": sorted(unwritable), "fonts_used": len(faces), **_seen(labels or like)}
    return LineMaker(recipe, able, faces, looks), about


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


def _preview(maker: LineMaker, count: int, about: dict[str, Any]) -> dict[str, Any]:
    from ocrstudio.engine.synthesis.line import Line
    from ocrstudio.formats.crops import encode_image

    shown, refused = [], []
    for number in range(min(max(0, count), maker.recipe.count)):
        made = maker.make(number)
        if isinstance(made, Line):
            picture = base64.b64encode(encode_image(made.image, ".png")).decode("ascii")
            shown.append({"text": made.text, "font": made.font, "png": picture})
        else:
            refused.append({"text": made.text, "reason": made.reason, "characters": made.characters})
    return {"lines": shown, "refused": refused, "count": maker.recipe.count, "own_crops": len(maker.crops), **about}


def _tell(result: dict[str, Any], report: Report) -> None:
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
