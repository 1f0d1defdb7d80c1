-- One row a post of the period that has a text: form and function by declared words.
-- A post whose words say nothing keeps a null function: the rule abstains rather than guesses.
-- The words are filled in from presets/lexicons, never from data.
SELECT
    p.post_key AS post_key,
    CASE
        WHEN regexp_matches(x.words, {infographic}) AND (p.pictures > 0 OR p.long_text) THEN '一图解说'
        WHEN p.video THEN '视频'
        WHEN p.long_text THEN '长微博'
        WHEN p.pictures > 0 THEN '图片'
        WHEN p.pictures IS NULL AND p.video IS NULL AND p.long_text IS NULL THEN NULL
        ELSE '文字'
    END AS form,
    CASE
        {functions}
        ELSE NULL
    END AS function
FROM posts AS p
LEFT JOIN (
    SELECT post_key, coalesce(title, '') || ' ' || coalesce(text, '') AS words
    FROM texts
    WHERE pub_month BETWEEN $first_month AND $last_month
) AS x ON x.post_key = p.post_key
WHERE p.published_at >= $start AND p.published_at < $stop
    AND p.pub_month BETWEEN $first_month AND $last_month
