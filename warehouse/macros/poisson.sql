-- P(Poisson(expected) >= seen), exact: the upper tail summed term by term in logarithms.
-- Null without an expectation; 1 when nothing was seen.
create macro poisson_tail(seen, expected) as
    case
        when seen = 0 then 1.0
        when expected is null then null
        when expected = 0 then 0.0
        when seen > expected then least(1.0, list_sum(list_transform(
            range(seen::bigint, seen::bigint + 60 + (12 * sqrt(expected))::bigint),
            lambda k: exp(k * ln(expected) - expected - lgamma(k + 1))
        )))
        else greatest(0.0, 1.0 - list_sum(list_transform(
            range(0, seen::bigint), lambda k: exp(k * ln(expected) - expected - lgamma(k + 1))
        )))
    end;
