"""Checkouts of PaddleOCR: found, told apart, listed, remembered."""

import json
import time
from pathlib import Path

import pytest
from checkout_trees import REC, make_checkout

from ocrstudio.core.errors import ConfigError, ProjectError
from ocrstudio.formats import checkout_list
from ocrstudio.formats.checkout import TOOLS, find_checkout
from ocrstudio.formats.checkout_list import forget, known_checkouts, remember
from ocrstudio.formats.checkout_templates import find_template, list_templates
from ocrstudio.formats.run_folder import PADDLEOCR, Engine
from ocrstudio.paths import user_data


@pytest.fixture
def root(tmp_path):
    return make_checkout(tmp_path / "Paddle OCR 图")


@pytest.mark.parametrize("place", [".", "tools/train.py", "ppocr/data/imaug", "configs/rec/v4/mobile_rec.yml", ".."])
def test_a_checkout_is_found_at_in_and_around_a_place(root, place):
    found = find_checkout(root / place)
    assert (found.path, found.version, found.tools) == (root, "2.8.0", TOOLS)
    assert found.major == 2


@pytest.mark.parametrize(
    ("file", "text", "version"),
    [
        ("VERSION_NUMBER", "2.6.1\n", "2.6.1"),
        ("VERSION_NUMBER", "v2.7.0.3", "2.7.0"),
        ("paddleocr.py", 'import sys\nVERSION = "2.7.3"\n', "2.7.3"),
        ("pyproject.toml", '[project]\nname = "paddleocr"\nversion = "3.0.1"\n', "3.0.1"),
        ("PKG-INFO", "Metadata-Version: 2.1\nName: paddleocr\nVersion: 3.7.0\n", "3.7.0"),
        ("paddleocr/_version.py", 'version = "3.2.0"\n', "3.2.0"),
        ("pyproject.toml", '[project]\ndynamic = ["version"]\nversion_scheme = "x"\n', "2"),
        (".git/HEAD", "ref: refs/heads/release/2.9\n", "2.9"),
        ("README.md", "", "2"),
    ],
)
def test_the_version_is_read_from_what_a_checkout_is_built_from(root, file, text, version):
    (root / "VERSION_NUMBER").unlink()
    (root / file).parent.mkdir(exist_ok=True)
    (root / file).write_text(text)
    if version.startswith("3") and "/" not in file:
        (root / "paddleocr").mkdir()
        (root / "paddleocr" / "__init__.py").write_text("")
    assert find_checkout(root).version == version


@pytest.mark.parametrize(
    ("name", "head", "version"),
    [
        ("PaddleOCR-3.2.0", "", "3.2.0"),
        ("PaddleOCR-2.8.0", "", "3"),
        ("PaddleOCR", "f00d", "3.1.0"),
        ("PaddleOCR", "ref: refs/heads/main", "3"),
    ],
)
def test_a_snapshot_without_a_version_is_told_by_its_name_or_its_tag(tmp_path, name, head, version):
    root = make_checkout(tmp_path / name, "3")
    (root / ".git").mkdir()
    (root / ".git" / "HEAD").write_text(head + "\n")
    (root / ".git" / "packed-refs").write_text("# pack-refs\nf00d refs/tags/v3.1.0\nbeef refs/tags/v3.0.0\n")
    found = find_checkout(root)
    assert (found.version, found.major) == (version, 3)


def test_what_is_no_checkout_is_refused_with_a_sentence(tmp_path, root):
    with pytest.raises(ProjectError, match="There is no folder"):
        find_checkout(tmp_path / "nowhere")
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(ProjectError, match=r"other is no PaddleOCR checkout: it has no tools/train\.py, ppocr/data"):
        find_checkout(other)
    (root / "tools" / "train.py").unlink()
    with pytest.raises(ProjectError, match=r"图 is no PaddleOCR checkout: it has no tools/train\.py\."):
        find_checkout(root / "ppocr")
    package = tmp_path / "site-packages" / "paddleocr"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    with pytest.raises(ProjectError, match="is the installed paddleocr package, which cannot train"):
        find_checkout(package)


def test_a_version_before_2_6_is_refused(root):
    (root / "VERSION_NUMBER").write_text("2.5.0\n")
    with pytest.raises(ProjectError, match=r"PaddleOCR 2\.5\.0, which is older than 2\.6"):
        find_checkout(root)


def test_two_checkouts_in_one_folder_are_not_guessed_between(tmp_path, root):
    make_checkout(tmp_path / "second")
    with pytest.raises(ProjectError, match="is no PaddleOCR checkout"):
        find_checkout(tmp_path)


def test_configs_are_templates_with_task_algorithm_and_model(root):
    (root / "configs" / "cls.yml").write_text("Architecture:\n  model_type: cls\n")
    (root / "configs" / "notes.yml").write_text("- a list\n")
    found = list(list_templates(find_checkout(root)))
    assert [(one.name, one.task, one.algorithm, one.model) for one in found] == [
        ("det/mobile_det", "det", "DB", ""),
        ("rec/v4/mobile_rec", "rec", "SVTR_LCNet", "mobile_rec"),
    ]
    assert [one.name for one in list_templates(find_checkout(root), ())] == [
        "cls",
        "det/mobile_det",
        "rec/v4/mobile_rec",
    ]


def test_a_quoted_anchored_value_is_read_too(root):
    (root / "configs" / "d.yml").write_text(
        'Architecture:\n  model_type: &model_type "rec"\n  algorithm: Distillation # both\n'
    )
    found = next(one for one in list_templates(find_checkout(root)) if one.name == "d")
    assert (found.task, found.algorithm) == ("rec", "Distillation")


def test_hundreds_of_configs_are_listed_at_once(root):
    for number in range(300):
        (root / "configs" / "rec" / f"c{number}.yml").write_text(REC)
    started = time.process_time()
    assert next(iter(list_templates(find_checkout(root)))).name == "det/mobile_det"
    assert len(list(list_templates(find_checkout(root)))) == 302
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "name", ["rec/v4/mobile_rec", "mobile_rec", "configs/rec/v4/mobile_rec.yml", "rec\\v4\\mobile_rec"]
)
def test_a_config_is_found_by_any_of_its_names(root, name):
    assert find_template(find_checkout(root), name).name == "rec/v4/mobile_rec"


def test_the_hand_made_workflows_configs_are_found_under_their_new_names(root):
    for new in ("PP-OCRv3_mobile_det", "PP-OCRv3_mobile_rec_distillation"):
        (root / "configs" / f"{new}.yml").write_text(REC)
    checkout = find_checkout(root)
    assert find_template(checkout, "ch_PP-OCRv3_det_student").path.stem == "PP-OCRv3_mobile_det"
    assert find_template(checkout, "ch_PP-OCRv3_rec_distillation.yml").path.stem == "PP-OCRv3_mobile_rec_distillation"
    (root / "configs" / "ch_PP-OCRv3_rec.yml").write_text(REC)
    assert find_template(checkout, "PP-OCRv3_mobile_rec").path.stem == "ch_PP-OCRv3_rec"
    with pytest.raises(ConfigError, match=r"has no config nothing.*ocrstudio checkout configs"):
        find_template(checkout, "nothing")


def test_a_template_keeps_its_anchors_takes_repeated_keys_and_refuses_tags(root):
    path = root / "configs" / "rec" / "v4" / "mobile_rec.yml"
    path.write_text(REC.replace("  main_indicator: acc\n", "  main_indicator: acc\n  main_indicator: norm_edit_dis\n"))
    template = find_template(find_checkout(root), "mobile_rec").load()
    assert template.get("Metric.main_indicator") == "norm_edit_dis"
    assert template.to_yaml().count("main_indicator") == 1
    assert "&length 25" in template.to_yaml()
    assert "max_text_length: *length" in template.to_yaml()
    path.write_text(REC.replace("name: Adam", "name: !!python/object/apply:os.system [id]"))
    with pytest.raises(ConfigError, match=r"mobile_rec\.yml, line \d+: tags such as"):
        find_template(find_checkout(root), "mobile_rec").load()


def test_checkouts_are_remembered_with_their_interpreter(tmp_path, root):
    other = make_checkout(tmp_path / "b" / "PaddleOCR-3.2.0", "3")
    assert known_checkouts() == []
    remember(root / "tools", tmp_path / "python")
    remember(other)
    assert [(one.title, one.python) for one in known_checkouts()] == [
        ("PaddleOCR 3.2.0 (PaddleOCR-3.2.0)", None),
        ("PaddleOCR 2.8.0 (Paddle OCR 图)", tmp_path / "python"),
    ]
    assert remember(root).python == tmp_path / "python"
    first = known_checkouts()[0]
    assert first.engine == Engine(PADDLEOCR, root, tmp_path / "python")
    other.rename(tmp_path / "moved")
    assert [one.checkout.path for one in known_checkouts()] == [root]
    (tmp_path / "moved").rename(other)
    forget(root)
    assert [one.checkout.path for one in known_checkouts()] == [other]


@pytest.mark.parametrize("text", ["{", "[]", '{"checkouts": {}}', json.dumps({"checkouts": [1, {"path": 2}]})])
def test_a_broken_list_of_checkouts_is_an_empty_one(root, text):
    file = user_data() / checkout_list.LIST_FILE
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert known_checkouts() == []
    remember(root)
    assert len(known_checkouts()) == 1


def test_a_place_that_is_none_is_not_remembered(tmp_path):
    with pytest.raises(ProjectError, match="is no PaddleOCR checkout"):
        remember(tmp_path)
    assert not (user_data() / checkout_list.LIST_FILE).exists()


@pytest.mark.parametrize("place", ["circle/PaddleOCR", "~nobody-of-this-name/PaddleOCR", "nul\0"])
def test_a_place_that_cannot_even_be_looked_at_is_no_checkout(tmp_path, monkeypatch, place):
    (tmp_path / "circle").symlink_to("circle")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(ProjectError, match=r"There is no folder|could not be read"):
        find_checkout(Path(place))


def test_a_checkout_that_may_not_be_looked_at_hides_no_other(tmp_path, monkeypatch):
    monkeypatch.setattr(checkout_list, "_read", lambda: [{"path": "/closed", "python": ""}])

    def closed(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", closed)

    assert checkout_list.known_checkouts() == []
