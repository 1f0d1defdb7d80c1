-- Posts of each account by form and function; an unlabelled post counts for none of them.
SELECT
    p.account_id AS account_id,
    count(*) FILTER (WHERE l.form = '一图解说') AS infographics,
    count(*) FILTER (WHERE l.function = '便民服务') AS service_posts
FROM posts AS p
JOIN labels AS l ON l.post_key = p.post_key
WHERE p.published_at >= $start AND p.published_at < $stop
    AND p.pub_month BETWEEN $first_month AND $last_month
GROUP BY p.account_id
