"""Synthetic lines and pages: how many a second, whether a seed gives the same again, how soon examples are there."""

from __future__ import annotations

import hashlib
import statistics
import subprocess
import sys
import time
from pathlib import Path

from ocrstudio.core.synthesis import PRESETS, Recipe
from ocrstudio.core.synthesis_pages import PageWishes
from ocrstudio.core.synthesis_texts import Template, TextSource
from ocrstudio.engine.fonts import program_fonts, system_fonts
from ocrstudio.engine.synthesis.line import Line, LineMaker
from ocrstudio.engine.synthesis.pages import PageMaker
from ocrstudio.engine.synthesis.run import write_set
from ocrstudio.engine.synthesis.setting import Face, faces_of
from ocrstudio.formats.crops import encode_image
from ocrstudio.protocol.messages import Examples, ShowExamples, decode, encode
from tests.benchmarks.measure import Measure, Surroundings

LINES, DRAWN, WORKERS = 2000, 300, 2
PAGES, DRAWN_PAGES, CHANGES, MOST_EXAMPLES_MS = 40, 15, 15, 110
LEAST_A_SECOND = 200
TEXT = r"第[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]条 No\. [0-9]{4}-[A-Z]{2,3}"


def _digest(folder: Path) -> str:
    mark = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            mark.update(path.name.encode() + path.read_bytes())
    return mark.hexdigest()


def synthesis(around: Surroundings) -> list[Measure]:
    """Lines a second on two cores for every look, workers' start included; the same seed, the same bytes."""
    source = Template.of(TEXT)
    faces = faces_of([*program_fonts(), *system_fonts(60, 64 << 20)], source.characters())
    measures = []
    for preset in PRESETS:
        maker = LineMaker(Recipe(LINES, seed=1, preset=preset, vertical=0.1), source, faces)
        started = time.perf_counter()
        write_set(maker, around.scratch / preset, lambda done, total: None, workers=WORKERS)
        rate = LINES / (time.perf_counter() - started)
        measures.append(Measure(f"lines written, {preset}", rate, "1/s", "higher", LEAST_A_SECOND))
        started = time.process_time()
        for number in range(DRAWN):
            made = maker.make(number)
            if isinstance(made, Line):
                encode_image(made.image, ".jpg", made.quality)
        each = 1000 * (time.process_time() - started) / DRAWN
        # what two cores have for a line, whatever else the machine does
        measures.append(Measure(f"processor time of a line, {preset}", each, "ms", "lower", 1000 * 2 / LEAST_A_SECOND))
    same = 0
    for preset in PRESETS:
        maker = LineMaker(Recipe(120, seed=1, preset=preset, vertical=0.1), source, faces)
        for name, workers in (("one", 1), ("two", WORKERS)):
            write_set(maker, around.scratch / f"{preset}-{name}", lambda done, total: None, workers=workers)
        same += _digest(around.scratch / f"{preset}-one") == _digest(around.scratch / f"{preset}-two")
    share = 100 * same / len(PRESETS)
    measures.append(Measure("looks whose seed gives the same bytes again", share, "%", "higher", 100))
    return [*measures, *_pages(around.scratch, source, faces), *_examples()]


def _pages(scratch: Path, source: TextSource, faces: list[Face]) -> list[Measure]:
    maker = PageMaker(LineMaker(Recipe(PAGES, seed=1, page=PageWishes()), source, faces))
    started = time.perf_counter()
    told = write_set(maker, scratch / "pages", lambda done, total: None, workers=WORKERS)
    seconds = time.perf_counter() - started
    started = time.process_time()
    for number in range(DRAWN_PAGES):
        maker.make(number)
    each = 1000 * (time.process_time() - started) / DRAWN_PAGES
    return [
        Measure("processor time of a page", each, "ms"),
        Measure("pages written", PAGES / seconds, "1/s", "higher"),
        Measure("boxes written on pages", told["boxes"] / seconds, "1/s", "higher"),
    ]


def _examples() -> list[Measure]:
    """From a wish to its examples in the child that the window keeps, its start left out."""
    child = subprocess.Popen(
        [sys.executable, "-m", "ocrstudio", "engine", "examples"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    measures = []
    with child:
        if child.stdin is None or child.stdout is None:
            raise RuntimeError("the child has no pipes")
        for name, more, bar in (
            ("lines", ["--preview=8"], MOST_EXAMPLES_MS),
            ("pages", ["--preview=2", "--pages=9"], None),
        ):
            taken = []
            for number in range(1 + CHANGES):
                arguments = [f"--template={TEXT}", f"--wear={1 + number / 100}", *more]
                started = time.perf_counter()
                child.stdin.write(encode(ShowExamples(number + 1, arguments)))
                child.stdin.flush()
                if not isinstance(decode(child.stdout.readline()), Examples):
                    raise RuntimeError("there are no examples")
                taken.append(1000 * (time.perf_counter() - started))
            bar = MOST_EXAMPLES_MS if name == "lines" else None
            measures.append(
                Measure(f"from a change to its examples, {name}", statistics.median(taken[1:]), "ms", bar=bar)
            )
        child.stdin.close()
    return measures
