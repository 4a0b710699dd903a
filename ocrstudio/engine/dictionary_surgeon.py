"""New characters for a recognition model without losing the old ones: dictionary and weights are extended together.

Two kinds of base: the built-in networks (the result is a folder that `Global.pretrained_model` takes), and PaddleOCR's
`.pdparams` (pure array work, no Paddle needed). Rows go by character (`graft`), and nothing is kept unless the proof
holds: every line that could be read the same before is.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.core.charset import SPACE, Charset
from ocrstudio.core.dictionary_rules import EXISTS, FORCE
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.dictionary_surgeon_heads import (
    Tensors,
    character_count,
    charset_of,
    graft_tensors,
    layers_of,
    prove_rows,
)
from ocrstudio.engine.dictionary_surgeon_proof import CheckoutReader, compared, proof_crops, read_with_onnx
from ocrstudio.engine.graft import told_apart
from ocrstudio.engine.graft_look_alikes import look_alikes
from ocrstudio.formats.atomic import make_folder, write_atomic
from ocrstudio.formats.base_models import base_model
from ocrstudio.formats.bundle import DICT_FILE, ONNX_FILE, write_card
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.dictionary import read_classes, read_dictionary, write_dictionary
from ocrstudio.formats.pdparams import read_tensors, write_tensors
from ocrstudio.formats.ppocr_label import LineError, parse_boxes
from ocrstudio.formats.rec_list import read_rec_list
from ocrstudio.formats.run_folder import CONFIG_FILE, RunFolder

if TYPE_CHECKING:
    from ocrstudio.engine.nets.catalogue import Source

WEIGHTS_ENDING = ".pdparams"
REPORT_FILE = "graft.json"
# Texts that stand for "not written" in labels.
NO_TEXT = ("###", "*", "待识别", "TEMPORARY")
NO_DICTIONARY = QT_TRANSLATE_NOOP("Errors", "The dictionary of {file} is not known.")
GIVE_DICTIONARY = QT_TRANSLATE_NOOP("Errors", "Give the one that it was trained with: --base-dict FILE.")
NO_MODEL = QT_TRANSLATE_NOOP("Errors", "{folder} holds no finished model.")
FINISH_RUN = QT_TRANSLATE_NOOP("Errors", "Continue the run until it has been evaluated and its model written.")
BAD_PROOF = QT_TRANSLATE_NOOP("Errors", "The layer {layer} is not what it was for the characters that stay.")
REPORT_IT = QT_TRANSLATE_NOOP("Errors", "Nothing was written; please report this.")
Stage = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Base:
    """Weights whose dictionary shall change.

    Attributes:
        path: Their file.
        charset: What they read.
        tensors: A `.pdparams`' content; None for a built-in network.
        source: A built-in network; None for a `.pdparams`.
    """

    path: Path
    charset: Charset
    tensors: Tensors | None = None
    source: Source | None = None


@dataclass(frozen=True)
class Surgery:
    """What becomes of each character.

    Attributes:
        old: The base's charset.
        new: The wanted one.
        kept: Characters that bring their rows.
        added: New ones.
        removed: Left out.
        warm: Added character -> known one that it starts from.
    """

    old: Charset
    new: Charset
    kept: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    warm: dict[str, str]

    @property
    def needed(self) -> bool:
        """Whether anything changes."""
        return self.old != self.new


def open_base(base: str, dictionary: Path | None = None) -> Base:
    """Reads weights and their characters.

    Args:
        base: Name of a built-in model, bundle folder, our ONNX file, a `.pdparams` file (its ending may be missing), or
            a run, whose best model counts.
        dictionary: That a `.pdparams` was trained with; without it the config beside it says, or PP-OCRv4's own
            dictionary is taken if it has as many lines.

    Raises:
        StudioError: If something cannot be read or does not fit together.
    """
    if (Path(base) / CONFIG_FILE).is_file():
        base = _best_of(RunFolder.open(Path(base)))
    file = Path(base if base.endswith(WEIGHTS_ENDING) else base + WEIGHTS_ENDING)
    if not base.endswith(WEIGHTS_ENDING) and (base_model(base, "rec") or not file.is_file()):
        from ocrstudio.engine.paddle_runtime import require_paddle

        require_paddle()
        from ocrstudio.engine.nets.catalogue import load_source

        source = load_source(base, "rec")
        return Base(source.path, source.charset or Charset(()), source=source)
    tensors = read_tensors(file)
    known = dictionary or dictionary_of(file, tensors)
    return Base(file, charset_of(tensors, read_classes(known), file, known), tensors)


def _best_of(run: RunFolder) -> str:
    model = run.model
    if model is None and not run.manifest:
        # made by PaddleOCR itself
        found = (run.checkpoint(name) for name in ("best_accuracy", "latest"))
        model = next((one for one in found if one.with_suffix(WEIGHTS_ENDING).is_file()), None)
    if model is None:
        raise EngineError(NO_MODEL, FINISH_RUN, folder=run.path)
    return str(model)


def dictionary_of(file: Path, tensors: Tensors | None = None) -> Path:
    """The dictionary that a `.pdparams` was trained with: beside it, or PP-OCRv4's own if it has as many lines.

    Args:
        file: The weights.
        tensors: Their content; None reads it where it is needed.

    Raises:
        StudioError: If it is not known, or the weights cannot be read.
    """
    from ocrstudio.engine.nets.weights import package_file

    config = file.parent / "config.yml"
    named = str(TrainConfig.load(config).get("Global.character_dict_path") or "") if config.is_file() else ""
    for place in (Path(named), file.parent / named, file.parent / DICT_FILE) if named else (file.parent / DICT_FILE,):
        if place.is_file():
            return place
    v4 = base_model("PP-OCRv4_mobile_rec", "rec")
    if v4 is not None:
        candidate = package_file(v4.package, v4.files[2])
        if character_count(read_tensors(file) if tensors is None else tensors) in (
            len(read_classes(candidate)),
            len(read_classes(candidate)) + 1,
        ):
            return candidate
    raise EngineError(NO_DICTIONARY, GIVE_DICTIONARY, file=file)


def texts_of(labels: Path) -> list[str]:
    """The texts of a recognition list or of a `Label.txt`; what is marked as unreadable is left out."""
    texts: list[str] = []
    for sample in read_rec_list(labels, labels.parent):
        try:
            boxes = parse_boxes(sample.text.encode(), touched=True) if sample.text.startswith("[{") else ()
        except LineError:
            boxes = ()
        texts += [box.text for box in boxes] if boxes else [sample.text]
    return [text for text in texts if text not in NO_TEXT]


def plan(
    old: Charset,
    *,
    characters: str = "",
    lists: Sequence[Path] = (),
    dictionary: Path | None = None,
    like: Mapping[str, str] | None = None,
) -> Surgery:
    """What has to change.

    Args:
        old: What the base reads.
        characters: To be added; white space between them does not count.
        lists: Labels whose unknown characters are added.
        dictionary: The whole new dictionary: its order counts, and what it lacks is left out.
        like: New character -> look-alike, before the table of `graft_look_alikes`.
    """
    wanted = dict.fromkeys(old.characters)
    if dictionary is not None:
        lines = read_dictionary(dictionary)
    else:
        found = {character for file in lists for text in texts_of(file) for character in text}
        found.update(characters)
        # control characters and unusual spaces are slips of the keyboard, not something to learn
        new = sorted(c for c in found if c not in wanted and not c.isspace() and (c.isprintable() or ord(c) > 0xFFFF))
        # old lines stay as they are, repeated ones included
        lines = (*old.characters, *new)
    charset = Charset(tuple(lines), old.use_space)
    kept, added, removed = told_apart(old.characters, charset.characters)
    return Surgery(old, charset, kept, added, removed, look_alikes(added, set(kept), like))


def extend(
    base: Base,
    surgery: Surgery,
    out: Path,
    stage: Stage = lambda _name, _done, _total: None,
    *,
    proof_list: Path | None = None,
    reader: CheckoutReader | None = None,
    force: bool = False,
) -> dict[str, Any]:
    """Writes new dictionary and weights into a folder, after the proof.

    Args:
        base: Where to start.
        surgery: What changes.
        out: The folder; made if it is missing.
        stage: Told what is done.
        proof_list: Recognition list to prove with; else typeset lines.
        reader: For a `.pdparams`: reads lines with PaddleOCR itself; without it the rows are proven.
        force: Write over what an earlier surgery, or anybody, wrote there.

    Returns:
        The report, which is also in `graft.json`.

    Raises:
        StudioError: If something cannot be read or written, or the proof fails; nothing is then written.
    """
    weights_file = ONNX_FILE if base.tensors is None else base.path.name
    for name in (DICT_FILE, REPORT_FILE, weights_file):
        if not force and (out / name).exists():
            raise EngineError(EXISTS, FORCE, file=out / name)
    make_folder(out)
    with tempfile.TemporaryDirectory(prefix=".graft-", dir=out) as temporary:
        part = Path(temporary)
        write_dictionary(part / DICT_FILE, surgery.new.characters)
        if base.tensors is not None:
            weights, proof = _paddleocr(base, surgery, part, stage, proof_list, reader)
        else:
            weights, proof = _builtin(base, surgery, part, stage, proof_list)
        answer = _answer(base, surgery, out, weights, proof)
        write_atomic(part / REPORT_FILE, json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
        for file in part.iterdir():
            if file.is_file():
                file.replace(out / file.name)
    return answer


def _builtin(
    base: Base, surgery: Surgery, part: Path, stage: Stage, proof_list: Path | None
) -> tuple[str, dict[str, Any]]:
    from ocrstudio.engine.nets.catalogue import write_onnx
    from ocrstudio.engine.network import build_network

    source = base.source
    if source is None:
        raise TypeError("a base has tensors or a source")
    stage("graft", 0, 0)
    (part / "old").mkdir()
    network, _ = build_network(source, source.charset, 0)
    write_onnx(network, source, source.charset, part / "old" / ONNX_FILE)
    network, _ = build_network(source, surgery.new, 0, surgery.warm)
    write_onnx(network, source, surgery.new, part / ONNX_FILE)
    card = {"name": part.parent.name, "task": "rec", "architecture": source.architecture}
    write_card(part, {**card, "characters": len(surgery.new.characters), "scores": {}})
    stage("proof", 0, 0)
    crops = proof_crops(surgery.old, proof_list)
    before = read_with_onnx(part / "old" / ONNX_FILE, surgery.old, crops)
    after = read_with_onnx(part / ONNX_FILE, surgery.new, crops)
    shutil.rmtree(part / "old")
    proof = compared(before, after, surgery.removed, "ONNX Runtime", str(proof_list or "typeset"))
    return "", {**dataclasses.asdict(proof), "unchanged_share": proof.share}


def _paddleocr(
    base: Base, surgery: Surgery, part: Path, stage: Stage, proof_list: Path | None, reader: CheckoutReader | None
) -> tuple[str, dict[str, Any]]:
    tensors = base.tensors or {}
    stage("graft", 0, 0)
    grafted = graft_tensors(tensors, surgery.old, surgery.new, surgery.warm)
    rows = prove_rows(tensors, grafted, surgery.old, surgery.new)
    for row in rows:
        if row.changed or row.won:
            raise EngineError(BAD_PROOF, REPORT_IT, layer=row.layer)
    write_tensors(part / base.path.name, grafted)
    proof: dict[str, Any] = {"rows": [dataclasses.asdict(row) for row in rows]}
    if reader is None:
        return base.path.stem, proof
    stage("proof", 0, 0)
    crops = proof_crops(surgery.old, proof_list)
    (part / "old").mkdir()
    # PaddleOCR must read the base with the lines as they were counted here
    write_dictionary(part / "old" / DICT_FILE, surgery.old.characters)
    before = reader.read(base.path, part / "old" / DICT_FILE, surgery.old, crops)
    after = reader.read(part / base.path.name, part / DICT_FILE, surgery.new, crops)
    shutil.rmtree(part / "old")
    found = compared(before, after, surgery.removed, str(reader.checkout.path), str(proof_list or "typeset"))
    return base.path.stem, {**proof, **dataclasses.asdict(found), "unchanged_share": found.share}


def _answer(base: Base, surgery: Surgery, out: Path, weights: str, proof: dict[str, Any]) -> dict[str, Any]:
    layers = layers_of(base.tensors) if base.tensors is not None else {}
    space = [charset.classes - 1 if charset.use_space else None for charset in (surgery.old, surgery.new)]
    return {
        "base": str(base.path),
        "copied": len(surgery.kept),
        "added": list(surgery.added),
        "left_out": list(surgery.removed),
        "space": {"from": space[0], "to": space[1]},
        "warm_starts": surgery.warm,
        "layers": list(layers) or ["head.weight", "head.bias"],
        "untouched_tensors": len(base.tensors) - len(layers) if base.tensors is not None else None,
        "proof": proof,
        "config": {
            "Global.pretrained_model": str(out / weights) if weights else str(out),
            "Global.character_dict_path": str(out / DICT_FILE),
            "Global.use_space_char": surgery.new.use_space,
        },
    }


def coverage(characters: Iterable[str], labels: Path) -> dict[str, Any]:
    """Which characters of some labels a model knows.

    Args:
        characters: That it reads.
        labels: A recognition list or a `Label.txt`.

    Returns:
        characters, occurrences; known (share of occurrences); unknown (character, count, look_alike), frequent first.
    """
    counts = Counter(character for text in texts_of(labels) for character in text if character != SPACE)
    known = set(characters)
    missing = {character: count for character, count in counts.most_common() if character not in known}
    alike = look_alikes(missing, known)
    total = sum(counts.values())
    return {
        "characters": len(counts),
        "occurrences": total,
        "known": 1 - sum(missing.values()) / total if total else 1.0,
        "unknown": [
            {"character": character, "count": count, "look_alike": alike.get(character)}
            for character, count in missing.items()
        ],
    }
