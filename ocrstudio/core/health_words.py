"""The sentences of the health watch: what is, why it may be so, what to do. Templates of the context "Health"."""

from __future__ import annotations

from dataclasses import dataclass

from ocrstudio.core.errors import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Words:
    """What a sign says; `why` and `remedy` may be empty."""

    what: str
    why: str = ""
    remedy: str = ""


NAN = Words(
    QT_TRANSLATE_NOOP("Health", "The loss is no longer a number since step {step}: nothing is learned any more."),
    QT_TRANSLATE_NOOP(
        "Health",
        "The weights have grown beyond all bounds. The usual reasons are a learning rate that is too high, mixed "
        "precision, or labels that the network cannot produce.",
    ),
    QT_TRANSLATE_NOOP(
        "Health",
        "Start again from a checkpoint before that step with a tenth of the learning rate, and with Global.use_amp "
        "set to false.",
    ),
)
STALLED = Words(
    QT_TRANSLATE_NOOP("Health", "No sign of life for {seconds} s, far longer than a step takes."),
    QT_TRANSLATE_NOOP(
        "Health",
        "A loader process may be waiting for ever for a line that can be read, the disk or network drive may not "
        "answer, or the computer was asleep.",
    ),
    QT_TRANSLATE_NOOP(
        "Health", "Look at the last lines of the log. If nothing comes for minutes, stop the run and resume it."
    ),
)
NO_FIRST_STEP = Words(
    QT_TRANSLATE_NOOP("Health", "The first step is still to come after {seconds} s."),
    QT_TRANSLATE_NOOP("Health", "Loading a large dataset or compiling for a new graphics card may take minutes."),
    QT_TRANSLATE_NOOP("Health", "Look at the last lines of the log; if they do not change, stop the run."),
)
DIVERGING = Words(
    QT_TRANSLATE_NOOP("Health", "The loss is rising: now {now}, it was {lowest}."),
    QT_TRANSLATE_NOOP(
        "Health", "Most often the learning rate is too high. Very small batches and wrong labels make it jump as well."
    ),
    QT_TRANSLATE_NOOP(
        "Health",
        "Start again from the best checkpoint with a third of the learning rate; if that does not help, check the "
        "labels.",
    ),
)
FLAT_REC = Words(
    QT_TRANSLATE_NOOP(
        "Health", "Nothing was learned over the last {steps} steps: no line is read right, and the loss is flat."
    ),
    QT_TRANSLATE_NOOP(
        "Health",
        "Four causes are common:\n"
        "1. The dictionary is not that of the labels.\n"
        "2. The weights to start from do not fit the network or dictionary, so that everything starts anew.\n"
        "3. The learning rate is far too high or too low.\n"
        "4. The crops are turned, empty, or belong to other labels.",
    ),
    QT_TRANSLATE_NOOP(
        "Health",
        "Run the flight check, look at some crops with their labels on the Dataset page, and start from weights of "
        "the same network.",
    ),
)
FLAT_DET = Words(
    QT_TRANSLATE_NOOP(
        "Health", "Nothing was learned over the last {steps} steps: no box is found, and the loss is flat."
    ),
    QT_TRANSLATE_NOOP(
        "Health",
        "Four causes are common:\n"
        "1. Most boxes are marked ### and therefore ignored.\n"
        "2. The boxes belong to other pictures, or to another size of them.\n"
        "3. The weights to start from are those of another network.\n"
        "4. The learning rate is far too high or too low.",
    ),
    QT_TRANSLATE_NOOP("Health", "Look at some pages with their boxes, and start from weights of the same network."),
)
RATE_ZERO = Words(
    QT_TRANSLATE_NOOP("Health", "The learning rate is all but zero ({rate}): the weights do not change."),
    QT_TRANSLATE_NOOP("Health", "The schedule has come to its end too early, or the rate in the config is tiny."),
    QT_TRANSLATE_NOOP("Health", "Check Optimizer.lr: learning_rate, warmup_epoch, and epochs of the schedule."),
)
RATE_HIGH = Words(
    QT_TRANSLATE_NOOP("Health", "The learning rate {rate} is high for batches of {batch}."),
    QT_TRANSLATE_NOOP(
        "Health",
        "PaddleOCR's own rates are meant for many graphics cards at once; with a smaller batch the rate has to be "
        "smaller in proportion.",
    ),
    QT_TRANSLATE_NOOP("Health", "Set Optimizer.lr.learning_rate to about {advised}."),
)
RATE_LOW = Words(
    QT_TRANSLATE_NOOP("Health", "The learning rate {rate} is low for batches of {batch}, and the loss hardly falls."),
    QT_TRANSLATE_NOOP("Health", "Each step changes the weights too little to see progress."),
    QT_TRANSLATE_NOOP("Health", "Set Optimizer.lr.learning_rate to about {advised}, unless the run is to go slowly."),
)
OVERFITTING = Words(
    QT_TRANSLATE_NOOP(
        "Health", "The validation loss has risen for {count} evaluations while the training loss falls: overfitting."
    ),
    QT_TRANSLATE_NOOP("Health", "The model learns the training lines by heart instead of what they have in common."),
    QT_TRANSLATE_NOOP(
        "Health",
        "The best state, of epoch {epoch}, is kept. Stop here; add lines or synthetic ones for a better model.",
    ),
)
STALE_FALLING = Words(
    QT_TRANSLATE_NOOP("Health", "No better evaluation for {count} evaluations, while the training loss still falls."),
    QT_TRANSLATE_NOOP("Health", "The model learns the training lines by heart instead of what they have in common."),
    QT_TRANSLATE_NOOP(
        "Health",
        "The best state, of epoch {epoch}, is kept. Stop here; add lines or synthetic ones for a better model.",
    ),
)
PLATEAU = Words(
    QT_TRANSLATE_NOOP("Health", "No better evaluation for {count} evaluations; the best is that of epoch {epoch}."),
    QT_TRANSLATE_NOOP("Health", "The model has learned what it can from these lines at this learning rate."),
    QT_TRANSLATE_NOOP("Health", "You can stop; the best state is kept."),
)
BY_HEART = Words(
    QT_TRANSLATE_NOOP("Health", "Training lines are read right to {train}, validation lines only to {val}."),
    QT_TRANSLATE_NOOP(
        "Health",
        "There are too few different lines, or the validation lines are of another kind than the training lines.",
    ),
    QT_TRANSLATE_NOOP("Health", "Add lines like those of the validation set, and check how the dataset was split."),
)
FORGETTING = Words(
    QT_TRANSLATE_NOOP("Health", "The model forgets: lines that it could read before fell from {before} to {now}."),
    QT_TRANSLATE_NOOP("Health", "It sees only the new lines, and adapts to them alone."),
    QT_TRANSLATE_NOOP(
        "Health",
        "Mix old lines in (five to ten old ones for a new one), lower the learning rate, or freeze the backbone.",
    ),
)
NO_EVALUATION = Words(
    QT_TRANSLATE_NOOP("Health", "The run ended without a single evaluation: there is no best model."),
    QT_TRANSLATE_NOOP(
        "Health", "The evaluation interval is longer than the whole run, or there are no validation lines."
    ),
    QT_TRANSLATE_NOOP("Health", "Set Global.eval_batch_step to the steps of an epoch, and name validation lines."),
)
NEVER_EVALUATES = Words(
    QT_TRANSLATE_NOOP(
        "Health",
        "This run will not be evaluated: the first evaluation is due at step {first}, and it ends at step {total}.",
    ),
    QT_TRANSLATE_NOOP("Health", "PaddleOCR keeps a best model only at evaluations."),
    QT_TRANSLATE_NOOP("Health", "Stop it and set Global.eval_batch_step to the steps of an epoch."),
)
NO_GAIN = Words(
    QT_TRANSLATE_NOOP("Health", "The training brought nothing: no evaluation was better than the first ({value})."),
    QT_TRANSLATE_NOOP(
        "Health",
        "The model could read the validation lines already, or the learning rate, the number of epochs or the labels "
        "are not right.",
    ),
    QT_TRANSLATE_NOOP(
        "Health",
        "Keep the old model if it is good enough; otherwise look at the lines it reads wrong before you try again.",
    ),
)
GPU_UNUSED = Words(
    QT_TRANSLATE_NOOP("Health", "The config asks for a graphics card, but the processor does the work."),
    QT_TRANSLATE_NOOP(
        "Health", "Paddle finds no card: its build, the driver or CUDA_VISIBLE_DEVICES may be the reason."
    ),
    QT_TRANSLATE_NOOP(
        "Health", "See the Setup page, which says what is missing; training is many times slower until then."
    ),
)
DATA_BOUND = Words(
    QT_TRANSLATE_NOOP("Health", "{share} % of the time is spent waiting for data."),
    QT_TRANSLATE_NOOP("Health", "Reading and preparing the pictures takes longer than learning from them."),
    QT_TRANSLATE_NOOP(
        "Health", "Raise Train.loader.num_workers, or put the data on a faster disk; a larger batch does not help."
    ),
)
LESS_MEMORY = Words(
    QT_TRANSLATE_NOOP("Health", "Memory ran out at step {step}; training goes on with a batch of {size}."),
    QT_TRANSLATE_NOOP("Health", "The batch was larger than memory allows."),
    QT_TRANSLATE_NOOP("Health", "Nothing to do now; for the next run set Train.loader.batch_size_per_card to {size}."),
)
FINISHED_REC = Words(
    QT_TRANSLATE_NOOP("Health", "Finished: validation accuracy {value}, reached in epoch {epoch}."),
)
FINISHED_DET = Words(
    QT_TRANSLATE_NOOP("Health", "Finished: Hmean {value}, reached in epoch {epoch}."),
)
EARLY = Words(
    QT_TRANSLATE_NOOP("Health", "Training has begun; after some more steps there is more to say."),
)
ACC_ZERO = Words(
    QT_TRANSLATE_NOOP(
        "Health", "No whole line is read right yet, but more and more characters are ({similar}): normal."
    ),
    QT_TRANSLATE_NOOP(
        "Health",
        "The accuracy counts only lines without a single mistake, so that it stays at 0 for long, above all with a "
        "new dictionary. The similarity counts characters and rises first.",
    ),
    QT_TRANSLATE_NOOP("Health", "Let it go on."),
)
HMEAN_ZERO = Words(
    QT_TRANSLATE_NOOP("Health", "No box is found yet, but the loss falls: normal at the beginning."),
    QT_TRANSLATE_NOOP(
        "Health",
        "A detector's boxes are counted only when they are nearly right, so that Hmean jumps up late and quickly.",
    ),
    QT_TRANSLATE_NOOP("Health", "Let it go on."),
)
FALLING = Words(
    QT_TRANSLATE_NOOP("Health", "All is well: the loss fell by {share} % over the last {steps} steps."),
)
STEADY = Words(
    QT_TRANSLATE_NOOP("Health", "All is well; the loss changes little now."),
)
