-- Lock: access exclusive on token_usage and jobs for one check each, for which their rows are read. Cost: some seconds for ten million calls; the new tables and indexes are empty.

create table budgets (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    name            text        not null,
    dimension       text        not null,
    subject         text,
    period          text        not null,
    unit            text        not null,
    currency        text,
    limit_amount    numeric     not null,
    soft_ratio      numeric     not null default 0.8,
    on_limit        text        not null default 'block',
    second_limit    numeric,
    is_active       boolean     not null default true,
    recount_after   xid8,
    created_by      uuid        default overmind.user_id(),
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    constraint budgets_pkey primary key (organization_id, id),
    constraint budgets_name_key unique (organization_id, name),
    constraint budgets_organization_fkey foreign key (organization_id) references organizations (id),
    constraint budgets_name_length check (length(name) between 1 and 100),
    constraint budgets_dimension_known check (dimension in ('organization', 'user', 'api_key', 'project', 'workflow', 'model')),
    constraint budgets_subject_shape check (subject is null or case dimension
        when 'organization' then false
        when 'workflow' then length(subject) between 1 and 200
        when 'model' then length(subject) <= 301 and subject ~ '^[a-z0-9][a-z0-9_-]*/.'
        else subject ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    end),
    constraint budgets_period_known check (period in ('day', 'week', 'month')),
    constraint budgets_unit_known check (unit in ('money', 'tokens', 'calls')),
    constraint budgets_currency_of_money check ((unit = 'money') = (currency is not null) and currency ~ '^[A-Z]{3}$'),
    constraint budgets_limits_range check (least(limit_amount, second_limit) >= 0 and greatest(limit_amount, second_limit) <= 1000000000000000),
    constraint budgets_limits_scale check (greatest(scale(limit_amount), scale(second_limit)) <= case unit when 'money' then 10 else 0 end),
    constraint budgets_soft_ratio_range check (soft_ratio > 0 and soft_ratio <= 1 and scale(soft_ratio) <= 4),
    constraint budgets_on_limit_known check (on_limit in ('block', 'skip_scheduled', 'allow_up_to')),
    constraint budgets_second_limit_above check ((on_limit = 'allow_up_to') = (second_limit is not null) and second_limit > limit_amount)
);
comment on table budgets is 'What may be used in a period. Asked by the trigger that reserves a call in the ledger, so that nothing that reserves can pass by.';
comment on column budgets.organization_id is 'Tenant.';
comment on column budgets.id is 'Identity: a UUIDv7.';
comment on column budgets.name is 'What people call it.';
comment on column budgets.dimension is 'Whose use it limits: organization, user, api_key, project, workflow or model.';
comment on column budgets.subject is 'Which one: an id, the key of a workflow, provider/model or, for all models of a provider together, provider/*. Null: the organization, or each user, key, … by itself.';
comment on column budgets.period is 'day, week (from Monday) or month, in the time zone of the organization.';
comment on column budgets.unit is 'money, tokens (in and out) or calls.';
comment on column budgets.currency is 'Of money, by ISO 4217; null for tokens and calls.';
comment on column budgets.limit_amount is 'What may be used in a period; 0: nothing.';
comment on column budgets.soft_ratio is 'Part of the limit at which people are told, above 0 to 1.';
comment on column budgets.on_limit is 'block: no more calls; skip_scheduled: none of what a schedule asked for; allow_up_to: they go on to second_limit.';
comment on column budgets.second_limit is 'Where calls end that may go on above the limit; null unless on_limit is allow_up_to.';
comment on column budgets.is_active is 'False: it limits nothing, and is counted anew when it is switched on.';
comment on column budgets.recount_after is 'Counted once more when all transactions before this one have ended: they may not have seen the budget begin. 0: it is not known yet which. Null: it is exact.';
comment on column budgets.created_by is 'Who made it.';
comment on column budgets.created_at is 'When it was made.';
comment on column budgets.updated_at is 'When it was last changed; kept by a trigger.';
create index budgets_active_idx on budgets (organization_id) where is_active;
create index budgets_recount_idx on budgets (id) where recount_after is not null;
select overmind.tenant_table('public.budgets', fixed => '{dimension,subject,period,unit,currency,recount_after,created_by,created_at}');
create policy concerned on budgets as restrictive for select to public
    using (dimension not in ('user', 'api_key') or subject is null or dimension = 'user' and subject = overmind.user_id()::text
        or overmind.org_role() = 'admin' or overmind.has_permission('organization.manage'));
create policy managers_insert on budgets as restrictive for insert to public
    with check (overmind.org_role() = 'admin' or overmind.has_permission('organization.manage'));
create policy managers_update on budgets as restrictive for update to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('organization.manage'))
    with check (overmind.org_role() = 'admin' or overmind.has_permission('organization.manage'));
create policy managers_delete on budgets as restrictive for delete to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('organization.manage'));

create table budget_periods (
    organization_id uuid        not null,
    budget_id       uuid        not null,
    dimension       text        not null,
    subject         text        not null,
    period_start    timestamptz not null,
    period_end      timestamptz not null,
    used            numeric     not null default 0,
    reserved        numeric     not null default 0,
    unpriced_calls  bigint      not null default 0,
    folded_xid      xid8        not null default '0',
    soft_reached_at timestamptz,
    reached_at      timestamptz,
    stopped_at      timestamptz,
    created_at      timestamptz not null default clock_timestamp(),
    constraint budget_periods_pkey primary key (organization_id, budget_id, subject, period_start),
    constraint budget_periods_budget_fkey foreign key (organization_id, budget_id) references budgets (organization_id, id) on delete cascade,
    constraint budget_periods_forward check (period_start < period_end)
) with (fillfactor = 50);
comment on table budget_periods is 'What of a budget is used and held, by subject and period. Without what is pending in budget_changes: budget_usage has both.';
comment on column budget_periods.organization_id is 'Tenant.';
comment on column budget_periods.budget_id is 'The budget.';
comment on column budget_periods.dimension is 'Its dimension, by which it is told who may see the row.';
comment on column budget_periods.subject is 'Whose use it is: as the budget''s subject, or one of those that it is for each of; empty for the organization.';
comment on column budget_periods.period_start is 'When the period began.';
comment on column budget_periods.period_end is 'When it ends, the moment itself not.';
comment on column budget_periods.used is 'What settled calls used, in the budget''s unit.';
comment on column budget_periods.reserved is 'What calls that are under way may use at most.';
comment on column budget_periods.unpriced_calls is 'Settled calls of which nobody knows what they cost; of money alone.';
comment on column budget_periods.folded_xid is 'Changes of transactions before this one are all in these sums.';
comment on column budget_periods.soft_reached_at is 'When soft_ratio of the limit was used.';
comment on column budget_periods.reached_at is 'When the limit was reached: it was used up, or a call would not have fitted beside what was used.';
comment on column budget_periods.stopped_at is 'When calls began to be refused: at the limit, or at the second one.';
comment on column budget_periods.created_at is 'When the row was made.';
select overmind.tenant_table('public.budget_periods');

create table budget_holds (
    organization_id uuid        not null,
    ledger_id       uuid        not null,
    budget_id       uuid        not null,
    subject         text        not null,
    period_start    timestamptz not null,
    amount          numeric     not null,
    created_at      timestamptz not null default clock_timestamp(),
    constraint budget_holds_pkey primary key (organization_id, ledger_id, budget_id),
    constraint budget_holds_organization_fkey foreign key (organization_id) references organizations (id),
    constraint budget_holds_amount_not_negative check (amount >= 0)
);
comment on table budget_holds is 'What a reserved call of the ledger holds of each budget it concerns, until it is settled.';
comment on column budget_holds.organization_id is 'Tenant.';
comment on column budget_holds.ledger_id is 'The call: its row of token_usage.';
comment on column budget_holds.budget_id is 'The budget.';
comment on column budget_holds.subject is 'Of whose use, as in budget_periods.';
comment on column budget_holds.period_start is 'Of which period: the one in which it was reserved.';
comment on column budget_holds.amount is 'What it may use at most, in the budget''s unit.';
comment on column budget_holds.created_at is 'When the call was reserved.';
create index budget_holds_budget_idx on budget_holds (organization_id, budget_id);
select overmind.tenant_table('public.budget_holds');

create table budget_changes (
    organization_id uuid        not null,
    budget_id       uuid        not null,
    dimension       text        not null,
    subject         text        not null,
    period_start    timestamptz not null,
    xid             xid8        not null default pg_current_xact_id(),
    used            numeric     not null,
    reserved        numeric     not null,
    unpriced_calls  integer     not null,
    created_at      timestamptz not null default clock_timestamp()
) with (
    -- Most of its rows live for less than a second: they are vacuumed as soon as they are a few pages.
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_insert_threshold = -1,
    autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000000);
alter table budget_changes replica identity full;
comment on table budget_changes is 'What settled calls add to the use of a budget and free of it, and is not in budget_periods yet: appended without a wait, and folded by whoever reserves next.';
comment on column budget_changes.organization_id is 'Tenant.';
comment on column budget_changes.budget_id is 'The budget.';
comment on column budget_changes.dimension is 'Its dimension.';
comment on column budget_changes.subject is 'Of whose use, as in budget_periods.';
comment on column budget_changes.period_start is 'Of which period.';
comment on column budget_changes.xid is 'The transaction that wrote it: who folds begins at those that had not ended the last time, past what is left of older ones.';
comment on column budget_changes.used is 'What was used, more or, negative, less.';
comment on column budget_changes.reserved is 'What is held, more or less.';
comment on column budget_changes.unpriced_calls is 'Calls without a known cost, more or less.';
comment on column budget_changes.created_at is 'When it was written.';
create index budget_changes_key_idx on budget_changes (organization_id, budget_id, subject, period_start, xid);
select overmind.tenant_table('public.budget_changes');

-- Nobody writes them but the routines, and what is used is seen as its budget is.
revoke insert, update, delete on budget_periods, budget_holds, budget_changes from authenticated, service_role;
create policy concerned on budget_periods as restrictive for select to public
    using (dimension not in ('user', 'api_key') or dimension = 'user' and subject = overmind.user_id()::text
        or overmind.org_role() = 'admin' or overmind.has_permission('organization.manage'));
create policy concerned on budget_changes as restrictive for select to public
    using (dimension not in ('user', 'api_key') or dimension = 'user' and subject = overmind.user_id()::text
        or overmind.org_role() = 'admin' or overmind.has_permission('organization.manage'));
create policy concerned on budget_holds as restrictive for select to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('organization.manage'));

alter table token_usage
    drop constraint token_usage_outcome_known,
    add constraint token_usage_outcome_known check (outcome in ('succeeded', 'failed', 'stopped', 'lost', 'blocked'));
comment on column token_usage.outcome is 'succeeded; failed: the provider refused or broke off; stopped: the caller went away; lost: the process died; blocked: a budget did not let it be made, so that it is no call. Null while reserved, and in rows of before.';

alter table jobs
    add column blocked_by uuid,
    add constraint jobs_blocked_by_when_blocked check (blocked_by is null or status = 'blocked');
comment on column jobs.blocked_by is 'The budget that keeps it from being done until run_at; null: none does.';
-- Claims change neither column of a row that is in them.
create index jobs_blocked_idx on jobs (run_at) where blocked_by is not null;
create index jobs_blocked_by_idx on jobs (organization_id, blocked_by) where blocked_by is not null;
select overmind.tenant_table('public.jobs', visibility => 'owner', owner_column => 'user_id', distribute => false);
create or replace trigger touch_updated_at
    before update on jobs
    for each row
    when (new.updated_at = old.updated_at)
    execute function overmind.touch_updated_at();
revoke update, delete on jobs from authenticated, service_role;
grant update (cancel_requested_at) on jobs to authenticated, service_role;
