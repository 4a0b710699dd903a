"""The curves of a run: which are drawn, over what, how smooth, and what the pointer says about them."""

import numpy as np
import pytest
from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QWheelEvent
from PyQt5.QtWidgets import QAction, QApplication

from ocrstudio.core.run_curves import CurveKey
from ocrstudio.core.run_history import RunHistory
from ocrstudio.ui.pages.train import curve_points, plot_panel
from ocrstudio.ui.pages.train.curve_points import Peaks, Smoothing
from ocrstudio.ui.pages.train.plot_canvas import nearest
from ocrstudio.ui.pages.train.plot_panel import PlotPanel

WAIT_MS = 10000
TRAIN, EVAL = CurveKey("train", "acc"), CurveKey("eval", "acc")


@pytest.fixture
def panel(qtbot):
    made = PlotPanel()
    qtbot.addWidget(made)
    made.resize(1200, 400)
    made.show()
    return made


def show(qtbot, panel, *records, history=None):
    history = RunHistory(records) if history is None else history
    panel.show_history(history)
    drawn(qtbot, panel)
    return history


def drawn(qtbot, panel):
    qtbot.waitUntil(lambda: panel.is_drawn, timeout=WAIT_MS)


def train(step, **values):
    return {
        "kind": "train",
        "time": 3600.0 * step,
        "step": step,
        "epoch": 1 + (step - 1) // 5,
        "loss": 8.0 / step,
    } | values


def recognition(steps=10):
    yield {"kind": "start", "time": 0.0, "epochs": 4, "steps_per_epoch": 5}
    for step in range(1, steps + 1):
        yield train(step, acc=step / 20, norm_edit_dis=step / 15, lr=0.001)
        if step % 5 == 0:
            yield {"kind": "eval", "time": 3600.0 * step, "step": step, "acc": step / 25, "best": True, "cer": 0.1}


def places(panel, name, key):
    return panel.plots[name].canvas.points(key)[0].tolist()


def test_training_and_validation_look_different_and_are_explained(qtbot, panel):
    show(qtbot, panel, *recognition())
    plot = panel.plots["acc"]
    looks = {key: plot._chips[key].look for key in (TRAIN, EVAL)}
    assert looks[TRAIN].color != looks[EVAL].color
    assert (looks[TRAIN].pen().style(), looks[EVAL].pen().style()) == (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine)
    assert panel.findChild(object, "trainLegend").text() == "Training batches"
    assert panel.findChild(object, "evalLegend").text() == "Validation"
    assert "never trains on" in plot._chips[EVAL].toolTip()
    assert "batches being trained" in plot.toolTip()
    assert plot.readout == "training 0.5 · validation 0.4"


def test_curves_come_back_when_a_run_goes_on(qtbot, panel):
    show(qtbot, panel, *recognition())
    assert panel.plots["acc"].isVisible()
    assert not panel._nothing.isVisible()
    show(qtbot, panel)  # nothing has been read of it yet
    assert not panel.plots["acc"].isVisible()
    assert panel._nothing.isVisible()
    assert panel._content.rect().contains(panel._nothing.geometry())
    show(qtbot, panel, *recognition())
    assert panel.plots["acc"].isVisible()
    assert not panel._nothing.isVisible()


def test_the_pointer_names_step_epoch_and_values(qtbot, panel):
    show(qtbot, panel, *recognition())
    panel.point_at(5.2)
    assert panel._place.text() == "Step 5, epoch 1"
    assert panel.plots["acc"].readout == "training 0.25 · validation 0.2"
    panel.point_at(None)
    assert panel._place.text() == ""
    assert panel.plots["acc"].readout == "training 0.5 · validation 0.4"
    assert [nearest(np.array([1.0, 5.0, 9.0]), step) for step in (0, 3.1, 6, 99)] == [0, 1, 1, 2]


def test_the_best_evaluation_is_marked_where_it_stands(qtbot, panel):
    show(qtbot, panel, *recognition())
    assert panel.plots["acc"].canvas.stars == [(10, 0.4)]
    assert panel.plots["loss"].canvas.stars == []


def test_curves_are_drawn_over_steps_epochs_or_hours(qtbot, panel):
    show(qtbot, panel, *recognition())
    assert places(panel, "acc", EVAL) == [5, 10]
    panel.tools.axis.setCurrentIndex(1)
    drawn(qtbot, panel)
    assert places(panel, "acc", EVAL) == [1, 2]
    panel.point_at(1.9)
    assert panel._place.text() == "Step 9, epoch 2" or panel._place.text() == "Step 10, epoch 2"
    panel.tools.axis.setCurrentIndex(2)
    drawn(qtbot, panel)
    assert places(panel, "acc", EVAL) == [4, 9], "the first record came after an hour"


def test_a_clock_that_goes_back_or_is_missing_keeps_the_curves_in_order(qtbot, panel):
    panel.tools.axis.setCurrentIndex(2)
    show(qtbot, panel, train(1, time=7200.0), train(2, time=0.0), train(3, time=None), train(4, time=10800.0))
    assert places(panel, "loss", CurveKey("train", "loss")) == [0, 0, 0, 1]


def test_smoothing_leaves_the_values_behind_the_average(qtbot, panel):
    history = show(qtbot, panel, *(train(step, loss=float(step % 2)) for step in range(1, 200)))
    panel.tools.smoothing.setValue(7)
    drawn(qtbot, panel)
    curve = panel.plots["loss"].canvas._curves[CurveKey("train", "loss")]
    assert curve.points.raw.raw.values.tolist() == history.series("train", "loss")[1]
    assert abs(curve.points.smooth.raw.values[-1] - 0.5) < 0.1
    assert curve.raw.getData()[0] is not None
    history.add(train(200, loss=5.0))
    panel.mark_dirty()
    drawn(qtbot, panel)
    assert len(curve.points.smooth.raw) == 200


@pytest.mark.parametrize("weight", [0.3, 0.9, 0.995])
def test_the_moving_average_is_that_of_the_textbook_however_it_is_fed(weight):
    values = np.random.default_rng(0).random(3000)
    average, expected = 0.0, []
    for count, value in enumerate(values, start=1):
        average = weight * average + (1 - weight) * value
        expected.append(average / (1 - weight**count))
    smoothing = Smoothing(weight)
    fed = np.concatenate([smoothing.feed(part) for part in np.array_split(values, 23)])
    assert np.abs(fed - expected).max() < 1e-12
    assert np.abs(Smoothing(weight).feed(values) - expected).max() < 1e-12


def test_no_peak_is_lost_however_many_points_share_a_pixel():
    values = np.random.default_rng(0).random(10_001)
    values[7777] = 5.0
    peaks = Peaks()
    for part in np.array_split(values, 13):
        peaks.extend(part)
    for first, last in ((0, 10_001), (3, 9998), (7770, 7790), (1, 2), (5, 5)):
        for most in (1, 10, 300):
            places_, drawn_ = peaks.outline(first, last, most)
            assert np.all(np.diff(places_) >= 0)
            if last > first:
                assert (drawn_.min(), drawn_.max()) == (values[first:last].min(), values[first:last].max())
                assert len(drawn_) <= 2 * most + 16 or len(drawn_) == last - first


def test_losses_on_a_logarithmic_scale_leave_zeros_out(qtbot, panel):
    show(qtbot, panel, train(1, loss=100.0), train(2, loss=0.0), train(3, loss=1.0))
    panel.tools.log.setChecked(True)
    drawn(qtbot, panel)
    _, heights = panel.plots["loss"].canvas.drawn(CurveKey("train", "loss"))
    assert heights[0] == 2
    assert np.isnan(heights[1])
    assert heights[2] == 0


def distillation():
    for step in (1, 2):
        yield train(step, acc=0.1, Teacher_acc=0.2, dml_ctc_0=4.0, loss_ctc_Student_0=140.0, loss_ctc_Teacher_1=141.0)
    yield {"kind": "eval", "step": 2, "acc": 0.5, "Teacher_acc": 0.75, "best": True}


def test_the_parts_of_a_distillation_share_a_plot_and_teacher_and_student_another(qtbot, panel):
    show(qtbot, panel, *distillation())
    assert panel.shown == ["loss", "parts", "acc"]
    assert panel.plots["parts"].readout == "dml_ctc_0 4 · loss_ctc_Student_0 140 · loss_ctc_Teacher_1 141"
    assert (
        panel.plots["acc"].readout == "acc 0.1 · acc, validation 0.5 · Teacher_acc 0.2 · Teacher_acc, validation 0.75"
    )
    chip = panel.plots["acc"]._chips[CurveKey("eval", "Teacher_acc")]
    chip.click()
    drawn(qtbot, panel)
    assert CurveKey("eval", "Teacher_acc") not in panel.plots["acc"].canvas._curves


def test_all_that_a_run_measures_can_be_chosen_and_the_choice_stays_for_such_runs(qtbot, panel):
    show(qtbot, panel, *recognition())
    assert panel.shown == ["loss", "acc", "norm_edit_dis"]
    panel.tools._menu.findChild(QAction, "show-lr").trigger()
    panel.tools._menu.findChild(QAction, "show-acc").trigger()
    drawn(qtbot, panel)
    assert panel.shown == ["loss", "norm_edit_dis", "lr"]
    show(qtbot, panel, *recognition(5))
    assert panel.shown == ["loss", "norm_edit_dis", "lr"]
    panel._on_defaults_requested()
    drawn(qtbot, panel)
    assert panel.shown == ["loss", "acc", "norm_edit_dis"]


def test_a_quantity_that_nobody_knows_has_a_plot_of_its_own(qtbot, panel):
    show(qtbot, panel, train(1, mystery=3.0), {"kind": "eval", "step": 1, "mystery": 4.0})
    panel.tools._menu.findChild(QAction, "show-mystery").trigger()
    drawn(qtbot, panel)
    assert panel.plots["mystery"].readout == "training 3 · validation 4"


def test_a_plot_appears_when_its_first_value_does(qtbot, panel):
    history = show(qtbot, panel, {"kind": "eval", "step": 1, "epoch": 1, "acc": 0.5, "norm_edit_dis": 0.5})
    assert panel.shown == ["acc", "norm_edit_dis"]
    history.add({"kind": "eval", "step": 2, "epoch": 1, "acc": 0.6, "norm_edit_dis": 0.6, "retention_acc": 1.0})
    panel.mark_dirty()
    drawn(qtbot, panel)
    assert panel.shown == ["acc", "norm_edit_dis", "retention"]
    assert panel.plots["retention"].isVisibleTo(panel)


def test_zooming_shows_the_same_part_in_all_plots_until_all_is_wanted_again(qtbot, panel):
    history = show(qtbot, panel, *recognition())
    canvas = panel.plots["loss"].canvas
    whole = canvas.shown_range
    viewport = canvas.plot.viewport()
    middle = QPointF(viewport.rect().center())
    wheel = QWheelEvent(
        middle, QPointF(viewport.mapToGlobal(middle.toPoint())), QPoint(), QPoint(0, 480), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, wheel)
    zoomed = canvas.shown_range
    assert whole[0] < zoomed[0] < zoomed[1] < whole[1]
    assert panel.plots["acc"].canvas.shown_range == zoomed
    history.add(train(11))
    panel.mark_dirty()
    drawn(qtbot, panel)
    assert canvas.shown_range == zoomed, "what is looked at stays while the run goes on"
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.MouseButtonDblClick))
    drawn(qtbot, panel)
    assert canvas.shown_range[0] == 0
    assert canvas.shown_range[1] > 11


def test_a_plot_is_moved_and_zoomed_by_keys_too(qtbot, panel):
    show(qtbot, panel, *recognition())
    canvas = panel.plots["acc"].canvas
    whole = canvas.shown_range
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Minus):
        qtbot.keyClick(canvas.plot, key)
    back = canvas.shown_range
    qtbot.keyClick(canvas.plot, Qt.Key.Key_Plus)
    qtbot.keyClick(canvas.plot, Qt.Key.Key_Right)
    moved = canvas.shown_range
    assert back == pytest.approx(whole, abs=0.01)
    assert (moved[0] > whole[0], moved[1] - moved[0]) == (True, pytest.approx(0.7 * (whole[1] - whole[0]), rel=0.01))
    assert panel.plots["loss"].canvas.shown_range == moved
    for _ in range(20):
        qtbot.keyClick(canvas.plot, Qt.Key.Key_Left)
    assert canvas.shown_range[0] == 0
    qtbot.keyClick(canvas.plot, Qt.Key.Key_Home)
    drawn(qtbot, panel)
    assert canvas.shown_range == pytest.approx(whole)


def test_another_run_that_comes_while_plots_are_drawn_one_by_one_is_not_mixed_up(qtbot, panel, monkeypatch):
    monkeypatch.setattr(plot_panel, "BUDGET_S", 0)
    history = RunHistory(recognition())
    panel.show_history(history)
    qtbot.waitUntil(lambda: bool(panel._waiting), timeout=WAIT_MS)
    show(qtbot, panel, train(1, mystery=1.0))
    assert panel.shown == ["loss"]
    x, _ = panel.plots["loss"].canvas.points(CurveKey("train", "loss"))
    assert x.tolist() == [1]


def test_a_resumed_run_takes_its_later_points_back(qtbot, panel):
    history = show(qtbot, panel, *(train(step) for step in range(1, 9)))
    history.add(train(4, loss=9.0))
    panel.mark_dirty()
    drawn(qtbot, panel)
    x, y = panel.plots["loss"].canvas.points(CurveKey("train", "loss"))
    assert (x.tolist(), y.tolist()[-1]) == ([1, 2, 3, 4], 9)


def test_a_hundred_thousand_points_become_what_the_screen_has_room_for(qtbot, panel):
    history = RunHistory(train(step, loss=1 / step) for step in range(1, 100_001))
    show(qtbot, panel, history=history)
    canvas = panel.plots["loss"].canvas
    key = CurveKey("train", "loss")
    assert len(canvas.points(key)[0]) == 100_000
    assert 100 < len(canvas.drawn(key)[0]) < 10_000


def test_a_long_history_is_taken_over_in_parts(qtbot, panel, monkeypatch):
    monkeypatch.setattr(curve_points, "_ROWS_AT_A_TIME", 30)
    records = [train(step, loss=float(step)) for step in range(1, 101)]
    show(qtbot, panel, *records)
    panel.tools.smoothing.setValue(5)
    drawn(qtbot, panel)
    points = panel.plots["loss"].canvas._curves[CurveKey("train", "loss")].points
    assert points.raw.raw.values.tolist() == [float(step) for step in range(1, 101)]
    assert len(points.smooth.raw) == 100


def test_the_picture_holds_all_plots_also_those_that_must_be_scrolled_to(qtbot, panel):
    show(qtbot, panel, *distillation())
    panel.resize(300, 300)
    qtbot.waitUntil(lambda: panel._content.width() < 400 and panel._content.height() > 600, timeout=WAIT_MS)
    picture = panel.picture()
    assert picture.height() > 2 * 600
    assert 2 * 250 < picture.width() < 2 * 500


def test_a_first_point_alone_stands_on_an_axis_that_can_be_read(qtbot, panel):
    show(qtbot, panel, train(1))
    assert panel.plots["loss"].canvas.shown_range[0] == 0


def test_before_the_first_value_the_panel_says_so(qtbot, panel):
    show(qtbot, panel)
    assert panel._nothing.isVisible()
    show(qtbot, panel, train(1))
    assert not panel._nothing.isVisible()
