"""Known failures of configs, weights, label lists and the training itself."""

from __future__ import annotations

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.failure_rule import CORRECT_PATH, CORRECT_SPELLING, Rule
from ocrstudio.core.proven import NUMPY, WHEEL

WRITE_AGAIN = QT_TRANSLATE_NOOP("Errors", "Write the dataset again, or correct the line.")

CONFIG_RULES: tuple[Rule, ...] = (
    Rule(
        "no_training_lines",
        ("No Images in train dataset",),
        r"No Images in train dataset",
        QT_TRANSLATE_NOOP("Errors", "There are no training lines, or fewer than one batch needs."),
        QT_TRANSLATE_NOOP(
            "Errors", "Add lines, set a smaller Train.loader.batch_size_per_card, or Train.loader.drop_last to false."
        ),
        page="config",
    ),
    Rule(
        "no_weights",
        (".pdparams does not exists",),
        r"AssertionError: The (?P<file>.+?\.pdparams) does not exists",
        QT_TRANSLATE_NOOP("Errors", "The weights {file} do not exist."),
        CORRECT_PATH,
        page="config",
    ),
    Rule(
        "cut_weights",
        ("Ran out of input", "can not parse the file", "pickle data was truncated", "invalid load key"),
        r"EOFError: Ran out of input|can not parse the file|pickle data was truncated"
        r"|UnpicklingError: invalid load key",
        QT_TRANSLATE_NOOP("Errors", "The weights to start from are cut off or broken."),
        QT_TRANSLATE_NOOP("Errors", "Choose another checkpoint, or get the file again."),
        page="config",
    ),
    Rule(
        "other_dictionary",
        ("Variable Shape not match",),
        r"Variable Shape not match",
        QT_TRANSLATE_NOOP("Errors", "The checkpoint was trained with another dictionary or network."),
        QT_TRANSLATE_NOOP("Errors", "Start a new run with Global.pretrained_model instead of resuming."),
        page="config",
    ),
    Rule(
        "learning_rate",
        ("The type of learning rate",),
        r"The type of learning rate must be float",
        QT_TRANSLATE_NOOP("Errors", "The learning rate is a text, not a number."),
        QT_TRANSLATE_NOOP("Errors", "Write it with a point, such as 0.001 or 1.0e-3."),
        page="config",
    ),
    Rule(
        "no_eval_set",
        ("'NoneType' has no len()",),
        r"object of type 'NoneType' has no len\(\)",
        QT_TRANSLATE_NOOP("Errors", "The config has no Eval section, which PaddleOCR needs."),
        QT_TRANSLATE_NOOP("Errors", "Name a validation list in Eval.dataset.label_file_list."),
        page="config",
    ),
    Rule(
        "no_epochs",
        ("'T_max' must be",),
        r"'T_max' must be a positive integer",
        QT_TRANSLATE_NOOP("Errors", "The run has no epoch to train."),
        QT_TRANSLATE_NOOP("Errors", "Set Global.epoch_num to 1 or more."),
        page="config",
    ),
    Rule(
        "ratio_list",
        ("length of ratio_list",),
        r"length of ratio_list should be the same",
        QT_TRANSLATE_NOOP("Errors", "The config gives another number of ratios than of label lists."),
        QT_TRANSLATE_NOOP("Errors", "Give Train.dataset.ratio_list one number for each list, or leave it out."),
        page="config",
    ),
    Rule(
        "yaml_extension",
        ("only support yaml files",),
        r"only support yaml files for now",
        QT_TRANSLATE_NOOP("Errors", "The config's name does not end in .yml or .yaml."),
        QT_TRANSLATE_NOOP("Errors", "Rename it."),
        page="config",
    ),
    Rule(
        "yaml",
        ("yaml.",),
        r"yaml\.\w+\.(?:Parser|Scanner|Composer|Constructor|Reader)Error: (?P<reason>.*)",
        QT_TRANSLATE_NOOP("Errors", "The config is no valid YAML: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Correct it on the Config page, which names the line."),
        page="config",
    ),
    Rule(
        "option_list",
        ("list indices must be integers or slices, not str",),
        r"list indices must be integers or slices, not str",
        QT_TRANSLATE_NOOP(
            "Errors", "An option given with -o names an element of a list, which PaddleOCR cannot change."
        ),
        QT_TRANSLATE_NOOP("Errors", "Change it in the config itself."),
        page="config",
    ),
    Rule(
        "arguments",
        ("error: unrecognized arguments", "error: the following arguments"),
        r"error: (?P<reason>(?:unrecognized arguments|the following arguments are required): .*)",
        QT_TRANSLATE_NOOP("Errors", "The command is not understood: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Options of the launcher, such as --gpus, stand before tools/train.py."),
    ),
    Rule(
        "unknown_name",
        ("is not defined",),
        r"NameError: name '(?P<name>\w+)' is not defined",
        QT_TRANSLATE_NOOP("Errors", "The config names {name}, which this checkout does not know."),
        CORRECT_SPELLING,
        page="config",
    ),
    Rule(
        "unknown_algorithm",
        ("AssertionError", "assert alg in"),
        r"^AssertionError\s*$|\bassert alg in\b",
        QT_TRANSLATE_NOOP("Errors", "This checkout does not know the config's Architecture.algorithm."),
        CORRECT_SPELLING,
        page="config",
    ),
    Rule(
        "missing_key",
        ("KeyError: '",),
        r"^KeyError: '(?P<name>[^']+)'",
        QT_TRANSLATE_NOOP("Errors", "The config lacks {name}."),
        QT_TRANSLATE_NOOP("Errors", "Start from one of the checkout's own configs."),
        page="config",
    ),
    Rule(
        "lmdb",
        ("lmdb.",),
        r"lmdb\.\w*Error: (?P<reason>.*)",
        QT_TRANSLATE_NOOP("Errors", "The LMDB dataset cannot be opened: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Name the folder with data.mdb, or write the dataset again."),
        page="dataset",
    ),
    Rule(
        "bad_polygon",
        ("TopologicalError", "TopologyException", "GEOSException", "GEOSIntersection"),
        r"TopologicalError|TopologyException|GEOSException|GEOSIntersection_r",
        QT_TRANSLATE_NOOP("Errors", "A box of the labels crosses itself: its points are in the wrong order."),
        QT_TRANSLATE_NOOP("Errors", "Correct it on the Annotate page; the list of problems names such boxes."),
        page="dataset",
    ),
    Rule(
        "unreadable_image",
        ("'NoneType' object has no attribute 'shape'", "_src.empty()"),
        r"'NoneType' object has no attribute 'shape'|!_src\.empty\(\)",
        QT_TRANSLATE_NOOP(
            "Errors", "An image could not be read: it is missing, broken, or OpenCV cannot open its path."
        ),
        QT_TRANSLATE_NOOP("Errors", "Check the paths; on Windows keep images in folders with plain Latin names."),
        page="dataset",
    ),
    Rule(
        "paddle_3_3",
        ("ConvertPirAttribute2RuntimeAttribute", "ir::FloatAttribute"),
        r"ConvertPirAttribute2RuntimeAttribute|the 0th elementwise MUST be ir::FloatAttribute",
        QT_TRANSLATE_NOOP("Errors", "Detectors exported by Paddle 3.3 do not run."),
        QT_TRANSLATE_NOOP("Errors", "Export with Paddle 3.2.2, the trained weights are fine: {command}"),
        command=f'{{python}} -m pip install "{WHEEL}"',
        page="setup",
    ),
    Rule(
        "newer_export",
        ("Type of attribute",),
        r"Type of attribute: \w+ is not right",
        QT_TRANSLATE_NOOP("Errors", "The model was exported by a newer Paddle than the one that loads it."),
        QT_TRANSLATE_NOOP("Errors", "Export it again with the Paddle that is to use it."),
    ),
)
STUCK_RULES: tuple[Rule, ...] = (
    Rule(
        "no_good_sample",
        ("RecursionError",),
        r"^(?:E\s+)?RecursionError: maximum recursion depth exceeded",
        QT_TRANSLATE_NOOP("Errors", "No line of the dataset can be used: PaddleOCR tried others until it gave up."),
        QT_TRANSLATE_NOOP(
            "Errors", "Check that the dictionary has the labels' characters and max_text_length suffices."
        ),
        "stuck",
        page="dataset",
    ),
)
SAMPLE_RULES: tuple[Rule, ...] = (
    Rule(
        "numpy_24",
        ("only 0-dimensional arrays",),
        r"TypeError: only 0-dimensional arrays can be converted",
        QT_TRANSLATE_NOOP("Errors", "The interpreter's NumPy is too new for the training of detectors."),
        QT_TRANSLATE_NOOP("Errors", "Install in that interpreter: {command}"),
        "sample",
        command=f'{{python}} -m pip install "{NUMPY}"',
        page="setup",
    ),
    Rule(
        "byte_order_mark",
        ("\ufeff",),
        "Exception: .*\ufeff.* does not exist!",
        QT_TRANSLATE_NOOP("Errors", "The label list begins with a byte order mark: its first line is not used."),
        QT_TRANSLATE_NOOP("Errors", "Save it as UTF-8 without it."),
        "sample",
        page="dataset",
    ),
    Rule(
        "backslash_path",
        ("\\",),
        r"Exception: (?P<file>[^\\]*\\.+) does not exist!",
        QT_TRANSLATE_NOOP(
            "Errors", "{file} is not found: the label list has Windows' backslashes in its paths, or is from elsewhere."
        ),
        QT_TRANSLATE_NOOP("Errors", "Write the list with forward slashes; the flight check can do it."),
        "sample",
        page="dataset",
    ),
    Rule(
        "image_missing",
        ("does not exist!",),
        r"Exception: (?P<file>.+) does not exist!",
        QT_TRANSLATE_NOOP("Errors", "The image {file} of the label list does not exist; another one takes its place."),
        QT_TRANSLATE_NOOP("Errors", "Check data_dir and the paths of the list."),
        "sample",
        page="dataset",
    ),
    Rule(
        "no_tab",
        ("IndexError: list index",),
        r"IndexError: list index out of range",
        # good lines are blamed too: those that a bad one was to be joined to
        QT_TRANSLATE_NOOP("Errors", 'A label line has no tab between image and text (met while reading "{sample}").'),
        WRITE_AGAIN,
        "sample",
        page="dataset",
    ),
    Rule(
        "bad_json",
        ("JSONDecodeError",),
        r"JSONDecodeError",
        QT_TRANSLATE_NOOP("Errors", 'The label line "{sample}" holds no valid JSON; it is not used.'),
        WRITE_AGAIN,
        "sample",
        page="dataset",
    ),
    Rule(
        "not_utf8",
        ("UnicodeDecodeError",),
        r"UnicodeDecodeError: 'utf-8' codec",
        QT_TRANSLATE_NOOP("Errors", "The label list is not UTF-8; lines with other characters are not used."),
        QT_TRANSLATE_NOOP("Errors", "Save it as UTF-8."),
        "sample",
        page="dataset",
    ),
    Rule(
        "bad_image",
        ("in DecodeImage", "'NoneType' object has no attribute 'shape'", "_src.empty()"),
        r"AssertionError: invalid input 'img' in DecodeImage|'NoneType' object has no attribute 'shape'"
        r"|!_src\.empty\(\)",
        QT_TRANSLATE_NOOP(
            "Errors", 'The image of the label line "{sample}" is empty or broken; another one takes its place.'
        ),
        QT_TRANSLATE_NOOP("Errors", "Replace the image, or take the line out of the list."),
        "sample",
        page="dataset",
    ),
    Rule(
        "uneven_polygons",
        ("inhomogeneous shape", "setting an array element with a sequence"),
        r"inhomogeneous shape|setting an array element with a sequence",
        QT_TRANSLATE_NOOP("Errors", 'The boxes of the label line "{sample}" have different numbers of points.'),
        QT_TRANSLATE_NOOP("Errors", "Give all boxes of a page four points, or train with polygons (box_type: poly)."),
        "sample",
        page="dataset",
    ),
    Rule(
        "other_sample",
        ("Error: ", "Exception: "),
        r"^(?P<reason>\w+(?:Error|Exception): .*)",
        QT_TRANSLATE_NOOP("Errors", 'The label line "{sample}" is not used: {reason}.'),
        WRITE_AGAIN,
        "sample",
        page="dataset",
    ),
)
WARNING_RULES: tuple[Rule, ...] = (
    Rule(
        "nan",
        ("loss: nan", "loss: inf", "loss: -inf", "Loss: nan"),
        r"\bloss: -?(?:nan|inf)",
        QT_TRANSLATE_NOOP("Errors", "The loss is no longer a number (NaN): from here on nothing is learned."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Stop the run, lower Optimizer.lr.learning_rate to a tenth, and go on from a checkpoint before that step; "
            "with mixed precision, set Global.use_amp to false.",
        ),
        "warning",
        page="config",
        info=True,
    ),
    Rule(
        "no_eval_lines",
        ("No Images in eval dataset",),
        r"No Images in eval dataset",
        QT_TRANSLATE_NOOP("Errors", "There are no validation lines: PaddleOCR does not evaluate."),
        QT_TRANSLATE_NOOP("Errors", "Name a list with lines in Eval.dataset.label_file_list."),
        "warning",
        page="config",
        info=True,
    ),
    Rule(
        "other_shapes",
        ("The shape of model params",),
        r"The shape of model params (?P<name>\S+) .*not matched",
        QT_TRANSLATE_NOOP("Errors", "The weights were made for another dictionary: {name} and others start anew."),
        QT_TRANSLATE_NOOP(
            "Errors", "Extend the dictionary of the weights to keep what they know: ocrstudio dict extend."
        ),
        "warning",
        page="config",
    ),
    Rule(
        "no_moments",
        (".pdopt is not exists",),
        r"(?P<file>\S+\.pdopt) is not exists",
        QT_TRANSLATE_NOOP("Errors", "{file} is missing: the optimiser starts anew."),
        "",
        "warning",
    ),
)
OTHER_NETWORK = Rule(
    "other_network",
    ("The pretrained params",),
    r"The pretrained params (?P<name>\S+) not in model",
    QT_TRANSLATE_NOOP("Errors", "The weights belong to another network: training starts almost from nothing."),
    QT_TRANSLATE_NOOP("Errors", "Choose the weights of the config's own network."),
    "warning",
    page="config",
)
