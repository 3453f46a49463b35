-- The 52 weeks in which a row is stored together with its company's or pair's: what is asked of one company or pair over
-- years reads little of each, what is asked of a day reads little more than a year.
create macro storage_year(day) as (day - date '1970-01-01') // 364;
