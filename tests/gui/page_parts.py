"""What tests of pages share: a session without a project service, and pictures of known size."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QMimeData, QObject, QPoint, Qt, QUrl, pyqtSignal
from PyQt5.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PyQt5.QtWidgets import QApplication, QWidget

from ocrstudio.formats.config import TrainConfig


class FakeSession(QObject):
    """Stands in for `ProjectSession`: a folder, and the signals that pages listen to."""

    project_opened = pyqtSignal(str)
    project_closed = pyqtSignal()

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.folder = folder

    def open_folder(self, folder: Path | None) -> None:
        self.folder = folder
        if folder is None:
            self.project_closed.emit()
        else:
            self.project_opened.emit(str(folder))


def save_picture(path: Path, width: int = 200, height: int = 100) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    assert image.save(str(path))
    return path


def drop(widget: QWidget, data: QMimeData) -> bool:
    """Drags over a widget and drops; whether it was taken."""
    actions, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    middle = QPoint(widget.width() // 2, widget.height() // 2)
    enter = QDragEnterEvent(middle, actions, data, left, none)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(middle, actions, data, left, none)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drop_files(widget: QWidget, paths: list[Path]) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return drop(widget, data)


def make_checkout(folder: Path) -> Path:
    """The least that passes for a PaddleOCR checkout, with one config for each task."""
    for name in ("tools/train.py", "ppocr/data/__init__.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (folder / "VERSION_NUMBER").write_text("2.8.1\n")
    for task in ("rec", "det"):
        config = TrainConfig.template()
        config.set("Architecture.model_type", task)
        (folder / "configs" / task).mkdir(parents=True)
        config.save(folder / "configs" / task / f"plain_{task}.yml")
    return folder
