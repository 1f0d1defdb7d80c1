-- What is known of each account over the period, from `vouched`, `doubts` and the totals that stand.
WITH
expected AS (
    SELECT
        account_id,
        greatest(coalesce(opened, $first_day), $first_day) AS first_day,
        least(coalesce(closed - 1, $last_day), $last_day) AS last_day
    FROM roster_accounts
),
posts_days AS (
    SELECT account_id, cast(sum(date_diff('day', first_day, last_day) + 1) AS BIGINT) AS n
    FROM vouched
    GROUP BY account_id
),
doubted_days AS (
    SELECT account_id, unseen, count(*) AS n
    FROM (
        SELECT d.account_id AS account_id, d.day AS day, bool_or(d.code IN ('gap')) AS unseen
        FROM (
            SELECT account_id, code, unnest(generate_series(first_day, last_day, INTERVAL 1 DAY)) AS day
            FROM doubts
        ) AS d
        GROUP BY d.account_id, d.day
    )
    GROUP BY account_id, unseen
),
doubted AS (
    SELECT
        account_id,
        cast(sum(n) FILTER (WHERE unseen) AS BIGINT) AS unseen_days,
        cast(sum(n) FILTER (WHERE NOT unseen) AS BIGINT) AS doubted_days
    FROM doubted_days
    GROUP BY account_id
),
totals_days AS (
    SELECT
        t.account_id AS account_id,
        cast(sum(greatest(
            0, date_diff('day', greatest(t.start, e.first_day), least(t."end", e.last_day)) + 1
        )) AS BIGINT) AS n
    FROM totals_of_period AS t
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
        coalesce(f.n, 0) AS search_posts,
        coalesce(d.unseen_days, 0) AS unseen_days,
        coalesce(d.doubted_days, 0) AS doubted_days
    FROM expected AS e
    LEFT JOIN posts_days AS p ON p.account_id = e.account_id
    LEFT JOIN totals_days AS t ON t.account_id = e.account_id
    LEFT JOIN fragments AS f ON f.account_id = e.account_id
    LEFT JOIN doubted AS d ON d.account_id = e.account_id
),
chosen AS (
    SELECT
        *,
        CASE
            WHEN totals_days > posts_days - unseen_days THEN 'totals'
            WHEN posts_days > 0 THEN 'posts'
            WHEN search_posts > 0 THEN 'fragments'
            ELSE 'none'
        END AS source
    FROM counted
),
shared AS (
    SELECT
        * EXCLUDE (unseen_days, doubted_days),
        CASE source WHEN 'posts' THEN posts_days - unseen_days WHEN 'totals' THEN totals_days ELSE 0 END
            AS covered_days,
        -- totals stand for themselves: what speaks against the posts does not touch them
        CASE source WHEN 'posts' THEN unseen_days ELSE 0 END AS unseen_days,
        CASE source WHEN 'posts' THEN doubted_days ELSE 0 END AS doubted_days
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
    unseen_days,
    doubted_days,
    CASE
        WHEN source = 'fragments' THEN NULL
        WHEN expected_days > 0 THEN covered_days * 1e0 / expected_days
    END AS share,
    CASE
        WHEN source = 'none' THEN 'none'
        WHEN source = 'fragments' THEN 'fragments'
        WHEN expected_days > 0 AND (covered_days - doubted_days) * 1e0 / expected_days >= $complete_at
            THEN 'complete'
        ELSE 'partial'
    END AS grade
FROM shared
ORDER BY account_id
