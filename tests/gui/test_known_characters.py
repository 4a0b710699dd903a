"""The characters a model knows: asked of a child once, then taken from the cache."""

from __future__ import annotations

import sys

import pytest

from ocrstudio.paths import user_cache
from ocrstudio.services.known_characters import KnownCharacters
from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.settings import Settings
from tests.gui.annotate_parts import FakeRecognizer

ANSWER = 'import json; print(json.dumps({"v": 1, "type": "done", "result": {"characters": ["a", "Ⅻ"]}}))'


@pytest.fixture
def make_known(qtbot):
    """Makes the service with a child that runs a line of Python."""
    made: list = []

    def make(code: str) -> KnownCharacters:
        session = ProjectSession()
        index = LineIndex(session)
        known = KnownCharacters(index, program=[sys.executable, "-c", code])
        made.extend((known, index, session))
        return known

    yield make
    for part in made:
        part.close()


def test_child_is_asked_once_and_its_answer_kept(make_known, qtbot) -> None:
    known = make_known(ANSWER)
    assert known.characters is None
    with qtbot.waitSignal(known.changed):
        known.require()
    assert known.characters == frozenset("aⅫ ")
    assert [path.suffix for path in user_cache().iterdir()] == [".txt"]
    again = make_known("raise SystemExit(1)")
    with qtbot.waitSignal(again.changed):
        again.require()
    assert again.characters == frozenset("aⅫ ")


def test_child_that_fails_is_told(make_known, qtbot) -> None:
    known = make_known("raise SystemExit(3)")
    with qtbot.waitSignal(known.failed):
        known.require()
    assert known.characters is None


def test_damaged_cache_is_asked_for_again(make_known, qtbot) -> None:
    first = make_known(ANSWER)
    with qtbot.waitSignal(first.changed):
        first.require()
    cache = next(user_cache().iterdir())
    cache.write_bytes(b"\xff\xfe\n\n")
    known = make_known(ANSWER)
    with qtbot.waitSignal(known.changed):
        known.require()
    assert known.characters == frozenset("aⅫ ")


def test_program_itself_tells_the_characters_of_its_own_model(make_known, qtbot) -> None:
    session = ProjectSession()
    index = LineIndex(session)
    known = KnownCharacters(index)
    with qtbot.waitSignal(known.changed, timeout=60_000):
        known.require()
    assert known.characters is not None
    assert len(known.characters) > 18_000
    assert {"Ⅻ", "世", " ", "a"} <= known.characters
    for part in (known, index, session):
        part.close()


def test_the_model_and_the_dictionary_of_the_settings_are_followed(make_known, qtbot, tmp_path) -> None:
    known, recognizer, settings = make_known(ANSWER), FakeRecognizer(), Settings(tmp_path / "settings.ini")
    known.follow(recognizer, settings)
    own = tmp_path / "own.txt"
    own.write_text("x\ny\n", encoding="utf-8")
    with qtbot.waitSignal(known.changed):
        known.require()
    with qtbot.waitSignal(known.changed):
        settings.dictionary = str(own)
    assert known.characters == frozenset("xy ")
    with qtbot.waitSignal(known.failed) as told:
        settings.dictionary = str(tmp_path / "gone.txt")
    assert "gone.txt" in str(told.args[0])
    with qtbot.waitSignal(known.changed):
        settings.dictionary = ""
    assert known.characters == frozenset("aⅫ ")
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    (bundle / "dict.txt").write_text("z\n", encoding="utf-8")
    with qtbot.waitSignal(known.changed):
        recognizer.use_model(str(bundle))
    assert known.characters == frozenset("z ")
