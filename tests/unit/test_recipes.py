"""Recipes: rules against numbers worked out by hand."""

import pytest

from ocrstudio.core.recipes import GOALS, Situation, recipe, scaled_rate
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.config_fields import fault


def values(*args, **kwargs):
    return {advice.key: advice.value for advice in recipe(Situation(*args, **kwargs)).advices}


@pytest.mark.parametrize(
    ("base", "batch", "rate"),
    [((1e-3, 1024), 1024, 1e-3), ((1e-3, 1024), 128, 1.3e-4), ((1e-3, 64), 8, 1.3e-4), ((5e-4, 16), 7, 2.2e-4)],
)
def test_rate_is_in_proportion_to_the_batch(base, batch, rate):
    assert scaled_rate(base, batch) == rate


@pytest.mark.parametrize(
    ("samples", "epochs", "freeze_epochs"), [(10, 30, 0), (1000, 20, 0), (2000, 10, 2), (100_000, 5, 1)]
)
def test_epochs_shrink_and_the_freeze_opens_with_the_data(samples, epochs, freeze_epochs):
    found = values("read", samples)
    assert found["Global.epoch_num"] == epochs
    assert found["Global.freeze_epochs"] == freeze_epochs
    assert ("Optimizer.lr.unfrozen_learning_rate" in found) is bool(freeze_epochs)


def test_cards_raise_batch_and_rate():
    one, two = values("read", 10_000, cards=1), values("read", 10_000, cards=2)
    assert one["Train.loader.batch_size_per_card"] == two["Train.loader.batch_size_per_card"] == 64
    assert (one["Optimizer.lr.learning_rate"], two["Optimizer.lr.learning_rate"]) == (0.002, 0.002)
    assert values("read", 10_000)["Optimizer.lr.learning_rate"] == 0.0005
    guide = values("read", 10_000, cards=8, engine="paddleocr")
    assert guide["Optimizer.lr.learning_rate"] == 5e-4


def test_new_characters_come_with_old_lines_and_a_watch():
    found = values("characters", 3000)
    assert (found["Train.replay_ratio"], found["Global.retention_max_drop"]) == (3.0, 0.02)
    assert "Global.character_dict_path" not in found
    assert values("characters", 3000, cards=1)["Train.replay_ratio"] == 5.0
    assert values("read", 3000)["Train.replay_ratio"] == 1.0


@pytest.mark.parametrize(
    ("lines", "cards", "ratio"), [(1, 0, 20.0), (15, 0, 8.0), (40, 0, 3.0), (20, 1, 6.0), (40, 1, 5.0)]
)
def test_few_lines_with_new_characters_come_with_more_old_ones(lines, cards, ratio):
    assert values("characters", lines, cards=cards)["Train.replay_ratio"] == ratio


def test_codes_are_learned_as_they_were_measured():
    found = values("codes", 1000, own_dictionary="/d/dict.txt")
    assert found["Optimizer.lr.learning_rate"] == 0.002
    assert (found["Global.epoch_num"], found["Global.freeze_epochs"]) == (8, 4)
    assert found["Global.character_dict_path"] == "/d/dict.txt"


def test_paddleocr_on_a_processor_ends_within_a_night():
    found = values("read", 1000, engine="paddleocr")
    assert found["Train.loader.batch_size_per_card"] == found["Train.sampler.first_bs"] == 8
    assert found["Global.epoch_num"] == 32
    assert found["Optimizer.lr.learning_rate"] == 1e-4
    assert not any(key.startswith(("Global.freeze", "Train.replay")) for key in found)
    assert values("find", 3, engine="paddleocr")["Train.loader.batch_size_per_card"] == 2


@pytest.mark.parametrize("engine", ["builtin", "paddleocr"])
@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("samples", [0, 1, 700, 60_000])
def test_every_recipe_fits_its_template_and_tells_why(goal, samples, engine):
    for cards in (0, 1):
        made = recipe(Situation(goal, samples, cards, engine, "/d/dict.txt"))
        config = TrainConfig.template(made.template or "ppocrv6_small_rec")
        for advice in made.advices:
            assert fault(advice.key, advice.value) is None
            assert advice.why.format(**advice.values).endswith(".")
            assert advice.source
            if made.template:
                config.set(advice.key, advice.value)
        for remark in made.remarks:
            assert remark.what.format(**remark.values)
    assert len({advice.key for advice in made.advices}) == len(made.advices)
