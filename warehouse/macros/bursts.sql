-- News come in bursts: the number of a day is not Poisson but wider, here a negative binomial (size alpha^-1).

-- Variance / mean of n daily numbers with this total and this sum of squares, as it is at most (99.5 %): the estimate, 1
-- at least, + 2.58 standard errors. A small sample mostly misses the days that make the tail. The estimate by moments of
-- alpha = (variance/mean - 1)/mean has the standard error variance/mean / mean x sqrt(2 (1 + alpha) / (n - 1)): F. J. Anscombe,
-- Biometrika 37 (1950), 358-382. Without a number: that of a Poisson variable, alpha = 0.
create macro dispersion_estimate(squares, total, n) as
    case when total > 0 then greatest(1, (squares - total ** 2 / n) / greatest(n - 1, 1) / (total / n)) else 1.0 end;

create macro dispersion_bound(squares, total, n) as
    dispersion_estimate(squares, total, n) * (1 + 2.58 * sqrt(2 / greatest(n - 1, 1)
        * (1 + case when total > 0 then (dispersion_estimate(squares, total, n) - 1) / (total / n) else 0 end)));

-- P(X >= seen) for a negative binomial X of this mean and this variance / mean (1 and less: Poisson), exact: terms are
-- summed in logarithms, upwards where the tail is small, until they have come down to 1e-18 of the first. Null without an
-- expectation; 1 when nothing was seen.
create macro negative_binomial_term(k, size, dispersion) as
    exp(lgamma(k + size) - lgamma(size) - lgamma(k + 1) - size * ln(dispersion) + k * ln(1 - 1 / dispersion));

create macro negative_binomial_tail(seen, expected, dispersion) as
    case
        when seen = 0 then 1.0
        when expected is null or dispersion is null then null
        when expected = 0 then 0.0
        when dispersion <= 1 then poisson_tail(seen, expected)
        when seen > expected then least(1.0, list_sum(list_transform(
            range(seen::bigint, seen::bigint + least(60 + 40 * dispersion + 12 * sqrt(expected * dispersion), 2 - 18 / log10(
                (1 - 1 / dispersion) * greatest(1, (seen + expected / (dispersion - 1)) / (seen + 1))))::bigint),
            lambda k: negative_binomial_term(k, expected / (dispersion - 1), dispersion)
        )))
        else greatest(0.0, 1.0 - list_sum(list_transform(
            range(0, seen::bigint), lambda k: negative_binomial_term(k, expected / (dispersion - 1), dispersion)
        )))
    end;
