"""Project packages: out to a colleague, back, merged; and files that only claim to be one."""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import command_line
from small_projects import make_folder

from ocrstudio.core.errors import FormatError, ProjectError
from ocrstudio.core.page import Box, PageState
from ocrstudio.formats.package import read_package, unpack, write_package
from ocrstudio.formats.store import ProjectStore

QUAD = ((5.0, 5.0), (45.0, 5.0), (45.0, 20.0), (5.0, 20.0))


def line(text: str) -> Box:
    return Box(QUAD, text, touched=True)


def put(folder: Path, file: str, *boxes: Box, state: PageState = PageState.CHECKED) -> None:
    store = ProjectStore.open(folder)
    key = next(key for key in store.keys if store.page(key).file == file)
    store.put(replace(store.page(key), boxes=boxes, state=state))
    store.save()
    store.close()


def merged(*arguments: object) -> dict:
    """The answer of `ocrstudio merge`."""
    done = command_line("merge", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def packed(folder: Path, out: Path, **options) -> int:
    store = ProjectStore.open(folder)
    try:
        return write_package([store.page(key) for key in store.keys], store.folder, out, **options)
    finally:
        store.close()


def test_out_to_a_colleague_and_back(image_folder, tmp_path):
    here = image_folder(3)
    put(here, "page0.png", line("one"))
    put(here, "page1.png", line("two"))
    assert packed(here, tmp_path / "out.zip", annotator="Ann") == 3
    there = tmp_path / "at Bob's"
    unpack(tmp_path / "out.zip", there).close()
    assert (there / "page2.png").read_bytes() == (here / "page2.png").read_bytes()
    put(there, "page0.png", line("uno"))
    put(there, "page2.png", line("three"))
    packed(there, tmp_path / "back.zip", annotator="Bob", images=False)
    put(here, "page1.png", line("TWO"))
    answer = merged(tmp_path / "back.zip", "--into", here)
    assert (answer["pages"], answer["conflicts"]) == (2, [])
    store = ProjectStore.open(here)
    found = {(page := store.page(key)).file: (page.boxes[0].text, page.state) for key in store.keys}
    store.close()
    assert found == {
        "page0.png": ("uno", PageState.CHECKED),
        "page1.png": ("TWO", PageState.CHECKED),
        "page2.png": ("three", PageState.CHECKED),
    }


def test_what_both_changed_waits_for_a_decision(image_folder, tmp_path):
    here = image_folder(1)
    put(here, "page0.png", line("one"))
    packed(here, tmp_path / "out.zip")
    there = tmp_path / "there"
    unpack(tmp_path / "out.zip", there).close()
    put(here, "page0.png", line("ONE"))
    put(there, "page0.png", line("0ne"))
    first = merged(there, "--into", here, "--dry-run")
    assert first["conflicts"] == [{"file": "page0.png", "kind": "text", "ours": "ONE", "theirs": "0ne"}]
    assert first["agreement"]["cer"] == pytest.approx(3 / 3)
    assert "ONE" in (here / "Label.txt").read_text(encoding="utf-8")
    merged(there, "--into", here, "--conflicts", "theirs")
    assert "0ne" in (here / "Label.txt").read_text(encoding="utf-8")


def test_a_package_never_writes_outside_its_folder(image_folder, tmp_path):
    here = image_folder(1)
    packed(here, tmp_path / "good.zip")
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(tmp_path / "good.zip") as good, zipfile.ZipFile(bad, "w") as target:
        for name in good.namelist():
            target.writestr(name, good.read(name))
        for name in ("images/../evil.png", "images//tmp/evil.png", "images/.ssh/evil.png", "images/a\\evil.png"):
            target.writestr(name, b"x")
    assert read_package(bad).images == ("page0.png",)
    unpack(bad, tmp_path / "there").close()
    assert not list(tmp_path.rglob("evil.png"))


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all", b"PK\x03\x04" + bytes(100)])
def test_a_file_that_is_no_package(tmp_path, content):
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=r"a\.zip is not a project package"):
        read_package(path)


@pytest.mark.parametrize("manifest", ["[]", "{}", "{", '{"version": "1"}'])
def test_a_zip_without_a_usable_manifest(tmp_path, manifest):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("manifest.json", manifest)
    with pytest.raises(FormatError):
        read_package(tmp_path / "a.zip")


def test_a_newer_package_is_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("manifest.json", '{"version": 99}')
    with pytest.raises(FormatError, match="newer version"):
        read_package(tmp_path / "a.zip")


def test_broken_lines_are_left_out_and_named(image_folder, tmp_path):
    here = image_folder(2)
    put(here, "page0.png", line("one"))
    packed(here, tmp_path / "good.zip")
    with zipfile.ZipFile(tmp_path / "good.zip") as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in good.namelist():
            extra = b'{"file": "../x.png", "boxes": [], "state": "new"}\n{half\n' if name == "pages.jsonl" else b""
            bad.writestr(name, good.read(name) + extra)
    package = read_package(tmp_path / "bad.zip")
    assert package.pages["page0.png"].boxes[0].text == "one"
    assert package.faults == (("pages.jsonl", 3), ("pages.jsonl", 4))


def test_a_cut_package_is_no_package(image_folder, tmp_path):
    packed(image_folder(2), tmp_path / "good.zip")
    data = (tmp_path / "good.zip").read_bytes()
    for part in (0.1, 0.5, 0.9):
        (tmp_path / "cut.zip").write_bytes(data[: int(len(data) * part)])
        with pytest.raises(FormatError):
            read_package(tmp_path / "cut.zip")


def test_a_picture_that_is_gone_leaves_the_old_package(image_folder, tmp_path):
    here = image_folder(2)
    out = tmp_path / "out.zip"
    out.write_bytes(b"the old one")
    store = ProjectStore.open(here)
    pages = [store.page(key) for key in store.keys]
    store.close()
    (here / "page1.png").unlink()
    with pytest.raises(ProjectError, match=r"page1\.png"):
        write_package(pages, here, out)
    assert out.read_bytes() == b"the old one"
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_nothing_is_unpacked_over_files_of_the_user(image_folder, tmp_path):
    packed(image_folder(1), tmp_path / "out.zip")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ProjectError, match="not empty"):
        unpack(tmp_path / "out.zip", tmp_path / "there")


def test_a_picture_from_before_1980_goes_along(tmp_path):
    folder = make_folder(tmp_path, folder="old")
    os.utime(folder / "p1.png", (0, 0))
    store = ProjectStore.open(folder)
    write_package([store.page(key) for key in store.keys], folder, tmp_path / "out.zip")
    assert read_package(tmp_path / "out.zip").images == ("p1.png", "p2.png", "p3.png")
