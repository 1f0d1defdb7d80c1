from __future__ import annotations

import math

import numpy as np
import pytest

from jianwei.errors import MethodError
from jianwei.method import weigh

NAN = float("nan")


def test_equal_and_declared() -> None:
    assert weigh.equal(4).tolist() == [0.25] * 4
    assert weigh.declared([1, 3]).tolist() == [0.25, 0.75]
    with pytest.raises(MethodError):
        weigh.equal(0)
    with pytest.raises(MethodError, match="大于零"):
        weigh.declared([1, 0])


def test_consistent_judgements_give_back_their_weights() -> None:
    w = np.array([0.5, 0.3, 0.2])
    found = weigh.judged(w[:, None] / w)
    assert found.weights.tolist() == pytest.approx(w.tolist())
    assert found.eigenvalue == pytest.approx(3)
    assert (found.index, found.ratio) == pytest.approx((0, 0), abs=1e-12)


def test_judgements_by_hand() -> None:
    """For three things λ = 1 + c + 1/c with c = (a12 a23 / a13)^(1/3), weights are row geometric means."""
    a = np.array([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]])
    c = (3 * 3 / 5) ** (1 / 3)
    found = weigh.judged(a)
    means = np.array([15, 1, 1 / 15]) ** (1 / 3)
    assert found.eigenvalue == pytest.approx(1 + c + 1 / c, rel=1e-12)
    assert found.ratio == pytest.approx((c + 1 / c - 2) / 2 / 0.58, rel=1e-9)
    assert found.weights.tolist() == pytest.approx((means / means.sum()).tolist(), rel=1e-12)


def test_contradiction_is_refused_and_named() -> None:
    a = np.array([[1, 3, 1 / 3], [1 / 3, 1, 3], [3, 1 / 3, 1]])
    with pytest.raises(MethodError, match="CR = ") as caught:
        weigh.judged(a)
    assert "复核" in caught.value.hint
    assert weigh.judged(a, limit=2).ratio > 1


@pytest.mark.parametrize(
    "matrix",
    [
        [[1, 2], [2, 1]],
        [[1, 2, 3]],
        [[1, -2], [-0.5, 1]],
        [[1, math.nan], [math.nan, 1]],
        np.ones((11, 11)).tolist(),
    ],
)
def test_what_is_no_matrix_of_judgements(matrix: list[list[float]]) -> None:
    with pytest.raises(MethodError, match="判断矩阵"):
        weigh.judged(np.array(matrix))


def test_two_things_cannot_contradict() -> None:
    found = weigh.judged(np.array([[1, 4], [0.25, 1]]))
    assert found.weights.tolist() == pytest.approx([0.8, 0.2])
    assert found.ratio == 0


def test_entropy_by_hand() -> None:
    """Shares 1/4, 3/4 and 1/2, 1/2 and 0, 1: entropies 0.8113 bits, 1 bit, 0."""
    x = np.array([[1.0, 5, 0], [3, 5, 2]])
    h = -(0.25 * math.log2(0.25) + 0.75 * math.log2(0.75))
    assert weigh.entropy(x).tolist() == pytest.approx([(1 - h) / (2 - h), 0, 1 / (2 - h)])


def test_entropy_is_led_by_one_viral_account() -> None:
    """method.md B3: 2000 units, four equal lognormal indicators; one unit has as much as all others."""
    x = np.random.default_rng(1).lognormal(0, 1, (2000, 4))
    assert weigh.entropy(x) == pytest.approx([0.25] * 4, abs=0.03)
    x[0, 0] = x[1:, 0].sum()
    assert weigh.entropy(x)[0] > 0.6


def test_critic_by_hand() -> None:
    """Scaled columns 0, 1/2, 1 and 1, 0, 1/2 have r = -1/2 and the same spread; the third is the first."""
    x = np.array([[1.0, 30, 10], [2, 10, 20], [3, 20, 30]])
    conflict = np.array([1.5, 3.0, 1.5])
    assert weigh.critic(x).tolist() == pytest.approx((conflict / conflict.sum()).tolist())


def test_data_weights_give_a_flat_column_nothing_and_refuse_flat_tables() -> None:
    x = np.array([[1.0, 5, 9], [2, 5, 2], [4, 5, NAN]])
    assert weigh.entropy(x)[1] == 0
    assert weigh.critic(x)[1] == 0
    assert weigh.critic(x).sum() == pytest.approx(1)
    for rule in (weigh.entropy, weigh.critic):
        with pytest.raises(MethodError, match="区分"):
            rule(np.full((3, 2), 7.0))
    with pytest.raises(MethodError, match="不小于零"):
        weigh.entropy(np.array([[-1.0], [2.0]]))


def test_principal_by_hand() -> None:
    """Two columns with correlation r: loadings 1/√2 each, share (1 + r) / 2."""
    x = np.array([[1.0, 2], [2, 1], [3, 4], [4, 3]])
    found = weigh.principal(x)
    assert found.loadings.tolist() == pytest.approx([math.sqrt(0.5)] * 2)
    assert found.share == pytest.approx((1 + 0.6) / 2)
    assert found.weights.tolist() == pytest.approx([0.5, 0.5])
    with pytest.raises(MethodError, match="主成分"):
        weigh.principal(np.array([[1.0, 1.0], [2.0, 1.0]]))


def test_effective_weights_are_products_down_the_tree() -> None:
    parents = [-1, 0, 0, 1, 1, 2]
    w = [1.0, 1, 3, 2, 2, 9]
    assert weigh.effective(parents, w).tolist() == [1, 0.25, 0.75, 0.125, 0.125, 0.75]
    with pytest.raises(MethodError, match="互相"):
        weigh.effective([1, 0], [1.0, 1.0])
