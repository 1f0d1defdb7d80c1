-- Activity of each account from its posts in the period (sources: posts or fragments).
-- A count that too many posts lack (share known below $known) is missing, not smaller.
SELECT
    p.account_id AS account_id,
    p.platform AS platform,
    s.source AS source,
    count(*) AS posts,
    CASE WHEN count(p.original) >= $known * count(*) THEN count(*) FILTER (WHERE p.original) END AS originals,
    CASE WHEN count(p.declared_original) >= $known * count(*)
        THEN count(*) FILTER (WHERE p.declared_original) END AS declared_originals,
    CASE WHEN count(p.headline) >= $known * count(*) THEN count(*) FILTER (WHERE p.headline) END AS pushes,
    CASE WHEN count(p.headline) >= $known * count(*) THEN count(*) FILTER (WHERE p.headline) END AS headlines,
    CASE WHEN count(p.reads) >= $known * count(*) THEN cast(sum(p.reads) AS BIGINT) END AS reads,
    CASE WHEN count(p.reads) >= $known * count(*) THEN max(p.reads) END AS max_reads,
    CASE WHEN count(p.headline) >= $known * count(*)
            AND count(p.reads) FILTER (WHERE p.headline) >= $known * count(*) FILTER (WHERE p.headline)
        THEN cast(coalesce(sum(p.reads) FILTER (WHERE p.headline), 0) AS BIGINT) END AS headline_reads,
    CASE WHEN count(p.reposts) >= $known * count(*) THEN cast(sum(p.reposts) AS BIGINT) END AS reposts,
    CASE WHEN count(p.comments) >= $known * count(*) THEN cast(sum(p.comments) AS BIGINT) END AS comments,
    CASE WHEN count(p.original) >= $known * count(*) AND count(p.reposts) >= $known * count(*)
        THEN cast(coalesce(sum(p.reposts) FILTER (WHERE p.original), 0) AS BIGINT) END AS original_reposts,
    CASE WHEN count(p.original) >= $known * count(*) AND count(p.comments) >= $known * count(*)
        THEN cast(coalesce(sum(p.comments) FILTER (WHERE p.original), 0) AS BIGINT) END AS original_comments,
    CASE WHEN count(p.likes) >= $known * count(*) THEN cast(sum(p.likes) AS BIGINT) END AS likes,
    CASE WHEN count(p.likes) >= $known * count(*) THEN max(p.likes) END AS max_likes,
    CASE WHEN count(p.headline) >= $known * count(*)
            AND count(p.likes) FILTER (WHERE p.headline) >= $known * count(*) FILTER (WHERE p.headline)
        THEN cast(coalesce(sum(p.likes) FILTER (WHERE p.headline), 0) AS BIGINT) END AS headline_likes,
    CASE WHEN count(p.wow) >= $known * count(*) THEN cast(sum(p.wow) AS BIGINT) END AS wow,
    CASE WHEN count(p.wow) >= $known * count(*) THEN max(p.wow) END AS max_wow,
    CASE WHEN count(p.headline) >= $known * count(*)
            AND count(p.wow) FILTER (WHERE p.headline) >= $known * count(*) FILTER (WHERE p.headline)
        THEN cast(coalesce(sum(p.wow) FILTER (WHERE p.headline), 0) AS BIGINT) END AS headline_wow,
    CASE WHEN count(p.shares) >= $known * count(*) THEN cast(sum(p.shares) AS BIGINT) END AS shares,
    CASE WHEN count(p.shares) >= $known * count(*) THEN max(p.shares) END AS max_shares,
    CASE WHEN count(p.headline) >= $known * count(*)
            AND count(p.shares) FILTER (WHERE p.headline) >= $known * count(*) FILTER (WHERE p.headline)
        THEN cast(coalesce(sum(p.shares) FILTER (WHERE p.headline), 0) AS BIGINT) END AS headline_shares,
    -- known where there is a film or a long text, or where the pictures are known
    CASE WHEN count(*) FILTER (WHERE p.pictures IS NOT NULL OR p.video OR p.long_text) >= $known * count(*)
        THEN count(*) FILTER (WHERE p.pictures > 0 OR p.video OR p.long_text) END AS multimedia,
    count(DISTINCT cast(p.published_at AS DATE)) AS active_days,
    -- all kinds of response that were collected; a kind known of some posts only makes it missing
    CASE WHEN count(p.any_response) >= $known * count(*)
            AND (count(p.reposts) = 0 OR count(p.reposts) >= $known * count(*))
            AND (count(p.comments) = 0 OR count(p.comments) >= $known * count(*))
            AND (count(p.likes) = 0 OR count(p.likes) >= $known * count(*))
            AND (count(p.wow) = 0 OR count(p.wow) >= $known * count(*))
            AND (count(p.shares) = 0 OR count(p.shares) >= $known * count(*))
        THEN cast(sum(p.any_response) AS BIGINT) END AS response,
    count(*) FILTER (WHERE p.censored IS NOT NULL) AS censored_posts,
    min(p.published_at) AS first_post,
    max(p.published_at) AS last_post,
    min(p.observed_at) AS first_observed,
    max(p.observed_at) AS last_observed,
    -- posts whose counts are of the declared age; with the latest reading all are
    count(*) FILTER (WHERE p.aged) AS aged_posts,
    count(*) FILTER (WHERE p.raised) AS raised_posts
FROM measured AS p
JOIN sources AS s ON s.account_id = p.account_id AND s.source IN ('posts', 'fragments')
GROUP BY p.account_id, p.platform, s.source
