-- article_body(article): title and full text of an article's latest version, read from the lake on demand.
--
-- article_id    the article
-- version       its latest version that the lake holds
-- publisher     slug of the publisher
-- published_at  first publication, UTC
-- title         as printed
-- body          paragraphs separated by one newline
-- url           canonical address
create macro article_body(article) as table
select article_id, version, publisher, published_at, title, body, url
from lake.articles
where article_id = article
qualify version = max(version) over ();
