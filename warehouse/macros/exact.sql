-- A number of moderate size as a decimal: sums of decimals are exact in whatever order the threads add them up, so two
-- builds are equal, and the difference of two running sums is the sum of what lies between.
create macro exact(x) as x::decimal(38, 15);

-- What a running sum has gained since an earlier day; null there: it had not begun.
create macro added(now, earlier) as now - coalesce(earlier, 0);
