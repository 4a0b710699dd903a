"""The questions that the training page asks."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication, QEventLoop, QTimer
from PyQt5.QtWidgets import QMessageBox, QProgressDialog, QWidget

from ocrstudio.services.training_run import STOP_GRACE_S, RunState, TrainingRun


def confirm_stop_training(parent: QWidget | None) -> bool:
    """Asks whether the window may close although a training is running.

    Returns:
        True to stop the training, keep its best state and close; False to stay.
    """
    box = QMessageBox(parent)
    box.setObjectName("confirmStopTraining")
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(QCoreApplication.translate("Train", "A training is running."))
    box.setInformativeText(
        QCoreApplication.translate(
            "Train", "Closing the window stops it. The best state so far is kept and can be used."
        )
    )
    stop = box.addButton(QCoreApplication.translate("Train", "Stop and close"), QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(QCoreApplication.translate("Train", "Keep training"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    chosen = box.clickedButton() is stop
    box.deleteLater()
    return chosen


def confirm_end_by_force(parent: QWidget | None) -> bool:
    """Asks whether a training that is saving may be ended at once."""
    box = QMessageBox(parent)
    box.setObjectName("confirmEndByForce")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(QCoreApplication.translate("Train", "The training is still saving its work."))
    box.setInformativeText(
        QCoreApplication.translate("Train", "Ended now, it keeps the best state so far but loses what came after.")
    )
    end = box.addButton(QCoreApplication.translate("Train", "End now"), QMessageBox.ButtonRole.DestructiveRole)
    wait = box.addButton(QCoreApplication.translate("Train", "Wait"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(wait)
    box.setEscapeButton(wait)
    box.exec()
    chosen = box.clickedButton() is end
    box.deleteLater()
    return chosen


def wait_for_end(run: TrainingRun, parent: QWidget | None, grace_ms: int = STOP_GRACE_S * 1000) -> None:
    """Stops a training and waits for its end behind a small window; after `grace_ms`, or on request, ends it by force.

    Args:
        run: A run that is active.
        parent: The window that is about to close.
        grace_ms: How long the trainer may save.
    """
    wait = QProgressDialog(parent)
    wait.setObjectName("savingTraining")
    wait.setLabelText(QCoreApplication.translate("Train", "The best state of the training is being kept…"))
    wait.setCancelButtonText(QCoreApplication.translate("Train", "End now"))
    wait.setRange(0, 0)
    wait.setMinimumDuration(0)
    wait.setModal(True)
    loop = QEventLoop()
    run.ended.connect(loop.quit)
    wait.canceled.connect(run.stop)  # a second stop ends it by force
    limit = QTimer()
    limit.setSingleShot(True)
    limit.timeout.connect(run.stop)
    if run.state is not RunState.STOPPING:
        run.stop()
    if run.state.is_active:
        limit.start(grace_ms)
        wait.show()
        loop.exec()
    run.ended.disconnect(loop.quit)
    limit.stop()
    wait.deleteLater()
