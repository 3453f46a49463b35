-- builds: which build this file is. Same inputs, same rows: when it was built is the file's own time.
-- grain: one row per build, which is this one (build_id)
-- sources: build.facts, build_inputs, scored_days
--
-- build_id        hash of all that follows
-- git_revision    commit of the code, -dirty where files differed from it; null: not built in a checkout
-- scorer_version  versions of the scorer that scored the days in it; null: the lake does not say
-- duckdb_version  the engine
-- code            hash of the Python files of the warehouse and the lake
-- models          hash of the SQL files
-- seeds           hash of companies and publishers
-- inputs          hash of the lake's files; dataset by dataset in build_inputs
with read as (
    select string_agg(dataset || inputs, ',' order by dataset) as inputs from build_inputs
),
scored as (
    select string_agg(distinct scorer_version, ', ' order by scorer_version) as scorer_version from scored_days
),
whole as (
    select
        git_revision, scorer_version, duckdb_version, code, models, seeds,
        left(sha256(coalesce(read.inputs, '')), 16) as inputs
    from build.facts
    cross join read
    cross join scored
)
select
    left(sha256(concat_ws(',', git_revision, scorer_version, duckdb_version, code, models, seeds, inputs)), 16) as build_id,
    *
from whole
