-- Lock: none on existing tables. Cost: creates an empty table.

create table schedules (
    id              uuid        not null default overmind.uuid_v7(),
    organization_id uuid        default overmind.org_id(),
    user_id         uuid        default overmind.user_id(),
    project_id      uuid,
    name            text        not null,
    cadence_config  jsonb,
    cron            text,
    local_time      time        not null default '09:00',
    time_zone       text        not null default 'UTC',
    kind            text        not null,
    payload         jsonb       not null default '{}',
    max_attempts    integer     not null default 3,
    missed_runs     text        not null default 'run_once',
    is_paused       boolean     not null default false,
    next_run_at     timestamptz,
    last_run_at     timestamptz,
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    constraint schedules_pkey primary key (id),
    constraint schedules_organization_fkey foreign key (organization_id) references organizations (id),
    constraint schedules_name_length check (length(name) between 1 and 255),
    constraint schedules_cadence_or_cron check (num_nonnulls(cadence_config, cron) = 1),
    constraint schedules_cadence_mode_known check (
        cadence_config is null or coalesce(cadence_config ->> 'mode' in ('daily', 'weekdays', 'weekly', 'custom'), false)),
    constraint schedules_cadence_days_array check (cadence_config is null or coalesce(jsonb_typeof(cadence_config -> 'days') = 'array', false)),
    constraint schedules_cron_length check (length(cron) between 1 and 100),
    constraint schedules_time_zone_length check (length(time_zone) between 1 and 100),
    constraint schedules_kind_shape check (kind ~ '^[a-z][a-z0-9_.]{0,99}$'),
    constraint schedules_payload_object check (jsonb_typeof(payload) = 'object'),
    constraint schedules_max_attempts_positive check (max_attempts > 0),
    constraint schedules_missed_runs_known check (missed_runs in ('skip', 'run_once', 'run_all'))
);
comment on table schedules is 'What is to be done again and again, at a local time: each time that is due becomes a job.';
comment on column schedules.id is 'Identity: a UUIDv7.';
comment on column schedules.organization_id is 'Tenant; null for a schedule of the installation.';
comment on column schedules.user_id is 'Owner: its jobs work in their name. Null for a schedule of the installation.';
comment on column schedules.project_id is 'The project whose next_scheduled_at it keeps; null for none.';
comment on column schedules.name is 'What it is for.';
comment on column schedules.cadence_config is 'On which days, as JSON: mode daily, weekdays, weekly or custom, and days 0 to 6 (Sunday is 0). Null: cron says it.';
comment on column schedules.cron is 'When, as a cron expression of five fields or a macro. Null: the cadence says it.';
comment on column schedules.local_time is 'At which wall time a cadence is due; cron has its own.';
comment on column schedules.time_zone is 'Whose wall time: an IANA zone.';
comment on column schedules.kind is 'Kind of the jobs.';
comment on column schedules.payload is 'Payload of the jobs, as a JSON object.';
comment on column schedules.max_attempts is 'How often each of its jobs may fail.';
comment on column schedules.missed_runs is 'What becomes of times that nobody was there for: skip, run_once (the latest) or run_all (at most 100).';
comment on column schedules.is_paused is 'True: nothing is due until it is resumed.';
comment on column schedules.next_run_at is 'When it is due next; null: never again.';
comment on column schedules.last_run_at is 'The latest time for which it made a job.';
comment on column schedules.created_at is 'When it was made.';
comment on column schedules.updated_at is 'When it was last changed; kept by a trigger.';
create index schedules_due_idx on schedules (next_run_at) where not is_paused;
create index schedules_organization_idx on schedules (organization_id, id);
create index schedules_project_idx on schedules (organization_id, project_id) where project_id is not null;
create unique index schedules_installation_name_key on schedules (name) where organization_id is null;
select overmind.tenant_table('public.schedules', visibility => 'owner', owner_column => 'user_id', distribute => false);
