-- scored_days: which version of the scorer scored each day of the lake.
-- grain: one row per day of the lake that was scored (lake_day)
-- sources: lake.score_runs
-- rebuilt: by lake_day
--
-- lake_day        the day
-- scorer_version  version of the rules and weights that scored it
-- articles        article versions scored
select lake_day, scorer_version, articles
from lake.score_runs
order by lake_day
