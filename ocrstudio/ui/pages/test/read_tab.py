"""Drop a picture, see its text. For people who know nothing of text recognition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QMimeData, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage, QShowEvent
from PyQt5.QtWidgets import QApplication, QFileDialog, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.bundle import ModelInfo, model_info
from ocrstudio.formats.images import EXTENSIONS
from ocrstudio.formats.model_list import known_models
from ocrstudio.protocol.messages import Failed
from ocrstudio.services.background import Background
from ocrstudio.services.page_images import PageImage, PageImageLoader
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings
from ocrstudio.ui.actions import make_action
from ocrstudio.ui.i18n import translated
from ocrstudio.ui.pages.test import actions as specs
from ocrstudio.ui.pages.test.drop_area import DropArea
from ocrstudio.ui.pages.test.export import as_json, as_text
from ocrstudio.ui.pages.test.incoming import Found, can_take, expand, files_of, image_of, store_pasted
from ocrstudio.ui.pages.test.model_chooser import ModelChooser
from ocrstudio.ui.pages.test.picture_view import PictureView
from ocrstudio.ui.pages.test.pictures_list import PicturesList
from ocrstudio.ui.pages.test.progress_row import ProgressRow
from ocrstudio.ui.pages.test.reading import Reading
from ocrstudio.ui.pages.test.results import Picture, ReadState
from ocrstudio.ui.pages.test.text_panel import TextPanel
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget


class ReadTab(TranslatedWidget):
    """Takes pictures from anywhere and shows their text beside them.

    Args:
        session: Its project's models are offered.
        recognizer: Reads the pictures.
        settings: Unused so far.
        parent: Owner.
    """

    pictures_read = pyqtSignal()  # everything that was asked for has an answer

    def __init__(
        self, session: ProjectSession, recognizer: Recognizer, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("readTab")
        self.setAcceptDrops(True)
        self._session = session
        self._recognizer = recognizer
        self._settings = settings
        self._current: Picture | None = None
        self._message_action: Callable[[], None] | None = None
        self._warmed_up = False
        self._background = Background(self)
        self._loader = PageImageLoader(self)
        self.reading = Reading(recognizer, self)
        self._build()
        self._connect()

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.chooser, self.finder = ModelChooser(), ModelChooser("det")
        self.message = MessageBar()
        self.progress = ProgressRow()
        self.drop_area = DropArea()
        self.pictures = PicturesList()
        self.say(self.pictures.setAccessibleName, lambda: self.tr("Pictures"))
        self.view = PictureView()
        self.text = TextPanel()
        title = label("title", "testTitle")
        self.say(title.setText, lambda: self.tr("Read the text of pictures"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.drop_area)
        self._stack.addWidget(self._build_results())
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        page.setSpacing(2 * GRID)
        page.addLayout(row(title, None, self.finder, self.chooser))
        page.addWidget(self.message)
        page.addWidget(self._stack, 1)

    def _build_results(self) -> QWidget:
        more = button("morePicturesButton", "fa5s.plus")
        self.say(more.setText, lambda: self.tr("More pictures…"))
        more.clicked.connect(self.choose_pictures)
        over = button("startOverButton", "fa5s.broom")
        self.say(over.setText, lambda: self.tr("Start over"))
        over.clicked.connect(self.start_over)
        self._save_text = button("saveTextButton", "fa5s.file-alt")
        self.say(self._save_text.setText, lambda: self.tr("Save as text…"))
        self._save_text.clicked.connect(self.save_as_text)
        self._save_json = button("saveJsonButton", "fa5s.file-code")
        self.say(self._save_json.setText, lambda: self.tr("Save as JSON…"))
        self._save_json.clicked.connect(self.save_as_json)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("resultsSplitter")
        split.setChildrenCollapsible(False)
        split.setHandleWidth(2 * GRID)
        for widget, stretch in ((self.pictures, 0), (self.view, 3), (self.text, 2)):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, stretch)
        split.setSizes([230, 560, 490])
        results = QWidget()
        column = QVBoxLayout(results)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row(more, over, None, self._save_text, self._save_json))
        column.addWidget(self.progress)
        column.addWidget(split, 1)
        return results

    def _connect(self) -> None:
        self.drop_area.pictures_requested.connect(self.choose_pictures)
        self.drop_area.folder_requested.connect(self.choose_folder)
        self.chooser.model_chosen.connect(self.use_model)
        self.finder.model_chosen.connect(self.use_detector)
        for chooser in (self.chooser, self.finder):
            chooser.model_added.connect(self.use_bundle)
            chooser.failed.connect(self.message.show_error)
        self.message.action_requested.connect(self._on_message_action_requested)
        self.progress.cancel.clicked.connect(self.reading.cancel)
        self.reading.picture_changed.connect(self._on_picture_changed)
        self.reading.progress_changed.connect(self._on_progress_changed)
        self.reading.model_refused.connect(self._on_model_refused)
        self.pictures.picture_chosen.connect(self._on_picture_chosen)
        self._loader.loaded.connect(self._on_image_loaded)
        self.view.line_clicked.connect(self.text.select)
        self.view.line_hovered.connect(self.text.view.point_at)
        self.text.line_chosen.connect(self.view.select)
        self.text.line_pointed.connect(self.view.point_at)
        self.text.line_corrected.connect(self._on_line_corrected)
        self.text.copy_all.clicked.connect(self.text.copy_all_text)
        self.text.copy_line.clicked.connect(self.text.copy_current_line)
        self._recognizer.model_changed.connect(self.chooser.choose)
        self._recognizer.detector_changed.connect(self.finder.choose)
        self._session.project_opened.connect(self._reload_models)
        self._session.project_closed.connect(self._reload_models)
        for spec, slot in (
            (specs.CHOOSE, self.choose_pictures),
            (specs.CHOOSE_FOLDER, self.choose_folder),
            (specs.PASTE, self.paste),
            (specs.COPY_ALL, self.text.copy_all_text),
            (specs.SAVE_TEXT, self.save_as_text),
            (specs.SAVE_JSON, self.save_as_json),
            (specs.START_OVER, self.start_over),
        ):
            make_action(spec, self, slot)
        make_action(
            specs.COPY_LINE,
            self.text.view,
            self.text.copy_current_line,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    # --- what others may do ----------------------------------------------------------------------------------------

    @pyqtSlot(str)
    def use_model(self, model: str) -> None:
        """Reads with another model from now on, and offers to read again what another one has read.

        Args:
            model: "bundled" or the path of a bundle folder.
        """
        self._recognizer.use_model(model)
        self._reload_models()
        self._offer_reading_again()

    @pyqtSlot(str)
    def use_detector(self, detector: str) -> None:
        """Finds lines with another model from now on; otherwise like `use_model`."""
        self._recognizer.use_detector(detector)
        self._reload_models()
        self._offer_reading_again()

    @pyqtSlot(str)
    def use_bundle(self, bundle: str) -> None:
        """Uses a bundle for what it can do: reading or finding lines."""
        info = model_info(Path(bundle))
        if info is not None and info.task == "det":
            self.use_detector(bundle)
        else:
            self.use_model(bundle)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Reads pictures and folders of pictures; what is no picture is listed with the reason.

        Args:
            paths: Local files and folders, in any mixture.
        """
        wanted = [Path(path) for path in paths]
        if wanted:
            self._background.run(lambda: expand(wanted), self._on_found)

    # --- pictures come in ------------------------------------------------------------------------------------------

    def _on_found(self, found: Found) -> None:
        self.message.clear()
        if found.problem is not None:
            self.message.show_error(found.problem, kind="warn")
        state = {True: ReadState.FAILED, False: ReadState.WAITING}
        self._add([Picture(path, state[fault is not None], problem=fault) for path, fault in found.files])

    def _add(self, new: list[Picture]) -> None:
        if not new:
            return
        self.pictures.pictures.append(new)
        several = len(self.pictures.pictures.pictures) > 1
        self.pictures.setVisible(several)
        self._stack.setCurrentIndex(1)
        self.reading.read([picture for picture in new if picture.problem is None])
        self._show(new[0])
        self._update_buttons()

    def _take(self, data: QMimeData) -> bool:
        """Takes over what was dropped or pasted; False if there is nothing to take."""
        files = files_of(data)
        image = None if files else image_of(data)
        if files:
            self.add_files(files)
        elif image is not None:
            kept = QImage(image)
            self._background.run(lambda: store_pasted(kept), self._on_pasted)
        return bool(files) or image is not None

    def _on_pasted(self, result: Path | StudioError) -> None:
        if isinstance(result, StudioError):
            self.message.show_error(result)
        else:
            self.message.clear()
            self._add([Picture(result, pasted=True)])

    @pyqtSlot()
    def paste(self) -> None:
        """Reads the picture on the clipboard."""
        clipboard = QApplication.clipboard()
        data = clipboard.mimeData() if clipboard is not None else None
        if data is None or not self._take(data):
            self.message.show_message(
                "warn", lambda: self.tr("There is no picture to paste. Copy a picture first, then press Ctrl+V here.")
            )

    @pyqtSlot()
    def choose_pictures(self) -> None:
        """Lets the user choose files."""
        kinds = self.tr("Pictures ({patterns})").format(
            patterns=" ".join(f"*{suffix}" for suffix in sorted(EXTENSIONS))
        )
        files, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Choose pictures"), "", ";;".join((kinds, self.tr("All files (*)")))
        )
        self.add_files([Path(file) for file in files])

    @pyqtSlot()
    def choose_folder(self) -> None:
        """Lets the user choose a folder whose pictures are read."""
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder of pictures"))
        if folder:
            self.add_files([Path(folder)])

    @pyqtSlot()
    def start_over(self) -> None:
        """Forgets all pictures and shows the drop area again."""
        self.reading.forget()
        self._remove_pasted()
        self.pictures.pictures.clear()
        self._current = None
        self.text.show_picture(None)
        self.view.show_picture(None, ())
        self.message.clear()
        self._stack.setCurrentIndex(0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.drop_area.set_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_area.set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_area.set_hot(False)
        data = event.mimeData()
        if data is not None and self._take(data):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    # --- showing ---------------------------------------------------------------------------------------------------

    def _show(self, picture: Picture) -> None:
        self._current = picture
        all_pictures = self.pictures.pictures.pictures
        index = self.pictures.pictures.index(next(n for n, other in enumerate(all_pictures) if other is picture))
        if self.pictures.currentIndex() != index:
            self.pictures.setCurrentIndex(index)
        self.text.show_picture(picture)
        image = self._loader.cached(picture.path)
        self.view.show_picture(image, picture.lines, self.tr("Opening the picture…"))
        if picture.problem is not None and image is None:
            self.view.show_picture(None, (), self.tr("This picture cannot be shown."))
        elif image is None:
            self._loader.request(picture.path)

    @pyqtSlot(int)
    def _on_picture_chosen(self, row_number: int) -> None:
        picture = self.pictures.pictures.pictures[row_number]
        if picture is not self._current:
            self._show(picture)

    @pyqtSlot(object, object)
    def _on_image_loaded(self, path: Path, result: PageImage | StudioError) -> None:
        if self._current is None or self._current.path != path:
            return
        if isinstance(result, StudioError):
            self.view.show_picture(None, (), " ".join(part for part in translated(result) if part))
        else:
            self.view.show_picture(result, self._current.lines)
            self.view.select(self.text.current)

    @pyqtSlot(object)
    def _on_picture_changed(self, picture: Picture) -> None:
        rows = self.pictures.pictures.pictures
        row_number = next((number for number, other in enumerate(rows) if other is picture), -1)
        if row_number >= 0:
            self.pictures.pictures.refresh(row_number)
        if picture is self._current:
            self.text.show_picture(picture)
            self.view.set_lines(picture.lines)

    @pyqtSlot(int)
    def _on_line_corrected(self, _index: int) -> None:
        if self._current is not None:
            self.view.set_lines(self._current.lines)
            self._on_row_of_current_changed()

    def _on_row_of_current_changed(self) -> None:
        self.pictures.pictures.refresh(self.pictures.currentIndex().row())

    @pyqtSlot(int, int)
    def _on_progress_changed(self, done: int, total: int) -> None:
        self.progress.show_progress(done, total)
        self._update_buttons()
        if total and done == total:
            self._offer_the_rest()
            self.pictures_read.emit()

    def _update_buttons(self) -> None:
        ready = any(picture.state is ReadState.READ for picture in self.pictures.pictures.pictures)
        self._save_text.setEnabled(ready)
        self._save_json.setEnabled(ready)

    # --- models ----------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def _reload_models(self) -> None:
        project = Path(self._session.folder) if self._session.folder is not None else None
        reads, finds = self._recognizer.model, self._recognizer.detector
        self._background.run(
            lambda: (known_models(project, reads), known_models(project, finds, "det")), self._on_models_known
        )

    def _on_models_known(self, models: tuple[Sequence[ModelInfo], Sequence[ModelInfo]]) -> None:
        self.chooser.show_models(models[0], self._recognizer.model)
        self.finder.show_models(models[1], self._recognizer.detector)

    @pyqtSlot(object)
    def _on_model_refused(self, failure: Failed) -> None:
        if self.isVisible():
            self._message_action = None
            self.message.show_error(failure)

    def _offer_reading_again(self) -> None:
        used = (self._recognizer.model, self._recognizer.detector)
        stale = [one for one in self.pictures.pictures.pictures if one.model and (one.model, one.detector) != used]
        if stale:
            self._offer(
                lambda: self.tr("These pictures were read with another model."),
                lambda: self.tr("Read them again"),
                lambda: self.reading.read(stale),
            )

    def _offer_the_rest(self) -> None:
        rest = [one for one in self.pictures.pictures.pictures if one.state is ReadState.CANCELLED]
        if rest:
            self._offer(
                lambda: self.tr("{number} pictures have not been read.").format(number=len(rest)),
                lambda: self.tr("Read the rest"),
                lambda: self.reading.read(rest),
            )

    def _offer(self, text: Callable[[], str], action_text: Callable[[], str], action: Callable[[], None]) -> None:
        self._message_action = action
        self.message.show_message("warn", text, action=action_text)

    @pyqtSlot()
    def _on_message_action_requested(self) -> None:
        action, self._message_action = self._message_action, None
        self.message.clear()
        if action is not None:
            action()

    # --- saving ----------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def save_as_text(self) -> None:
        """Lets the user choose a text file and writes what was read."""
        self._save(self.tr("Save as text"), ".txt", self.tr("Text files (*.txt)"), as_text)

    @pyqtSlot()
    def save_as_json(self) -> None:
        """Lets the user choose a JSON file and writes what was read, with places and confidence."""
        self._save(self.tr("Save as JSON"), ".json", self.tr("JSON files (*.json)"), as_json)

    def _save(self, title: str, suffix: str, kinds: str, write: Callable[[Sequence[Picture]], str]) -> None:
        pictures = self.pictures.pictures.pictures
        if not any(picture.state is ReadState.READ for picture in pictures):
            return
        first = pictures[0]
        name = f"{first.path.stem if len(pictures) == 1 else first.path.parent.name or 'text'}{suffix}"
        start = name if first.pasted else str(first.path.parent / name)
        chosen, _ = QFileDialog.getSaveFileName(self, title, start, kinds)
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(chosen + suffix)
        try:
            write_atomic(path, write(pictures))
        except StudioError as error:
            self.message.show_error(error)
        else:
            self.message.show_message("good", lambda: self.tr("Saved as {file}.").format(file=path))

    # --- life ------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload_models()
        if not self._warmed_up:
            self._warmed_up = True
            self._recognizer.warm_up()  # so that the first picture is answered at once

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reading.forget()
        self.chooser.close_work()
        self.finder.close_work()
        self._background.close()
        self._loader.close()
        self._remove_pasted()
        super().closeEvent(event)

    def _remove_pasted(self) -> None:
        """Pasted pictures may be private; nobody expects to find them on the disk later."""
        for picture in self.pictures.pictures.pictures:
            if picture.pasted:
                picture.path.unlink(missing_ok=True)
