-- P(Poisson(expected) >= seen), exact: the upper tail summed term by term in logarithms.
-- Null without an expectation; 1 when nothing was seen. A tail ends where its terms have come down to 1e-18 of the first:
-- they shrink by expected / (seen + 1) or faster, and over n terms by expected / sqrt((seen + 1) (seen + n)) in the
-- geometric mean, or faster; there n is 16 + 6 sqrt(expected) at least.
create macro poisson_tail(seen, expected) as
    case
        when seen = 0 then 1.0
        when expected is null then null
        when expected = 0 then 0.0
        when seen > expected then least(1.0, list_sum(list_transform(
            range(seen::bigint, seen::bigint + least(
                60 + 12 * sqrt(expected),
                2 - 18 / log10(expected / (seen + 1)),
                greatest(16 + 6 * sqrt(expected),
                    2 - 18 / log10(expected / sqrt((seen + 1) * (seen + 16 + 6 * sqrt(expected)))))
            )::bigint),
            lambda k: exp(k * ln(expected) - expected - lgamma(k + 1))
        )))
        else greatest(0.0, 1.0 - list_sum(list_transform(
            range(0, seen::bigint), lambda k: exp(k * ln(expected) - expected - lgamma(k + 1))
        )))
    end;
