"""Names and kinds of a config's values: a misspelt key is ignored by every engine without a word."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterator
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.findings import Cure
from ocrstudio.formats.checkout_config import has_odd_scales
from ocrstudio.formats.config import FIX_VALUE
from ocrstudio.formats.config_fields import FIELDS, fault
from ocrstudio.formats.preflight import Look

# Below these, any key may stand: they go to a class of the network, the loss or the augmentation by name.
_OPEN = ("Architecture", "Loss", "PostProcess", "Metric", "Train.dataset.transforms", "Eval.dataset.transforms")
_CLOSE = 0.8
# Read by PaddleOCR 2.8 or 3.x, but not in the table of keys that people edit.
_READ = {
    "Global": "seed debug use_amp amp_level amp_dtype amp_custom_black_list amp_custom_white_list scale_loss "
    "use_dynamic_loss_scaling calc_epoch_interval print_mem_info log_ranks uniform_output_enabled use_sync_bn "
    "to_static use_wandb use_visualdl infer_list infer_img infer_mode export_with_pir find_unused_parameters use_xpu "
    "use_npu use_mlu use_gcu save_res_path d2s_train_image_shape look_alikes cal_metric_during_train distributed",
    "Train": "dataset loader sampler",
    "Train.dataset": "name data_dir label_file_list ratio_list delimiter ds_width ext_op_transform_idx transforms",
    "Train.sampler": "name scales first_bs fix_bs divided_factor is_training",
    "Train.loader": "shuffle batch_size_per_card drop_last num_workers use_shared_memory collate_fn",
    "Optimizer": "name beta1 beta2 epsilon momentum clip_norm clip_norm_global weight_decay regularizer lr",
    "Optimizer.lr": "name learning_rate warmup_epoch decay_epochs values end_lr power step_size gamma",
    "Optimizer.regularizer": "name factor",
}

# What must be a list, and what a section of its own.
_KINDS: dict[str, type] = {
    **dict.fromkeys(("Train.dataset.transforms", "Eval.dataset.transforms"), list),
    **dict.fromkeys(("Train.dataset", "Train.loader", "Train.sampler", "Eval.dataset", "Eval.loader"), dict),
    **dict.fromkeys(("Optimizer.lr", "Architecture.Backbone", "Architecture.Head"), dict),
}

NO_LIST = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: {key} must be a list.")
NO_SECTION = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: {key} must be a section with values of its own.")
MISSPELT = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: nothing reads the key {key}; was {meant} meant?")
ODD_SCALES = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: {key} must be a list of [width, height], and first_bs and divided_factor whole numbers.",
)
SET_MEANT = QT_TRANSLATE_NOOP("Errors", "Set {meant} to {wanted}")


def look_at_keys(look: Look) -> None:
    """Adds values of a wrong kind and keys that look misspelt."""
    config = look.config
    for key in FIELDS:
        place = config.place_of(key)
        value = config.get(place) if place is not None else None
        # some of PaddleOCR's datasets have no folder
        folderless = look.lenient and value is None and key.endswith(".data_dir")
        found = fault(key, value) if place is not None and not folderless else None
        # these have checks of their own
        if place is not None and found is not None and not (key in _ELSEWHERE and isinstance(value, str | int)):
            what, told = found
            about: dict[str, Any] = {**told, "place": f"{config.source}, line {config.line_of(place)}: "}
            look.add("fatal", "values", what, FIX_VALUE, place, **about)
    for key, kind in _KINDS.items():
        value = config.get(key)
        if value is not None and not isinstance(value, kind):
            look.add("fatal", "values", NO_LIST if kind is list else NO_SECTION, FIX_VALUE, key)
    if look.lenient and has_odd_scales(config):
        look.add("fatal", "values", ODD_SCALES, FIX_VALUE, "Train.sampler.scales")
    known = _known()
    for path, node in _nodes(config.plain()):
        allowed = known.get(_as_training(path), frozenset())
        for name, value in node.items():
            close = difflib.get_close_matches(name, allowed, 1, _CLOSE) if name not in allowed and allowed else []
            if close:
                meant, wanted = f"{path}.{close[0]}", value
                wrong = f"{path}.{name}"
                cure = Cure(SET_MEANT, {meant: value}, removed=(wrong,)) if fault(meant, value) is None else None
                values: dict[str, Any] = {"meant": meant, "wanted": wanted}
                look.add("warning", "keys", MISSPELT, "", wrong, cure=cure, **values)


_ELSEWHERE = ("Optimizer.lr.learning_rate", "Global.epoch_num")


def _nodes(plain: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, value in plain.items():
        below = f"{path}.{name}" if path else name
        if isinstance(value, dict) and below not in _OPEN:
            yield below, value
            yield from _nodes(value, below)


@functools.cache
def _known() -> dict[str, frozenset[str]]:
    """Path of a section to the keys that something reads there."""
    found: dict[str, set[str]] = {path: set(names.split()) for path, names in _READ.items()}
    for key in FIELDS:
        path, _, name = key.rpartition(".")
        found.setdefault(_as_training(path), set()).add(name)
    return {path: frozenset(names) for path, names in found.items()}


def _as_training(path: str) -> str:
    """Evaluation has the sections that training has."""
    return "Train" + path.removeprefix("Eval") if path.split(".")[0] == "Eval" else path
