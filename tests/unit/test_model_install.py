"""Models into the user's folder: from the catalogue over a hostile server, and from files of all kinds."""

from __future__ import annotations

import hashlib
import json
import pickle
import stat
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from command_line import command_line
from hostile_server import good, hangs, hostile_server, link, tar_of, web_page, zip_of

from ocrstudio.core.errors import DownloadError, FormatError, ProjectError, StudioError
from ocrstudio.formats import model_files
from ocrstudio.formats.checkout_list import remember
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.download import Limits, Wish
from ocrstudio.formats.model_catalogue import FITS, FORMS, catalogue, read_catalogue
from ocrstudio.formats.model_install import Fetch, fetch, import_model
from ocrstudio.formats.model_store import (
    call_off,
    download_dir,
    is_begun,
    remove,
    stored_model,
    stored_models,
    stored_weights,
    stored_weights_for,
)
from ocrstudio.formats.pdparams import pickled
from ocrstudio.formats.preflight_files import weight_findings
from ocrstudio.formats.project_lock import ProjectLock
from ocrstudio.paths import user_models

GRAPH, PARAMETERS = b'{"base_code": {}}', b"\x00" * 2000
INFERENCE = {
    "X_infer/inference.json": GRAPH,
    "X_infer/inference.pdiparams": PARAMETERS,
    "X_infer/inference.yml": b"Global: {model_name: X}\n",
}
WEIGHTS = pickled({"backbone.conv.weight": np.zeros((2, 3), np.float32)})


@pytest.fixture
def server():
    with hostile_server() as running:
        yield running


def never(*_arguments):
    raise AssertionError("no ONNX file here")


def written_catalogue(path: Path, server, sources: dict, **more) -> Path:
    entry = {"id": "X_infer", "name": "X", "form": "inference", "task": "rec", "version": "v5", "size": "mobile"}
    entry |= {"languages": ["english"], "fits": ["paddleocr3"], "licence": "Apache-2.0", "sources": sources, **more}
    mirrors = {"one": f"{server.address}/", "two": f"{server.address}/two/"}
    path.write_text(json.dumps({"v": 1, "mirrors": mirrors, "models": [entry]}))
    return path


def fetched(tmp_path: Path, server, sources: dict, mirror: str = "", told: list | None = None, **more):
    model = read_catalogue(written_catalogue(tmp_path / "catalogue.json", server, sources, **more)).models[0]
    limits = Limits(timeout_s=0.4, attempts=2, pause_s=0)
    wish = Wish(limits=limits, proxy="direct", failed=(told if told is not None else []).append)
    return fetch(Fetch(model, mirror, wish), never)


def files_of(model) -> list[str]:
    return sorted(path.name for path in model.path.iterdir())


def nothing_is_there() -> bool:
    return not stored_models() and not any(path.is_file() for path in user_models().rglob("*"))


# --- the program's catalogue ------------------------------------------------------------------------------------------


def test_the_catalogue_has_every_generation_and_form_from_known_places():
    models = catalogue().models
    assert {model.version for model in models} == {"v2", "v3", "v4", "v5", "v6"}
    assert {model.form for model in models} == set(FORMS)
    assert {fit for model in models for fit in model.fits} == set(FITS)
    assert {model.licence for model in models} == {"Apache-2.0"}
    hosts = {file.url.split("/")[2] for model in models for source in model.sources for file in source.files}
    assert hosts == {
        "paddle-model-ecology.bj.bcebos.com",
        "paddleocr.bj.bcebos.com",
        "huggingface.co",
        "www.modelscope.cn",
    }
    # what reads here at once is checked to the bit, and weights to train from name the config that takes them
    assert all(file.sha256 for model in models if "here" in model.fits for file in model.sources[0].files)
    assert all(model.config for model in models if model.form == "training")
    assert all(model.characters or model.version in ("v6", "v4", "v3") for model in models if model.task == "rec")


def test_a_name_means_the_form_that_is_used_most_easily():
    assert catalogue().find("PP-OCRv5_server_rec").id == "PP-OCRv5_server_rec_onnx"
    assert catalogue().find("PP-OCRv5_server_rec_pretrained").form == "training"
    with pytest.raises(FormatError, match="There is no model called PP-OCRv9"):
        catalogue().find("PP-OCRv9")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "../../x"}, "is no id"),
        ({"form": "exe"}, "is none of onnx, inference, training"),
        ({"fits": ["moon"]}, "is none of here"),
        ({"sources": {}}, "no source"),
        ({"sources": {"nowhere": {"a.tar": None}}}, "nowhere is missing"),
        ({"sources": {"one": {"a.tar": "12"}}}, "is no SHA-256"),
        ({"sources": {"one": {"a/..": None}}}, "is no file"),
        ({"languages": []}, "no language"),
        ({"bytes": -1}, "negative"),
    ],
)
def test_a_broken_catalogue_names_the_entry(tmp_path, server, change, reason):
    sources = change.pop("sources", {"one": {"a.tar": None}})
    file = written_catalogue(tmp_path / "c.json", server, sources, **change)
    with pytest.raises(FormatError, match=reason):
        read_catalogue(file)
    file.write_text(file.read_text().replace(server.address, "http://models.example"))
    with pytest.raises(FormatError):
        read_catalogue(file)


# --- downloads --------------------------------------------------------------------------------------------------------


def test_an_archive_becomes_a_folder_with_only_what_belongs_to_a_model(tmp_path, server):
    archive = tar_of({**INFERENCE, "X_infer/run_me.sh": b"rm -rf /", "X_infer/._inference.yml": b"mac"})
    server.put("/X_infer.tar", good(archive))
    model = fetched(tmp_path, server, {"one": {"X_infer.tar": hashlib.sha256(archive).hexdigest()}})
    assert files_of(model) == ["inference.json", "inference.pdiparams", "inference.yml", "model.json"]
    record = json.loads((model.path / "model.json").read_text())
    assert record["origin"] == f"{server.address}/X_infer.tar"
    assert record["sha256"] == {"X_infer.tar": hashlib.sha256(archive).hexdigest()}
    assert (model.licence, model.task, model.form) == ("Apache-2.0", "rec", "inference")
    assert [path.name for path in user_models().iterdir()] == ["X_infer"]


def test_a_source_of_several_files_is_fetched_as_a_whole(tmp_path, server):
    for name, data in INFERENCE.items():
        server.put(f"/two/{name}", good(data))
    model = fetched(tmp_path, server, {"two": dict.fromkeys(INFERENCE)})
    assert (model.path / "inference.json").read_bytes() == GRAPH


def test_a_source_without_the_file_gives_way_to_the_next(tmp_path, server):
    server.put("/two/X_infer.tar", good(tar_of(INFERENCE)))
    told: list[StudioError] = []
    sources = {"one": {"X_infer.tar": None}, "two": {"X_infer.tar": None}}
    assert fetched(tmp_path, server, sources, told=told).path.is_dir()
    assert "answer 404" in str(told[0])


def test_the_chosen_source_is_asked_first(tmp_path, server):
    server.put("/X_infer.tar", good(tar_of(INFERENCE)))
    server.put("/two/X_infer.tar", good(tar_of(INFERENCE)))
    fetched(tmp_path, server, {"one": {"X_infer.tar": None}, "two": {"X_infer.tar": None}}, mirror="two")
    assert dict(server.asked) == {"/two/X_infer.tar": 1}


BOMB = zip_of({"inference.json": GRAPH, "inference.pdiparams": b"\x00" * 3_000_000})
HOSTILE = {
    "traversal": tar_of({**INFERENCE, "../../evil": b"x"}),
    "absolute": tar_of({"/tmp/evil": b"x", **INFERENCE}),  # noqa: S108
    "windows": tar_of({"C:\\evil": b"x", **INFERENCE}),
    "link": tar_of({}, [link("inference.json", "/etc/passwd"), link("inference.pdiparams", "/etc/passwd")]),
    "hard link": tar_of({}, [link("inference.json", "/etc/passwd", tarfile.LNKTYPE)]),
    "device": tar_of({"inference.json": GRAPH}, [link("inference.pdiparams", "", tarfile.CHRTYPE)]),
    "page in a tar": tar_of({"inference.json": b"<html>", "inference.pdiparams": PARAMETERS}),
    "empty weights": tar_of({"inference.json": GRAPH, "inference.pdiparams": b""}),
    "cut off": tar_of(INFERENCE)[:1500],
    "no archive": b"\x00" * 3000,
    "other things": tar_of({"readme.txt": b"hello"}),
    "other form": tar_of({"best_accuracy.pdparams": WEIGHTS}),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_archives_leave_nothing_behind(tmp_path, server, kind):
    outside = tmp_path / "evil"
    server.put("/X_infer.tar", good(HOSTILE[kind]))
    with pytest.raises(StudioError):
        fetched(tmp_path, server, {"one": {"X_infer.tar": None}})
    assert nothing_is_there()
    assert not outside.exists()


def test_a_hostile_archive_gives_way_to_a_good_source(tmp_path, server):
    server.put("/X_infer.tar", good(HOSTILE["traversal"]))
    server.put("/two/X_infer.tar", good(tar_of(INFERENCE)))
    model = fetched(tmp_path, server, {"one": {"X_infer.tar": None}, "two": {"X_infer.tar": None}})
    assert json.loads((model.path / "model.json").read_text())["mirror"] == "two"


def test_a_bomb_is_not_unpacked(tmp_path, server, monkeypatch):
    monkeypatch.setattr(model_files, "MAX_BYTES", 1_000_000)
    server.put("/X_infer.zip", good(BOMB))
    with pytest.raises(FormatError, match="holds more than"):
        fetched(tmp_path, server, {"one": {"X_infer.zip": None}})
    assert nothing_is_there()


def test_one_download_of_a_model_at_a_time(tmp_path, server):
    server.put("/X_infer.tar", good(tar_of(INFERENCE)))
    download_dir("X_infer").mkdir(parents=True)
    lock = ProjectLock(download_dir("X_infer") / ".lock")
    lock.acquire()
    with pytest.raises(DownloadError, match="is being downloaded by another window"):
        fetched(tmp_path, server, {"one": {"X_infer.tar": None}})
    lock.release()
    assert fetched(tmp_path, server, {"one": {"X_infer.tar": None}}).path.is_dir()
    assert [path.name for path in user_models().iterdir()] == ["X_infer"]


def test_a_stopped_download_is_begun_until_it_is_called_off(tmp_path, server):
    server.put("/X_infer.tar", hangs(tar_of(INFERENCE), 1000))
    with pytest.raises(DownloadError, match="stopped answering"):
        fetched(tmp_path, server, {"one": {"X_infer.tar": None}})
    assert is_begun("X_infer")
    assert stored_models() == []
    call_off("X_infer")
    assert not is_begun("X_infer")


def test_weights_are_a_name_in_a_config_and_are_never_run(tmp_path, server):
    server.put("/X_train.tar", good(tar_of({"t/best_accuracy.pdparams": WEIGHTS, "t/latest.pdparams": b"x" * 9000})))
    model = fetched(
        tmp_path, server, {"one": {"X_train.tar": None}}, id="X_pretrained", form="training", fits=["checkout3"]
    )
    assert stored_weights("X_pretrained") == model.path / "X_pretrained"
    assert stored_weights("Y") is None
    assert stored_weights("../X_pretrained") is None
    hurt = tmp_path / "hurt"

    class Attack:
        def __reduce__(self):
            return (Path.touch, (hurt,))

    remove("X_pretrained")
    server.put("/X_train.tar", good(tar_of({"best_accuracy.pdparams": pickle.dumps({"a": Attack()})})))
    with pytest.raises(ProjectError, match="not a whole, harmless weights file"):
        fetched(tmp_path, server, {"one": {"X_train.tar": None}}, id="X_pretrained", form="training")
    assert nothing_is_there()
    assert not hurt.exists()


# --- import -----------------------------------------------------------------------------------------------------------


def test_an_official_archive_is_known_by_its_name(tmp_path):
    archive = tmp_path / "PP-OCRv5_server_det_infer.tar"
    archive.write_bytes(tar_of(INFERENCE))
    model = import_model(archive, never)
    assert (model.id, model.task, model.licence) == ("PP-OCRv5_server_det_infer", "det", "Apache-2.0")
    with pytest.raises(ProjectError, match="There is a model called PP-OCRv5_server_det_infer already"):
        import_model(archive, never)


def test_an_old_archive_gets_its_dictionary_from_a_checkout(tmp_path):
    checkout = tmp_path / "PaddleOCR"
    for name in ("tools/train.py", "ppocr/data/__init__.py", "configs/rec/a.yml"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).touch()
    (checkout / "ppocr/utils").mkdir()
    (checkout / "ppocr/utils/ppocr_keys_v1.txt").write_text("一\n乙\n", encoding="utf-8")
    remember(checkout)
    archive = tmp_path / "ch_PP-OCRv2_rec_infer.tar"
    archive.write_bytes(tar_of({"inference.pdmodel": b"\x0a\x01", "inference.pdiparams": PARAMETERS}))
    model = import_model(archive, never)
    assert model.dictionary.read_text(encoding="utf-8") == "一\n乙\n"
    assert model.characters == 2


def test_a_folder_anywhere_is_searched_without_following_links(tmp_path):
    folder = tmp_path / "我的 model"
    (folder / "export" / "Student").mkdir(parents=True)
    for name, data in INFERENCE.items():
        (folder / "export" / "Student" / Path(name).name).write_bytes(data)
    (folder / "loop").symlink_to(folder)
    model = import_model(folder, never, name="mine")
    assert "inference.pdiparams" in files_of(model)
    assert [one.id for one in stored_models()] == ["mine"]


def test_a_colleagues_bundle_is_taken_with_its_card(tmp_path):
    path = tmp_path / "best.zip"
    card = json.dumps({"name": "best", "task": "rec", "characters": 2, "scores": {"acc": 0.9}})
    files = {"card.json": card.encode(), "model.onnx": b"\x08\x01", "dict.txt": b"a\nb\n", "notes.exe": b"MZ"}
    path.write_bytes(zip_of({f"bundle/{name}": data for name, data in files.items()}))
    model = import_model(path, never)
    assert (model.task, model.characters) == ("rec", 2)
    assert files_of(model) == ["card.json", "dict.txt", "model.json", "model.onnx"]


def test_a_zip_with_a_link_in_it_is_no_model(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("inference.json", "inference.pdiparams"):
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, "/etc/passwd")
    with pytest.raises(FormatError, match="No model was found"):
        import_model(path, never)


@pytest.mark.parametrize("name", ["..", "a/b", "a\\b", "", " .", "x" * 200])
def test_names_that_lead_away_are_refused(tmp_path, name):
    file = tmp_path / f"{name or 'x'}.pdparams" if "/" not in name else tmp_path / "x.pdparams"
    if name:
        with pytest.raises(ProjectError, match="cannot be the name"):
            import_model(file, never, name=name)
    assert stored_model(name) is None


def test_only_own_folders_are_removed(tmp_path):
    user_models().mkdir(parents=True)
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "model.json").write_text('{"form": "onnx"}')
    (user_models() / "linked").symlink_to(precious)
    (user_models() / "other").mkdir()
    for name in ("linked", "other", "..", "../..", ""):
        with pytest.raises(ProjectError, match="There is no downloaded or imported model"):
            remove(name)
    assert precious.is_dir()


# --- the command ------------------------------------------------------------------------------------------------------


def command(*words: str) -> tuple[int, str, str]:
    """Exit code, stdout, stderr."""
    done = command_line("models", *words)
    return done.returncode, done.stdout, done.stderr


def test_the_command_fetches_lists_and_removes(tmp_path, server):
    server.put("/X_infer.tar", web_page)
    server.put("/two/X_infer.tar", good(tar_of(INFERENCE)))
    sources = {"one": {"X_infer.tar": None}, "two": {"X_infer.tar": None}}
    file = str(written_catalogue(tmp_path / "c.json", server, sources))
    code, out, err = command("fetch", "X", "--catalogue", file, "--proxy", "direct")
    assert (code, "licence Apache-2.0" in out, "answered with a web page" in err) == (0, True, True)
    (listed,) = json.loads(command("list", "--installed", "--catalogue", file, "--json")[1])["models"]
    assert (listed["id"], listed["state"], listed["licence"]) == ("X_infer", "here", "Apache-2.0")
    code, _, err = command("remove", "X_infer")
    assert (code, "Add --yes" in err) == (1, True)
    assert command("remove", "X_infer", "--yes")[0] == 0
    assert nothing_is_there()


# --- as weights to start from -----------------------------------------------------------------------------------------


def put_weights(model_id: str) -> Path:
    """As if they had been downloaded; the file without its ending."""
    folder = user_models() / model_id
    folder.mkdir(parents=True)
    (folder / f"{model_id}.pdparams").write_bytes(WEIGHTS)
    (folder / "model.json").write_text(json.dumps({"v": 1, "form": "training", "task": "det"}))
    return folder / model_id


def test_a_config_names_weights_by_model_or_by_the_address_that_it_had_them_from(tmp_path):
    address = "https://paddleocr.bj.bcebos.com/pretrained/PPLCNetV3_x0_75_ocr_det.pdparams"
    text = "Global:\n  pretrained_model: {}\nArchitecture:\n  model_type: det\n  Backbone: {{name: Other}}\n"
    config = TrainConfig.from_yaml(text.format(address), tmp_path / "a.yml")
    (finding,) = weight_findings(config, tmp_path, None)
    assert "ocrstudio models fetch PPLCNetV3_x0_75_ocr_det_pretrained" in finding.text()
    put_weights("PPLCNetV3_x0_75_ocr_det_pretrained")
    assert weight_findings(config, tmp_path, None) == []
    by_name = TrainConfig.from_yaml(text.format("PPLCNetV3_x0_75_ocr_det_pretrained"), tmp_path / "a.yml")
    assert weight_findings(by_name, tmp_path, None) == []


def test_a_checkouts_config_takes_the_downloaded_weights_of_its_network():
    assert stored_weights_for({"PP-OCRv5_server_det"}) is None
    put_weights("PPHGNetV2_B4_ocr_det_pretrained")
    assert stored_weights_for({"PP-OCRv5_server_det"}) is None
    prefix = put_weights("PP-OCRv5_server_det_pretrained")
    assert stored_weights_for({"PP-OCRv5_server_det"}) == prefix
