-- The 95 % interval of (positive share - negative share) when n stories were seen: normal approximation to the
-- posterior of a Dirichlet(1/2, 1/2, 1/2) prior over positive, neutral, negative (Jeffreys), cut to -1 … +1.
-- n may be an effective number and fractional; n = 0 or null gives -1 … +1: nothing is known.
create macro dirichlet_estimate(n, positive_share, negative_share) as
    coalesce(n * (positive_share - negative_share), 0) / (coalesce(n, 0) + 1.5);

create macro dirichlet_error(n, positive_share, negative_share) as
    sqrt(
        (
            (coalesce(n * (positive_share + negative_share), 0) + 1) / (coalesce(n, 0) + 1.5)
            - dirichlet_estimate(n, positive_share, negative_share) ** 2
        ) / (coalesce(n, 0) + 2.5)
    );

create macro dirichlet_low(n, positive_share, negative_share) as
    case when coalesce(n, 0) = 0 then -1.0 else greatest(
        -1.0, dirichlet_estimate(n, positive_share, negative_share) - 1.96 * dirichlet_error(n, positive_share, negative_share)
    ) end;

create macro dirichlet_high(n, positive_share, negative_share) as
    case when coalesce(n, 0) = 0 then 1.0 else least(
        1.0, dirichlet_estimate(n, positive_share, negative_share) + 1.96 * dirichlet_error(n, positive_share, negative_share)
    ) end;
