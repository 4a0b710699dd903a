"""Saving in three steps, notes, and files of which a power cut leaves only a part."""

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
from dataclasses import replace

import pytest
from small_projects import box, line, make_folder

from ocrstudio.core.errors import ProjectError
from ocrstudio.core.page import PageState
from ocrstudio.formats.journal import Journal, read_journal
from ocrstudio.formats.store import PendingSave, ProjectStore
from ocrstudio.formats.store_replay import CUT_EDIT

P1, P2, P3 = "pages/p1.png", "pages/p2.png", "pages/p3.png"


def texts(store, key):
    return [one.text for one in store.page(key).boxes]


def edit(store, key, *words, state=PageState.EDITED, **values):
    store.put(replace(store.page(key), boxes=tuple(box(word) for word in words), state=state, **values))


def journal(folder):
    return folder / ".ocrstudio" / "journal.jsonl"


# --- notes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("saved", [True, False], ids=["saved", "only in the journal"])
def test_notes_and_states_survive_a_restart(tmp_path, saved):
    folder = make_folder(tmp_path)
    store = ProjectStore.open(folder)
    store.put(replace(store.page(P1), note='half a "page"\n№ 图 \ud83d'))
    edit(store, P2, "x", state=PageState.CHECKED, note="done")
    edit(store, P3, state=PageState.REJECTED, note="no page")
    if saved:
        store.save()
    store.close()
    again = ProjectStore.open(folder)
    assert again.note(P1) == 'half a "page"\n№ 图 \ud83d'
    assert again.page(P1).note == again.note(P1)
    assert [again.note(key) for key in (P2, P3)] == ["done", "no page"]
    assert [again.state(key) for key in again.keys] == [PageState.NEW, PageState.CHECKED, PageState.REJECTED]
    again.put(replace(again.page(P1), note=""))
    again.save()
    again.close()
    assert ProjectStore.open(folder).note(P1) == ""


def test_a_note_stays_when_another_program_changes_the_labels(tmp_path):
    folder = make_folder(tmp_path, label=line(P1, "a"))
    store = ProjectStore.open(folder)
    store.put(replace(store.page(P1), note="mine"))
    store.save()
    store.close()
    (folder / "Label.txt").write_text(line(P1, "theirs"))
    again = ProjectStore.open(folder)
    assert (again.note(P1), texts(again, P1)) == ("mine", ["theirs"])


def test_journals_of_versions_without_notes_keep_the_saved_note(tmp_path):
    folder = make_folder(tmp_path)
    store = ProjectStore.open(folder)
    store.put(replace(store.page(P1), note="kept"))
    store.save()
    store.close()
    journal(folder).write_text('{"v":1,"page":"pages/p1.png","state":"edited","boxes":[]}\n')
    assert ProjectStore.open(folder).note(P1) == "kept"


# --- saving while work goes on ---------------------------------------------------------------------------------------


def test_edits_made_during_a_save_stay_unsaved_and_are_saved_next(tmp_path):
    folder = make_folder(tmp_path)
    store = ProjectStore.open(folder)
    edit(store, P1, "first")
    edit(store, P2, "second")
    pending = store.begin_save()
    assert store.begin_save() is None
    edit(store, P2, "during")
    edit(store, P3, "new")
    assert texts(store, P1) == ["first"]
    writer = threading.Thread(target=pending.write)
    writer.start()
    writer.join()
    assert texts(store, P2) == ["during"]
    store.finish_save(pending)
    assert store.dirty
    assert (folder / "Label.txt").read_text() == line(P1, "first") + line(P2, "second")
    store.save()
    assert not store.dirty
    assert (folder / "Label.txt").read_text() == line(P1, "first") + line(P2, "during") + line(P3, "new")
    assert journal(folder).read_bytes() == b""


@pytest.mark.parametrize("moment", ["begun", "written", "finished"])
def test_a_kill_at_any_moment_of_a_save_loses_no_edit_and_tells_no_false_conflict(tmp_path, moment):
    folder = make_folder(tmp_path, label=line(P1, "old"))
    store = ProjectStore.open(folder)
    edit(store, P1, "first")
    pending = store.begin_save()
    edit(store, P1, "during")
    edit(store, P2, "second")
    if moment != "begun":
        pending.write()
        edit(store, P1, "after writing")
    if moment == "finished":
        store.finish_save(pending)
        edit(store, P3, "third")
    store.close()  # the lock goes as with a killed process
    again = ProjectStore.open(folder)
    assert again.problems == []
    assert texts(again, P1) == ["during" if moment == "begun" else "after writing"]
    assert texts(again, P2) == ["second"]
    assert texts(again, P3) == (["third"] if moment == "finished" else [])
    again.save()
    again.close()
    assert journal(folder).read_bytes() == b""
    assert not (folder / ".ocrstudio" / "rejected_lines.txt").exists()


def test_what_a_save_wrote_is_not_replayed_over_a_later_edit_of_another_program(tmp_path):
    folder = make_folder(tmp_path)
    store = ProjectStore.open(folder)
    edit(store, P1, "ours")
    pending = store.begin_save()
    edit(store, P2, "later")
    pending.write()
    store.finish_save(pending)
    store.close()
    (folder / "Label.txt").write_text(line(P1, "theirs"))
    again = ProjectStore.open(folder)
    assert texts(again, P1) == ["theirs"]
    assert texts(again, P2) == ["later"]
    assert again.problems == []


def test_a_save_that_fails_makes_its_pages_dirty_again_unless_they_were_edited_since(tmp_path, monkeypatch):
    folder = make_folder(tmp_path)
    store = ProjectStore.open(folder)
    edit(store, P1, "one")
    edit(store, P2, "two")
    pending = store.begin_save()
    edit(store, P2, "newer")
    (folder / "Label.txt").mkdir()
    with pytest.raises(ProjectError, match=r"Label\.txt"):
        pending.write()
    store.finish_save(pending)
    (folder / "Label.txt").rmdir()
    assert (texts(store, P1), texts(store, P2)) == (["one"], ["newer"])
    store.save()
    assert (folder / "Label.txt").read_text() == line(P1, "one") + line(P2, "newer")


def test_a_journal_marker_of_a_save_says_what_is_done(tmp_path):
    one = Journal(tmp_path / "journal.jsonl")
    one.append({"page": "a"})
    size = one.size
    one.append({"page": "b"})
    one.mark_saved(size)
    assert list(read_journal(one.path).records) == ["b"]
    one.append({"page": "a"})
    assert list(read_journal(one.path).records) == ["b", "a"]
    one.mark_saved(one.size)
    assert one.path.read_bytes() == b""
    one.close()


@pytest.mark.parametrize("saved", [-5, 10**12, "x", None, 1.5, True])
def test_a_journal_marker_that_is_none_drops_no_edit(tmp_path, saved):
    path = tmp_path / "journal.jsonl"
    marker = json.dumps({"v": 1, "saved": saved}).encode()
    path.write_bytes(b'{"v":1,"page":"a"}\n' + marker + b'\n{"v":1,"page":"b"}\n')
    assert list(read_journal(path).records) == ["a", "b"]


def test_syncing_the_journal_works_from_another_thread_and_after_it_was_closed(tmp_path, monkeypatch):
    folder = make_folder(tmp_path)
    store = ProjectStore.open(folder)
    assert store.begin_sync() is None
    edit(store, P1, "x")
    synced = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_size))
    sync = store.begin_sync()
    size = journal(folder).stat().st_size
    store.close()
    thread = threading.Thread(target=sync)
    thread.start()
    thread.join()
    assert synced == [size]


def test_snapshots_may_be_parsed_elsewhere_and_stay_as_they_were(tmp_path):
    folder = make_folder(tmp_path, label=line(P1, "saved") + f"{P3}\t[broken]\n")
    store = ProjectStore.open(folder)
    early, broken = store.snapshot(P1), store.snapshot(P3)
    edit(store, P1, "edited")
    late = store.snapshot(P1)
    results = []
    thread = threading.Thread(target=lambda: results.extend([early(), late(), broken()]))
    thread.start()
    thread.join()
    assert [[one.text for one in page.boxes] for page in results] == [["saved"], ["edited"], []]
    assert results[0].boxes[0].touched
    store.close()


# --- power cuts ------------------------------------------------------------------------------------------------------


def project_with_every_file(folder):
    """Saved pages, pages in all states, a note, a moved line, unsaved edits, undo steps."""
    store = ProjectStore.open(folder)
    edit(store, P1, "saved", state=PageState.CHECKED, note="note")
    edit(store, P2, "rejected", state=PageState.REJECTED)
    store.save()
    before = store.page(P3)
    edit(store, P3, "unsaved")
    store.history.page("p3.png").add(1, "Add box", (before, ()), (store.page(P3), ()))
    edit(store, P3, "unsaved too")
    store.close()


def all_files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".png")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = make_folder(tmp_path_factory.mktemp("whole"), label="pages/p2.png\t[broken\n")
    project_with_every_file(folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in all_files(folder)}


NAMES = ["Label.txt", "fileState.txt", "Cache.cach", ".ocrstudio/journal.jsonl", ".ocrstudio/scores.jsonl"]
OTHERS = [".ocrstudio/project.yaml", ".ocrstudio/rejected_lines.txt", ".ocrstudio/lock", "history"]


@pytest.mark.parametrize("name", NAMES + OTHERS)
@pytest.mark.parametrize("half", ["cut", "zeros", "empty"])
def test_half_of_any_file_after_a_power_cut_costs_only_that_half(tmp_path, whole, name, half):
    """Whole files are replaced in one step, so halves can come only from a disk that lost what it had confirmed."""
    folder = make_folder(tmp_path)
    chosen = next(known for known in whole if known == name or (name == "history" and "/history/" in known))
    assert {known for known in whole if "/history/" not in known} == {*NAMES, *OTHERS} - {"history"}
    content = whole[chosen]
    cuts = range(0, len(content) + 1, max(1, len(content) // 25)) if half != "empty" else [0]
    for cut in cuts:
        for known, data in whole.items():
            (folder / known).parent.mkdir(parents=True, exist_ok=True)
            (folder / known).write_bytes(data)
        tail = b"\x00" * (len(content) - cut) if half == "zeros" else b""
        (folder / chosen).write_bytes(content[:cut] + tail)
        store = ProjectStore.open(folder)
        pages = {key: texts(store, key) for key in store.keys}
        if name not in ("Label.txt", "fileState.txt"):
            assert pages[P1] == ["saved"]
        if name != "Cache.cach":
            assert pages[P2] == ["rejected"]
        if name != ".ocrstudio/journal.jsonl":
            assert pages[P3] == ["unsaved too"]
        elif cut < len(content) - 1:
            assert pages[P3] in ([], ["unsaved"])
            assert bool(store.problems) == (content[:cut][-1:] not in (b"", b"\n") or bool(tail))
        if name == "Label.txt" and pages[P1] == [] and tail + content[:cut]:
            assert store.problems, "labels that cannot be read are told"
        history = store.history.page("p3.png")
        assert len(history.steps) <= 1
        edit(store, P2, "goes on")
        store.save()
        store.close()
        again = ProjectStore.open(folder)
        assert texts(again, P2) == ["goes on"]
        assert {key: texts(again, key) for key in (P1, P3)} == {key: pages[key] for key in (P1, P3)}


# --- kill -9 ---------------------------------------------------------------------------------------------------------

WORKER = textwrap.dedent(
    """
    import sys, threading, random
    from dataclasses import replace
    from pathlib import Path
    from ocrstudio.core.page import Box, PageState
    from ocrstudio.formats.store import ProjectStore

    store = ProjectStore.open(Path(sys.argv[1]))
    dice = random.Random(int(sys.argv[2]))
    pending = writer = None
    number = max([int(b.text) for key in store.keys for b in store.page(key).boxes], default=-1)
    while True:
        number += 1
        key = dice.choice(store.keys)
        drawn = Box(((1, 2), (31, 2), (31, 12), (1, 12)), str(number), touched=True)
        store.put(replace(store.page(key), boxes=(drawn,), state=dice.choice(list(PageState)), note=str(number)))
        sys.stdout.write(f"{key}\\t{number}\\n")
        sys.stdout.flush()
        if writer is not None and not writer.is_alive():
            store.finish_save(pending)
            writer = None
        elif writer is None and dice.random() < 0.3:
            pending = store.begin_save()
            if pending is not None:
                writer = threading.Thread(target=pending.write)
                writer.start()
    """
)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_kills_while_saving_on_a_thread_lose_no_confirmed_edit(tmp_path):
    """One folder, killed again and again, the journal of each life replayed by the next."""
    folder = make_folder(tmp_path, names=("p1.png", "p2.png", "p3.png", "p4.png"))
    dice = random.Random(5)
    confirmed: dict[str, int] = {}
    for life in range(8):
        command = [sys.executable, "-c", WORKER, str(folder), str(life)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        head = "".join(child.stdout.readline() for _ in range(dice.randrange(1, 60)))
        child.send_signal(signal.SIGKILL)
        for told in (head + child.communicate()[0]).splitlines(keepends=True):
            if told.endswith("\n"):
                key, number = told.split("\t")
                confirmed[key] = int(number)
        store = ProjectStore.open(folder)
        # a kill may cut the last edit off in the middle of its writing, before it is confirmed
        assert [problem.template for problem in store.problems] in ([], [CUT_EDIT])
        found = {key: int(store.page(key).boxes[0].text) for key in confirmed}
        # the last edit may be on disk without its confirmation having been read
        assert all(found[key] >= number for key, number in confirmed.items()), (confirmed, found)
        assert all(store.note(key) == store.page(key).boxes[0].text for key in confirmed)
        store.close()


def test_a_pending_save_says_what_it_saves(tmp_path):
    store = ProjectStore.open(make_folder(tmp_path))
    assert store.begin_save() is None
    edit(store, P2, "b")
    edit(store, P1, "a")
    pending = store.begin_save()
    assert isinstance(pending, PendingSave)
    assert list(pending.pages) == [P1, P2], "in the order of the list"
    pending.write()
    store.finish_save(pending)
    store.close()
