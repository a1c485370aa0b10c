-- In the order in which reservations hold their periods, so that none waits for one that waits for it: what calls share goes first, models last, and of those
-- a provider's together before each. Who reserves several calls in one statement writes them by provider and model.
create or replace function overmind.budgets_of(p_call public.token_usage)
    returns table (budget public.budgets, subject text, period_start timestamptz, period_end timestamptz)
    language plpgsql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    return query
    select b, s.subject, t.period_start, t.period_end
    from public.budgets b
    join public.organizations o on o.id = b.organization_id
    cross join lateral (select overmind.budget_subject(
        b, p_call.provider, p_call.model, p_call.user_id, p_call.api_key_id, p_call.project_id, p_call.workflow_key) as subject) as s
    cross join lateral overmind.budget_period(o.timezone, b.period, coalesce(p_call.created_at, clock_timestamp())) as t
    where b.organization_id = p_call.organization_id
      and b.is_active
      and s.subject is not null
    order by
        array_position('{organization,project,workflow,api_key,user,model}'::text[], b.dimension), s.subject = p_call.provider || '/*' desc, b.id;
end
$$;
comment on function overmind.budgets_of(public.token_usage) is
    'The active budgets that a call of the ledger concerns, stored or not: of whose use and of which period. It needs organization_id, provider, model, created_at and what the call is attributed to.';
revoke all on function overmind.budgets_of(public.token_usage) from public;
