-- Lock: short access exclusive on organizations for two columns without a rewrite. Cost: one scan of workflow_runs and messages; the ledger is read once and rolled up after the migrations.

alter table organizations
    add column timezone       text not null default 'UTC',
    add column usage_timezone text default 'UTC',
    add constraint organizations_timezone_known check (length(timezone) >= 1 and length(timezone) <= 64 and ('epoch'::timestamptz at time zone timezone) is not null);
comment on column organizations.timezone is 'Time zone in which its days and months begin, by its IANA name.';
comment on column organizations.usage_timezone is 'The zone by whose days its usage is rolled up; follows timezone as soon as they are counted anew. Null: its ledger is not rolled up yet.';
create index organizations_usage_timezone_idx on organizations (id) where usage_timezone is distinct from timezone;
grant update (timezone) on organizations to authenticated, service_role;

-- No key, no check, no foreign key: writing a change never fails, or the call that it tells of would fail with it.
create table usage_changes (
    organization_id uuid        not null,
    user_id         uuid,
    created_at      timestamptz not null,
    operation       text,
    provider        text,
    model           text,
    project_id      uuid,
    currency        text,
    calls           integer     not null default 0,
    unpriced_calls  integer     not null default 0,
    tokens_input    bigint      not null default 0,
    tokens_output   bigint      not null default 0,
    tokens_cached   bigint      not null default 0,
    cost            numeric     not null default 0,
    latency_ms      integer,
    queries         integer     not null default 0,
    messages        integer     not null default 0,
    n2_triggers     integer     not null default 0,
    errors          integer     not null default 0,
    quality_sum     numeric     not null default 0,
    scored          integer     not null default 0
) with (
    -- Most of its rows live for a second: they are vacuumed as soon as they are a few pages.
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_insert_threshold = -1,
    autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000000,
    -- To start workers takes longer than to read it.
    parallel_workers = 0);
alter table usage_changes replica identity full;
comment on table usage_changes is 'What changed in the sums of usage and is not in usage_totals yet: written by triggers, never waiting for anybody, and folded by overmind.fold_usage().';
comment on column usage_changes.organization_id is 'Tenant.';
comment on column usage_changes.user_id is 'The member whose usage it is.';
comment on column usage_changes.created_at is 'The moment that it counts for: when the call was reserved, the question asked, the message written.';
comment on column usage_changes.operation is 'Of the call: chat, embedding and so on.';
comment on column usage_changes.provider is 'Provider of the model; null when it is no call.';
comment on column usage_changes.model is 'The model.';
comment on column usage_changes.project_id is 'The project.';
comment on column usage_changes.currency is 'Currency of the cost.';
comment on column usage_changes.calls is '1 for a call that came into the sums, -1 for one that left them.';
comment on column usage_changes.unpriced_calls is 'The same, when its cost is unknown.';
comment on column usage_changes.tokens_input is 'Tokens of the prompt, more or, negative, less.';
comment on column usage_changes.tokens_output is 'Tokens of the answer, more or less.';
comment on column usage_changes.tokens_cached is 'Those of the prompt that were cached, more or less.';
comment on column usage_changes.cost is 'Cost, more or less.';
comment on column usage_changes.latency_ms is 'How long the call took; counts as often as calls says.';
comment on column usage_changes.queries is 'Runs that were asked for, more or less.';
comment on column usage_changes.messages is 'Messages that were written.';
comment on column usage_changes.n2_triggers is 'Runs that went through more than one iteration, more or less.';
comment on column usage_changes.errors is 'Runs that failed, more or less.';
comment on column usage_changes.quality_sum is 'Best scores of runs that ended, more or less.';
comment on column usage_changes.scored is 'How many they are, more or less.';
select overmind.tenant_table('public.usage_changes', visibility => 'owner', owner_column => 'user_id');

create table usage_totals (
    organization_id uuid        not null,
    dimension       text        not null,
    grain           text        not null,
    metric_date     date        not null,
    metric_hour     smallint,
    user_id         uuid,
    subject         text,
    currency        text,
    calls           bigint      not null default 0,
    unpriced_calls  bigint      not null default 0,
    tokens_input    numeric     not null default 0,
    tokens_output   numeric     not null default 0,
    tokens_cached   numeric     not null default 0,
    cost            numeric     not null default 0,
    latency_ms      numeric     not null default 0,
    timed_calls     bigint      not null default 0,
    queries         bigint      not null default 0,
    messages        bigint      not null default 0,
    n2_triggers     bigint      not null default 0,
    errors          bigint      not null default 0,
    quality_sum     numeric     not null default 0,
    scored          bigint      not null default 0,
    created_at      timestamptz not null default clock_timestamp(),
    folded_at       timestamptz not null default clock_timestamp(),
    constraint usage_totals_key unique nulls not distinct (organization_id, dimension, grain, metric_date, metric_hour, user_id, subject, currency),
    constraint usage_totals_organization_fkey foreign key (organization_id) references organizations (id)
) with (fillfactor = 70, parallel_workers = 0);
alter table usage_totals replica identity full;
comment on table usage_totals is 'Sums of usage: by hour (UTC) and by day (of the organization), for the organization and by user, model, operation and project. Without what is pending in usage_changes: usage_rollups has both.';
comment on column usage_totals.organization_id is 'Tenant.';
comment on column usage_totals.dimension is 'By what it is summed: organization, user, model, operation or project.';
comment on column usage_totals.grain is 'hour (of UTC), day (of the organization), or for the organization day_hour: an hour of such a day, counted from its midnight.';
comment on column usage_totals.metric_date is 'The day: of the organization, in UTC for hours.';
comment on column usage_totals.metric_hour is 'The hour: 0 to 23, for day_hour 0 to 24; null for days.';
comment on column usage_totals.user_id is 'The member, by user; null where the work was nobody''s.';
comment on column usage_totals.subject is 'The model as provider/model, the operation or the id of the project; null for none.';
comment on column usage_totals.currency is 'Currency of the cost; null for what costs nothing, as messages.';
comment on column usage_totals.calls is 'Calls that were settled.';
comment on column usage_totals.unpriced_calls is 'Those whose cost is unknown.';
comment on column usage_totals.tokens_input is 'Tokens of their prompts. Numeric, so that no sum is too large.';
comment on column usage_totals.tokens_output is 'Tokens of their answers.';
comment on column usage_totals.tokens_cached is 'Those of the prompts that were cached.';
comment on column usage_totals.cost is 'What they cost, not rounded, as far as it is known.';
comment on column usage_totals.latency_ms is 'How long they took together, in milliseconds.';
comment on column usage_totals.timed_calls is 'How many of them were timed.';
comment on column usage_totals.queries is 'Runs that were asked for.';
comment on column usage_totals.messages is 'Messages that were written.';
comment on column usage_totals.n2_triggers is 'Runs that went through more than one iteration.';
comment on column usage_totals.errors is 'Runs that failed.';
comment on column usage_totals.quality_sum is 'Sum of the best scores of runs.';
comment on column usage_totals.scored is 'Number of runs that have one.';
comment on column usage_totals.created_at is 'When the row was made.';
comment on column usage_totals.folded_at is 'When something was last added.';
create index usage_totals_user_idx on usage_totals (organization_id, user_id, metric_date) where user_id is not null;
select overmind.tenant_table('public.usage_totals', visibility => 'owner', owner_column => 'user_id');

create type overmind.usage_key as (dimension text, grain text, metric_date date, metric_hour smallint, user_id uuid, subject text);
comment on type overmind.usage_key is 'What a sum of usage is of: the columns of usage_totals.';

create table usage_latencies (
    organization_id uuid        not null,
    dimension       text        not null,
    grain           text        not null,
    metric_date     date        not null,
    metric_hour     smallint,
    user_id         uuid,
    subject         text,
    latency_bucket  smallint    not null,
    calls           bigint      not null,
    created_at      timestamptz not null default clock_timestamp(),
    constraint usage_latencies_key unique nulls not distinct (organization_id, dimension, grain, metric_date, metric_hour, user_id, subject, latency_bucket),
    constraint usage_latencies_organization_fkey foreign key (organization_id) references organizations (id)
) with (fillfactor = 70, parallel_workers = 0);
alter table usage_latencies replica identity full;
comment on table usage_latencies is 'How long calls took, as histograms that add up: the same sums as usage_totals, for the organization and by user and model.';
comment on column usage_latencies.organization_id is 'Tenant.';
comment on column usage_latencies.dimension is 'As in usage_totals: organization, user or model.';
comment on column usage_latencies.grain is 'hour or day.';
comment on column usage_latencies.metric_date is 'The day, as in usage_totals.';
comment on column usage_latencies.metric_hour is 'The hour, as in usage_totals.';
comment on column usage_latencies.user_id is 'The member, by user.';
comment on column usage_latencies.subject is 'The model, by model.';
comment on column usage_latencies.latency_bucket is 'Calls that took up to 1.1 to the power of it in milliseconds, and longer than the bucket before.';
comment on column usage_latencies.calls is 'How many.';
comment on column usage_latencies.created_at is 'When the row was made.';
create index usage_latencies_user_idx on usage_latencies (organization_id, user_id, metric_date) where user_id is not null;
select overmind.tenant_table('public.usage_latencies', visibility => 'owner', owner_column => 'user_id');

-- Nobody writes them but the routines.
revoke insert, update, delete on usage_changes, usage_totals, usage_latencies from authenticated, service_role;

-- What was before: the ledger is rolled up by rebuild_usage(), runs and messages are counted from here.
update organizations set usage_timezone = null;
insert into usage_changes (organization_id, user_id, created_at, queries, n2_triggers, errors, quality_sum, scored)
select
    r.organization_id, r.user_id, r.created_at, 1, (r.completed_at is not null and r.n2_iterations > 1)::integer, (r.status = 'failed')::integer,
    case when r.completed_at is not null then coalesce(r.best_score::numeric, 0) else 0 end,
    (r.completed_at is not null and r.best_score is not null)::integer
from workflow_runs r;
insert into usage_changes (organization_id, user_id, created_at, messages)
select m.organization_id, m.user_id, m.created_at, 1
from messages m;
