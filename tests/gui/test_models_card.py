"""The setup page's models: found, downloaded from a local server, imported, compared with labels, removed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hostile_server import breaks_off, good, hangs, hostile_server, tar_of
from page_parts import make_checkout
from PyQt5.QtCore import QObject, Qt, pyqtSignal
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QFileDialog, QMessageBox, QPushButton

from ocrstudio.core.lines import PageLines, page_lines
from ocrstudio.core.page import Box, Page
from ocrstudio.formats.checkout_list import remember
from ocrstudio.formats.model_store import stored_models
from ocrstudio.paths import user_models
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.setup.models_card import ModelsCard
from ocrstudio.ui.pages.setup.models_table import STATE

WAIT_MS = 20000
SQUARE = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
FILES = {"inference.json": b"{}", "inference.pdiparams": b"\x00" * 400_000, "dict.txt": "a\nb\nⅫ\n".encode()}
ARCHIVE = tar_of(FILES)


@pytest.fixture
def server():
    with hostile_server() as running:
        yield running


class Lines(QObject):
    """Stands in for the index of a project's lines."""

    built = pyqtSignal()
    is_built = True

    def pages(self) -> list[PageLines]:
        return [page_lines(Page("k", "k.png", tuple(Box(SQUARE, text) for text in ("ab Ⅻ", "aⅭ"))))]


def entry(name: str, **more) -> dict:
    made = {"id": f"{name}_infer", "name": name, "form": "inference", "task": "rec", "version": "v5", "size": "mobile"}
    made |= {"languages": ["greek"], "characters": 3, "fits": ["paddleocr3"], "licence": "Apache-2.0"}
    return {**made, "sources": {"one": {f"{name}.tar": None}, "two": {f"{name}.tar": None}}, **more}


@pytest.fixture
def card(qtbot, server, tmp_path):
    weights = entry("C", id="C_pretrained", form="training", task="det", languages=["any"], fits=["checkout3"])
    models = [entry("A"), entry("B", version="v4", languages=["thai"]), weights]
    mirrors = {"one": f"{server.address}/one/", "two": f"{server.address}/two/"}
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps({"v": 1, "mirrors": mirrors, "models": models}))
    settings = Settings(tmp_path / "settings.ini")
    settings.proxy = "direct"
    made = ModelsCard(settings, catalogue_file=file)
    made.use_lines(Lines)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    qtbot.waitUntil(lambda: made.model.rowCount() == 3, timeout=WAIT_MS)
    yield made
    made.close_work()


def choose(card: ModelsCard, model_id: str) -> None:
    card.table.selectRow(card.model.place_of(model_id))


def state(card: ModelsCard, model_id: str) -> str:
    return str(card.model.index(card.model.place_of(model_id), STATE).data())


def kept(name: str) -> int:
    """Bytes of a download that is not whole yet."""
    part = user_models() / f".{name}_infer.download" / f".{name}.tar.part"
    return part.stat().st_size if part.is_file() else 0


def shown(card: ModelsCard) -> list[str]:
    return [card.model.index(row, 0).data() for row in range(card.model.rowCount())]


def test_filters_leave_out_and_an_empty_list_says_how_to_get_out(qtbot, card):
    card.filter.words.setText("thai")
    assert shown(card) == ["B_infer"]
    card.filter.boxes["version"].setCurrentIndex(card.filter.boxes["version"].findData("v5"))
    assert shown(card) == []
    assert "No model is like that" in card.empty.text()
    assert card.table.isHidden()
    card.all_button.click()
    assert len(shown(card)) == 3
    card.filter.boxes["use"].setCurrentIndex(card.filter.boxes["use"].findData("checkout3"))
    assert shown(card) == ["C_pretrained"]
    card.filter.boxes["language"].setCurrentIndex(card.filter.boxes["language"].findData("greek"))
    assert shown(card) == ["C_pretrained"]  # finds lines of any language


def test_a_download_falls_back_to_the_next_source_and_the_model_is_compared_with_the_labels(qtbot, card, server):
    server.put("/two/A.tar", good(ARCHIVE))
    choose(card, "A_infer")
    qtbot.waitUntil(lambda: "shows when it is on this computer" in card.detail.coverage.text(), timeout=WAIT_MS)
    card.table.setFocus()
    QTest.keyClick(card.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state(card, "A_infer") == "✓ here", timeout=WAIT_MS)
    assert dict(server.asked) == {"/one/A.tar": 1, "/two/A.tar": 1}
    assert "is on this computer now" in card.message.text
    qtbot.waitUntil(lambda: "it lacks 1: Ⅽ" in card.detail.coverage.text(), timeout=WAIT_MS)
    assert "Apache-2.0" in card.detail.facts.text()
    with qtbot.waitSignal(card.try_requested) as asked:
        card.detail.try_button.click()
    assert asked.args == [str(user_models() / "A_infer")]


def test_a_pause_keeps_what_came_and_going_on_does_not_begin_again(qtbot, card, server):
    server.put("/one/A.tar", hangs(ARCHIVE, 200_000))
    choose(card, "A_infer")
    card.detail.fetch_button.click()
    qtbot.waitUntil(lambda: " of 0.4 MB" in state(card, "A_infer") and kept("A") > 100_000, timeout=WAIT_MS)
    card.detail.pause_button.click()
    qtbot.waitUntil(lambda: state(card, "A_infer") == "‖ paused", timeout=WAIT_MS)
    came = kept("A")
    server.put("/one/A.tar", good(ARCHIVE))
    assert card.detail.fetch_button.text() == "Go on"
    card.detail.fetch_button.click()
    qtbot.waitUntil(lambda: state(card, "A_infer") == "✓ here", timeout=WAIT_MS)
    assert server.ranges == [None, f"bytes={came}-"]


def test_a_cancelled_download_leaves_nothing(qtbot, card, server):
    server.put("/one/A.tar", hangs(ARCHIVE, 200_000))
    choose(card, "A_infer")
    card.detail.fetch_button.click()
    qtbot.waitUntil(lambda: kept("A") > 100_000, timeout=WAIT_MS)
    card.detail.call_off_button.click()
    qtbot.waitUntil(lambda: state(card, "A_infer") == "" and not list(user_models().iterdir()), timeout=WAIT_MS)


def test_without_a_network_the_message_says_what_to_do(qtbot, card, server):
    server.put("/one/A.tar", breaks_off(ARCHIVE, 0))
    choose(card, "A_infer")
    card.detail.fetch_button.click()
    qtbot.waitUntil(lambda: state(card, "A_infer") == "✗ failed", timeout=WAIT_MS)
    assert "127.0.0.1" in card.message.text
    assert card.detail.failure.text().startswith("✗ 127.0.0.1")
    assert card.detail.fetch_button.isVisible()


def test_an_archive_is_imported_chosen_and_removed_after_a_question(qtbot, card, tmp_path, monkeypatch):
    file = tmp_path / "我的模型.tar"
    file.write_bytes(ARCHIVE)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    card.file_button.click()
    qtbot.waitUntil(lambda: card.chosen is not None and card.chosen.id == "我的模型", timeout=WAIT_MS)
    assert card.detail.remove_button.isVisible()
    for answer, left in (("answer1", 1), ("answer0", 0)):
        card.detail.remove_button.click()
        box = card.window().findChild(QMessageBox, "removeModelQuestion")
        assert "我的模型" in box.text()
        box.findChild(QPushButton, answer).click()
        qtbot.waitUntil(lambda left=left: len(stored_models()) == left, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "我的模型" not in shown(card), timeout=WAIT_MS)


def test_a_folder_without_a_model_is_told(qtbot, card, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    card.folder_button.click()
    qtbot.waitUntil(lambda: "No model was found" in card.message.text, timeout=WAIT_MS)


def test_weights_tell_which_checkouts_train_from_them(qtbot, card, tmp_path):
    choose(card, "C_pretrained")
    assert "checkouts" not in card.detail.facts.text()
    remember(make_checkout(tmp_path / "PaddleOCR"))
    for config, told in (("plain_rec", "Your checkouts that train it: PaddleOCR"), ("other", "None of your checkouts")):
        row = card.shelf.rows["C_pretrained"]
        card.shelf.rows["C_pretrained"] = replace(row, model=replace(row.model, config=config))
        choose(card, "A_infer")
        choose(card, "C_pretrained")
        qtbot.waitUntil(lambda told=told: told in card.detail.facts.text(), timeout=WAIT_MS)


def test_a_proxy_that_is_none_is_refused_and_a_source_is_remembered(card):
    card.proxy.setText("nonsense")
    card.proxy.editingFinished.emit()
    assert "no address of a proxy" in card.message.text
    assert card.proxy.text() == "direct"
    choose(card, "A_infer")
    box = card.detail.mirror
    box.setCurrentIndex(box.findData("two"))
    box.activated.emit(box.currentIndex())
    assert Settings(Path(card._settings.path)).mirror == "two"
