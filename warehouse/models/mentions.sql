-- mentions: every naming of a company in the latest version of an article.
-- grain: one row per place (article_id, sentence_no, company_id, start_char)
-- sources: articles, lake.mentions
-- rebuilt: by article_id
--
-- article_id         the article
-- sentence_no        0 is the title, 1 the body's first sentence
-- company_id         the company
-- start_char         offset in the body (sentence 0: in the title), in characters
-- end_char           offset behind the last character
-- surface            the words as printed
-- match_rule         name, alias, inflected, compound, product, anaphor
-- in_title           stands in the title
-- in_lead            stands in the first paragraph
-- is_source_credit   names a source or a photo credit: kept, not counted
-- is_quoted          stands inside quotation marks
-- company_sentiment  -1, 0, +1: what the sentence says of the company; null: not scored
-- lake_day           day of the lake that holds the row
select
    article_id,
    sentence_no,
    company_id,
    start_char,
    end_char,
    surface,
    match_rule,
    in_title,
    in_lead,
    is_source_credit,
    is_quoted,
    company_sentiment,
    lake_day
from lake.mentions
join articles using (article_id, version)
