-- Followers at the end of each month: the reading nearest to the day, within $within days, of those
-- that did not come from an earlier form of the same unit.
WITH ends AS (
    SELECT unnest($months) AS month, unnest($last_days) AS last_day
)
SELECT
    f.account_id AS account_id,
    e.month AS month,
    f.followers AS followers,
    f.observed_at AS seen_at
FROM followers AS f
JOIN ends AS e ON abs(date_diff('day', e.last_day, cast(f.observed_at AS DATE))) <= $within
WHERE f.followers IS NOT NULL AND f.parser NOT LIKE '模板·%汇总'
QUALIFY row_number() OVER (
    PARTITION BY f.account_id, e.month
    ORDER BY abs(date_diff('day', e.last_day, cast(f.observed_at AS DATE))), f.observed_at DESC, f.sha256 DESC,
        f.source_row DESC
) = 1
ORDER BY account_id, month
