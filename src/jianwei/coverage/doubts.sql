-- What speaks against vouched days: account_id, first_day, last_day, code (see reasons.py), n, wanted,
-- source_file. Days outside the stretches of `vouched` never appear. Rows of one code may overlap.
CREATE OR REPLACE TEMP TABLE doubts AS
WITH
-- gap: between two days with posts there are far more silent days than the account ever leaves
post_days AS (
    SELECT p.account_id AS account_id, cast(p.published_at AS DATE) AS posted
    FROM posts AS p
    SEMI JOIN vouched AS v ON v.account_id = p.account_id
    WHERE p.scope IN ('timeline', 'listing')
        AND p.pub_month BETWEEN $around_month AND $until_month
        AND p.published_at >= $around AND p.published_at < $until
    GROUP BY p.account_id, cast(p.published_at AS DATE)
),
paced AS (
    SELECT account_id, posted, lag(posted) OVER (PARTITION BY account_id ORDER BY posted) AS before
    FROM post_days
),
-- few accounts were ever silent for so long; nobody else is looked at any further
steps AS (
    SELECT p.account_id AS account_id, p.posted AS posted, p.before AS before,
        date_diff('day', p.before, p.posted) AS distance
    FROM paced AS p
    SEMI JOIN (SELECT account_id FROM paced WHERE posted - before > $gap_days) AS c
        ON c.account_id = p.account_id
),
rhythm AS (
    SELECT
        account_id,
        count(*) FILTER (WHERE distance <= $gap_days) AS known,
        avg(distance) FILTER (WHERE distance <= $gap_days) AS usual
    FROM steps
    GROUP BY account_id
),
long AS (
    SELECT s.account_id AS account_id, s.posted AS posted, s.before AS before, s.distance AS distance,
        r.usual AS usual
    FROM steps AS s
    JOIN rhythm AS r ON r.account_id = s.account_id
    WHERE r.known >= $gap_known AND s.distance > $gap_days AND s.distance >= $gap_times * r.usual
),
-- on both sides the account must have kept its rhythm: one that only began to post left no gap before
gaps AS (
    SELECT l.account_id AS account_id, l.before + 1 AS first_day, l.posted - 1 AS last_day,
        l.distance - 1 AS n, l.usual AS wanted
    FROM long AS l
    JOIN steps AS s ON s.account_id = l.account_id AND s.distance <= $gap_days
    GROUP BY l.account_id, l.before, l.posted, l.distance, l.usual
    HAVING count(*) FILTER (WHERE s.posted <= l.before) >= $gap_sides
        AND count(*) FILTER (WHERE s.posted > l.posted) >= $gap_sides
),
-- profile: 微博数 grew by more than the lake has posts, from one month's last profile to the next's
profiles AS (
    SELECT f.account_id AS account_id, f.observed_at AS observed_at, f.statuses AS statuses
    FROM followers AS f
    SEMI JOIN vouched AS v ON v.account_id = f.account_id
    WHERE f.statuses IS NOT NULL AND f.observed_at >= $start AND f.observed_at < $stop
        AND coalesce(f.censored, '') NOT LIKE '%statuses%' AND coalesce(f.rounded, '') NOT LIKE '%statuses%'
    QUALIFY row_number() OVER (
        PARTITION BY f.account_id, date_trunc('month', f.observed_at)
        ORDER BY f.observed_at DESC, f.sha256 DESC, f.source_row DESC
    ) = 1
        OR row_number() OVER (
            PARTITION BY f.account_id ORDER BY f.observed_at, f.sha256, f.source_row
        ) = 1
),
growth AS (
    SELECT
        account_id,
        lag(observed_at) OVER seen AS since,
        observed_at AS until,
        statuses - lag(statuses) OVER seen AS grew
    FROM profiles
    WINDOW seen AS (PARTITION BY account_id ORDER BY observed_at, statuses)
),
counted AS (
    SELECT g.account_id AS account_id, g.since AS since, g.until AS until, g.grew AS grew,
        count(p.post_key) AS held
    FROM growth AS g
    JOIN vouched AS v ON v.account_id = g.account_id
        AND cast(g.since AS DATE) >= v.first_day AND cast(g.until AS DATE) <= v.last_day
    LEFT JOIN posts AS p ON p.account_id = g.account_id AND p.published_at > g.since
        AND p.published_at <= g.until AND p.pub_month BETWEEN $first_month AND $last_month
    WHERE g.grew > 0
    GROUP BY g.account_id, g.since, g.until, g.grew
),
-- quarantine: rows that were refused, where their text tells the account (or the file has only one) and the day
refused AS (
    SELECT q.sha256 AS sha256, q.raw AS raw,
        try_cast(replace(regexp_extract(q.raw, '(20\d\d[-/][01]?\d[-/][0-3]?\d)', 1), '/', '-') AS DATE) AS posted
    FROM quarantine AS q
    WHERE q.raw IS NOT NULL
),
spoilt AS (
    SELECT s.account_id AS account_id, r.posted AS posted, s.source_file AS source_file, count(*) AS n
    FROM vouched_spans AS s
    JOIN refused AS r ON r.sha256 = s.sha256 AND r.posted BETWEEN s.first_day AND s.last_day
    WHERE s.rows_quarantined > 0
        AND (s.accounts_named = 1 OR contains(r.raw, split_part(s.account_id, ':', 2)))
    GROUP BY s.account_id, r.posted, s.source_file
),
found AS (
    SELECT account_id, first_day, last_day, 'gap' AS code, n, wanted, cast(NULL AS VARCHAR) AS source_file
    FROM gaps
    UNION ALL
    SELECT account_id, cast(since AS DATE), cast(until AS DATE), 'profile', held, grew * 1e0, NULL
    FROM counted
    WHERE held < $profile_share * grew AND grew - held >= $profile_posts
    UNION ALL
    SELECT account_id, posted, posted, 'quarantine', n, NULL, source_file
    FROM spoilt
    UNION ALL
    -- page_limit: whole pages only; the oldest day may have been cut, the days before it are not vouched
    SELECT account_id, first_day, first_post, 'page_limit', rows_read, NULL, source_file
    FROM vouched_spans
    WHERE accounts_named = 1 AND rows_read >= $page_least AND rows_read % cast($page_rows AS BIGINT) = 0
)
SELECT
    f.account_id AS account_id,
    greatest(f.first_day, v.first_day) AS first_day,
    least(f.last_day, v.last_day) AS last_day,
    f.code AS code,
    cast(f.n AS BIGINT) AS n,
    f.wanted AS wanted,
    f.source_file AS source_file
FROM found AS f
JOIN vouched AS v ON v.account_id = f.account_id
WHERE greatest(f.first_day, v.first_day) <= least(f.last_day, v.last_day)
