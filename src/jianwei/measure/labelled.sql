-- Posts of each account by form and function. Where too many posts do not let the form be told, or
-- have no words (share below $known), the number is missing; a post whose words name no function
-- counts for none.
SELECT
    p.account_id AS account_id,
    CASE WHEN count(*) FILTER (WHERE l.worded AND (l.form IS NOT NULL OR p.platform = 'wechat')) >= $known * count(*)
        THEN count(*) FILTER (WHERE l.form = '一图解说') END AS infographics,
    CASE WHEN count(*) FILTER (WHERE l.worded) >= $known * count(*)
        THEN count(*) FILTER (WHERE l.function = '便民服务') END AS service_posts
FROM posts AS p
JOIN labels AS l ON l.post_key = p.post_key
JOIN sources AS s ON s.account_id = p.account_id AND s.source IN ('posts', 'fragments')
WHERE p.published_at >= $start AND p.published_at < $stop
    AND p.pub_month BETWEEN $first_month AND $last_month
GROUP BY p.account_id
