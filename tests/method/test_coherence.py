from __future__ import annotations

import math

import numpy as np
import pytest

from jianwei.method import coherence

NAN = float("nan")
X = np.array([[1.0, 2, 4], [2, 4, 3], [3, 6, 2], [4, 9, 1]])


def test_correlation_by_hand() -> None:
    """Around their means 1, 2, 3, 4 and 2, 4, 6, 9 have sums 5, 26.75 and 11.5."""
    r = coherence.correlation(X)
    assert r[0, 1] == pytest.approx(11.5 / math.sqrt(5 * 26.75))
    assert r[0, 2] == pytest.approx(-1)
    assert np.diag(r).tolist() == pytest.approx([1, 1, 1])
    assert coherence.covariance(X)[0, 1] == pytest.approx(11.5 / 3)


def test_each_pair_uses_the_rows_that_both_have() -> None:
    x = np.array([[1.0, 1], [2, NAN], [NAN, 3], [3, 2], [5, 5]])
    full = np.array([[1.0, 1], [3, 2], [5, 5]])
    assert coherence.correlation(x)[0, 1] == pytest.approx(coherence.correlation(full)[0, 1], rel=1e-14)


def test_a_column_of_one_value_has_no_correlation() -> None:
    r = coherence.correlation(np.array([[1.0, 0.1], [2, 0.1], [3, 0.1]]))
    assert np.isnan(r[0, 1])
    assert np.isnan(r[1, 1])
    assert np.isnan(coherence.correlation(np.array([[1.0, 2.0]]))).all()


def test_to_parent() -> None:
    parent = X.mean(axis=1)
    found = coherence.to_parent(X, parent)
    assert found.shape == (3,)
    assert found[0] == coherence.correlation(np.column_stack([X[:, 0], parent]))[0, 1]


def test_cronbach_by_hand() -> None:
    """Two columns: α = 4 c12 / (v1 + v2 + 2 c12)."""
    c, v1, v2 = 11.5 / 3, 5 / 3, 26.75 / 3
    assert coherence.cronbach(X[:, :2]) == pytest.approx(4 * c / (v1 + v2 + 2 * c))
    assert coherence.cronbach(np.column_stack([X[:, 0]] * 4)) == pytest.approx(1)
    assert math.isnan(coherence.cronbach(X[:, :1]))


def test_flags_name_pairs_once() -> None:
    told = coherence.flags(X)
    assert [(flag.kind, flag.first, flag.second) for flag in told] == [
        ("redundant", 0, 1),
        ("conflict", 0, 2),
        ("conflict", 1, 2),
    ]
    assert told[0].r == pytest.approx(11.5 / math.sqrt(5 * 26.75))
    assert coherence.flags(X, high=1, low=-1.1) == []


def test_size_driven_parts_are_named() -> None:
    told = coherence.size_driven(X, np.array([[10.0], [20], [30], [40]]))
    assert [(flag.first, flag.second) for flag in told] == [(0, 0), (1, 0), (2, 0)]
    assert coherence.size_driven(X, np.array([[10.0], [-20], [-30], [5]])) == []
