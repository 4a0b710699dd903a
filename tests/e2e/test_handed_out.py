"""What is handed out, without anything of the checkout: the .deb, the tarball and the wheel.

The first two are made by `installer/bundle/build.sh`; `OCRSTUDIO_HANDED_OUT` names the folder that it filled.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ocrstudio.protocol import messages

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "resources" / "samples" / "page_01.jpg"
WAIT_S = 120


def handed_out() -> Path:
    folder = os.environ.get("OCRSTUDIO_HANDED_OUT", "")
    if not folder:
        pytest.skip("OCRSTUDIO_HANDED_OUT names no folder that installer/bundle/build.sh has filled")
    return Path(folder)


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The root of a system into which the .deb was unpacked."""
    (package,) = handed_out().glob("ocrstudio_*.deb")
    root = tmp_path_factory.mktemp("root of Zoë 文")
    subprocess.run(["dpkg-deb", "-x", str(package), str(root)], check=True)
    return root


def bare(home: Path) -> dict[str, str]:
    """An environment without Python, for a user who has never started the program."""
    home.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("DISPLAY", "XAUTHORITY") if name in os.environ}
    screen = {} if "DISPLAY" in kept else {"QT_QPA_PLATFORM": "offscreen"}
    return {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **kept, **screen}


def answer(program: Path, home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, *arguments],
        env={**bare(home), **more},
        cwd=home,
        capture_output=True,
        encoding="utf-8",
        timeout=WAIT_S,
        check=True,
    )


def test_the_deb_shows_the_window_and_reads_a_picture(installed, tmp_path):
    program = installed / "opt/ocrstudio/ocrstudio"
    home = tmp_path / "home of Zoë 文"
    shown = answer(program, home, OCRSTUDIO_STARTUP_PROBE="1")
    assert re.search(r"painted after [\d.]+ s; \d+ MB; runtimes loaded: none", shown.stderr), shown.stderr
    read = json.loads(answer(program, home, "recognize", str(SAMPLE), "--json").stdout)
    truth = (ROOT / "resources/samples/ground_truth.txt").read_text(encoding="utf-8").splitlines()[0]
    wanted = {box["transcription"] for box in json.loads(truth.split("\t")[1])}
    assert len(wanted & {line["text"] for line in read["pages"][0]["lines"]}) >= 3
    assert not (home / ".cache/Microsoft").exists(), "ONNX Runtime made an identifier to send usage data with"
    doctor = {check["id"]: check for check in json.loads(answer(program, home, "doctor", "--json").stdout)["checks"]}
    assert doctor["models"]["status"] == "ok"
    assert doctor["paddle"]["status"] == "warning", "Paddle is no part of it"


def test_the_engine_of_the_deb_answers_as_a_child_does(installed, tmp_path):
    program = installed / "opt/ocrstudio/ocrstudio"
    asked = messages.encode(messages.RecognizePage(id=7, image=str(SAMPLE)))
    child = subprocess.Popen(
        [program, "-m", "ocrstudio", "engine", "recognize"],
        env=bare(tmp_path / "home"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    with child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(asked)
        child.stdin.flush()
        told = next(message for line in child.stdout if isinstance(message := messages.decode(line), messages.PageRead))
        child.stdin.close()
        child.stdout.read()
    assert told.id == 7
    assert told.lines
    assert child.returncode == 0


def test_the_bundle_stands_in_for_the_interpreter(installed, tmp_path):
    program, home = installed / "opt/ocrstudio/ocrstudio", tmp_path / "home"
    assert answer(program, home, "-I", "-S", "-c", "import sys; print(sys.argv[1:])", "a b").stdout == "['a b']\n"
    script = tmp_path / "script.py"
    script.write_text("import helper; print(helper.WORD)")
    (tmp_path / "helper.py").write_text("WORD = 'beside'")
    assert answer(program, home, "-u", str(script)).stdout == "beside\n"
    assert answer(program, home, "-X", "utf8", "-W", "error", "-c", "print('options')").stdout == "options\n"
    # which pip writes for every command that a package brings, on Windows
    starter = (
        "from pip._vendor.distlib.resources import finder; print(finder('pip._vendor.distlib').find('t64.exe').size)"
    )
    assert int(answer(program, home, "-c", starter).stdout) > 10_000


def a_wheel(folder: Path, version: str) -> Path:
    """A package `added` that says its version."""
    file = folder / f"added-{version}-py3-none-any.whl"
    about = f"added-{version}.dist-info"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("added/__init__.py", f"VERSION = {version!r}\n")
        archive.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: added\nVersion: {version}\n")
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", "")
    return file


def test_what_pip_adds_to_the_bundle_replaces_what_it_added_before(installed, tmp_path):
    """The process that asked for it sees it without a restart, as the doctor must."""
    program, home = installed / "opt/ocrstudio/ocrstudio", tmp_path / "home"
    ask = """if True:
        import subprocess, sys
        from importlib import metadata
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-index", sys.argv[1]], check=True)
        print(metadata.version("added"), flush=True)
        subprocess.run([sys.executable, "-c", "import added; print(added.VERSION)"], check=True)
    """
    for version in ("2.0", "1.0"):
        assert answer(program, home, "-c", ask, str(a_wheel(tmp_path, version))).stdout.split() == [version, version]


def test_the_deb_has_its_place_in_the_desktop(installed):
    share = installed / "usr/share"
    assert (installed / "usr/bin/ocrstudio").readlink() == Path("/opt/ocrstudio/ocrstudio")
    entry = (share / "applications/ocrstudio.desktop").read_text(encoding="utf-8")
    assert "Exec=ocrstudio %F" in entry
    assert (share / "icons/hicolor/48x48/apps/ocrstudio.png").is_file()
    assert "@" not in (share / "metainfo/ocrstudio.metainfo.xml").read_text(encoding="utf-8")


def test_the_tarball_runs_where_it_is_unpacked(tmp_path):
    (packed,) = handed_out().glob("ocrstudio-*.tar.*")
    shutil.unpack_archive(packed, tmp_path, filter="data")
    (folder,) = tmp_path.glob("ocrstudio-*")
    assert answer(folder / "ocrstudio", tmp_path / "home", "--version").stdout.startswith("ocrstudio ")
    assert (folder / "LICENSE").is_file()


def test_the_wheel_holds_everything(tmp_path):
    """Installed without the checkout in reach, it has its resources and opens its window."""
    pip = [sys.executable, "-m", "pip"]
    subprocess.run([*pip, "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(ROOT)], check=True, timeout=WAIT_S)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tracked = subprocess.run(
        ["git", "ls-files", "resources"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout.splitlines()
    wanted = {f"ocrstudio/{name}" for name in tracked if not name.startswith("resources/screenshots/")}
    assert wanted <= set(names)
    subprocess.run([*pip, "install", "-q", "--no-deps", "--target", str(tmp_path / "site"), str(wheel)], check=True)
    shown = subprocess.run(
        [sys.executable, "-m", "ocrstudio"],
        env={**bare(tmp_path / "home"), "PYTHONPATH": str(tmp_path / "site"), "OCRSTUDIO_STARTUP_PROBE": "1"},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=WAIT_S,
        check=True,
    )
    assert "painted after" in shown.stderr
