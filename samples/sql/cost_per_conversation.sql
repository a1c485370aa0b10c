-- What each conversation has cost so far, the dearest first. A cost of null is not 0: the price of a call is unknown.
select
    c.id,
    c.title,
    count(r.id) as runs,
    sum(r.tokens_input) as tokens_input,
    sum(r.tokens_output) as tokens_output,
    case when bool_and(r.cost_usd is not null) then sum(r.cost_usd) end as cost_usd
from conversations as c
join workflow_runs as r
    on r.organization_id = c.organization_id
    and r.conversation_id = c.id
where c.deleted_at is null
group by c.organization_id, c.id
order by cost_usd desc nulls first, tokens_output desc
limit 20;
