"""`ocrstudio stats FOLDER`: what the labels of a folder are like, and what is odd about them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio import paths
from ocrstudio.commands.reporting import Report
from ocrstudio.core.statistics import EDGES, FEW, ODDITIES, PageFigures, Statistics, odd_lines, page_figures

# Characters and lines that people are shown.
_SHOWN = 30
_WORDS = {
    "empty": "boxes without a text",
    "placeholder": "texts that only stand for one",
    "ignored": "regions that training ignores",
    "twice": "boxes that are there twice",
    "flat": "boxes that enclose nothing",
    "small": "lines lower than 8 pixels",
    "long": "texts longer than 25 characters",
    "turned": "lines that are turned to lie",
    "spaces": "spaces at the edge or in a row",
    "invisible": "characters that nobody sees",
    "decomposed": "accents that are characters of their own",
    "wide": "letters in full width",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument("folder", type=Path, help="folder of images with labels")
    parser.add_argument("--look-alikes", action="store_true", help="also look for pages that look the same")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Counts everything.

    Returns:
        pages, boxes, lines (readable), states, characters (each to its count), rare (fewer than 10 times), bars
        (distribution to {from, count} of each bar), odd (oddity to {count, lines: [page, row from 1]}, at most 1000
        each), alike (pairs of pages, with --look-alikes).

    Raises:
        StudioError: If the folder will not do.
    """
    from ocrstudio.commands.project import opened_project

    statistics = Statistics()
    pages: list[PageFigures] = []
    with opened_project(options.folder, report) as store:
        for done, key in enumerate(store.keys, start=1):
            figures = page_figures(store.page(key))
            statistics.add(figures)
            pages.append(figures)
            if done % 500 == 0:
                report.stage("count", done, len(store.keys))
        alike = _alike([(page, store.image_path(page.lines.key)) for page in pages]) if options.look_alikes else []
    _tell(statistics, alike, report)
    return {
        "pages": statistics.pages,
        "boxes": statistics.boxes,
        "lines": statistics.readable,
        "states": {state.value: count for state, count in statistics.states.items() if count},
        "characters": dict(statistics.characters.most_common()),
        "rare": [character for character, _ in statistics.rare()],
        "bars": {
            name: [{"from": start, "count": count} for start, count in zip(EDGES[name], counts, strict=True)]
            for name, counts in statistics.bars.items()
        },
        "odd": {
            name: {
                "count": statistics.odd[name],
                "lines": [[lines.key, row + 1] for lines, row in odd_lines(pages, name)[:1000]],
            }
            for name in ODDITIES
            if statistics.odd[name]
        },
        "alike": [list(pair) for pair in alike],
    }


def _alike(pages: list[tuple[PageFigures, Path]]) -> list[tuple[str, str]]:
    from ocrstudio.formats.look_alikes import SeenPage, alike_pages
    from ocrstudio.formats.picture_facts import PictureStore

    seen = [SeenPage(page.lines.key, path, frozenset(page.lines.texts)) for page, path in pages]
    return alike_pages(seen, PictureStore(paths.user_cache()))


def _tell(statistics: Statistics, alike: list[tuple[str, str]], report: Report) -> None:
    report.line(
        f"{statistics.pages} pages, {statistics.boxes} boxes, {statistics.readable} lines to learn, "
        f"{len(statistics.characters)} characters"
    )
    report.line("  ".join(f"{state.value} {count}" for state, count in statistics.states.items() if count))
    for name, counts in statistics.bars.items():
        shown = "  ".join(f"{start:g}+: {count}" for start, count in zip(EDGES[name], counts, strict=True) if count)
        if shown:
            report.line(f"{name:<8} {shown}")
    rare = statistics.rare()
    if rare:
        shown = " ".join(f"{character}{count}" for character, count in rare[:_SHOWN])
        report.line(f"{len(rare)} characters occur fewer than {FEW} times: {shown}{' …' if len(rare) > _SHOWN else ''}")
    for name in ODDITIES:
        if statistics.odd[name]:
            report.line(f"{statistics.odd[name]:>8} {_WORDS[name]}")
    if alike:
        report.line(f"{len(alike):>8} pairs of pages that look the same")
