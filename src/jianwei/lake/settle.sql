-- One row a post, from all its observations. Reads the view `observations` (rows of `readings`
-- whose import counts). Nothing here depends on the order in which files were imported.
--
-- Order of observations: by observed_at, then sha256, then source_row; place 1 is the latest.
-- Identity (month, account, platform, time of publication): of the latest observation.
-- Attributes and counts: each from the latest observation that knows it, so that a sparse
--   source never wipes out what a fuller one said. A count's marks (censored, rounded) and the
--   basis of reads come from the same observation as the count. observed_at is the latest of all.
-- Reading at age A: the earliest observation with published_at + A <= observed_at
--   < published_at + A + window, whole, with its own time; null when there is none.
WITH placed AS (
    SELECT
        *,
        row_number() OVER latest_first AS place,
        first_value(published_at) OVER latest_first AS published
    FROM observations
    WINDOW latest_first AS (
        PARTITION BY post_key
        ORDER BY observed_at DESC, sha256 DESC, source_row DESC
    )
),
gathered AS (
    SELECT
        post_key,
        arg_min(pub_month, place) AS pub_month,
        arg_min(account_id, place) AS account_id,
        arg_min(platform, place) AS platform,
        arg_min(published_at, place) AS published_at,
        arg_min(original, place) FILTER (WHERE original IS NOT NULL) AS original,
        arg_min(declared_original, place) FILTER (WHERE declared_original IS NOT NULL) AS declared_original,
        arg_min(headline, place) FILTER (WHERE headline IS NOT NULL) AS headline,
        arg_min(pictures, place) FILTER (WHERE pictures IS NOT NULL) AS pictures,
        arg_min(video, place) FILTER (WHERE video IS NOT NULL) AS video,
        arg_min(long_text, place) FILTER (WHERE long_text IS NOT NULL) AS long_text,
        arg_min(repost_of, place) FILTER (WHERE repost_of IS NOT NULL) AS repost_of,
        max(observed_at) AS observed_at,
        -- the count with the marks (and the basis) that stood beside it
        arg_min({'n': reads, 'c': censored, 'r': rounded, 'b': read_basis}, place) FILTER (WHERE reads IS NOT NULL) AS reads,
        arg_min({'n': reposts, 'c': censored, 'r': rounded}, place) FILTER (WHERE reposts IS NOT NULL) AS reposts,
        arg_min({'n': comments, 'c': censored, 'r': rounded}, place) FILTER (WHERE comments IS NOT NULL) AS comments,
        arg_min({'n': likes, 'c': censored, 'r': rounded}, place) FILTER (WHERE likes IS NOT NULL) AS likes,
        arg_min({'n': wow, 'c': censored, 'r': rounded}, place) FILTER (WHERE wow IS NOT NULL) AS wow,
        arg_min({'n': shares, 'c': censored, 'r': rounded}, place) FILTER (WHERE shares IS NOT NULL) AS shares,
        -- the earliest observation has the greatest place
        arg_max({'observed_at': observed_at, 'reads': reads, 'reposts': reposts, 'comments': comments,
                 'likes': likes, 'wow': wow, 'shares': shares}, place)
            FILTER (WHERE observed_at >= published + INTERVAL 24 HOUR
                      AND observed_at < published + INTERVAL 48 HOUR) AS at_24h,
        arg_max({'observed_at': observed_at, 'reads': reads, 'reposts': reposts, 'comments': comments,
                 'likes': likes, 'wow': wow, 'shares': shares}, place)
            FILTER (WHERE observed_at >= published + INTERVAL 168 HOUR
                      AND observed_at < published + INTERVAL 240 HOUR) AS at_7d,
        arg_max({'observed_at': observed_at, 'reads': reads, 'reposts': reposts, 'comments': comments,
                 'likes': likes, 'wow': wow, 'shares': shares}, place)
            FILTER (WHERE observed_at >= published + INTERVAL 720 HOUR
                      AND observed_at < published + INTERVAL 1080 HOUR) AS at_30d,
        count(*) AS readings,
        CASE WHEN bool_or(scope = 'timeline') THEN 'timeline'
             WHEN bool_or(scope = 'listing') THEN 'listing'
             WHEN bool_or(scope = 'search') THEN 'search'
             ELSE arg_min(scope, place) END AS scope
    FROM placed
    GROUP BY post_key
)
SELECT
    pub_month, post_key, account_id, platform, published_at,
    original, declared_original, headline, pictures, video, long_text, repost_of,
    observed_at, reads.b AS read_basis,
    reads.n AS reads, reposts.n AS reposts, comments.n AS comments,
    likes.n AS likes, wow.n AS wow, shares.n AS shares,
    nullif(concat_ws(',',
        CASE WHEN list_contains(string_split(reads.c, ','), 'reads') THEN 'reads' END,
        CASE WHEN list_contains(string_split(reposts.c, ','), 'reposts') THEN 'reposts' END,
        CASE WHEN list_contains(string_split(comments.c, ','), 'comments') THEN 'comments' END,
        CASE WHEN list_contains(string_split(likes.c, ','), 'likes') THEN 'likes' END,
        CASE WHEN list_contains(string_split(wow.c, ','), 'wow') THEN 'wow' END,
        CASE WHEN list_contains(string_split(shares.c, ','), 'shares') THEN 'shares' END), '') AS censored,
    nullif(concat_ws(',',
        CASE WHEN list_contains(string_split(reads.r, ','), 'reads') THEN 'reads' END,
        CASE WHEN list_contains(string_split(reposts.r, ','), 'reposts') THEN 'reposts' END,
        CASE WHEN list_contains(string_split(comments.r, ','), 'comments') THEN 'comments' END,
        CASE WHEN list_contains(string_split(likes.r, ','), 'likes') THEN 'likes' END,
        CASE WHEN list_contains(string_split(wow.r, ','), 'wow') THEN 'wow' END,
        CASE WHEN list_contains(string_split(shares.r, ','), 'shares') THEN 'shares' END), '') AS rounded,
    at_24h, at_7d, at_30d, readings, scope
FROM gathered
