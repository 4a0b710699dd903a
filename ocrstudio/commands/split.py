"""`ocrstudio split FOLDER`: checked pages into train, val and test, as PaddleOCR's folders."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report
from ocrstudio.paths import STATE_DIR

DEFAULT_RATIO = "6:2:2"
DEFAULT_NAME = "dataset"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument("folder", type=Path, help="folder of images with labels")
    parser.add_argument("--out", type=Path, help="folder of the dataset (default: FOLDER/.ocrstudio/datasets/NAME)")
    parser.add_argument("--name", default=DEFAULT_NAME, help="name of the dataset (default: %(default)s)")
    parser.add_argument("--ratio", default=DEFAULT_RATIO, help="train:val:test (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same parts (default: %(default)s)")
    parser.add_argument("--dry-run", action="store_true", help="only say what would go where")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Plans the split and, unless told not to, writes it.

    Returns:
        out, ratio, seed, parts (pages, boxes, lines of each), characters, skipped, dry_run; with --dry-run also the
        page keys of each part.

    Raises:
        StudioError: If the folder, the ratio or the target will not do.
    """
    from ocrstudio.commands.project import opened_project
    from ocrstudio.formats.dataset import plan_split, write_split
    from ocrstudio.formats.dataset_folder import read_split

    report.stage("read")
    with opened_project(options.folder, report) as store:
        plan = plan_split(store, options.ratio, options.seed)
        out = options.out or store.folder / STATE_DIR / "datasets" / _folder_name(options.name)
        skipped = [{"page": one.page, "reason": one.reason} for one in plan.skipped]
        if not options.dry_run:
            out = write_split(store, plan, out, lambda done, total: report.stage("write", done, total))
            skipped = read_split(out)["skipped"]
    for part, counts in plan.counts.items():
        report.line(f"{part:<6} {counts.pages:>6} pages {counts.boxes:>7} boxes {counts.lines:>7} lines")
    report.line(f"{len(plan.characters)} characters, {len(skipped)} left out")
    report.line(f"{'would be written to' if options.dry_run else 'written to'} {out}")
    result: dict[str, Any] = {
        "out": str(out),
        "ratio": plan.ratio,
        "seed": plan.seed,
        "parts": {part: vars(counts) for part, counts in plan.counts.items()},
        "characters": len(plan.characters),
        "skipped": skipped,
        "dry_run": options.dry_run,
    }
    if options.dry_run:
        result["pages"] = plan.parts
    return result


def _folder_name(name: str) -> str:
    """The name without what would lead out of the datasets' folder."""
    return "".join("-" if char in '/\\:*?"<>|' else char for char in name).strip(". ") or DEFAULT_NAME
