-- Totals rows that stand for the period: the newest row of each range of days inside the period,
-- without those that another row already contains (a half-year's sum beside its own months).
CREATE OR REPLACE TEMP TABLE totals_of_period AS
WITH newest AS (
    SELECT *
    FROM totals
    WHERE start >= $first_day AND "end" <= $last_day
    QUALIFY row_number() OVER (
        PARTITION BY account_id, start, "end"
        ORDER BY observed_at DESC, sha256 DESC, source_row DESC
    ) = 1
)
SELECT n.*
FROM newest AS n
WHERE NOT EXISTS (
    SELECT 1
    FROM newest AS o
    WHERE o.account_id = n.account_id
        AND o.start <= n."end" AND o."end" >= n.start
        AND (o.start, o."end") <> (n.start, n."end")
        AND (
            date_diff('day', o.start, o."end") > date_diff('day', n.start, n."end")
            OR (date_diff('day', o.start, o."end") = date_diff('day', n.start, n."end") AND o.start < n.start)
        )
)
