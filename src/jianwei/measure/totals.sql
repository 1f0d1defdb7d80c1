-- Activity of each account from sums that came as sums (source: totals); the rows are those of
-- totals_of_period. A field that one of an account's rows leaves blank is missing for the period.
SELECT
    t.account_id AS account_id,
    t.platform AS platform,
    'totals' AS source,
    CASE WHEN count(t.posts) = count(*) THEN cast(sum(t.posts) AS BIGINT) END AS posts,
    CASE WHEN count(t.originals) = count(*) THEN cast(sum(t.originals) AS BIGINT) END AS originals,
    CASE WHEN count(t.declared_originals) = count(*)
        THEN cast(sum(t.declared_originals) AS BIGINT) END AS declared_originals,
    CASE WHEN count(t.pushes) = count(*) THEN cast(sum(t.pushes) AS BIGINT) END AS pushes,
    CASE WHEN count(t.headlines) = count(*) THEN cast(sum(t.headlines) AS BIGINT) END AS headlines,
    CASE WHEN count(t.reads) = count(*) AND bool_and($read_basis = 'any' OR t.read_basis = $read_basis)
        THEN cast(sum(t.reads) AS BIGINT) END AS reads,
    CASE WHEN count(t.max_reads) = count(*) AND bool_and($read_basis = 'any' OR t.read_basis = $read_basis)
        THEN max(t.max_reads) END AS max_reads,
    CASE WHEN count(t.headline_reads) = count(*) AND bool_and($read_basis = 'any' OR t.read_basis = $read_basis)
        THEN cast(sum(t.headline_reads) AS BIGINT) END AS headline_reads,
    CASE WHEN count(t.reposts) = count(*) THEN cast(sum(t.reposts) AS BIGINT) END AS reposts,
    CASE WHEN count(t.comments) = count(*) THEN cast(sum(t.comments) AS BIGINT) END AS comments,
    cast(NULL AS BIGINT) AS original_reposts,
    cast(NULL AS BIGINT) AS original_comments,
    CASE WHEN count(t.likes) = count(*) THEN cast(sum(t.likes) AS BIGINT) END AS likes,
    CASE WHEN count(t.max_likes) = count(*) THEN max(t.max_likes) END AS max_likes,
    CASE WHEN count(t.headline_likes) = count(*) THEN cast(sum(t.headline_likes) AS BIGINT) END AS headline_likes,
    CASE WHEN count(t.wow) = count(*) THEN cast(sum(t.wow) AS BIGINT) END AS wow,
    CASE WHEN count(t.max_wow) = count(*) THEN max(t.max_wow) END AS max_wow,
    CASE WHEN count(t.headline_wow) = count(*) THEN cast(sum(t.headline_wow) AS BIGINT) END AS headline_wow,
    CASE WHEN count(t.shares) = count(*) THEN cast(sum(t.shares) AS BIGINT) END AS shares,
    CASE WHEN count(t.max_shares) = count(*) THEN max(t.max_shares) END AS max_shares,
    CASE WHEN count(t.headline_shares) = count(*)
        THEN cast(sum(t.headline_shares) AS BIGINT) END AS headline_shares,
    CASE WHEN count(t.multimedia) = count(*) THEN cast(sum(t.multimedia) AS BIGINT) END AS multimedia,
    cast(NULL AS BIGINT) AS active_days,
    CASE WHEN count(coalesce(t.reposts, t.comments, t.likes, t.wow, t.shares)) = count(*)
            AND count(t.reposts) IN (0, count(*)) AND count(t.comments) IN (0, count(*))
            AND count(t.likes) IN (0, count(*)) AND count(t.wow) IN (0, count(*))
            AND count(t.shares) IN (0, count(*))
        THEN cast(sum(coalesce(t.reposts, 0) + coalesce(t.comments, 0) + coalesce(t.likes, 0)
            + coalesce(t.wow, 0) + coalesce(t.shares, 0)) AS BIGINT) END AS response,
    count(*) FILTER (WHERE t.censored IS NOT NULL) AS censored_posts,
    cast(NULL AS TIMESTAMP) AS first_post,
    cast(NULL AS TIMESTAMP) AS last_post,
    min(t.observed_at) AS first_observed,
    max(t.observed_at) AS last_observed,
    cast(NULL AS BIGINT) AS aged_posts,
    cast(NULL AS BIGINT) AS raised_posts
FROM totals_of_period AS t
JOIN sources AS s ON s.account_id = t.account_id AND s.source = 'totals'
GROUP BY t.account_id, t.platform
