-- critical: every pair sentence has its article, its pair there, and an excerpt of at most 160 characters
select s.article_id, s.sentence_no, s.pair_id, length(excerpt) as excerpt_length
from pair_sentences as s
left join article_pairs as p using (article_id, pair_id)
where p.article_id is null or length(excerpt) not between 1 and 160
