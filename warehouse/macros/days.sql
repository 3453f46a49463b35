-- Today as days are counted here, in Berlin time; current_date is the day of the reader's clock.
create macro berlin_today() as (now() at time zone 'Europe/Berlin')::date;
