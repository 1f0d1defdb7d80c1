-- What the lake holds of each account's posts, month by month. A sum is given only where every post
-- of the month has the count; reads only where all are views.
SELECT
    p.account_id AS account_id,
    p.pub_month AS month,
    count(*) AS posts,
    CASE WHEN count(p.original) = count(*)
        THEN count(*) FILTER (WHERE p.original) END AS originals,
    CASE WHEN count(p.declared_original) = count(*)
        THEN count(*) FILTER (WHERE p.declared_original) END AS declared_originals,
    CASE WHEN count(*) FILTER (WHERE p.reads IS NOT NULL AND p.read_basis = 'views') = count(*)
        THEN cast(sum(p.reads) AS BIGINT) END AS reads,
    CASE WHEN count(*) FILTER (WHERE p.reads IS NOT NULL AND p.read_basis = 'views') = count(*)
        THEN max(p.reads) END AS max_reads,
    CASE WHEN count(p.reposts) = count(*) THEN cast(sum(p.reposts) AS BIGINT) END AS reposts,
    CASE WHEN count(p.comments) = count(*) THEN cast(sum(p.comments) AS BIGINT) END AS comments,
    CASE WHEN count(p.likes) = count(*) THEN cast(sum(p.likes) AS BIGINT) END AS likes,
    CASE WHEN count(p.wow) = count(*) THEN cast(sum(p.wow) AS BIGINT) END AS wow,
    max(p.observed_at) AS seen_at
FROM posts AS p
WHERE p.pub_month BETWEEN $first_month AND $last_month
    AND p.published_at >= $start AND p.published_at < $stop
GROUP BY p.account_id, p.pub_month
ORDER BY p.account_id, p.pub_month
