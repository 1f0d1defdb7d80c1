-- The middle post's responses of each key: one viral post does not move it. Missing where too many
-- posts (share known below $known) do not know theirs.
SELECT
    m.key AS key,
    m.platform AS platform,
    CASE WHEN count(p.any_response) >= $known * count(*) THEN median(p.any_response) END AS median_response
FROM measured AS p
JOIN sources AS s ON s.account_id = p.account_id AND s.source IN ('posts', 'fragments')
JOIN members AS m ON m.account_id = p.account_id
GROUP BY m.key, m.platform
