"""`ocrstudio split FOLDER…`: checked pages and confirmed lines into train, val and test, as PaddleOCR's folders."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio import paths
from ocrstudio.commands.reporting import Report
from ocrstudio.core.split_plan import LAYOUTS, WAYS, SplitOptions
from ocrstudio.paths import DATASETS_DIR, STATE_DIR

if TYPE_CHECKING:
    from ocrstudio.formats.dataset_plan import SplitPlan
    from ocrstudio.formats.dataset_sources import Source

DEFAULT_RATIO = SplitOptions.ratio
DEFAULT_NAME = "dataset"
# Characters and names that a line for people shows at most.
_SHOWN = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="FOLDER",
        help="folder of images with labels, or of line pictures with rec_gt.txt; several become one dataset; what lies "
        "beside a synthetic.json is only learned from",
    )
    parser.add_argument("--out", type=Path, help="folder of the dataset (default: FOLDER/.ocrstudio/datasets/NAME)")
    parser.add_argument("--name", default=DEFAULT_NAME, help="name of the dataset (default: %(default)s)")
    parser.add_argument("--ratio", default=DEFAULT_RATIO, help="train:val:test (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same parts (default: %(default)s)")
    parser.add_argument(
        "--by",
        choices=WAYS,
        default="page",
        help="what stays together: a page, a folder, pages with the same part of their name (--pattern), or (box) "
        "nothing, lines being divided one by one (default: %(default)s)",
    )
    parser.add_argument(
        "--pattern", default="", metavar="REGEX", help="the part of the file's name that makes a group, such as ^[^_]+"
    )
    parser.add_argument("--part-look-alikes", action="store_true", help="let pages that look the same be parted")
    parser.add_argument("--keep-test", type=Path, metavar="DATASET", help="keep the test part of an earlier dataset")
    parser.add_argument("--also", choices=LAYOUTS, action="append", default=[], help="write this layout, too")
    parser.add_argument("--link", action="store_true", help="link the pages' pictures instead of copying them")
    parser.add_argument("--dry-run", action="store_true", help="only say what would go where")
    parser.set_defaults(refuse=parser.error)
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--again", type=Path, metavar="DATASET", help="make a dataset anew as its split.json says")
    other.add_argument(
        "--leaks",
        type=Path,
        metavar="DATASET",
        help="only say what leaks between the parts of a dataset, also of one that PPOCRLabel's script made",
    )


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Plans the split and, unless told not to, writes it; or says what leaks in one that is there.

    Returns:
        out, ratio, seed, by, parts (pages, boxes, lines, characters, synthetic of each), characters, lacking (part to
        characters), groups, alike, pages_in_several_parts, only_confirmed_lines (pages), skipped, unusable (how many of
        these are checked all the same), dry_run; with --dry-run also the page keys of each part. With --leaks see
        `leaks_of`; the code is 1 if something leaks.

    Raises:
        StudioError: If the folders, the ratio or the target will not do.
    """
    from ocrstudio.formats.dataset_folder import read_split
    from ocrstudio.formats.dataset_plan import plan_split
    from ocrstudio.formats.dataset_sources import ProjectSource, close_sources, folder_of, open_sources
    from ocrstudio.formats.dataset_writing import as_written, write_split

    if options.leaks is not None:
        return leaks_of(options.leaks, report)
    wishes, folders = _wishes(options)
    report.stage("read")
    sources = open_sources(folders)
    try:
        plan = plan_split(
            sources, wishes, cache=paths.user_cache(), progress=lambda done, total: report.stage("look", done, total)
        )
        out = options.out or options.again
        out = out or folder_of(sources[0]) / STATE_DIR / DATASETS_DIR / _folder_name(options.name)
        skipped = [{"page": one.page, "reason": one.reason} for one in plan.skipped]
        if not options.dry_run:
            out = write_split(plan, out, lambda done, total: report.stage("write", done, total))
            skipped, plan = read_split(out)["skipped"], as_written(plan, out)
        for source in sources:
            if isinstance(source, ProjectSource):
                for problem in source.store.problems:
                    report.warn(str(problem))
    finally:
        close_sources(sources)
    _tell(plan, skipped, report)
    report.line(f"{'would be written to' if options.dry_run else 'written to'} {out}")
    return _result(plan, sources, skipped, out, dry_run=options.dry_run)


def _wishes(options: argparse.Namespace) -> tuple[SplitOptions, list[Path]]:
    from ocrstudio.formats.dataset_folder import kept_test
    from ocrstudio.formats.dataset_plan import options_of

    if options.again is not None:
        wishes, folders = options_of(options.again)
        return wishes, options.folders or folders
    if not options.folders:
        options.refuse("name the folder of images whose labels are to be divided")
    wishes = SplitOptions(
        ratio=options.ratio,
        seed=options.seed,
        by="name" if options.pattern and options.by == "page" else options.by,
        pattern=options.pattern,
        alike=not options.part_look_alikes,
        layouts=tuple(one for one in LAYOUTS if one in options.also),
        link=options.link,
    )
    if options.keep_test is not None:
        kept = options.keep_test
        wishes = replace(wishes, test=kept_test(kept), test_from=kept.resolve().name)
    return wishes, options.folders


def _tell(plan: SplitPlan, skipped: list[Any], report: Report) -> None:
    for part, counts in plan.division.counts.items():
        made = f" ({counts.synthetic} synthetic)" if counts.synthetic else ""
        report.line(
            f"{part:<6} {counts.pages:>6} pages {counts.boxes:>7} boxes {counts.lines:>7} lines "
            f"{counts.characters:>6} characters{made}"
        )
    for part, lacking in plan.division.lacking.items():
        if lacking and plan.parts[part]:
            more = " …" if len(lacking) > _SHOWN else ""
            report.line(f"{part} lacks {len(lacking)} characters: {' '.join(lacking[:_SHOWN])}{more}")
    if plan.alike:
        report.line(f"{len({key for pair in plan.alike for key in pair})} pages look like another and stay with it")
    if plan.division.line_parts:
        report.line(f"{plan.division.torn} pages have lines in several parts, so the figures will be too good")
    if _only_lines(plan):
        report.line(f"{_only_lines(plan)} pages that are not checked give only the lines that were confirmed on them")
    unused = _unused(skipped)
    for one in unused[:_SHOWN]:
        report.warn(f"{one['page']}: {one['reason']}")
    if len(unused) > _SHOWN:
        report.warn(f"… and {len(unused) - _SHOWN} more; split.json names them all.")
    report.line(f"{len(plan.characters)} characters, {len(skipped)} left out")


def _unused(skipped: list[Any]) -> list[Any]:
    """What stays out though a person meant it to be used."""
    from ocrstudio.formats.dataset import NOT_CHECKED

    return [one for one in skipped if one["reason"] != NOT_CHECKED]


def _only_lines(plan: SplitPlan) -> int:
    return sum(page.load is not None and not page.split.boxes for page in plan.pages.values())


def _result(plan: SplitPlan, sources: list[Source], skipped: list[Any], out: Path, *, dry_run: bool) -> dict[str, Any]:
    result: dict[str, Any] = {
        "out": str(out),
        "ratio": plan.options.ratio,
        "seed": plan.options.seed,
        "by": plan.options.by,
        "sources": [source.name for source in sources],
        "parts": {part: vars(counts) for part, counts in plan.division.counts.items()},
        "characters": len(plan.characters),
        "lacking": plan.division.lacking,
        "groups": len(set(plan.division.groups.values())),
        "alike": [list(pair) for pair in plan.alike],
        "pages_in_several_parts": plan.division.torn,
        "only_confirmed_lines": _only_lines(plan),
        "skipped": skipped,
        "unusable": len(_unused(skipped)),
        "dry_run": dry_run,
    }
    if dry_run:
        result["pages"] = plan.parts
    return result


def leaks_of(dataset: Path, report: Report) -> dict[str, Any]:
    """Says what leaks between the parts of a dataset.

    Returns:
        dataset, pages, leaking (pages), share (0 to 1), torn, crossed, same_pictures, missing, problems, counts.

    Raises:
        StudioError: If it is no divided dataset.
    """
    from ocrstudio.formats.dataset_check import check_split

    found = check_split(dataset, paths.user_cache(), lambda done, total: report.stage("look", done, total))
    leaks = found.leaks
    for part, (pages, lines) in leaks.counts.items():
        report.line(f"{part:<6} {pages:>6} pages {lines:>7} lines")
    report.line(f"{len(leaks.leaking)} of {leaks.pages} pages leak ({leaks.share:.0%})")
    for title, names in (
        ("with lines in several parts", leaks.torn),
        ("tested in detection, learned in recognition", leaks.crossed),
        ("the same picture in two parts", [" = ".join(pair) for pair in leaks.same_pictures]),
        ("not there", found.missing),
    ):
        if names:
            more = " …" if len(names) > 5 else ""
            report.line(f"{len(names):>6} {title}: {', '.join(names[:5])}{more}")
    for file, line, reason in found.problems:
        report.warn(f"{file}, line {line}: {reason}")
    report.code = 0 if leaks.is_clean else 1
    return {
        "dataset": str(dataset),
        "pages": leaks.pages,
        "leaking": sorted(leaks.leaking),
        "share": leaks.share,
        "torn": list(leaks.torn),
        "crossed": list(leaks.crossed),
        "same_pictures": [list(pair) for pair in leaks.same_pictures],
        "missing": list(found.missing),
        "problems": [{"file": str(file), "line": line, "reason": reason} for file, line, reason in found.problems],
        "counts": {part: {"pages": pages, "lines": lines} for part, (pages, lines) in leaks.counts.items()},
    }


def _folder_name(name: str) -> str:
    """The name without what would lead out of the datasets' folder."""
    return "".join("-" if char in '/\\:*?"<>|' else char for char in name).strip(". ") or DEFAULT_NAME
