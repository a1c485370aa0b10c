create or replace function overmind.sees_all_usage() returns boolean
    language sql
    stable
    return overmind.org_role() = 'admin' or not row_security_active('public.usage_totals');
comment on function overmind.sees_all_usage() is 'Whether the caller sees the usage of the whole organization, and not only their own.';
