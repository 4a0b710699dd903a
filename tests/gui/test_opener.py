"""Files and folders are handed to the desktop, and what it cannot show is told."""

import pytest
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QMessageBox, QWidget

from ocrstudio.ui.widgets import opener


@pytest.mark.parametrize(
    ("is_there", "is_shown", "said"),
    [(True, True, None), (True, False, "no program"), (False, True, "not there any more")],
)
def test_what_cannot_be_opened_is_told_with_its_path(qtbot, tmp_path, monkeypatch, is_there, is_shown, said):
    asked = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()) or is_shown)
    place = tmp_path / "my results Ⅻ"
    if is_there:
        place.mkdir()
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    opener.open_place(place, window)
    assert asked == ([str(place)] if is_there else [])
    boxes = window.findChildren(QMessageBox, opener.NAME)
    assert [str(place) in box.text() and said in box.text() for box in boxes] == ([True] if said else [])
    for box in boxes:
        box.close()
