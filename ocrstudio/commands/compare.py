"""`ocrstudio compare`: two models on one labelled set, and whether the set is large enough to tell which is better."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report
from ocrstudio.core.model_comparison import Compared, verdict_text

PARTS = ("train", "val", "test")
_FIGURES = ("cer", "acc", "norm_edit_dis", "lines_per_s", "precision", "recall", "hmean", "pages_per_s")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    use = "bundled, a name of `ocrstudio models usable`, or the folder of a bundle, a run or an inference model"
    parser.add_argument("first", metavar="MODEL_A", help=use)
    parser.add_argument("second", metavar="MODEL_B", help="another one that does the same")
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="LIST_OR_DIR",
        help="a recognition or detection list, a dataset, or a project with checked pages",
    )
    parser.add_argument("--part", choices=PARTS, default="", help="of a dataset (default: test, if it has anything)")
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="what paths in LIST are relative to (default: its folder)"
    )


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Measures both and says which is better."""
    from ocrstudio.engine.model_comparison import compare_models

    result = compare_models(
        options.first, options.second, options.data, report.stage, part=options.part, data_dir=options.data_dir
    )
    names = distinct_names([model["name"] for model in result["models"]])
    measures = [Compared.from_dict(raw) for raw in result["measures"]]
    result["verdicts"] = {one.name: verdict_text(one, names) for one in measures}
    for line in _table(result, names):
        report.line(line)
    return result


def distinct_names(names: list[str]) -> tuple[str, str]:
    """The names of two models, told apart if they are the same."""
    one, other = names
    return (one, other) if one != other else (f"A ({one})", f"B ({other})")


def _table(result: dict[str, Any], names: tuple[str, str]) -> list[str]:
    first, second = (model["figures"] for model in result["models"])
    width = max(16, *(len(name) + 2 for name in names))
    count = f"pages: {result['pages']}" if result["task"] == "det" else f"lines: {result['lines']}"
    rows = [f"{'':<16}{names[0]:>{width}}{names[1]:>{width}}"]
    rows += [f"{name:<16}{first[name]:>{width}.5g}{second[name]:>{width}.5g}" for name in _FIGURES if name in first]
    apart = [] if result["speeds_together"] else ["speed: timed on different occasions"]
    return [count, *rows, *apart, *result["verdicts"].values()]
