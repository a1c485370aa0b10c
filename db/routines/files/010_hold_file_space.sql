-- Of two that store at once the second sees what the first has stored. Only where there is a limit.
create or replace function overmind.hold_file_space(p_bytes bigint, p_most bigint) returns boolean
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    stored bigint;
begin
    perform pg_advisory_xact_lock(hashtextextended('file_space:' || overmind.org_id()::text, 0));
    stored := (select coalesce(sum(f.size_bytes), 0) from public.file_contents f where f.organization_id = overmind.org_id());
    if stored + p_bytes > p_most then
        raise exception using
            errcode = 'OV005',
            message = format('The organization stores %s of %s bytes, and this file has %s. Delete some files, or raise the limit', stored, p_most, p_bytes);
    end if;
    return true;
end
$$;
comment on function overmind.hold_file_space(bigint, bigint) is
    'Makes sure, until the transaction ends, that the caller''s organization may store so many bytes more of the most it may in all; fails with OV005 when not.';
revoke all on function overmind.hold_file_space(bigint, bigint) from public;
grant execute on function overmind.hold_file_space(bigint, bigint) to service_role;
