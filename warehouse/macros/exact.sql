-- A number of moderate size as a decimal: sums of decimals are exact in whatever order the threads add them up, so two
-- builds are equal, and the difference of two running sums is the sum of what lies between.
create macro exact(x) as x::decimal(38, 15);

-- The sum of a day, 0 where there is none: narrower, so that tables stay small; windows are sums of these.
create macro day_sum(x) as coalesce(x, 0)::decimal(18, 12);
