-- Posts with the reading that stands for the declared age (chosen, its age in hours chosen_age): the
-- one of that age, else {rule}; none where fewer than $reading_least of an account's posts have it.
SELECT
    *,
    CASE WHEN enough THEN stands END AS chosen,
    CASE WHEN enough THEN date_diff('second', published_at, stands.observed_at) / 3600e0 END AS chosen_age
FROM (
    SELECT
        *,
        CASE WHEN {at} IS NOT NULL THEN {at} ELSE {other} END AS stands,
        count({at}) OVER (PARTITION BY account_id) >= $reading_least * count(*) OVER (PARTITION BY account_id)
            AS enough
    FROM (
        SELECT *, {{'observed_at': observed_at, 'reads': reads, 'reposts': reposts, 'comments': comments,
                   'likes': likes, 'wow': wow, 'shares': shares}} AS newest
        FROM posts
        WHERE published_at >= $start AND published_at < $stop
            AND pub_month BETWEEN $first_month AND $last_month
    )
)
