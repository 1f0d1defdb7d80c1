-- The middle post's responses of each key: one viral post does not move it.
SELECT
    m.key AS key,
    m.platform AS platform,
    median(p.any_response) AS median_response
FROM measured AS p
JOIN sources AS s ON s.account_id = p.account_id AND s.source IN ('posts', 'fragments')
JOIN members AS m ON m.account_id = p.account_id
GROUP BY m.key, m.platform
