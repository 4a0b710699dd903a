"""`ocrstudio demo`: the whole loop on the sample project."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from ocrstudio import paths
from ocrstudio.commands.reporting import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    parser.add_argument("--out", type=Path, metavar="DIR", help="new folder for the project (default: a fresh one)")
    parser.add_argument("--epochs", type=_epochs, metavar="N", help="training epochs")


def _epochs(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Runs the loop and prints CER before and after."""
    from ocrstudio.engine.paddle_runtime import require_paddle

    require_paddle()
    from ocrstudio.engine.demonstration import EPOCHS, demonstrate

    out = options.out or paths.user_data() / f"demo-{datetime.now():%Y%m%d-%H%M%S}"
    demo = demonstrate(out.resolve(), report.send, report.stage, epochs=options.epochs or EPOCHS)
    for line in table(demo.as_dict()):
        report.line(line)
    return demo.as_dict()


def table(result: dict[str, Any]) -> list[str]:
    """The result as lines for people."""
    seconds = result["seconds"]
    stages = ", ".join(f"{name} {seconds[name]:.1f} s" for name in ("label", "correct", "split", "train", "test"))
    return [
        f"{result['pages']} pages, {result['lines']} lines. Automatic labels: {result['auto_boxes_placed']} boxes in "
        f"the right place, {result['auto_boxes_read']} of them with the right text.",
        f"Measured on {result['test_lines']} lines of {result['test_pages']} pages that training never saw:",
        "",
        f"{'':24}{'before':>10}{'after':>10}",
        f"{'character error rate':24}{result['cer_before']:>10.2%}{result['cer_after']:>10.2%}",
        f"{'lines without error':24}{result['acc_before']:>10.2%}{result['acc_after']:>10.2%}",
        "",
        f"Exported and trained model agree on all {result['parity_lines']} validation lines.",
        f"Time: {seconds['total']:.0f} s ({stages}).",
        f"Project: {result['project']}",
        f"Model:   {result['bundle']}",
    ]
