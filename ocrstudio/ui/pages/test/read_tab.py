"""Drop a picture, see its text. For people who know nothing of text recognition."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QShowEvent
from PyQt5.QtWidgets import QApplication, QComboBox, QStackedWidget, QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.bundle import BUNDLED, ModelInfo, model_info
from ocrstudio.formats.model_list import find_model, known_models
from ocrstudio.formats.picture_source import PictureSource
from ocrstudio.protocol.messages import AUTO, FIND_ONLY, ONE_LINE, Failed
from ocrstudio.services.background import Background
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings
from ocrstudio.ui.actions import make_action
from ocrstudio.ui.pages.test import actions as specs
from ocrstudio.ui.pages.test import screen_region
from ocrstudio.ui.pages.test.arrivals import Arrivals, Arrived
from ocrstudio.ui.pages.test.drop_area import DropArea
from ocrstudio.ui.pages.test.incoming import can_take
from ocrstudio.ui.pages.test.model_chooser import ModelChooser
from ocrstudio.ui.pages.test.offers import Offers
from ocrstudio.ui.pages.test.reading import Reading
from ocrstudio.ui.pages.test.results import Picture, ReadState
from ocrstudio.ui.pages.test.results_area import ResultsArea
from ocrstudio.ui.pages.test.saving import Saving
from ocrstudio.ui.pages.test.teach_panel import TeachPanel
from ocrstudio.ui.widgets.flow import flowing
from ocrstudio.ui.widgets.low_screen import HeightOfShown
from ocrstudio.ui.widgets.parts import GRID
from ocrstudio.ui.widgets.translated import TranslatedWidget


class ReadTab(TranslatedWidget):
    """Takes pictures from anywhere and shows their text beside them.

    Args:
        session: Its project's models are offered.
        recognizer: Reads the pictures.
        settings: Remembers the last model, folder and form of saving.
        parent: Owner.
    """

    pictures_read = pyqtSignal()  # everything that was asked for has an answer
    line_corrected = pyqtSignal(object, int)  # Picture, index of the line whose text a person replaced

    def __init__(
        self, session: ProjectSession, recognizer: Recognizer, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("readTab")
        self.setAcceptDrops(True)
        self._session = session
        self._recognizer = recognizer
        self._settings = settings
        self._is_first_show = True
        self._background = Background(self)
        self.region: screen_region.ScreenRegion | None = None
        self.reading = Reading(recognizer, self)
        self.arrivals = Arrivals(settings, self)
        self._build()
        self._connect()

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.chooser, self.finder = ModelChooser(), ModelChooser("det")
        self.message = Offers()
        self.drop_area = DropArea()
        self.results = ResultsArea(self._settings)
        self.saving = Saving(self._settings, self.message, self)
        self.teach = TeachPanel(self._session, self._recognizer, self.message)
        self.view, self.text, self.progress = self.results.view, self.results.text, self.results.progress
        self.mode = QComboBox()
        self.mode.setObjectName("readingMode")
        self.say(self.mode.setAccessibleName, lambda: self.tr("What to read"))
        self.say(self.mode.setToolTip, lambda: self.tr("What to read"))
        for mode in (AUTO, ONE_LINE, FIND_ONLY):
            self.mode.addItem("", mode)
        self.say(lambda text: self.mode.setItemText(0, text), lambda: self.tr("Read all text"))
        self.say(lambda text: self.mode.setItemText(1, text), lambda: self.tr("Each picture is one line"))
        self.say(lambda text: self.mode.setItemText(2, text), lambda: self.tr("Only mark where text is"))
        self.mode.setCurrentIndex(max(0, self.mode.findData(self._settings.reading_mode)))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.drop_area)
        self._stack.addWidget(self.results)
        HeightOfShown(self._stack)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        page.setSpacing(GRID)
        page.addWidget(flowing(self.mode, None, self.finder, self.chooser))
        page.addWidget(self.message)
        page.addWidget(self.teach)
        page.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.arrivals.came.connect(self._on_arrivals_came)
        self.arrivals.pasted.connect(self._on_arrivals_pasted)
        self.arrivals.refused.connect(self._on_arrivals_refused)
        self.drop_area.pictures_requested.connect(self.arrivals.choose_pictures)
        self.drop_area.folder_requested.connect(self.arrivals.choose_folder)
        self.drop_area.screen_requested.connect(self.take_screen)
        self.chooser.model_chosen.connect(self.use_model)
        self.finder.model_chosen.connect(self.use_detector)
        for chooser in (self.chooser, self.finder):
            chooser.model_added.connect(self._on_model_added)
            chooser.failed.connect(self.message.show_error)
        self.mode.activated.connect(self._on_mode_activated)
        self.progress.cancel_requested.connect(self.reading.cancel)
        self.progress.pause_requested.connect(self.reading.pause)
        self.progress.go_on_requested.connect(self.reading.go_on)
        self.reading.paused_changed.connect(self.progress.show_paused)
        self.reading.picture_changed.connect(self.results.refresh)
        self.reading.progress_changed.connect(self._on_progress_changed)
        self.reading.model_refused.connect(self._on_model_refused)
        self.results.line_corrected.connect(self.line_corrected)
        self.line_corrected.connect(self.teach.correct)
        self.teach.picture_changed.connect(self.results.refresh)
        self.teach.model_chosen.connect(self.use_model)
        self.results.turn_requested.connect(self.turn_picture)
        self.results.start_over_requested.connect(self.start_over)
        self.results.save.save_requested.connect(self._on_save_requested)
        self._recognizer.model_changed.connect(self._on_model_changed)
        self._recognizer.detector_changed.connect(self._on_detector_changed)
        self._session.project_opened.connect(self._reload_models)
        self._session.project_closed.connect(self._reload_models)
        made = {
            spec.id: make_action(spec, self, slot)
            for spec, slot in (
                (specs.CHOOSE, self.arrivals.choose_pictures),
                (specs.CHOOSE_FOLDER, self.arrivals.choose_folder),
                (specs.PASTE, self.paste),
                (specs.TAKE_SCREEN, self.take_screen),
                (specs.TURN, self.turn_picture),
                (specs.COPY_ALL, self.text.copy_all_text),
                (specs.SAVE_RESULTS, self.results.save.save_again),
                (specs.START_OVER, self.start_over),
            )
        }
        self.results.offer_more(made[spec.id] for spec in specs.INCOMING)
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

    @pyqtSlot(str, str)
    def _on_model_added(self, folder: str, task: str) -> None:
        if task == "det":
            self.use_detector(folder)
        else:
            self.use_model(folder)

    def use_bundle(self, bundle: str) -> None:
        """Uses a bundle for what it can do: reading or finding lines."""
        info = model_info(Path(bundle))
        if info is not None and info.task == "det":
            self.use_detector(bundle)
        else:
            self.use_model(bundle)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Reads pictures, PDF files, and folders and archives of them; what is no picture is listed with the reason.

        Args:
            paths: Local files and folders, in any mixture.
        """
        self.arrivals.take_files(paths)

    # --- pictures come in ------------------------------------------------------------------------------------------

    @pyqtSlot(object)
    def _on_arrivals_came(self, came: list[Arrived]) -> None:
        self.message.clear()
        self._add([_picture(source, fault) for source, fault in came])

    @pyqtSlot(object)
    def _on_arrivals_pasted(self, source: PictureSource) -> None:
        self.message.clear()
        self._add([Picture(source, pasted=True)])

    @pyqtSlot(object)
    def _on_arrivals_refused(self, error: StudioError) -> None:
        self.message.show_error(error, kind="warn")

    def _add(self, new: list[Picture]) -> None:
        if not new:
            return
        self._stack.setCurrentWidget(self.results)
        self.results.add(new)
        self._read([picture for picture in new if picture.problem is None])

    def _read(self, pictures: list[Picture]) -> None:
        self.reading.read(pictures, str(self.mode.currentData()))

    @pyqtSlot()
    def paste(self) -> None:
        """Reads the picture on the clipboard."""
        clipboard = QApplication.clipboard()
        if not self.arrivals.take(clipboard.mimeData() if clipboard is not None else None):
            self.message.show_message(
                "warn", lambda: self.tr("There is no picture to paste. Copy a picture first, then press Ctrl+V here.")
            )

    @pyqtSlot()
    def take_screen(self) -> None:
        """Lets the user draw a rectangle on the screen and reads what is in it."""
        if not screen_region.is_allowed():
            self._tell_no_screen()
        elif self.region is None or not self.region.is_active:
            self.region = screen_region.ScreenRegion(self.window() or self)
            self.region.taken.connect(self.arrivals.take_image)
            self.region.refused.connect(self._tell_no_screen)
            self.region.begin()

    @pyqtSlot()
    def _tell_no_screen(self) -> None:
        self.message.show_message(
            "warn",
            lambda: self.tr(
                "This desktop does not let programs see the screen. Take the picture with the Print key, "
                "then press Ctrl+V here."
            ),
        )

    @pyqtSlot()
    def start_over(self) -> None:
        """Forgets all pictures and shows the drop area again."""
        self.reading.forget()
        self.arrivals.forget()
        self.results.clear()
        self.message.clear()
        self._stack.setCurrentWidget(self.drop_area)

    @pyqtSlot()
    def turn_picture(self) -> None:
        """Turns the picture that is shown by a quarter clockwise and reads it again."""
        picture = self.results.current
        if picture is not None and picture.state is not ReadState.FAILED:
            picture.turn()
            self._read([picture])
            self.results.show_picture(picture)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.drop_area.set_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_area.set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_area.set_hot(False)
        if self.arrivals.take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    @pyqtSlot(int, int)
    def _on_progress_changed(self, done: int, total: int) -> None:
        self.progress.show_progress(done, total)
        if total and done == total:
            self._offer_the_rest()
            self.pictures_read.emit()

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

    @pyqtSlot(str)
    def _on_model_changed(self, model: str) -> None:
        self.chooser.choose(model)
        self._settings.reading_model = model

    @pyqtSlot(str)
    def _on_detector_changed(self, detector: str) -> None:
        self.finder.choose(detector)
        self._settings.reading_detector = detector

    def _use_last_models(self) -> None:
        """Takes up the models of the last sitting, if they are still there and nobody has chosen others."""
        last = (self._settings.reading_model, self._settings.reading_detector)
        now = (self._recognizer.model, self._recognizer.detector)
        if now != (BUNDLED, BUNDLED) or last == now:
            self._recognizer.warm_up()  # so that the first picture is answered at once
            return
        project = Path(self._session.folder) if self._session.folder is not None else None
        self._background.run(
            lambda: [find_model(model, project) for model in last],
            lambda found: self._on_last_models_found(*found),
        )

    def _on_last_models_found(self, model: ModelInfo | None, detector: ModelInfo | None) -> None:
        if model is not None and not model.need and model.problem is None:
            self._recognizer.use_model(model.model)
        if detector is not None and not detector.need and detector.problem is None:
            self._recognizer.use_detector(detector.model)
        self._reload_models()  # one of another project is not in the lists yet
        self._recognizer.warm_up()

    @pyqtSlot()
    def _on_mode_activated(self) -> None:
        mode = str(self.mode.currentData())
        self._settings.reading_mode = mode
        read = [one for one in self.results.all if one.state is ReadState.READ and one.mode != mode]
        if len(read) == 1:
            self._read(read)
        elif read:
            self.message.offer(
                lambda: self.tr("These pictures were read in another way."),
                lambda: self.tr("Read them again"),
                lambda: self._read(read),
            )

    @pyqtSlot(object)
    def _on_model_refused(self, failure: Failed) -> None:
        if self.isVisible():
            self.message.show_error(failure)

    def _offer_reading_again(self) -> None:
        used = (self._recognizer.model, self._recognizer.detector)
        stale = [one for one in self.results.all if one.model and (one.model, one.detector) != used]
        if stale:
            self.message.offer(
                lambda: self.tr("These pictures were read with another model."),
                lambda: self.tr("Read them again"),
                lambda: self._read(stale),
            )

    def _offer_the_rest(self) -> None:
        rest = [one for one in self.results.all if one.state is ReadState.CANCELLED]
        if rest:
            self.message.offer(
                lambda: self.tr("{number} pictures have not been read.").format(number=len(rest)),
                lambda: self.tr("Read the rest"),
                lambda: self._read(rest),
            )

    @pyqtSlot(str)
    def _on_save_requested(self, form: str) -> None:
        self.saving.ask(form, self.results.all)

    # --- life ------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload_models()
        if self._is_first_show:
            self._is_first_show = False
            self._use_last_models()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reading.forget()
        self.chooser.close_work()
        self.finder.close_work()
        self._background.close()
        self.saving.close()
        self.teach.close_work()
        self.results.close_images()
        self.arrivals.close()
        super().closeEvent(event)


def _picture(source: PictureSource, fault: StudioError | None) -> Picture:
    return Picture(source, ReadState.WAITING if fault is None else ReadState.FAILED, problem=fault)
