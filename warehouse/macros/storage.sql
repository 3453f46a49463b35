-- The 52 weeks in which a row is stored together with its company's or pair's: what is asked of one company or pair over
-- years reads little of each, what is asked of a day reads little more than a year.
create macro storage_year(day) as (day - date '1970-01-01') // 364;

-- How much a day's stories weigh in sums that lose half their weight every 7 days, counted from the start of its storage year.
create macro growth(day) as power(2, (day - date '1970-01-01') % 364 / 7);

-- 32 bits of DuckDB's hash of an id, by which a build finds rows sooner; ids may share one.
create macro short_hash(id) as (hash(id) >> 32)::uinteger;
