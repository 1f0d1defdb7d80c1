-- One row a post of the period: form and function by declared words, and whether it has words at all.
-- A form is known where something is there, or where the pictures are known; else it is null.
-- An article of WeChat has pictures as a rule, so its title alone says that it explains in one.
-- A post whose words say nothing keeps a null function: the rule abstains rather than guesses.
-- The words are filled in from presets/lexicons, never from data.
SELECT
    p.post_key AS post_key,
    CASE
        WHEN regexp_matches(x.words, {infographic})
            AND (p.pictures > 0 OR p.long_text OR p.platform = 'wechat') THEN '一图解说'
        WHEN p.video THEN '视频'
        WHEN p.long_text THEN '长微博'
        WHEN p.pictures > 0 THEN '图片'
        WHEN p.pictures IS NULL THEN NULL
        ELSE '文字'
    END AS form,
    CASE
        {functions}
        ELSE NULL
    END AS function,
    coalesce(trim(x.words), '') <> '' AS worded
FROM posts AS p
LEFT JOIN (
    SELECT post_key, coalesce(title, '') || ' ' || coalesce(text, '') AS words
    FROM texts
    WHERE pub_month BETWEEN $first_month AND $last_month AND {within}
) AS x ON x.post_key = p.post_key
WHERE p.published_at >= $start AND p.published_at < $stop
    AND p.pub_month BETWEEN $first_month AND $last_month
    AND {among}
