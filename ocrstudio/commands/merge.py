"""`ocrstudio merge FILE --into FOLDER`: a colleague's work merged into a project."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.commands.reporting import Report

if TYPE_CHECKING:
    from ocrstudio.core.merge import Choice
    from ocrstudio.core.team import MergePlan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument("file", type=Path, help="a package, or the colleague's project folder")
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="the project to merge into")
    parser.add_argument(
        "--conflicts",
        choices=("ours", "theirs", "both"),
        help="what stands where both changed the same; without it our side stays, and the page is not checked",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Merges three ways and says how far the two annotators agree.

    Returns:
        pages (changed), taken (changes taken over), conflicts (list), unknown (files), agreement (figures).

    Raises:
        StudioError: If something cannot be read or written.
    """
    from ocrstudio.commands.project import opened_project
    from ocrstudio.core.team import plan_merge
    from ocrstudio.formats.package import read_package

    report.stage("read")
    package = read_package(options.file)
    for file, line in package.faults:
        report.warn(f"{options.file}: {file}, line {line} could not be read and is left out")
    with opened_project(options.into, report) as store:
        plan = plan_merge(package.base, [store.page(key) for key in store.keys], package.pages)
        choice: Choice | None = options.conflicts
        choices = {file: [choice] * len(merge.conflicts) for file, merge in plan.merges.items()} if choice else {}
        changed = plan.pages(choices)
        if not options.dry_run:
            for page in changed.values():
                store.put(page)
            store.save()
    _tell(plan, len(changed), report)
    return _answer(plan, len(changed))


def _tell(plan: MergePlan, changed: int, report: Report) -> None:
    for file, merge in plan.merges.items():
        for conflict in merge.conflicts:
            ours, theirs = (repr(box.text) if box else "deleted" for box in (conflict.ours, conflict.theirs))
            report.line(f"{file}: {conflict.kind.value}: here {ours}, there {theirs}")
    for file in plan.unknown:
        report.line(f"{file}: there is no such page here")
    report.line(f"{changed} pages changed, {plan.taken} changes taken over, {plan.conflicts} conflicts")
    found = plan.agreement
    if found.pages:
        figures = f"boxes {found.boxes:.1%}, equal texts {found.texts:.1%}, CER {found.cer:.2%}"
        report.line(f"agreement on {found.pages} pages: {figures}")


def _answer(plan: MergePlan, changed: int) -> dict[str, Any]:
    found = plan.agreement
    return {
        "pages": changed,
        "taken": plan.taken,
        "conflicts": [
            {
                "file": file,
                "kind": conflict.kind.value,
                "ours": conflict.ours.text if conflict.ours else None,
                "theirs": conflict.theirs.text if conflict.theirs else None,
            }
            for file, merge in plan.merges.items()
            for conflict in merge.conflicts
        ],
        "unknown": list(plan.unknown),
        "agreement": {"pages": found.pages, "boxes": found.boxes, "texts": found.texts, "cer": found.cer},
    }
