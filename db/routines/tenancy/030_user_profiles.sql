create or replace view public.user_profiles with (security_invoker = true) as
select m.user_id as id, m.organization_id, m.display_name, m.avatar_url, m.timezone, m.created_at, m.updated_at
from public.organization_members m
where m.left_at is null;
comment on view public.user_profiles is 'The members of the caller''s organization as each describes themselves. Writing one''s own sets it, whether it was there or not.';
comment on column public.user_profiles.id is 'The person.';
comment on column public.user_profiles.organization_id is 'Tenant.';
comment on column public.user_profiles.display_name is 'Name that the other members see.';
comment on column public.user_profiles.avatar_url is 'Address of a picture.';
comment on column public.user_profiles.timezone is 'Time zone, by its IANA name.';
comment on column public.user_profiles.created_at is 'When they became a member.';
comment on column public.user_profiles.updated_at is 'When anything of it was last changed.';
revoke all on public.user_profiles from public, anon, authenticated, service_role;
grant select on public.user_profiles to anon, authenticated, service_role;
grant insert (id, display_name, avatar_url, timezone), update (display_name, avatar_url, timezone) on public.user_profiles to authenticated, service_role;
