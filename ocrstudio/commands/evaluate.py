"""`ocrstudio eval`: how well a run's best weights, or a config's starting point, read labelled lines."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    parser.add_argument("run_or_config", type=Path, metavar="RUN_OR_CONFIG", help="a run folder, or a training config")
    parser.add_argument(
        "--data", type=Path, metavar="LIST", help="a recognition list (default: the config's Eval list)"
    )
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="what paths in LIST are relative to (default: its folder)"
    )


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Evaluates and prints acc, CER, norm_edit_dis and the most frequent mistakes."""
    from ocrstudio.engine.training import require_paddle

    require_paddle()
    from ocrstudio.engine.evaluation_run import evaluate_run

    result = evaluate_run(options.run_or_config, report.stage, data=options.data, data_dir=options.data_dir)
    report.line(f"lines: {result['lines']}")
    for name in ("acc", "norm_edit_dis", "cer", "loss"):
        report.line(f"{name}: {result[name]:.5f}")
    for mistake in result["mistakes"]:
        read = mistake["read"] or "nothing"
        report.line(f"{mistake['count']:>5} x  {mistake['truth'] or 'nothing'} read as {read}")
    return result
