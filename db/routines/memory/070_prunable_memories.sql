-- Skills are exempt: how something is done is as good after a year, and is needed seldom.
create or replace function overmind.prunable_memories(p_now timestamptz default statement_timestamp())
    returns table (id uuid, strength double precision)
    language sql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select m.id, s.strength
    from public.memories m
    join public.organizations o on o.id = m.organization_id
    cross join lateral overmind.memory_policy(o.settings) as p
    cross join lateral (
        select m.importance * overmind.memory_recency(m.last_accessed_at, p.half_life_days, p.recency_floor, m.decay_rate, p_now) as strength) as s
    where m.organization_id = overmind.org_id()
      and m.deleted_at is null
      and not m.pinned
      and m.memory_type <> 'procedural'
      and m.created_at < p_now - interval '24 hours' * p.prune_after_days
      and s.strength < p.prune_below
      and (m.user_id = overmind.user_id() or overmind.org_role() = 'admin')
$$;
comment on function overmind.prunable_memories(timestamptz) is
    'Memories that the policy of the caller''s organization gives up, and that the caller may change: importance times recency is below its threshold, and they are old enough; none that is pinned, and no skill.';
