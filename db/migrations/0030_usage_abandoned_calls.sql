-- Lock: access exclusive on token_usage for a column without a rewrite, then against writes while its rows are read for an index, which is nearly empty. Cost: one read of the ledger.
-- What waits in jobs until now is told on the calls themselves: a call cost a job besides, which found it settled nearly always.
alter table token_usage add column settle_by timestamptz;
comment on column token_usage.settle_by is 'When nobody is left who would settle it, of a call that is none of a run: from then on it is settled by estimate. Null: its run sees to it, or whoever wrote it.';
select overmind.tenant_table('public.token_usage', visibility => 'owner', owner_column => 'user_id',
    fixed => '{conversation_id,project_id,run_id,step_id,attempt,api_key_id,trace_id,workflow_key,is_scheduled,operation,provider,model,created_at,settle_by}');
revoke delete on token_usage from authenticated, service_role;
create index token_usage_abandoned_idx on token_usage (settle_by) where status = 'reserved' and settle_by is not null;

update token_usage u
set settle_by = j.run_at
from jobs j
where j.kind = 'playground.settle'
  and j.completed_at is null
  and u.organization_id = j.organization_id
  and u.id = (j.payload ->> 'id')::uuid
  and u.status = 'reserved';
delete from jobs where kind = 'playground.settle';
