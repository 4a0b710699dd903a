"""Checkouts out of archives and clones."""

import io
import os
import shutil
import stat
import subprocess
import tarfile
import threading
import time
import zipfile

import pytest

from ocrstudio.core.errors import EngineError, FormatError, ProjectError
from ocrstudio.engine.checkout import clone as cloning
from ocrstudio.engine.checkout import unpack as unpacking
from ocrstudio.engine.checkout.clone import clone
from ocrstudio.engine.checkout.unpack import folder_name, is_archive, unpack

TREE = {
    "tools/train.py": b"",
    "tools/eval.py": b"",
    "ppocr/data/__init__.py": b"",
    "configs/rec/a.yml": b"Global: {}\n",
    "VERSION_NUMBER": b"2.8.0\n",
    "doc/\xe5\x9b\xbe.txt".encode("latin1").decode("utf-8"): b"x" * 3000,
}


def make_zip(path, files=TREE, top="PaddleOCR-2.8.0/"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(top + name, content)
    return path


def make_tar(path, files=TREE, top="PaddleOCR-2.8.0/", mode="w:gz"):
    with tarfile.open(path, mode) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(top + name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def content_of(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("ending", ["zip", "tar.gz", "tar.xz", "tar"])
def test_a_release_is_unpacked_to_where_it_is_to_be(tmp_path, ending):
    name = tmp_path / f"PaddleOCR-2.8.0.{ending}"
    modes = {"tar.gz": "w:gz", "tar.xz": "w:xz", "tar": "w"}
    archive = make_zip(name) if ending == "zip" else make_tar(name, mode=modes[ending])
    told = []
    target = tmp_path / "new" / "check outs 图"
    assert is_archive(archive)
    assert folder_name(archive) == "PaddleOCR-2.8.0"
    checkout = unpack(archive, target, lambda *numbers: told.append(numbers))
    assert (checkout.path, checkout.version) == (target, "2.8.0")
    assert content_of(target) == sorted(TREE)
    assert told[-1] == (6, 6)
    assert names(tmp_path / "new") == [target.name]


def test_an_archive_without_a_folder_around_it_is_unpacked_too(tmp_path):
    assert unpack(make_zip(tmp_path / "a.zip", top=""), tmp_path / "c").version == "2.8.0"


@pytest.mark.parametrize(
    "name",
    [
        "../out.txt",
        "a/../../out.txt",
        "/out.txt",
        "C:/out.txt",
        "..\\out.txt",
        "a\\..\\..\\out.txt",
        "x/con.txt",
        "a:b",
    ],
)
@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_nothing_is_written_outside_and_nothing_stays(tmp_path, name, make):
    archive = make(tmp_path / ("a.zip" if make is make_zip else "a.tar.gz"), {**TREE, name: b"out"}, top="")
    with pytest.raises(FormatError, match=r"is not safe to unpack: its entry .* leads out of the folder"):
        unpack(archive, tmp_path / "here" / "c")
    assert names(tmp_path / "here") == []
    assert names(tmp_path) == sorted([archive.name, "here"])


def test_links_and_devices_are_left_out(tmp_path):
    with tarfile.open(make_tar(tmp_path / "a.tar", mode="w"), "a") as archive:
        for name, kind in (
            ("s", tarfile.SYMTYPE),
            ("h", tarfile.LNKTYPE),
            ("p", tarfile.FIFOTYPE),
            ("d", tarfile.CHRTYPE),
        ):
            info = tarfile.TarInfo(f"PaddleOCR-2.8.0/{name}")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    unpack(tmp_path / "a.tar", tmp_path / "c")
    assert content_of(tmp_path / "c") == sorted(TREE)
    link = zipfile.ZipInfo("PaddleOCR-2.8.0/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(make_zip(tmp_path / "a.zip"), "a") as archive:
        archive.writestr(link, "/etc")
    unpack(tmp_path / "a.zip", tmp_path / "z")
    assert content_of(tmp_path / "z") == sorted(TREE)


def test_a_link_that_later_entries_go_through_leads_nowhere(tmp_path):
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        info = tarfile.TarInfo("tools")
        info.type, info.linkname = tarfile.SYMTYPE, str(tmp_path)
        archive.addfile(info)
        for name, content in TREE.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    unpack(tmp_path / "a.tar", tmp_path / "c")
    assert not (tmp_path / "c" / "tools").is_symlink()
    assert not (tmp_path / "train.py").exists()


@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_bombs_are_refused_by_what_comes_out_and_by_their_number(tmp_path, make, monkeypatch):
    archive = make(tmp_path / ("a.zip" if make is make_zip else "a.tar.gz"), {**TREE, "big": bytes(50_000)})
    monkeypatch.setattr(unpacking, "MAX_BYTES", 40_000)
    with pytest.raises(FormatError, match="holds more than"):
        unpack(archive, tmp_path / "c")
    monkeypatch.setattr(unpacking, "MAX_BYTES", 1 << 20)
    monkeypatch.setattr(unpacking, "MAX_FILES", 5)
    with pytest.raises(FormatError, match="holds more than 5 files"):
        unpack(archive, tmp_path / "c")
    assert names(tmp_path) == [archive.name]


def test_an_entry_that_comes_twice_is_refused(tmp_path):
    with tarfile.open(make_tar(tmp_path / "a.tar", mode="w"), "a") as archive:
        archive.addfile(tarfile.TarInfo("PaddleOCR-2.8.0/tools/train.py"))
    with pytest.raises(FormatError, match=r"has the entry PaddleOCR-2\.8\.0/tools/train\.py twice"):
        unpack(tmp_path / "a.tar", tmp_path / "c")


@pytest.mark.parametrize("ending", ["zip", "tar.gz", "tar.xz"])
def test_a_broken_archive_is_named_and_leaves_nothing(tmp_path, ending):
    archive = tmp_path / f"a.{ending}"
    files = {**TREE, "random": os.urandom(60_000)}
    make_zip(archive, files) if ending == "zip" else make_tar(archive, files, mode=f"w:{ending[4:]}")
    whole = archive.read_bytes()
    middle = len(whole) // 2
    for broken in (whole[:middle], whole[:middle] + b"\0" * 50 + whole[middle + 50 :], b"text", b""):
        archive.write_bytes(broken)
        with pytest.raises(FormatError, match=rf"a\.{ending} is no archive that can be unpacked"):
            unpack(archive, tmp_path / "c")
        assert names(tmp_path) == [archive.name]


def test_an_archive_of_something_else_is_no_checkout(tmp_path):
    make_zip(tmp_path / "a.zip", {"readme.txt": b"hello"})
    with pytest.raises(ProjectError, match="is no PaddleOCR checkout"):
        unpack(tmp_path / "a.zip", tmp_path / "c")
    assert names(tmp_path) == ["a.zip"]


def test_what_is_there_already_is_not_overwritten(tmp_path):
    make_zip(tmp_path / "a.zip")
    (tmp_path / "c").mkdir()
    with pytest.raises(ProjectError, match="c exists already"):
        unpack(tmp_path / "a.zip", tmp_path / "c")


def test_unpacking_can_be_called_off(tmp_path):
    make_zip(tmp_path / "a.zip")
    calls = iter([False, False, True])
    with pytest.raises(EngineError, match="Stopped; nothing was kept"):
        unpack(tmp_path / "a.zip", tmp_path / "c", cancelled=lambda: next(calls))
    assert names(tmp_path) == ["a.zip"]


@pytest.fixture
def repository(tmp_path):
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    root = tmp_path / "origin"
    for name, content in TREE.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), (*identity, "commit", "-qm", "all"), ("tag", "v2.8.0")):
        subprocess.run(["git", *words], cwd=root, check=True)
    return root


def test_a_tag_is_cloned(tmp_path, repository):
    told = []
    checkout = clone(tmp_path / "c", url=repository.as_uri(), tag="v2.8.0", progress=lambda *one: told.append(one))
    assert (checkout.path, checkout.version) == (tmp_path / "c", "2.8.0")
    assert told[-1] == (100, 100)
    assert names(tmp_path) == ["c", "origin"]


def test_clones_that_fail_are_explained_and_leave_nothing(tmp_path, repository):
    with pytest.raises(EngineError, match=r"has no tag or branch v9\. Choose one"):
        clone(tmp_path / "c", url=repository.as_uri(), tag="v9")
    with pytest.raises(EngineError, match=r"127\.0\.0\.1.* cannot be reached \(.*Check the network"):
        clone(tmp_path / "c", url="http://127.0.0.1:9/x.git", tag="v1")
    with pytest.raises(EngineError, match="could not be cloned"):
        clone(tmp_path / "c", url=str(tmp_path / "nowhere"), tag="v1")
    with pytest.raises(EngineError, match="could not be cloned"):
        clone(tmp_path / "c", url="ext::sh -c touch% " + str(tmp_path / "run"), tag="v1")
    with pytest.raises(EngineError, match="could not be cloned"):
        clone(tmp_path / "c", url="--upload-pack=touch " + str(tmp_path / "run"), tag="v1")
    assert names(tmp_path) == ["origin"]


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for git")
def test_cloning_can_be_called_off(tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "git"
    script.write_text(
        f"#!/bin/sh\necho 'Receiving objects:  45% (9/20)' >&2\nsleep 60 & echo $! > {tmp_path}/pid\nwait\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    begun = threading.Event()
    started = time.monotonic()
    with pytest.raises(EngineError, match="Stopped"):
        clone(
            tmp_path / "c",
            progress=lambda *_: begun.set(),
            cancelled=lambda: begun.is_set() and (tmp_path / "pid").exists(),
        )
    assert time.monotonic() - started < 20
    sleeper = int((tmp_path / "pid").read_text() or 0)
    deadline = time.monotonic() + 30
    while sleeper and _runs(sleeper) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(sleeper)
    assert not (tmp_path / "c").exists()


def _runs(process):
    import psutil

    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_without_git_there_is_the_archive(tmp_path, monkeypatch):
    monkeypatch.setattr(cloning.shutil, "which", lambda _: None)
    with pytest.raises(EngineError, match=r"git is not installed.*download PaddleOCR's source code as \.zip"):
        clone(tmp_path / "c")
