-- critical: every excerpt stands in its article, where the text is still in the lake; looked at: 8 days of the lake, in a build by days those that changed
select s.article_id, s.sentence_no, s.pair_id, s.excerpt
from bodies_looked_at as b
join articles as a on a.article_id = b.article_id and a.version = b.version
join pair_sentences as s on s.article_id = b.article_id
where b.body <> '' and not contains(b.title || chr(10) || b.body, trim(s.excerpt, '…'))
