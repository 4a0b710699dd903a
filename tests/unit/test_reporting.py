"""What subcommands print: names that are no text, and output that cannot be written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_projects import png

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names are bytes, and /dev/full is there, on Linux")


def run(*arguments: object, stdout: object = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ocrstudio", *map(os.fspath, arguments)]
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, encoding="utf-8", errors="surrogateescape", check=False
    )


def test_a_folder_whose_name_is_no_text_is_worked_in_and_named(tmp_path):
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    (folder / "a.png").write_bytes(png(40, 20))
    done = run("package", folder, "--out", folder / "p.zip")
    assert (done.returncode, done.stdout.strip()) == (0, rf"1 pages written to {tmp_path}/caf\udce9/p.zip")
    told = json.loads(run("runs", "list", folder, "--json").stdout)
    assert told == {"runs": []}
    unpacked = run("unpack", folder / "p.zip", "--into", tmp_path / "there", "--json")
    assert unpacked.returncode == 0, unpacked.stderr
    assert json.loads(unpacked.stdout)


def test_what_the_system_refuses_is_told_in_a_sentence():
    name = 300 * "a"
    done = run("stats", name)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"ocrstudio: {Path(name).absolute()} cannot be used: File name too long. "
        "Check the path and the drive, then try again."
    )


def test_output_that_cannot_be_written_is_told_in_a_sentence(tmp_path):
    with Path("/dev/full").open("w") as full:
        done = run("runs", "list", tmp_path, "--json", stdout=full)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "ocrstudio: The output could not be written: No space left on device. "
        "Free some space, or send the output elsewhere."
    )
