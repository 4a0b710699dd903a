"""The setup page's list of PaddleOCR checkouts, with the real commands behind it."""

from __future__ import annotations

import shutil

import pytest
from page_parts import make_checkout
from PyQt5.QtWidgets import QFileDialog, QInputDialog, QLabel, QPushButton

from ocrstudio.formats.checkout_list import known_checkouts, remember
from ocrstudio.services.checkouts import Checkouts
from ocrstudio.ui.pages.setup.checkouts_card import CheckoutsCard

WAIT_MS = 60000


@pytest.fixture
def card(qtbot):
    checkouts = Checkouts()
    made = CheckoutsCard(checkouts)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    made.said = []
    made.failed.connect(made.said.append)
    yield made
    checkouts.close()


def verdict(card: CheckoutsCard) -> str:
    return "\n".join(one.text() for one in card.findChildren(QLabel, "checkoutVerdict") if one.isVisibleTo(card))


def test_an_archive_is_unpacked_listed_and_its_python_checked(qtbot, card, tmp_path, monkeypatch):
    make_checkout(tmp_path / "source" / "PaddleOCR-2.8.1")
    archive = shutil.make_archive(str(tmp_path / "PaddleOCR-2.8.1"), "zip", tmp_path / "source")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (archive, ""))
    card.unpack_button.click()
    assert not card.add_button.isEnabled()
    assert card.cancel_button.isVisibleTo(card)
    # it is listed, and then looked at: whether this very Python can train it depends on what is installed here
    qtbot.waitUntil(lambda: "Paddle" in verdict(card) and not card._checkouts.is_busy, timeout=WAIT_MS)
    assert card.said == []
    (known,) = known_checkouts()
    assert (known.checkout.path / "tools" / "train.py").is_file()
    assert card.add_button.isEnabled()


def test_a_damaged_archive_is_told_and_nothing_is_listed(qtbot, card, tmp_path, monkeypatch):
    broken = tmp_path / "PaddleOCR.zip"
    broken.write_bytes(b"PK\x03\x04 no archive")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(broken), ""))
    card.unpack_button.click()
    qtbot.waitUntil(lambda: bool(card.said), timeout=WAIT_MS)
    assert "PaddleOCR.zip" in str(card.said[0].values)
    assert known_checkouts() == []


def test_a_refused_clone_does_nothing(card, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("v9", False))
    card.clone_button.click()
    assert not card._checkouts.is_busy


def test_a_forgotten_checkout_keeps_its_files(qtbot, card, tmp_path):
    checkout = make_checkout(tmp_path / "PaddleOCR-2.8.1")
    remember(checkout)
    card._checkouts.reload()
    qtbot.waitUntil(lambda: "Not checked yet" in verdict(card), timeout=WAIT_MS)
    card.findChild(QPushButton, "forgetCheckout").click()
    qtbot.waitUntil(lambda: verdict(card) == "", timeout=WAIT_MS)
    assert known_checkouts() == []
    assert (checkout / "tools" / "train.py").is_file()
