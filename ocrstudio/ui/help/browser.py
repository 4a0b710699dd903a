"""Shows one topic of the help: headings with anchors, keys as caps, pictures no wider than the view."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import QEvent, QUrl, pyqtSignal, pyqtSlot
from PyQt5.QtGui import (
    QColor,
    QFont,
    QImage,
    QImageReader,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextTable,
)
from PyQt5.QtWidgets import QTextBrowser, QTextEdit, QWidget

from ocrstudio.ui import theme
from ocrstudio.ui.help import topics
from ocrstudio.ui.widgets.parts import GRID

MARGIN = 3 * GRID
HEADING_SIZES = {1: 1.7, 2: 1.3, 3: 1.1}
LINE_GAP = 0.3  # of a line's height, between two lines


class HelpBrowser(QTextBrowser):
    """Renders Markdown of `topics`, already filled."""

    link_followed = pyqtSignal(str)  # as it stands in the topic: `train.md#steps`, `page:train`, `command:undo`

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("helpText")
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._markdown, self._words = "", list[str]()
        self._rendered: dict[str, QTextDocument] = {}  # by Markdown, in the look of now
        self.anchorClicked.connect(self._on_anchor_clicked)

    def show_topic(self, markdown: str) -> None:
        """Shows a topic from its beginning."""
        if markdown != self._markdown:
            self._markdown = markdown
            self._show_document()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        bar = self.verticalScrollBar()
        if bar is not None:
            bar.setValue(0)

    def show_section(self, anchor: str) -> None:
        """Brings a heading to the top of the view."""
        self.scrollToAnchor(anchor)

    def mark_words(self, words: list[str]) -> None:
        """Marks what was searched for; none takes the marks away."""
        self._words = words
        used = theme.colors()
        look = QTextCharFormat()
        look.setBackground(QColor(used.warn_soft))
        look.setForeground(QColor(used.text))
        marks = []
        document = self._document()
        for word in words:
            cursor = document.find(word)
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = cursor, look
                marks.append(mark)
                cursor = document.find(word, cursor)
        self.setExtraSelections(marks)

    # --- rendering -------------------------------------------------------------------------------------------------

    def _document(self) -> QTextDocument:
        document = self.document()
        if document is None:
            raise RuntimeError("the browser has no document")
        return document

    def _show_document(self) -> None:
        shown = self._rendered.get(self._markdown) or self._render()
        self._rendered[self._markdown] = shown
        self.setExtraSelections([])  # they point into the document that goes
        self._fit_pictures(shown)
        self.setDocument(shown)

    def _render(self) -> QTextDocument:
        # Not shown while it is made: each of the many changes would lay it out anew.
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(MARGIN)
        document.setMarkdown(self._markdown)
        self._dress_blocks(document)
        self._dress_words(document, topics.WORDS_BEGIN, topics.WORDS_END, _words_format())
        self._dress_words(document, topics.KEY_BEGIN, topics.KEY_END, _key_format())
        self._dress_tables(document)
        return document

    def _dress_blocks(self, document: QTextDocument) -> None:
        """Gives paragraphs their distances, headings their size and the anchor that their id names."""
        block = document.begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            shape = QTextBlockFormat()
            gap = LINE_GAP * self.fontMetrics().height()
            shape.setLineHeight(gap, QTextBlockFormat.LineHeightTypes.LineDistanceHeight)
            if level:
                shape.setTopMargin(0 if block.blockNumber() == 0 else (4 - level) * GRID + GRID)
                shape.setBottomMargin(GRID)
            cursor = QTextCursor(block)
            cursor.mergeBlockFormat(shape)
            if level:
                self._dress_heading(block, level)
            block = block.next()

    def _dress_heading(self, block: QTextBlock, level: int) -> None:
        text, _, mark = block.text().partition(" {#")
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setFontPointSize(self.font().pointSizeF() * HEADING_SIZES.get(level, 1.0))
        look.setForeground(QColor(theme.colors().text))
        look.setAnchor(True)
        look.setAnchorNames([mark.removesuffix("}")])
        cursor.insertText(text, look)

    def _dress_words(self, document: QTextDocument, begin: str, end: str, look: QTextCharFormat) -> None:
        """Gives what stands between two marks a look of its own, and takes the marks out."""
        cursor = document.find(begin)
        while not cursor.isNull():
            closing = document.find(end, cursor)
            inner = QTextCursor(document)
            inner.setPosition(cursor.selectionEnd())
            inner.setPosition(closing.selectionStart(), QTextCursor.MoveMode.KeepAnchor)
            inner.mergeCharFormat(look)
            closing.removeSelectedText()
            cursor.removeSelectedText()
            cursor = document.find(begin, cursor)

    def _dress_tables(self, document: QTextDocument) -> None:
        root = document.rootFrame()
        for frame in root.childFrames() if root is not None else ():
            if isinstance(frame, QTextTable):
                shape = frame.format()
                shape.setCellPadding(GRID // 2)
                shape.setCellSpacing(0)
                shape.setBorder(1)
                shape.setBorderBrush(QColor(theme.colors().border))
                shape.setBorderCollapse(True)
                shape.setTopMargin(GRID)
                shape.setBottomMargin(GRID)
                frame.setFormat(shape)

    def _fit_pictures(self, document: QTextDocument) -> None:
        """Makes every picture as wide as the view, at most as it is."""
        view = self.viewport()
        room = (view.width() if view is not None else self.width()) - 2 * MARGIN
        for name, cursor in _pictures(document):
            size = QImageReader(str(topics.pictures().parent / name)).size()
            width = min(size.width(), max(room, 100))
            look = QTextImageFormat(cursor.charFormat().toImageFormat())
            if not size.isValid() or look.width() == width:
                continue
            look.setWidth(width)
            look.setHeight(size.height() * width / size.width())
            cursor.setCharFormat(look)

    def loadResource(self, kind: int, name: QUrl) -> Any:  # noqa: N802 - Qt's name
        if kind == int(QTextDocument.ResourceType.ImageResource) and name.isRelative():
            return QImage(str(topics.pictures().parent / name.path()))
        return None

    # --- changes ---------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_pictures(self._document())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._markdown:
            bar = self.verticalScrollBar()
            share = bar.value() / max(1, bar.maximum()) if bar is not None else 0
            old, self._rendered = self._rendered, {}
            self._show_document()
            self.mark_words(self._words)
            for document in old.values():
                document.deleteLater()
            if bar is not None:
                bar.setValue(round(share * bar.maximum()))

    @pyqtSlot(QUrl)
    def _on_anchor_clicked(self, url: QUrl) -> None:
        self.link_followed.emit(url.toString())


def _pictures(document: QTextDocument) -> list[tuple[str, QTextCursor]]:
    """(name, its one letter selected) of every picture."""
    found = []
    block = document.begin()
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            fragment = part.fragment()
            look = fragment.charFormat()
            if look.isImageFormat():
                cursor = QTextCursor(document)
                cursor.setPosition(fragment.position())
                cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                found.append((look.toImageFormat().name(), cursor))
            part += 1
        block = block.next()
    return found


def _words_format() -> QTextCharFormat:
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold)
    return look


def _key_format() -> QTextCharFormat:
    used = theme.colors()
    look = QTextCharFormat()
    look.setBackground(QColor(used.hover))
    look.setForeground(QColor(used.text))
    look.setFontWeight(QFont.Weight.Bold)
    return look
