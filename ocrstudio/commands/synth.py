"""`ocrstudio synth`: lines or pages for training made of texts, words, characters, templates, or what labels lack."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from ocrstudio.commands.reporting import Report
from ocrstudio.core.synthesis import DEFAULT_PRESET, PRESETS
from ocrstudio.core.synthesis_texts import ENOUGH

T = TypeVar("T", int, float)

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
    pages.add_argument("--columns", type=_span(int, "1-3"), metavar="A-B", help="of text on a page, such as 1-3")
    pages.add_argument("--skew", type=float, metavar="DEG", help="most that a page is turned (default: by the preset)")
    parser.add_argument("--count", type=int, metavar="N", help="lines (default: all of the text, else 1000)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same lines (default: %(default)s)")
    parser.add_argument("--fonts", type=Path, metavar="DIR", help="only fonts of this folder (default: ours, system's)")
    parser.add_argument("--preset", default=DEFAULT_PRESET, help=f"{', '.join(PRESETS)} (default: %(default)s)")
    parser.add_argument("--wear", type=float, default=1.0, help="0 clean, 1 as the preset, 2 the worst (default: 1)")
    parser.add_argument("--vertical", type=float, default=0.0, metavar="SHARE", help="of lines written downwards, to 1")
    parser.add_argument("--size", type=_span(float, "20-48"), metavar="A-B", help="of letters, in pixels, as 20-48")
    parser.add_argument("--like", type=Path, metavar="FOLDER", help="paper, inks and sizes of these crops")
    parser.add_argument("--workers", type=int, metavar="N", help="processes (default: one a processor)")


def _span(number: Callable[[str], T], example: str) -> Callable[[str], tuple[T, T]]:
    """What reads an argument such as 1-3, or a single number for both ends."""

    def read(text: str) -> tuple[T, T]:
        low, _, high = text.partition("-")
        try:
            return number(low), number(high or low)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"write it as {example}") from error

    return read


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Makes the lines or pages, or shows some.

    Returns:
        With --out what `synthetic.json` says and where; with --preview `lines`, or `pages` with their `boxes`.

    Raises:
        StudioError: If there is no text, no font for it, or the folder is taken.
    """
    from ocrstudio.commands.synth_supplies import Supplies, preview
    from ocrstudio.engine.synthesis.run import write_set
    from ocrstudio.engine.synthesis.workers import usual_count
    from ocrstudio.formats.synthetic import LABEL_FILE, PAGES_DIR

    report.stage("read")
    maker, about = Supplies().maker(options)
    if options.preview is not None:
        return preview(maker, options.preview, about)
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
