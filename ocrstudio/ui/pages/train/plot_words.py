"""What plots and curves are called, and what they mean."""

from __future__ import annotations

import re

from PyQt5.QtCore import QCoreApplication

from ocrstudio.core.run_curves import CurveKey

_GPU = re.compile(r"gpu\d+(?:_memory)?")


def plot_title(name: str) -> str:
    """The heading of a plot; one that is not known is called like its quantity."""
    return {
        "loss": QCoreApplication.translate("Curves", "Loss"),
        "parts": QCoreApplication.translate("Curves", "Parts of the loss"),
        "acc": QCoreApplication.translate("Curves", "Accuracy (acc)"),
        "norm_edit_dis": QCoreApplication.translate("Curves", "Edit similarity (norm_edit_dis)"),
        "cer": QCoreApplication.translate("Curves", "Character errors (CER)"),
        "characters": QCoreApplication.translate("Curves", "Characters found and right"),
        "retention": QCoreApplication.translate("Curves", "Old text (retention)"),
        "hmean": QCoreApplication.translate("Curves", "Hmean"),
        "precision_recall": QCoreApplication.translate("Curves", "Precision and recall"),
        "lr": QCoreApplication.translate("Curves", "Learning rate (lr)"),
        "ips": QCoreApplication.translate("Curves", "Samples per second (ips)"),
        "fps": QCoreApplication.translate("Curves", "Samples per second while evaluating (fps)"),
        "batch_time": QCoreApplication.translate("Curves", "Time for a batch, in seconds"),
        "memory": QCoreApplication.translate("Curves", "Memory of the graphics card, in MB"),
        "samples": QCoreApplication.translate("Curves", "Samples in a batch"),
        "load": QCoreApplication.translate("Curves", "Load in percent, over minutes"),
        "memory_gb": QCoreApplication.translate("Curves", "Memory in GB, over minutes"),
    }.get(name, name)


def plot_tip(name: str) -> str:
    """What a plot tells; empty for a quantity that is not known."""
    return {
        "loss": QCoreApplication.translate(
            "Curves",
            "The error that training makes smaller. A validation loss that rises again while the training loss falls "
            "means that the model begins to learn by heart.",
        ),
        "parts": QCoreApplication.translate(
            "Curves",
            "What the loss is the sum of. All parts should fall; one that stays high says what the model finds hard.",
        ),
        "acc": QCoreApplication.translate(
            "Curves",
            "Share of lines read without any mistake. The training curve is measured on the batches being trained and "
            "says little; the validation curve is what counts. It may stay at 0 for a long time while the edit "
            "similarity already rises.",
        ),
        "norm_edit_dis": QCoreApplication.translate(
            "Curves",
            "How much of each line is right: 1 means identical, 0 means nothing in common. It rises before the "
            "accuracy does, since one wrong character spoils a whole line there.",
        ),
        "cer": QCoreApplication.translate(
            "Curves", "Wrong, missing and extra characters, divided by the characters of the lines. Lower is better."
        ),
        "characters": QCoreApplication.translate(
            "Curves",
            "char_precision: share of the characters read that are right. char_recall: share of the characters on the "
            "pictures that were read.",
        ),
        "retention": QCoreApplication.translate(
            "Curves",
            "Share of the retention lines read without any mistake: lines the model could read before. If it falls, "
            "the model is forgetting.",
        ),
        "hmean": QCoreApplication.translate(
            "Curves",
            "Precision and recall in one number: 1 means that every text was found and nothing else. It decides which "
            "state is the best.",
        ),
        "precision_recall": QCoreApplication.translate(
            "Curves",
            "Precision: share of the found boxes that are really text; it falls when other things are taken for text. "
            "Recall: share of the true boxes that were found; it falls when text is overlooked.",
        ),
        "lr": QCoreApplication.translate("Curves", "How large the steps are; it rises at first and falls by itself."),
        "ips": QCoreApplication.translate(
            "Curves", "Training speed, in lines (recognition) or pages (detection) per second."
        ),
        "fps": QCoreApplication.translate("Curves", "How fast the validation set is read."),
        "batch_time": QCoreApplication.translate(
            "Curves",
            "batch_cost is a whole step, reader_cost the part of it that waits for pictures. If both are close, the "
            "training waits for the disk or for too few workers.",
        ),
        "memory": QCoreApplication.translate(
            "Curves", "What Paddle has reserved of the graphics card's memory, and what it uses of that."
        ),
        "samples": QCoreApplication.translate("Curves", "How many lines or pages a step learns from."),
        "load": QCoreApplication.translate(
            "Curves",
            "How busy processor and graphics cards are. A graphics card that idles while the processor is busy waits "
            "for pictures.",
        ),
        "memory_gb": QCoreApplication.translate(
            "Curves", "Memory of the computer, of the training's processes, and of the graphics cards."
        ),
    }.get(name, "")


def side_tip(kind: str) -> str:
    """What training and validation curves are measured on."""
    return {
        "train": QCoreApplication.translate("Curves", "Measured on the samples being trained, batch by batch."),
        "eval": QCoreApplication.translate(
            "Curves", "Measured at each evaluation, on samples the model never trains on."
        ),
    }[kind]


def side_word(kind: str) -> str:
    """Training or validation."""
    return {
        "train": QCoreApplication.translate("Curves", "training"),
        "eval": QCoreApplication.translate("Curves", "validation"),
    }[kind]


def chip_word(key: CurveKey, *, alone: bool) -> str:
    """What a curve is called in its plot: where the plot shows one quantity only, by what it was measured on."""
    return side_word(key.kind) if alone and not _machine_word(key.name) else curve_word(key)


def curve_word(key: CurveKey) -> str:
    """A curve in one or two words: its quantity, and on what it was measured."""
    if key.kind == "eval":
        return QCoreApplication.translate("Curves", "{name}, validation").format(name=key.name)
    return _machine_word(key.name) or key.name


def _machine_word(name: str) -> str:
    """A column of the computer's load; "" for what a run measures."""
    known = {
        "cpu": QCoreApplication.translate("Curves", "processor"),
        "run_cpu": QCoreApplication.translate("Curves", "training"),
        "memory": QCoreApplication.translate("Curves", "computer"),
        "run_memory": QCoreApplication.translate("Curves", "training"),
    }
    if name in known:
        return known[name]
    return name.replace("_memory", "").replace("gpu", "GPU ") if _GPU.fullmatch(name) else ""
