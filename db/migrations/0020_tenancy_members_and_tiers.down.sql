do $$
declare
    guarded record;
begin
    for guarded in
        select t.tgrelid::regclass as name
        from pg_trigger t
        where t.tgname = 'refuse_when_suspended'
          and t.tgparentid = 0
    loop
        execute format('drop trigger refuse_when_suspended on %s', guarded.name);
    end loop;
end
$$;

drop policy managers_insert on model_providers;
drop policy managers_update on model_providers;
drop policy managers_delete on model_providers;
create policy admins_insert on model_providers as restrictive for insert to public
    with check (overmind.org_role() = 'admin');
create policy admins_update on model_providers as restrictive for update to public
    using (overmind.org_role() = 'admin')
    with check (overmind.org_role() = 'admin');
create policy admins_delete on model_providers as restrictive for delete to public
    using (overmind.org_role() = 'admin');

drop table user_subscriptions;
drop table subscription_tiers;
drop table user_gamification;
drop table user_traits;

drop policy managers_update on organization_members;
alter table organization_members
    drop column avatar_url,
    drop column timezone,
    drop column last_active_at;
comment on column organization_members.permissions is 'Further permissions, as a JSON array.';
create policy admins_update on organization_members as restrictive for update to public
    using (overmind.org_role() = 'admin');

alter table users
    drop column timezone;

drop policy managers_update on organizations;
alter table organizations
    drop column suspended_at,
    drop column suspension_reason,
    drop column cancelled_at,
    drop column ends_at;
comment on column organizations.status is 'active, suspended or cancelled; only members of an active one sign in.';
create policy admins_update on organizations for update to authenticated, service_role
    using (id = overmind.org_id() and overmind.org_role() = 'admin')
    with check (id = overmind.org_id() and overmind.org_role() = 'admin');
revoke update (slug, enabled_features, experimental_features) on organizations from authenticated, service_role;
