"""Every value of a config as a tree for a view."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PyQt5.QtCore import QAbstractItemModel, QCoreApplication, QModelIndex, QObject, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFont

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.ui import theme
from ocrstudio.ui.pages.config.fields import explained_key, shown

KEY, VALUE, KIND = range(3)
PATH_ROLE = int(Qt.ItemDataRole.UserRole) + 1
VALUE_ROLE = PATH_ROLE + 1
HEADINGS = (
    QT_TRANSLATE_NOOP("ConfigTree", "Key"),
    QT_TRANSLATE_NOOP("ConfigTree", "Value"),
    QT_TRANSLATE_NOOP("ConfigTree", "Kind"),
)
KINDS = {
    bool: QT_TRANSLATE_NOOP("ConfigTree", "on or off"),
    int: QT_TRANSLATE_NOOP("ConfigTree", "whole number"),
    float: QT_TRANSLATE_NOOP("ConfigTree", "number"),
    str: QT_TRANSLATE_NOOP("ConfigTree", "text"),
    type(None): QT_TRANSLATE_NOOP("ConfigTree", "nothing"),
    list: QT_TRANSLATE_NOOP("ConfigTree", "list of {count}"),
    dict: QT_TRANSLATE_NOOP("ConfigTree", "{count} keys"),
}


class Node:
    """One key or list entry; a list entry with a single named part shows that name."""

    __slots__ = ("children", "key", "parent", "row", "value")

    def __init__(self, key: str, value: Any, parent: Node | None, row: int) -> None:
        self.key, self.parent, self.row = key, parent, row
        self.value = value
        self.children = [Node(name, part, self, place) for place, (name, part) in enumerate(_parts(value))]

    @property
    def path(self) -> str:
        """Dotted path from the root."""
        above = self.parent.path if self.parent is not None and self.parent.parent is not None else ""
        return f"{above}.{self.key}" if above else self.key

    def take(self, value: Any) -> bool:
        """Takes another value if it has the same keys; whether it does."""
        parts = list(_parts(value))
        if [name for name, _ in parts] != [child.key for child in self.children]:
            return False
        self.value = value
        return all(child.take(part) for child, (_, part) in zip(self.children, parts, strict=True))


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from ((str(place), part) for place, part in enumerate(value))


class ValueModel(QAbstractItemModel):
    """The tree. Only single values can be edited; what was typed is told, not taken over."""

    value_typed = pyqtSignal(str, object)  # dotted path, text or bool

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node("", {}, None, 0)
        self._changed: frozenset[str] = frozenset()

    def show_values(self, plain: dict[str, Any], changed: frozenset[str]) -> bool:
        """Shows a config's values.

        Args:
            plain: All of them.
            changed: Paths of those that differ from the template.

        Returns:
            Whether the tree was built anew, because keys came or went; if not, the view has to paint itself again.
        """
        self._changed = changed
        if self._root.take(plain):
            return False
        self.beginResetModel()
        self._root = Node("", plain, None, 0)
        self.endResetModel()
        return True

    def node(self, index: QModelIndex) -> Node:
        """What stands at an index; the root for an invalid one."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Node) else self._root

    def index_of(self, path: str) -> QModelIndex:
        """The index of a dotted path; an invalid one if there is none."""
        node = self._root
        for part in path.split("."):
            found = next((child for child in node.children if child.key == part), None)
            if found is None:
                return QModelIndex()
            node = found
        return self.createIndex(node.row, KEY, node)

    # --- Qt --------------------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        children = self.node(parent).children
        return self.createIndex(row, column, children[row]) if 0 <= row < len(children) else QModelIndex()

    def parent(self, index: QModelIndex) -> QModelIndex:
        above = self.node(index).parent
        return QModelIndex() if above is None or above.parent is None else self.createIndex(above.row, KEY, above)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self.node(parent).children) if parent.column() <= KEY else 0

    def columnCount(self, _parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(HEADINGS)

    def flags(self, index: QModelIndex) -> Qt.ItemFlags:
        flags = super().flags(index)
        is_value = index.column() == VALUE and not isinstance(self.node(index).value, (dict, list))
        return flags | Qt.ItemFlag.ItemIsEditable if is_value else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _said(HEADINGS[section])
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(node, index.column())
        if role == Qt.ItemDataRole.EditRole and index.column() == VALUE:
            return node.value if isinstance(node.value, (bool, str)) else shown(node.value)
        if role == VALUE_ROLE:
            return node.value
        if role == PATH_ROLE:
            return node.path
        if role == Qt.ItemDataRole.ToolTipRole:
            return explained_key(node.path)
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == KIND:
            return QColor(theme.colors().muted)
        if role == Qt.ItemDataRole.FontRole and index.column() == VALUE and node.path in self._changed:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or value == self.data(index, role):
            return False
        self.value_typed.emit(self.node(index).path, value)
        return True

    def _text(self, node: Node, column: int) -> str:
        if column == KEY:
            return node.key
        value = node.value
        if column == KIND:
            return _said(KINDS[type(value)]).format(count=len(node.children))
        if isinstance(value, dict):
            return ""
        if isinstance(value, list):
            single = all(not isinstance(part, (dict, list)) for part in value)
            return shown(value) if single else ""
        return value if isinstance(value, str) else shown(value)


def _said(text: str) -> str:
    return QCoreApplication.translate("ConfigTree", text)
