"""The command line within the test's own process: what it says, without the start of an interpreter each time."""

from __future__ import annotations

import contextlib
import io
import subprocess
from unittest import mock

from ocrstudio import cli
from ocrstudio.commands.reporting import Report


class _Heard(Report):
    """Says into a buffer what else goes to file descriptor 1."""

    def __init__(self, out: io.StringIO, mode: str) -> None:
        self.mode, self.code, self._out = mode, 0, out


def command_line(*words: object) -> subprocess.CompletedProcess[str]:
    """What `ocrstudio` followed by these words exits with and says."""
    out, said = io.StringIO(), io.StringIO()
    heard = mock.patch.object(cli, "Report", lambda mode: _Heard(out, mode))
    with heard, contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as end:
            code = int(end.code or 0)
    return subprocess.CompletedProcess(words, code, out.getvalue(), said.getvalue())
