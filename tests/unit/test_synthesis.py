"""Synthetic lines: what they say, how the presets answer to wear, and how a set of them is read again."""

from __future__ import annotations

import json

import numpy as np
import pytest

from ocrstudio.core.errors import DatasetError, FormatError
from ocrstudio.core.synthesis import PRESETS, Recipe, can_stand, needs_shaping
from ocrstudio.core.synthesis_texts import (
    LONGEST,
    Characters,
    Deficits,
    Listed,
    Template,
    Words,
    deficits,
    sequence_of,
    without,
)
from ocrstudio.formats.rec_list import read_rec_list
from ocrstudio.formats.synthetic import is_synthetic, list_for, read_synthetic, synthetic_sets


def texts(source, count, seed=0):
    return [source.text(number, np.random.default_rng((seed, number))) for number in range(count)]


def test_lines_come_in_order_and_long_ones_are_cut_at_spaces():
    source = Listed.of(["  one\ttwo ", "", "word " * 12, "长" * 30])
    assert texts(source, 2)[0] == "one two"
    assert all(0 < len(line) <= LONGEST for line in source.lines)
    assert " ".join(source.lines[1:4]).split() == ["word"] * 12
    assert "".join(source.lines[4:]) == "长" * 30
    assert texts(source, len(source.lines) + 1)[-1] == "one two"


def test_words_use_every_word_and_put_no_spaces_into_chinese():
    source = Words.of(["中文", "汉字", "alpha", "beta"])
    made = texts(source, 40)
    assert {line.split(" ")[0][:2] for line in made[:4]} == {"中文", "汉字", "al", "be"}
    assert all(len(line) <= LONGEST for line in made)
    assert not any("文 汉" in line or "字 中" in line for line in made)


def test_each_character_gets_as_many_lines_as_the_others():
    made = texts(Characters.of("ⅠⅡⅢ ⅣⅤ"), 50)
    assert all(4 <= len(line) <= 10 for line in made)
    assert all(sum(letter in line for line in made) >= 10 for letter in "ⅠⅡⅢⅣⅤ")
    assert " " not in Characters.of("a b").characters()


def test_template_says_what_it_shows():
    made = texts(Template.of(r"No. [0-9]{4}-[A-CⅨ]{1,2}\["), 30)
    for line in made:
        head, tail = line.split("-")
        assert head.startswith("No. ")
        assert head[4:].isdigit()
        assert len(head) == 8
        assert tail.endswith("[")
        assert 1 <= len(tail[:-1]) <= 2
        assert set(tail[:-1]) <= set("ABCⅨ")
    assert len(set(made)) > 20
    assert texts(sequence_of(["a", "b"]), 4) == ["a", "b", "a", "b"]


@pytest.mark.parametrize("bad", ["[0-9", "[]", "{3}", "a{3,1}", "]", "\\", "[9-0]", "", "a{0}"])
def test_bad_templates_are_refused_by_place(bad):
    with pytest.raises(DatasetError):
        Template.of(bad)


def test_deficits_are_filled_in_the_surroundings_of_the_labels():
    labels = ["Part Ⅱ of 12", "Part Ⅰ of 3", "合同 No. 7"]
    lacking = deficits(labels, "ⅠⅫ", target=20)
    assert lacking == {"Ⅻ": 20, "Ⅰ": 19}
    source = Deficits.of(lacking, labels)
    made = texts(source, len(source.order))
    assert sum("Ⅻ" in line for line in made) >= 20
    assert sum("Ⅰ" in line for line in made) >= 19
    # a Roman numeral takes the place of a Roman numeral
    assert "Part Ⅻ of 12" in made
    assert all(len(line) <= LONGEST for line in made)
    assert texts(source, 39) == made


def test_deficits_of_labels_without_texts_are_the_characters_alone():
    assert texts(Deficits.of({"Ⅻ": 2}, []), 2) == ["Ⅻ", "Ⅻ"]
    with pytest.raises(DatasetError):
        Deficits.of({}, ["a"])
    assert deficits(["aab "]) == {"b": 199, "a": 198}


def test_what_no_font_has_is_left_out_of_random_lines_but_not_of_given_ones():
    assert without(Characters.of("ab㋿"), {"㋿"}).characters() == {"a", "b"}
    assert without(Characters.of("㋿"), {"㋿"}) is None
    assert without(Words.of(["a㋿", "b"]), {"㋿"}).words == ("b",)
    assert without(Template.of("[a㋿]"), {"㋿"}).characters() == {"a"}
    lacking = without(Deficits.of({"㋿": 2, "Ⅻ": 1}, ["a㋿", "b"]), {"㋿"})
    assert lacking.order == ("Ⅻ",)
    assert lacking.contexts == ("b",)
    assert without(Listed.of(["a㋿"]), {"㋿"}).lines == ("a㋿",)


def test_no_wear_leaves_clean_lines_and_twice_as_much_stays_within_limits():
    for look in PRESETS.values():
        clean, worst = look.worn(0), look.worn(2)
        assert clean.blur == clean.noise == clean.turn == clean.wave == clean.letter_turn == 0
        assert clean.perspective == clean.curve == clean.stamps == 0
        assert max(worst.perspective, worst.curve, worst.rules, worst.stamps) <= 1
        assert 25 <= worst.quality[0] <= worst.quality[1]
        assert clean.quality[0] <= clean.quality[1]
        assert look.worn(1) == look


@pytest.mark.parametrize(
    "wrong",
    [{"count": 0}, {"preset": "odd"}, {"wear": 3.0}, {"vertical": float("nan")}, {"seed": -1}, {"size": (4.0, 900.0)}],
)
def test_recipes_that_cannot_be_are_refused(wrong):
    with pytest.raises(DatasetError):
        Recipe(**{"count": 1, **wrong})


def test_scripts_that_need_shaping_do_not_stand():
    assert needs_shaping("سلام")
    assert needs_shaping("नमस्ते")
    assert not needs_shaping("Straße 中文")
    assert can_stand("中文")
    assert not can_stand("中")


@pytest.fixture
def made_set(tmp_path):
    folder = tmp_path / "my project" / ".ocrstudio" / "synthetic" / "一"
    (folder / "rec" / "train").mkdir(parents=True)
    (folder / "rec" / "train.txt").write_text("train/0.jpg\tⅫ\n", encoding="utf-8")
    (folder / "rec" / "train" / "0.jpg").write_bytes(b"picture")
    content = {"recipe": {"preset": "photo", "seed": 3}, "lines": 1, "refused": 2}
    (folder / "synthetic.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_a_set_fits_into_a_config_with_another_data_dir(made_set, tmp_path):
    made = read_synthetic(made_set)
    assert (made.lines, made.seed) == (1, 3)
    assert list_for(made, made.data_dir) == made.list_file
    other = tmp_path / "my project" / ".ocrstudio" / "datasets" / "d1" / "rec"
    other.mkdir(parents=True)
    listed = list_for(made, other)
    sample = read_rec_list(listed, other)[0]
    assert sample.image.read_bytes() == b"picture"
    assert sample.text == "Ⅻ"
    assert ".." in listed.read_text(encoding="utf-8")
    assert is_synthetic(listed)
    assert not is_synthetic(other)


def test_broken_sets_are_named_and_left_out_of_the_list(made_set, tmp_path):
    assert [one.folder for one in synthetic_sets(tmp_path / "my project")] == [made_set]
    (made_set / "synthetic.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(FormatError, match=r"synthetic\.json"):
        read_synthetic(made_set)
    assert synthetic_sets(tmp_path / "my project") == []
