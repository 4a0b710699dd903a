"""What tests of pages share: a session without a project service, and pictures of known size."""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path

from PyQt5.QtCore import QMimeData, QObject, QPoint, Qt, QUrl, pyqtSignal
from PyQt5.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PyQt5.QtWidgets import QApplication, QWidget

from ocrstudio.formats.config import TrainConfig


class FakeSession(QObject):
    """Stands in for `ProjectSession`: a folder without a store, and the signals that pages listen to."""

    project_opened = pyqtSignal(str)
    project_closed = pyqtSignal()
    pages_listed = pyqtSignal()
    store = None

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


def make_bundle(project: Path, name: str, task: str = "rec") -> Path:
    """A trained model of a project, as far as the lists of models look."""
    run = project / ".ocrstudio" / "runs" / name
    bundle = run / "bundle"
    bundle.mkdir(parents=True)
    (run / "config.yml").write_text("Global: {}\n")
    (bundle / "model.onnx").write_bytes(b"onnx")
    card = {"name": name, "created": "2026-11-22T15:00:00+00:00", "characters": 18, "task": task}
    (bundle / "card.json").write_text(json.dumps(card))
    return bundle


def locked_pdf(path: Path, password: str) -> Path:
    """A PDF of one empty page that opens with a password (standard security handler, revision 2, 40-bit RC4)."""
    padding = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    padded = (password.encode("latin-1") + padding)[:32]
    owner = _rc4(hashlib.md5(padded, usedforsecurity=False).digest()[:5], padded)
    mark, allowed = b"0123456789abcdef", -4
    key = hashlib.md5(padded + owner + struct.pack("<i", allowed) + mark, usedforsecurity=False).digest()[:5]
    lock = f"/Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{_rc4(key, padding).hex()}> /P {allowed}"
    bodies = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 120 80] >>",
    )
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"<< /Size 4 /Root 1 0 R /Encrypt << {lock} >> /ID [<{mark.hex()}> <{mark.hex()}>] >>"
    table = f"xref\n0 4\n0000000000 65535 f \n{rows}trailer\n{trailer}\nstartxref\n{len(out)}\n%%EOF\n"
    path.write_text(out + table)
    return path


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
