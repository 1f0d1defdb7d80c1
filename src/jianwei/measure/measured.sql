-- Posts of the period with the counts of the declared reading ({reading}: latest or a declared age);
-- reads of another basis (人 against 次) than the declared one are missing. aged: whether the counts
-- are of that age; raised: whether they were younger and were raised by the account's curve.
SELECT
    post_key, account_id, platform, published_at, original, declared_original, headline,
    pictures, video, long_text, scope, observed_at, censored,
    CASE WHEN $read_basis = 'any' OR read_basis = $read_basis THEN {counts}reads END AS reads,
    {counts}reposts AS reposts,
    {counts}comments AS comments,
    {counts}likes AS likes,
    {counts}wow AS wow,
    {counts}shares AS shares,
    CASE WHEN coalesce({counts}reposts, {counts}comments, {counts}likes, {counts}wow, {counts}shares) IS NOT NULL
        THEN coalesce({counts}reposts, 0) + coalesce({counts}comments, 0) + coalesce({counts}likes, 0)
            + coalesce({counts}wow, 0) + coalesce({counts}shares, 0) END AS any_response,
    {aged} AS aged,
    {raised} AS raised
FROM {posts}
WHERE published_at >= $start AND published_at < $stop
    AND pub_month BETWEEN $first_month AND $last_month
