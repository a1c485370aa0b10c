-- The ids of a month are the UUIDv7 between two moments: bounds of 48 bits of milliseconds and zeros leave no gap between months.
-- A table is made first and attached then, which lets readers and writers of the others go on; there is no default partition,
-- because rows in it would make attaching their month fail.
create or replace function overmind.create_partitions(p_from timestamptz, p_to timestamptz) returns void
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    parent record;
    month  timestamp;
    name   text;
begin
    -- Two nodes may come at once.
    perform pg_advisory_xact_lock(hashtextextended('overmind.create_partitions', 0));
    for parent in
        select c.oid::regclass as relation, c.relname
        from pg_partitioned_table p
        join pg_class c on c.oid = p.partrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
        where c.relnamespace = 'public'::regnamespace
          and p.partstrat = 'r'
          and p.partnatts = 1
          and a.attname = 'id'
        order by c.relname
    loop
        for month in
            select generate_series(date_trunc('month', p_from at time zone 'UTC'), p_to at time zone 'UTC', interval '1 month')
        loop
            name := format('partitions.%I', parent.relname || to_char(month, '_YYYY_MM'));
            continue when to_regclass(name) is not null;
            execute format('create table %s (like %s including defaults including constraints)', name, parent.relation);
            execute format('alter table %s enable row level security', name);
            execute format('comment on table %s is %L', name, format('Rows of %s whose id was made in %s.', parent.relname, to_char(month, 'YYYY-MM')));
            execute format(
                'alter table %s attach partition %s for values from (%L) to (%L)',
                parent.relation, name,
                overmind.uuid_v7_floor(month at time zone 'UTC'),
                overmind.uuid_v7_floor((month + interval '1 month') at time zone 'UTC'));
        end loop;
    end loop;
end
$$;
comment on function overmind.create_partitions(timestamptz, timestamptz) is
    'Makes the monthly partitions from one moment to another that are missing, of every table that is partitioned by id.';
revoke all on function overmind.create_partitions(timestamptz, timestamptz) from public;
