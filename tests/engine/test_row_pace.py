"""Rows of the output layer: those of unseen characters stay, those of new ones go further."""

from __future__ import annotations

import numpy as np
import pytest

from ocrstudio.core.charset import Charset

KNOWN = Charset(("a", "b", "c"))
WANTED = Charset(("a", "b", "c", "№", "⌂"))  # outputs: blank, a, b, c, №, ⌂, space


def multiples(texts, **options):
    from ocrstudio.engine.rec.row_pace import paces

    found = paces(KNOWN, WANTED, texts, **options)
    return None if found is None else found.tolist()


@pytest.mark.parametrize(
    ("texts", "freeze_unseen", "new", "wanted"),
    [
        (["ab"], False, 1.0, None),
        (["ab"], False, 60.0, [1, 1, 1, 1, 60, 60, 1]),
        (["b №"], True, 60.0, [1, 0, 1, 0, 60, 0, 1]),  # nobody shows the model ⌂
        (["b"], True, 1.0, [1, 0, 1, 0, 0, 0, 0]),
        ([], True, 1.0, [1, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_each_row_goes_as_its_character_needs(paddle, texts, freeze_unseen, new, wanted):
    assert multiples(texts, freeze_unseen=freeze_unseen, new=new) == wanted


def test_steps_are_corrected_by_row_and_others_are_left_alone(paddle):
    from ocrstudio.engine.rec.row_pace import RowPace

    def moved(pace):
        """How far each row of a layer, and its bias, go in one step of Adam."""
        paddle.seed(3)
        head = paddle.nn.Linear(4, 3)
        optimizer = paddle.optimizer.Adam(0.01, parameters=head.parameters())
        before = head.weight.numpy().copy(), head.bias.numpy().copy()
        head(paddle.ones([2, 4])).square().sum().backward()
        with RowPace(head, np.array(pace, np.float32)).stepping():
            optimizer.step()
        return head.weight.numpy() - before[0], head.bias.numpy() - before[1]

    (plain, plain_bias), (found, bias) = moved([1, 1, 1]), moved([1, 0, 30])
    assert (found[:, 1] == 0).all()
    assert bias[1] == 0
    np.testing.assert_allclose(found[:, 0], plain[:, 0], rtol=1e-3)
    np.testing.assert_allclose(found[:, 2], 30 * plain[:, 2], rtol=1e-3)
    np.testing.assert_allclose(bias[2], 30 * plain_bias[2], rtol=1e-3)
