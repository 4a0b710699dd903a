"""Requirements files, and the commands that make an environment fit for a checkout."""

from __future__ import annotations

from dataclasses import replace

import pytest
from checkout_trees import make_checkout

from ocrstudio.core.doctor_facts import Facts, Gpu
from ocrstudio.core.errors import EngineError
from ocrstudio.core.requirements import parse_requirements, unmet
from ocrstudio.engine.checkout.requirements import plan
from ocrstudio.formats.checkout import find_checkout


def test_names_versions_and_comments_are_read():
    text = (
        "Scikit_Image>=0.17  # pictures\n# note\n-r other.txt\nx @ https://a/b\nlmdb ; os_name=='nt'\na[b]==1.*,!=1.2\n"
    )
    found = parse_requirements(text)
    assert [one.name for one in found] == ["scikit-image", "a"]
    assert found[0].text == "Scikit_Image>=0.17"
    assert found[1].conditions == (("==", "1.*"), ("!=", "1.2"))


@pytest.mark.parametrize(
    ("line", "version", "met"),
    [
        ("a", "1", True),
        ("a==4.6.0.66", "4.6.0.66", True),
        ("a<=4.6.0.66", "4.10", False),
        ("a>=10.0.0", "10", True),
        ("a<2", "2.0", False),
        ("a~=1.4.2", "1.4.9", True),
        ("a~=1.4.2", "1.5", False),
        ("a==1.*", "1.9", True),
        ("a!=1.*", "1.9", False),
        ("a>1,<3", "3.0.1", False),
        ("a>=1.0", "nonsense", True),
        ("a<2", "1.9.0+cu118", True),
    ],
)
def test_versions_are_compared(line, version, met):
    assert parse_requirements(line)[0].is_met_by(version) is met


def test_what_is_missing_and_what_is_of_another_version_is_told():
    wanted = parse_requirements("lmdb\nnumpy<2\ntqdm")
    assert [(one.name, there) for one, there in unmet(wanted, {"numpy": "2.3", "tqdm": "4"})] == [
        ("lmdb", ""),
        ("numpy", "2.3"),
    ]


@pytest.fixture
def checkout(tmp_path):
    root = make_checkout(tmp_path / "Paddle OCR")
    (root / "requirements.txt").write_text("lmdb\nopencv-python<=4.6.0.66\n")
    return find_checkout(root)


ELSEWHERE = Facts(
    python=(3, 11, 7),
    executable="/e/bin/python",
    is_own=False,
    packages={"numpy": "2.3.5", "paddlepaddle": "3.2.2", "setuptools": "80"},
)


def test_an_old_checkout_gets_the_paddle_and_numpy_it_was_tried_with(checkout):
    made = plan(checkout, ELSEWHERE)
    assert made.unmet == ("lmdb", "opencv-python<=4.6.0.66", "numpy<2 (2.3.5)")
    assert made.as_dict()["commands"] == [
        '"/e/bin/python" -m pip install "paddlepaddle==2.6.2" "numpy<2"',
        f'"/e/bin/python" -m pip install -r "{checkout.path / "requirements.txt"}" "numpy<2"',
    ]


def test_a_newer_checkout_gets_the_build_for_the_card(tmp_path):
    root = make_checkout(tmp_path / "PaddleOCR", version="3.2.0")
    card = replace(ELSEWHERE, gpus=(Gpu("RTX", 8, 8.6),), driver="560.28", driver_cuda="12.6", packages={})
    commands = plan(find_checkout(root), card).as_dict()["commands"]
    assert commands[0].endswith("/cu126/")
    # a new environment of Python 3.12 has none
    assert "setuptools<81" in commands[1]
    assert "numpy<2.4" in commands[-1]


def test_a_new_environment_is_made_first(checkout, tmp_path):
    made = plan(checkout, replace(ELSEWHERE, is_own=True), fresh=tmp_path / "env")
    assert made.fix.steps[0][1:] == ("-m", "venv", str(tmp_path / "env"))
    assert made.python.parts[-3] == "env"
    assert "paddlepaddle==2.6.2" in made.unmet


def test_the_programs_own_environment_is_spared(checkout):
    with pytest.raises(EngineError, match="--new"):
        plan(checkout, replace(ELSEWHERE, is_own=True))
