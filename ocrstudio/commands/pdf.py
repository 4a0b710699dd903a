"""A page of HTML as PDF. Qt makes it, which commands do not load: a child does."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.checkout.commands import own_command

CHILD = "ocrstudio.ui.paper"
LIMIT_S = 300.0
NO_PDF = QT_TRANSLATE_NOOP("Errors", "The PDF could not be made: {reason}.")
MAKE_PAGE = QT_TRANSLATE_NOOP("Errors", "Write a web page, whose name ends in .html, and print that from a browser.")


def pdf_of(page: str) -> bytes:
    """The page on A4.

    Raises:
        EngineError: If Qt is not to be had, or does not come to an end.
    """
    command = own_command(CHILD, cwd=Path.cwd())
    try:
        done = subprocess.run(
            command.argv, input=page.encode(), capture_output=True, env=dict(command.env), timeout=LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(NO_PDF, MAKE_PAGE, reason=error) from error
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise EngineError(NO_PDF, MAKE_PAGE, reason=said[-1].rstrip(".") if said else f"exit code {done.returncode}")
    return done.stdout
