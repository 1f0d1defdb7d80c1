-- Readings younger than the declared age, raised by the account's own curve: of posts read both at
-- 24 hours and at that age, the ratio of the sums, (24 h → age). A reading of h hours is raised by
-- ratio ^ (ln(age/h) / ln(age/24)), a straight line between both points on logarithmic scales; one
-- younger than 24 hours, or of an account with fewer than {least} such posts, is missing.
SELECT
    s.* EXCLUDE (chosen),
    CASE
        WHEN s.chosen_age >= {hours} THEN s.chosen
        WHEN s.chosen_age >= 24 THEN {{
            'observed_at': s.chosen.observed_at,
            {counts}
        }}
    END AS chosen,
    s.chosen_age < {hours} AND s.chosen_age >= 24 AND c.account_id IS NOT NULL AS was_raised
FROM ({stand_in}) AS s
LEFT JOIN (
    SELECT
        account_id,
        {ratios}
    FROM posts
    WHERE at_24h IS NOT NULL AND {at} IS NOT NULL
        AND published_at >= $start AND published_at < $stop
        AND pub_month BETWEEN $first_month AND $last_month
    GROUP BY account_id
    HAVING count(*) >= {least}
) AS c ON c.account_id = s.account_id
