-- critical: no article is known from tomorrow on (one day for time zones)
select article_id, known_on from articles where known_on > current_date + 1
