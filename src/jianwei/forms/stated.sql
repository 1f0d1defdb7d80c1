-- What was said before of each account's month: the newest row of sums whose parser is like $parser,
-- with the reading of followers that forms gave for the last day.
WITH sums AS (
    SELECT *
    FROM totals
    WHERE parser LIKE $parser AND start >= $first_day AND "end" <= $last_day
    QUALIFY row_number() OVER (
        PARTITION BY account_id, start, "end" ORDER BY observed_at DESC, sha256 DESC, source_row DESC
    ) = 1
),
ends AS (
    SELECT unnest($months) AS month, unnest($last_days) AS last_day
),
audiences AS (
    SELECT f.account_id AS account_id, e.month AS month, f.followers AS followers, f.observed_at AS observed_at
    FROM followers AS f
    JOIN ends AS e ON e.last_day = cast(f.observed_at AS DATE)
    WHERE f.parser LIKE '模板·%汇总' AND f.followers IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY f.account_id, e.month ORDER BY f.observed_at DESC, f.sha256 DESC, f.source_row DESC
    ) = 1
)
SELECT
    coalesce(s.account_id, a.account_id) AS account_id,
    coalesce(strftime(s.start, '%Y-%m'), a.month) AS month,
    s.* EXCLUDE (account_id, start, "end"),
    s.start AS start,
    s."end" AS "end",
    a.followers AS followers,
    a.observed_at AS followers_at
FROM sums AS s
FULL JOIN audiences AS a ON a.account_id = s.account_id AND a.month = strftime(s.start, '%Y-%m')
ORDER BY 1, 2
