-- Definer, because a caller is told of a budget that they do not see: its id and when it begins anew, nothing else. For the organization and member of the claims.
-- It asks cheaply before work is accepted; what decides is the reservation.
create or replace function overmind.find_stopped_budget(p_models text[], p_project_id uuid, p_workflow_key text, p_api_key_id uuid, p_is_scheduled boolean)
    returns table (budget_id uuid, name text, subject text, period_end timestamptz)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    call  public.token_usage;
    model text;
begin
    call.organization_id := overmind.org_id();
    if not exists (select from public.budgets b where b.organization_id = call.organization_id and b.is_active) then
        return;
    end if;
    call.user_id := overmind.user_id();
    call.project_id := p_project_id;
    call.workflow_key := p_workflow_key;
    call.api_key_id := p_api_key_id;
    foreach model in array p_models loop
        call.provider := split_part(model, '/', 1);
        call.model := substr(model, length(call.provider) + 2);
        return query
        select (f.budget).id, (f.budget).name, f.subject, f.period_end
        from overmind.budgets_of(call) as f
        left join public.budget_periods p
            on p.organization_id = call.organization_id and p.budget_id = (f.budget).id and p.subject = f.subject and p.period_start = f.period_start
        where (p.stopped_at is not null or (f.budget).limit_amount = 0 and (f.budget).on_limit <> 'allow_up_to')
          and ((f.budget).on_limit <> 'skip_scheduled' or p_is_scheduled)
        order by f.period_end desc, (f.budget).id
        limit 1;
        if found then
            return;
        end if;
    end loop;
end
$$;
comment on function overmind.find_stopped_budget(text[], uuid, text, uuid, boolean) is
    'The budget that does not let the caller call one of these models (provider/model) now, and when its period ends; no row when none is reached.';
revoke all on function overmind.find_stopped_budget(text[], uuid, text, uuid, boolean) from public;
grant execute on function overmind.find_stopped_budget(text[], uuid, text, uuid, boolean) to authenticated, service_role;
