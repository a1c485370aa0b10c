create or replace view public.unpriced_models with (security_invoker = true) as
select
    u.organization_id,
    u.provider,
    u.model,
    count(*) as calls,
    sum(u.tokens_input) as tokens_input,
    sum(u.tokens_output) as tokens_output,
    min(u.created_at) as first_call_at,
    max(u.created_at) as last_call_at
from public.token_usage u
where u.status = 'settled'
  and u.cost is null
group by u.organization_id, u.provider, u.model;
comment on view public.unpriced_models is 'Models that were called and whose price is not known: what they cost is in no sum.';
comment on column public.unpriced_models.organization_id is 'Tenant.';
comment on column public.unpriced_models.provider is 'Key of the provider.';
comment on column public.unpriced_models.model is 'The model.';
comment on column public.unpriced_models.calls is 'Calls of it without a cost.';
comment on column public.unpriced_models.tokens_input is 'Tokens of their prompts.';
comment on column public.unpriced_models.tokens_output is 'Tokens of their answers.';
comment on column public.unpriced_models.first_call_at is 'When the first of them began.';
comment on column public.unpriced_models.last_call_at is 'When the last of them began.';
revoke all on public.unpriced_models from public, anon, authenticated, service_role;
grant select on public.unpriced_models to anon, authenticated, service_role;
