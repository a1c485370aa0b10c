drop index budget_changes_more_idx;

create table budget_holds (
    organization_id uuid        not null,
    ledger_id       uuid        not null,
    budget_id       uuid        not null,
    subject         text        not null,
    period_start    timestamptz not null,
    amount          numeric     not null,
    created_at      timestamptz not null default clock_timestamp(),
    constraint budget_holds_pkey primary key (organization_id, ledger_id, budget_id),
    constraint budget_holds_organization_fkey foreign key (organization_id) references organizations (id),
    constraint budget_holds_amount_not_negative check (amount >= 0)
);
comment on table budget_holds is 'What a reserved call of the ledger holds of each budget it concerns, until it is settled.';
comment on column budget_holds.organization_id is 'Tenant.';
comment on column budget_holds.ledger_id is 'The call: its row of token_usage.';
comment on column budget_holds.budget_id is 'The budget.';
comment on column budget_holds.subject is 'Of whose use, as in budget_periods.';
comment on column budget_holds.period_start is 'Of which period: the one in which it was reserved.';
comment on column budget_holds.amount is 'What it may use at most, in the budget''s unit.';
comment on column budget_holds.created_at is 'When the call was reserved.';
create index budget_holds_budget_idx on budget_holds (organization_id, budget_id);
select overmind.tenant_table('public.budget_holds');
revoke insert, update, delete on budget_holds from authenticated, service_role;
create policy concerned on budget_holds as restrictive for select to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('organization.manage'));

insert into budget_holds (organization_id, ledger_id, budget_id, subject, period_start, amount, created_at)
select u.organization_id, u.id, p.budget_id, p.subject, p.period_start, h.amount::numeric, u.created_at
from token_usage u
cross join lateral jsonb_each_text(u.held) as h (budget_id, amount)
join budget_periods p on p.organization_id = u.organization_id and p.budget_id = h.budget_id::uuid
where u.status = 'reserved'
  and p.period_start <= u.created_at
  and p.period_end > u.created_at
  and case p.dimension
      when 'organization' then true
      when 'user' then p.subject = u.user_id::text
      when 'api_key' then p.subject = u.api_key_id::text
      when 'project' then p.subject = u.project_id::text
      when 'workflow' then p.subject = u.workflow_key
      else p.subject in (u.provider || '/' || u.model, u.provider || '/*')
  end
order by p.period_start desc
on conflict do nothing;
alter table token_usage drop column held;
