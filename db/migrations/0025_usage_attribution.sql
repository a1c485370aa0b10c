-- Lock: short access exclusive on token_usage, workflow_runs, step_replays and usage_changes for columns without a rewrite. Cost: rows of runs in the ledger are
-- written once more, and the ledger is summed up anew after the migrations.

alter table workflow_runs
    add column api_key_id   uuid    default overmind.request_origin('api_key_id')::uuid,
    add column trace_id     text    default overmind.request_origin('request_id'),
    add column is_scheduled boolean not null default coalesce(overmind.request_origin('is_scheduled')::boolean, false);
comment on column workflow_runs.api_key_id is 'API key that asked; null: none did.';
comment on column workflow_runs.trace_id is 'Request that asked, as X-Request-Id names it: its trace where the caller sent one.';
comment on column workflow_runs.is_scheduled is 'Whether the job of a schedule asked.';
select overmind.tenant_table('public.workflow_runs', visibility => 'inherited', owner_column => 'user_id', fixed => '{conversation_id,question_message_id,api_key_id,trace_id,is_scheduled}');

alter table step_replays
    add column api_key_id   uuid    default overmind.request_origin('api_key_id')::uuid,
    add column trace_id     text    default overmind.request_origin('request_id'),
    add column is_scheduled boolean not null default coalesce(overmind.request_origin('is_scheduled')::boolean, false);
comment on column step_replays.api_key_id is 'API key that asked; null: none did.';
comment on column step_replays.trace_id is 'Request that asked, as X-Request-Id names it.';
comment on column step_replays.is_scheduled is 'Whether the job of a schedule asked.';
select overmind.tenant_table('public.step_replays', visibility => 'inherited', owner_column => 'user_id',
    fixed => '{run_id,step_id,requested_by,provider,model,temperature,api_key_id,trace_id,is_scheduled}');

alter table token_usage
    add column workflow_key text,
    add column is_scheduled boolean not null default coalesce(overmind.request_origin('is_scheduled')::boolean, false),
    alter column api_key_id set default overmind.request_origin('api_key_id')::uuid,
    alter column trace_id set default overmind.request_origin('request_id');
comment on column token_usage.api_key_id is 'API key that asked; null: none did.';
comment on column token_usage.trace_id is 'Request that asked, as X-Request-Id names it: its trace where the caller sent one.';
comment on column token_usage.workflow_key is 'Key of the run''s workflow; null outside of runs.';
comment on column token_usage.is_scheduled is 'Whether the job of a schedule asked.';
select overmind.tenant_table('public.token_usage', visibility => 'owner', owner_column => 'user_id',
    fixed => '{conversation_id,project_id,run_id,step_id,attempt,api_key_id,trace_id,workflow_key,is_scheduled,operation,provider,model,created_at}');
revoke delete on token_usage from authenticated, service_role;
update token_usage u
set workflow_key = w.key
from workflow_runs r
join workflows w on w.organization_id = r.organization_id and w.id = r.workflow_id
where r.organization_id = u.organization_id
  and r.id = u.run_id;

alter table usage_changes
    add column workflow_key text,
    add column api_key_id   uuid;
comment on column usage_changes.workflow_key is 'Key of the workflow.';
comment on column usage_changes.api_key_id is 'API key that asked.';
comment on table usage_totals is 'Sums of usage: by hour (UTC) and by day (of the organization), for the organization and by user, model, operation, project, workflow and API key. Without what is pending in usage_changes: usage_rollups has both.';
comment on column usage_totals.dimension is 'By what it is summed: organization, user, model, operation, project, workflow or api_key.';
comment on column usage_totals.subject is 'The model as provider/model, the operation, the key of the workflow, or the id of the project or API key; null for none.';
update organizations set usage_timezone = null;

create table exchange_rates (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    currency        text        not null,
    valid_from      date        not null,
    rate            numeric     not null,
    created_by      uuid        default overmind.user_id(),
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    constraint exchange_rates_pkey primary key (organization_id, id),
    constraint exchange_rates_day_key unique (organization_id, currency, valid_from),
    constraint exchange_rates_organization_fkey foreign key (organization_id) references organizations (id),
    constraint exchange_rates_currency_shape check (currency ~ '^[A-Z]{3}$' and currency <> 'USD'),
    constraint exchange_rates_valid_from_finite check (isfinite(valid_from)),
    constraint exchange_rates_rate_range check (rate >= 0.000001 and rate <= 1000000000)
);
comment on table exchange_rates is 'What one US dollar is worth in other currencies, as an organization reckons. Costs are kept in US dollars; budgets and reports may be in another currency.';
comment on column exchange_rates.organization_id is 'Tenant.';
comment on column exchange_rates.id is 'Identity.';
comment on column exchange_rates.currency is 'The other currency, by ISO 4217.';
comment on column exchange_rates.valid_from is 'The organization''s day from which on it holds, until the next one of that currency.';
comment on column exchange_rates.rate is 'Units of that currency for one US dollar.';
comment on column exchange_rates.created_by is 'Who set it.';
comment on column exchange_rates.created_at is 'When it was set.';
comment on column exchange_rates.updated_at is 'When it was last changed; kept by a trigger.';
select overmind.tenant_table('public.exchange_rates', fixed => '{currency,valid_from,created_by,created_at}');
create policy managers_insert on exchange_rates as restrictive for insert to public
    with check (overmind.org_role() = 'admin' or overmind.has_permission('models.manage'));
create policy managers_update on exchange_rates as restrictive for update to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('models.manage'))
    with check (overmind.org_role() = 'admin' or overmind.has_permission('models.manage'));
create policy managers_delete on exchange_rates as restrictive for delete to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('models.manage'));
