"""Findings of the demo recomputed from the lake's Parquet files with SQL of our own.

Nothing of measure/, coverage, finding/ or the lake's views is used: the files are listed by
Delta's log, the roster is read as it was published, and every question is asked anew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import pytest
from deltalake import DeltaTable

from jianwei.workspace import findings, space

Values = dict[str, Any]

VIEWS = """
CREATE VIEW accounts AS
SELECT a.account_id AS id, a.family, a.main, u.code AS unit, u.system, u.adcode, u.category = '参评' AS analysed,
    (a.opened IS NULL OR a.opened <= DATE '2015-06-30') AND (a.closed IS NULL OR a.closed > DATE '2015-06-30')
        AS open_at_end
FROM roster_accounts AS a JOIN roster_units AS u ON u.code = a.unit;

CREATE VIEW half AS
SELECT * FROM posts WHERE published_at >= TIMESTAMP '2015-01-01' AND published_at < TIMESTAMP '2015-07-01';

-- what was handed in as sums counts for accounts of which no post is known
CREATE VIEW only_sums AS
SELECT * FROM totals WHERE start >= DATE '2015-01-01' AND "end" <= DATE '2015-06-30'
    AND account_id NOT IN (SELECT account_id FROM half);

CREATE VIEW weibo AS
SELECT strftime(published_at, '%Y-%m') AS month, 1 AS posts, original::INT AS originals, reposts, comments, likes
FROM half JOIN accounts ON id = account_id WHERE analysed AND family = 'weibo'
UNION ALL
SELECT strftime(start, '%Y-%m'), posts, originals, reposts, comments, likes
FROM only_sums JOIN accounts ON id = account_id WHERE analysed AND family = 'weibo';

CREATE VIEW fans AS
SELECT account_id, day, arg_max(followers, observed_at) AS followers FROM (
    SELECT *, CASE WHEN observed_at < TIMESTAMP '2014-09-01' THEN 'before'
        WHEN observed_at < TIMESTAMP '2015-03-01' THEN 'start' ELSE 'end' END AS day
    FROM followers
) GROUP BY account_id, day;

CREATE VIEW worded AS
SELECT p.*, coalesce(t.title, '') || coalesce(t.text, '') AS words FROM posts AS p LEFT JOIN (
    SELECT post_key, last(title ORDER BY source_file LIKE 'search%' DESC) AS title,
        last(text ORDER BY source_file LIKE 'search%' DESC) AS text
    FROM texts GROUP BY post_key
) AS t USING (post_key);

CREATE VIEW formed AS
SELECT account_id, published_at, platform, CASE
    WHEN regexp_matches(words, '{infographic}') AND (pictures > 0 OR long_text) THEN '一图解说'
    WHEN video THEN '视频' WHEN long_text THEN '长微博' WHEN pictures > 0 THEN '图片' ELSE '文字' END AS form
FROM worded JOIN accounts ON id = account_id WHERE analysed AND family = 'weibo';
"""

SUMS = {
    "S1.weibo": "SELECT count(*) FROM accounts WHERE open_at_end AND family = 'weibo'",
    "S1.wechat": "SELECT count(*) FROM accounts WHERE open_at_end AND family = 'wechat'",
    "S1.municipal": "SELECT count(*) FROM accounts WHERE open_at_end AND main AND adcode = '500000'",
    "S1.municipal_weibo": "SELECT count(*) FROM accounts "
    "WHERE open_at_end AND main AND adcode = '500000' AND family = 'weibo'",
    "S1.municipal_wechat": "SELECT count(*) FROM accounts "
    "WHERE open_at_end AND main AND adcode = '500000' AND family = 'wechat'",
    "S1.district": "SELECT count(*) FROM accounts "
    "WHERE open_at_end AND main AND adcode <> '500000' AND system IN ('外宣', '党政综合')",
    **{
        f"S2.{family}": "SELECT count(DISTINCT adcode) / 38 FROM accounts WHERE open_at_end AND main "
        f"AND adcode <> '500000' AND system IN ('外宣', '党政综合') AND family = '{family}'"
        for family in ("weibo", "wechat")
    },
    "S3.total": "SELECT sum(followers) FROM fans JOIN accounts ON id = account_id WHERE day = 'end' AND open_at_end",
    "S3.municipal": "SELECT sum(followers) FROM fans JOIN accounts ON id = account_id "
    "WHERE day = 'end' AND open_at_end AND main AND adcode = '500000'",
    "S3.district": "SELECT sum(followers) FROM fans JOIN accounts ON id = account_id WHERE day = 'end' "
    "AND open_at_end AND main AND adcode <> '500000' AND system IN ('外宣', '党政综合')",
    **{f"S4.{name}": f"SELECT sum({name}) FROM weibo" for name in ("posts", "reposts", "comments")},
    **{f"S5.{name}": f"SELECT sum({name}) / 180 FROM weibo" for name in ("posts", "reposts", "comments")},
    "F3.share": "SELECT count(*) FILTER (WHERE system IN ('公安', '外宣', '共青团', '司法', '旅游', '环保')) / count(*) "
    "FROM accounts WHERE open_at_end",
    "F3.six_share": "SELECT count(*) FILTER (WHERE system IN ('公安', '外宣', '共青团', '司法', '旅游', '环保')) "
    "/ count(*) FILTER (WHERE system <> '') FROM accounts WHERE open_at_end",
    "F4.holiday": "SELECT (sum(posts) FILTER (WHERE month = '2015-02') / 17) "
    "/ (sum(posts) FILTER (WHERE month = '2015-01') / 21) - 1 FROM weibo",
    "F5.original_share": "SELECT sum(originals) / sum(posts) FROM weibo",
    "F5.multimedia_share": "SELECT count(*) FILTER (WHERE form <> '文字') / count(*) FROM formed "
    "WHERE published_at >= TIMESTAMP '2015-01-01' AND published_at < TIMESTAMP '2015-07-01'",
    "F5.picture_share": "SELECT count(*) FILTER (WHERE form IN ('图片', '长微博')) / count(*) FROM formed "
    "WHERE form <> '文字' AND published_at >= TIMESTAMP '2015-01-01' AND published_at < TIMESTAMP '2015-07-01'",
    "F5.infographic_change": "WITH panel AS (SELECT *, year(published_at) AS y FROM formed "
    "WHERE month(published_at) <= 6 AND account_id IN (SELECT account_id FROM formed "
    "WHERE month(published_at) <= 6 GROUP BY account_id HAVING count(DISTINCT year(published_at)) = 2)) "
    "SELECT avg((form = '一图解说')::INT) FILTER (WHERE y = 2015) - avg((form = '一图解说')::INT) FILTER (WHERE y = 2014) "
    "FROM panel",
    "G1": "SELECT sum(e.followers) / sum(b.followers) - 1 FROM fans AS e JOIN fans AS b USING (account_id) "
    "JOIN accounts ON id = account_id WHERE e.day = 'end' AND b.day = 'before' AND open_at_end AND family = 'weibo'",
    "G2": "SELECT avg((ending > starting)::INT) FROM (SELECT sum(e.followers) AS ending, sum(s.followers) AS starting "
    "FROM fans AS e JOIN fans AS s USING (account_id) JOIN accounts ON id = account_id "
    "WHERE e.day = 'end' AND s.day = 'start' AND open_at_end AND family = 'weibo' GROUP BY unit)",
}  # fmt: skip

LISTS = {
    "F1.leaders": "SELECT r.name FROM accounts JOIN here AS r USING (adcode) WHERE open_at_end "
    "GROUP BY r.name, adcode ORDER BY count(*) DESC, adcode LIMIT 10",
    "F2.leaders": "SELECT r.name FROM accounts JOIN here AS r USING (adcode) JOIN fans ON account_id = id AND day = 'end' "
    "JOIN people AS p ON p.name = r.stem WHERE open_at_end GROUP BY r.name, adcode, p.people "
    "ORDER BY sum(followers) / p.people DESC, adcode LIMIT 10",
    "F3.systems": "SELECT system FROM accounts WHERE open_at_end AND system <> '' GROUP BY system "
    "ORDER BY count(*) DESC, system",
}

PLACES = """
CREATE VIEW here AS
SELECT adcode, name, regexp_replace(name, '(区|县|土家族自治县|土家族苗族自治县|苗族土家族自治县)$', '') AS stem
FROM roster_regions
WHERE adcode LIKE '50%' AND adcode NOT LIKE '%00' AND (start IS NULL OR start <= DATE '2015-06-30')
    AND ("end" IS NULL OR "end" > DATE '2015-06-30');

CREATE VIEW people AS
SELECT regexp_replace(r.name, '(区|县|土家族自治县|土家族苗族自治县|苗族土家族自治县)$', '') AS name, max(p.people) AS people
FROM roster_populations AS p JOIN roster_regions AS r USING (adcode)
WHERE p.year = 2014 AND p.kind = '常住' AND adcode NOT LIKE '%00' GROUP BY 1;
"""


@pytest.fixture(scope="module")
def con(demo_space: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The files as they lie, under names of their own."""
    lexicon = tomllib.loads(
        resources.files("jianwei.presets").joinpath("lexicons/content.toml").read_text("utf-8")
    )
    (version,) = [path for path in (demo_space / "roster").iterdir() if path.is_dir()]
    with duckdb.connect() as opened:
        for name in ("posts", "texts", "followers", "totals"):
            files = ", ".join(f"'{path}'" for path in DeltaTable(demo_space / "lake" / name).file_uris())
            opened.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{files}])")
        for name in ("accounts", "units", "regions", "populations"):
            opened.execute(f"CREATE VIEW roster_{name} AS SELECT * FROM '{version / name}.parquet'")
        opened.execute(VIEWS.replace("{infographic}", "|".join(lexicon["infographic"])))
        opened.execute(PLACES)
        cases = " ".join(
            f"WHEN regexp_matches(words, '{'|'.join(rule['words'])}') THEN '{rule['name']}'"
            for rule in lexicon["function"]
        )
        opened.execute(
            f"CREATE VIEW told AS SELECT CASE {cases} END AS function FROM worded JOIN accounts ON id = account_id "
            "WHERE analysed AND published_at >= TIMESTAMP '2015-01-01' AND published_at < TIMESTAMP '2015-07-01'"
        )
        yield opened


@pytest.fixture(scope="module")
def found(demo_space: Path) -> Values:
    return {one["id"]: one["value"] for one in findings.findings(space.open(demo_space), "2015H1")}


@pytest.mark.parametrize("id", SUMS)
def test_a_number(con: duckdb.DuckDBPyConnection, found: Values, id: str) -> None:
    asked = con.execute(SUMS[id]).fetchall()[0][0]
    assert asked is not None
    assert found[id] == pytest.approx(float(asked), rel=1e-12)


@pytest.mark.parametrize("id", LISTS)
def test_an_order(con: duckdb.DuckDBPyConnection, found: Values, id: str) -> None:
    assert found[id] == [name for (name,) in con.execute(LISTS[id]).fetchall()]


def test_the_months(con: duckdb.DuckDBPyConnection, found: Values) -> None:
    names = ("posts", "reposts", "comments", "likes")
    asked = con.execute(
        f"SELECT month, {', '.join(f'sum({name})' for name in names)} FROM weibo GROUP BY month ORDER BY month"
    ).fetchall()
    assert [(row["month"], *(row[name] for name in names)) for row in found["F4.monthly"]] == asked


def test_the_functions(con: duckdb.DuckDBPyConnection, found: Values) -> None:
    asked = con.execute(
        "SELECT function, count(*) FROM told WHERE function IS NOT NULL GROUP BY function"
    ).fetchall()
    whole = sum(count for _, count in asked)
    assert {name: share for name, share in found["N3.share"].items() if share} == pytest.approx(
        {name: count / whole for name, count in asked}
    )
