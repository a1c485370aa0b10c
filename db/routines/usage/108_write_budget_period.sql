create or replace function overmind.write_budget_period(p_period public.budget_periods) returns void
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    update public.budget_periods p
    set used = p_period.used,
        reserved = p_period.reserved,
        unpriced_calls = p_period.unpriced_calls,
        folded_xid = p_period.folded_xid,
        soft_reached_at = p_period.soft_reached_at,
        reached_at = p_period.reached_at,
        stopped_at = p_period.stopped_at
    where p.organization_id = p_period.organization_id
      and p.budget_id = p_period.budget_id
      and p.subject = p_period.subject
      and p.period_start = p_period.period_start;
end
$$;
comment on function overmind.write_budget_period(public.budget_periods) is 'Writes a period that the caller holds.';
revoke all on function overmind.write_budget_period(public.budget_periods) from public;
