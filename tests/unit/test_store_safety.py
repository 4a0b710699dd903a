"""Nothing confirmed is ever lost: kills, full disks, read-only folders, other programs."""

import contextlib
import errno
import io
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from small_projects import box, line, make_folder

from ocrstudio.core.errors import ProjectError
from ocrstudio.core.page import PageState
from ocrstudio.formats import atomic, project_lock
from ocrstudio.formats.journal import Journal, read_journal
from ocrstudio.formats.store import LabelFileChanged, ProjectStore


def texts(store, key):
    return [one.text for one in store.page(key).boxes]


def edit(store, key, *words, state=PageState.EDITED):
    store.put(replace(store.page(key), boxes=tuple(box(word) for word in words), state=state))


EDITOR = textwrap.dedent(
    """
    import sys
    from dataclasses import replace
    from pathlib import Path
    from ocrstudio.core.page import Box, PageState
    from ocrstudio.formats.store import ProjectStore

    folder, save_every = Path(sys.argv[1]), int(sys.argv[2])
    store = ProjectStore.open(folder)
    for number in range(1_000_000):
        key = store.keys[number % len(store.keys)]
        drawn = Box(((1, 2), (31, 2), (31, 12), (1, 12)), f"edit {number}", touched=True)
        store.put(replace(store.page(key), boxes=(drawn,), state=PageState.CHECKED))
        sys.stdout.write(f"{key}\\t{number}\\n")
        sys.stdout.flush()
        if number % save_every == save_every - 1:
            store.save()
    """
)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
@pytest.mark.parametrize(("save_every", "edits"), [(10_000, 100), (3, 20), (1, 8), (2, 31), (5, 44)])
def test_a_killed_process_loses_no_confirmed_edit(tmp_path, save_every, edits):
    folder = make_folder(tmp_path, names=tuple(f"p{n}.png" for n in range(7)))
    child = subprocess.Popen(
        [sys.executable, "-c", EDITOR, str(folder), str(save_every)], stdout=subprocess.PIPE, text=True
    )
    first = "".join(child.stdout.readline() for _ in range(edits))
    child.send_signal(signal.SIGKILL)
    confirmed = dict(
        line.split("\t") for line in (first + child.communicate()[0]).splitlines() if line.count("\t") == 1
    )
    assert len(confirmed) == 7
    store = ProjectStore.open(folder)
    lost = {}
    for key, number in confirmed.items():
        found = int(store.page(key).boxes[0].text.removeprefix("edit "))
        if found < int(number):  # the last edit may be on disk without its confirmation having been read
            lost[key] = (number, found)
    assert lost == {}
    assert all(store.state(key) is PageState.CHECKED for key in confirmed)


def test_replaying_the_journal_twice_changes_nothing(tmp_path):
    folder = make_folder(tmp_path)
    store = ProjectStore.open(folder)
    edit(store, "pages/p1.png", "a", "b")
    edit(store, "pages/p1.png", "b")
    edit(store, "pages/p2.png", "c", state=PageState.CHECKED)
    store.close()
    journal = (folder / ".ocrstudio" / "journal.jsonl").read_bytes()
    again = ProjectStore.open(folder)
    assert again.dirty
    again.save()
    saved = {name: (folder / name).read_bytes() for name in ("Label.txt", "Cache.cach", "fileState.txt")}
    again.close()
    (folder / ".ocrstudio" / "journal.jsonl").write_bytes(journal)  # as if killed before the journal was emptied
    third = ProjectStore.open(folder)
    assert texts(third, "pages/p1.png") == ["b"]
    assert third.problems == []
    third.save()
    third.close()
    assert {name: (folder / name).read_bytes() for name in saved} == saved
    assert (folder / ".ocrstudio" / "journal.jsonl").read_bytes() == b""
    assert not (folder / ".ocrstudio" / "rejected_lines.txt").exists()


@pytest.mark.parametrize("cut", [1, 10, 60, -1, -2])
def test_an_edit_cut_in_the_middle_is_reported_and_the_others_are_kept(tmp_path, cut):
    folder = make_folder(tmp_path)
    store = ProjectStore.open(folder)
    edit(store, "pages/p1.png", "whole")
    size = (folder / ".ocrstudio" / "journal.jsonl").stat().st_size
    edit(store, "pages/p2.png", "half")
    store.close()
    path = folder / ".ocrstudio" / "journal.jsonl"
    data = path.read_bytes()
    half = data[: size + cut] if cut > 0 else data[:cut]
    path.write_bytes(half)
    again = ProjectStore.open(folder)
    assert texts(again, "pages/p1.png") == ["whole"]
    if cut == -1:  # only the line end is missing: the edit itself is whole
        assert texts(again, "pages/p2.png") == ["half"]
        assert again.problems == []
    else:
        assert texts(again, "pages/p2.png") == []
        assert "ended while it wrote" in str(again.problems[0])
    edit(again, "pages/p3.png", "next")
    again.close()
    third = ProjectStore.open(folder)
    assert texts(third, "pages/p3.png") == ["next"], "the next edit must not be glued to the half one"
    third.save()
    third.close()
    rejected = folder / ".ocrstudio" / "rejected_lines.txt"
    assert rejected.exists() == (cut != -1)


def test_foreign_journal_lines_are_kept_elsewhere_and_orphaned_ones_stay_when_the_journal_is_emptied(tmp_path):
    folder = make_folder(tmp_path)
    (folder / ".ocrstudio").mkdir()
    lines = [
        b'{"v":99,"page":"pages/p1.png","future":true}',
        b'{"v":1,"page":"pages/deleted.png","state":"edited","boxes":[]}',
        b'{"v":1,"page":"pages/p1.png","state":"no such state","boxes":[]}',
        b'{"v":1,"page":"pages/p2.png","state":"edited","boxes":[{"points":"x"}]}',
        b"[]",
    ]
    (folder / ".ocrstudio" / "journal.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    store = ProjectStore.open(folder)
    assert len(store.problems) == 5
    store.save()
    store.close()
    kept = (folder / ".ocrstudio" / "rejected_lines.txt").read_bytes()
    waiting = lines.pop(1)
    assert all(line.replace(b", ", b",") in kept for line in lines)
    assert (folder / ".ocrstudio" / "journal.jsonl").read_bytes() == waiting + b"\n"


@pytest.mark.parametrize("meanwhile", ["nothing", "saved", "saved and edited during it"])
def test_unsaved_edits_of_images_that_are_away_come_back_with_them(tmp_path, meanwhile):
    folder = make_folder(tmp_path, label=line("pages/p1.png", "old"))
    store = ProjectStore.open(folder)
    edit(store, "pages/p1.png", "mine")
    store.close()
    (folder / "p1.png").rename(tmp_path / "away.png")
    without = ProjectStore.open(folder)
    assert any("no image pages/p1.png" in str(problem) for problem in without.problems)
    assert not without.dirty
    if meanwhile != "nothing":
        for text in ("x", "y"):
            edit(without, "pages/p2.png", text)
            pending = without.begin_save()
            pending.write()
            if meanwhile != "saved":
                edit(without, "pages/p3.png", text)
            without.finish_save(pending)
    without.close()
    (tmp_path / "away.png").rename(folder / "p1.png")
    again = ProjectStore.open(folder)
    assert texts(again, "pages/p1.png") == ["mine"]
    again.save()
    again.close()
    assert (folder / ".ocrstudio" / "journal.jsonl").read_bytes() == b""
    assert "mine" in (folder / "Label.txt").read_text()
    assert not (folder / ".ocrstudio" / "rejected_lines.txt").exists()


def test_what_another_window_saved_is_not_replayed_over_its_later_edits(tmp_path):
    folder = make_folder(tmp_path)
    killed = ProjectStore.open(folder)
    edit(killed, "pages/p1.png", "before the crash")
    killed.close()
    one, other = ProjectStore.open(folder), ProjectStore.open(folder)
    one.save()
    edit(one, "pages/p1.png", "newer")
    one.save()
    one.close()
    edit(other, "pages/p2.png", "of the other window")
    with pytest.raises(LabelFileChanged):
        other.save()
    assert other.take_over(other.read_again()) == []
    other.save()
    other.close()
    again = ProjectStore.open(folder)
    assert [texts(again, key) for key in again.keys] == [["newer"], ["of the other window"], []]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_an_edit_that_cannot_be_written_changes_nothing_in_memory_or_on_disk(tmp_path, monkeypatch, number):
    folder = make_folder(tmp_path)
    store = ProjectStore.open(folder)
    edit(store, "pages/p1.png", "before")
    path = folder / ".ocrstudio" / "journal.jsonl"
    before = path.read_bytes()
    real = os.write
    left = [40]

    def full(descriptor, data):
        if left[0] <= 0:
            raise OSError(number, os.strerror(number))
        written = real(descriptor, bytes(data)[: left[0]])
        left[0] -= written
        return written

    monkeypatch.setattr(atomic.os, "write", full)
    with pytest.raises(ProjectError, match=r"journal\.jsonl"):
        edit(store, "pages/p1.png", "after")
    monkeypatch.undo()
    assert texts(store, "pages/p1.png") == ["before"]
    assert path.read_bytes() == before
    edit(store, "pages/p1.png", "later")
    store.close()
    assert texts(ProjectStore.open(folder), "pages/p1.png") == ["later"]


@pytest.mark.parametrize("failing", ["write", "replace", "fsync"])
@pytest.mark.parametrize("nth", [1, 2, 3, 4])
def test_a_full_disk_during_save_loses_nothing_and_a_later_save_succeeds(tmp_path, monkeypatch, failing, nth):
    before = line("pages/p1.png", "old") + line("pages/p2.png", "kept")
    folder = make_folder(tmp_path, label=before, states="pages/p1.png\t1\npages/p2.png\t1\n")
    store = ProjectStore.open(folder)
    edit(store, "pages/p1.png", "new")
    edit(store, "pages/p3.png", "added", state=PageState.CHECKED)
    real = getattr(os, failing)
    calls = []

    def fail(*arguments):
        calls.append(arguments)
        if len(calls) >= nth:
            raise OSError(errno.ENOSPC, "full")
        return real(*arguments)

    monkeypatch.setattr(atomic.os, failing, fail)
    with contextlib.suppress(ProjectError):  # with enough calls left the save succeeds
        store.save()
    monkeypatch.undo()
    for name in ("Label.txt", "Cache.cach", "fileState.txt"):
        path = folder / name
        assert not path.exists() or path.read_bytes().endswith((b"\n", b"")), "no file is cut"
    killed = ProjectStore.open(folder)
    assert texts(killed, "pages/p1.png") == ["new"]
    assert texts(killed, "pages/p2.png") == ["kept"]
    assert texts(killed, "pages/p3.png") == ["added"]
    store.save()
    store.close()
    expected = line("pages/p1.png", "new") + line("pages/p2.png", "kept") + line("pages/p3.png", "added")
    assert (folder / "Label.txt").read_text() == expected
    assert not ProjectStore.open(folder).dirty


def test_a_really_full_disk_loses_nothing(tmp_path):
    """On a small memory file system of its own, where the system allows to make one."""
    mount = tmp_path / "small disk"
    mount.mkdir()
    if shutil.which("mount") is None:
        pytest.skip("this system has no mount command")
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(mount)]
    made = subprocess.run(command, capture_output=True, check=False)
    if made.returncode != 0:
        pytest.skip("no permission to mount a small file system here")
    try:
        folder = make_folder(mount)
        store = ProjectStore.open(folder)
        edit(store, "pages/p1.png", "first")
        store.save()
        filler = mount / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)
        with contextlib.suppress(ProjectError):  # what room is left in the journal's last block
            for _ in range(100):
                edit(store, "pages/p1.png", "x" * 3000)
        confirmed = texts(store, "pages/p1.png")
        with pytest.raises(ProjectError, match="disk is full"):
            edit(store, "pages/p2.png", "x" * 9000)
        assert texts(ProjectStore.open(folder), "pages/p1.png") == confirmed
        filler.unlink()
        edit(store, "pages/p2.png", "there is room again")
        store.save()
        store.close()
        assert texts(ProjectStore.open(folder), "pages/p2.png") == ["there is room again"]
    finally:
        subprocess.run(["umount", str(mount)], check=True)


def test_a_read_only_folder_can_be_looked_at_and_says_so_when_edited(tmp_path, monkeypatch):
    folder = make_folder(tmp_path, label=line("pages/p1.png", "a"))
    monkeypatch.setattr(os, "access", lambda *_: False)
    store = ProjectStore.open(folder)
    assert store.read_only
    assert texts(store, "pages/p1.png") == ["a"]
    with pytest.raises(ProjectError, match=r"read-only.*Copy the folder"):
        edit(store, "pages/p1.png", "b")
    assert texts(store, "pages/p1.png") == ["a"]
    assert sorted(path.name for path in folder.iterdir()) == ["Label.txt", "p1.png", "p2.png", "p3.png"]


@pytest.mark.parametrize("name", ["Label.txt", "fileState.txt", "Cache.cach"])
def test_a_file_changed_by_another_program_is_not_overwritten(tmp_path, name):
    folder = make_folder(tmp_path, label=line("pages/p1.png", "a"), states="pages/p1.png\t1\n", cache="")
    store = ProjectStore.open(folder)
    edit(store, "pages/p2.png", "ours")
    (folder / name).write_text("pages/p3.png\t[]\n")
    with pytest.raises(LabelFileChanged, match=name):
        store.save()
    assert (folder / name).read_text() == "pages/p3.png\t[]\n"
    assert store.dirty
    store.close()


@pytest.mark.parametrize("name", ["Label.txt", "fileState.txt", "Cache.cach"])
def test_a_file_changed_while_its_successor_is_written_is_not_overwritten(tmp_path, monkeypatch, name):
    folder = make_folder(tmp_path, label=line("pages/p3.png", "old"), states="", cache="")
    store = ProjectStore.open(folder)
    edit(store, "pages/p2.png", "ours")
    edit(store, "pages/p1.png", "checked", state=PageState.CHECKED)
    write = atomic._write_temporary

    def write_slowly(path, *rest):
        if name in path.name:
            (folder / name).write_text(line("pages/p3.png", "theirs, at the last moment"))
        return write(path, *rest)

    monkeypatch.setattr(atomic, "_write_temporary", write_slowly)
    with pytest.raises(LabelFileChanged, match=name):
        store.save()
    monkeypatch.undo()
    assert not list(folder.glob(".*.tmp"))
    store.take_over(store.read_again())
    store.save()
    store.close()
    assert "theirs" in (folder / name).read_text() or "theirs" in (folder / "Label.txt").read_text()
    assert texts(ProjectStore.open(folder), "pages/p2.png") == ["ours"]


def test_a_file_changed_just_after_it_was_replaced_is_noticed_by_the_next_save(tmp_path, monkeypatch):
    folder = make_folder(tmp_path, label=line("pages/p3.png", "old"))
    store = ProjectStore.open(folder)
    edit(store, "pages/p2.png", "ours")
    replace_file = atomic.replace_file

    def replace_and_lose(source, target):
        replace_file(source, target)
        if target.name == "Label.txt":
            target.write_text(line("pages/p3.png", "theirs"))

    monkeypatch.setattr(atomic, "replace_file", replace_and_lose)
    store.save()
    monkeypatch.undo()
    edit(store, "pages/p1.png", "ours too")
    with pytest.raises(LabelFileChanged):
        store.save()
    store.close()


class _Changing(io.FileIO):
    """A file that another program writes just after it was read."""

    def read(self, *size):
        data = super().read(*size)
        Path(self.name).write_bytes(line("pages/p3.png", "theirs").encode())
        return data


def test_a_file_changed_while_it_is_read_is_noticed_by_the_next_save(tmp_path, monkeypatch):
    folder = make_folder(tmp_path, label=line("pages/p3.png", "old"))
    opened = Path.open

    def open_file(path, mode="r", **rest):
        return _Changing(path) if (path.name, mode) == ("Label.txt", "rb") else opened(path, mode, **rest)

    monkeypatch.setattr(Path, "open", open_file)
    store = ProjectStore.open(folder)
    monkeypatch.undo()
    edit(store, "pages/p2.png", "ours")
    with pytest.raises(LabelFileChanged):
        store.save()
    store.close()


def test_a_file_that_was_only_touched_counts_as_unchanged(tmp_path):
    folder = make_folder(tmp_path, label=line("pages/p1.png", "a"))
    store = ProjectStore.open(folder)
    edit(store, "pages/p2.png", "ours")
    os.utime(folder / "Label.txt", (1, 1))
    store.save()
    store.close()
    assert (folder / "Label.txt").read_text() == line("pages/p1.png", "a") + line("pages/p2.png", "ours")


def test_merging_takes_their_pages_and_keeps_ours(tmp_path):
    folder = make_folder(
        tmp_path, label=line("pages/p1.png", "1") + line("pages/p2.png", "2") + line("pages/p3.png", "3")
    )
    store = ProjectStore.open(folder)
    assert texts(store, "pages/p3.png") == ["3"]
    edit(store, "pages/p1.png", "ours 1")
    edit(store, "pages/p2.png", "ours 2")
    theirs = line("pages/p2.png", "theirs 2") + line("pages/p1.png", "1") + line("pages/p3.png", "theirs 3")
    (folder / "Label.txt").write_text(theirs)
    (folder / "fileState.txt").write_text("pages/p3.png\t1\n")
    with pytest.raises(LabelFileChanged):
        store.save()
    assert store.take_over(store.read_again()) == ["pages/p2.png"]
    assert texts(store, "pages/p3.png") == ["theirs 3"]
    assert store.state("pages/p3.png") is PageState.CHECKED
    store.save()
    store.close()
    expected = line("pages/p2.png", "ours 2") + line("pages/p1.png", "ours 1") + line("pages/p3.png", "theirs 3")
    assert (folder / "Label.txt").read_text() == expected
    assert (folder / ".ocrstudio" / "rejected_lines.txt").read_text() == line("pages/p2.png", "theirs 2")


def test_a_page_that_another_program_edited_after_a_crash_keeps_both_versions(tmp_path):
    folder = make_folder(tmp_path, label=line("pages/p1.png", "start"))
    store = ProjectStore.open(folder)
    edit(store, "pages/p1.png", "ours")
    store.close()
    (folder / "Label.txt").write_text(line("pages/p1.png", "theirs"))
    again = ProjectStore.open(folder)
    assert texts(again, "pages/p1.png") == ["ours"]
    assert "Another program changed pages/p1.png" in str(again.problems[0])
    again.save()
    again.close()
    assert (folder / "Label.txt").read_text() == line("pages/p1.png", "ours")
    assert (folder / ".ocrstudio" / "rejected_lines.txt").read_text() == line("pages/p1.png", "theirs")


def test_a_journal_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "journal.jsonl").mkdir()
    with pytest.raises(ProjectError, match=r"journal\.jsonl"):
        read_journal(tmp_path / "journal.jsonl")
    with pytest.raises(ProjectError, match=r"journal\.jsonl"):
        Journal(tmp_path / "journal.jsonl").append({"page": "a"})


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_drive_that_has_no_locks_can_be_worked_on(tmp_path, monkeypatch, number):
    def refuse(_descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(project_lock, "_lock", refuse)
    folder = make_folder(tmp_path)
    store = ProjectStore.open(folder)
    edit(store, "pages/p1.png", "kept")
    store.save()
    store.close()
    assert texts(ProjectStore.open(folder), "pages/p1.png") == ["kept"]


@pytest.mark.skipif(os.name == "nt", reason="open files cannot be deleted there")
def test_edits_are_safe_although_somebody_deletes_our_own_folder_meanwhile(tmp_path):
    folder = make_folder(tmp_path)
    store = ProjectStore.open(folder)
    edit(store, "pages/p1.png", "before")
    shutil.rmtree(folder / ".ocrstudio")
    edit(store, "pages/p2.png", "after")
    assert texts(ProjectStore.open(folder), "pages/p2.png") == ["after"], "a kill would lose nothing more"
    shutil.rmtree(folder / ".ocrstudio")
    store.save()
    store.close()
    again = ProjectStore.open(folder)
    assert [texts(again, key) for key in again.keys] == [["before"], ["after"], []]
