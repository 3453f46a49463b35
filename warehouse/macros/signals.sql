-- What a day says of a signal: 1, its rule of opening holds; 0, the rule that keeps it open does not, or the pair is not
-- watched; null: it stays as it was. A rule without an answer (null) does not hold.
create macro signal_state(is_watched, opens, holds) as
    case when is_watched and opens then 1 when is_watched and holds then null else 0 end;
