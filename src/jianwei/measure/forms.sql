-- What only an account's operator can tell, from sums of the period: requests, replies, new followers.
-- It stands beside posts as well as beside totals. A field that one of the rows leaves blank is
-- missing; new followers of a part of the period are not those of the period.
SELECT
    f.account_id AS account_id,
    CASE WHEN count(f.asked) = count(*) THEN cast(sum(f.asked) AS BIGINT) END AS asked,
    CASE WHEN count(f.replied) = count(*) THEN cast(sum(f.replied) AS BIGINT) END AS replied,
    CASE WHEN count(f.new_followers) = count(*)
            AND sum(date_diff('day', f.start, f."end") + 1) >= $complete_at * max(s.expected_days)
        THEN cast(sum(f.new_followers - coalesce(f.lost_followers, 0)) AS BIGINT) END AS form_new_followers
FROM forms_of_period AS f
JOIN sources AS s ON s.account_id = f.account_id
GROUP BY f.account_id
