"""Atomic writes: the earlier file survives everything."""

import errno
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from ocrstudio.core.errors import ProjectError
from ocrstudio.formats import atomic


def test_text_is_written_as_utf8_without_changing_line_ends(tmp_path):
    path = tmp_path / "Ⅻ 页.txt"
    atomic.write_atomic(path, "Ⅻ\r\n页\n")
    assert path.read_bytes() == "Ⅻ\r\n页\n".encode()


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "permission"), (errno.EIO, "I/O")],
)
def test_a_failed_write_keeps_the_earlier_file_and_names_file_and_reason(tmp_path, monkeypatch, call, number, words):
    path = tmp_path / "Label.txt"
    path.write_text("before")

    def fail(*_):
        raise OSError(number, os.strerror(number).replace("Input/output", "I/O"))

    # pathlib keeps its own os.replace on Python 3.10
    monkeypatch.setattr(atomic.Path if call == "replace" else atomic.os, call, fail)
    with pytest.raises(ProjectError) as caught:
        atomic.write_atomic(path, "after")
    monkeypatch.undo()
    assert str(path) in str(caught.value)
    assert words in str(caught.value)
    assert path.read_text() == "before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["Label.txt"]


def test_a_disk_that_fills_half_way_through_keeps_the_earlier_file(tmp_path, monkeypatch):
    path = tmp_path / "Label.txt"
    path.write_text("before")
    real = os.write
    left = [5]

    def short(descriptor, data):
        if left[0] == 0:
            raise OSError(errno.ENOSPC, "full")
        written = real(descriptor, bytes(data)[: left[0]])
        left[0] -= written
        return written

    monkeypatch.setattr(atomic.os, "write", short)
    with pytest.raises(ProjectError):
        atomic.write_atomic(path, "a longer text than five")
    assert path.read_text() == "before"


def test_a_write_that_the_system_cuts_into_pieces_is_completed(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(atomic.os, "write", lambda descriptor, data: real(descriptor, bytes(data)[:3]))
    atomic.write_atomic(tmp_path / "f", "0123456789")
    assert (tmp_path / "f").read_text() == "0123456789"


@pytest.mark.skipif(os.name != "posix", reason="symbolic links and modes are POSIX here")
def test_a_symbolic_link_stays_one_and_modes_are_kept(tmp_path):
    target = tmp_path / "real.txt"
    target.write_text("before")
    target.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    atomic.write_atomic(link, "after")
    assert link.is_symlink()
    assert target.read_text() == "after"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(ProjectError, match="nowhere"):
        atomic.write_atomic(tmp_path / "nowhere" / "f", "x")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(ProjectError, match=r"missing\.txt could not be read"):
        atomic.read_bytes(tmp_path / "missing.txt")


def test_a_file_that_another_program_holds_for_a_moment_is_tried_again(tmp_path, monkeypatch):
    # as Windows refuses to read or to replace it meanwhile
    monkeypatch.setattr(atomic, "_WAITS", (0.0, 0.0))
    refused = iter([True, True, False, True, True, True])

    def act():
        if next(refused):
            raise PermissionError(errno.EACCES, "held")
        return "read"

    assert atomic.patiently(act) == "read"
    with pytest.raises(PermissionError):
        atomic.patiently(act)


def test_the_thread_of_a_window_waits_less_for_a_file(monkeypatch):
    waits = []
    monkeypatch.setattr(atomic, "_WAITS", (0.01, 0.02, 0.04, 0.08, 0.16))
    monkeypatch.setattr(atomic.time, "sleep", waits.append)

    def refused():
        raise PermissionError(errno.EACCES, "no rights")

    def in_a_window():
        atomic.hurry_here()
        with pytest.raises(PermissionError):
            atomic.patiently(refused)

    thread = threading.Thread(target=in_a_window)
    thread.start()
    thread.join()
    assert waits == [0.01, 0.02]
    with pytest.raises(PermissionError):
        atomic.patiently(refused)
    assert waits[2:] == [0.01, 0.02, 0.04, 0.08, 0.16], "others take their time"


def test_threads_that_write_one_file_do_not_mix_what_they_write(tmp_path):
    path = tmp_path / "a.json"
    contents = [letter * 200_000 for letter in "abcd"]
    for _ in range(3):
        with ThreadPoolExecutor(len(contents)) as pool:
            list(pool.map(lambda content: atomic.write_atomic(path, content, durable=False), contents))
        assert path.read_text() in contents
