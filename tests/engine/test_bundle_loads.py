"""What is exported loads where it is meant to be used: here, in RapidOCR, and in PaddleOCR itself."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bundles import WORDS, page
from lines import crop, render

from ocrstudio.formats.bundle import model_info, read_card
from ocrstudio.formats.pdparams import read_tensors
from ocrstudio.formats.run_folder import RunFolder

PAIRS = ("PP-OCRv6_small", pytest.param("PP-OCRv4_mobile", marks=pytest.mark.slow))


@pytest.fixture(scope="module", params=PAIRS)
def pair(exported: Any, request: Any) -> tuple[Path, Path]:
    """The bundles of a base model's two halves: what reads, what finds."""
    return exported(f"{request.param}_rec")[1], exported(f"{request.param}_det")[1]


@pytest.fixture(scope="module")
def image() -> np.ndarray:
    return np.ascontiguousarray(np.asarray(page()[0])[:, :, ::-1])


@pytest.fixture(scope="module")
def reader(pair):
    from ocrstudio.engine.recognizer import PageReader

    return PageReader(*map(str, pair))


def test_a_bundle_holds_what_its_users_ask_for_and_its_card_says_what_it_is(pair):
    rec, det = pair
    files = {"inference.pdiparams", "inference.yml", "model.onnx", "card.json"}
    # Paddle 2 calls the program otherwise, and notes what the weights are called
    paddle_2 = (rec / "inference.pdmodel").is_file()
    files |= {"inference.pdmodel", "inference.pdiparams.info"} if paddle_2 else {"inference.json"}

    assert {path.name for path in rec.iterdir()} == files | {"dict.txt"}
    assert {path.name for path in det.iterdir()} == files
    for bundle, task in ((rec, "rec"), (det, "det")):
        card, info = read_card(bundle), model_info(bundle)
        assert card["architecture"] == card["base_model"]
        assert info.task == task
        assert card["best_epoch"] == 3
    assert model_info(rec).characters == len({c for text in WORDS for c in text if c != " "})
    assert model_info(rec).scores["cer"] < 0.1
    assert model_info(det).scores["hmean"] > 0.9


def test_the_program_finds_and_reads_a_page_with_it(reader, image):
    assert [line.text.replace(" ", "") for line in reader.read_page(image)] == [w.replace(" ", "") for w in WORDS]
    read = [text for text, _ in reader.read_crops([crop(text) for text in WORDS])]
    assert [text.strip() for text in read] == list(WORDS)


def test_rapidocr_loads_it_by_its_paths(pair, image):
    from rapidocr import RapidOCR

    rec, det = (str(bundle / "model.onnx") for bundle in pair)
    engine = RapidOCR(
        params={
            "Det.model_path": det,
            "Rec.model_path": rec,
            "Rec.rec_keys_path": str(pair[0] / "dict.txt"),
            "Global.log_level": "critical",
        }
    )

    result = engine(image, use_cls=False)

    assert [text.replace(" ", "") for text in result.txts] == [text.replace(" ", "") for text in WORDS]


SLOW = ("PP-OCRv6_small_det", "PP-OCRv4_mobile_rec", "PP-OCRv4_mobile_det")


@pytest.mark.parametrize(
    "architecture", ["PP-OCRv6_small_rec", *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)]
)
def test_a_training_goes_on_from_it_with_its_dictionary(exported, tmp_path, architecture):
    from ocrstudio.engine.nets.catalogue import load_source
    from ocrstudio.engine.training import run_training

    template, bundle = exported(architecture)
    config = template.config()
    config.set("Global.pretrained_model", str(bundle))
    config.set("Global.character_dict_path", None)
    config.set("Global.epoch_num", 1)
    config.set("Optimizer.lr.warmup_epoch", 0)
    run = RunFolder.create(tmp_path / "runs", "second", config)

    result = run_training(run, lambda message: None)

    source = load_source(str(bundle), template.config().task)
    learned = read_tensors(run.path / "latest.pdparams")
    assert any(not np.array_equal(learned[name], array) for name, array in source.tensors.items())
    assert all(learned[name].shape == array.shape for name, array in source.tensors.items())
    card, before = read_card(Path(result["bundle"])), read_card(bundle)
    assert card["base_model"] == str(bundle)
    assert card["architecture"] == architecture
    assert card["characters"] == before["characters"]
    if before["task"] == "rec":
        assert (run.bundle_dir / "dict.txt").read_bytes() == (bundle / "dict.txt").read_bytes()


def test_paddleocr_loads_it_and_reads_and_finds_the_same(pair, reader, image, tmp_path):
    python = os.environ.get("PADDLEOCR_ENV")
    if not python:
        pytest.skip("PADDLEOCR_ENV does not name a Python with paddleocr 3")
    crops = []
    for number, text in enumerate(WORDS):
        crops.append(str(tmp_path / f"crop {number}.png"))
        render(text).save(crops[-1])
    page()[0].save(tmp_path / "page.png")
    rec, det = pair
    job = {
        "recognition": [read_card(rec)["architecture"], str(rec)],
        "detection": [read_card(det)["architecture"], str(det)],
        "crops": crops,
        "pages": [str(tmp_path / "page.png")],
        "limit": [736, "min"],
    }

    peer = Path(__file__).with_name("paddleocr_peer.py")
    done = subprocess.run(
        [python, str(peer)], input=json.dumps(job), capture_output=True, encoding="utf-8", timeout=300, check=False
    )

    assert done.returncode == 0, done.stderr[-3000:]
    # Paddle prints before
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["texts"] == [text for text, _ in reader.read_crops([crop(text) for text in WORDS])]
    found = sorted(answer["boxes"][0], key=lambda box: box[0][1])
    ours = [line.points for line in reader.read_page(image)]
    assert np.abs(np.array(found) - np.array(ours)).max() <= 1
    assert [text.replace(" ", "") for text in answer["pipeline"][0]] == [text.replace(" ", "") for text in WORDS]
