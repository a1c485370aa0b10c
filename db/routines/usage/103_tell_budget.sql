-- In the transaction that marks the period, so that who is told is told once. The mails are the installation's jobs, which members cannot write.
create or replace function overmind.tell_budget(p_budget public.budgets, p_period public.budget_periods, p_event text) returns void
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    told jsonb := jsonb_build_object(
        'object', 'budget', 'id', p_budget.id, 'name', p_budget.name, 'dimension', p_budget.dimension, 'subject', p_budget.subject, 'period', p_budget.period,
        'unit', p_budget.unit, 'currency', p_budget.currency, 'limit_amount', trim_scale(p_budget.limit_amount)::text,
        'soft_ratio', trim_scale(p_budget.soft_ratio)::text, 'on_limit', p_budget.on_limit, 'second_limit', trim_scale(p_budget.second_limit)::text,
        'usage', jsonb_build_object(
            'subject', nullif(p_period.subject, ''), 'period_start', p_period.period_start, 'period_end', p_period.period_end,
            'used', trim_scale(p_period.used)::text, 'reserved', trim_scale(p_period.reserved)::text, 'unpriced_calls', p_period.unpriced_calls));
begin
    perform overmind.send_webhooks(p_budget.organization_id, 'budget.' || p_event, told);
    insert into public.jobs (organization_id, user_id, kind, payload, max_attempts)
    select null, null, 'mail.send', jsonb_build_object('template', 'budget', 'email', u.email, 'budget', jsonb_build_object(
        'event', p_event, 'organization', o.name, 'name', p_budget.name, 'subject', nullif(p_period.subject, ''), 'on_limit', p_budget.on_limit,
        'used', trim_scale(round(p_period.used, 4))::text, 'limit', trim_scale(case p_event when 'second_limit_reached' then p_budget.second_limit else p_budget.limit_amount end)::text,
        'unit', coalesce(p_budget.currency, p_budget.unit), 'until', to_char(p_period.period_end at time zone o.timezone, 'YYYY-MM-DD HH24:MI') || ' ' || o.timezone)), 10
    from public.organization_members m
    join public.organizations o on o.id = m.organization_id
    join public.users u on u.id = m.user_id
    where m.organization_id = p_budget.organization_id
      and m.role = 'admin'
      and m.left_at is null
      and u.email is not null;
end
$$;
comment on function overmind.tell_budget(public.budgets, public.budget_periods, text) is
    'Tells the webhook endpoints and, by mail, the admins of an organization what has become of a budget: soft_limit_reached, limit_reached or second_limit_reached.';
revoke all on function overmind.tell_budget(public.budgets, public.budget_periods, text) from public;
