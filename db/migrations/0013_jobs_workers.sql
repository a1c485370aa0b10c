-- Lock: none on existing tables. Cost: creates an empty table.

create table overmind.workers (
    worker_lock  bigint      not null,
    name         text        not null,
    host         text        not null,
    pid          integer     not null,
    kinds        text[]      not null,
    concurrency  integer     not null,
    running      integer     not null default 0,
    started_at   timestamptz not null default clock_timestamp(),
    last_seen_at timestamptz not null default clock_timestamp(),
    constraint workers_pkey primary key (worker_lock)
);
comment on table overmind.workers is 'The workers that are alive, for people to look at: what is theirs is decided by their locks, not by this table.';
comment on column overmind.workers.worker_lock is 'The advisory lock that it holds as long as it lives.';
comment on column overmind.workers.name is 'As in the worker of a job: host and process.';
comment on column overmind.workers.host is 'The machine it runs on.';
comment on column overmind.workers.pid is 'Its process there.';
comment on column overmind.workers.kinds is 'What it does.';
comment on column overmind.workers.concurrency is 'How many jobs at a time it does.';
comment on column overmind.workers.running is 'How many it held when it was last seen.';
comment on column overmind.workers.started_at is 'When it connected.';
comment on column overmind.workers.last_seen_at is 'Its last sign of life.';
