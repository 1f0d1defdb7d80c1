"""COINr's ASEM data (MIT, © 2022 William Becker): 51 countries, 49 indicators, four levels.

First with `method` alone, then by a recipe of ours; every figure that COINr stored is met. The
files lie in `shared/data/verify/asem`; nothing of them is copied here but single printed figures.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from jianwei import recipe, scorecard
from jianwei.errors import MethodError
from jianwei.method import coherence, combine, missing, outlier, pairwise, scale, weigh
from jianwei.recipe.reading import read

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Asem:
    """The example's files: values by column and country, the tree with its weights and directions."""

    folder: Path

    @cached_property
    def meta(self) -> list[dict[str, str]]:
        """Rows of the tree: indicators first, the index last; without groups and denominators."""
        return [row for row in rows(self.folder / "ASEM_iMeta.csv") if row["Weight"] != "NA"]

    @cached_property
    def data(self) -> list[dict[str, str]]:
        return rows(self.folder / "ASEM_iData.csv")

    @cached_property
    def indicators(self) -> list[dict[str, str]]:
        return [row for row in self.meta if row["Type"] == "Indicator"]

    @cached_property
    def codes(self) -> list[str]:
        """Countries in the order of the data."""
        return [row["uCode"] for row in self.data]

    def column(self, name: str) -> Floats:
        return np.array([number(row[name]) for row in self.data])

    @cached_property
    def raw(self) -> Floats:
        return np.column_stack([self.column(row["iCode"]) for row in self.indicators])

    @cached_property
    def denominated(self) -> Floats:
        by = [row["Denominator"] for row in self.indicators]
        return np.column_stack(
            [x if name == "NA" else x / self.column(name) for x, name in zip(self.raw.T, by, strict=True)]
        )

    def scaled(self, x: Floats, rule: Callable[..., Floats], **options: Any) -> Floats:
        """Each indicator by a rule in its direction."""
        turn = ["up" if row["Direction"] == "1" else "down" for row in self.indicators]
        return np.column_stack(
            [rule(column, direction=d, **options) for column, d in zip(x.T, turn, strict=True)]
        )

    def up(self, scaled: Floats, mean: Callable[[Floats, Floats], Floats]) -> dict[str, Floats]:
        """Every node of the tree by one mean, level upon level."""
        values = {row["iCode"]: scaled[:, place] for place, row in enumerate(self.indicators)}
        for node in self.meta[len(self.indicators) :]:
            below = [row for row in self.meta if row["Parent"] == node["iCode"]]
            parts = np.column_stack([values[row["iCode"]] for row in below])
            values[node["iCode"]] = mean(parts, np.array([float(row["Weight"]) for row in below]))
        return values

    def stored(self, name: str) -> dict[str, Floats]:
        """A table that COINr stored, its columns in the order of our countries."""
        table = {row["uCode"]: row for row in rows(self.folder / name)}
        names = [name for name in next(iter(table.values())) if name != "uCode"]
        return {name: np.array([number(table[code][name]) for code in self.codes]) for name in names}

    @cached_property
    def full(self) -> dict[str, Floats]:
        """The whole chain: denominate, fill by group mean, treat, min-max, four levels."""
        groups = np.array([row["EurAsia_group"] for row in self.data])
        filled = missing.group_mean(self.denominated, groups)
        treated = np.column_stack([outlier.treat(column).values for column in filled.T])
        return self.up(self.scaled(treated, scale.minmax, bottom=0, top=100), combine.arithmetic)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(cell: str) -> float:
    return float("nan") if cell in ("NA", "NaN", "") else float(cell)


def same(found: dict[str, Floats], stored: dict[str, Floats]) -> float:
    """The greatest distance between equally named columns; gaps must fall together."""
    assert set(stored) <= set(found)
    worst = 0.0
    for name, column in stored.items():
        np.testing.assert_array_equal(np.isnan(found[name]), np.isnan(column), name)
        worst = max(worst, float(np.nanmax(np.abs(found[name] - column))))
    return worst


@pytest.fixture(scope="module")
def asem(shared: Path) -> Asem:
    return Asem(shared / "data" / "verify" / "asem")


@pytest.fixture(scope="module")
def cases(asem: Asem) -> dict[str, Any]:
    """The small cases by id."""
    found = json.loads((asem.folder / "cases.json").read_text("utf-8"))
    return {case["id"]: case for case in found}


def test_raw_to_zscore(asem: Asem) -> None:
    found = asem.scaled(asem.raw, scale.zscore)
    named = dict(zip([row["iCode"] for row in asem.indicators], found.T, strict=True))
    assert same(named, asem.stored("ref_raw_zscore.csv")) < 1e-9


def test_raw_to_minmax(asem: Asem) -> None:
    found = asem.scaled(asem.raw, scale.minmax, bottom=0, top=100)
    named = dict(zip([row["iCode"] for row in asem.indicators], found.T, strict=True))
    assert same(named, asem.stored("ref_rawminmax_Normalised.csv")) < 1e-9


def test_raw_to_minmax_to_arithmetic(asem: Asem) -> None:
    found = asem.up(asem.scaled(asem.raw, scale.minmax, bottom=0, top=100), combine.arithmetic)
    assert same(found, asem.stored("ref_rawminmax_Aggregated_amean.csv")) < 1e-9


def test_raw_to_minmax_1_to_100_to_geometric(asem: Asem) -> None:
    found = asem.up(asem.scaled(asem.raw, scale.minmax, bottom=1, top=100), combine.geometric)
    assert same(found, asem.stored("ref_rawminmax1_100_Aggregated_gmean.csv")) < 1e-9


X = np.array


def _means(rule: Callable[[Floats, Floats], Floats]) -> Callable[[Any], Any]:
    def run(given: Any) -> Any:
        x = X([given["x"]], dtype=float)
        return rule(x, X(given.get("w", [1] * x.shape[1]), dtype=float))[0]

    return run


def _winsorised(given: Any) -> Floats:
    x = X(given["x"], dtype=float)
    return outlier.winsorise(x, given.get("winmax", 5), given.get("skew", 2), given.get("kurt", 3.5))[0]


def _turn(given: Any) -> Any:
    return "down" if given.get("direction") == -1 else "up"


def _least_data(given: Any) -> Floats:
    x, w = X([[np.nan if v is None else v for v in row] for row in given["X"]], dtype=float), X(given["w"])
    fit = missing.enough(~np.isnan(x), w.astype(float), given["dat_thresh"])
    return np.where(fit, combine.arithmetic(x, w.astype(float)), np.nan)


def _outranked(given: Any) -> dict[str, float]:
    x = X(given["X"])
    told = pairwise.outrank(x, np.ones(x.shape[1]))
    found = {f"[{row},{column}]": told[row - 1, column - 1] for row, column in ((2, 1), (3, 1), (4, 1))}
    pairs, share = pairwise.dominance(x)
    return {**found, "n_dominant": pairs, "frac_dominant": share}


def _wci(given: Any) -> float:
    """WCI 2.0 by the steps of `method`."""
    w = X(given["within"])
    parts = [scale.ln1p(X([[given[f"{k}"], given[f"{k}_per_post"], given[f"{k}_max"]]])) for k in "RZ"]
    both = np.column_stack([combine.weighted_sum(x, w) for x in parts])
    return float(10 * combine.weighted_sum(both, X([given["reads"], given["likes"]]))[0] ** 2)


RULES: dict[str, Callable[[Any], Any]] = {
    "skew.vignette": lambda given: outlier.skewness(X(given["x"], dtype=float)),
    "kurt.vignette": lambda given: outlier.kurtosis(X(given["x"], dtype=float)),
    "winsorise.vignette": _winsorised,
    "winsorise.skew_after": lambda given: outlier.skewness(_winsorised(given)),
    "winsorise.kurt_after": lambda given: outlier.kurtosis(_winsorised(given)),
    "winsorise.test": _winsorised,
    "gmean": _means(combine.geometric),
    "gmean.weighted": _means(combine.geometric),
    "hmean.weighted": _means(combine.harmonic),
    "gmean.zero_is_error": _means(combine.geometric),
    "gmean.negative_is_error": _means(combine.geometric),
    "outrank": _outranked,
    "copeland": lambda given: pairwise.copeland(X(given["X"]), np.ones(3)),
    "goalposts": lambda given: scale.goalposts(X(given["x"]), given["low"], given["high"]),
    "goalposts.reversed": lambda given: scale.goalposts(
        X(given["x"]), given["low"], given["high"], _turn(given)
    ),
    "dist2target": lambda given: scale.target(X(given["x"], dtype=float), given["target"]),
    "dist2target.reversed.cap": lambda given: scale.target(
        X(given["x"], dtype=float), given["target"], _turn(given), cap=given["cap"]
    ),
    "dat_thresh": _least_data,
    "wci_v2.worked_example": _wci,
}
"""How each case that needs no data of ASEM is computed with `method`."""

OF_ASEM = {"asem.corr", "asem.cronbach.P2P", "asem.effective_weights"}


def test_every_case_is_covered(cases: dict[str, Any]) -> None:
    assert set(RULES) | OF_ASEM == set(cases)


@pytest.mark.parametrize("name", sorted(RULES))
def test_case(cases: dict[str, Any], name: str) -> None:
    case = cases[name]
    if case["expected"] == "error":
        with pytest.raises(MethodError):
            RULES[name](case["inputs"])
        return
    found, expected = RULES[name](case["inputs"]), case["expected"]
    if isinstance(expected, dict):
        assert set(found) == set(expected)
        found, expected = [found[key] for key in expected], list(expected.values())
    wanted = np.array([np.nan if value is None else value for value in np.atleast_1d(expected)], dtype=float)
    np.testing.assert_allclose(np.atleast_1d(found), wanted, rtol=0, atol=case["tol"])


def test_correlations_of_the_full_chain(asem: Asem, cases: dict[str, Any]) -> None:
    case = cases["asem.corr"]
    found = coherence.to_parent(np.column_stack([asem.full["Conn"], asem.full["Sust"]]), asem.full["Index"])
    np.testing.assert_allclose(found, case["expected"], rtol=0, atol=case["tol"])


def test_cronbach_of_people_to_people(asem: Asem, cases: dict[str, Any]) -> None:
    case = cases["asem.cronbach.P2P"]
    places = [place for place, row in enumerate(asem.indicators) if row["Parent"] == "P2P"]
    assert len(places) == 8
    assert coherence.cronbach(asem.raw[:, places]) == pytest.approx(case["expected"], abs=case["tol"])


def test_effective_weights(asem: Asem, cases: dict[str, Any]) -> None:
    case = cases["asem.effective_weights"]
    codes = [row["iCode"] for row in asem.meta]
    parents = [codes.index(row["Parent"]) if row["Parent"] != "NA" else -1 for row in asem.meta]
    found = weigh.effective(parents, [float(row["Weight"]) for row in asem.meta])
    shares = [found[codes.index(code)] for code in case["inputs"]]
    np.testing.assert_allclose(shares, case["expected"], rtol=0, atol=case["tol"])


# ---------------------------------------------------------------- by a recipe of ours

RECIPE = Path(__file__).with_name("asem.toml")

RAW = {'impute = "group-mean"': "", 'outlier = "treat"': ""}
"""What the chains from raw values leave out, besides the denominators."""


def scored(asem: Asem, changes: dict[str, str], *, raw: bool = True) -> scorecard.Scorecard:
    """The recipe with some lines changed, applied to the file as `index` does."""
    text = RECIPE.read_text("utf-8")
    for old, new in (RAW | changes if raw else changes).items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    if raw:
        text = "\n".join(line for line in text.splitlines() if not line.startswith("per = "))
    made, problems = read(text)
    assert made is not None, [str(issue) for issue in problems.issues]
    assert problems.issues == []
    inputs, issues = scorecard.table(asem.folder / "ASEM_iData.csv", made, rename={"uCode": "unit"})
    assert issues == []
    assert list(inputs.codes) == asem.codes
    return scorecard.score(made, inputs)


def columns(stage: scorecard.Stage) -> dict[str, Floats]:
    return {code: stage[code] for code in stage}


def test_recipe_raw_to_zscore(asem: Asem) -> None:
    card = scored(asem, {'scale = "minmax"': 'scale = "zscore"', "bottom = 0": "", "top = 100": ""})
    assert same(columns(card.scaled), asem.stored("ref_raw_zscore.csv")) < 1e-9


def test_recipe_raw_to_minmax_to_arithmetic(asem: Asem) -> None:
    card = scored(asem, {})
    assert same(columns(card.scaled), asem.stored("ref_rawminmax_Normalised.csv")) < 1e-9
    assert same(columns(card.nodes), asem.stored("ref_rawminmax_Aggregated_amean.csv")) < 1e-9
    assert None not in card.rank


def test_recipe_raw_to_minmax_1_to_100_to_geometric(asem: Asem) -> None:
    geometric = {'combine = "arithmetic"': 'combine = "geometric"', "bottom = 0": "bottom = 1"}
    card = scored(asem, geometric)
    assert same(columns(card.nodes), asem.stored("ref_rawminmax1_100_Aggregated_gmean.csv")) < 1e-9


def test_recipe_full_chain_keeps_every_stage(asem: Asem, cases: dict[str, Any]) -> None:
    card = scored(asem, {}, raw=False)
    stages = {
        "raw": asem.raw,
        "denominated": asem.denominated,
        "imputed": missing.group_mean(
            asem.denominated, np.array([row["EurAsia_group"] for row in asem.data])
        ),
    }
    stages["transformed"] = stages["imputed"]
    stages["treated"] = np.column_stack([outlier.treat(x).values for x in stages["imputed"].T])
    for name, expected in stages.items():
        np.testing.assert_allclose(card.stages[name].values, expected, rtol=1e-12, err_msg=name)
    assert same(columns(card.nodes), asem.full) < 1e-9
    assert not np.isnan(card.nodes.values).any()
    filled = np.isnan(asem.denominated)
    np.testing.assert_array_equal(card.state.values == scorecard.State.IMPUTED, filled)
    assert filled.sum() > 0
    case = cases["asem.corr"]
    found = coherence.to_parent(np.column_stack([card.nodes["Conn"], card.nodes["Sust"]]), card.score)
    np.testing.assert_allclose(found, case["expected"], rtol=0, atol=case["tol"])


def test_recipe_effective_weights(asem: Asem, cases: dict[str, Any]) -> None:
    case = cases["asem.effective_weights"]
    effective = scored(asem, {}, raw=False).recipe.effective
    found = [effective[code] for code in case["inputs"]]
    np.testing.assert_allclose(found, case["expected"], rtol=0, atol=case["tol"])


def test_recipe_treatment_names_whom_it_touched(asem: Asem) -> None:
    card = scored(asem, {}, raw=False)
    rules = {code: done.rule for code, done in card.treatments.items()}
    assert set(rules) == {row["iCode"] for row in asem.indicators}
    assert {"none", "winsorise"} <= set(rules.values())
    for code, done in card.treatments.items():
        changed = card.treated[code] != card.transformed[code]
        if done.rule != "log":
            np.testing.assert_array_equal(done.touched, changed)
    told = [issue for issue in card.issues if issue.code == "winsorised"]
    assert {issue.where.field for issue in told} == {
        f"nodes.{code}" for code, rule in rules.items() if rule == "winsorise"
    }


def test_the_recipe_says_what_the_tree_of_coinr_says(asem: Asem) -> None:
    made = recipe.load(RECIPE)
    assert {code: node.parent or "NA" for code, node in made.nodes.items()} == {
        row["iCode"]: row["Parent"] for row in asem.meta
    }
    for row in asem.indicators:
        leaf = made.nodes[row["iCode"]]
        assert (leaf.per or "NA", leaf.direction) == (
            row["Denominator"],
            "up" if row["Direction"] == "1" else "down",
        )
