-- Definer, because budgets are asked whoever calls, and nobody may write what is held by hand. The row is one that its caller may write.
-- It does not raise: a call that does not fit becomes a row that is settled and says so, and the rest of its transaction stays.
-- Nearly always what is used, held and wanted stays below the next mark, and one statement holds it. Else what is pending is added first.
-- Without a budget it costs one look at an index; reservations of one budget come one after the other.
create or replace function overmind.reserve_budgets() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    call    public.token_usage;
    asked   record;
    budget  public.budgets;
    span    record;
    period  public.budget_periods;
    wanted  numeric;
    ends    numeric;
    xid     xid8;
    is_held boolean;
    is_busy boolean;
begin
    -- Nobody holds by hand. (A row that is assigned to is made anew.)
    if new.held is not null then
        new.held := null;
    end if;
    if not exists (select from public.budgets b where b.organization_id = new.organization_id and b.is_active) then
        return new;
    end if;
    -- Who counts a budget anew waits for all that may have seen it as it was before, by their transaction ids: this one has one before it looks.
    xid := pg_current_xact_id();

    call := new;
    -- What it may use at most: 4,096 tokens of an answer whose writer did not say how long it may be.
    call.tokens_input := case jsonb_typeof(new.metadata -> 'estimated_tokens_input')
        when 'number' then least(greatest((new.metadata ->> 'estimated_tokens_input')::numeric, 0), 1000000000) else coalesce(new.tokens_input, 0) end;
    call.tokens_output := case jsonb_typeof(new.metadata -> 'max_output_tokens')
        when 'number' then least(greatest((new.metadata ->> 'max_output_tokens')::numeric, 0), 1000000000) else coalesce(new.tokens_output, 4096) end;
    call.cost := null;

    -- In the order of overmind.budgets_of.
    for asked in
        select b as budget, s.subject, o.timezone
        from public.budgets b
        join public.organizations o on o.id = b.organization_id
        cross join lateral (select overmind.budget_subject(
            b, new.provider, new.model, new.user_id, new.api_key_id, new.project_id, new.workflow_key) as subject offset 0) as s
        where b.organization_id = new.organization_id
          and b.is_active
          and s.subject is not null
        order by
            array_position('{organization,project,workflow,api_key,user,model}'::text[], b.dimension), s.subject = new.provider || '/*' desc, b.id
    loop
        budget := asked.budget;
        span := overmind.budget_period(asked.timezone, budget.period, new.created_at);
        -- Priced before the period is held: others wait for it.
        if budget.unit = 'money' and call.cost is null then
            call.cost := case when new.provider = 'offline' then 0 else (overmind.price_usage(call)).cost end;
        end if;
        wanted := coalesce(overmind.budget_amount(budget, call), 0);
        ends := case budget.on_limit when 'allow_up_to' then budget.second_limit else budget.limit_amount end;

        -- What is pending frees more than it adds, but for what is in the index of those that do not.
        update public.budget_periods p
        set reserved = p.reserved + wanted
        where p.organization_id = new.organization_id
          and p.budget_id = budget.id
          and p.subject = asked.subject
          and p.period_start = span.period_start
          and p.used + p.reserved + wanted < case
              when p.soft_reached_at is null then budget.soft_ratio * budget.limit_amount
              when p.reached_at is null then budget.limit_amount
              else ends
          end
          and not exists (
              select
              from public.budget_changes c
              where c.organization_id = new.organization_id
                and c.budget_id = budget.id
                and c.subject = asked.subject
                and c.period_start = span.period_start
                and c.xid >= p.folded_xid
                and c.used + c.reserved > 0);
        is_held := found;
        if not is_held then
            period := overmind.hold_budget_period(budget, asked.subject, span.period_start, span.period_end, p_wait => true);
        end if;
        -- One that is there is reserved already: the insert comes to nothing.
        if new.held is null and exists (
            select from public.token_usage u where u.organization_id = new.organization_id and u.id = new.id) then
            if is_held then
                update public.budget_periods p
                set reserved = p.reserved - wanted
                where p.organization_id = new.organization_id and p.budget_id = budget.id and p.subject = asked.subject and p.period_start = span.period_start;
            else
                perform overmind.write_budget_period(period);
            end if;
            return new;
        end if;
        new.held := coalesce(new.held, '{}') || jsonb_build_object(budget.id, wanted);
        continue when is_held;

        if (budget.on_limit <> 'skip_scheduled' or new.is_scheduled) and (period.used >= ends or period.used + period.reserved + wanted > ends) then
            -- Beside what is used it would fit: others hold what they may not need.
            is_busy := period.used < ends and period.used + wanted <= ends;
            perform overmind.write_budget_period(overmind.mark_budget(budget, period, case when is_busy then 0 else wanted end));
            -- What it held of those before is free again.
            insert into public.budget_changes (organization_id, budget_id, dimension, subject, period_start, used, reserved, unpriced_calls)
            select new.organization_id, (f.budget).id, (f.budget).dimension, f.subject, f.period_start, 0, -(new.held ->> (f.budget).id::text)::numeric, 0
            from overmind.budgets_of(new) as f
            where (f.budget).id <> budget.id
              and new.held ? (f.budget).id::text;
            -- An id is given to a call beforehand, so that it is made once; this is none, and leaves it free.
            new.metadata := new.metadata || jsonb_build_object('call_id', new.id);
            new.id := (left(new.id::text, 15) || substr(gen_random_uuid()::text, 16))::uuid;
            new.status := 'settled';
            new.outcome := 'blocked';
            new.settled_at := clock_timestamp();
            new.tokens_input := 0;
            new.tokens_output := 0;
            new.cost := 0;
            new.held := null;
            new.metadata := new.metadata || jsonb_build_object('budget_id', budget.id, 'budget_subject', asked.subject, 'budget_until', span.period_end, 'budget_is_busy', is_busy);
            return new;
        end if;
        period := overmind.mark_budget(budget, period, case when period.used + wanted > budget.limit_amount then wanted else 0 end);
        period.reserved := period.reserved + wanted;
        perform overmind.write_budget_period(period);
    end loop;
    return new;
end
$$;
comment on function overmind.reserve_budgets() is
    'Trigger: a call that is reserved holds what it may use of each budget it concerns. Where it does not fit, the row is settled at once, with outcome blocked and the budget in its metadata (call_id, budget_id, budget_subject, budget_until, budget_is_busy); its writer reads the status back and makes no call.';
revoke all on function overmind.reserve_budgets() from public;
create or replace trigger reserve_budgets
    before insert on public.token_usage
    for each row
    when (new.status = 'reserved')
    execute function overmind.reserve_budgets();
