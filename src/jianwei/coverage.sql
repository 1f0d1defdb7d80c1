-- Which source vouches for which days of each account in the period.
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
    SELECT DISTINCT r.account_id AS account_id, r.sha256 AS sha256
    FROM readings AS r
    WHERE r.scope IN ('timeline', 'listing')
),
spans AS (
    SELECT
        n.account_id AS account_id,
        greatest(cast(i.first_published AS DATE) - cast($margin AS INTEGER), e.first_day) AS first_day,
        least(cast(i.last_published AS DATE) + cast($margin AS INTEGER), e.last_day) AS last_day
    FROM named AS n
    JOIN imports AS i ON i.sha256 = n.sha256
    JOIN expected AS e ON e.account_id = n.account_id
    -- the margin reaches beyond a source's posts, but never into a period in which it has none
    WHERE i.last_published >= $start AND i.first_published < $stop
),
walked AS (
    SELECT
        account_id,
        first_day,
        last_day,
        max(last_day) OVER (
            PARTITION BY account_id ORDER BY first_day, last_day
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reached
    FROM spans
    WHERE first_day <= last_day
),
posts_days AS (
    SELECT
        account_id,
        cast(sum(greatest(
            0,
            date_diff('day', greatest(first_day, coalesce(reached + 1, first_day)), last_day) + 1
        )) AS BIGINT) AS n
    FROM walked
    GROUP BY account_id
),
totals_used AS (
    SELECT t.account_id AS account_id, t.start AS first_day, t."end" AS last_day
    FROM totals_of_period AS t
),
totals_days AS (
    SELECT
        t.account_id AS account_id,
        cast(sum(greatest(
            0, date_diff('day', greatest(t.first_day, e.first_day), least(t.last_day, e.last_day)) + 1
        )) AS BIGINT) AS n
    FROM totals_used AS t
    JOIN expected AS e ON e.account_id = t.account_id
    GROUP BY t.account_id
),
fragments AS (
    SELECT account_id, count(*) AS n
    FROM posts
    WHERE scope = 'search' AND published_at >= $start AND published_at < $stop
        AND pub_month BETWEEN $first_month AND $last_month
    GROUP BY account_id
),
counted AS (
    SELECT
        e.account_id AS account_id,
        greatest(0, date_diff('day', e.first_day, e.last_day) + 1) AS expected_days,
        coalesce(p.n, 0) AS posts_days,
        coalesce(t.n, 0) AS totals_days,
        coalesce(f.n, 0) AS search_posts
    FROM expected AS e
    LEFT JOIN posts_days AS p ON p.account_id = e.account_id
    LEFT JOIN totals_days AS t ON t.account_id = e.account_id
    LEFT JOIN fragments AS f ON f.account_id = e.account_id
),
chosen AS (
    SELECT
        *,
        CASE
            WHEN totals_days > posts_days THEN 'totals'
            WHEN posts_days > 0 THEN 'posts'
            WHEN search_posts > 0 THEN 'fragments'
            ELSE 'none'
        END AS source
    FROM counted
),
shared AS (
    SELECT
        *,
        CASE source WHEN 'posts' THEN posts_days WHEN 'totals' THEN totals_days ELSE 0 END AS covered_days
    FROM chosen
)
SELECT
    account_id,
    expected_days,
    posts_days,
    totals_days,
    search_posts,
    source,
    covered_days,
    CASE
        WHEN source = 'fragments' THEN NULL
        WHEN expected_days > 0 THEN covered_days * 1e0 / expected_days
    END AS share,
    CASE
        WHEN source = 'none' THEN 'none'
        WHEN source = 'fragments' THEN 'fragments'
        WHEN expected_days > 0 AND covered_days * 1e0 / expected_days >= $complete_at THEN 'complete'
        ELSE 'partial'
    END AS grade
FROM shared
ORDER BY account_id
