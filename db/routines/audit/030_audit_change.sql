-- Trigger for tables whose changes are audited whoever makes them, a client with SQL access too. Definer, because nobody may write the log by
-- hand; it tells of the row that its caller was allowed to change. Its arguments:
--   the type of the resource
--   the columns whose values may be told, with commas between them; `url:origin` is of a column `url` the scheme and host alone
--   changes that are events of their own: `revoked_at=revoked,!is_active=stopped`, for a column that becomes true or not null, or with ! false or null
create or replace function overmind.audit_change() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_old     jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    v_new     jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    v_row     jsonb := coalesce(v_new, v_old);
    v_tenant  uuid := v_row ->> case when tg_relid = 'public.organizations'::regclass then 'id' else 'organization_id' end;
    v_event   text := case tg_op when 'INSERT' then 'created' when 'DELETE' then 'deleted' end;
    v_before  jsonb := '{}';
    v_after   jsonb := '{}';
    v_column  text;
    v_told    text;
    v_was     jsonb;
    v_is      jsonb;
begin
    if tg_op = 'UPDATE' then
        foreach v_told in array string_to_array(coalesce(tg_argv[2], ''), ',') loop
            v_column := ltrim(split_part(v_told, '=', 1), '!');
            v_is := v_new -> v_column;
            if v_old -> v_column is distinct from v_is and starts_with(v_told, '!') = (v_is in ('null', 'false')) then
                v_event := split_part(v_told, '=', 2);
                exit;
            end if;
        end loop;
    end if;
    foreach v_told in array string_to_array(tg_argv[1], ',') loop
        v_column := split_part(v_told, ':', 1);
        v_was := coalesce(v_old -> v_column, 'null');
        v_is := coalesce(v_new -> v_column, 'null');
        continue when v_was = v_is;
        if v_told like '%:origin' then
            v_was := to_jsonb(regexp_replace(v_was #>> '{}', '^([a-z]+://)([^/?#]*@)?([^/?#]*).*$', '\1\3'));
            v_is := to_jsonb(regexp_replace(v_is #>> '{}', '^([a-z]+://)([^/?#]*@)?([^/?#]*).*$', '\1\3'));
        end if;
        v_before := v_before || jsonb_build_object(v_column, v_was);
        v_after := v_after || jsonb_build_object(v_column, v_is);
    end loop;
    if v_event is null and v_before = '{}' then
        return null;
    end if;
    v_event := coalesce(v_event, 'updated');
    perform overmind.audit_as(
        v_tenant, overmind.user_id(), tg_argv[0] || '.' || v_event,
        case v_event when 'created' then 'create' when 'deleted' then 'delete' when 'tested' then 'execute' else 'update' end,
        tg_argv[0], v_row ->> 'id',
        case when v_event = 'tested' and v_row ->> 'last_test_error' is not null then 'failure' else 'success' end,
        case when tg_op <> 'INSERT' then v_before end,
        case when tg_op <> 'DELETE' then v_after end);
    return null;
end
$$;
comment on function overmind.audit_change() is 'Trigger: writes what was changed in a row, by the columns that may be told, into the audit log.';
