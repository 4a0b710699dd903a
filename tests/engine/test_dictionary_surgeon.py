"""Characters are added to PaddleOCR's weights by name of the character; nothing that could be read is lost."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml
from fake_trainer import make_checkout

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import EngineError, StudioError
from ocrstudio.engine import dictionary_surgeon_proof as proofs
from ocrstudio.engine.dictionary_surgeon import coverage, extend, open_base, plan
from ocrstudio.engine.dictionary_surgeon_heads import charset_of, graft_tensors, layers_of, prove_rows
from ocrstudio.engine.graft_look_alikes import look_alikes, look_alikes_of
from ocrstudio.engine.known import characters_of
from ocrstudio.formats.checkout import find_checkout
from ocrstudio.formats.pdparams import read_tensors, write_tensors

pytestmark = pytest.mark.engine
OLD = tuple("0123456789VXIabc")


def ocrstudio(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ocrstudio", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=100, check=False)


def head(prefix: str = "", characters: int = len(OLD) + 1, *, sar: bool = False) -> dict[str, np.ndarray]:
    """A network's layers of characters, as PP-OCRv4 (CTC + NRTR) or v3 (CTC + SAR) names them, and one other layer."""
    random = np.random.default_rng(len(prefix))

    def layer(*shape: int) -> np.ndarray:
        return random.normal(size=shape).astype(np.float32)

    tensors = {
        "backbone.conv1.conv.weight": layer(4, 3, 3, 3),
        "head.before_gtc.1.fc.weight": layer(8, 6),
        "head.ctc_head.fc.weight": layer(12, characters + 1),
        "head.ctc_head.fc.bias": layer(characters + 1),
    }
    if sar:
        tensors |= {
            "head.sar_head.decoder.embedding.weight": layer(characters + 3, 8),
            "head.sar_head.decoder.prediction.weight": layer(24, characters + 2),
            "head.sar_head.decoder.prediction.bias": layer(characters + 2),
        }
    else:
        tensors |= {
            "head.gtc_head.embedding.embedding.weight": layer(characters + 5, 6),
            "head.gtc_head.tgt_word_prj.weight": layer(6, characters + 5),
        }
    return {prefix + name: array for name, array in tensors.items()}


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    file = tmp_path / "best_accuracy.pdparams"
    write_tensors(file, head())
    (tmp_path / "dict.txt").write_text("\n".join(OLD) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("sar", [False, True], ids=["v4 and v5: CTC, NRTR", "v3: CTC, SAR"])
@pytest.mark.parametrize("prefixes", [("",), ("Student.", "Teacher.")], ids=["one network", "distillation"])
def test_rows_of_every_head_follow_their_character(sar, prefixes):
    before = {name: array for prefix in prefixes for name, array in head(prefix, sar=sar).items()}
    old, new = Charset(OLD), Charset((*OLD[:3], "Ⅷ", *OLD[4:], "Ж"))

    after = graft_tensors(before, old, new, {"Ⅷ": "V"})

    layers = layers_of(before)
    assert len(layers) == len(prefixes) * (5 if sar else 4)
    assert {name for name in before if after[name] is not before[name]} == set(layers)
    for name, kind in layers.items():
        was, became = (np.moveaxis(tensors[name], kind.axis, 0) for tensors in (before, after))
        assert len(became) == len(was) + 1
        for character in (*OLD[:3], *OLD[4:], " "):
            here, there = new.labels.index(character) - 1, old.labels.index(character) - 1
            assert np.array_equal(became[kind.before + here], was[kind.before + there]), (name, character)
        assert np.array_equal(became[: kind.before], was[: kind.before])
        if kind.after:
            assert np.array_equal(became[-kind.after :], was[-kind.after :])
    for row in prove_rows(before, after, old, new, features=2000):
        assert (row.changed, row.new, row.won) == (0, 2, 0)


def test_the_proof_by_rows_notices_a_wrong_graft():
    before, old, new = head(), Charset(OLD), Charset((*OLD, "Ж"))
    after = graft_tensors(before, old, new, {})
    after["head.ctc_head.fc.bias"][-2] = 1000.0  # the new character
    after["head.gtc_head.tgt_word_prj.weight"][:, 5] += 1.0

    ctc, nrtr = prove_rows(before, after, old, new)

    assert ctc.won == ctc.features
    assert nrtr.changed == 1


def test_space_is_found_by_the_number_of_outputs(tmp_path):
    with_space, without = charset_of(head(), OLD, tmp_path, tmp_path), charset_of(head("", 16), OLD, tmp_path, tmp_path)

    assert (with_space.use_space, without.use_space) == (True, False)


def test_a_dictionary_of_another_model_is_refused(weights):
    (weights.parent / "other.txt").write_text("a\nb\n", encoding="utf-8")

    with pytest.raises(EngineError, match=r"reads 17 characters .* has 2 lines"):
        open_base(str(weights), weights.parent / "other.txt")


def test_weights_without_characters_are_refused(tmp_path):
    write_tensors(tmp_path / "det.pdparams", {"head.binarize.conv1.weight": np.ones((2, 2), np.float32)})
    (tmp_path / "dict.txt").write_text("a\n", encoding="utf-8")

    with pytest.raises(EngineError, match="no CTC, NRTR or SAR layer"):
        open_base(str(tmp_path / "det.pdparams"))


def test_extend_writes_dictionary_weights_and_report(weights, tmp_path):
    labels = tmp_path / "Label.txt"
    boxes = [{"transcription": text, "points": [[0, 0], [9, 9]], "difficult": False} for text in ("1Ω", "###")]
    labels.write_text(f"a.png\t{json.dumps(boxes, ensure_ascii=False)}\n", encoding="utf-8")
    out = tmp_path / "out"

    arguments = ("dict", "extend", weights, "--chars", "Ⅷ Ⅰ", "--from", labels, "--like", "Ω=0", "--json")
    done = ocrstudio(*arguments, "--out", out)

    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["added"] == ["Ω", "Ⅰ", "Ⅷ"]
    assert answer["copied"] == len(OLD)
    assert answer["space"] == {"from": 17, "to": 20}
    assert answer["warm_starts"] == {"Ω": "0", "Ⅰ": "I", "Ⅷ": "V"}
    assert all(row["won"] == row["changed"] == 0 for row in answer["proof"]["rows"])
    assert (out / "dict.txt").read_text(encoding="utf-8").splitlines() == [*OLD, "Ω", "Ⅰ", "Ⅷ"]
    assert read_tensors(out / "best_accuracy.pdparams")["head.ctc_head.fc.bias"].shape == (21,)
    assert sorted(file.name for file in out.iterdir()) == ["best_accuracy.pdparams", "dict.txt", "graft.json"]
    # what was written is a base again
    assert open_base(str(out / "best_accuracy.pdparams")).charset.classes == 21


def test_what_is_there_is_written_over_only_when_that_is_asked_for(weights, tmp_path):
    surgery = plan(open_base(str(weights)).charset, characters="Ⅷ")
    out = tmp_path / "out"
    extend(open_base(str(weights)), surgery, out)
    before = (out / "graft.json").read_bytes()
    with pytest.raises(EngineError, match="exists already"):
        extend(open_base(str(weights)), surgery, out)
    assert (out / "graft.json").read_bytes() == before
    extend(open_base(str(weights)), surgery, out, force=True)


def test_a_run_stands_for_its_best_model(weights, tmp_path):
    run = tmp_path / "run"
    run.mkdir()
    shutil.copy(weights.parent / "dict.txt", run / "keys.txt")
    config = {"Global": {"character_dict_path": str(run / "keys.txt"), "use_space_char": True}}
    (run / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    with pytest.raises(EngineError, match="no finished model"):
        open_base(str(run))
    shutil.copy(weights, run / "best_accuracy.pdparams")
    assert open_base(str(run)).path == run / "best_accuracy.pdparams"
    assert characters_of(str(run)) == characters_of(str(run / "best_accuracy")) == tuple(OLD)


def test_what_a_model_reads_is_told_without_its_network(weights, tmp_path):
    bundle = tmp_path / "made by PaddleOCR"
    bundle.mkdir()
    (bundle / "dict.txt").write_text("a\nⅫ\n", encoding="utf-8")
    (bundle / "inference.pdiparams").write_bytes(b"weights")
    assert characters_of(str(bundle)) == characters_of(str(bundle / "dict.txt")) == ("a", "Ⅻ")
    assert characters_of("whatever", bundle / "dict.txt") == ("a", "Ⅻ")
    labels = tmp_path / "labels.txt"
    labels.write_text("a.png\taⅫb\n", encoding="utf-8")
    done = ocrstudio("dict", "coverage", labels, "--base", bundle, "--json")
    assert done.returncode == 0, done.stderr
    assert [one["character"] for one in json.loads(done.stdout)["unknown"]] == ["b"]
    with pytest.raises(StudioError):
        characters_of(str(tmp_path / "nothing"))


def test_a_model_that_knows_the_characters_needs_no_surgery(weights, tmp_path):
    done = ocrstudio("dict", "extend", weights, "--chars", "VIX", "--out", tmp_path / "out")

    assert done.returncode == 0, done.stderr
    assert "Try it before training" in done.stdout
    assert not (tmp_path / "out").exists()


def test_a_whole_dictionary_may_reorder_and_leave_out(weights, tmp_path):
    (tmp_path / "new.txt").write_text("c\nb\nⅧ\n1\n", encoding="utf-8")
    base = open_base(str(weights))

    surgery = plan(base.charset, dictionary=tmp_path / "new.txt")
    answer = extend(base, surgery, tmp_path / "out")

    assert surgery.removed == tuple("023456789VXIa")
    assert answer["left_out"] == list(surgery.removed)
    bias, old = read_tensors(tmp_path / "out" / weights.name)["head.ctc_head.fc.bias"], base.tensors
    assert bias[[0, 1, 2, 4, 5]].tolist() == old["head.ctc_head.fc.bias"][[0, 16, 15, 2, 17]].tolist()


def test_nothing_is_written_when_the_proof_fails(weights, tmp_path, monkeypatch):
    base = open_base(str(weights))
    spoilt = {**graft_tensors(base.tensors, base.charset, Charset((*OLD, "Ж")), {})}
    spoilt["head.ctc_head.fc.bias"][-2] = 99.0
    monkeypatch.setattr("ocrstudio.engine.dictionary_surgeon.graft_tensors", lambda *_: spoilt)

    with pytest.raises(EngineError, match="not what it was"):
        extend(base, plan(base.charset, characters="Ж"), tmp_path / "out")

    assert not list((tmp_path / "out").iterdir())


def test_a_line_that_reads_differently_fails_the_proof():
    with pytest.raises(EngineError, match="1 of 2 lines differently"):
        proofs.compared(["ab", "cd", "x"], ["ab", "ce", "y"], ["x"], "reader", "typeset")

    proof = proofs.compared(["ab", "cd", "x"], ["ab", "cd", "y"], ["x"], "reader", "typeset")
    assert (proof.lines, proof.unchanged, proof.without, proof.share) == (2, 2, 1, 1.0)


def test_look_alikes_come_from_unicode_and_from_shape():
    assert look_alikes("Ⅷⅻé①ａЖО−", set("VXIieax1Oa-")) == {
        "Ⅷ": "V", "ⅻ": "x", "é": "e", "①": "1", "ａ": "a", "О": "O", "−": "-",
    }  # fmt: skip
    assert look_alikes(["Ⅷ"], set("VI"), {"Ⅷ": "I"}) == {"Ⅷ": "I"}
    assert "Ⅷ" not in look_alikes_of("Ⅷ")


def test_coverage_counts_what_a_model_does_not_know(weights, tmp_path):
    labels = tmp_path / "rec.txt"
    labels.write_text("a.png\t12 ⅧⅧ\nb.png\tVЖ\n", encoding="utf-8")

    answer = coverage(open_base(str(weights)).charset.characters, labels)

    assert answer["unknown"] == [
        {"character": "Ⅷ", "count": 2, "look_alike": "V"},
        {"character": "Ж", "count": 1, "look_alike": None},
    ]
    assert answer["known"] == 0.5


FAKE_INFER = """
import json, sys
from pathlib import Path

values = {pair.split("=", 1)[0]: json.loads(pair.split("=", 1)[1]) for pair in sys.argv[4:]}
weights, dictionary = Path(values["Global.pretrained_model"] + ".pdparams"), values["Global.character_dict_path"]
assert weights.is_file() and Path(dictionary).is_file(), "paths are meant from where the command was given"
score = weights.stat().st_size / 1e9
with open(values["Global.save_res_path"], "w", encoding="utf-8") as out:
    for crop in sorted(Path(values["Global.infer_img"]).iterdir()):
        read = {name: {"label": crop.stem[-1], "score": score} for name in ("Student", "Teacher")}
        out.write(f"{crop}\\t{json.dumps(read)}\\n")
"""


def test_a_checkout_proves_a_distillation_by_its_texts_wherever_it_is_called(weights, tmp_path, monkeypatch):
    root = make_checkout(tmp_path / "checkout")
    (root / "tools" / "infer_rec.py").write_text(FAKE_INFER, encoding="utf-8")
    reader = proofs.CheckoutReader(find_checkout(root), Path(sys.executable), tmp_path / "config.yml")
    monkeypatch.chdir(weights.parent)
    base = open_base(weights.name)

    answer = extend(base, plan(base.charset, characters="Ж"), Path("out"), reader=reader)

    assert (answer["proof"]["lines"], answer["proof"]["unchanged_share"]) == (proofs.PROOF_LINES, 1.0)
