"""The splitter and the statistics: what leaks, how exact the ratios are, and how long ten thousand pages take."""

from __future__ import annotations

import hashlib
import json
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from ocrstudio.core.page import Box
from ocrstudio.formats import ppocr_label
from tests.benchmarks.measure import Measure, Surroundings
from tests.unit.script_split import divide_like_the_script

PAGES, LINES = 100, 10
MANY_PAGES = 10_000
WORDS = [
    "合计",
    "金额",
    "日期",
    "Total",
    "发票号码",
    "税率",
    "备注",
    "数量",
    "单价",
    "¥128.00",
    "购买方",
    "销售方",
    "No.",
    "Ⅻ",
    "Ⅶ",
    "壹佰",
]
STATISTICS_BAR_S, FRAME_BAR_S = 10.0, 0.05
PEER = "PPOCRLabel's script's method"


def _make_pages(folder: Path, pages: int, size: tuple[int, int] = (320, 400)) -> None:
    """Checked pages of LINES lines each, every picture different."""
    import cv2
    import numpy as np

    random = np.random.default_rng(5)
    folder.mkdir(parents=True)
    paper = random.integers(200, 255, (size[1], size[0]), np.uint8)
    labels, states = [], []
    for number in range(pages):
        image = paper.copy()
        boxes = []
        for line in range(LINES):
            top = 8 + line * 38
            words = [WORDS[int(place)] for place in random.integers(0, len(WORDS), 2)]
            width = int(random.integers(60, 300))
            image[top + 4 : top + 24 : 3, 8 : 8 + width] = random.integers(0, 120, 1)
            cv2.putText(image, f"{number}", (10 + line, top + 20), cv2.FONT_HERSHEY_PLAIN, 1.4, 10, 2)
            points = ((8.0, top), (8.0 + width, top), (8.0 + width, top + 28.0), (8.0, top + 28.0))
            boxes.append(Box(points, " ".join([*words, str(number)])))
        name = f"{folder.name}/p{number:05}.jpg"
        cv2.imwrite(str(folder / f"p{number:05}.jpg"), image)
        labels.append(name.encode() + b"\t" + ppocr_label.format_payload(boxes) + b"\n")
        states.append(f"{name}\t1\n")
    (folder / "Label.txt").write_bytes(b"".join(labels))
    (folder / "fileState.txt").write_text("".join(states), encoding="utf-8")


def _run(*arguments: object) -> tuple[float, dict[str, Any]]:
    """Seconds of the whole command, as a person waits for it, and what it says."""
    command = [sys.executable, "-m", "ocrstudio", *map(str, arguments), "--json"]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode not in (0, 1) or not done.stdout.startswith(b"{"):
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    return seconds, json.loads(done.stdout)


def _hashes(folder: Path) -> dict[str, str]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def _promises(scratch: Path) -> list[Measure]:
    folder, out = scratch / "pages", scratch / "divided"
    _make_pages(folder, PAGES)
    _, ours = _run("split", folder, "--out", out, "--ratio", "6:2:2", "--seed", 7)
    _, checked = _run("split", "--leaks", out)
    sizes = [part["pages"] for part in ours["parts"].values()]
    off = max(abs(size - wanted) for size, wanted in zip(sizes, (60, 20, 20), strict=True))
    first = _hashes(out)
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    _run("split", folder, "--out", out, "--ratio", "6:2:2", "--seed", 7)
    after = _hashes(out)
    kept = after.pop("mine.txt", "") == hashlib.sha256(b"mine").hexdigest()
    _write_ppocrlabel_export(folder, out)
    divide_like_the_script(folder, scratch / "script")
    _, theirs = _run("split", "--leaks", scratch / "script")
    return [
        Measure(
            "pages that leak, 100 pages of 10 lines at 6:2:2",
            100 * checked["share"],
            "%",
            bar=0.0,
            peer=100 * theirs["share"],
            peer_name=PEER,
        ),
        Measure("pages off the ratio 6:2:2", off, "pages", bar=0.0),
        Measure("files that differ when the same seed splits again", len(_differing(first, after)), "files", bar=0.0),
        Measure("files of others that were touched", 0.0 if kept else 1.0, "files", bar=0.0),
    ]


def _differing(one: dict[str, str], other: dict[str, str]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def _write_ppocrlabel_export(folder: Path, ours: Path) -> None:
    """`rec_gt.txt` and `crop_img/` as PPOCRLabel exports them, with the crops that were cut already."""
    (folder / "crop_img").mkdir()
    lines = []
    for part in ("train", "val", "test"):
        for line in (ours / "rec" / f"{part}.txt").read_text(encoding="utf-8").splitlines():
            name, text = line.split("\t")
            stem, _, number = Path(name).stem.rpartition("_")
            crop = f"crop_img/{stem}_crop_{number}.png"
            (folder / crop).write_bytes((ours / "rec" / name).read_bytes())
            lines.append(f"{crop}\t{text}\n")
    (folder / "rec_gt.txt").write_text("".join(lines), encoding="utf-8")


def _written_plainly(dataset: Path, copy: Path, *, link: bool) -> float:
    """Seconds for the files of a dataset alone: pages linked or written, crops written, nothing cut out."""
    files = sorted(path for path in dataset.rglob("*") if path.is_file())
    pages = dataset / "det"
    seconds = 0.0
    for path in files:
        target = copy / path.relative_to(dataset)
        content = path.read_bytes()
        started = time.perf_counter()
        target.parent.mkdir(parents=True, exist_ok=True)
        if link and pages in path.parents and path.suffix == ".jpg":
            target.hardlink_to(path)
        else:
            target.write_bytes(content)
        seconds += time.perf_counter() - started
    return seconds


def _splits(scratch: Path, many: Path) -> list[Measure]:
    """Copies and links, each beside the plain writing of the same files in the same run."""
    measures = []
    for way, options in (("copied", ()), ("linked", ("--link",))):
        out = scratch / way
        seconds, _ = _run("split", many, "--out", out, *options)
        plain = _written_plainly(out, scratch / "plain", link=way == "linked")
        name = f"split of {MANY_PAGES:,} pages and {MANY_PAGES * LINES:,} crops, {way}"
        measures.append(Measure(name, seconds, "s", peer=plain, peer_name="the same files, only written"))
        shutil.rmtree(out)
        shutil.rmtree(scratch / "plain")
    return measures


def _window(many: Path) -> list[Measure]:
    """The dataset page on the same project: its longest frames when it is opened for the second time."""
    command = [sys.executable, "-m", "tests.benchmarks.dataset_window", str(many)]
    told: dict[str, float] = {}
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr.decode("utf-8", "replace"))
        told = json.loads(done.stdout.splitlines()[-1])
    names = {
        "open": "page opened again, counted and compared",
        "divide": "four other ratios typed, divided",
        "list": "the pages behind a figure listed",
        "show": "page shown again",
    }
    measures = [
        Measure(f"{name}: longest frame", told[f"{key}_gap"], "s", bar=FRAME_BAR_S) for key, name in names.items()
    ]
    busy = Measure("page opened again: processor time, window and workers", told["open_cpu"], "s")
    return [*measures, busy]


def dataset(surroundings: Surroundings) -> list[Measure]:
    """What the splitter promises, splits of 10,000 pages, the statistics of 100,000 lines, and the window meanwhile."""
    measures = _promises(surroundings.scratch)
    many = surroundings.scratch / "many"
    _make_pages(many, MANY_PAGES)
    plan, _ = _run("split", many, "--dry-run")
    again, _ = _run("split", many, "--dry-run")
    figures = statistics.median(_run("stats", many)[0] for _ in range(3))
    measures += [
        Measure(f"dry run of {MANY_PAGES:,} pages, first look", plan, "s"),
        Measure(f"dry run of {MANY_PAGES:,} pages, again", again, "s"),
        Measure(f"statistics of {MANY_PAGES * LINES:,} lines", figures, "s", bar=STATISTICS_BAR_S),
    ]
    measures += _splits(surroundings.scratch, many)
    return measures + _window(many)
