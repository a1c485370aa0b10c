-- Lock: short access exclusive on token_usage for a column without a rewrite. Cost: calls under way are written once more.
-- What a call holds stands in its row: a row and an index of its own cost an insert to reserve and a delete to settle.
alter table token_usage add column held jsonb;
comment on column token_usage.held is 'What it holds of each budget while it is reserved, and held until it was settled: amounts in the unit of the budget, by the budget''s id. Null: of none.';
select overmind.tenant_table('public.token_usage', visibility => 'owner', owner_column => 'user_id',
    fixed => '{conversation_id,project_id,run_id,step_id,attempt,api_key_id,trace_id,workflow_key,is_scheduled,operation,provider,model,created_at,settle_by,held}');
revoke delete on token_usage from authenticated, service_role;

update token_usage u
set held = h.held
from (
    select organization_id, ledger_id, jsonb_object_agg(budget_id, amount) as held
    from budget_holds
    group by organization_id, ledger_id) as h
where u.organization_id = h.organization_id
  and u.id = h.ledger_id
  and u.status = 'reserved';
drop table budget_holds;

-- Who reserves looks whether there is a change that adds more than it frees; nearly all free.
create index budget_changes_more_idx on budget_changes (organization_id, budget_id, subject, period_start, xid) where used + reserved > 0;
