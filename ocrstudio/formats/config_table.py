"""The keys that say what a model learns from, what it starts with, and what comes out."""

from __future__ import annotations

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.formats.config_field import CODE, FAQ, GUIDE, OWN, RUNS, Field

DATA = (
    Field(
        "Train.dataset.label_file_list",
        "texts",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Training list"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "List files of the dataset: a picture's path, a tab, and its text or its boxes."
        ),
        source=CODE,
        path="file",
    ),
    Field(
        "Train.dataset.data_dir",
        "text",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Folder of the training pictures"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "What the paths in the training list are relative to."),
        source=CODE,
        path="folder",
    ),
    Field(
        "Train.dataset.ratio_list",
        "ratios",
        0,
        optional=True,
        default=[1.0],
        label=QT_TRANSLATE_NOOP("ConfigFields", "Share of each list"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields",
            "One number for each training list: how much of it an epoch shows, drawn anew each "
            "time. General to new lines "
            "about 1 to 1 in an epoch keeps a model from forgetting.",
        ),
        source=GUIDE,
    ),
    Field(
        "Eval.dataset.label_file_list",
        "texts",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Validation list"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "Read after every epoch to find the best one; never learnt."),
        source=CODE,
        path="file",
    ),
    Field(
        "Eval.dataset.data_dir",
        "text",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Folder of the validation pictures"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "What the paths in the validation list are relative to."),
        source=CODE,
        path="folder",
    ),
    Field("Eval.dataset.ratio_list", "ratios", 0, optional=True),
    Field(
        "Global.character_dict_path",
        "text",
        optional=True,
        task="rec",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Characters"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields",
            "The dictionary. A model of only your characters learns several times faster but reads no others.",
        ),
        source=RUNS,
        path="file",
    ),
    Field(
        "Global.use_space_char",
        "bool",
        default=True,
        task="rec",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Read spaces"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "The space is one more character, the last one of the model."),
        source=CODE,
    ),
    Field(
        "Global.max_text_length",
        "int",
        1,
        10_000,
        default=25,
        task="rec",
        unit=QT_TRANSLATE_NOOP("ConfigFields", "characters"),
        label=QT_TRANSLATE_NOOP("ConfigFields", "Longest text"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields",
            "PaddleOCR silently replaces longer lines by others; with NRTR (v4, v5) two less fit. "
            "Its configs repeat the "
            "number further down: change it here and the copies follow.",
        ),
        source=RUNS,
    ),
)

START = (
    Field(
        "Global.pretrained_model",
        "text",
        optional=True,
        default=None,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Start from"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields",
            "Weights to begin with: the name of a base model or of a downloaded one, a file, or the folder of an "
            "exported model. PaddleOCR passes over what does not fit and still says that it loaded.",
        ),
        source=RUNS,
        path="file",
    ),
    Field(
        "Global.checkpoints",
        "text",
        optional=True,
        default=None,
        engine="paddleocr",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Go on with"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields",
            "The state of a run that was cut off, optimiser and all; it goes before the weights "
            "to start from. Not for new "
            "characters or another dictionary.",
        ),
        source=RUNS,
        path="file",
    ),
    Field(
        "Global.save_model_dir",
        "text",
        optional=True,
        default=None,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Output folder"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "Where checkpoints go. Runs started here have a folder of their own, which is written here."
        ),
        source=CODE,
        path="folder",
    ),
    Field("Global.save_inference_dir", "text", optional=True),
    Field(
        "Global.model_name",
        "text",
        optional=True,
        label=QT_TRANSLATE_NOOP("ConfigFields", "Model's name"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "Written into the exported model; PaddleOCR 3 loads it only under this name."
        ),
        source=RUNS,
    ),
    Field(
        "Global.uniform_output_enabled",
        "bool",
        default=False,
        engine="paddleocr",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Export at every save"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "PaddleOCR 3 writes a ready model beside every checkpoint; it needs the model's name."
        ),
        source=RUNS,
    ),
    Field("Architecture.model_type", "text"),
)

PICTURES = (
    Field(
        "Train.dataset.transforms[RecResizeImg].image_shape",
        "ints",
        1,
        count=3,
        default=[3, 48, 320],
        task="rec",
        unit=QT_TRANSLATE_NOOP("ConfigFields", "channels, height and width in pixels"),
        label=QT_TRANSLATE_NOOP("ConfigFields", "Size of a line"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "Lines are scaled to this height; wider ones are squeezed. Longer texts need more width."
        ),
        source=CODE,
    ),
    Field(
        "Train.dataset.transforms[EastRandomCropData].size",
        "ints",
        32,
        count=2,
        default=[640, 640],
        task="det",
        unit=QT_TRANSLATE_NOOP("ConfigFields", "width and height in pixels, multiples of 32"),
        label=QT_TRANSLATE_NOOP("ConfigFields", "Piece of a page"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "What is learnt at once. Larger pieces show larger texts and need more memory."
        ),
        source=CODE,
    ),
    Field(
        "PostProcess.thresh",
        "float",
        0,
        1,
        default=0.3,
        task="det",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Threshold of a pixel"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "A pixel above it belongs to a text. Evaluation only."),
        source=FAQ,
    ),
    Field(
        "PostProcess.box_thresh",
        "float",
        0,
        1,
        default=0.6,
        task="det",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Threshold of a box"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "Boxes whose pixels reach less on average are dropped. Lower it if faint texts are missing."
        ),
        source=FAQ,
    ),
    Field(
        "PostProcess.unclip_ratio",
        "float",
        0,
        10,
        above=True,
        default=1.5,
        task="det",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Growth of a box"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "How far a found core grows to cover its text. More if boxes cut letters off."
        ),
        source=FAQ,
    ),
)

FORGETTING = (
    Field(
        "Train.replay_ratio",
        "float",
        0,
        1000,
        optional=True,
        default=0.0,
        task="rec",
        engine="builtin",
        unit=QT_TRANSLATE_NOOP("ConfigFields", "old lines per new line"),
        label=QT_TRANSLATE_NOOP("ConfigFields", "Old lines mixed in"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "Lines of what the model could read before, so that it does not forget. 0: none."
        ),
        source=GUIDE,
    ),
    Field(
        "Train.replay_anchor",
        "float",
        0,
        100_000,
        optional=True,
        default=0.0,
        task="rec",
        engine="builtin",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Hold of the old lines"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields",
            "How strongly the old lines that are mixed in hold the network where it was. 0: not; 30: well.",
        ),
        source=OWN,
    ),
    Field(
        "Train.replay_list",
        "lists",
        optional=True,
        default=[],
        task="rec",
        engine="builtin",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Lists of old lines"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "Without any, old lines are typeset in the fonts at hand."),
        source=OWN,
        path="file",
    ),
    Field("Train.replay_dir", "text", optional=True),
    Field(
        "Global.retention_lines",
        "int",
        0,
        100_000,
        optional=True,
        default=0,
        task="rec",
        engine="builtin",
        unit=QT_TRANSLATE_NOOP("ConfigFields", "lines"),
        label=QT_TRANSLATE_NOOP("ConfigFields", "Lines that watch over forgetting"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields", "So many lines of old characters are typeset and read at every evaluation. 0: none."
        ),
        source=OWN,
    ),
    Field(
        "Global.retention_list",
        "lists",
        optional=True,
        default=[],
        task="rec",
        engine="builtin",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Lists that watch over forgetting"),
        meaning=QT_TRANSLATE_NOOP("ConfigFields", "Lines of your own that are read at every evaluation, never learnt."),
        source=OWN,
        path="file",
    ),
    Field("Global.retention_dir", "text", optional=True),
    Field(
        "Global.retention_max_drop",
        "float",
        0,
        1,
        optional=True,
        default=None,
        task="rec",
        engine="builtin",
        label=QT_TRANSLATE_NOOP("ConfigFields", "Forgetting that is allowed"),
        meaning=QT_TRANSLATE_NOOP(
            "ConfigFields",
            "A state that reads fewer old lines than this share less is never the best one. 0.02: two of 100.",
        ),
        source=OWN,
    ),
)
