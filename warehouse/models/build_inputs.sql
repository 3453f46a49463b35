-- build_inputs: what this file was built from, dataset by dataset.
-- grain: one row per dataset of the lake (dataset)
-- sources: build.partitions
--
-- dataset    name of the dataset
-- days       its days
-- first_day  the first of them, UTC day of fetching
-- last_day   the last
-- files      its files
-- rows       its rows
-- inputs     hash over the files' footers: equal where nothing changed
select
    dataset,
    count(*) as days,
    min(day) as first_day,
    max(day) as last_day,
    sum(files)::bigint as files,
    sum(rows)::bigint as rows,
    left(sha256(string_agg(day || hash, ',' order by day)), 16) as inputs
from build.partitions
group by dataset
order by dataset
