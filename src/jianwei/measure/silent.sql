-- Accounts that a timeline vouches for and that published nothing: collected, and zero.
-- Counts of responses are zero because there was nothing to respond to.
SELECT
    s.account_id AS account_id,
    split_part(s.account_id, ':', 1) AS platform,
    s.source AS source,
    {zeros},
    0 AS censored_posts,
    0 AS aged_posts,
    0 AS raised_posts
FROM sources AS s
WHERE s.source = 'posts' AND s.account_id NOT IN (SELECT account_id FROM active)
