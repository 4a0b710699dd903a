"""The recogniser service against a scripted child: order, restart, retry, model memory, cancelling."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ocrstudio.services.recognizer import STANDARD_MODEL, Recognizer

CHILD = Path(__file__).parent / "fake_reader.py"
WAIT_MS = 15000


class Heard:
    """Collects what a recognizer says."""

    def __init__(self, recognizer: Recognizer) -> None:
        self.read, self.failed, self.models, self.busy, self.cancelled = [], [], [], [], []
        recognizer.page_read.connect(self.read.append)
        recognizer.read_failed.connect(self.failed.append)
        recognizer.model_changed.connect(self.models.append)
        recognizer.busy_changed.connect(self.busy.append)
        recognizer.cancelled.connect(self.cancelled.append)


@pytest.fixture
def reader(qtbot, tmp_path):
    recognizer = Recognizer(program=[sys.executable, str(CHILD), str(tmp_path)])
    yield recognizer, Heard(recognizer)
    recognizer.close()


def diary(tmp_path: Path) -> list[str]:
    path = tmp_path / "diary.txt"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def until_idle(qtbot, recognizer: Recognizer) -> None:
    qtbot.waitUntil(lambda: not recognizer.is_busy, timeout=WAIT_MS)


def test_nothing_is_started_before_the_first_use(reader, tmp_path, qtbot):
    qtbot.wait(50)
    assert not (tmp_path / "diary.txt").exists()


def test_pictures_are_read_in_order_with_their_ids(reader, qtbot, tmp_path):
    recognizer, heard = reader
    ids = [recognizer.read(Path(f"/p/{name}.png")) for name in ("a", "b c", "Ⅻ")]
    until_idle(qtbot, recognizer)
    assert [message.id for message in heard.read] == ids
    assert heard.read[0].lines[0]["text"] == "second line"
    assert diary(tmp_path) == ["start", "model bundled", "read a.png", "read b c.png", "read Ⅻ.png"]
    assert heard.busy == [True, False]


def test_warming_up_loads_the_model_only(reader, qtbot, tmp_path):
    recognizer, _ = reader
    with qtbot.waitSignal(recognizer.model_ready, timeout=WAIT_MS):
        recognizer.warm_up()
    assert diary(tmp_path) == ["start", "model bundled"]
    assert not recognizer.is_busy


def test_an_urgent_picture_goes_ahead_of_those_that_wait(reader, qtbot, tmp_path):
    recognizer, _ = reader
    recognizer.read(Path("held.png"))
    recognizer.read(Path("late.png"))
    qtbot.waitUntil(lambda: recognizer.waiting == 2 and "read held.png" in diary(tmp_path), timeout=WAIT_MS)
    recognizer.read(Path("now.png"), [[[0, 0], [9, 0], [9, 9], [0, 9]]], first=True)
    (tmp_path / "go on").touch()
    until_idle(qtbot, recognizer)
    assert diary(tmp_path)[2:] == ["read held.png", "read now.png", "read late.png"]


def test_a_bad_picture_does_not_stop_the_others(reader, qtbot):
    recognizer, heard = reader
    bad = recognizer.read(Path("bad.png"))
    good = recognizer.read(Path("good.png"))
    until_idle(qtbot, recognizer)
    assert [message.id for message in heard.failed] == [bad]
    assert [message.id for message in heard.read] == [good]


def test_a_child_without_a_model_answers_every_waiting_picture(reader, qtbot):
    recognizer, heard = reader
    ids = [recognizer.read(Path("nomodel.png")), recognizer.read(Path("a.png"))]
    until_idle(qtbot, recognizer)
    assert [message.id for message in heard.failed] == ids


def test_a_child_that_dies_once_is_restarted_and_reads_the_page_again(reader, qtbot, tmp_path):
    recognizer, heard = reader
    recognizer.use_model("/models/mine")
    number = recognizer.read(Path("crash-once.png"))
    until_idle(qtbot, recognizer)
    assert [message.id for message in heard.read] == [number]
    assert heard.failed == []
    assert diary(tmp_path) == ["start", "model mine", "read crash-once.png"] * 2


def test_a_page_that_kills_the_child_twice_fails_and_the_next_is_read(reader, qtbot):
    recognizer, heard = reader
    lost = recognizer.read(Path("crash.png"))
    good = recognizer.read(Path("good.png"))
    until_idle(qtbot, recognizer)
    assert [message.id for message in heard.failed] == [lost]
    assert heard.failed[0].values == {"file": "crash.png"}
    assert "MemoryError" in heard.failed[0].details
    assert [message.id for message in heard.read] == [good]


def test_a_child_that_always_dies_does_not_keep_hundreds_of_pages_waiting(reader, qtbot, tmp_path):
    recognizer, heard = reader
    ids = [recognizer.read(Path(f"crash{number}.png")) for number in range(40)]
    until_idle(qtbot, recognizer)
    assert [message.id for message in heard.failed] == ids
    assert diary(tmp_path).count("start") == 6


def test_the_chosen_model_is_remembered_across_restarts(reader, qtbot, tmp_path):
    recognizer, heard = reader
    recognizer.read(Path("a.png"))
    until_idle(qtbot, recognizer)
    recognizer.use_model("/models/mine")
    recognizer.read(Path("b.png"))
    until_idle(qtbot, recognizer)
    recognizer.close()
    recognizer.read(Path("c.png"))
    until_idle(qtbot, recognizer)
    assert diary(tmp_path) == [
        "start", "model bundled", "read a.png", "model mine", "read b.png", "start", "model mine", "read c.png",
    ]  # fmt: skip
    assert heard.models == ["/models/mine"]


def test_a_model_that_cannot_be_used_gives_way_to_the_last_that_could(reader, qtbot):
    recognizer, heard = reader
    recognizer.read(Path("a.png"))
    until_idle(qtbot, recognizer)
    recognizer.use_model("/models/broken")
    number = recognizer.read(Path("b.png"))
    until_idle(qtbot, recognizer)
    assert {message.id for message in heard.failed} == {0, number}
    assert recognizer.model == STANDARD_MODEL
    assert heard.models == ["/models/broken", STANDARD_MODEL]
    again = recognizer.read(Path("b.png"))
    until_idle(qtbot, recognizer)
    assert heard.read[-1].id == again


def test_a_child_that_dies_while_loading_is_told_in_a_plain_sentence(reader, qtbot, tmp_path):
    recognizer, heard = reader
    recognizer.use_model("/models/die")
    number = recognizer.read(Path("a.png"))
    until_idle(qtbot, recognizer)
    assert [message.id for message in heard.failed] == [number]
    assert "keeps stopping" in heard.failed[0].what
    assert diary(tmp_path).count("start") == 2


def test_a_missing_program_is_told_for_every_waiting_picture(qtbot):
    recognizer = Recognizer(program=["/nowhere/no-such-program"])
    heard = Heard(recognizer)
    ids = [recognizer.read(Path(name)) for name in ("a.png", "b.png")]
    until_idle(qtbot, recognizer)
    assert [message.id for message in heard.failed] == ids
    assert "could not be started" in heard.failed[0].what
    recognizer.close()


def test_cancelling_drops_what_waits_and_lets_the_one_under_way_answer(reader, qtbot, tmp_path):
    recognizer, heard = reader
    ids = [recognizer.read(Path(f"held{number}.png")) for number in range(4)]
    qtbot.waitUntil(lambda: recognizer.waiting == 4 and "read held0.png" in diary(tmp_path), timeout=WAIT_MS)
    recognizer.cancel()
    (tmp_path / "go on").touch()
    until_idle(qtbot, recognizer)
    assert heard.cancelled == [tuple(ids[1:])]
    assert [message.id for message in heard.read] == ids[:1]


def test_cancelling_some_leaves_the_requests_of_others(reader, qtbot):
    recognizer, heard = reader
    ids = [recognizer.read(Path(f"p{number}.png")) for number in range(4)]
    recognizer.cancel([ids[2]])
    until_idle(qtbot, recognizer)
    assert [message.id for message in heard.read] == [ids[0], ids[1], ids[3]]


def test_closing_in_the_middle_of_a_page_ends_the_child(reader, qtbot, tmp_path):
    recognizer, heard = reader
    recognizer.read(Path("held.png"))
    qtbot.waitUntil(lambda: "read held.png" in diary(tmp_path), timeout=WAIT_MS)
    recognizer.close()
    assert not recognizer.is_busy
    assert heard.failed == []
