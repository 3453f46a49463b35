-- A company's sentiment over a window: its row of company_windows as a struct.
create macro window_tone(days, w) as case days
    when 7 then w.sentiment_sum_7 / nullif(w.stories_7, 0)
    when 28 then w.sentiment_sum_28 / nullif(w.stories_28, 0)
    else w.sentiment_sum_91 / nullif(w.stories_91, 0)
end;

-- How many equal stories the weights amount to: (sum of weight) squared / sum of weight squared.
create macro effective(weight, squared) as coalesce(weight::double ** 2 / nullif(squared::double, 0), 0);
