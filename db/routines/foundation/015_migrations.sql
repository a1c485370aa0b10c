create table if not exists overmind.migrations (
    version    integer     not null,
    module     text        not null,
    name       text        not null,
    checksum   text        not null,
    applied_at timestamptz not null default clock_timestamp(),
    constraint migrations_pkey primary key (version)
);
comment on table overmind.migrations is 'The migrations that this database has had.';
comment on column overmind.migrations.version is 'Number of the migration; they are applied in its order.';
comment on column overmind.migrations.module is 'Module whose tables the migration changes.';
comment on column overmind.migrations.name is 'Name of the file without .sql.';
comment on column overmind.migrations.checksum is 'SHA-256 of the file as it was applied, in hex.';
comment on column overmind.migrations.applied_at is 'When it was applied.';

create table if not exists overmind.routines (
    path       text        not null,
    checksum   text        not null,
    drops      text        not null,
    position   integer     not null,
    applied_at timestamptz not null default clock_timestamp(),
    constraint routines_pkey primary key (path)
);
comment on table overmind.routines is 'The files of functions, triggers and views that this database has had, each as last applied.';
comment on column overmind.routines.path is 'Module and file, as in conversations/conversation_stats.sql.';
comment on column overmind.routines.checksum is 'SHA-256 of the file as it was applied, in hex.';
comment on column overmind.routines.drops is 'Statements that take away what the file made.';
comment on column overmind.routines.position is 'Place in the order of application; dropping goes backwards.';
comment on column overmind.routines.applied_at is 'When it was last applied.';
