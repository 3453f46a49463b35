-- critical: every mention names a company of the registry
select company_id, count(*) as mentions from mentions anti join main.companies using (company_id) group by company_id
