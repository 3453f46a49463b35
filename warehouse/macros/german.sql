-- Numbers and days in German sentences: 1234.5 -> 1234,5; 2026-09-03 -> 3.9.2026.
create macro german_number(x, digits) as replace(printf('%.' || digits || 'f', x::double), '.', ',');
create macro german_signed(x, digits) as replace(replace(printf('%+.' || digits || 'f', x::double), '.', ','), '-', '−');
create macro german_day(x) as strftime(x, '%-d.%-m.%Y');
