-- Which days each source vouches for, an account and file a row: temp table `vouched_spans`; beside
-- it the same days joined into stretches without a hole: `vouched`.
CREATE OR REPLACE TEMP TABLE vouched_spans AS
WITH
expected AS (
    SELECT
        account_id,
        greatest(coalesce(opened, $first_day), $first_day) AS first_day,
        -- an account is open until before its day of closing
        least(coalesce(closed - 1, $last_day), $last_day) AS last_day
    FROM roster_accounts
),
-- A file that lists several accounts vouches for each account it names over the whole file's range.
named AS (
    SELECT r.account_id AS account_id, r.sha256 AS sha256,
        count(*) OVER (PARTITION BY r.sha256) AS accounts_named
    FROM readings AS r
    WHERE r.scope IN ('timeline', 'listing')
    GROUP BY r.account_id, r.sha256
)
SELECT
    n.account_id AS account_id,
    n.sha256 AS sha256,
    i.source_file AS source_file,
    greatest(cast(i.first_published AS DATE) - cast($margin AS INTEGER), e.first_day) AS first_day,
    least(cast(i.last_published AS DATE) + cast($margin AS INTEGER), e.last_day) AS last_day,
    cast(i.first_published AS DATE) AS first_post,
    i.rows_read AS rows_read,
    i.rows_quarantined AS rows_quarantined,
    n.accounts_named AS accounts_named
FROM named AS n
JOIN imports AS i ON i.sha256 = n.sha256
JOIN expected AS e ON e.account_id = n.account_id
-- the margin reaches beyond a source's posts, but never into a period in which it has none
WHERE i.last_published >= $start AND i.first_published < $stop
