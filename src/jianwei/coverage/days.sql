-- One row an account and expected day: its state and why, from the same tables as the ledger.
WITH
expected AS (
    SELECT
        account_id,
        greatest(coalesce(opened, $first_day), $first_day) AS first_day,
        least(coalesce(closed - 1, $last_day), $last_day) AS last_day
    FROM roster_accounts
),
calendar AS (
    SELECT account_id, cast(unnest(generate_series(first_day, last_day, INTERVAL 1 DAY)) AS DATE) AS day
    FROM expected
    WHERE first_day <= last_day
),
-- the last post before a day and the first after it do not matter: a span vouches for all it spans
sources AS (
    SELECT c.account_id AS account_id, c.day AS day,
        list_sort(list(DISTINCT s.source_file)) AS files, list_sort(list(DISTINCT s.sha256)) AS imports
    FROM calendar AS c
    JOIN vouched_spans AS s ON s.account_id = c.account_id AND c.day BETWEEN s.first_day AND s.last_day
    GROUP BY c.account_id, c.day
),
summed AS (
    SELECT c.account_id AS account_id, c.day AS day,
        list_sort(list(DISTINCT t.source_file)) AS files, list_sort(list(DISTINCT t.sha256)) AS imports
    FROM calendar AS c
    JOIN totals_of_period AS t ON t.account_id = c.account_id AND c.day BETWEEN t.start AND t."end"
    GROUP BY c.account_id, c.day
),
doubted AS (
    SELECT c.account_id AS account_id, c.day AS day, list_sort(list(DISTINCT d.code)) AS codes
    FROM calendar AS c
    JOIN doubts AS d ON d.account_id = c.account_id AND c.day BETWEEN d.first_day AND d.last_day
    GROUP BY c.account_id, c.day
),
published AS (
    SELECT p.account_id AS account_id, cast(p.published_at AS DATE) AS day, count(*) AS posts,
        count(*) FILTER (WHERE p.scope = 'search') AS hits,
        count(*) FILTER (WHERE regexp_matches(x.text, '(…|\.\.\.)\s*(展开)?全文\s*[a-zA-Z]?\s*$')) AS cut
    FROM posts AS p
    SEMI JOIN roster_accounts AS a ON a.account_id = p.account_id
    LEFT JOIN texts AS x ON x.post_key = p.post_key
    WHERE p.published_at >= $start AND p.published_at < $stop
        AND p.pub_month BETWEEN $first_month AND $last_month
    GROUP BY p.account_id, cast(p.published_at AS DATE)
),
joined AS (
    SELECT
        c.account_id AS account_id,
        c.day AS day,
        l.source AS source,
        coalesce(p.posts, 0) AS posts,
        coalesce(p.hits, 0) AS hits,
        coalesce(p.cut, 0) AS cut,
        CASE l.source WHEN 'totals' THEN t.files ELSE s.files END AS files,
        CASE l.source WHEN 'totals' THEN t.imports ELSE s.imports END AS imports,
        CASE WHEN l.source = 'totals' THEN NULL ELSE d.codes END AS codes
    FROM calendar AS c
    JOIN ledger_rows AS l ON l.account_id = c.account_id
    LEFT JOIN sources AS s ON s.account_id = c.account_id AND s.day = c.day
    LEFT JOIN summed AS t ON t.account_id = c.account_id AND t.day = c.day
    LEFT JOIN doubted AS d ON d.account_id = c.account_id AND d.day = c.day
    LEFT JOIN published AS p ON p.account_id = c.account_id AND p.day = c.day
)
SELECT
    account_id,
    day,
    CASE
        WHEN files IS NULL THEN CASE WHEN hits > 0 THEN 'partial' ELSE 'none' END
        WHEN codes IS NOT NULL THEN 'partial'
        ELSE 'complete'
    END AS state,
    list_concat(
        CASE WHEN files IS NULL THEN CASE WHEN hits > 0 THEN ['search'] ELSE ['unvouched'] END ELSE [] END,
        coalesce(codes, []),
        CASE WHEN cut > 0 THEN ['text'] ELSE [] END,
        CASE WHEN source = 'totals' AND files IS NOT NULL THEN ['totals'] ELSE [] END
    ) AS reasons,
    posts,
    coalesce(files, []) AS files,
    coalesce(imports, []) AS imports
FROM joined
ORDER BY account_id, day
