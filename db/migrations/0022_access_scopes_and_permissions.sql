-- Lock: api_keys exclusively, for the moment that a small table takes. Cost: one row for each key that may write, and a look at all keys.

alter table api_keys
    add column replaces uuid,
    add column rotated_at timestamptz;
comment on column api_keys.scopes is
    'What it may do, as a JSON array: read, write, run, admin, or one of them for a module, as jobs.read. What this version does not know grants nothing.';
comment on column api_keys.expires_at is 'When it ends; null: never. That of a key that was rotated is the end of its grace period.';
comment on column api_keys.replaces is 'The key that this one was made from by rotating it; null: none.';
comment on column api_keys.rotated_at is 'When it was rotated: another key replaces it, and it ends at expires_at. Null while it was not.';

-- Until now write allowed all but reading. Words that meant nothing go, so that none of them comes to mean something.
update api_keys
set scopes = case
        when scopes ?& '{read,write}' then '["read", "write", "run", "admin"]'
        when scopes ? 'write' then '["write", "run", "admin"]'
        when scopes ? 'read' then '["read"]'
        else '[]'
    end::jsonb
where scopes <> '["read"]';

alter table api_keys
    add constraint api_keys_scopes_known check (jsonb_typeof(scopes) <> 'array' or not jsonb_path_exists(
        scopes, '$[*] ? (@.type() != "string" || !(@ like_regex "^([a-z]+(_[a-z]+)*\\.)?(read|write|run|admin)$"))')),
    add constraint api_keys_rotated_expires check (rotated_at is null or expires_at is not null),
    add constraint api_keys_replaces_key unique (organization_id, replaces),
    add constraint api_keys_replaces_fkey foreign key (organization_id, replaces) references api_keys (organization_id, id) on delete set null (replaces),
    add constraint api_keys_replaces_another check (replaces <> id);
select overmind.tenant_table('public.api_keys', visibility => 'owner', owner_column => 'user_id', fixed => '{replaces}');

-- Addresses may hold secrets of their own: webhooks are for admins, and who was granted them.
drop policy admins on webhook_endpoints;
create policy managers on webhook_endpoints as restrictive for all to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('webhooks.manage'))
    with check (overmind.org_role() = 'admin' or overmind.has_permission('webhooks.manage'));
drop policy admins on webhook_deliveries;
create policy managers on webhook_deliveries as restrictive for all to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('webhooks.manage'))
    with check (overmind.org_role() = 'admin' or overmind.has_permission('webhooks.manage'));
