-- From accounts to keys (a unit on one platform, or an account). An account without any data adds
-- nothing and is told by with_data < accounts; one that has data but not this count makes it missing.
SELECT
    m.key AS key,
    m.platform AS platform,
    count(*) AS accounts,
    count(*) FILTER (WHERE a.source <> 'none') AS with_data,
    count(*) FILTER (WHERE a.source = 'totals') AS from_totals,
    count(*) FILTER (WHERE a.source = 'fragments') AS from_fragments,
    count(*) FILTER (WHERE a.grade = 'partial') AS in_part,
    CASE WHEN count(*) FILTER (WHERE a.source = 'fragments') = 0 AND sum(a.expected_days) > 0
        THEN sum(a.covered_days) * 1e0 / sum(a.expected_days) END AS coverage,
    min(a.first_observed) AS first_observed,
    max(a.last_observed) AS last_observed,
    CASE WHEN sum(a.posts) FILTER (WHERE a.aged_posts IS NOT NULL) > 0
        THEN sum(a.aged_posts) * 1e0 / sum(a.posts) FILTER (WHERE a.aged_posts IS NOT NULL) END AS aged,
    cast(coalesce(sum(a.raised_posts), 0) AS BIGINT) AS raised_posts,
    cast($divisor AS BIGINT) AS "days",
    {sums},
    {maxima},
    {forms},
    CASE WHEN count(a.posts) = count(*) FILTER (WHERE a.source <> 'none')
        THEN cast(sum(a.posts) AS BIGINT) END AS works,
    CASE WHEN count(a.followers) = count(*) THEN cast(sum(a.followers) AS BIGINT) END AS followers,
    CASE WHEN count(a.followers_start) = count(*)
        THEN cast(sum(a.followers_start) AS BIGINT) END AS followers_start,
    CASE
        WHEN count(a.followers) = count(*) AND count(a.followers_start) = count(*)
            THEN cast(sum(a.followers - a.followers_start) AS BIGINT)
        WHEN count(a.form_new_followers) = count(*) THEN cast(sum(a.form_new_followers) AS BIGINT)
    END AS new_followers,
    CASE WHEN count(*) FILTER (WHERE a.source = 'totals') = 0
        THEN any_value(d.median_response) END AS median_response,
    {before} AS response_before,
    {labelled}
FROM members AS m
JOIN of_accounts AS a ON a.account_id = m.account_id
LEFT JOIN medians AS d ON d.key = m.key AND d.platform = m.platform
LEFT JOIN labelled AS l ON l.account_id = m.account_id
{before_join}
GROUP BY m.key, m.platform
ORDER BY m.key, m.platform
