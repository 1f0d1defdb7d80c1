-- Followers at the period's two ends: the reading nearest to the day, within $within days of it.
WITH readings_near AS (
    SELECT
        f.account_id AS account_id,
        f.followers AS followers,
        f.observed_at AS observed_at,
        f.sha256 AS sha256,
        f.source_row AS source_row,
        abs(date_diff('day', $last_day, cast(f.observed_at AS DATE))) AS from_end,
        abs(date_diff('day', $eve, cast(f.observed_at AS DATE))) AS from_start
    FROM followers AS f
    WHERE f.followers IS NOT NULL
),
at_end AS (
    SELECT account_id, followers, observed_at
    FROM readings_near
    WHERE from_end <= $within
    QUALIFY row_number() OVER (
        PARTITION BY account_id ORDER BY from_end, observed_at DESC, sha256 DESC, source_row DESC
    ) = 1
),
at_start AS (
    SELECT account_id, followers, observed_at
    FROM readings_near
    WHERE from_start <= $within
    QUALIFY row_number() OVER (
        PARTITION BY account_id ORDER BY from_start, observed_at DESC, sha256 DESC, source_row DESC
    ) = 1
)
SELECT
    coalesce(e.account_id, b.account_id) AS account_id,
    e.followers AS followers,
    e.observed_at AS followers_observed,
    -- one reading cannot stand for both ends
    CASE WHEN b.observed_at < e.observed_at OR e.observed_at IS NULL THEN b.followers END AS followers_start
FROM at_end AS e
FULL JOIN at_start AS b ON b.account_id = e.account_id
