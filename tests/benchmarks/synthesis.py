"""Synthetic lines: how many a second two processes write, and whether a seed gives the same ones again."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from ocrstudio.core.synthesis import PRESETS, Recipe
from ocrstudio.core.synthesis_texts import Template
from ocrstudio.engine.fonts import program_fonts, system_fonts
from ocrstudio.engine.synthesis.line import Line, LineMaker
from ocrstudio.engine.synthesis.run import write_set
from ocrstudio.engine.synthesis.setting import faces_of
from ocrstudio.formats.crops import encode_image
from tests.benchmarks.measure import Measure, Surroundings

LINES, DRAWN, WORKERS = 2000, 300, 2
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
    return [*measures, Measure("looks whose seed gives the same bytes again", share, "%", "higher", 100)]
