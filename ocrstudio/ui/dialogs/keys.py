"""Every key the program knows, in one list."""

from __future__ import annotations

from collections.abc import Iterable

from PyQt5.QtCore import QCoreApplication, Qt
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ocrstudio.ui.actions import ActionSpec, plain_text


class KeysDialog(QDialog):
    """Lists commands and their keys, grouped.

    Args:
        groups: (heading, commands); those without a key are left out.
        parent: Owner.
    """

    def __init__(self, groups: Iterable[tuple[str, Iterable[ActionSpec]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keysDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self.resize(560, 640)
        tree = QTreeWidget()
        tree.setObjectName("keysList")
        tree.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        tree.setRootIsDecorated(False)
        tree.setIndentation(12)
        tree.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        for heading, specs in groups:
            group = QTreeWidgetItem(tree, [heading])
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            for spec in specs:
                keys = ",  ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in spec.key_sequences())
                if keys:
                    text = plain_text(QCoreApplication.translate("Actions", spec.text))
                    QTreeWidgetItem(group, [text, keys])
        tree.expandAll()
        header = tree.header()
        if header is not None:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            header.setStretchLastSection(False)
            header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        QVBoxLayout(self).addWidget(tree)
