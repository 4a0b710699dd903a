"""Nothing lost: kills at random moments, and the 22 failures of PPOCRLabel tried here."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from tests.benchmarks.measure import Measure, Surroundings

KILLS = 200
SEEDS = (7, 11, 23, 42)
LIMIT_S = 900
PEER = "PPOCRLabel"
ROWS_FILE = "tests/gui/test_nothing_lost.py"
REPOSITORY = Path(__file__).resolve().parents[2]
NAMES = tuple(f"p{number}.png" for number in range(1, 8))


def _kills(surroundings: Surroundings) -> list[Measure]:
    sys.path.insert(0, str(REPOSITORY / "tests" / "gui"))
    from killing import lost_edits, trace
    from project_parts import label_line, make_project

    pristine = make_project(
        surroundings.scratch, NAMES, label="".join(label_line(f"pages/{name}", "one", "two") for name in NAMES)
    )
    chance = random.Random(2026)
    wholes = {}
    for seed in SEEDS:
        copy = surroundings.scratch / f"whole{seed}" / "pages"
        shutil.copytree(pristine, copy)
        wholes[seed] = trace(copy, seed)
    confirmed, lost = 0, 0
    for trial in range(KILLS):
        seed = SEEDS[trial % len(SEEDS)]
        folder = surroundings.scratch / "trial" / "pages"
        shutil.rmtree(folder.parent, ignore_errors=True)
        shutil.copytree(pristine, folder)
        done, faults = lost_edits(folder, seed, wholes[seed], chance)
        confirmed += done
        lost += len(faults)
        for fault in faults:
            sys.stderr.write(f"lost: {fault}\n")
    return [
        Measure(f"kill -9 at {KILLS} moments, confirmed edits", confirmed, "edits", better="higher", bar=KILLS),
        # of 11 pages that were checked and killed at once, 5 were on disk
        Measure("  pages not as they were confirmed", lost, "pages", bar=0, peer=6, peer_name=PEER, peer_recorded=True),
    ]


def _rows(surroundings: Surroundings) -> list[Measure]:
    report = surroundings.scratch / "rows.xml"
    command = [sys.executable, "-m", "pytest", "-q", ROWS_FILE, f"--junitxml={report}", "-p", "no:cacheprovider"]
    subprocess.run(command, cwd=REPOSITORY, env={**os.environ}, capture_output=True, timeout=LIMIT_S, check=False)
    failed: dict[str, int] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        name = re.sub(r"\[.*", "", case.get("name", ""), flags=re.DOTALL)
        bad = any(case.find(kind) is not None for kind in ("failure", "error", "skipped"))
        failed[name] = failed.get(name, 0) + bad
    measures = []
    for name, count in failed.items():
        row = re.match(r"test_row_((?:\d\d_and_)*\d\d)_(.*)", name)
        if row is not None:
            number = row[1].replace("_and_", ", ")
            title = f"{number}: {row[2].replace('_', ' ')}"
            measures.append(
                Measure(title, count, "failed", bar=0, peer=number != "22", peer_name=PEER, peer_recorded=True)
            )
    return sorted(measures, key=lambda measure: measure.name)


def safety(surroundings: Surroundings) -> list[Measure]:
    """Edits lost by kill -9, and the 22 ways of losing work, each by the test of its name."""
    return [*_kills(surroundings), *_rows(surroundings)]
