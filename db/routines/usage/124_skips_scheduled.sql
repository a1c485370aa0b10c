create or replace function overmind.skips_scheduled(p_organization_id uuid, p_user_id uuid) returns boolean
    language sql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select exists (
        select
        from public.budgets b
        join public.budget_periods p on p.organization_id = b.organization_id and p.budget_id = b.id
        where b.organization_id = p_organization_id
          and b.is_active
          and b.on_limit = 'skip_scheduled'
          and b.dimension in ('organization', 'user')
          and p.subject in ('', p_user_id::text)
          and p.stopped_at is not null
          and p.period_start <= clock_timestamp()
          and p.period_end > clock_timestamp())
$$;
comment on function overmind.skips_scheduled(uuid, uuid) is 'Whether a budget of the organization or of its member lets nothing be done now that a schedule asks for.';
revoke all on function overmind.skips_scheduled(uuid, uuid) from public;
