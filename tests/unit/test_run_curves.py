"""Which plots a run has, and its table for other programs."""

from ocrstudio.core.run_curves import first_plots, plot_of, plots_of
from ocrstudio.core.run_history import RunHistory
from ocrstudio.formats.run_csv import history_csv


def test_every_quantity_of_paddleocrs_logs_finds_its_plot():
    found = {
        name: plot_of(name)
        for name in (
            "CTCLoss", "SARLoss", "NRTRLoss", "loss_shrink_maps", "dml_sar_0", "loss_distance_l2_Student_Teacher_0",
            "acc", "Teacher_acc", "acc_ignore_space", "Student_norm_edit_dis", "retention_acc", "char_recall", "loss",
            "max_mem_reserved", "hmean", "precision", "reader_cost", "mIoU",
        )
    }  # fmt: skip
    assert found == {
        "CTCLoss": "parts", "SARLoss": "parts", "NRTRLoss": "parts", "loss_shrink_maps": "parts", "dml_sar_0": "parts",
        "loss_distance_l2_Student_Teacher_0": "parts", "acc": "acc", "Teacher_acc": "acc", "acc_ignore_space": "acc",
        "Student_norm_edit_dis": "norm_edit_dis", "retention_acc": "retention", "char_recall": "characters",
        "loss": "loss", "max_mem_reserved": "memory", "hmean": "hmean", "precision": "precision_recall",
        "reader_cost": "batch_time", "mIoU": "mIoU",
    }  # fmt: skip


def test_the_first_plots_are_what_the_run_is_judged_by():
    detection = RunHistory(
        [
            {"kind": "train", "step": 1, "loss": 1, "loss_shrink_maps": 2, "loss_binary_maps": 1, "lr": 0.1},
            {"kind": "eval", "step": 1, "hmean": 0.5, "precision": 0.5, "recall": 0.5},
        ]
    )
    assert first_plots(detection, plots_of(detection)) == ["loss", "parts", "hmean", "precision_recall"]
    one_part = RunHistory([{"kind": "train", "step": 1, "loss": 1, "CTCLoss": 1, "acc": 0, "norm_edit_dis": 0}])
    assert first_plots(one_part, plots_of(one_part)) == ["loss", "acc", "norm_edit_dis"]
    other = RunHistory([{"kind": "train", "step": 1, "mIoU": 1}])
    assert first_plots(other, plots_of(other)) == ["mIoU"]


def test_the_table_has_a_row_for_each_record_and_gaps_where_nothing_was_measured():
    history = RunHistory(
        [
            {"kind": "start", "epochs": 2, "steps_per_epoch": 2},
            {"kind": "train", "step": 1, "loss": 2.0},
            {"kind": "train", "step": 3, "loss": 1.5, "lr": 0.1},
            {"kind": "eval", "step": 3, "acc": 0.5},
        ]
    )
    assert history_csv(history).splitlines() == [
        "kind,step,epoch,acc,loss,lr",
        "train,1,1,,2.0,",
        "train,3,2,,1.5,0.1",
        "validation,3,2,0.5,,",
    ]
    assert history_csv(RunHistory()) == "kind,step,epoch\n"
