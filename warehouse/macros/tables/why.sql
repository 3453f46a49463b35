-- why(pair, day, window_days := 28): which stories moved a pair's figure since the window before, the strongest first.
--
-- moved               came: in the window that ends on the day; left: in the one before it
-- published_on        day of first publication, Berlin time
-- publisher           slug of the publisher
-- title               title of the story's first article
-- relation_sentiment  what the article says of the relation
-- weight              its relevance
-- change              what the story moved; adds up to figure_now - figure_before. Coming and leaving each explain
--                     half: weight x (relation_sentiment - the middle of both figures) / weight of its window
-- figure_before       relation_sentiment of the window before; null without a story, and so is every change
-- figure_now          relation_sentiment of the window
-- url                 address of the article
create macro why(pair, day, window_days := 28) as table
with told as (
    select
        article_id, published_on, relation_sentiment, relevance as weight,
        if(published_on > day::date - window_days::int, 'came', 'left') as moved
    from article_pairs
    where pair_id = pair and novelty_rank = 1 and relation_sentiment is not null
        and published_on > day::date - 2 * window_days::int and published_on <= day::date
),
figures as (
    select
        sum(weight) filter (moved = 'came') as weight_now,
        sum(weight) filter (moved = 'left') as weight_before,
        sum(weight * relation_sentiment) filter (moved = 'came') / nullif(weight_now, 0) as figure_now,
        sum(weight * relation_sentiment) filter (moved = 'left') / nullif(weight_before, 0) as figure_before,
        (figure_now + figure_before) / 2 as middle
    from told
)
select
    moved, t.published_on, publisher, title, relation_sentiment, weight,
    if(moved = 'came', weight / weight_now, -weight / weight_before) * (relation_sentiment - middle) as change,
    figure_before, figure_now, url
from told as t
cross join figures
join articles as a using (article_id)
where a.published_on > day::date - 2 * window_days::int and a.published_on <= day::date
order by abs(change) desc, t.published_on, article_id;
