-- Rows of totals that stand for the period and hold what is asked for: the newest row of each range
-- of days inside the period, without those that overlap a longer one (a half-year's sum beside its
-- own months). A row that holds none of it displaces nothing.
CREATE OR REPLACE TEMP TABLE {name} AS
WITH newest AS (
    SELECT *
    FROM totals
    WHERE start >= $first_day AND "end" <= $last_day
        AND coalesce({columns}) IS NOT NULL
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
