-- Keys keep their scopes; what the version before does not know grants nothing there.
alter table api_keys
    drop constraint api_keys_scopes_known,
    drop column replaces,
    drop column rotated_at;
comment on column api_keys.scopes is 'What it may do, as a JSON array: read, write, admin.';
comment on column api_keys.expires_at is 'When it ends; null: never.';
select overmind.tenant_table('public.api_keys', visibility => 'owner', owner_column => 'user_id');
drop policy managers on webhook_endpoints;
create policy admins on webhook_endpoints as restrictive for all to public
    using (overmind.org_role() = 'admin')
    with check (overmind.org_role() = 'admin');
drop policy managers on webhook_deliveries;
create policy admins on webhook_deliveries as restrictive for all to public
    using (overmind.org_role() = 'admin')
    with check (overmind.org_role() = 'admin');
