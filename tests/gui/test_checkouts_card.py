"""The setup page's list of PaddleOCR checkouts, with the real commands behind it."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from page_parts import make_checkout
from PyQt5.QtWidgets import QFileDialog, QLabel, QMenu, QPushButton

from ocrstudio.formats.checkout import PROVEN_TAG
from ocrstudio.formats.checkout_list import known_checkouts, remember
from ocrstudio.protocol.messages import Done, encode
from ocrstudio.services.checkouts import Checkouts
from ocrstudio.ui.pages.setup.checkouts_card import CheckoutsCard
from ocrstudio.ui.pages.setup.clone_dialog import CloneDialog

WAIT_MS = 60000


@pytest.fixture
def repository(tmp_path):
    """PaddleOCR's repository in small: two tags and a branch."""
    place = make_checkout(tmp_path / "repository")
    git = ["git", "-C", str(place), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (
        ["init", "-q", "-b", "main"],
        ["add", "."],
        ["commit", "-qm", "x"],
        ["tag", "v2.8.1"],
        ["tag", "v2.10.0"],
    ):
        subprocess.run([*git, *words], check=True)
    return place


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


def clone_dialog(card) -> CloneDialog:
    card.clone_button.click()
    return card.findChild(CloneDialog)


def test_a_refused_clone_does_nothing(qtbot, card):
    dialog = clone_dialog(card)
    dialog.findChild(QPushButton, "cloneReject").click()
    assert not card._checkouts.is_busy


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_tag_is_chosen_out_of_those_that_are_there(qtbot, card, tmp_path, repository):
    dialog = clone_dialog(card)
    dialog.address.setCurrentText(repository.as_uri())
    dialog.look()
    qtbot.waitUntil(lambda: dialog.tag.count() > 1, timeout=WAIT_MS)
    assert [dialog.tag.itemText(row) for row in range(dialog.tag.count())] == ["v2.10.0", "v2.8.1", "main"]
    # what was chosen before the list came stays
    assert dialog.tag.currentText() == PROVEN_TAG
    dialog.tag.setCurrentText("v2.8.1")
    dialog.findChild(QPushButton, "cloneAccept").click()
    qtbot.waitUntil(lambda: bool(known_checkouts()), timeout=WAIT_MS)
    assert known_checkouts()[0].checkout.path.name == "PaddleOCR-2.8.1"


def test_an_address_that_does_not_answer_leaves_typing(qtbot, card):
    dialog = clone_dialog(card)
    dialog.address.setCurrentText("http://127.0.0.1:9/x.git")
    dialog.look()
    qtbot.waitUntil(lambda: "can be typed" in dialog.note.text(), timeout=WAIT_MS)
    dialog.reject()


def test_what_a_checkout_needs_is_shown_then_installed_and_checked(qtbot, tmp_path):
    checkout = make_checkout(tmp_path / "PaddleOCR-2.8.1")
    asked = tmp_path / "asked.txt"
    plan = {"path": str(checkout), "python": "/new/bin/python", "commands": ["make it", "fill it"], "unmet": ["lmdb"]}
    interpreter = {"python": "/new/bin/python", "version": "3.11", "paddle": "2.6.2", "usable": True, "problems": []}
    done = {**plan, "stopped": False, "version": "2.8.1", "interpreters": [interpreter]}
    script = tmp_path / "checkout.py"
    script.write_text(
        f"import sys\nopen({str(asked)!r}, 'a').write(' '.join(sys.argv[1:]) + chr(10))\n"
        f"answers = {encode(Done(result=plan))!r}, {encode(Done(result=done))!r}\n"
        "sys.stdout.write(answers['--dry-run' not in sys.argv])\n"
    )
    remember(checkout)
    checkouts = Checkouts(program=[sys.executable, str(script)])
    made = CheckoutsCard(checkouts, program=[sys.executable, str(script)])
    qtbot.addWidget(made)
    made.show()
    checkouts.reload()
    qtbot.waitUntil(lambda: "Not checked yet" in verdict(made), timeout=WAIT_MS)
    made.findChild(QMenu, "installMenu").actions()[0].trigger()
    qtbot.waitUntil(lambda: made.dialog is not None, timeout=WAIT_MS)
    assert made.dialog.commands_view.toPlainText() == "make it\nfill it"
    assert asked.read_text().splitlines() == [f"checkout --protocol install {checkout} --new --dry-run"]
    made.dialog.run_button.click()
    qtbot.waitUntil(lambda: "can train now" in made.dialog.message.text, timeout=WAIT_MS)
    assert asked.read_text().splitlines()[1] == f"checkout --protocol install {checkout} --new"
    made.dialog.reject()
    qtbot.waitUntil(lambda: "Can train. /new/bin/python" in verdict(made), timeout=WAIT_MS)
    checkouts.close()


def test_a_forgotten_checkout_keeps_its_files(qtbot, card, tmp_path):
    checkout = make_checkout(tmp_path / "PaddleOCR-2.8.1")
    remember(checkout)
    card._checkouts.reload()
    qtbot.waitUntil(lambda: "Not checked yet" in verdict(card), timeout=WAIT_MS)
    card.findChild(QPushButton, "forgetCheckout").click()
    qtbot.waitUntil(lambda: verdict(card) == "", timeout=WAIT_MS)
    assert known_checkouts() == []
    assert (checkout / "tools" / "train.py").is_file()
