-- The days of `vouched_spans` joined into stretches without a hole, each day once.
CREATE OR REPLACE TEMP TABLE vouched AS
WITH
walked AS (
    SELECT
        account_id,
        first_day,
        last_day,
        max(last_day) OVER (
            PARTITION BY account_id ORDER BY first_day, last_day
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reached
    FROM vouched_spans
    WHERE first_day <= last_day
),
numbered AS (
    SELECT
        *,
        sum(CASE WHEN reached IS NULL OR first_day > reached + 1 THEN 1 ELSE 0 END) OVER (
            PARTITION BY account_id ORDER BY first_day, last_day
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS stretch
    FROM walked
)
SELECT account_id, min(first_day) AS first_day, max(last_day) AS last_day
FROM numbered
GROUP BY account_id, stretch
