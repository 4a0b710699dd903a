"""The keys that say how a model learns, how often it is looked at, and on what it runs."""

from __future__ import annotations

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.formats.config_field import CODE, GUIDE, OWN, OWN_RUNS, RUNS, Field

EPOCHS = QT_TRANSLATE_NOOP("ConfigFields", "epochs")
STEPS = QT_TRANSLATE_NOOP("ConfigFields", "steps")
LINES_OR_PAGES = QT_TRANSLATE_NOOP("ConfigFields", "lines or pages")
WORKERS = QT_TRANSLATE_NOOP("ConfigFields", "threads or processes")

LEARNING = (
    Field(
        "Global.epoch_num",
        "int",
        1,
        100_000,
        default=20,
        unit=EPOCHS,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Epochs"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "How often every line or page is seen. A handful of pages needs 10 to 30."
        ),
        source=OWN_RUNS,
    ),
    Field(
        "Global.freeze",
        "text",
        choices=("backbone", "neck", "none"),
        default="none",
        engine="builtin",
        label=QT_TRANSLATE_NOOP("ConfigFields", "What changes"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "With few samples, leave the part that sees shapes alone: fast, and it forgets less."
        ),
        choice_words=(
            QT_TRANSLATE_NOOP("ConfigFields", "All but the part that sees shapes"),
            QT_TRANSLATE_NOOP("ConfigFields", "Only the last layer"),
            QT_TRANSLATE_NOOP("ConfigFields", "The whole model"),
        ),
        source=OWN_RUNS,
    ),
    Field(
        "Global.freeze_epochs",
        "int",
        0,
        100_000,
        optional=True,
        default=0,
        engine="builtin",
        unit=EPOCHS,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Then everything, after"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "After so many epochs the whole model learns, more gently. 0: it stays as chosen above."
        ),
        source=OWN_RUNS,
    ),
    Field("Global.freeze_unseen", "bool", optional=True, default=False, engine="builtin"),
    Field(
        "Train.loader.batch_size_per_card",
        "int",
        1,
        100_000,
        default=16,
        unit=LINES_OR_PAGES,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Batch size"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "Lines or pages learnt at once. Smaller needs less memory and changes more."
        ),
        source=GUIDE,
    ),
    Field(
        "Train.sampler.first_bs",
        "int",
        1,
        100_000,
        task="rec",
        engine="paddleocr",
        unit=LINES_OR_PAGES,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Batch size with several sizes"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields",
            "With a multi-scale sampler (v4, v5) this is the batch size; the one above is not looked at.",
        ),
        source=CODE,
    ),
    Field(
        "Optimizer.lr.name",
        "text",
        default="Cosine",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Course of the learning rate"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields",
            "Cosine falls to nothing by the end, Linear in a straight line, Const stays. "
            "PaddleOCR knows more: Piecewise, "
            "Step, OneCycle and others.",
        ),
        source=CODE,
    ),
    Field(
        "Optimizer.lr.learning_rate",
        "float",
        0,
        10,
        above=True,
        default=0.0005,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Learning rate"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "Size of each step. Halve it if the loss jumps; 0.0005 suits most projects."
        ),
        source=GUIDE,
    ),
    Field(
        "Optimizer.lr.unfrozen_learning_rate",
        "float",
        0,
        10,
        above=True,
        optional=True,
        default=0.0001,
        engine="builtin",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Learning rate of the whole model"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "From the moment that everything learns. A fifth of the other one undoes nothing."
        ),
        source=OWN_RUNS,
    ),
    Field("Optimizer.lr.new_character_rate", "float", 0, 10, optional=True, default=0.0, engine="builtin"),
    Field("Optimizer.lr.end_lr", "float", 0, 10, optional=True),
    Field(
        "Optimizer.lr.backbone_rate",
        "float",
        0,
        100,
        optional=True,
        default=0.1,
        engine="builtin",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Share of it for the part that sees shapes"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "At the full rate the first steps undo what that part knows; at a tenth all learns better."
        ),
        source=OWN_RUNS,
    ),
    Field(
        "Optimizer.lr.warmup_epoch",
        "float",
        0,
        100_000,
        default=1,
        unit=EPOCHS,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Warm-up epochs"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "Epochs in which the learning rate climbs from 0."),
        source=CODE,
    ),
    Field(
        "Optimizer.regularizer.factor",
        "float",
        0,
        10,
        default=3e-05,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Weight decay"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "Pulls weights towards 0, against learning by heart."),
        source=CODE,
    ),
    Field("Optimizer.weight_decay", "float", 0, 10, optional=True),
    Field(
        "Optimizer.clip_norm_global",
        "float",
        0,
        1e9,
        above=True,
        optional=True,
        default=10.0,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Limit of a step"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "Longer gradients are cut to this length; keeps the loss from leaping."
        ),
        source=OWN_RUNS,
    ),
    Field(
        "Train.dataset.augment_copies",
        "int",
        1,
        1000,
        optional=True,
        default=3,
        engine="builtin",
        unit=QT_TRANSLATE_NOOP("ConfigFields", "versions"),
        label=QT_TRANSLATE_NOOP("ConfigFields", "Versions of each line"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields",
            "While a part is left alone, training turns between so many altered versions. 1: as they are.",
        ),
        source=OWN_RUNS,
    ),
    Field(
        "Global.early_stop_patience",
        "int",
        0,
        100_000,
        optional=True,
        default=0,
        engine="builtin",
        unit=QT_TRANSLATE_NOOP("ConfigFields", "evaluations"),
        label=QT_TRANSLATE_NOOP("ConfigFields", "Stop early"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "Ends after so many evaluations without a better one. 0: never."),
        source=OWN,
    ),
)

RHYTHM = (
    Field(
        "Global.eval_batch_step",
        "steps",
        0,
        default=[0, 2000],
        unit=STEPS,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Evaluate by steps"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields",
            "First step, and every so many. A number larger than all steps of the run: never "
            "evaluated, and no best model.",
        ),
        source=RUNS,
    ),
    Field(
        "Global.eval_batch_epoch",
        "int",
        1,
        100_000,
        optional=True,
        default=1,
        unit=EPOCHS,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Evaluate by epochs"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "At the end of every so many epochs. This program always evaluates the last one."
        ),
        source=CODE,
    ),
    Field(
        "Metric.main_indicator",
        "text",
        label=QT_TRANSLATE_NOOP("ConfigFields", "What the best one is best at"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields",
            "acc counts right lines, norm_edit_dis right characters; for boxes hmean, precision or recall.",
        ),
        source=CODE,
    ),
    Field(
        "Metric.ignore_space",
        "bool",
        default=True,
        task="rec",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Do not count spaces"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "PaddleOCR's v4 and v5 leave spaces out when they compare: lost spaces do not show."
        ),
        source=RUNS,
    ),
    Field(
        "Global.print_batch_step",
        "int",
        1,
        1_000_000,
        default=10,
        unit=STEPS,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Line in the log"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "One every so many steps."),
        source=CODE,
    ),
    Field(
        "Global.log_smooth_window",
        "int",
        1,
        100_000,
        default=20,
        unit=STEPS,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Smoothing of the log"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "Every printed number, the learning rate too, is the median of so many steps. 1: as it was."
        ),
        source=RUNS,
    ),
    Field(
        "Global.save_epoch_step",
        "int",
        0,
        100_000,
        default=10,
        unit=EPOCHS,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Keep a state"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "Every so many epochs a state is kept for good, up to 386 MB each. 0: only latest and best."
        ),
        source=RUNS,
    ),
)

MACHINE = (
    Field(
        "Global.use_gpu",
        "bool",
        default=False,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Use the graphics card"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "Needs a Paddle built for it; the Setup page tells."),
        source=RUNS,
    ),
    Field(
        "Global.use_amp",
        "bool",
        default=False,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Half precision"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "Faster and smaller on a graphics card; nothing to gain without."),
        source=OWN_RUNS,
    ),
    Field(
        "Global.devices",
        "text",
        optional=True,
        default=None,
        engine="builtin",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Graphics cards"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "Their numbers, such as 0,1: the batch size counts for each of them."
        ),
        source=OWN,
    ),
    Field("Global.nnodes", "int", 1, 10_000, optional=True),
    Field("Global.master", "text", optional=True),
    Field(
        "Train.loader.num_workers",
        "int",
        0,
        1_000,
        default=4,
        unit=WORKERS,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Workers for training"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields",
            "They prepare pictures. PaddleOCR with 0 hangs for ever on bad data; on Windows use 0 all the same.",
        ),
        source=RUNS,
    ),
    Field(
        "Train.loader.use_shared_memory",
        "bool",
        default=True,
        engine="paddleocr",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Workers share memory"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "Off where /dev/shm is small, as in containers: workers die there with a bus error."
        ),
        source=RUNS,
    ),
    Field(
        "Eval.loader.batch_size_per_card",
        "int",
        1,
        100_000,
        default=16,
        unit=LINES_OR_PAGES,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Batch size of evaluations"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "Changes how fast, not what comes out. Pages of different sizes need 1."
        ),
        source=CODE,
    ),
    Field(
        "Eval.loader.num_workers",
        "int",
        0,
        1_000,
        default=4,
        unit=WORKERS,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Workers for evaluations"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "They prepare the pictures of the validation list."),
        source=RUNS,
    ),
    Field(
        "Global.seed",
        "int",
        0,
        2**32 - 1,
        optional=True,
        default=1024,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Seed"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "The same number on the same machine gives the same run."),
        source=OWN,
    ),
)
