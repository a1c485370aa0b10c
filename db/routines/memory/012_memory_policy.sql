-- Without a search path of its own, so that it is inlined: it uses nothing but what PostgreSQL has.
-- Settings are open to SQL clients: what is no number, or out of range, counts as not set.
create or replace function overmind.memory_policy(p_settings jsonb)
    returns table (half_life_days double precision, recency_floor double precision, prune boolean, prune_below double precision, prune_after_days integer)
    language sql
    immutable
    parallel safe
as $$
    select
        case when jsonb_typeof(m.s -> 'half_life_days') = 'number' and (m.s ->> 'half_life_days')::numeric between 1 and 36500
            then (m.s ->> 'half_life_days')::double precision else 30 end,
        case when jsonb_typeof(m.s -> 'recency_floor') = 'number' and (m.s ->> 'recency_floor')::numeric between 0 and 1
            then (m.s ->> 'recency_floor')::double precision else 0.1 end,
        coalesce(m.s -> 'prune' = 'true', false),
        case when jsonb_typeof(m.s -> 'prune_below') = 'number' and (m.s ->> 'prune_below')::numeric between 0 and 1
            then (m.s ->> 'prune_below')::double precision else 0.1 end,
        case when jsonb_typeof(m.s -> 'prune_after_days') = 'number' and (m.s ->> 'prune_after_days')::numeric between 1 and 36500
            then trunc((m.s ->> 'prune_after_days')::numeric)::integer else 90 end
    from (select p_settings -> 'memory' as s) as m
$$;
comment on function overmind.memory_policy(jsonb) is
    'How memories fade and are pruned in an organization with these settings (the member memory): half-life in days (30), the least that recency comes to (0.1), whether they are pruned (not unless set), below which importance times recency (0.1), and how old they are at least (90 days).';
