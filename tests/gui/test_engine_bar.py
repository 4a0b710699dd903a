"""Choosing what trains: the program's own engine, or a checkout of PaddleOCR with its configs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from fake_check import FINE
from page_parts import FakeSession, make_checkout
from PyQt5.QtWidgets import QFileDialog

from ocrstudio.formats.checkout_list import remember
from ocrstudio.formats.config import TrainConfig, template_names
from ocrstudio.formats.run_folder import PADDLEOCR, Engine, RunFolder
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.config.page import ConfigPage

WAIT_MS = 10000


@pytest.fixture
def checkout(tmp_path):
    return make_checkout(tmp_path / "PaddleOCR-2.8.1")


@pytest.fixture
def dataset(tmp_path):
    folder = tmp_path / "project" / ".ocrstudio" / "datasets" / "first"
    for task in ("rec", "det"):
        (folder / task).mkdir(parents=True)
        for part in ("train", "val"):
            (folder / task / f"{part}.txt").write_text(f"{part}/a.png\tⅫ\n" * 3, encoding="utf-8")
    (folder / "dict.txt").write_text("Ⅻ\n", encoding="utf-8")
    (folder / "split.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture
def make_page(qtbot, tmp_path, dataset):
    made = []

    def make(folder: Path | None = None) -> ConfigPage:
        page = ConfigPage(
            FakeSession(folder or dataset.parents[2]), Settings(tmp_path / "settings.ini"), check_program=FINE
        )
        qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        made.append(page)
        return page

    yield make
    for page in made:
        page.close()


def engines(page: ConfigPage) -> list[str]:
    box = page.engine_bar.engine_box
    return [box.itemText(place) for place in range(box.count())]


def choose_engine(qtbot, page: ConfigPage, place: int) -> None:
    page.engine_bar.engine_box.setCurrentIndex(place)
    page.engine_bar.engine_box.activated.emit(place)
    qtbot.waitUntil(lambda: page.engine_bar.template_box.count() > 0, timeout=WAIT_MS)


def choose_template(qtbot, page: ConfigPage, name: str) -> None:
    box = page.engine_bar.template_box
    qtbot.waitUntil(lambda: box.findText(name) >= 0, timeout=WAIT_MS)
    box.setCurrentIndex(box.findText(name))
    with qtbot.waitSignal(page.engine_bar.config_ready, timeout=WAIT_MS):
        box.activated.emit(box.currentIndex())


def test_without_checkouts_the_program_itself_trains(qtbot, make_page):
    page = make_page()
    qtbot.waitUntil(lambda: page.engine_bar.template_box.count() > 0)
    assert engines(page) == ["This program", "Add a PaddleOCR checkout…"]
    assert page.engine_bar.engine == Engine()


def test_without_a_python_a_checkout_cannot_start(qtbot, make_page, checkout):
    remember(checkout)
    page = make_page()
    qtbot.waitUntil(lambda: len(engines(page)) == 3, timeout=WAIT_MS)
    choose_engine(qtbot, page, 1)
    choose_template(qtbot, page, "rec/plain_rec")
    assert not page.start_button.isEnabled()
    remember(checkout, Path(sys.executable))
    page.engine_bar.reload()
    qtbot.waitUntil(page.start_button.isEnabled, timeout=WAIT_MS)


def test_a_checkouts_config_is_made_ready_for_the_dataset(qtbot, make_page, checkout, dataset):
    remember(checkout, Path(sys.executable))
    page = make_page()
    qtbot.waitUntil(lambda: len(engines(page)) == 3, timeout=WAIT_MS)
    assert engines(page)[1] == "PaddleOCR 2.8.1 (PaddleOCR-2.8.1)"
    choose_engine(qtbot, page, 1)
    choose_template(qtbot, page, "rec/plain_rec")
    assert page.draft.value("Train.dataset.label_file_list") == [(dataset / "rec" / "train.txt").as_posix()]
    assert page.draft.value("Global.log_smooth_window") == 1
    assert page.draft.dataset() == dataset
    with qtbot.waitSignal(page.train_requested, timeout=WAIT_MS) as asked:
        page.start_training()
    config, engine = asked.args
    assert TrainConfig.load(Path(config)).get("Train.dataset.data_dir") == (dataset / "rec").as_posix()
    assert (engine.kind, engine.checkout) == (PADDLEOCR, checkout)


def test_a_detection_config_takes_the_detection_lists(qtbot, make_page, checkout, dataset):
    remember(checkout)
    page = make_page()
    qtbot.waitUntil(lambda: len(engines(page)) == 3, timeout=WAIT_MS)
    choose_engine(qtbot, page, 1)
    choose_template(qtbot, page, "det/plain_det")
    assert page.draft.value("Train.dataset.label_file_list") == [(dataset / "det" / "train.txt").as_posix()]


def test_a_checkout_is_added_from_the_page(qtbot, make_page, checkout, monkeypatch):
    page = make_page()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(checkout / "tools"))
    place = page.engine_bar.engine_box.count() - 1
    page.engine_bar.engine_box.setCurrentIndex(place)
    page.engine_bar.engine_box.activated.emit(place)
    qtbot.waitUntil(lambda: page.engine_bar.known is not None, timeout=WAIT_MS)
    assert page.engine_bar.engine.checkout == checkout
    qtbot.waitUntil(lambda: page.engine_bar.template_box.count() == 2, timeout=WAIT_MS)


def test_a_folder_that_is_no_checkout_is_told(qtbot, make_page, tmp_path, monkeypatch):
    (tmp_path / "photos").mkdir()
    page = make_page()
    qtbot.waitUntil(lambda: page.draft.dataset() is not None, timeout=WAIT_MS)  # which clears the message
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "photos"))
    place = page.engine_bar.engine_box.count() - 1
    page.engine_bar.engine_box.activated.emit(place)
    qtbot.waitUntil(lambda: "is no PaddleOCR checkout" in page.message.text, timeout=WAIT_MS)
    assert page.engine_bar.known is None


def test_the_engine_of_the_last_run_comes_back_with_the_project(qtbot, make_page, checkout, dataset):
    known = remember(checkout)
    project = dataset.parents[2]
    RunFolder.create(project / ".ocrstudio" / "runs", "one", TrainConfig.template(), engine=known.engine)
    page = make_page()
    qtbot.waitUntil(lambda: page.engine_bar.known is not None, timeout=WAIT_MS)
    assert page.engine_bar.engine == known.engine


def test_the_programs_own_templates_are_named_by_what_they_do(qtbot, make_page):
    page = make_page()
    box = page.engine_bar.template_box
    assert [box.itemText(place) for place in range(box.count())] == [
        "PP-OCRv6 small: reading lines",
        "PP-OCRv6 small: finding lines",
        "PP-OCRv4 mobile: reading lines",
        "PP-OCRv4 mobile: finding lines",
    ]
    assert {box.itemData(place) for place in range(box.count())} == set(template_names())
    assert box.currentText() == "PP-OCRv6 small: reading lines"
    choose_template(qtbot, page, "PP-OCRv4 mobile: finding lines")
    assert page.draft.value("Architecture.model_type") == "det"
    assert not page.form.rows["Global.character_dict_path"].isVisibleTo(page)
