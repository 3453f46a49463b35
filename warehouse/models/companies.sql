-- companies: the companies that we look for.
-- grain: one row per company (company_id)
-- sources: seeds.companies
--
-- company_id  slug
-- company     the name that the press uses
-- parent_id   company_id of the parent; null: none, or not in our list
-- country     ISO 3166-1 alpha-2 of the seat
-- lei         legal entity identifier (ISO 17442); null where not certain
-- isin        of the main share (ISO 6166); null where not listed or not certain
select company_id, company, parent_id, country, lei, isin
from seeds.companies
order by company_id
