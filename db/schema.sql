-- The schema as the migrations and routines make it, for reading and comparing; made by pg_dump, not by hand.

SET check_function_bodies = false;

CREATE SCHEMA auth;

COMMENT ON SCHEMA auth IS 'The claims under the names that Supabase gives them.';

CREATE SCHEMA overmind;

COMMENT ON SCHEMA overmind IS 'Helpers of Overmind: claims, ids, conventions, claiming of work. Tables of the product live in public.';

CREATE SCHEMA partitions;

COMMENT ON SCHEMA partitions IS 'Monthly partitions; closed to request roles.';

CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA public;

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public;

CREATE TYPE overmind.usage_key AS (
	dimension text,
	grain text,
	metric_date date,
	metric_hour smallint,
	user_id uuid,
	subject text
);

COMMENT ON TYPE overmind.usage_key IS 'What a sum of usage is of: the columns of usage_totals.';

CREATE FUNCTION overmind.org_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (COALESCE(NULLIF(current_setting('app.current_org_id'::text, true), ''::text), ((NULLIF(current_setting('request.jwt.claims'::text, true), ''::text))::jsonb ->> 'org_id'::text)))::uuid;

COMMENT ON FUNCTION overmind.org_id() IS 'The organization of the current claims: app.current_org_id, else org_id of request.jwt.claims, else null.';

CREATE FUNCTION overmind.org_role() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE(NULLIF(current_setting('app.current_org_role'::text, true), ''::text), ((NULLIF(current_setting('request.jwt.claims'::text, true), ''::text))::jsonb ->> 'org_role'::text));

COMMENT ON FUNCTION overmind.org_role() IS 'admin, user or viewer: app.current_org_role, else org_role of request.jwt.claims, else null.';

CREATE FUNCTION overmind.user_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (COALESCE(NULLIF(current_setting('app.current_user_id'::text, true), ''::text), ((NULLIF(current_setting('request.jwt.claims'::text, true), ''::text))::jsonb ->> 'sub'::text)))::uuid;

COMMENT ON FUNCTION overmind.user_id() IS 'The user of the current claims: app.current_user_id, else sub of request.jwt.claims, else null.';

CREATE FUNCTION auth.jwt() RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((NULLIF(current_setting('request.jwt.claims'::text, true), ''::text))::jsonb, jsonb_strip_nulls(jsonb_build_object('sub', overmind.user_id(), 'org_id', overmind.org_id(), 'org_role', overmind.org_role())));

COMMENT ON FUNCTION auth.jwt() IS 'The current claims: request.jwt.claims, else sub, org_id and org_role.';

CREATE FUNCTION auth.org_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN overmind.org_id();

COMMENT ON FUNCTION auth.org_id() IS 'The organization of the current claims, or null.';

CREATE FUNCTION auth.role() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (CURRENT_USER)::text;

COMMENT ON FUNCTION auth.role() IS 'The database role that the statement runs as: anon, authenticated or service_role.';

CREATE FUNCTION auth.uid() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN overmind.user_id();

COMMENT ON FUNCTION auth.uid() IS 'The user of the current claims, or null.';

CREATE FUNCTION overmind.accept_invitation(p_organization_id uuid, p_token_hash text, p_name text, p_password_hash text) RETURNS TABLE(outcome text, user_id uuid, role text, invitation_id uuid)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    asked   record;
    account uuid;
begin
    select i.* into asked
    from public.invitations i
    where i.organization_id = p_organization_id
      and i.token_hash = p_token_hash
    for update;
    if not found or asked.status <> 'pending' or asked.expires_at <= clock_timestamp() then
        return query select 'link_expired', null::uuid, null::text, null::uuid;
        return;
    end if;

    perform pg_advisory_xact_lock(hashtext('overmind.accounts ' || lower(asked.email)));
    select u.id into account
    from public.users u
    where lower(u.email) = lower(asked.email)
      and u.deleted_at is null;
    if account is null then
        if p_password_hash is null then
            return query select 'password_missing', null::uuid, null::text, asked.id;
            return;
        end if;
        insert into public.users (email, name, password_hash)
        values (asked.email, p_name, p_password_hash)
        returning id into account;
    end if;
    -- It is their act from here on, for the audit log.
    perform set_config('app.current_user_id', account::text, true);
    if not (select j.joined from overmind.join_organization(p_organization_id, account, asked.role, p_name) as j) then
        return query select 'already_member', account, null::text, asked.id;
        return;
    end if;
    update public.users u
    set email_verified = true,
        email_verified_at = coalesce(u.email_verified_at, clock_timestamp())
    where u.id = account;
    update public.invitations i
    set status = 'accepted',
        accepted_at = clock_timestamp(),
        accepted_by = account
    where i.organization_id = p_organization_id
      and i.id = asked.id;
    return query select 'accepted', account, asked.role, asked.id;
end
$$;

COMMENT ON FUNCTION overmind.accept_invitation(p_organization_id uuid, p_token_hash text, p_name text, p_password_hash text) IS 'Makes whoever a link was sent to a member, with a new account where the address has none. outcome: accepted, link_expired, already_member or password_missing. Fails with OV002 when the organization is not active, and with OV003 when it has as many members as it may.';

CREATE FUNCTION overmind.activate_workflow(p_key text, p_version integer) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    activated uuid;
begin
    perform from public.workflows w
    where w.organization_id = overmind.org_id()
      and w.key = p_key
    order by w.version
    for no key update;

    update public.workflows w
    set is_active = false
    where w.organization_id = overmind.org_id()
      and w.key = p_key
      and w.is_active
      and w.version <> p_version;
    update public.workflows w
    set is_active = true
    where w.organization_id = overmind.org_id()
      and w.key = p_key
      and w.version = p_version
      and w.deleted_at is null
    returning w.id into activated;
    -- The other versions may be ones that the caller may not change: then the index of active versions refuses, too.
    if activated is null then
        raise exception using
            errcode = 'insufficient_privilege',
            message = format('Version %s of %s is not there to be activated', p_version, p_key);
    end if;
    return activated;
end
$$;

COMMENT ON FUNCTION overmind.activate_workflow(p_key text, p_version integer) IS 'Makes a version of a workflow the one that new runs use, in place of the one that was.';

CREATE FUNCTION overmind.add_data_protection_key(p_friendly_name text, p_xml text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    insert into overmind.data_protection_keys (friendly_name, xml)
    values (p_friendly_name, p_xml)
    on conflict (friendly_name) do nothing
$$;

COMMENT ON FUNCTION overmind.add_data_protection_key(p_friendly_name text, p_xml text) IS 'Adds a key to the ring; one of the same name stays as it is.';

CREATE FUNCTION overmind.add_one_time_token(p_token_hash text, p_purpose text, p_email text, p_name text, p_user_id uuid, p_lifetime interval) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    perform pg_advisory_xact_lock(hashtext('overmind.one_time_tokens ' || lower(p_email)));
    if (select count(*)
        from overmind.one_time_tokens t
        where lower(t.email) = lower(p_email)
          and t.created_at > clock_timestamp() - interval '1 hour') >= 5 then
        return false;
    end if;
    update overmind.one_time_tokens t
    set used_at = clock_timestamp()
    where lower(t.email) = lower(p_email)
      and t.purpose = p_purpose
      and t.used_at is null;
    insert into overmind.one_time_tokens (token_hash, purpose, email, name, user_id, expires_at)
    values (p_token_hash, p_purpose, p_email, p_name, p_user_id, clock_timestamp() + p_lifetime);
    return true;
end
$$;

COMMENT ON FUNCTION overmind.add_one_time_token(p_token_hash text, p_purpose text, p_email text, p_name text, p_user_id uuid, p_lifetime interval) IS 'Makes the token of a link; the one before it of the same purpose is good no more. False: five were made for the address within an hour, and none is.';

CREATE FUNCTION overmind.add_signing_key(p_id uuid, p_public_key jsonb, p_secret bytea, p_rotate boolean) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    -- Nodes that start together on an empty database make one key.
    perform pg_advisory_xact_lock(hashtext('overmind.add_signing_key'));
    if not p_rotate and exists (select from overmind.signing_keys k where k.retired_at is null) then
        return false;
    end if;
    update overmind.signing_keys k
    set retired_at = clock_timestamp()
    where k.retired_at is null;
    insert into overmind.signing_keys (id, public_key, secret)
    values (p_id, p_public_key, p_secret);
    perform pg_notify('signing_key_changed', '');
    if p_rotate then
        perform overmind.audit_as(null, null, 'signing_key.rotated', 'update', 'signing_key', p_id::text, 'success');
    end if;
    return true;
end
$$;

COMMENT ON FUNCTION overmind.add_signing_key(p_id uuid, p_public_key jsonb, p_secret bytea, p_rotate boolean) IS 'Adds the key that signs from now on and retires the one before; without p_rotate only when there is none. False: it was not added.';

CREATE FUNCTION overmind.agent_configurations_before_rewording() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    new.customized_at := clock_timestamp();
    return new;
end
$$;

COMMENT ON FUNCTION overmind.agent_configurations_before_rewording() IS 'Trigger: remembers that an organization reworded its copy of a system agent. An upgrade, which raises origin_version, does not count.';

CREATE FUNCTION overmind.ai_response_cache_before_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    delete from public.ai_response_cache c
    where c.organization_id = new.organization_id
      and c.organization_id = coalesce(overmind.org_id(), c.organization_id)
      and c.cache_key = new.cache_key
      and c.expires_at <= clock_timestamp();
    return new;
end
$$;

COMMENT ON FUNCTION overmind.ai_response_cache_before_insert() IS 'Trigger: an answer that has expired makes room for the new one of the same key.';

CREATE FUNCTION overmind.allowed_jobs(p_pairs jsonb, p_limits jsonb, p_share integer) RETURNS TABLE(kind text, tenant uuid, priority smallint, run_at timestamp with time zone, id uuid, share integer)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    free  jsonb := '{}';
    rules jsonb;
begin
    for kind, tenant, priority, run_at, id in
        select p.kind, p.tenant, p.priority, p.run_at, p.id
        from jsonb_to_recordset(p_pairs) as p (kind text, tenant uuid, priority smallint, run_at timestamptz, id uuid)
    loop
        -- What belongs to a suspended organization waits until it is active again.
        continue when overmind.is_frozen(tenant);
        share := p_share;
        rules := p_limits -> kind;
        if rules is not null then
            if not free ? kind then
                free := free || jsonb_build_object(kind, coalesce((rules ->> 'slots')::integer, 2147483647));
                if rules ? 'all' or rules ? 'organization' then
                    if not pg_try_advisory_xact_lock(hashtextextended('overmind.jobs.' || kind, 0)) then
                        free := free || jsonb_build_object(kind, 0);
                    elsif rules ? 'all' then
                        free := free || jsonb_build_object(kind, least((free ->> kind)::integer, (rules ->> 'all')::integer - (
                            select count(*) from overmind.held_jobs(allowed_jobs.kind))));
                    end if;
                end if;
            end if;
            share := least(share, (free ->> kind)::integer);
            if rules ? 'organization' then
                share := least(share, (rules ->> 'organization')::integer - (
                    select count(*)
                    from overmind.held_jobs(allowed_jobs.kind) as h
                    where h.organization_id is not distinct from nullif(allowed_jobs.tenant, '00000000-0000-0000-0000-000000000000'::uuid)));
            end if;
            free := free || jsonb_build_object(kind, (free ->> kind)::integer - greatest(share, 0));
        end if;
        if share > 0 then
            return next;
        end if;
    end loop;
end
$$;

COMMENT ON FUNCTION overmind.allowed_jobs(p_pairs jsonb, p_limits jsonb, p_share integer) IS 'How many jobs of each pair of kind and organization the limits leave. Called by claim_jobs.';

CREATE FUNCTION overmind.api_keys_after_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform pg_notify('api_key_changed', old.id::text);
    return null;
end
$$;

COMMENT ON FUNCTION overmind.api_keys_after_change() IS 'Trigger: lets every node forget what it knows of a key.';

CREATE FUNCTION overmind.append_run_events(p_run_id uuid, p_events jsonb) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    last bigint;
begin
    update public.workflow_runs r
    set last_sequence = r.last_sequence + jsonb_array_length(p_events)
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
    returning r.last_sequence into last;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no run %s', p_run_id),
            table = 'run_events',
            constraint = 'run_events_run_fkey';
    end if;

    perform overmind.insert_run_events(p_run_id, last - jsonb_array_length(p_events) + 1, p_events);
    return last;
end
$$;

COMMENT ON FUNCTION overmind.append_run_events(p_run_id uuid, p_events jsonb) IS 'Writes events [{type, step_id, data}] under the run''s next numbers, without gaps, and wakes the streams. Returns the last number.';

CREATE FUNCTION overmind.attribute_call() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    found record;
begin
    if new.run_id is not null then
        select w.key, r.api_key_id, r.trace_id, r.is_scheduled into found
        from public.workflow_runs r
        left join public.workflows w on w.organization_id = r.organization_id and w.id = r.workflow_id
        where r.organization_id = new.organization_id and r.id = new.run_id;
        new.workflow_key := coalesce(new.workflow_key, found.key);
        new.api_key_id := coalesce(new.api_key_id, found.api_key_id);
        new.trace_id := coalesce(new.trace_id, found.trace_id);
        new.is_scheduled := new.is_scheduled or coalesce(found.is_scheduled, false);
    end if;
    if new.project_id is null and new.conversation_id is not null then
        new.project_id := (
            select c.project_id
            from public.conversations c
            where c.organization_id = new.organization_id and c.id = new.conversation_id);
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.attribute_call() IS 'Trigger: a call belongs to the project that its conversation is in when it is made, and one of a run to its workflow and to the API key and the request that asked for it.';

CREATE FUNCTION overmind.audit(p_event_type text, p_action text, p_resource_type text, p_resource_id text, p_status text, p_old_values jsonb DEFAULT NULL::jsonb, p_new_values jsonb DEFAULT NULL::jsonb, p_metadata jsonb DEFAULT NULL::jsonb, p_ip inet DEFAULT NULL::inet, p_user_agent text DEFAULT NULL::text, p_request_id text DEFAULT NULL::text, p_api_key_id uuid DEFAULT NULL::uuid, p_personal jsonb DEFAULT NULL::jsonb) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if overmind.org_id() is null then
        raise exception 'overmind.audit: there is no organization in the claims' using errcode = 'insufficient_privilege';
    end if;
    return overmind.audit_as(
        overmind.org_id(), overmind.user_id(), p_event_type, p_action, p_resource_type, p_resource_id, p_status,
        p_old_values, p_new_values, p_metadata, p_ip, p_user_agent, p_request_id, p_api_key_id, p_personal);
end
$$;

COMMENT ON FUNCTION overmind.audit(p_event_type text, p_action text, p_resource_type text, p_resource_id text, p_status text, p_old_values jsonb, p_new_values jsonb, p_metadata jsonb, p_ip inet, p_user_agent text, p_request_id text, p_api_key_id uuid, p_personal jsonb) IS 'Writes one act of the current claims into the audit log, in the transaction of the act.';

CREATE FUNCTION overmind.audit_account(p_user_id uuid, p_event_type text) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select overmind.audit_as(m.organization_id, p_user_id, p_event_type, 'update', 'user', p_user_id::text, 'success')
    from public.organization_members m
    where m.user_id = p_user_id
      and m.left_at is null
$$;

COMMENT ON FUNCTION overmind.audit_account(p_user_id uuid, p_event_type text) IS 'Writes what happened to a person''s account into the audit log of each of their organizations.';

CREATE FUNCTION overmind.audit_as(p_organization_id uuid, p_user_id uuid, p_event_type text, p_action text, p_resource_type text, p_resource_id text, p_status text, p_old_values jsonb DEFAULT NULL::jsonb, p_new_values jsonb DEFAULT NULL::jsonb, p_metadata jsonb DEFAULT NULL::jsonb, p_ip inet DEFAULT NULL::inet, p_user_agent text DEFAULT NULL::text, p_request_id text DEFAULT NULL::text, p_api_key_id uuid DEFAULT NULL::uuid, p_personal jsonb DEFAULT NULL::jsonb) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    v_id     uuid := overmind.uuid_v7();
    v_origin jsonb := nullif(current_setting('app.request_origin', true), '')::jsonb;
    v_ip     inet := coalesce(p_ip, (v_origin ->> 'ip')::inet);
    v_agent  text := left(coalesce(p_user_agent, v_origin ->> 'user_agent'), 500);
    v_salt   bytea;
    v_digest bytea;
begin
    if v_ip is not null or v_agent is not null or p_personal is not null then
        v_salt := uuid_send(gen_random_uuid());
        v_digest := sha256(v_salt || convert_to(jsonb_build_array(host(v_ip), v_agent, coalesce(p_personal, '{}'))::text, 'UTF8'));
        insert into public.audit_details (organization_id, id, ip_address, user_agent, personal, salt)
        values (p_organization_id, v_id, v_ip, v_agent, coalesce(p_personal, '{}'), v_salt);
    end if;
    insert into public.audit_logs (
        organization_id, id, user_id, api_key_id, event_type, action, resource_type, resource_id, status,
        old_values, new_values, metadata, request_id, details_digest)
    values (
        p_organization_id, v_id, p_user_id, coalesce(p_api_key_id, (v_origin ->> 'api_key_id')::uuid), p_event_type, p_action, p_resource_type,
        p_resource_id, p_status, p_old_values, p_new_values,
        -- Somebody with SQL access alone is known by their login.
        coalesce(p_metadata, '{}') || case when p_user_id is null then jsonb_build_object('login', session_user) else '{}' end,
        left(coalesce(p_request_id, v_origin ->> 'request_id'), 255), v_digest);
    return v_id;
end
$$;

COMMENT ON FUNCTION overmind.audit_as(p_organization_id uuid, p_user_id uuid, p_event_type text, p_action text, p_resource_type text, p_resource_id text, p_status text, p_old_values jsonb, p_new_values jsonb, p_metadata jsonb, p_ip inet, p_user_agent text, p_request_id text, p_api_key_id uuid, p_personal jsonb) IS 'Writes one act into the audit log, in the transaction of the act: of this organization and user, or of none. Where it came from is app.request_origin unless given.';

CREATE FUNCTION overmind.audit_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
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
$_$;

COMMENT ON FUNCTION overmind.audit_change() IS 'Trigger: writes what was changed in a row, by the columns that may be told, into the audit log.';

CREATE FUNCTION overmind.audit_retention_days(p_settings jsonb) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (jsonb_typeof((p_settings -> 'audit_retention_days'::text)) = 'number'::text) THEN (SELECT (d.days)::integer AS days FROM (SELECT ((audit_retention_days.p_settings ->> 'audit_retention_days'::text))::numeric AS days) d WHERE ((d.days >= (30)::numeric) AND (d.days <= (36500)::numeric) AND (d.days = trunc(d.days)))) ELSE NULL::integer END;

COMMENT ON FUNCTION overmind.audit_retention_days(p_settings jsonb) IS 'After how many days the acts of an organization with these settings leave the audit log; null: never.';

CREATE FUNCTION overmind.uuid_v7(at timestamp with time zone DEFAULT clock_timestamp()) RETURNS uuid
    LANGUAGE sql PARALLEL SAFE
    RETURN (encode(set_bit(set_bit(OVERLAY(uuid_send(gen_random_uuid()) PLACING SUBSTRING(int8send((floor((EXTRACT(epoch FROM at) * (1000)::numeric)))::bigint) FROM 3) FROM 1 FOR 6), (52)::bigint, 1), (53)::bigint, 1), 'hex'::text))::uuid;

COMMENT ON FUNCTION overmind.uuid_v7(at timestamp with time zone) IS 'A UUIDv7 of the given time (now unless given).';

CREATE TABLE public.audit_logs (
    organization_id uuid DEFAULT overmind.org_id(),
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    user_id uuid DEFAULT overmind.user_id(),
    api_key_id uuid,
    event_type text NOT NULL,
    action text NOT NULL,
    resource_type text NOT NULL,
    resource_id text,
    status text DEFAULT 'success'::text NOT NULL,
    old_values jsonb,
    new_values jsonb,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    request_id text,
    details_digest bytea,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT audit_logs_action_known CHECK ((action = ANY (ARRAY['create'::text, 'read'::text, 'update'::text, 'delete'::text, 'execute'::text, 'login'::text, 'logout'::text]))),
    CONSTRAINT audit_logs_details_digest_length CHECK ((length(details_digest) = 32)),
    CONSTRAINT audit_logs_event_type_shape CHECK (((event_type ~~ '_%._%'::text) AND (length(event_type) <= 100))),
    CONSTRAINT audit_logs_metadata_object CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT audit_logs_new_values_object CHECK ((jsonb_typeof(new_values) = 'object'::text)),
    CONSTRAINT audit_logs_old_values_object CHECK ((jsonb_typeof(old_values) = 'object'::text)),
    CONSTRAINT audit_logs_request_id_length CHECK (((length(request_id) >= 1) AND (length(request_id) <= 255))),
    CONSTRAINT audit_logs_resource_id_length CHECK (((length(resource_id) >= 1) AND (length(resource_id) <= 255))),
    CONSTRAINT audit_logs_resource_type_length CHECK (((length(resource_type) >= 1) AND (length(resource_type) <= 100))),
    CONSTRAINT audit_logs_status_known CHECK ((status = ANY (ARRAY['success'::text, 'failure'::text])))
)
PARTITION BY RANGE (id);

COMMENT ON TABLE public.audit_logs IS 'What was done or tried that is privileged or touches security, by whom. Written once, by overmind.audit(); sealed in overmind.audit_seals. Partitioned by month of id.';

COMMENT ON COLUMN public.audit_logs.organization_id IS 'Tenant; null for what belongs to none, as a sign-in with an address that nobody has.';

COMMENT ON COLUMN public.audit_logs.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.audit_logs.user_id IS 'The member who did it; null: nobody with claims.';

COMMENT ON COLUMN public.audit_logs.api_key_id IS 'The API key they did it with.';

COMMENT ON COLUMN public.audit_logs.event_type IS 'What happened, as api_key.created.';

COMMENT ON COLUMN public.audit_logs.action IS 'create, read, update, delete, execute, login or logout.';

COMMENT ON COLUMN public.audit_logs.resource_type IS 'What it was done to, as api_key.';

COMMENT ON COLUMN public.audit_logs.resource_id IS 'Which one; null when there is one alone or it is not known.';

COMMENT ON COLUMN public.audit_logs.status IS 'success or failure.';

COMMENT ON COLUMN public.audit_logs.old_values IS 'What was changed, as it was; no secrets.';

COMMENT ON COLUMN public.audit_logs.new_values IS 'The same as it is since; no secrets.';

COMMENT ON COLUMN public.audit_logs.metadata IS 'What else is known of it, as a JSON object: the code of a failure, the login of somebody without claims.';

COMMENT ON COLUMN public.audit_logs.request_id IS 'The request it was done by.';

COMMENT ON COLUMN public.audit_logs.details_digest IS 'SHA-256 of the row in audit_details, which may be erased; null when there is none.';

COMMENT ON COLUMN public.audit_logs.transaction_id IS 'The transaction that did it and wrote this.';

COMMENT ON COLUMN public.audit_logs.created_at IS 'When it was done.';

CREATE FUNCTION overmind.audit_row_hash(l public.audit_logs) RETURNS bytea
    LANGUAGE sql STABLE
    RETURN sha256(convert_to((jsonb_build_array('overmind.audit.1', (l).id, (l).organization_id, (l).user_id, (l).api_key_id, (l).event_type, (l).action, (l).resource_type, (l).resource_id, (l).status, (l).old_values, (l).new_values, (l).metadata, (l).request_id, encode((l).details_digest, 'hex'::text), ((l).transaction_id)::text, (floor((EXTRACT(epoch FROM (l).created_at) * (1000000)::numeric)))::bigint))::text, 'UTF8'::name));

COMMENT ON FUNCTION overmind.audit_row_hash(l public.audit_logs) IS 'SHA-256 of a row of the audit log.';

CREATE FUNCTION overmind.authenticate_api_key(p_organization_id uuid, p_key_hash text) RETURNS TABLE(api_key_id uuid, user_id uuid, role text, scopes jsonb, name text, expires_at timestamp with time zone, permissions jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select k.id, k.user_id, m.role, k.scopes, k.name, k.expires_at, m.permissions
    from public.api_keys k
    join public.organization_members m on m.organization_id = k.organization_id and m.user_id = k.user_id
    join public.organizations o on o.id = k.organization_id
    join public.users u on u.id = k.user_id
    where k.organization_id = p_organization_id
      and k.key_hash = p_key_hash
      and k.is_active
      and k.revoked_at is null
      and (k.expires_at is null or k.expires_at > clock_timestamp())
      and m.left_at is null
      and o.deleted_at is null
      and u.deleted_at is null
$$;

COMMENT ON FUNCTION overmind.authenticate_api_key(p_organization_id uuid, p_key_hash text) IS 'Whose key this is: one row while key, member and user are in force and the organization is there, else none. p_key_hash is the SHA-256 of the secret, in hex.';

CREATE FUNCTION overmind.authenticate_session(p_session_id uuid, p_user_id uuid, p_organization_id uuid) RETURNS TABLE(user_id uuid, organization_id uuid, role text, permissions jsonb, expires_at timestamp with time zone, is_member boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    acts_in uuid;
begin
    -- Written at most once a minute, whoever asks how often.
    update public.sessions u
    set last_active_at = clock_timestamp(),
        expires_at = case when u.device_type = 'web' then greatest(u.expires_at, clock_timestamp() + interval '7 days') else u.expires_at end
    where u.id = p_session_id
      and u.user_id = p_user_id
      and u.revoked_at is null
      and u.expires_at > clock_timestamp()
      and u.last_active_at < clock_timestamp() - interval '1 minute'
    returning coalesce(p_organization_id, u.organization_id) into acts_in;
    if found then
        perform overmind.record_activity(array[acts_in], array[p_user_id], array[clock_timestamp()]);
    end if;

    return query
    select c.user_id, c.wanted, m.role, m.permissions, c.expires_at, m.role is not null
    from (
        select t.user_id, coalesce(p_organization_id, t.organization_id) as wanted, t.expires_at
        from public.sessions t
        join public.users u on u.id = t.user_id
        where t.id = p_session_id
          and t.user_id = p_user_id
          and t.revoked_at is null
          and t.expires_at > clock_timestamp()
          and u.deleted_at is null) as c
    left join lateral (
        select m.role, m.permissions
        from public.organization_members m
        join public.organizations o on o.id = m.organization_id
        where m.user_id = c.user_id
          and m.organization_id = c.wanted
          and m.left_at is null
          and o.deleted_at is null) as m on true;
end
$$;

COMMENT ON FUNCTION overmind.authenticate_session(p_session_id uuid, p_user_id uuid, p_organization_id uuid) IS 'Who a session is, and as what in the organization: one row while session and user are in force, else none; is_member is false where they are no member in force.';

CREATE FUNCTION overmind.begin_cached_call(p_cache_key text, p_holder uuid, p_lease interval) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    insert into overmind.cache_flights as f (organization_id, cache_key, holder, expires_at)
    values (overmind.org_id(), p_cache_key, p_holder, clock_timestamp() + p_lease)
    on conflict on constraint cache_flights_pkey do update
    set holder = excluded.holder,
        expires_at = excluded.expires_at
    where f.holder = excluded.holder
       or f.expires_at <= clock_timestamp();
    return found;
end
$$;

COMMENT ON FUNCTION overmind.begin_cached_call(p_cache_key text, p_holder uuid, p_lease interval) IS 'Whether the caller makes this call, or goes on making it; false while another one of the organization does.';

CREATE FUNCTION overmind.block_job(p_id uuid, p_lease_token bigint, p_budget_id uuid, p_subject text, p_until timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    perform
    from public.budgets b
    where b.organization_id = (select j.organization_id from public.jobs j where j.id = p_id)
      and b.id = p_budget_id
      and b.is_active
    for share;
    if not found or not exists (
        select
        from public.budget_periods p
        where p.organization_id = (select j.organization_id from public.jobs j where j.id = p_id)
          and p.budget_id = p_budget_id
          and p.subject = p_subject
          and p.stopped_at is not null
          and p.period_start <= clock_timestamp()
          and p.period_end > clock_timestamp())
    then
        perform overmind.finish_job(p_id, p_lease_token, 'pending');
        return;
    end if;

    update public.jobs j
    set status = 'blocked',
        run_at = greatest(p_until, clock_timestamp() + interval '1 second'),
        attempt_count = j.attempt_count - 1,
        lease_token = null,
        blocked_by = p_budget_id
    where j.id = p_id
      and j.lease_token = p_lease_token
      and j.status = 'processing';
    if not found then
        raise exception using
            errcode = 'OV001',
            message = format('The job %s is no longer held by lease %s', p_id, p_lease_token);
    end if;
end
$$;

COMMENT ON FUNCTION overmind.block_job(p_id uuid, p_lease_token bigint, p_budget_id uuid, p_subject text, p_until timestamp with time zone) IS 'Puts a leased job back that a budget does not let go on, until p_until, or until the budget lets it; as if it had not been claimed. Fails with OV001 when the lease is no longer held.';

CREATE FUNCTION overmind.request_origin(p_member text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN ((NULLIF(current_setting('app.request_origin'::text, true), ''::text))::jsonb ->> p_member);

COMMENT ON FUNCTION overmind.request_origin(p_member text) IS 'Where what the transaction does came from (app.request_origin): ip, user_agent, request_id, api_key_id or is_scheduled; null where that is not known.';

CREATE TABLE public.budgets (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    name text NOT NULL,
    dimension text NOT NULL,
    subject text,
    period text NOT NULL,
    unit text NOT NULL,
    currency text,
    limit_amount numeric NOT NULL,
    soft_ratio numeric DEFAULT 0.8 NOT NULL,
    on_limit text DEFAULT 'block'::text NOT NULL,
    second_limit numeric,
    is_active boolean DEFAULT true NOT NULL,
    recount_after xid8,
    created_by uuid DEFAULT overmind.user_id(),
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT budgets_currency_of_money CHECK ((((unit = 'money'::text) = (currency IS NOT NULL)) AND (currency ~ '^[A-Z]{3}$'::text))),
    CONSTRAINT budgets_dimension_known CHECK ((dimension = ANY (ARRAY['organization'::text, 'user'::text, 'api_key'::text, 'project'::text, 'workflow'::text, 'model'::text]))),
    CONSTRAINT budgets_limits_range CHECK (((LEAST(limit_amount, second_limit) >= (0)::numeric) AND (GREATEST(limit_amount, second_limit) <= ('1000000000000000'::bigint)::numeric))),
    CONSTRAINT budgets_limits_scale CHECK ((GREATEST(scale(limit_amount), scale(second_limit)) <=
CASE unit
    WHEN 'money'::text THEN 10
    ELSE 0
END)),
    CONSTRAINT budgets_name_length CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT budgets_on_limit_known CHECK ((on_limit = ANY (ARRAY['block'::text, 'skip_scheduled'::text, 'allow_up_to'::text]))),
    CONSTRAINT budgets_period_known CHECK ((period = ANY (ARRAY['day'::text, 'week'::text, 'month'::text]))),
    CONSTRAINT budgets_second_limit_above CHECK ((((on_limit = 'allow_up_to'::text) = (second_limit IS NOT NULL)) AND (second_limit > limit_amount))),
    CONSTRAINT budgets_soft_ratio_range CHECK (((soft_ratio > (0)::numeric) AND (soft_ratio <= (1)::numeric) AND (scale(soft_ratio) <= 4))),
    CONSTRAINT budgets_subject_shape CHECK (((subject IS NULL) OR
CASE dimension
    WHEN 'organization'::text THEN false
    WHEN 'workflow'::text THEN ((length(subject) >= 1) AND (length(subject) <= 200))
    WHEN 'model'::text THEN ((length(subject) <= 301) AND (subject ~ '^[a-z0-9][a-z0-9_-]*/.'::text))
    ELSE (subject ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text)
END)),
    CONSTRAINT budgets_unit_known CHECK ((unit = ANY (ARRAY['money'::text, 'tokens'::text, 'calls'::text])))
);

COMMENT ON TABLE public.budgets IS 'What may be used in a period. Asked by the trigger that reserves a call in the ledger, so that nothing that reserves can pass by.';

COMMENT ON COLUMN public.budgets.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.budgets.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.budgets.name IS 'What people call it.';

COMMENT ON COLUMN public.budgets.dimension IS 'Whose use it limits: organization, user, api_key, project, workflow or model.';

COMMENT ON COLUMN public.budgets.subject IS 'Which one: an id, the key of a workflow, provider/model or, for all models of a provider together, provider/*. Null: the organization, or each user, key, … by itself.';

COMMENT ON COLUMN public.budgets.period IS 'day, week (from Monday) or month, in the time zone of the organization.';

COMMENT ON COLUMN public.budgets.unit IS 'money, tokens (in and out) or calls.';

COMMENT ON COLUMN public.budgets.currency IS 'Of money, by ISO 4217; null for tokens and calls.';

COMMENT ON COLUMN public.budgets.limit_amount IS 'What may be used in a period; 0: nothing.';

COMMENT ON COLUMN public.budgets.soft_ratio IS 'Part of the limit at which people are told, above 0 to 1.';

COMMENT ON COLUMN public.budgets.on_limit IS 'block: no more calls; skip_scheduled: none of what a schedule asked for; allow_up_to: they go on to second_limit.';

COMMENT ON COLUMN public.budgets.second_limit IS 'Where calls end that may go on above the limit; null unless on_limit is allow_up_to.';

COMMENT ON COLUMN public.budgets.is_active IS 'False: it limits nothing, and is counted anew when it is switched on.';

COMMENT ON COLUMN public.budgets.recount_after IS 'Counted once more when all transactions before this one have ended: they may not have seen the budget begin. 0: it is not known yet which. Null: it is exact.';

COMMENT ON COLUMN public.budgets.created_by IS 'Who made it.';

COMMENT ON COLUMN public.budgets.created_at IS 'When it was made.';

COMMENT ON COLUMN public.budgets.updated_at IS 'When it was last changed; kept by a trigger.';

CREATE TABLE public.token_usage (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    user_id uuid DEFAULT overmind.user_id(),
    conversation_id uuid,
    project_id uuid,
    run_id uuid,
    step_id uuid,
    attempt integer DEFAULT 1 NOT NULL,
    api_key_id uuid DEFAULT (overmind.request_origin('api_key_id'::text))::uuid,
    trace_id text DEFAULT overmind.request_origin('request_id'::text),
    operation text DEFAULT 'chat'::text NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    status text DEFAULT 'reserved'::text NOT NULL,
    is_estimated boolean DEFAULT false NOT NULL,
    tokens_input bigint,
    tokens_output bigint,
    tokens_cached bigint,
    tokens_reasoning bigint,
    cost numeric,
    currency text DEFAULT 'USD'::text NOT NULL,
    latency_ms integer,
    raw_usage jsonb,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    settled_at timestamp with time zone,
    tokens_cache_write bigint,
    tokens_cache_write_1h bigint,
    tokens_audio_input bigint,
    tokens_audio_output bigint,
    tokens_image_input bigint,
    tokens_image_output bigint,
    web_searches bigint,
    service_tier text,
    price_id uuid,
    outcome text,
    workflow_key text,
    is_scheduled boolean DEFAULT COALESCE((overmind.request_origin('is_scheduled'::text))::boolean, false) NOT NULL,
    CONSTRAINT token_usage_attempt_positive CHECK ((attempt > 0)),
    CONSTRAINT token_usage_cost_not_negative CHECK (((cost >= (0)::numeric) AND (cost < 'Infinity'::numeric))),
    CONSTRAINT token_usage_currency_shape CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT token_usage_kinds_not_negative CHECK (((tokens_cache_write >= 0) AND (tokens_cache_write_1h >= 0) AND (tokens_audio_input >= 0) AND (tokens_audio_output >= 0) AND (tokens_image_input >= 0) AND (tokens_image_output >= 0) AND (web_searches >= 0))),
    CONSTRAINT token_usage_latency_ms_not_negative CHECK ((latency_ms >= 0)),
    CONSTRAINT token_usage_metadata_object CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT token_usage_operation_shape CHECK ((operation ~ '^[a-z][a-z0-9_.]{0,99}$'::text)),
    CONSTRAINT token_usage_outcome_known CHECK ((outcome = ANY (ARRAY['succeeded'::text, 'failed'::text, 'stopped'::text, 'lost'::text, 'blocked'::text, 'cached'::text]))),
    CONSTRAINT token_usage_service_tier_length CHECK (((length(service_tier) >= 1) AND (length(service_tier) <= 64))),
    CONSTRAINT token_usage_settled_at_when_settled CHECK (((status = 'settled'::text) = (settled_at IS NOT NULL))),
    CONSTRAINT token_usage_status_known CHECK ((status = ANY (ARRAY['reserved'::text, 'settled'::text]))),
    CONSTRAINT token_usage_tokens_not_negative CHECK (((tokens_input >= 0) AND (tokens_output >= 0) AND (tokens_cached >= 0) AND (tokens_reasoning >= 0)))
)
PARTITION BY RANGE (id);

COMMENT ON TABLE public.token_usage IS 'The ledger: one row for each attempt at a model call, reserved before the call and settled after it. Partitioned by month of id; nothing refers to it.';

COMMENT ON COLUMN public.token_usage.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.token_usage.id IS 'Identity: a UUIDv7, given beforehand, so that a call is written once.';

COMMENT ON COLUMN public.token_usage.user_id IS 'The member whose work it was.';

COMMENT ON COLUMN public.token_usage.conversation_id IS 'Conversation of the run.';

COMMENT ON COLUMN public.token_usage.project_id IS 'Project of the conversation.';

COMMENT ON COLUMN public.token_usage.run_id IS 'The run.';

COMMENT ON COLUMN public.token_usage.step_id IS 'The step.';

COMMENT ON COLUMN public.token_usage.attempt IS 'Attempt at the step, from 1.';

COMMENT ON COLUMN public.token_usage.api_key_id IS 'API key that asked; null: none did.';

COMMENT ON COLUMN public.token_usage.trace_id IS 'Request that asked, as X-Request-Id names it: its trace where the caller sent one.';

COMMENT ON COLUMN public.token_usage.operation IS 'chat, embedding and so on.';

COMMENT ON COLUMN public.token_usage.provider IS 'Provider of the model.';

COMMENT ON COLUMN public.token_usage.model IS 'The model.';

COMMENT ON COLUMN public.token_usage.status IS 'reserved until the call has ended, then settled, which is final.';

COMMENT ON COLUMN public.token_usage.is_estimated IS 'Whether the tokens were counted here, because the provider reported none.';

COMMENT ON COLUMN public.token_usage.tokens_input IS 'Tokens of the prompt, all of them; null: unknown.';

COMMENT ON COLUMN public.token_usage.tokens_output IS 'Tokens of the answer, reasoning and all; null: unknown.';

COMMENT ON COLUMN public.token_usage.tokens_cached IS 'Those of the prompt that the provider had cached.';

COMMENT ON COLUMN public.token_usage.tokens_reasoning IS 'Those of the answer that were reasoning.';

COMMENT ON COLUMN public.token_usage.cost IS 'Cost, not rounded; null: unknown.';

COMMENT ON COLUMN public.token_usage.currency IS 'Its currency, by ISO 4217.';

COMMENT ON COLUMN public.token_usage.latency_ms IS 'How long the call took, in milliseconds.';

COMMENT ON COLUMN public.token_usage.raw_usage IS 'What the provider reported, as it came.';

COMMENT ON COLUMN public.token_usage.metadata IS 'What else is known of it, as a JSON object.';

COMMENT ON COLUMN public.token_usage.created_at IS 'When the call was reserved.';

COMMENT ON COLUMN public.token_usage.settled_at IS 'When it was settled.';

COMMENT ON COLUMN public.token_usage.tokens_cache_write IS 'Those of the prompt that it cached, for five minutes or as long as it does.';

COMMENT ON COLUMN public.token_usage.tokens_cache_write_1h IS 'Those of the prompt that it cached for an hour.';

COMMENT ON COLUMN public.token_usage.tokens_audio_input IS 'Those of the prompt that were audio.';

COMMENT ON COLUMN public.token_usage.tokens_audio_output IS 'Those of the answer that were audio.';

COMMENT ON COLUMN public.token_usage.tokens_image_input IS 'Those of the prompt that were images.';

COMMENT ON COLUMN public.token_usage.tokens_image_output IS 'Those of the answer that were images.';

COMMENT ON COLUMN public.token_usage.web_searches IS 'Web searches that the provider made.';

COMMENT ON COLUMN public.token_usage.service_tier IS 'Tier in which the provider served it, as priority; null: its usual one.';

COMMENT ON COLUMN public.token_usage.price_id IS 'The price it was charged by: of price_overrides or of model_prices; null: none was known.';

COMMENT ON COLUMN public.token_usage.outcome IS 'succeeded; failed: the provider refused or broke off; stopped: the caller went away; lost: the process died; blocked: a budget did not let it be made, so that it is no call; cached: answered from ai_response_cache, which costs nothing. Null while reserved, and in rows of before.';

COMMENT ON COLUMN public.token_usage.workflow_key IS 'Key of the run''s workflow; null outside of runs.';

COMMENT ON COLUMN public.token_usage.is_scheduled IS 'Whether the job of a schedule asked.';

CREATE FUNCTION overmind.budget_amount(p_budget public.budgets, p_call public.token_usage) RETURNS numeric
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    return case p_budget.unit
        when 'calls' then (p_call.outcome is distinct from 'cached')::integer
        when 'tokens' then coalesce(p_call.tokens_input, 0) + coalesce(p_call.tokens_output, 0)
        else case
            when p_call.cost = 0 or p_budget.currency = 'USD' then p_call.cost
            else p_call.cost * overmind.budget_rate(p_budget, p_call.created_at)
        end
    end;
end
$$;

COMMENT ON FUNCTION overmind.budget_amount(p_budget public.budgets, p_call public.token_usage) IS 'What a call counts for in a budget, in its unit; one that the response cache answered: nothing. Of money by the exchange rate of the day of the call. Null: nobody knows what it costs.';

CREATE FUNCTION overmind.budget_period(p_zone text, p_period text, p_at timestamp with time zone, OUT period_start timestamp with time zone, OUT period_end timestamp with time zone) RETURNS record
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    first timestamp := date_trunc(p_period, p_at at time zone p_zone);
    after timestamp := first + ('1 ' || p_period)::interval;
begin
    period_start := first at time zone p_zone;
    if (period_start - interval '1 hour') at time zone p_zone = first then
        period_start := period_start - interval '1 hour';
    end if;
    period_end := after at time zone p_zone;
    if (period_end - interval '1 hour') at time zone p_zone = after then
        period_end := period_end - interval '1 hour';
    end if;
end
$$;

COMMENT ON FUNCTION overmind.budget_period(p_zone text, p_period text, p_at timestamp with time zone, OUT period_start timestamp with time zone, OUT period_end timestamp with time zone) IS 'The day, week (from Monday) or month of a zone that a moment falls into: its beginning, and its end, which is the beginning of the next.';

CREATE FUNCTION overmind.budget_rate(p_budget public.budgets, p_at timestamp with time zone) RETURNS numeric
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    return (
        select overmind.exchange_rate(o.id, p_budget.currency, (p_at at time zone o.timezone)::date)
        from public.organizations o
        where o.id = p_budget.organization_id);
end
$$;

COMMENT ON FUNCTION overmind.budget_rate(p_budget public.budgets, p_at timestamp with time zone) IS 'Units of a budget''s currency for one US dollar on the day of its organization that a moment falls into; null when none is known.';

CREATE FUNCTION overmind.budget_subject(p_budget public.budgets, p_provider text, p_model text, p_user_id uuid, p_api_key_id uuid, p_project_id uuid, p_workflow_key text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    own constant text := case p_budget.dimension
        when 'organization' then ''
        when 'user' then p_user_id::text
        when 'api_key' then p_api_key_id::text
        when 'project' then p_project_id::text
        when 'workflow' then p_workflow_key
        else p_provider || '/' || p_model
    end;
begin
    return case
        when p_budget.subject is null then own
        when p_budget.subject = own or p_budget.dimension = 'model' and p_budget.subject = p_provider || '/*' then p_budget.subject
    end;
end
$$;

COMMENT ON FUNCTION overmind.budget_subject(p_budget public.budgets, p_provider text, p_model text, p_user_id uuid, p_api_key_id uuid, p_project_id uuid, p_workflow_key text) IS 'Of whose use a call is in a budget: the budget''s subject, or the one of those that it is for each of; null: it does not concern the budget.';

CREATE FUNCTION overmind.budgets_after_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    key    record;
    period public.budget_periods;
begin
    -- Of an organization that is purged, all goes.
    if not exists (select from public.organizations o where o.id = coalesce(new.organization_id, old.organization_id)) then
        return null;
    end if;
    if tg_op = 'DELETE' then
        delete from public.budget_holds h
        where h.organization_id = old.organization_id and h.budget_id = old.id;
        perform overmind.enqueue_budget_jobs(old.organization_id, old.id);
        return null;
    end if;

    if new.is_active and (tg_op = 'INSERT' or not old.is_active) then
        perform overmind.count_budget(new.organization_id, new.id, p_anew => true);
    elsif new.is_active then
        for key in
            select p.subject, p.period_start, p.period_end
            from public.budget_periods p
            where p.organization_id = new.organization_id and p.budget_id = new.id and p.period_end > clock_timestamp()
            order by p.subject
        loop
            period := overmind.hold_budget_period(new, key.subject, key.period_start, key.period_end, p_wait => true);
            if new.limit_amount > old.limit_amount or new.second_limit > old.second_limit or new.on_limit <> old.on_limit or new.soft_ratio > old.soft_ratio then
                period := overmind.unmark_budget(new, period);
            end if;
            perform overmind.write_budget_period(overmind.mark_budget(new, period, 0));
        end loop;
    end if;
    if tg_op = 'UPDATE' then
        perform overmind.enqueue_budget_jobs(new.organization_id, new.id);
    end if;
    return null;
end
$$;

COMMENT ON FUNCTION overmind.budgets_after_change() IS 'Trigger: a budget that begins counts what its period has used already; when its limits change it is looked at whether they are reached, and what waits for it goes on when they no longer are.';

CREATE FUNCTION overmind.budgets_before_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if new.currency is not null and new.currency <> 'USD' and overmind.budget_rate(new, clock_timestamp()) is null then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no exchange rate of %s', new.currency),
            table = 'budgets',
            constraint = 'budgets_currency_with_rate';
    end if;
    if new.is_active and (tg_op = 'INSERT' or not old.is_active) then
        new.recount_after := '0';
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.budgets_before_change() IS 'Trigger: money is limited in currencies that have an exchange rate, and a budget that begins is counted again when nobody is left who has not seen it.';

CREATE FUNCTION overmind.budgets_of(p_call public.token_usage) RETURNS TABLE(budget public.budgets, subject text, period_start timestamp with time zone, period_end timestamp with time zone)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    return query
    select b, s.subject, t.period_start, t.period_end
    from public.budgets b
    join public.organizations o on o.id = b.organization_id
    cross join lateral (select overmind.budget_subject(
        b, p_call.provider, p_call.model, p_call.user_id, p_call.api_key_id, p_call.project_id, p_call.workflow_key) as subject) as s
    cross join lateral overmind.budget_period(o.timezone, b.period, coalesce(p_call.created_at, clock_timestamp())) as t
    where b.organization_id = p_call.organization_id
      and b.is_active
      and s.subject is not null
    order by
        array_position('{organization,project,workflow,api_key,user,model}'::text[], b.dimension), s.subject = p_call.provider || '/*' desc, b.id;
end
$$;

COMMENT ON FUNCTION overmind.budgets_of(p_call public.token_usage) IS 'The active budgets that a call of the ledger concerns, stored or not: of whose use and of which period. It needs organization_id, provider, model, created_at and what the call is attributed to.';

CREATE FUNCTION overmind.cancel_jobs(p_ids uuid[]) RETURNS SETOF uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    cancelled uuid[];
    asked     uuid[];
begin
    if overmind.org_role() is not distinct from 'viewer' then
        return;
    end if;

    with changed as (
        update public.jobs j
        set cancel_requested_at = coalesce(j.cancel_requested_at, clock_timestamp()),
            status = case when j.status = 'processing' then 'processing' else 'cancelled' end,
            completed_at = case when j.status <> 'processing' then clock_timestamp() end,
            keep_until = case when j.status <> 'processing' then clock_timestamp() + interval '7 days' end
        where j.id = any (p_ids)
          and j.organization_id = overmind.org_id()
          and (j.user_id = overmind.user_id() or overmind.org_role() = 'admin')
          and j.status in ('pending', 'blocked', 'processing')
        returning j.id, j.status
    )
    select array_agg(c.id), array_agg(c.id) filter (where c.status = 'processing') into cancelled, asked
    from changed c;

    -- A payload holds 8,000 bytes; what is not told here is seen when leases are renewed.
    for i in 1 .. least(coalesce(cardinality(asked), 0), 200) loop
        perform pg_notify('job_cancel', asked[i]::text);
    end loop;
    if cancelled is not null then
        perform overmind.audit(
            'job.cancelled', 'execute', 'job', case when cardinality(cancelled) = 1 then cancelled[1]::text end, 'success',
            p_metadata => jsonb_build_object('count', cardinality(cancelled), 'ids', to_jsonb(cancelled[1:100])));
    end if;
    return query select unnest(cancelled);
end
$$;

COMMENT ON FUNCTION overmind.cancel_jobs(p_ids uuid[]) IS 'Ends jobs that wait, and asks the workers of those that run to stop; returns the jobs it concerned.';

CREATE FUNCTION overmind.change_episode_job(p_id uuid, p_status text, p_last_error text, p_run_at timestamp with time zone, p_metadata jsonb) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if p_status not in ('pending', 'blocked', 'cancelled') then
        raise exception using errcode = 'check_violation', message = format('An episode job can be made pending, blocked or cancelled, not %s', p_status);
    end if;
    update public.jobs j
    set status = p_status,
        last_error = p_last_error,
        run_at = p_run_at,
        metadata = p_metadata,
        completed_at = case when p_status = 'cancelled' then clock_timestamp() end,
        keep_until = case when p_status = 'cancelled' then clock_timestamp() + interval '7 days' end
    where j.id = p_id
      and j.kind = 'episode.generate'
      and j.status in ('pending', 'blocked')
      and j.organization_id = overmind.org_id()
      and (j.user_id = overmind.user_id() or overmind.org_role() = 'admin')
      and overmind.org_role() is distinct from 'viewer';
    return found;
end
$$;

COMMENT ON FUNCTION overmind.change_episode_job(p_id uuid, p_status text, p_last_error text, p_run_at timestamp with time zone, p_metadata jsonb) IS 'Blocks, unblocks, cancels or moves an episode job that waits; false when there is none that the caller may change.';

CREATE TABLE public.organizations (
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    name text NOT NULL,
    slug text NOT NULL,
    plan text DEFAULT 'free'::text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    monthly_query_limit integer,
    monthly_token_limit bigint,
    max_users integer,
    enabled_features text[] DEFAULT '{}'::text[] NOT NULL,
    experimental_features text[] DEFAULT '{}'::text[] NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    deleted_at timestamp with time zone,
    suspended_at timestamp with time zone,
    suspension_reason text,
    cancelled_at timestamp with time zone,
    ends_at timestamp with time zone,
    timezone text DEFAULT 'UTC'::text NOT NULL,
    usage_timezone text DEFAULT 'UTC'::text,
    CONSTRAINT organizations_ends_at_when_cancelled CHECK (((status = 'cancelled'::text) = ((ends_at IS NOT NULL) AND (cancelled_at IS NOT NULL)))),
    CONSTRAINT organizations_max_users_positive CHECK ((max_users > 0)),
    CONSTRAINT organizations_monthly_query_limit_not_negative CHECK ((monthly_query_limit >= 0)),
    CONSTRAINT organizations_monthly_token_limit_not_negative CHECK ((monthly_token_limit >= 0)),
    CONSTRAINT organizations_name_length CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT organizations_plan_known CHECK ((plan = ANY (ARRAY['free'::text, 'pro'::text, 'enterprise'::text]))),
    CONSTRAINT organizations_settings_object CHECK ((jsonb_typeof(settings) = 'object'::text)),
    CONSTRAINT organizations_slug_shape CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,99}$'::text)),
    CONSTRAINT organizations_status_known CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'cancelled'::text]))),
    CONSTRAINT organizations_suspended_at_when_suspended CHECK (((status = 'suspended'::text) = (suspended_at IS NOT NULL))),
    CONSTRAINT organizations_suspension_reason_length CHECK (((length(suspension_reason) >= 1) AND (length(suspension_reason) <= 500))),
    CONSTRAINT organizations_timezone_known CHECK (((length(timezone) >= 1) AND (length(timezone) <= 64) AND (('1970-01-01 00:00:00+00'::timestamp with time zone AT TIME ZONE timezone) IS NOT NULL)))
);

COMMENT ON TABLE public.organizations IS 'A company or team: the tenant to which all else belongs.';

COMMENT ON COLUMN public.organizations.id IS 'Identity: a UUIDv7; the organization_id of every tenant table.';

COMMENT ON COLUMN public.organizations.name IS 'Name shown to people.';

COMMENT ON COLUMN public.organizations.slug IS 'Short name in addresses: lower-case letters, digits and hyphens; unique while not deleted.';

COMMENT ON COLUMN public.organizations.plan IS 'free, pro or enterprise.';

COMMENT ON COLUMN public.organizations.status IS 'active, suspended or cancelled; what is not active can be read and writes nothing.';

COMMENT ON COLUMN public.organizations.monthly_query_limit IS 'Runs a month; null: no limit.';

COMMENT ON COLUMN public.organizations.monthly_token_limit IS 'Tokens a month; null: no limit.';

COMMENT ON COLUMN public.organizations.max_users IS 'Members at a time; null: no limit.';

COMMENT ON COLUMN public.organizations.enabled_features IS 'Features that are switched on for it.';

COMMENT ON COLUMN public.organizations.experimental_features IS 'Features that it tries before others.';

COMMENT ON COLUMN public.organizations.settings IS 'Defaults of its runs (quality_threshold, max_n2_iterations, models) and further settings, as a JSON object.';

COMMENT ON COLUMN public.organizations.created_at IS 'When it was made.';

COMMENT ON COLUMN public.organizations.updated_at IS 'When it was last changed; kept by a trigger.';

COMMENT ON COLUMN public.organizations.deleted_at IS 'When it was deleted; null while it is not.';

COMMENT ON COLUMN public.organizations.suspended_at IS 'Since when it is suspended; null while it is not.';

COMMENT ON COLUMN public.organizations.suspension_reason IS 'Why it is suspended, for its members to read.';

COMMENT ON COLUMN public.organizations.cancelled_at IS 'When it was cancelled; null while it is not.';

COMMENT ON COLUMN public.organizations.ends_at IS 'When a cancelled one is suspended: the end of the month that began on its day; until then an admin takes the cancellation back.';

COMMENT ON COLUMN public.organizations.timezone IS 'Time zone in which its days and months begin, by its IANA name.';

COMMENT ON COLUMN public.organizations.usage_timezone IS 'The zone by whose days its usage is rolled up; follows timezone as soon as they are counted anew. Null: its ledger is not rolled up yet.';

CREATE FUNCTION overmind.change_own_organization(p_state text, p_now timestamp with time zone DEFAULT clock_timestamp()) RETURNS SETOF public.organizations
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    state text;
begin
    select o.status into state
    from public.organizations o
    where o.id = overmind.org_id()
      and o.deleted_at is null
    for no key update;
    if overmind.has_permission('organization.manage') and (
        p_state = 'cancelled' and state in ('active', 'cancelled')
        or p_state = 'active' and state in ('active', 'cancelled')
        or p_state = 'deleted' and overmind.org_role() = 'admin')
    then
        return query select * from overmind.set_organization_state(overmind.org_id(), p_state, null, p_now);
    end if;
end
$$;

COMMENT ON FUNCTION overmind.change_own_organization(p_state text, p_now timestamp with time zone) IS 'Cancels the caller''s organization (cancelled), takes that back until it ends (active) or deletes it (deleted); nothing where that is not the caller''s to do.';

CREATE TABLE public.user_subscriptions (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    user_id uuid DEFAULT overmind.user_id() NOT NULL,
    tier_id uuid NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    started_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    current_period_start timestamp with time zone NOT NULL,
    current_period_end timestamp with time zone NOT NULL,
    next_tier_id uuid,
    ended_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT user_subscriptions_ended_at_when_ended CHECK (((status = 'ended'::text) = (ended_at IS NOT NULL))),
    CONSTRAINT user_subscriptions_period_forward CHECK ((current_period_end > current_period_start)),
    CONSTRAINT user_subscriptions_status_known CHECK ((status = ANY (ARRAY['active'::text, 'ended'::text])))
);

COMMENT ON TABLE public.user_subscriptions IS 'Which tier a person has in an organization, and until when its period runs. One is active; those before it have ended.';

COMMENT ON COLUMN public.user_subscriptions.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.user_subscriptions.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.user_subscriptions.user_id IS 'The person.';

COMMENT ON COLUMN public.user_subscriptions.tier_id IS 'The tier.';

COMMENT ON COLUMN public.user_subscriptions.status IS 'active or ended.';

COMMENT ON COLUMN public.user_subscriptions.started_at IS 'When it began; its periods are counted from here.';

COMMENT ON COLUMN public.user_subscriptions.current_period_start IS 'When the current period began.';

COMMENT ON COLUMN public.user_subscriptions.current_period_end IS 'When the current period ends, and the next begins.';

COMMENT ON COLUMN public.user_subscriptions.next_tier_id IS 'The lower tier that follows at the end of the period; null: it goes on.';

COMMENT ON COLUMN public.user_subscriptions.ended_at IS 'When it ended; null while it is active.';

COMMENT ON COLUMN public.user_subscriptions.created_at IS 'When it was made.';

COMMENT ON COLUMN public.user_subscriptions.updated_at IS 'When it was last changed; kept by a trigger.';

CREATE FUNCTION overmind.change_tier(p_user_id uuid, p_tier_name text, p_now timestamp with time zone DEFAULT clock_timestamp()) RETURNS SETOF public.user_subscriptions
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if not (overmind.has_permission('subscriptions.manage') or p_user_id = overmind.user_id() and overmind.org_role() is distinct from 'viewer') then
        return;
    end if;
    if not exists (
        select
        from public.subscription_tiers t
        where t.tier_name = p_tier_name
          and (t.is_offered or exists (
              select
              from public.user_subscriptions s
              where s.organization_id = overmind.org_id()
                and s.user_id = p_user_id
                and s.status = 'active'
                and s.tier_id = t.id))
    ) then
        raise exception using
            errcode = 'insufficient_privilege',
            message = format('The tier %s is not offered: ask the operator for it.', p_tier_name);
    end if;
    return query select * from overmind.set_tier(overmind.org_id(), p_user_id, p_tier_name, p_now);
end
$$;

COMMENT ON FUNCTION overmind.change_tier(p_user_id uuid, p_tier_name text, p_now timestamp with time zone) IS 'Changes the tier of the caller, or of a member by who manages subscriptions, to one that is offered; as set_tier().';

CREATE TABLE public.jobs (
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    organization_id uuid DEFAULT overmind.org_id(),
    user_id uuid DEFAULT overmind.user_id(),
    kind text NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    priority smallint DEFAULT 100 NOT NULL,
    run_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    unique_key text,
    attempt_count integer DEFAULT 0 NOT NULL,
    max_attempts integer DEFAULT 3 NOT NULL,
    retry_when_lost boolean DEFAULT true NOT NULL,
    retry_config jsonb DEFAULT '{"strategy": "exponential", "max_delay_ms": 300000, "base_delay_ms": 1000}'::jsonb NOT NULL,
    picked_up_at timestamp with time zone,
    last_attempt_at timestamp with time zone,
    completed_at timestamp with time zone,
    last_error text,
    errors jsonb DEFAULT '[]'::jsonb NOT NULL,
    lease_token bigint,
    cancel_requested_at timestamp with time zone,
    progress real,
    result jsonb,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    is_due boolean DEFAULT true,
    batch_id uuid,
    keep_until timestamp with time zone,
    blocked_by uuid,
    CONSTRAINT jobs_attempt_count_not_negative CHECK ((attempt_count >= 0)),
    CONSTRAINT jobs_blocked_by_when_blocked CHECK (((blocked_by IS NULL) OR (status = 'blocked'::text))),
    CONSTRAINT jobs_errors_array CHECK ((jsonb_typeof(errors) = 'array'::text)),
    CONSTRAINT jobs_kind_shape CHECK (((length(kind) <= 100) AND (kind ~ '^[a-z][a-z0-9_.]*$'::text))),
    CONSTRAINT jobs_max_attempts_positive CHECK ((max_attempts > 0)),
    CONSTRAINT jobs_metadata_object CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT jobs_payload_object CHECK ((jsonb_typeof(payload) = 'object'::text)),
    CONSTRAINT jobs_priority_not_negative CHECK ((priority >= 0)),
    CONSTRAINT jobs_progress_range CHECK (((progress >= (0)::double precision) AND (progress <= (1)::double precision))),
    CONSTRAINT jobs_retry_config_object CHECK ((jsonb_typeof(retry_config) = 'object'::text)),
    CONSTRAINT jobs_state CHECK (
CASE status
    WHEN 'pending'::text THEN ((is_due IS NOT NULL) AND (lease_token IS NULL) AND (completed_at IS NULL))
    WHEN 'processing'::text THEN ((is_due IS NOT NULL) AND (lease_token IS NOT NULL) AND (completed_at IS NULL))
    WHEN 'blocked'::text THEN ((is_due IS NULL) AND (lease_token IS NULL) AND (completed_at IS NULL))
    ELSE ((status = ANY (ARRAY['completed'::text, 'failed'::text, 'cancelled'::text])) AND (is_due IS NULL) AND (lease_token IS NULL) AND (completed_at IS NOT NULL))
END),
    CONSTRAINT jobs_unique_key_length CHECK (((length(unique_key) >= 1) AND (length(unique_key) <= 500)))
)
WITH (autovacuum_vacuum_scale_factor='0.01', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_cost_delay='0', autovacuum_analyze_scale_factor='0.05', fillfactor='50');

COMMENT ON TABLE public.jobs IS 'The queue: what is to be done outside a request, once or at a time.';

COMMENT ON COLUMN public.jobs.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.jobs.organization_id IS 'Tenant; null for a job of the installation.';

COMMENT ON COLUMN public.jobs.user_id IS 'The member in whose name it works; null for a job of the installation.';

COMMENT ON COLUMN public.jobs.kind IS 'What is to be done; a handler is registered by it.';

COMMENT ON COLUMN public.jobs.payload IS 'What the handler needs, as a JSON object.';

COMMENT ON COLUMN public.jobs.status IS 'pending, processing, completed, failed, cancelled or blocked.';

COMMENT ON COLUMN public.jobs.priority IS 'Lower is sooner; 100 unless given.';

COMMENT ON COLUMN public.jobs.run_at IS 'Not before this time.';

COMMENT ON COLUMN public.jobs.unique_key IS 'At most one job of a kind with this key waits or runs at a time; null: any number.';

COMMENT ON COLUMN public.jobs.attempt_count IS 'Attempts so far that count: a worker that was lost does not, unless retry_when_lost is false.';

COMMENT ON COLUMN public.jobs.max_attempts IS 'After so many failed attempts it has failed.';

COMMENT ON COLUMN public.jobs.retry_when_lost IS 'True: when its worker dies it is done again however often. False: a lost worker uses up an attempt, for jobs that may be what kills it.';

COMMENT ON COLUMN public.jobs.retry_config IS 'How long to wait between attempts, as JSON: strategy, base_delay_ms, max_delay_ms.';

COMMENT ON COLUMN public.jobs.picked_up_at IS 'When it was first claimed.';

COMMENT ON COLUMN public.jobs.last_attempt_at IS 'When it was last claimed.';

COMMENT ON COLUMN public.jobs.completed_at IS 'When it ended, well or not.';

COMMENT ON COLUMN public.jobs.last_error IS 'What went wrong last.';

COMMENT ON COLUMN public.jobs.errors IS 'What went wrong each time, as a JSON array of attempt, error, at.';

COMMENT ON COLUMN public.jobs.lease_token IS 'Number of the claim that holds it; writes that carry an older one are refused. Null unless processing.';

COMMENT ON COLUMN public.jobs.cancel_requested_at IS 'When somebody wanted it to end.';

COMMENT ON COLUMN public.jobs.progress IS 'How far it is, 0 to 1; null: unknown.';

COMMENT ON COLUMN public.jobs.result IS 'What came of it.';

COMMENT ON COLUMN public.jobs.metadata IS 'What else is known of it, as a JSON object.';

COMMENT ON COLUMN public.jobs.created_at IS 'When it was made.';

COMMENT ON COLUMN public.jobs.updated_at IS 'When it was last changed; kept by a trigger.';

COMMENT ON COLUMN public.jobs.is_due IS 'False while a pending job waits for its time, null once nobody is to do it: indexes are built by it alone, so that a claim, which leaves it as it is, changes none of them.';

COMMENT ON COLUMN public.jobs.batch_id IS 'Jobs that were enqueued together; null for a single one.';

COMMENT ON COLUMN public.jobs.keep_until IS 'When an ended job is deleted; null until it has ended.';

COMMENT ON COLUMN public.jobs.blocked_by IS 'The budget that keeps it from being done until run_at; null: none does.';

CREATE FUNCTION overmind.claim_jobs(p_kinds text[], p_worker text, p_worker_lock bigint, p_limit integer, p_lease interval, p_now timestamp with time zone DEFAULT clock_timestamp(), p_limits jsonb DEFAULT '{}'::jsonb, p_cursors jsonb DEFAULT NULL::jsonb, p_after uuid DEFAULT NULL::uuid) RETURNS SETOF public.jobs
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
declare
    nobody    constant uuid := '00000000-0000-0000-0000-000000000000';
    token     constant bigint := nextval('overmind.lease_tokens');
    pairs     jsonb;
    share     integer;
    remaining integer := p_limit;
    claimed   integer;
begin
    if p_cursors is null then
        perform overmind.promote_jobs(p_now);
        with recursive found as (
            select k.kind, first.tenant
            from unnest(p_kinds) as k (kind)
            cross join lateral (
                select coalesce(j.organization_id, nobody) as tenant
                from public.jobs j
                where j.is_due and j.kind = k.kind
                  and (p_after is null or coalesce(j.organization_id, '00000000-0000-0000-0000-000000000000'::uuid) > p_after)
                order by coalesce(j.organization_id, '00000000-0000-0000-0000-000000000000'::uuid)
                limit 1
            ) as first
            union all
            select f.kind, next.tenant
            from found f
            cross join lateral (
                select coalesce(j.organization_id, nobody) as tenant
                from public.jobs j
                where j.is_due and j.kind = f.kind
                  and coalesce(j.organization_id, '00000000-0000-0000-0000-000000000000'::uuid) > f.tenant
                order by coalesce(j.organization_id, '00000000-0000-0000-0000-000000000000'::uuid)
                limit 1
            ) as next
        )
        select jsonb_agg(jsonb_build_object('kind', p.kind, 'tenant', p.tenant, 'priority', -1, 'run_at', '-infinity', 'id', nobody)) into pairs
        from (select f.kind, f.tenant from found f where not overmind.is_frozen(f.tenant) limit least(p_limit, 64)) as p;
    else
        pairs := p_cursors;
    end if;

    -- Further rounds give what some pairs left to those that have more, so that a claim that brings less than p_limit says that there is no more.
    for round in 0 .. 9 loop
        exit when pairs is null or jsonb_array_length(pairs) = 0 or remaining <= 0;
        share := least(remaining, ceil(remaining::numeric / jsonb_array_length(pairs)) * 4 ^ round);
        return query
        with allowed as materialized (
            select a.kind, a.tenant, a.priority, a.run_at, a.id, a.share
            from overmind.allowed_jobs(pairs, p_limits, share) as a
        ), due as (
            select next.id
            from allowed a
            cross join lateral (
                select j.id
                from public.jobs j
                where j.is_due and j.status = 'pending' and j.kind = a.kind
                  and coalesce(j.organization_id, '00000000-0000-0000-0000-000000000000'::uuid) = a.tenant
                  and (j.priority, j.run_at, j.id) > (a.priority, a.run_at, a.id)
                order by j.priority, j.run_at, j.id
                limit a.share
                for no key update skip locked
            ) as next
            limit remaining
        ), claimed as (
            update public.jobs j
            set status = 'processing',
                attempt_count = j.attempt_count + 1,
                lease_token = token,
                picked_up_at = coalesce(j.picked_up_at, p_now),
                last_attempt_at = p_now,
                updated_at = p_now
            from due
            where j.id = due.id
            returning j.*
        ), noted as (
            insert into overmind.job_claims as c (lease_token, worker, worker_lock, expires_at, kinds, job_ids)
            select token, p_worker, p_worker_lock, p_now + p_lease, array_agg(distinct n.kind), array_agg(n.id)
            from claimed n
            having count(*) > 0
            on conflict (lease_token) do update
            set kinds = c.kinds || excluded.kinds,
                job_ids = c.job_ids || excluded.job_ids
        )
        select n.*
        from claimed n;
        get diagnostics claimed = row_count;
        exit when claimed < share;
        remaining := remaining - claimed;
    end loop;
end
$$;

COMMENT ON FUNCTION overmind.claim_jobs(p_kinds text[], p_worker text, p_worker_lock bigint, p_limit integer, p_lease interval, p_now timestamp with time zone, p_limits jsonb, p_cursors jsonb, p_after uuid) IS 'Leases up to p_limit due jobs of the given kinds to a worker that holds the session advisory lock p_worker_lock, in turn for each organization, all by one lease. Its lease_token fences the worker''s writes. p_limits has by kind how many jobs are allowed: slots (to this worker), all, organization. p_cursors are pairs of kind and tenant with the last job that was claimed; null looks for them anew, after the organization p_after.';

CREATE FUNCTION overmind.claim_run_job(p_run_id uuid) RETURNS SETOF public.jobs
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    job   public.jobs;
    token constant bigint := nextval('overmind.lease_tokens');
begin
    perform from public.workflow_runs r
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and r.status in ('queued', 'running', 'waiting')
      and r.cancel_requested_at is not null
      and (r.user_id = overmind.user_id() or r.visibility = 'organization' or overmind.org_role() = 'admin');
    if not found then
        return;
    end if;

    select j.* into job
    from public.jobs j
    where j.organization_id = overmind.org_id()
      and j.kind = 'run'
      and j.unique_key = p_run_id::text
      and j.status in ('pending', 'processing', 'blocked')
    for no key update;
    if not found
        or exists (
            select from overmind.job_claims c
            where c.lease_token = job.lease_token and c.expires_at > clock_timestamp() and not pg_try_advisory_xact_lock(c.worker_lock))
    then
        return;
    end if;

    insert into overmind.job_claims (lease_token, worker, worker_lock, expires_at, kinds, job_ids)
    values (token, 'cancel', -1, clock_timestamp() + interval '15 seconds', '{run}', array[job.id]);
    return query
    update public.jobs j
    set status = 'processing',
        run_at = least(j.run_at, clock_timestamp()),
        attempt_count = j.attempt_count + 1,
        lease_token = token,
        picked_up_at = coalesce(j.picked_up_at, clock_timestamp()),
        last_attempt_at = clock_timestamp()
    where j.id = job.id
    returning j.*;
end
$$;

COMMENT ON FUNCTION overmind.claim_run_job(p_run_id uuid) IS 'Leases the job of a run that is to be cancelled to the caller, unless a live worker holds it; returns no row then.';

CREATE FUNCTION overmind.complete_jobs(p_ids uuid[], p_tokens bigint[], p_results jsonb[], p_keeps interval[], p_ended bigint[]) RETURNS SETOF uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
#variable_conflict use_column
begin
    return query
    with ended as (
        delete from overmind.job_claims c
        where c.lease_token = any (p_ended)
    ), deleted as (
        delete from public.jobs j
        using unnest(p_ids, p_tokens, p_keeps) as done (id, token, keep)
        where done.keep = interval '0'
          and j.id = done.id and j.lease_token = done.token
        returning j.id
    ), kept as (
        update public.jobs j
        set status = 'completed',
            is_due = null,
            completed_at = clock_timestamp(),
            updated_at = clock_timestamp(),
            keep_until = clock_timestamp() + done.keep,
            result = coalesce(done.result, j.result),
            lease_token = null
        from unnest(p_ids, p_tokens, p_results, p_keeps) as done (id, token, result, keep)
        where done.keep > interval '0'
          and j.id = done.id and j.lease_token = done.token
        returning j.id
    )
    select d.id from deleted d
    union all
    select k.id from kept k;
end
$$;

COMMENT ON FUNCTION overmind.complete_jobs(p_ids uuid[], p_tokens bigint[], p_results jsonb[], p_keeps interval[], p_ended bigint[]) IS 'Ends leased jobs well, each to be kept for a time, or deleted at once for none; returns those whose lease was still held. p_ended are claims whose jobs have all ended before.';

CREATE FUNCTION overmind.confirm_sign_up(p_token_hash text, p_name text, p_password_hash text, p_slug text) RETURNS TABLE(outcome text, user_id uuid, organization_id uuid)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    asked record;
    made  record;
begin
    select * into asked from overmind.take_one_time_token(p_token_hash, 'sign_up');
    if not found then
        return query select 'link_expired', null::uuid, null::uuid;
        return;
    end if;
    -- Two links for one address: the second waits here and then finds the account.
    perform pg_advisory_xact_lock(hashtext('overmind.accounts ' || lower(asked.email)));
    if exists (select from public.users u where lower(u.email) = lower(asked.email) and u.deleted_at is null) then
        return query select 'email_taken', null::uuid, null::uuid;
        return;
    end if;
    select * into made
    from overmind.create_organization(
        left(coalesce(p_name, asked.name), 230) || '''s organization', p_slug, asked.email, coalesce(p_name, asked.name), p_password_hash);
    update public.users u
    set email_verified = true,
        email_verified_at = clock_timestamp()
    where u.id = made.user_id;
    return query select 'made', made.user_id, made.organization_id;
end
$$;

COMMENT ON FUNCTION overmind.confirm_sign_up(p_token_hash text, p_name text, p_password_hash text, p_slug text) IS 'Makes the account that a link of a sign-up is for, with an organization of its own. outcome: made, link_expired or email_taken.';

CREATE FUNCTION overmind.conversations_after_visibility() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    update public.messages m
    set visibility = new.visibility
    where m.organization_id = new.organization_id
      and m.conversation_id = new.id;

    update public.workflow_runs r
    set visibility = new.visibility
    where r.organization_id = new.organization_id
      and r.conversation_id = new.id;

    update public.run_steps s
    set visibility = new.visibility
    from public.workflow_runs r
    where r.organization_id = new.organization_id
      and r.conversation_id = new.id
      and s.organization_id = r.organization_id
      and s.run_id = r.id;

    update public.step_replays p
    set visibility = new.visibility
    from public.workflow_runs r
    where r.organization_id = new.organization_id
      and r.conversation_id = new.id
      and p.organization_id = r.organization_id
      and p.run_id = r.id;

    update public.synthesis_events e
    set visibility = new.visibility
    where e.organization_id = new.organization_id
      and e.conversation_id = new.id;

    update public.run_events e
    set visibility = new.visibility
    from public.workflow_runs r
    where r.organization_id = new.organization_id
      and r.conversation_id = new.id
      and e.organization_id = r.organization_id
      and e.run_id = r.id;
    return null;
end
$$;

COMMENT ON FUNCTION overmind.conversations_after_visibility() IS 'Trigger: who sees a conversation sees its messages, runs, steps and events.';

CREATE FUNCTION overmind.conversations_before_project() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if not exists (
        select from public.projects p
        where p.organization_id = new.organization_id
          and p.id = new.project_id)
    then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no project %s', new.project_id),
            table = 'conversations',
            constraint = 'conversations_project_fkey';
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.conversations_before_project() IS 'Trigger: a conversation goes into a project that its author sees.';

CREATE FUNCTION overmind.conversations_before_state() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    -- On insert every column of old is null.
    if new.status is distinct from coalesce(old.status, 'active') then
        new.is_archived := new.status = 'archived';
        new.deleted_at := case when new.status = 'deleted' then coalesce(new.deleted_at, clock_timestamp()) end;
    elsif (new.deleted_at is null) <> (old.deleted_at is null) then
        new.status := case when new.deleted_at is not null then 'deleted' when new.is_archived then 'archived' else 'active' end;
        new.is_archived := new.status = 'archived';
    elsif new.is_archived is distinct from coalesce(old.is_archived, false) then
        new.status := case when new.deleted_at is not null then 'deleted' when new.is_archived then 'archived' else 'active' end;
        new.is_archived := new.status = 'archived';
    end if;

    if tg_op = 'UPDATE'
        and (old.deleted_at is null) <> (new.deleted_at is null)
        and overmind.org_id() is not null
        and overmind.org_role() is distinct from 'admin'
        and overmind.user_id() is distinct from old.user_id
    then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'A conversation is deleted by its owner and by admins';
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.conversations_before_state() IS 'Trigger: keeps status, is_archived and deleted_at of a conversation together; only its owner and admins delete it.';

CREATE FUNCTION overmind.copy_run_owner() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    select r.user_id, r.visibility into new.user_id, new.visibility
    from public.workflow_runs r
    where r.organization_id = new.organization_id
      and r.id = new.run_id;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no run %s', new.run_id),
            table = tg_table_name,
            constraint = tg_table_name || '_run_fkey';
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.copy_run_owner() IS 'Trigger: what belongs to a run has the run''s owner and visibility.';

CREATE FUNCTION overmind.count_budget(p_organization_id uuid, p_budget_id uuid, p_anew boolean) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET jit TO 'off'
    AS $$
declare
    counted public.budgets;
    zone    text;
    starts  timestamptz;
    ends    timestamptz;
    lowest  uuid;
    held    text[];
    name    text;
    period  public.budget_periods;
begin
    select b.* into counted
    from public.budgets b
    where b.organization_id = p_organization_id and b.id = p_budget_id;
    select o.timezone into zone
    from public.organizations o
    where o.id = p_organization_id;
    if counted.id is null or not counted.is_active then
        return true;
    end if;
    select t.period_start, t.period_end into starts, ends
    from overmind.budget_period(zone, counted.period, clock_timestamp()) as t;
    -- A row's id may be older than the call by the clocks of two nodes.
    lowest := overmind.uuid_v7_floor(starts - interval '1 day');

    insert into public.budget_periods (organization_id, budget_id, dimension, subject, period_start, period_end)
    select p_organization_id, p_budget_id, counted.dimension, s.subject, starts, ends
    from (
        select distinct overmind.budget_subject(counted, u.provider, u.model, u.user_id, u.api_key_id, u.project_id, u.workflow_key) as subject
        from public.token_usage u
        where u.organization_id = p_organization_id and u.id >= lowest and u.created_at >= starts and u.created_at < ends
        union
        select coalesce(counted.subject, case counted.dimension when 'organization' then '' end)) as s
    where s.subject is not null
    order by s.subject
    on conflict do nothing;
    select array_agg(h.subject) into held
    from (
        select p.subject
        from public.budget_periods p
        where p.organization_id = p_organization_id and p.budget_id = p_budget_id and p.period_start = starts
        order by p.subject
        for no key update) as h;

    -- What was held when the budget was switched off may have been settled since; after a change of the time zone it belongs to the period that is now.
    -- Whoever settles a call now may wait for a period next, so nothing here waits for them.
    delete from public.budget_holds h
    where h.organization_id = p_organization_id
      and h.budget_id = p_budget_id
      and h.ledger_id in (
          select n.ledger_id
          from public.budget_holds n
          where n.organization_id = p_organization_id
            and n.budget_id = p_budget_id
            and not exists (
                select from public.token_usage u where u.organization_id = p_organization_id and u.id = n.ledger_id and u.status = 'reserved')
          for update skip locked);
    update public.budget_holds h
    set period_start = starts
    where h.organization_id = p_organization_id
      and h.budget_id = p_budget_id
      and h.ledger_id in (
          select n.ledger_id
          from public.budget_holds n
          where n.organization_id = p_organization_id
            and n.budget_id = p_budget_id
            and n.created_at >= starts
            and n.period_start <> starts
          for update skip locked);

    with taken as (
        delete from public.budget_changes c
        where c.organization_id = p_organization_id
          and c.budget_id = p_budget_id
          and c.period_start = starts
          and c.subject = any (held)
    ),
    ledger as (
        select
            d.subject,
            sum(case counted.unit
                when 'calls' then d.calls
                when 'tokens' then d.tokens
                else d.cost * case when counted.currency = 'USD' then 1 else overmind.budget_rate(counted, d.at) end
            end) as used,
            sum(case when counted.unit <> 'money' then 0
                when counted.currency <> 'USD' and overmind.budget_rate(counted, d.at) is null then d.calls
                else d.unpriced end) as unpriced
        from (
            select
                s.subject, min(u.created_at) as at, count(*) filter (where u.outcome is distinct from 'cached') as calls, sum(coalesce(u.tokens_input, 0)::numeric + coalesce(u.tokens_output, 0)) as tokens,
                coalesce(sum(u.cost), 0) as cost, count(*) - count(u.cost) as unpriced
            from public.token_usage u
            cross join lateral (
                select overmind.budget_subject(counted, u.provider, u.model, u.user_id, u.api_key_id, u.project_id, u.workflow_key) as subject) as s
            where u.organization_id = p_organization_id
              and u.id >= lowest
              and u.created_at >= starts
              and u.created_at < ends
              and u.status = 'settled'
              and u.outcome is distinct from 'blocked'
              and s.subject is not null
            group by s.subject, (u.created_at at time zone zone)::date) as d
        group by d.subject
    ),
    holds as (
        select h.subject, sum(h.amount) as reserved
        from public.budget_holds h
        where h.organization_id = p_organization_id and h.budget_id = p_budget_id and h.period_start = starts
        group by h.subject
    )
    update public.budget_periods p
    set used = coalesce((select l.used from ledger l where l.subject = p.subject), 0),
        unpriced_calls = coalesce((select l.unpriced from ledger l where l.subject = p.subject), 0),
        reserved = coalesce((select h.reserved from holds h where h.subject = p.subject), 0),
        folded_xid = pg_snapshot_xmin(pg_current_snapshot())
    where p.organization_id = p_organization_id
      and p.budget_id = p_budget_id
      and p.period_start = starts
      and p.subject = any (held);

    foreach name in array coalesce(held, '{}') loop
        period := overmind.hold_budget_period(counted, name, starts, ends, p_wait => true);
        if p_anew then
            period := overmind.unmark_budget(counted, period);
        end if;
        perform overmind.write_budget_period(overmind.mark_budget(counted, period, 0));
    end loop;
    return not exists (
        select
        from public.budget_holds h
        where h.organization_id = p_organization_id
          and h.budget_id = p_budget_id
          and h.created_at >= starts
          and h.period_start <> starts);
end
$$;

COMMENT ON FUNCTION overmind.count_budget(p_organization_id uuid, p_budget_id uuid, p_anew boolean) IS 'Counts from the ledger what has been used of a budget in the period that is now, and marks what has been reached; with p_anew marks that do not hold are taken back. False: somebody was settling a call that was held by another zone, so that it is to be counted once more.';

CREATE FUNCTION overmind.count_cache_hits(p_limit integer DEFAULT 20000) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    counted bigint;
begin
    -- One node at a time; the others have nothing to do.
    if not pg_try_advisory_xact_lock(hashtextextended('overmind.count_cache_hits', 0)) then
        return 0;
    end if;

    with marked as (
        update public.cache_lookups l
        set is_counted = true
        where l.ctid = any (array(select p.ctid from public.cache_lookups p where not p.is_counted limit p_limit))
        returning l.organization_id, l.entry_id, l.created_at
    ),
    hits as (
        select m.organization_id, m.entry_id, count(*) as hits, max(m.created_at) as last_at
        from marked m
        group by m.organization_id, m.entry_id
    ),
    added as (
        update public.ai_response_cache c
        set hit_count = c.hit_count + h.hits,
            last_hit_at = greatest(c.last_hit_at, h.last_at)
        from hits h
        where c.organization_id = h.organization_id
          and c.id = h.entry_id
    )
    select count(*) into counted from marked;
    return counted;
end
$$;

COMMENT ON FUNCTION overmind.count_cache_hits(p_limit integer) IS 'Counts hits of the response cache where they were, up to p_limit. Returns how many.';

CREATE FUNCTION overmind.count_run(p_workflow_id uuid, p_agent_ids uuid[], p_uses integer, p_score double precision) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    insert into overmind.run_uses (organization_id, workflow_id, agent_ids, uses, score)
    select w.organization_id, w.id, p_agent_ids, p_uses, p_score::numeric
    from public.workflows w
    join public.organizations o on o.id = w.organization_id
    where w.organization_id = overmind.org_id()
      and o.settings -> 'enable_analytics' is distinct from 'false'
      and w.id = p_workflow_id;
end
$$;

COMMENT ON FUNCTION overmind.count_run(p_workflow_id uuid, p_agent_ids uuid[], p_uses integer, p_score double precision) IS 'Notes a run that has ended, in its last transaction, to be counted for its workflow and agents by fold_run_uses; not where enable_analytics is false.';

CREATE FUNCTION overmind.create_first_organization(p_name text, p_slug text, p_email text, p_user_name text, p_password_hash text) RETURNS TABLE(organization_id uuid, user_id uuid)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    -- Nodes that start together on an empty database: one makes the organization, the others find it.
    perform pg_advisory_xact_lock(hashtext('overmind.create_first_organization'));
    if exists (select from public.organizations) then
        return;
    end if;
    return query select * from overmind.create_organization(p_name, p_slug, p_email, p_user_name, p_password_hash);
end
$$;

COMMENT ON FUNCTION overmind.create_first_organization(p_name text, p_slug text, p_email text, p_user_name text, p_password_hash text) IS 'Makes the first organization with its admin; no row when there is one already.';

CREATE FUNCTION overmind.create_organization(p_name text, p_slug text, p_email text, p_user_name text, p_password_hash text) RETURNS TABLE(organization_id uuid, user_id uuid)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    new_organization uuid;
    admin            uuid;
begin
    insert into public.organizations (name, slug)
    values (p_name, p_slug)
    returning id into new_organization;

    -- Whoever has an account keeps it, with its password.
    insert into public.users (email, name, password_hash)
    values (p_email, p_user_name, p_password_hash)
    on conflict (lower(email)) where deleted_at is null do nothing
    returning id into admin;
    if admin is null then
        select u.id into strict admin
        from public.users u
        where lower(u.email) = lower(p_email)
          and u.deleted_at is null;
    end if;

    insert into public.organization_members (organization_id, user_id, display_name, role)
    values (new_organization, admin, p_user_name, 'admin');
    perform overmind.seed_organization(new_organization);
    return query select new_organization, admin;
end
$$;

COMMENT ON FUNCTION overmind.create_organization(p_name text, p_slug text, p_email text, p_user_name text, p_password_hash text) IS 'Makes an organization with its admin, its agents and its workflow. An address that has an account keeps it and its password.';

CREATE FUNCTION overmind.create_own_organization(p_id uuid, p_name text, p_slug text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if overmind.user_id() is null then
        return null;
    end if;
    -- A request that is repeated finds what it made.
    if exists (
        select
        from public.organization_members m
        where m.organization_id = p_id
          and m.user_id = overmind.user_id()
          and m.left_at is null
    ) then
        return p_id;
    end if;
    insert into public.organizations (id, name, slug)
    values (p_id, p_name, p_slug);
    insert into public.organization_members (organization_id, user_id, display_name, role)
    select p_id, u.id, u.name, 'admin'
    from public.users u
    where u.id = overmind.user_id()
      and u.deleted_at is null;
    if not found then
        raise exception using errcode = 'insufficient_privilege', message = 'An organization is made by a person.';
    end if;
    perform overmind.seed_organization(p_id);
    return p_id;
end
$$;

COMMENT ON FUNCTION overmind.create_own_organization(p_id uuid, p_name text, p_slug text) IS 'Makes an organization under a new id, with the caller as its admin; returns the id, or null for a caller who is no person.';

CREATE FUNCTION overmind.create_partitions(p_from timestamp with time zone, p_to timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    parent record;
    month  timestamp;
    name   text;
begin
    -- Two nodes may come at once.
    perform pg_advisory_xact_lock(hashtextextended('overmind.create_partitions', 0));
    for parent in
        select c.oid::regclass as relation, c.relname
        from pg_partitioned_table p
        join pg_class c on c.oid = p.partrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
        where c.relnamespace = 'public'::regnamespace
          and p.partstrat = 'r'
          and p.partnatts = 1
          and a.attname = 'id'
        order by c.relname
    loop
        for month in
            select generate_series(date_trunc('month', p_from at time zone 'UTC'), p_to at time zone 'UTC', interval '1 month')
        loop
            name := format('partitions.%I', parent.relname || to_char(month, '_YYYY_MM'));
            continue when to_regclass(name) is not null;
            execute format('create table %s (like %s including defaults including constraints)', name, parent.relation);
            execute format('alter table %s enable row level security', name);
            execute format('comment on table %s is %L', name, format('Rows of %s whose id was made in %s.', parent.relname, to_char(month, 'YYYY-MM')));
            execute format(
                'alter table %s attach partition %s for values from (%L) to (%L)',
                parent.relation, name,
                overmind.uuid_v7_floor(month at time zone 'UTC'),
                overmind.uuid_v7_floor((month + interval '1 month') at time zone 'UTC'));
        end loop;
    end loop;
end
$$;

COMMENT ON FUNCTION overmind.create_partitions(p_from timestamp with time zone, p_to timestamp with time zone) IS 'Makes the monthly partitions from one moment to another that are missing, of every table that is partitioned by id.';

CREATE FUNCTION overmind.create_past_partitions(p_from timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select overmind.create_partitions(greatest(p_from, '2000-01-01 00:00:00+00'), clock_timestamp())
$$;

COMMENT ON FUNCTION overmind.create_past_partitions(p_from timestamp with time zone) IS 'Makes the monthly partitions of the past since p_from; for imports.';

CREATE FUNCTION overmind.decide_run(p_run_id uuid, p_iteration integer, p_decision text, p_note text, p_directive text, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    decided jsonb;
    last    bigint;
begin
    select jsonb_build_object(
        'iteration', r.waiting -> 'iteration', 'decision', p_decision, 'note', p_note, 'directive', p_directive,
        'user_id', overmind.user_id(), 'decided_at', p_now)
    into decided
    from public.workflow_runs r
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and r.status = 'waiting'
      and r.cancel_requested_at is null
      and r.waiting ->> 'reason' <> 'budget_exceeded'
      and (p_iteration is null or (r.waiting ->> 'iteration')::integer = p_iteration)
    for no key update;
    if not found then
        return false;
    end if;

    update public.workflow_runs r
    set status = 'queued',
        waiting = null,
        approvals = r.approvals || decided,
        last_sequence = r.last_sequence + 1
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
    returning r.last_sequence into last;
    -- A viewer sees the run, and may change nothing.
    if not found then
        return false;
    end if;

    perform overmind.insert_run_events(p_run_id, last, jsonb_build_array(jsonb_build_object('type', 'run.' || p_decision, 'data', decided - 'decision')));
    perform overmind.wake_run_job(p_run_id);
    perform overmind.audit(
        'run.' || p_decision, 'execute', 'run', p_run_id::text, 'success', p_new_values => jsonb_build_object('iteration', decided -> 'iteration'));
    return true;
end
$$;

COMMENT ON FUNCTION overmind.decide_run(p_run_id uuid, p_iteration integer, p_decision text, p_note text, p_directive text, p_now timestamp with time zone) IS 'Approves or rejects the iteration that a run waits for (p_iteration: only that one) and lets a worker take it up. False when it does not wait for it.';

CREATE FUNCTION overmind.delete_ended_jobs(p_limit integer DEFAULT 5000, p_now timestamp with time zone DEFAULT clock_timestamp()) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    deleted integer;
begin
    delete from public.jobs j
    where j.id = any (array(
        select e.id
        from public.jobs e
        where e.status in ('completed', 'failed', 'cancelled') and e.keep_until <= p_now
        order by e.keep_until
        limit p_limit
        for update skip locked));
    get diagnostics deleted = row_count;
    return deleted;
end
$$;

COMMENT ON FUNCTION overmind.delete_ended_jobs(p_limit integer, p_now timestamp with time zone) IS 'Deletes ended jobs that were kept long enough, p_limit at a time; returns how many.';

CREATE FUNCTION overmind.delete_ended_sessions() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    update public.invitations i
    set status = 'expired'
    where i.status = 'pending'
      and i.expires_at <= clock_timestamp();
    delete from public.sessions s
    where least(s.expires_at, s.revoked_at) < clock_timestamp() - interval '30 days';
    delete from overmind.refresh_tokens t
    using public.sessions s
    where s.id = t.session_id
      and least(s.expires_at, s.revoked_at) < clock_timestamp();
    delete from overmind.one_time_tokens t
    where t.expires_at < clock_timestamp() - interval '7 days';
    delete from overmind.signing_keys k
    where k.retired_at < clock_timestamp() - interval '1 day';
$$;

COMMENT ON FUNCTION overmind.delete_ended_sessions() IS 'Notes what invitations have expired, and deletes sessions that ended 30 days ago, their tokens, old links and retired keys.';

CREATE FUNCTION overmind.delete_expired_audit_logs(p_before timestamp with time zone, p_limit integer DEFAULT 1000) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    v_ids uuid[];
begin
    if overmind.org_role() is distinct from 'admin' then
        return 0;
    end if;
    v_ids := array(
        select l.id
        from public.audit_logs l
        where l.organization_id = overmind.org_id()
          and l.created_at < p_before
          and exists (select from overmind.audit_hashes h where h.id = l.id)
        order by l.id
        limit p_limit);
    update overmind.audit_hashes h set removed_at = clock_timestamp() where h.id = any (v_ids);
    delete from public.audit_details d where d.id = any (v_ids);
    delete from public.audit_logs l where l.id = any (v_ids);
    return cardinality(v_ids);
end
$$;

COMMENT ON FUNCTION overmind.delete_expired_audit_logs(p_before timestamp with time zone, p_limit integer) IS 'Deletes acts of the caller''s organization that are older than p_before and sealed, up to p_limit; returns how many.';

CREATE FUNCTION overmind.delete_expired_cache(p_limit integer DEFAULT 10000) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    deleted bigint;
begin
    with entries as (
        delete from public.ai_response_cache c
        where c.ctid = any (array(select e.ctid from public.ai_response_cache e where e.expires_at <= clock_timestamp() limit p_limit))
        returning 1
    ),
    lookups as (
        delete from public.cache_lookups l
        where l.ctid = any (array(
            select o.ctid
            from public.organizations t
            cross join lateral (
                select n.ctid
                from public.cache_lookups n
                where n.organization_id = t.id
                  and n.created_at < clock_timestamp() - interval '400 days'
                limit p_limit) as o
            limit p_limit))
        returning 1
    ),
    flights as (
        delete from overmind.cache_flights f
        where f.expires_at < clock_timestamp() - interval '1 hour'
    )
    select (select count(*) from entries) + (select count(*) from lookups) into deleted;
    return deleted;
end
$$;

COMMENT ON FUNCTION overmind.delete_expired_cache(p_limit integer) IS 'Deletes answers that have expired, up to p_limit, and look-ups of more than 400 days ago, up to as many. Returns how many of both.';

CREATE FUNCTION overmind.delete_expired_conversations(p_after uuid DEFAULT '00000000-0000-0000-0000-000000000000'::uuid, p_limit integer DEFAULT 100, p_now timestamp with time zone DEFAULT clock_timestamp()) RETURNS TABLE(deleted integer, last uuid)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    expired uuid[];
    held    uuid[];
begin
    expired := array(
        select c.id
        from public.conversations c
        where c.organization_id = overmind.org_id()
          and c.id > p_after
          and c.last_activity_at < p_now - interval '24 hours' * (
              select overmind.retention_days(o.settings)
              from public.organizations o
              where o.id = overmind.org_id())
        order by c.id
        limit p_limit
        for update skip locked);
    held := array(
        select r.id
        from public.workflow_runs r
        where r.organization_id = overmind.org_id()
          and r.conversation_id = any (expired)
          and r.status in ('succeeded', 'failed', 'cancelled')
        for update skip locked);

    delete from public.conversations c
    where c.organization_id = overmind.org_id()
      and c.id = any (expired)
      and not exists (
          select from public.workflow_runs r
          where r.organization_id = overmind.org_id()
            and r.conversation_id = c.id
            and r.id <> all (held))
      and not exists (
          select from public.step_replays s
          join public.workflow_runs r on r.organization_id = s.organization_id and r.id = s.run_id
          where s.organization_id = overmind.org_id()
            and r.conversation_id = c.id
            and s.status in ('queued', 'running'));
    get diagnostics deleted = row_count;
    last := expired[cardinality(expired)];
    return next;
end
$$;

COMMENT ON FUNCTION overmind.delete_expired_conversations(p_after uuid, p_limit integer, p_now timestamp with time zone) IS 'Deletes conversations of the caller''s organization whose last activity is longer ago than its settings say, with all that is under them; up to p_limit after the id p_after. Returns how many, and the last that it looked at; null: there are no more.';

CREATE FUNCTION overmind.delete_expired_idempotency_keys() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    delete from public.idempotency_keys k
    where k.created_at < clock_timestamp() - interval '24 hours'
$$;

COMMENT ON FUNCTION overmind.delete_expired_idempotency_keys() IS 'Forgets idempotency keys that are older than 24 hours.';

CREATE FUNCTION overmind.delete_old_webhook_deliveries(p_before timestamp with time zone, p_limit integer DEFAULT 10000) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    deleted integer;
begin
    delete from public.webhook_deliveries d
    using (
        select old.organization_id, old.id
        from public.webhook_deliveries old
        where old.created_at < least(p_before, clock_timestamp() - interval '7 days')
          and old.status <> 'pending'
        limit p_limit
    ) as due
    where d.organization_id = due.organization_id
      and d.id = due.id;
    get diagnostics deleted = row_count;
    return deleted;
end
$$;

COMMENT ON FUNCTION overmind.delete_old_webhook_deliveries(p_before timestamp with time zone, p_limit integer) IS 'Deletes deliveries that have ended, of before a time that is 7 days past or more; returns how many.';

CREATE FUNCTION overmind.due_schedules(p_limit integer, p_now timestamp with time zone DEFAULT clock_timestamp()) RETURNS TABLE(id uuid, cadence_config text, cron text, local_time text, time_zone text, missed_runs text, next_run_at timestamp with time zone, checked_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select s.id, s.cadence_config::text, s.cron, to_char(s.local_time, 'HH24:MI:SS'), s.time_zone, s.missed_runs, s.next_run_at, p_now
    from public.schedules s
    where not s.is_paused
      and not overmind.is_frozen(s.organization_id)
      and s.next_run_at <= p_now
    order by s.next_run_at
    limit p_limit
$$;

COMMENT ON FUNCTION overmind.due_schedules(p_limit integer, p_now timestamp with time zone) IS 'What is due by the database''s clock, the same for all nodes, and what that clock showed.';

CREATE FUNCTION overmind.emit_event(p_type text, p_data jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if overmind.org_id() is not null then
        perform overmind.send_webhooks(overmind.org_id(), p_type, p_data);
    end if;
end
$$;

COMMENT ON FUNCTION overmind.emit_event(p_type text, p_data jsonb) IS 'Tells the webhook endpoints of the caller''s organization what the same transaction makes happen.';

CREATE FUNCTION overmind.end_cached_call(p_cache_key text, p_holder uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    delete from overmind.cache_flights f
    where f.organization_id = overmind.org_id()
      and f.cache_key = p_cache_key
      and f.holder = p_holder;
    perform pg_notify('cached_call_ended', p_cache_key);
end
$$;

COMMENT ON FUNCTION overmind.end_cached_call(p_cache_key text, p_holder uuid) IS 'Ends a call that others may wait for, and tells them (NOTIFY cached_call_ended).';

CREATE FUNCTION overmind.end_cancelled_organizations(p_now timestamp with time zone DEFAULT clock_timestamp()) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    ended integer;
begin
    select count(s.id) into ended
    from public.organizations o
    cross join lateral overmind.set_organization_state(o.id, 'suspended', 'It was cancelled, and its time is over.', p_now) as s
    where o.status = 'cancelled'
      and o.deleted_at is null
      and o.ends_at <= p_now;
    return ended;
end
$$;

COMMENT ON FUNCTION overmind.end_cancelled_organizations(p_now timestamp with time zone) IS 'Suspends the cancelled organizations whose time is over; returns how many.';

CREATE FUNCTION overmind.enqueue_budget_jobs(p_organization_id uuid, p_budget_id uuid) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    insert into public.jobs (organization_id, user_id, kind, payload, priority, max_attempts)
    values (null, null, 'budget.move_jobs', jsonb_build_object('organization_id', p_organization_id, 'budget_id', p_budget_id), 50, 100)
$$;

COMMENT ON FUNCTION overmind.enqueue_budget_jobs(p_organization_id uuid, p_budget_id uuid) IS 'Lets a worker block the jobs that a budget stops, or make those due again that it no longer does.';

CREATE FUNCTION overmind.enqueue_installation_jobs(p_jobs jsonb) RETURNS SETOF uuid
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    insert into public.jobs (
        id, organization_id, user_id, kind, payload, priority, run_at, unique_key, max_attempts, retry_config, retry_when_lost, batch_id, metadata)
    select
        n.id, null, null, n.kind, n.payload, coalesce(n.priority, 100), coalesce(n.run_at, clock_timestamp()), n.unique_key, coalesce(n.max_attempts, 3),
        coalesce(n.retry_config, '{"strategy": "exponential", "base_delay_ms": 1000, "max_delay_ms": 300000}'), coalesce(n.retry_when_lost, true),
        n.batch_id, coalesce(n.metadata, '{}')
    from jsonb_to_recordset(p_jobs) as n (
        id uuid, kind text, payload jsonb, priority smallint, run_at timestamptz, unique_key text, unique_for interval, max_attempts integer,
        retry_config jsonb, retry_when_lost boolean, batch_id uuid, metadata jsonb)
    where n.unique_for is null
       or not exists (
           select from public.jobs j
           where j.organization_id is null and j.kind = n.kind and j.unique_key = n.unique_key and j.created_at > clock_timestamp() - n.unique_for)
    on conflict (organization_id, kind, unique_key) where unique_key is not null and completed_at is null do nothing
    returning id
$$;

COMMENT ON FUNCTION overmind.enqueue_installation_jobs(p_jobs jsonb) IS 'Enqueues jobs that belong to no organization, an array of objects; returns those that were not there yet.';

CREATE FUNCTION overmind.episode_schedule_queue_insert() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    new.id := coalesce(new.id, overmind.uuid_v7());
    new.organization_id := coalesce(new.organization_id, overmind.org_id());
    if coalesce(new.status, 'pending') not in ('pending', 'blocked') then
        raise exception using errcode = 'check_violation', message = format('A new episode job is pending or blocked, not %s', new.status);
    end if;
    insert into public.jobs (id, organization_id, kind, payload, run_at, status, last_error, metadata)
    values (
        new.id, new.organization_id, 'episode.generate', jsonb_build_object('project_id', new.project_id), coalesce(new.scheduled_for, clock_timestamp()),
        coalesce(new.status, 'pending'), new.last_error, coalesce(new.metadata, '{}'));
    return new;
end
$$;

COMMENT ON FUNCTION overmind.episode_schedule_queue_insert() IS 'Trigger: a row of the view becomes a job.';

CREATE FUNCTION overmind.episode_schedule_queue_update() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if not overmind.change_episode_job(old.id, new.status, new.last_error, new.scheduled_for, coalesce(new.metadata, '{}')) then
        return null;
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.episode_schedule_queue_update() IS 'Trigger: a change of the view''s row becomes one of its job, unless a worker holds it.';

CREATE FUNCTION overmind.exchange_rate(p_organization_id uuid, p_currency text, p_day date) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select case when p_currency = 'USD' then 1 else (
        select e.rate
        from public.exchange_rates e
        where e.organization_id = p_organization_id
          and e.currency = p_currency
          and e.valid_from <= p_day
        order by e.valid_from desc
        limit 1)
    end
$$;

COMMENT ON FUNCTION overmind.exchange_rate(p_organization_id uuid, p_currency text, p_day date) IS 'Units of a currency for one US dollar on a day of the organization; 1 for USD, null when none is known.';

CREATE FUNCTION overmind.find_account(p_email text) RETURNS TABLE(user_id uuid, name text, email text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select u.id, u.name, u.email
    from public.users u
    where lower(u.email) = lower(p_email)
      and u.deleted_at is null
$$;

COMMENT ON FUNCTION overmind.find_account(p_email text) IS 'Whose account an address is: one row or none. For mails to that address alone.';

CREATE FUNCTION overmind.find_cached_response(p_cache_key text) RETURNS TABLE(entry_id uuid, response text, tokens_used bigint, cost numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    return query
    select c.id, c.response::text, c.tokens_used, c.cost
    from public.ai_response_cache c
    where c.organization_id = overmind.org_id()
      and c.cache_key = p_cache_key
      and c.response is not null
      and c.expires_at > clock_timestamp();
end
$$;

COMMENT ON FUNCTION overmind.find_cached_response(p_cache_key text) IS 'The answer to the very same request, of the caller''s organization; no row when there is none.';

CREATE FUNCTION overmind.find_external_identity(p_issuer text, p_subject text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select i.user_id
    from overmind.external_identities i
    join public.users u on u.id = i.user_id
    where i.issuer = p_issuer
      and i.subject = p_subject
      and u.deleted_at is null
$$;

COMMENT ON FUNCTION overmind.find_external_identity(p_issuer text, p_subject text) IS 'Who a person of an OpenID provider is here; null: not known.';

CREATE FUNCTION overmind.find_first_admin() RETURNS TABLE(organization_id uuid, user_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select m.organization_id, m.user_id
    from public.organization_members m
    join public.organizations o on o.id = m.organization_id
    join public.users u on u.id = m.user_id
    where m.role = 'admin'
      and m.left_at is null
      and o.deleted_at is null
      and u.deleted_at is null
    order by o.status <> 'active', m.created_at, m.id
    limit 1
$$;

COMMENT ON FUNCTION overmind.find_first_admin() IS 'The admin who has been there longest, with their organization; no row in an empty database.';

CREATE FUNCTION overmind.find_invitation(p_organization_id uuid, p_token_hash text) RETURNS TABLE(id uuid, email text, role text, organization_name text, invited_by text, user_id uuid, has_password boolean, password_hash text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select i.id, i.email, i.role, o.name, m.display_name, u.id, u.password_hash is not null, u.password_hash
    from public.invitations i
    join public.organizations o on o.id = i.organization_id
    join public.organization_members m on m.organization_id = i.organization_id and m.user_id = i.invited_by
    left join public.users u on lower(u.email) = lower(i.email) and u.deleted_at is null
    where i.organization_id = p_organization_id
      and i.token_hash = p_token_hash
      and i.status = 'pending'
      and i.expires_at > clock_timestamp()
      and o.status = 'active'
      and o.deleted_at is null
$$;

COMMENT ON FUNCTION overmind.find_invitation(p_organization_id uuid, p_token_hash text) IS 'The pending invitation of a link, and the account of its address where there is one: one row or none.';

CREATE FUNCTION overmind.find_membership(p_user_id uuid, p_organization_id uuid) RETURNS TABLE(organization_id uuid, role text, permissions jsonb, display_name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select m.organization_id, m.role, m.permissions, m.display_name
    from public.organization_members m
    join public.organizations o on o.id = m.organization_id
    join public.users u on u.id = m.user_id
    where m.user_id = p_user_id
      and (p_organization_id is null or m.organization_id = p_organization_id)
      and m.left_at is null
      and o.deleted_at is null
      and u.deleted_at is null
    order by o.status <> 'active', m.created_at, m.id
    limit 1
$$;

COMMENT ON FUNCTION overmind.find_membership(p_user_id uuid, p_organization_id uuid) IS 'As what a person belongs to an organization; without one, to their first that is active, else to their first: one row, or none.';

CREATE FUNCTION overmind.find_model(p_organization_id uuid, p_provider text, p_model text, OUT provider text, OUT model text) RETURNS record
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    seller    public.registry_providers;
    wanted    text := lower(p_model);
    candidate text;
begin
    select p.* into seller
    from public.registry_providers p
    where p.key = lower(p_provider) or lower(p_provider) = any (p.aliases)
    order by p.key = lower(p_provider) desc, p.key
    limit 1;
    if not found then
        select p.* into seller
        from public.model_providers c
        join public.registry_providers p on c.base_url ~ p.url_pattern
        where c.organization_id = p_organization_id and c.key = p_provider
        order by c.deleted_at desc nulls first, p.key
        limit 1;
    end if;

    foreach candidate in array seller.key || coalesce(seller.fallbacks, '{}') loop
        select a.provider, a.model into provider, model
        from public.model_aliases a
        where a.provider = candidate and a.alias = wanted;
        if found then
            return;
        end if;
        select r.provider, r.model into provider, model
        from public.model_match_rules r
        where r.provider = candidate
          and case r.kind
              when 'prefix' then starts_with(wanted, r.pattern)
              when 'part' then strpos(wanted, r.pattern) > 0
              when 'suffix' then right(wanted, length(r.pattern)) = r.pattern
              else wanted ~ r.pattern
          end
        order by r.position
        limit 1;
        if found then
            return;
        end if;
    end loop;
end
$$;

COMMENT ON FUNCTION overmind.find_model(p_organization_id uuid, p_provider text, p_model text, OUT provider text, OUT model text) IS 'The model of the registry that a call names: by the name or address of the connected provider and those whose models it sells, too; by alias, else by the first rule that fits. Nulls: not known.';

CREATE FUNCTION overmind.find_one_time_token(p_token_hash text, p_purpose text) RETURNS TABLE(email text, name text, user_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select t.email, t.name, t.user_id
    from overmind.one_time_tokens t
    where t.token_hash = p_token_hash
      and t.purpose = p_purpose
      and t.used_at is null
      and t.expires_at > clock_timestamp()
$$;

COMMENT ON FUNCTION overmind.find_one_time_token(p_token_hash text, p_purpose text) IS 'What the link with this token is for, without using it up: one row while it is good.';

CREATE TABLE public.model_prices (
    id uuid NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    context_above bigint DEFAULT 0 NOT NULL,
    service_tier text,
    time_from time without time zone,
    time_to time without time zone,
    valid_from timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    valid_to timestamp with time zone DEFAULT 'infinity'::timestamp with time zone NOT NULL,
    input_price numeric,
    output_price numeric,
    cache_read_price numeric,
    cache_write_price numeric,
    cache_write_1h_price numeric,
    reasoning_price numeric,
    audio_input_price numeric,
    audio_output_price numeric,
    image_input_price numeric,
    image_output_price numeric,
    request_price numeric,
    web_search_price numeric,
    currency text DEFAULT 'USD'::text NOT NULL,
    CONSTRAINT model_prices_call_prices_range CHECK (((LEAST(request_price, web_search_price) >= (0)::numeric) AND (GREATEST(request_price, web_search_price) <= (100)::numeric))),
    CONSTRAINT model_prices_context_above_not_negative CHECK ((context_above >= 0)),
    CONSTRAINT model_prices_currency_usd CHECK ((currency = 'USD'::text)),
    CONSTRAINT model_prices_hours_whole CHECK ((((time_from IS NULL) = (time_to IS NULL)) AND (time_from <> time_to))),
    CONSTRAINT model_prices_priced CHECK ((num_nonnulls(input_price, output_price, cache_read_price, cache_write_price, cache_write_1h_price, reasoning_price, audio_input_price, audio_output_price, image_input_price, image_output_price, request_price, web_search_price) > 0)),
    CONSTRAINT model_prices_scale_possible CHECK ((GREATEST(scale(input_price), scale(output_price), scale(cache_read_price), scale(cache_write_price), scale(cache_write_1h_price), scale(reasoning_price), scale(audio_input_price), scale(audio_output_price), scale(image_input_price), scale(image_output_price), scale(request_price), scale(web_search_price)) <= 18)),
    CONSTRAINT model_prices_service_tier_shape CHECK ((service_tier ~ '^[a-z][a-z0-9_-]{0,63}$'::text)),
    CONSTRAINT model_prices_token_prices_range CHECK (((LEAST(input_price, output_price, cache_read_price, cache_write_price, cache_write_1h_price, reasoning_price, audio_input_price, audio_output_price, image_input_price, image_output_price) >= (0)::numeric) AND (GREATEST(input_price, output_price, cache_read_price, cache_write_price, cache_write_1h_price, reasoning_price, audio_input_price, audio_output_price, image_input_price, image_output_price) <= 0.01))),
    CONSTRAINT model_prices_valid_forward CHECK ((valid_from < valid_to))
);

COMMENT ON TABLE public.model_prices IS 'What models cost, per token and call: the same for all organizations, loaded from the shipped catalogue. Of the rows that hold for a call the most particular counts.';

COMMENT ON COLUMN public.model_prices.id IS 'Identity: a digest of the row, so that it says what was charged.';

COMMENT ON COLUMN public.model_prices.provider IS 'Who sells the model.';

COMMENT ON COLUMN public.model_prices.model IS 'The model.';

COMMENT ON COLUMN public.model_prices.context_above IS 'Prices of calls whose prompt has more tokens than that, all of them.';

COMMENT ON COLUMN public.model_prices.service_tier IS 'Prices of calls of this tier of the provider, as priority; null: of all that have none of their own.';

COMMENT ON COLUMN public.model_prices.time_from IS 'Prices of calls that begin at this time of the day (UTC) or later; null: of the whole day.';

COMMENT ON COLUMN public.model_prices.time_to IS 'Until when, the time itself not; before time_from: over midnight.';

COMMENT ON COLUMN public.model_prices.valid_from IS 'Prices of calls that begin then or later; -infinity: ever since.';

COMMENT ON COLUMN public.model_prices.valid_to IS 'Until when, the moment itself not; infinity: until further notice.';

COMMENT ON COLUMN public.model_prices.input_price IS 'US dollars for a token of the prompt; null: unknown.';

COMMENT ON COLUMN public.model_prices.output_price IS 'US dollars for a token of the answer; null: unknown.';

COMMENT ON COLUMN public.model_prices.cache_read_price IS 'US dollars for a token of the prompt that the provider had cached; null: as input.';

COMMENT ON COLUMN public.model_prices.cache_write_price IS 'US dollars for a token of the prompt that it cached, for five minutes or as long as it does; null: as input.';

COMMENT ON COLUMN public.model_prices.cache_write_1h_price IS 'US dollars for a token of the prompt that it cached for an hour; null: as cache_write.';

COMMENT ON COLUMN public.model_prices.reasoning_price IS 'US dollars for a token of reasoning; null: as output.';

COMMENT ON COLUMN public.model_prices.audio_input_price IS 'US dollars for a token of audio in the prompt; null: as input.';

COMMENT ON COLUMN public.model_prices.audio_output_price IS 'US dollars for a token of audio in the answer; null: as output.';

COMMENT ON COLUMN public.model_prices.image_input_price IS 'US dollars for a token of an image in the prompt; null: as input.';

COMMENT ON COLUMN public.model_prices.image_output_price IS 'US dollars for a token of an image in the answer; null: as output.';

COMMENT ON COLUMN public.model_prices.request_price IS 'US dollars for a call; null: nothing beside the tokens.';

COMMENT ON COLUMN public.model_prices.web_search_price IS 'US dollars for a web search that the provider made; null: unknown.';

COMMENT ON COLUMN public.model_prices.currency IS 'Its currency, by ISO 4217.';

CREATE FUNCTION overmind.find_price(p_organization_id uuid, p_provider text, p_model text, p_at timestamp with time zone, p_context bigint, p_service_tier text) RETURNS public.model_prices
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    price public.model_prices;
    known record;
    hour  time := p_at at time zone 'UTC';
begin
    select
        o.id, o.provider, o.model, o.context_above, o.service_tier, o.time_from, o.time_to, o.valid_from, o.valid_to,
        o.input_price, o.output_price, o.cache_read_price, o.cache_write_price, o.cache_write_1h_price,
        o.reasoning_price, o.audio_input_price, o.audio_output_price, o.image_input_price, o.image_output_price,
        o.request_price, o.web_search_price, o.currency
    into price
    from public.price_overrides o
    where o.organization_id = p_organization_id
      and o.provider = p_provider
      and (o.model = p_model or right(o.model, 1) = '*' and starts_with(p_model, left(o.model, -1)))
      and o.context_above < greatest(p_context, 1)
      and (o.service_tier is null or o.service_tier = p_service_tier)
      and case
          when o.time_from is null then true
          when o.time_from < o.time_to then hour >= o.time_from and hour < o.time_to
          else hour >= o.time_from or hour < o.time_to
      end
      and o.valid_from <= p_at
      and o.valid_to > p_at
    order by
        o.model = p_model desc, length(o.model) desc, o.service_tier is not null desc, o.time_from is not null desc, o.context_above desc
    limit 1;
    if found then
        return price;
    end if;

    select * into known from overmind.find_model(p_organization_id, p_provider, p_model);
    select p.* into price
    from public.model_prices p
    where p.provider = known.provider
      and p.model = known.model
      and p.context_above < greatest(p_context, 1)
      and (p.service_tier is null or p.service_tier = p_service_tier)
      and case
          when p.time_from is null then true
          when p.time_from < p.time_to then hour >= p.time_from and hour < p.time_to
          else hour >= p.time_from or hour < p.time_to
      end
      and p.valid_from <= p_at
      and p.valid_to > p_at
    order by p.service_tier is not null desc, p.time_from is not null desc, p.context_above desc
    limit 1;
    return price;
end
$$;

COMMENT ON FUNCTION overmind.find_price(p_organization_id uuid, p_provider text, p_model text, p_at timestamp with time zone, p_context bigint, p_service_tier text) IS 'The price of a call of a connected provider''s model that began at p_at with a prompt of p_context tokens: the organization''s, else the catalogue''s. Its id is null when none is known.';

CREATE FUNCTION overmind.find_refused_api_key(p_organization_id uuid, p_key_hash text) RETURNS TABLE(api_key_id uuid, user_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select k.id, k.user_id
    from public.api_keys k
    where k.organization_id = p_organization_id
      and k.key_hash = p_key_hash
$$;

COMMENT ON FUNCTION overmind.find_refused_api_key(p_organization_id uuid, p_key_hash text) IS 'Whose a key was that is in force no longer: for the audit log alone. p_key_hash is the SHA-256 of the secret, in hex.';

CREATE FUNCTION overmind.find_sign_in(p_email text) RETURNS TABLE(user_id uuid, organization_id uuid, role text, password_hash text, name text, permissions jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select u.id, m.organization_id, m.role, u.password_hash, m.display_name, m.permissions
    from public.users u
    join public.organization_members m on m.user_id = u.id
    join public.organizations o on o.id = m.organization_id
    where lower(u.email) = lower(p_email)
      and u.deleted_at is null
      and m.left_at is null
      and o.deleted_at is null
    order by o.status <> 'active', m.created_at, m.id
    limit 1
$$;

COMMENT ON FUNCTION overmind.find_sign_in(p_email text) IS 'Who signs in with this address: one row with their first organization that is active, else with their first, else none.';

CREATE FUNCTION overmind.find_similar_response(p_scope_hash text, p_provider text, p_model_name text, p_embedding public.vector, p_min_similarity double precision) RETURNS TABLE(entry_id uuid, response text, tokens_used bigint, cost numeric, similarity double precision, question text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_sort TO 'off'
    SET jit TO 'off'
    AS $_$
declare
    dimensions  integer := vector_dims(p_embedding);
    scope       text := format(
        'from public.ai_response_cache c where c.organization_id = $1 and c.scope_hash = $2 and c.embedding_model_provider = %L and c.embedding_model_name = %L and c.embedding_dimensions = %s',
        p_provider, p_model_name, dimensions);
    is_large    boolean;
begin
    -- Not fixed above: where pgvector is not loaded yet, only a superuser may make such a function. It ends with the transaction.
    perform set_config('hnsw.iterative_scan', 'strict_order', true);
    -- Of the scope's index alone: the rows are large, and most of them are not looked at.
    select count(*) > 1000 into is_large
    from (
        select
        from public.ai_response_cache c
        where c.organization_id = overmind.org_id()
          and c.scope_hash = p_scope_hash
        limit 1001
    ) as rows;
    return query execute format(
        case when is_large
            then 'with near as materialized (select c.* %1$s and c.response is not null and c.expires_at > clock_timestamp() order by c.embedding::halfvec(%2$s) <=> $3::halfvec(%2$s) limit 8)'
            else 'with near as materialized (select c.* %1$s and c.response is not null and c.expires_at > clock_timestamp())'
        end
        || ' select n.id, n.response::text, n.tokens_used, n.cost, 1 - (n.embedding <=> $3), n.question from near n where 1 - (n.embedding <=> $3) >= $4 order by n.embedding <=> $3, n.id limit 5',
        scope, dimensions)
    using overmind.org_id(), p_scope_hash, p_embedding, p_min_similarity;
end
$_$;

COMMENT ON FUNCTION overmind.find_similar_response(p_scope_hash text, p_provider text, p_model_name text, p_embedding public.vector, p_min_similarity double precision) IS 'The answers to the most similar questions of a scope, up to five of the caller''s organization, the nearest first; those that are similar enough.';

CREATE FUNCTION overmind.find_stopped_budget(p_models text[], p_project_id uuid, p_workflow_key text, p_api_key_id uuid, p_is_scheduled boolean) RETURNS TABLE(budget_id uuid, name text, subject text, period_end timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    call  public.token_usage;
    model text;
begin
    call.organization_id := overmind.org_id();
    if not exists (select from public.budgets b where b.organization_id = call.organization_id and b.is_active) then
        return;
    end if;
    call.user_id := overmind.user_id();
    call.project_id := p_project_id;
    call.workflow_key := p_workflow_key;
    call.api_key_id := p_api_key_id;
    foreach model in array p_models loop
        call.provider := split_part(model, '/', 1);
        call.model := substr(model, length(call.provider) + 2);
        return query
        select (f.budget).id, (f.budget).name, f.subject, f.period_end
        from overmind.budgets_of(call) as f
        left join public.budget_periods p
            on p.organization_id = call.organization_id and p.budget_id = (f.budget).id and p.subject = f.subject and p.period_start = f.period_start
        where (p.stopped_at is not null or (f.budget).limit_amount = 0 and (f.budget).on_limit <> 'allow_up_to')
          and ((f.budget).on_limit <> 'skip_scheduled' or p_is_scheduled)
        order by f.period_end desc, (f.budget).id
        limit 1;
        if found then
            return;
        end if;
    end loop;
end
$$;

COMMENT ON FUNCTION overmind.find_stopped_budget(p_models text[], p_project_id uuid, p_workflow_key text, p_api_key_id uuid, p_is_scheduled boolean) IS 'The budget that does not let the caller call one of these models (provider/model) now, and when its period ends; no row when none is reached.';

CREATE FUNCTION overmind.finish_job(p_id uuid, p_lease_token bigint, p_status text, p_error text DEFAULT NULL::text, p_retry_at timestamp with time zone DEFAULT NULL::timestamp with time zone, p_result jsonb DEFAULT NULL::jsonb, p_keep interval DEFAULT NULL::interval) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    freed text;
begin
    if p_status not in ('completed', 'failed', 'cancelled', 'pending') then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('finish_job: status is completed, failed, cancelled or pending, not %s', p_status);
    end if;

    update public.jobs j
    set status = outcome.status,
        run_at = case
            when outcome.status <> 'pending' then j.run_at
            when p_retry_at is not null then p_retry_at
            when p_error is not null then clock_timestamp() + overmind.retry_delay(j.retry_config, j.attempt_count)
            else clock_timestamp()
        end,
        attempt_count = j.attempt_count - case when p_status = 'pending' and p_error is null then 1 else 0 end,
        completed_at = case when outcome.status = 'pending' then null else clock_timestamp() end,
        keep_until = case
            when outcome.status <> 'pending'
            then clock_timestamp() + coalesce(p_keep, case outcome.status when 'failed' then interval '30 days' else interval '7 days' end)
        end,
        last_error = coalesce(p_error, j.last_error),
        errors = case when p_error is null then j.errors else j.errors || jsonb_build_object(
            'attempt', j.attempt_count, 'error', p_error, 'at', clock_timestamp()) end,
        result = coalesce(p_result, j.result),
        lease_token = null,
        is_due = case when outcome.status = 'pending' then true end
    from (
        select case
            when p_status = 'failed' and p_retry_at is not null and held.attempt_count < held.max_attempts then 'pending'
            else p_status
        end as status
        from public.jobs held
        where held.id = p_id
    ) as outcome
    where j.id = p_id
      and j.lease_token = p_lease_token
      and j.status = 'processing'
    returning case when j.status = 'pending' and j.is_due then j.kind end into freed;
    if not found then
        raise exception using
            errcode = 'OV001',
            message = format('The job %s is no longer held by lease %s', p_id, p_lease_token);
    end if;
    if freed is not null then
        perform pg_notify('job_available', freed);
    end if;
end
$$;

COMMENT ON FUNCTION overmind.finish_job(p_id uuid, p_lease_token bigint, p_status text, p_error text, p_retry_at timestamp with time zone, p_result jsonb, p_keep interval) IS 'Ends a leased job, or fails with OV001 when the lease is no longer held. failed with p_retry_at goes back to pending while attempts are left; pending with p_error does so whatever is left, after the wait of its retry_config unless p_retry_at is given, and without an error as if the job had not been claimed. An ended job is kept for p_keep, 7 days unless given, 30 when it failed.';

CREATE FUNCTION overmind.fire_schedule(p_id uuid, p_expected timestamp with time zone, p_next timestamp with time zone, p_due timestamp with time zone[], p_local text[], p_models text[] DEFAULT '{}'::text[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    schedule public.schedules;
    fired    integer;
begin
    update public.schedules s
    set next_run_at = p_next,
        last_run_at = coalesce(p_due[array_upper(p_due, 1)], s.last_run_at)
    where s.id = p_id
      and s.next_run_at = p_expected
      and not s.is_paused
    returning s.* into schedule;
    if not found then
        return 0;
    end if;

    -- What calls models is passed over while a budget skips what is scheduled.
    if schedule.kind = any (p_models) and overmind.skips_scheduled(schedule.organization_id, schedule.user_id) then
        return 0;
    end if;

    insert into public.jobs (organization_id, user_id, kind, payload, unique_key, max_attempts, retry_when_lost, metadata)
    select
        schedule.organization_id,
        schedule.user_id,
        schedule.kind,
        schedule.payload,
        format('schedule:%s:%s', schedule.id, extract(epoch from due.at)),
        schedule.max_attempts,
        false,
        jsonb_build_object(
            'schedule_id', schedule.id, 'scheduled_for', due.at, 'user_timezone', schedule.time_zone, 'user_local_time', due.local)
    from unnest(p_due, p_local) as due (at, local)
    on conflict do nothing;
    get diagnostics fired = row_count;
    return fired;
end
$$;

COMMENT ON FUNCTION overmind.fire_schedule(p_id uuid, p_expected timestamp with time zone, p_next timestamp with time zone, p_due timestamp with time zone[], p_local text[], p_models text[]) IS 'Moves a schedule from the time it was due to the next, and makes its jobs, both or none; returns how many. Nothing when it has moved already. Jobs of the kinds p_models are not made while a budget skips what is scheduled.';

CREATE FUNCTION overmind.fold_budgets(p_limit integer DEFAULT 1000) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    key    record;
    owner  public.budgets;
    period public.budget_periods;
    folded bigint := 0;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('overmind.fold_budgets', 0)) then
        return 0;
    end if;

    -- First it is noted who may still not have seen the budget, by a statement that begins when its row is held; when they have all ended it is counted.
    select b.* into owner
    from public.budgets b
    where b.recount_after = '0'
    order by b.id
    limit 1
    for no key update skip locked;
    if found then
        update public.budgets b
        set recount_after = pg_snapshot_xmax(pg_current_snapshot())
        where b.organization_id = owner.organization_id
          and b.id = owner.id;
        return 1;
    end if;
    select b.* into owner
    from public.budgets b
    where b.recount_after > '0'
      and b.recount_after <= pg_snapshot_xmin(pg_current_snapshot())
    order by b.id
    limit 1
    -- Before its periods, as whoever changes it.
    for no key update skip locked;
    if found then
        if not overmind.count_budget(owner.organization_id, owner.id, p_anew => false) then
            return 0;
        end if;
        update public.budgets b
        set recount_after = null
        where b.organization_id = owner.organization_id
          and b.id = owner.id;
        return 1;
    end if;

    for key in
        select distinct c.organization_id, c.budget_id, c.subject, c.period_start
        from public.budget_changes c
        limit p_limit
    loop
        select b.* into owner
        from public.budgets b
        where b.organization_id = key.organization_id and b.id = key.budget_id;
        if not found then
            delete from public.budget_changes c
            where c.organization_id = key.organization_id and c.budget_id = key.budget_id and c.subject = key.subject and c.period_start = key.period_start;
            continue;
        end if;
        period := overmind.hold_budget_period(owner, key.subject, key.period_start, null, p_wait => false);
        if period.budget_id is not null then
            perform overmind.write_budget_period(overmind.mark_budget(owner, period, 0));
            folded := folded + 1;
        elsif folded = 0 and not exists (
            select
            from public.budget_periods p
            where p.organization_id = key.organization_id and p.budget_id = key.budget_id and p.subject = key.subject and p.period_start = key.period_start)
        then
            -- A call that was not reserved is the first of its period. Making the row may wait for who makes it, too, so nothing is held meanwhile.
            insert into public.budget_periods (organization_id, budget_id, dimension, subject, period_start, period_end)
            select owner.organization_id, owner.id, owner.dimension, key.subject, key.period_start, t.period_end
            from public.organizations o
            cross join lateral overmind.budget_period(o.timezone, owner.period, key.period_start) as t
            where o.id = owner.organization_id
            on conflict do nothing;
            return 1;
        end if;
    end loop;
    return folded;
end
$$;

COMMENT ON FUNCTION overmind.fold_budgets(p_limit integer) IS 'Adds what is pending in budget_changes to up to p_limit periods and marks what has been reached by it; counts budgets anew that are not exact yet. Returns how many it was at.';

CREATE FUNCTION overmind.fold_run_uses() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    folded bigint;
begin
    -- One node at a time; the others have nothing to do.
    if not pg_try_advisory_xact_lock(hashtextextended('overmind.fold_run_uses', 0)) then
        return 0;
    end if;

    with taken as (
        delete from overmind.run_uses u
        where u.id in (select o.id from overmind.run_uses o order by o.id limit 10000)
        returning u.organization_id, u.workflow_id, u.agent_ids, u.uses, u.score
    ),
    workflow_uses as (
        select t.organization_id, t.workflow_id, sum(t.uses) as uses
        from taken t
        group by t.organization_id, t.workflow_id
    ),
    agent_uses as (
        select t.organization_id, a.id as agent_id, sum(t.uses) as uses, coalesce(sum(t.score), 0) as total, count(t.score) as scored
        from taken t
        cross join unnest(t.agent_ids) as a (id)
        group by t.organization_id, a.id
    ),
    counted_workflows as (
        update public.workflows w
        set usage_count = w.usage_count + u.uses
        from workflow_uses u
        where w.organization_id = u.organization_id
          and w.id = u.workflow_id
    ),
    counted_agents as (
        update public.agent_configurations a
        set usage_count = a.usage_count + u.uses,
            quality_sum = a.quality_sum + u.total,
            quality_count = a.quality_count + u.scored,
            avg_quality_score = ((a.quality_sum + u.total) / nullif(a.quality_count + u.scored, 0))::double precision
        from agent_uses u
        where a.organization_id = u.organization_id
          and a.id = u.agent_id
    )
    select count(*) into folded from taken;
    return folded;
end
$$;

COMMENT ON FUNCTION overmind.fold_run_uses() IS 'Counts the runs that have ended since the last time: usage_count of workflows and agents, avg_quality_score. Returns how many.';

CREATE FUNCTION overmind.fold_usage(p_limit integer DEFAULT 20000) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    folded bigint;
begin
    -- One node at a time; the others have nothing to do.
    if not pg_try_advisory_xact_lock(hashtextextended('overmind.fold_usage', 0)) then
        return 0;
    end if;

    with taken as (
        delete from public.usage_changes c
        where c.ctid = any (array(select n.ctid from public.usage_changes n limit p_limit))
        returning c.*
    ),
    -- One that is purged meanwhile waits for this, and one that is gone has no sums.
    zones as (
        select o.id, coalesce(o.usage_timezone, 'UTC') as zone
        from public.organizations o
        where o.id in (select t.organization_id from taken t)
        for key share
    ),
    placed as (
        select
            t.*, date_trunc('hour', t.created_at at time zone 'UTC') as utc_hour, d.local_day, overmind.usage_day_hour(t.created_at, d.local_day, z.zone) as day_hour
        from taken t
        join zones z on z.id = t.organization_id
        cross join lateral (select (t.created_at at time zone z.zone)::date as local_day) as d
    ),
    facts as (
        select
            p.organization_id, p.user_id, p.operation, p.provider, p.model, p.project_id, p.workflow_key, p.api_key_id, p.currency, p.utc_hour,
            p.local_day, p.day_hour,
            sum(p.calls) as calls, sum(p.unpriced_calls) as unpriced_calls,
            sum(p.tokens_input) as tokens_input, sum(p.tokens_output) as tokens_output, sum(p.tokens_cached) as tokens_cached, sum(p.cost) as cost,
            coalesce(sum(p.latency_ms::bigint * p.calls), 0) as latency_ms, coalesce(sum(p.calls) filter (where p.latency_ms is not null), 0) as timed_calls,
            sum(p.queries) as queries, sum(p.messages) as messages, sum(p.n2_triggers) as n2_triggers, sum(p.errors) as errors,
            sum(p.quality_sum) as quality_sum, sum(p.scored) as scored
        from placed p
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    ),
    timed as (
        select p.organization_id, p.user_id, p.provider, p.model, p.utc_hour, p.local_day, overmind.latency_bucket(p.latency_ms) as latency_bucket, sum(p.calls) as calls
        from placed p
        where p.latency_ms is not null
        group by 1, 2, 3, 4, 5, 6, 7
    ),
    totals as (
        insert into public.usage_totals as u (
            organization_id, dimension, grain, metric_date, metric_hour, user_id, subject, currency,
            calls, unpriced_calls, tokens_input, tokens_output, tokens_cached, cost, latency_ms, timed_calls,
            queries, messages, n2_triggers, errors, quality_sum, scored)
        select
            f.organization_id, k.dimension, k.grain, k.metric_date, k.metric_hour, k.user_id, k.subject, f.currency,
            sum(f.calls), sum(f.unpriced_calls), sum(f.tokens_input), sum(f.tokens_output), sum(f.tokens_cached), sum(f.cost),
            sum(f.latency_ms), sum(f.timed_calls),
            sum(f.queries), sum(f.messages), sum(f.n2_triggers), sum(f.errors), sum(f.quality_sum), sum(f.scored)
        from facts f
        cross join lateral unnest(overmind.usage_keys(
            f.user_id, f.operation, f.provider, f.model, f.project_id, f.workflow_key, f.api_key_id, f.utc_hour, f.local_day, f.day_hour)) as k
        group by 1, 2, 3, 4, 5, 6, 7, 8
        order by 1, 2, 3, 4, 5, 6, 7, 8
        on conflict on constraint usage_totals_key do update
        set calls = u.calls + excluded.calls,
            unpriced_calls = u.unpriced_calls + excluded.unpriced_calls,
            tokens_input = u.tokens_input + excluded.tokens_input,
            tokens_output = u.tokens_output + excluded.tokens_output,
            tokens_cached = u.tokens_cached + excluded.tokens_cached,
            cost = u.cost + excluded.cost,
            latency_ms = u.latency_ms + excluded.latency_ms,
            timed_calls = u.timed_calls + excluded.timed_calls,
            queries = u.queries + excluded.queries,
            messages = u.messages + excluded.messages,
            n2_triggers = u.n2_triggers + excluded.n2_triggers,
            errors = u.errors + excluded.errors,
            quality_sum = u.quality_sum + excluded.quality_sum,
            scored = u.scored + excluded.scored,
            folded_at = excluded.folded_at
    ),
    latencies as (
        insert into public.usage_latencies as u (
            organization_id, dimension, grain, metric_date, metric_hour, user_id, subject, latency_bucket, calls)
        select t.organization_id, k.dimension, k.grain, k.metric_date, k.metric_hour, k.user_id, k.subject, t.latency_bucket, sum(t.calls)
        from timed t
        cross join lateral unnest(overmind.usage_keys(t.user_id, null, t.provider, t.model, null, null, null, t.utc_hour, t.local_day, null)) as k
        where k.dimension in ('organization', 'user', 'model')
          and k.grain <> 'day_hour'
        group by 1, 2, 3, 4, 5, 6, 7, 8
        order by 1, 2, 3, 4, 5, 6, 7, 8
        on conflict on constraint usage_latencies_key do update
        set calls = u.calls + excluded.calls
    )
    select count(*) into folded from taken;
    return folded;
end
$$;

COMMENT ON FUNCTION overmind.fold_usage(p_limit integer) IS 'Adds up to p_limit changes of usage to usage_totals and usage_latencies and removes them from usage_changes. Returns how many.';

CREATE FUNCTION overmind.forget_one_time_token(p_token_hash text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    delete from overmind.one_time_tokens t
    where t.token_hash = p_token_hash
$$;

COMMENT ON FUNCTION overmind.forget_one_time_token(p_token_hash text) IS 'Deletes the token of a link that could not be sent, so that it does not count.';

CREATE FUNCTION overmind.has_permission(p_permission text) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    return overmind.org_role() = 'admin' or exists (
        select
        from public.organization_members m
        where m.organization_id = overmind.org_id()
          and m.user_id = overmind.user_id()
          and m.left_at is null
          and m.permissions ? p_permission);
end
$$;

COMMENT ON FUNCTION overmind.has_permission(p_permission text) IS 'Whether the caller is an admin of their organization or was granted this permission (organization_members.permissions).';

CREATE FUNCTION overmind.held_jobs(p_kind text) RETURNS SETOF public.jobs
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select j.*
    from overmind.job_claims c
    cross join unnest(c.job_ids) as held (id)
    join public.jobs j on j.id = held.id and j.lease_token = c.lease_token
    where p_kind = any (c.kinds)
      and j.kind = p_kind
$$;

COMMENT ON FUNCTION overmind.held_jobs(p_kind text) IS 'The jobs of a kind that workers hold. Called by allowed_jobs.';

CREATE TABLE public.budget_periods (
    organization_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    dimension text NOT NULL,
    subject text NOT NULL,
    period_start timestamp with time zone NOT NULL,
    period_end timestamp with time zone NOT NULL,
    used numeric DEFAULT 0 NOT NULL,
    reserved numeric DEFAULT 0 NOT NULL,
    unpriced_calls bigint DEFAULT 0 NOT NULL,
    folded_xid xid8 DEFAULT '0'::xid8 NOT NULL,
    soft_reached_at timestamp with time zone,
    reached_at timestamp with time zone,
    stopped_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT budget_periods_forward CHECK ((period_start < period_end))
)
WITH (fillfactor='50');

COMMENT ON TABLE public.budget_periods IS 'What of a budget is used and held, by subject and period. Without what is pending in budget_changes: budget_usage has both.';

COMMENT ON COLUMN public.budget_periods.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.budget_periods.budget_id IS 'The budget.';

COMMENT ON COLUMN public.budget_periods.dimension IS 'Its dimension, by which it is told who may see the row.';

COMMENT ON COLUMN public.budget_periods.subject IS 'Whose use it is: as the budget''s subject, or one of those that it is for each of; empty for the organization.';

COMMENT ON COLUMN public.budget_periods.period_start IS 'When the period began.';

COMMENT ON COLUMN public.budget_periods.period_end IS 'When it ends, the moment itself not.';

COMMENT ON COLUMN public.budget_periods.used IS 'What settled calls used, in the budget''s unit.';

COMMENT ON COLUMN public.budget_periods.reserved IS 'What calls that are under way may use at most.';

COMMENT ON COLUMN public.budget_periods.unpriced_calls IS 'Settled calls of which nobody knows what they cost; of money alone.';

COMMENT ON COLUMN public.budget_periods.folded_xid IS 'Changes of transactions before this one are all in these sums.';

COMMENT ON COLUMN public.budget_periods.soft_reached_at IS 'When soft_ratio of the limit was used.';

COMMENT ON COLUMN public.budget_periods.reached_at IS 'When the limit was reached: it was used up, or a call would not have fitted beside what was used.';

COMMENT ON COLUMN public.budget_periods.stopped_at IS 'When calls began to be refused: at the limit, or at the second one.';

COMMENT ON COLUMN public.budget_periods.created_at IS 'When the row was made.';

CREATE FUNCTION overmind.hold_budget_period(p_budget public.budgets, p_subject text, p_start timestamp with time zone, p_end timestamp with time zone, p_wait boolean) RETURNS public.budget_periods
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    period public.budget_periods;
    more   record;
begin
    if p_wait then
        select p.* into period
        from public.budget_periods p
        where p.organization_id = p_budget.organization_id and p.budget_id = p_budget.id and p.subject = p_subject and p.period_start = p_start
        for no key update;
        if not found then
            insert into public.budget_periods (organization_id, budget_id, dimension, subject, period_start, period_end)
            values (p_budget.organization_id, p_budget.id, p_budget.dimension, p_subject, p_start, p_end)
            on conflict do nothing;
            select p.* into period
            from public.budget_periods p
            where p.organization_id = p_budget.organization_id and p.budget_id = p_budget.id and p.subject = p_subject and p.period_start = p_start
            for no key update;
        end if;
    else
        select p.* into period
        from public.budget_periods p
        where p.organization_id = p_budget.organization_id and p.budget_id = p_budget.id and p.subject = p_subject and p.period_start = p_start
        for no key update skip locked;
        if not found then
            return null;
        end if;
    end if;

    with gone as (
        delete from public.budget_changes c
        where c.organization_id = p_budget.organization_id
          and c.budget_id = p_budget.id
          and c.subject = p_subject
          and c.period_start = p_start
          and c.xid >= period.folded_xid
        returning c.used, c.reserved, c.unpriced_calls
    )
    select
        coalesce(sum(g.used), 0) as used, coalesce(sum(g.reserved), 0) as reserved, coalesce(sum(g.unpriced_calls), 0) as unpriced_calls,
        coalesce(bool_or(g.used < 0), false) as is_less, pg_snapshot_xmin(pg_current_snapshot()) as ended
    into more
    from gone g;
    period.used := period.used + more.used;
    period.reserved := period.reserved + more.reserved;
    period.unpriced_calls := period.unpriced_calls + more.unpriced_calls;
    period.folded_xid := more.ended;
    -- A correction of the past gives back what it took.
    if more.is_less then
        period := overmind.unmark_budget(p_budget, period);
    end if;
    return period;
end
$$;

COMMENT ON FUNCTION overmind.hold_budget_period(p_budget public.budgets, p_subject text, p_start timestamp with time zone, p_end timestamp with time zone, p_wait boolean) IS 'Holds the row of a budget''s period, made if need be, and adds what is pending in budget_changes to what it returns. Without p_wait: null where another has it.';

CREATE FUNCTION overmind.identify_model_price() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
begin
    new.id := null;
    new.id := md5(new::text)::uuid;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.identify_model_price() IS 'Trigger: a price''s id is a digest of what it says, the same in every database.';

CREATE FUNCTION overmind.insert_run_events(p_run_id uuid, p_first bigint, p_events jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    owner   uuid;
    sharing text;
begin
    select r.user_id, r.visibility into owner, sharing
    from public.workflow_runs r
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and (r.user_id = overmind.user_id() or r.visibility = 'organization' or overmind.org_role() = 'admin')
      and overmind.org_role() is distinct from 'viewer';
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no run %s', p_run_id),
            table = 'run_events',
            constraint = 'run_events_run_fkey';
    end if;

    insert into public.run_events (organization_id, run_id, sequence_number, user_id, visibility, type, step_id, data)
    select
        overmind.org_id(), p_run_id, p_first + e.ordinality - 1, owner, sharing,
        e.value ->> 'type', (e.value ->> 'step_id')::uuid, coalesce(e.value -> 'data', '{}')
    from jsonb_array_elements(p_events) with ordinality as e;

    perform pg_notify('run_event', p_run_id::text);
end
$$;

COMMENT ON FUNCTION overmind.insert_run_events(p_run_id uuid, p_first bigint, p_events jsonb) IS 'Writes events [{type, step_id, data}] under numbers that the caller has taken from the run''s row, and wakes the streams.';

CREATE FUNCTION overmind.is_distributed(relation oid) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    found_one boolean;
begin
    -- pg_dist_partition exists only where Citus is installed, so that the statement must not be planned elsewhere.
    execute 'select exists (select from pg_dist_partition where logicalrelid = $1)' into found_one using relation::regclass;
    return found_one;
end
$_$;

COMMENT ON FUNCTION overmind.is_distributed(relation oid) IS 'Whether Citus has distributed the table. Called only where Citus is installed.';

CREATE FUNCTION overmind.is_frozen(p_organization_id uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    return exists (
        select
        from public.organizations o
        where o.id = p_organization_id
          and (o.status <> 'active' or o.deleted_at is not null));
end
$$;

COMMENT ON FUNCTION overmind.is_frozen(p_organization_id uuid) IS 'Whether an organization is suspended, cancelled or deleted, so that its work waits. Called by what claims work for all.';

CREATE FUNCTION overmind.job_lease(p_id uuid, p_lease_token bigint) RETURNS TABLE(worker text, expires_at timestamp with time zone)
    LANGUAGE sql STABLE STRICT SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select c.worker, c.expires_at
    from public.jobs j
    join overmind.job_claims c on c.lease_token = j.lease_token
    where j.id = p_id
      and j.lease_token = p_lease_token
      and j.organization_id = overmind.org_id()
      and (j.user_id = overmind.user_id() or overmind.org_role() = 'admin')
$$;

COMMENT ON FUNCTION overmind.job_lease(p_id uuid, p_lease_token bigint) IS 'Which worker holds a job, and until when unless it renews its lease.';

CREATE FUNCTION overmind.jobs_after_failed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    perform overmind.send_webhooks(new.organization_id, 'job.failed', jsonb_build_object(
        'id', new.id, 'object', 'job', 'kind', new.kind, 'status', new.status, 'attempt_count', new.attempt_count,
        'last_error', left(new.last_error, 1000), 'created_at', new.created_at, 'completed_at', new.completed_at));
    return null;
end
$$;

COMMENT ON FUNCTION overmind.jobs_after_failed() IS 'Trigger: a job that is given up is an event.';

CREATE FUNCTION overmind.jobs_after_insert() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    kind text;
begin
    for kind in
        select distinct i.kind
        from inserted i
        where i.status = 'pending' and i.run_at <= clock_timestamp() + interval '5 seconds'
    loop
        perform pg_notify('job_available', kind);
    end loop;
    return null;
end
$$;

COMMENT ON FUNCTION overmind.jobs_after_insert() IS 'Trigger: wakes the workers when jobs are due.';

CREATE FUNCTION overmind.jobs_before_wait() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    new.is_due := case new.status when 'pending' then new.run_at <= clock_timestamp() when 'processing' then true end;
    if new.status <> 'blocked' then
        new.blocked_by := null;
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.jobs_before_wait() IS 'Trigger: a job that waits for its time is not due, and one that nobody is to do is neither due nor not; a budget keeps only one that is blocked.';

CREATE FUNCTION overmind.join_organization(p_organization_id uuid, p_user_id uuid, p_role text, p_display_name text DEFAULT NULL::text) RETURNS TABLE(member_id uuid, joined boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    state text;
begin
    select case when o.deleted_at is null then o.status else 'deleted' end into state
    from public.organizations o
    where o.id = p_organization_id
    for no key update;
    if state is distinct from 'active' then
        raise exception using
            errcode = 'OV002',
            message = format('The organization is %s: nobody can join it.', coalesce(state, 'not there'));
    end if;

    insert into public.organization_members as m (organization_id, user_id, display_name, role)
    select p_organization_id, u.id, coalesce(p_display_name, u.name), p_role
    from public.users u
    where u.id = p_user_id
      and u.deleted_at is null
    on conflict (organization_id, user_id) do update
    set left_at = null,
        role = excluded.role,
        permissions = '[]',
        display_name = excluded.display_name
    where m.left_at is not null
    returning m.id into member_id;
    joined := found;
    if not joined then
        select m.id into member_id
        from public.organization_members m
        where m.organization_id = p_organization_id
          and m.user_id = p_user_id;
    end if;
    return next;
end
$$;

COMMENT ON FUNCTION overmind.join_organization(p_organization_id uuid, p_user_id uuid, p_role text, p_display_name text) IS 'Makes a person a member, again if they have left; joined is false for who is one already, who keeps their role. Fails with OV002 when the organization is not active, and with OV003 when it has as many members as it may.';

CREATE FUNCTION overmind.keep_installation_schedule(p_name text, p_cron text, p_kind text, p_next timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    insert into public.schedules (organization_id, user_id, name, cron, kind, next_run_at)
    values (null, null, p_name, p_cron, p_kind, p_next)
    on conflict (name) where organization_id is null do update
    set cron = excluded.cron,
        kind = excluded.kind,
        next_run_at = excluded.next_run_at
    where schedules.cron <> excluded.cron
       or schedules.kind <> excluded.kind
$$;

COMMENT ON FUNCTION overmind.keep_installation_schedule(p_name text, p_cron text, p_kind text, p_next timestamp with time zone) IS 'Makes a schedule of the installation, or brings it to what this version says.';

CREATE FUNCTION overmind.keep_updated_at() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    new.updated_at := old.updated_at;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.keep_updated_at() IS 'Trigger: leaves updated_at as it was, where nothing changes that somebody wrote.';

CREATE FUNCTION overmind.latency_bucket(p_latency_ms integer) RETURNS smallint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (p_latency_ms IS NOT NULL) THEN (ceil(((ln((GREATEST(p_latency_ms, 1))::double precision) / ln((1.1)::double precision)) - (0.000000001)::double precision)))::smallint ELSE NULL::smallint END;

COMMENT ON FUNCTION overmind.latency_bucket(p_latency_ms integer) IS 'The bucket of usage_latencies that a latency falls into.';

CREATE FUNCTION overmind.latency_of_bucket(p_bucket smallint) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (round((((2)::double precision * power((1.1)::double precision, (p_bucket)::double precision)) / ((1)::double precision + (1.1)::double precision))))::integer;

COMMENT ON FUNCTION overmind.latency_of_bucket(p_bucket smallint) IS 'The latency that stands for a bucket of usage_latencies: as far from its lower bound as from its upper, relatively.';

CREATE FUNCTION overmind.ledger_sums(p_organization_id uuid) RETURNS TABLE(part text, dimension text, grain text, metric_date date, metric_hour smallint, user_id uuid, subject text, currency text, latency_bucket smallint, calls bigint, unpriced_calls bigint, tokens_input numeric, tokens_output numeric, tokens_cached numeric, cost numeric, latency_ms numeric, timed_calls bigint)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_sort TO 'off'
    SET work_mem TO '256MB'
    SET jit TO 'off'
    AS $_$
declare
    zone constant text := (select coalesce(o.usage_timezone, 'UTC') from public.organizations o where o.id = p_organization_id);
    placed constant text := format($sql$
        select
            l.*, date_trunc('hour', l.created_at at time zone 'UTC') as utc_hour, d.local_day, overmind.usage_day_hour(l.created_at, d.local_day, %1$L) as day_hour,
            overmind.latency_bucket(l.latency_ms) as latency_bucket
        from public.token_usage l
        cross join lateral (select (l.created_at at time zone %1$L)::date as local_day) as d
        where l.organization_id = %2$L
          and l.status = 'settled'
          and l.outcome is distinct from 'blocked'
        $sql$, zone, p_organization_id);
    kind record;
begin
    for kind in
        select
            s.dimension, s.timed, case when s.dimension = 'organization' then ', (p.currency, p.local_day, p.day_hour)' end as day_hours, (select coalesce(string_agg('p.' || c.name || ', ', ''), '') from unnest(s.columns) as c (name)) as columns,
            concat_ws(', ', variadic array(
                select case when c.name = any (s.columns) then 's.' || c.name when c.name = 'provider' then '''''' else 'null' end
                from unnest('{user_id,operation,provider,model,project_id,workflow_key,api_key_id}'::text[]) with ordinality as c (name, place)
                order by c.place)) as keys
        from (values
            ('organization', '{}'::text[], true), ('user', '{user_id}', true), ('model', '{provider,model}', true), ('operation', '{operation}', false),
            ('project', '{project_id}', false), ('workflow', '{workflow_key}', false), ('api_key', '{api_key_id}', false)
        ) as s (dimension, columns, timed)
    loop
        return query execute format(
            $sql$
            select
                'sums', k.dimension, k.grain, k.metric_date, k.metric_hour, k.user_id, k.subject, s.currency, null::smallint,
                s.calls, s.unpriced_calls, s.tokens_input, s.tokens_output, s.tokens_cached, s.cost, s.latency_ms, s.timed_calls
            from (
                select
                    case when grouping(p.utc_hour) = 0 then 'hour' when %6$s then 'day' else 'day_hour' end as grain,
                    %2$s p.currency, p.utc_hour, p.local_day, %7$s as day_hour,
                    count(*) as calls, count(*) - count(p.cost) as unpriced_calls, coalesce(sum(p.tokens_input), 0) as tokens_input,
                    coalesce(sum(p.tokens_output), 0) as tokens_output, coalesce(sum(p.tokens_cached), 0) as tokens_cached, coalesce(sum(p.cost), 0) as cost,
                    coalesce(sum(p.latency_ms), 0)::numeric as latency_ms, count(p.latency_ms) as timed_calls
                from (%1$s) as p
                group by grouping sets ((%2$s p.currency, p.utc_hour), (%2$s p.currency, p.local_day)%4$s)) as s
            cross join lateral unnest(overmind.usage_keys(%3$s, s.utc_hour, s.local_day, s.day_hour)) as k
            where k.dimension = %5$L
              and k.grain = s.grain
            $sql$, placed, kind.columns, kind.keys, kind.day_hours, kind.dimension, case when kind.day_hours is null then 'true' else 'grouping(p.day_hour) = 1' end,
            case when kind.day_hours is null then 'null::numeric' else 'p.day_hour' end);
        if kind.timed then
            return query execute format(
                $sql$
                select
                    'latencies', k.dimension, k.grain, k.metric_date, k.metric_hour, k.user_id, k.subject, null, s.latency_bucket,
                    s.calls, 0::bigint, 0::numeric, 0::numeric, 0::numeric, 0::numeric, 0::numeric, 0::bigint
                from (
                    select
                        case grouping(p.utc_hour, p.local_day) when 1 then 'hour' else 'day' end as grain, %2$s p.latency_bucket, p.utc_hour, p.local_day, count(*) as calls
                    from (%1$s) as p
                    where p.latency_ms is not null
                    group by grouping sets ((%2$s p.latency_bucket, p.utc_hour), (%2$s p.latency_bucket, p.local_day))) as s
                cross join lateral unnest(overmind.usage_keys(%3$s, s.utc_hour, s.local_day, null)) as k
                where k.dimension = %4$L
                  and k.grain = s.grain
                $sql$, placed, kind.columns, kind.keys, kind.dimension);
        end if;
    end loop;
end
$_$;

COMMENT ON FUNCTION overmind.ledger_sums(p_organization_id uuid) IS 'What the ledger of an organization adds up to now, as usage_rollups has it: rows of `sums` have the measures, rows of `latencies` a bucket and its calls.';

CREATE FUNCTION overmind.link_external_identity(p_issuer text, p_subject text, p_email text, p_name text, p_slug text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    account uuid;
begin
    perform pg_advisory_xact_lock(hashtext('overmind.accounts ' || lower(p_email)));
    select u.id into account
    from public.users u
    where lower(u.email) = lower(p_email)
      and u.deleted_at is null;
    if account is null then
        if p_slug is null then
            return null;
        end if;
        select c.user_id into account
        from overmind.create_organization(left(p_name, 230) || '''s organization', p_slug, p_email, p_name, null) as c;
    end if;
    update public.users u
    set email_verified = true,
        email_verified_at = coalesce(u.email_verified_at, clock_timestamp())
    where u.id = account;
    insert into overmind.external_identities (issuer, subject, user_id)
    values (p_issuer, p_subject, account)
    on conflict (issuer, subject) do nothing;
    if found then
        perform overmind.audit_account(account, 'user.identity_linked');
    end if;
    return overmind.find_external_identity(p_issuer, p_subject);
end
$$;

COMMENT ON FUNCTION overmind.link_external_identity(p_issuer text, p_subject text, p_email text, p_name text, p_slug text) IS 'Remembers who a person of an OpenID provider is here: the account of the address that the provider verified, else a new one where p_slug names its organization; else null.';

CREATE FUNCTION overmind.list_organizations(p_which text DEFAULT NULL::text) RETURNS TABLE(organization public.organizations, members bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select o, (select count(*) from public.organization_members m where m.organization_id = o.id and m.left_at is null)
    from public.organizations o
    where p_which is null
       or o.id::text = p_which
       or o.slug = p_which
    order by o.deleted_at is not null, o.created_at, o.id
$$;

COMMENT ON FUNCTION overmind.list_organizations(p_which text) IS 'The organizations of the installation, deleted ones last, with how many members each has; those with this id or slug when one is given.';

CREATE TABLE overmind.workers (
    worker_lock bigint NOT NULL,
    name text NOT NULL,
    host text NOT NULL,
    pid integer NOT NULL,
    kinds text[] NOT NULL,
    concurrency integer NOT NULL,
    running integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_seen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE overmind.workers IS 'The workers that are alive, for people to look at: what is theirs is decided by their locks, not by this table.';

COMMENT ON COLUMN overmind.workers.worker_lock IS 'The advisory lock that it holds as long as it lives.';

COMMENT ON COLUMN overmind.workers.name IS 'As in the worker of a job: host and process.';

COMMENT ON COLUMN overmind.workers.host IS 'The machine it runs on.';

COMMENT ON COLUMN overmind.workers.pid IS 'Its process there.';

COMMENT ON COLUMN overmind.workers.kinds IS 'What it does.';

COMMENT ON COLUMN overmind.workers.concurrency IS 'How many jobs at a time it does.';

COMMENT ON COLUMN overmind.workers.running IS 'How many it held when it was last seen.';

COMMENT ON COLUMN overmind.workers.started_at IS 'When it connected.';

COMMENT ON COLUMN overmind.workers.last_seen_at IS 'Its last sign of life.';

CREATE FUNCTION overmind.list_workers() RETURNS SETOF overmind.workers
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select w.*
    from overmind.workers w
    order by w.started_at
$$;

COMMENT ON FUNCTION overmind.list_workers() IS 'The workers that are alive.';

CREATE FUNCTION overmind.mark_budget(p_budget public.budgets, p_period public.budget_periods, p_wanted numeric) RETURNS public.budget_periods
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    ends    constant numeric := case p_budget.on_limit when 'allow_up_to' then p_budget.second_limit else p_budget.limit_amount end;
    reached constant boolean := p_period.used >= p_budget.limit_amount or p_period.used + p_wanted > p_budget.limit_amount;
    stops   constant boolean := p_period.used >= ends or p_period.used + p_wanted > ends;
begin
    -- Of several at once the last is told.
    if stops and p_period.stopped_at is null then
        p_period.stopped_at := clock_timestamp();
        perform overmind.tell_budget(p_budget, p_period, case p_budget.on_limit when 'allow_up_to' then 'second_limit_reached' else 'limit_reached' end);
        if p_budget.dimension in ('organization', 'user') then
            perform overmind.enqueue_budget_jobs(p_budget.organization_id, p_budget.id);
        end if;
    elsif reached and p_period.reached_at is null then
        perform overmind.tell_budget(p_budget, p_period, 'limit_reached');
    elsif p_period.soft_reached_at is null and not reached and p_period.used >= p_budget.soft_ratio * p_budget.limit_amount then
        perform overmind.tell_budget(p_budget, p_period, 'soft_limit_reached');
    end if;
    if reached then
        p_period.reached_at := coalesce(p_period.reached_at, clock_timestamp());
    end if;
    if reached or p_period.used >= p_budget.soft_ratio * p_budget.limit_amount then
        p_period.soft_reached_at := coalesce(p_period.soft_reached_at, clock_timestamp());
    end if;
    return p_period;
end
$$;

COMMENT ON FUNCTION overmind.mark_budget(p_budget public.budgets, p_period public.budget_periods, p_wanted numeric) IS 'Notes in a period what has been reached, beside what is used or by a call that wants p_wanted more, and tells of it, once.';

CREATE FUNCTION overmind.member_addresses() RETURNS TABLE(user_id uuid, email text, email_verified boolean, last_login_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select u.id, u.email, u.email_verified, u.last_login_at
    from public.organization_members m
    join public.users u on u.id = m.user_id
    where m.organization_id = overmind.org_id()
      and (m.user_id = overmind.user_id() or overmind.has_permission('members.manage'))
$$;

COMMENT ON FUNCTION overmind.member_addresses() IS 'The addresses of the members of the caller''s organization, for those who manage them; for others their own.';

CREATE FUNCTION overmind.messages_after_delete() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    counted record;
begin
    for counted in
        select organization_id, conversation_id, count(*) as messages
        from gone
        where deleted_at is null
        group by organization_id, conversation_id
        order by organization_id, conversation_id
    loop
        update public.conversations c
        set message_count = c.message_count - counted.messages
        where c.organization_id = counted.organization_id
          and c.id = counted.conversation_id;
    end loop;
    return null;
end
$$;

COMMENT ON FUNCTION overmind.messages_after_delete() IS 'Trigger: takes deleted messages off their conversation''s count.';

CREATE FUNCTION overmind.messages_after_soft_delete() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    update public.conversations c
    set message_count = c.message_count + case when new.deleted_at is null then 1 else -1 end
    where c.organization_id = new.organization_id
      and c.id = new.conversation_id;
    return null;
end
$$;

COMMENT ON FUNCTION overmind.messages_after_soft_delete() IS 'Trigger: a message that is marked as deleted is not counted; one that comes back is.';

CREATE FUNCTION overmind.messages_before_edit() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    -- The table's owner (migrations, importers) has no claims.
    if overmind.org_id() is not null
        and overmind.org_role() is distinct from 'admin'
        and overmind.user_id() is distinct from old.user_id
        and overmind.user_id() is distinct from old.sender_user_id
    then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'A message is changed by whoever sent it, by the owner of its conversation and by admins';
    end if;
    if new.sender_user_id is distinct from old.sender_user_id and overmind.org_id() is not null then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'A message keeps its sender';
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.messages_before_edit() IS 'Trigger: in a conversation that the organization sees, nobody rewords, deletes or signs the message of another person.';

CREATE FUNCTION overmind.messages_before_insert() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    update public.conversations c
    set last_seq = c.last_seq + 1,
        message_count = c.message_count + case when new.deleted_at is null then 1 else 0 end,
        last_activity_at = clock_timestamp(),
        title = case
            when c.title = 'New Conversation' and new.role = 'user' then coalesce(overmind.title_of(new.content), c.title)
            else c.title
        end
    where c.organization_id = new.organization_id
      and c.id = new.conversation_id
      and c.deleted_at is null
    returning c.last_seq, c.user_id, c.visibility into new.seq, new.user_id, new.visibility;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no conversation %s', new.conversation_id),
            table = 'messages',
            constraint = 'messages_conversation_fkey';
    end if;

    -- A reference into another conversation would let its author keep that conversation from being deleted.
    if new.parent_message_id is not null and not exists (
        select from public.messages m
        where m.organization_id = new.organization_id
          and m.id = new.parent_message_id
          and m.conversation_id = new.conversation_id)
    then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no message %s in this conversation', new.parent_message_id),
            table = 'messages',
            constraint = 'messages_parent_fkey';
    end if;

    if new.role = 'user' then
        new.sender_user_id := coalesce(new.sender_user_id, overmind.user_id());
    end if;
    if new.sender_user_id <> overmind.user_id() and overmind.org_role() is distinct from 'admin' then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'A message is sent in one''s own name';
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.messages_before_insert() IS 'Trigger: numbers a message, copies owner and visibility of its conversation, counts it there and makes the title from the first question.';

CREATE FUNCTION overmind.messages_usage() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    insert into public.usage_changes (organization_id, user_id, created_at, messages)
    values (new.organization_id, new.user_id, new.created_at, 1);
    return null;
end
$$;

COMMENT ON FUNCTION overmind.messages_usage() IS 'Trigger: counts a message for its organization and the owner of its conversation.';

CREATE FUNCTION overmind.model_providers_after_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform pg_notify('model_provider_changed', coalesce(new.organization_id, old.organization_id)::text);
    return null;
end
$$;

COMMENT ON FUNCTION overmind.model_providers_after_change() IS 'Trigger: lets every node forget what it knows of a provider.';

CREATE FUNCTION overmind.model_providers_before_move() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    raise exception using
        errcode = 'check_violation',
        message = 'A provider that moves to another address needs its key anew',
        table = 'model_providers',
        constraint = 'model_providers_secret_anew';
end
$$;

COMMENT ON FUNCTION overmind.model_providers_before_move() IS 'Trigger: a stored key goes to no other address than the one it was given for.';

CREATE FUNCTION overmind.move_budget_jobs(p_organization_id uuid, p_budget_id uuid, p_kinds text[], p_limit integer DEFAULT 1000) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
declare
    owner   public.budgets;
    stopped text[] := '{}';
    ends    timestamptz;
    moved   integer;
    freed   integer;
begin
    select b.* into owner
    from public.budgets b
    where b.organization_id = p_organization_id and b.id = p_budget_id and b.is_active
    for share;
    if found then
        select coalesce(array_agg(p.subject), '{}'), max(p.period_end) into stopped, ends
        from public.budget_periods p
        where p.organization_id = p_organization_id
          and p.budget_id = p_budget_id
          and p.stopped_at is not null
          and p.period_start <= clock_timestamp()
          and p.period_end > clock_timestamp();
    end if;

    update public.jobs j
    set status = 'pending',
        run_at = clock_timestamp(),
        blocked_by = null
    where j.id = any (array(
        select w.id
        from public.jobs w
        where w.organization_id = p_organization_id
          and w.blocked_by = p_budget_id
          -- Of the other dimensions nobody knows whose job it is: each is tried again.
          and not case owner.dimension
              when 'user' then w.user_id::text = any (stopped)
              else (owner.subject is not null or owner.dimension = 'organization') and cardinality(stopped) > 0
          end
        limit p_limit
        for no key update skip locked));
    get diagnostics freed = row_count;
    if freed > 0 then
        perform pg_notify('job_available', '');
        return freed;
    end if;
    if cardinality(stopped) = 0 or owner.dimension not in ('organization', 'user') then
        return 0;
    end if;

    update public.jobs j
    set status = 'blocked',
        -- The deadline of a run ends it, whatever it waits for.
        run_at = least(ends, case when j.kind = 'run' then (
            select r.deadline_at
            from public.workflow_runs r
            where r.organization_id = p_organization_id and r.id = j.unique_key::uuid) end),
        blocked_by = p_budget_id
    where j.id = any (array(
        select w.id
        from public.jobs w
        where w.is_due
          and w.status = 'pending'
          and w.kind = any (p_kinds)
          and coalesce(w.organization_id, '00000000-0000-0000-0000-000000000000'::uuid) = p_organization_id
          and (owner.dimension = 'organization' or w.user_id::text = any (stopped))
          and (owner.on_limit <> 'skip_scheduled' or w.metadata ? 'schedule_id')
          -- One whose deadline has passed is due, to be ended.
          and not (w.kind = 'run' and exists (
              select
              from public.workflow_runs r
              where r.organization_id = p_organization_id and r.id = w.unique_key::uuid and (r.deadline_at <= clock_timestamp() or r.cancel_requested_at is not null)))
        limit p_limit
        for no key update skip locked));
    get diagnostics moved = row_count;
    return moved;
end
$$;

COMMENT ON FUNCTION overmind.move_budget_jobs(p_organization_id uuid, p_budget_id uuid, p_kinds text[], p_limit integer) IS 'Blocks up to p_limit due jobs of kinds that call models which a budget stops, until its period ends, or makes those due again that it no longer does. Returns how many; 0 when there is no more to do.';

CREATE FUNCTION overmind.move_session(p_session_id uuid, p_user_id uuid, p_organization_id uuid) RETURNS TABLE(organization_id uuid, role text, permissions jsonb, display_name text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    update public.sessions s
    set organization_id = m.organization_id,
        last_active_at = clock_timestamp()
    from overmind.find_membership(p_user_id, p_organization_id) as m
    where s.id = p_session_id
      and s.user_id = p_user_id
      and s.revoked_at is null
      and s.expires_at > clock_timestamp()
    returning m.organization_id, m.role, m.permissions, m.display_name
$$;

COMMENT ON FUNCTION overmind.move_session(p_session_id uuid, p_user_id uuid, p_organization_id uuid) IS 'Lets a session act in another of its person''s organizations from now on: one row, or none where they are no member there or the session has ended.';

CREATE FUNCTION overmind.my_organizations() RETURNS TABLE(id uuid, name text, slug text, plan text, status text, role text, display_name text, permissions jsonb, created_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select o.id, o.name, o.slug, o.plan, o.status, m.role, m.display_name, m.permissions, o.created_at
    from public.organization_members m
    join public.organizations o on o.id = m.organization_id
    join public.users u on u.id = m.user_id
    where m.user_id = overmind.user_id()
      and m.left_at is null
      and o.deleted_at is null
      and u.deleted_at is null
    order by m.created_at, m.id
$$;

COMMENT ON FUNCTION overmind.my_organizations() IS 'The organizations that the caller is a member of, with their role in each, the first they joined first.';

CREATE FUNCTION overmind.next_job_at() RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    return least(
        (
            select j.run_at
            from public.jobs j
            where not j.is_due and j.run_at < 'infinity'
            order by j.run_at
            limit 1),
        (
            select j.run_at
            from public.jobs j
            where j.blocked_by is not null
            order by j.run_at
            limit 1));
end
$$;

COMMENT ON FUNCTION overmind.next_job_at() IS 'When the next job that waits for its time is due; null when none waits.';

CREATE FUNCTION overmind.next_schedule_wait(p_now timestamp with time zone DEFAULT clock_timestamp()) RETURNS interval
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select min(s.next_run_at) - p_now
    from public.schedules s
    where not s.is_paused
      and not overmind.is_frozen(s.organization_id)
$$;

COMMENT ON FUNCTION overmind.next_schedule_wait(p_now timestamp with time zone) IS 'How long until a schedule of any tenant is due, by the database''s clock; null: none is.';

CREATE FUNCTION overmind.organization_members_after_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    perform pg_notify('api_key_changed', k.id::text)
    from public.api_keys k
    where k.organization_id = new.organization_id
      and k.user_id = new.user_id
      and k.is_active;
    -- Whoever comes back begins with none.
    if new.left_at is not null then
        update public.api_keys k
        set is_active = false,
            revoked_at = clock_timestamp()
        where k.organization_id = new.organization_id
          and k.user_id = new.user_id
          and k.is_active;
        update public.sessions s
        set revoked_at = clock_timestamp(),
            revoked_reason = 'membership_ended'
        where s.organization_id = new.organization_id
          and s.user_id = new.user_id
          and s.revoked_at is null;
    end if;
    return null;
end
$$;

COMMENT ON FUNCTION overmind.organization_members_after_change() IS 'Trigger: the keys of a member who changes role are looked up again, and those of one who leaves are ended, with the sessions that act in the organization''s name.';

CREATE FUNCTION overmind.organization_members_after_joining() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if new.left_at is null then
        insert into public.user_subscriptions (organization_id, user_id, tier_id, current_period_start, current_period_end)
        select new.organization_id, new.user_id, t.id, now(), now() + t.period
        from public.subscription_tiers t
        where t.tier_name = 'free'
        on conflict (organization_id, user_id) where status = 'active' do nothing;
    else
        update public.user_subscriptions s
        set status = 'ended',
            ended_at = clock_timestamp(),
            next_tier_id = null
        where s.organization_id = new.organization_id
          and s.user_id = new.user_id
          and s.status = 'active';
    end if;
    return null;
end
$$;

COMMENT ON FUNCTION overmind.organization_members_after_joining() IS 'Trigger: whoever joins has the free tier, and a subscription ends with the membership.';

CREATE FUNCTION overmind.organization_members_before_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    most integer;
    comes constant boolean := new.left_at is null and (tg_op = 'INSERT' or old.left_at is not null);
    goes  constant boolean := tg_op = 'UPDATE' and old.left_at is null and old.role = 'admin' and (new.left_at is not null or new.role <> 'admin');
begin
    -- Whoever may manage members must not make themselves an admin by it.
    if tg_op = 'UPDATE' and overmind.org_role() is not null and overmind.org_role() <> 'admin' and old.user_id <> overmind.user_id()
        and ((old.role = 'admin') <> (new.role = 'admin') or old.role = 'admin' and old.left_at is distinct from new.left_at)
    or tg_op = 'UPDATE' and overmind.org_role() is not null and overmind.org_role() <> 'admin'
        and (old.permissions <> new.permissions or old.role <> new.role and old.user_id = overmind.user_id())
    then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'Only an admin gives or takes the role admin and permissions, and nobody else changes their own role.';
    end if;
    if comes or goes then
        select o.max_users into most
        from public.organizations o
        where o.id = new.organization_id
        for no key update;
    end if;
    if comes and most <= (
        select count(*)
        from public.organization_members m
        where m.organization_id = new.organization_id
          and m.left_at is null
    ) then
        raise exception using
            errcode = 'OV003',
            message = format('The organization has %s members, as many as it may.', most);
    end if;
    if goes and not exists (
        select
        from public.organization_members m
        where m.organization_id = new.organization_id
          and m.id <> new.id
          and m.role = 'admin'
          and m.left_at is null
    ) then
        raise exception using
            errcode = 'OV004',
            message = 'The organization has no other admin: make somebody one first.';
    end if;
    if tg_op = 'INSERT' then
        select u.avatar_url, u.timezone into new.avatar_url, new.timezone
        from public.users u
        where u.id = new.user_id;
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.organization_members_before_change() IS 'Trigger: no more members than max_users (OV003), always an admin (OV004), and no role or permission that the caller may not give.';

CREATE FUNCTION overmind.organizations_after_state() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform pg_notify('api_key_changed', new.id::text);
    perform pg_notify('job_available', '');
    perform pg_notify('schedule_changed', '');
    return null;
end
$$;

COMMENT ON FUNCTION overmind.organizations_after_state() IS 'Trigger: every node looks up the organization''s keys anew, and work that waited for it goes on.';

CREATE FUNCTION overmind.organizations_after_timezone() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    budget record;
begin
    update public.budgets b
    set recount_after = '0'
    where b.organization_id = new.id
      and b.is_active;
    -- In the order of overmind.budgets_of.
    for budget in
        select b.id
        from public.budgets b
        where b.organization_id = new.id
          and b.is_active
        order by array_position('{organization,project,workflow,api_key,user,model}'::text[], b.dimension), b.subject like '%/*' desc nulls last, b.id
    loop
        perform overmind.count_budget(new.id, budget.id, p_anew => true);
    end loop;
    return null;
end
$$;

COMMENT ON FUNCTION overmind.organizations_after_timezone() IS 'Trigger: the periods of budgets begin with the days of the organization.';

CREATE FUNCTION overmind.organizations_to_purge(p_deleted_before timestamp with time zone) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select o.id
    from public.organizations o
    where o.deleted_at < p_deleted_before
    order by o.deleted_at
$$;

COMMENT ON FUNCTION overmind.organizations_to_purge(p_deleted_before timestamp with time zone) IS 'The organizations that were deleted before this time.';

CREATE FUNCTION overmind.organizations_with_audit_retention() RETURNS TABLE(organization_id uuid, days integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select o.id, overmind.audit_retention_days(o.settings)
    from public.organizations o
    where overmind.audit_retention_days(o.settings) is not null
    order by o.id
$$;

COMMENT ON FUNCTION overmind.organizations_with_audit_retention() IS 'The organizations that keep their audit log for a number of days only.';

CREATE FUNCTION overmind.organizations_with_retention() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select o.id
    from public.organizations o
    where overmind.retention_days(o.settings) is not null
      and o.status = 'active'
      and o.deleted_at is null
    order by o.id
$$;

COMMENT ON FUNCTION overmind.organizations_with_retention() IS 'The active organizations that keep their conversations for a number of days only.';

CREATE FUNCTION overmind.period_end(p_start timestamp with time zone, p_period interval, p_now timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT min((period_end.p_start + (period_end.p_period * (periods.count)::double precision))) AS min FROM ((SELECT GREATEST((EXTRACT(epoch FROM (period_end.p_now - period_end.p_start)) / EXTRACT(epoch FROM period_end.p_period)), (0)::numeric) AS passed) about CROSS JOIN LATERAL generate_series(GREATEST(((floor((about.passed * 0.95)))::integer - 1), 1), ((floor(about.passed))::integer + 2)) periods(count)) WHERE ((period_end.p_start + (period_end.p_period * (periods.count)::double precision)) > period_end.p_now));

COMMENT ON FUNCTION overmind.period_end(p_start timestamp with time zone, p_period interval, p_now timestamp with time zone) IS 'When the period ends in which p_now lies, of those that follow one another from p_start.';

CREATE FUNCTION overmind.price_catalogue_loaded(p_version date) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    insert into public.model_aliases (provider, alias, model)
    select m.provider, lower(m.name), m.name
    from public.model_registry m
    on conflict do nothing;
    delete from overmind.price_catalogue;
    insert into overmind.price_catalogue (version) values (p_version);
end
$$;

COMMENT ON FUNCTION overmind.price_catalogue_loaded(p_version date) IS 'Called when the tables of the registry have been filled: a model''s own name is one of its aliases, and the version is noted.';

CREATE FUNCTION overmind.price_usage(p_call public.token_usage, OUT cost numeric, OUT price_id uuid) RETURNS record
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    price        public.model_prices;
    plain_input  bigint;
    plain_output bigint;
begin
    price := overmind.find_price(
        p_call.organization_id, p_call.provider, p_call.model, coalesce(p_call.created_at, clock_timestamp()), p_call.tokens_input, p_call.service_tier);
    price_id := price.id;
    if p_call.outcome in ('failed', 'stopped', 'cached') and p_call.tokens_input = 0 and p_call.tokens_output = 0 then
        cost := 0;
        return;
    end if;
    if price.id is null or p_call.tokens_input is null or p_call.tokens_output is null then
        return;
    end if;

    plain_input := greatest(0, p_call.tokens_input
        - coalesce(p_call.tokens_cached, 0) - coalesce(p_call.tokens_cache_write, 0) - coalesce(p_call.tokens_cache_write_1h, 0)
        - coalesce(p_call.tokens_audio_input, 0) - coalesce(p_call.tokens_image_input, 0));
    plain_output := greatest(0, p_call.tokens_output
        - coalesce(p_call.tokens_reasoning, 0) - coalesce(p_call.tokens_audio_output, 0) - coalesce(p_call.tokens_image_output, 0));
    cost := trim_scale(coalesce(price.request_price, 0) + (
        select case when bool_or(used > 0 and each is null) then null else coalesce(sum(used * each) filter (where used > 0), 0) end
        from (values
            (plain_input, price.input_price),
            (p_call.tokens_cached, coalesce(price.cache_read_price, price.input_price)),
            (p_call.tokens_cache_write, coalesce(price.cache_write_price, price.input_price)),
            (p_call.tokens_cache_write_1h, coalesce(price.cache_write_1h_price, price.cache_write_price, price.input_price)),
            (p_call.tokens_audio_input, coalesce(price.audio_input_price, price.input_price)),
            (p_call.tokens_image_input, coalesce(price.image_input_price, price.input_price)),
            (plain_output, price.output_price),
            (p_call.tokens_reasoning, coalesce(price.reasoning_price, price.output_price)),
            (p_call.tokens_audio_output, coalesce(price.audio_output_price, price.output_price)),
            (p_call.tokens_image_output, coalesce(price.image_output_price, price.output_price)),
            (p_call.web_searches, price.web_search_price)
        ) as kinds (used, each)));
end
$$;

COMMENT ON FUNCTION overmind.price_usage(p_call public.token_usage, OUT cost numeric, OUT price_id uuid) IS 'What a call costs, in US dollars, by the price that held when it began, and which price that was. Null: no price is known for it. The one place where costs are reckoned: it needs organization_id, provider, model, created_at, service_tier and the counts of a row of the ledger, stored or not.';

CREATE FUNCTION overmind.promote_jobs(p_now timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
declare
    promoted integer;
begin
    update public.jobs j
    set is_due = true
    where j.id = any (array(
        select d.id
        from public.jobs d
        where not d.is_due and d.run_at <= p_now
        order by d.run_at
        limit 1000
        for no key update skip locked));
    get diagnostics promoted = row_count;
    -- The period of the budget that kept them is over.
    update public.jobs j
    set status = 'pending'
    where j.id = any (array(
        select b.id
        from public.jobs b
        where b.blocked_by is not null and b.run_at <= p_now
        order by b.run_at
        limit 1000
        for no key update skip locked));
    if found then
        promoted := promoted + 1;
    end if;
    return promoted;
end
$$;

COMMENT ON FUNCTION overmind.promote_jobs(p_now timestamp with time zone) IS 'Makes jobs whose time has come due; returns how many. Called by claim_jobs.';

CREATE FUNCTION overmind.public_catalogue_agents(p_id uuid, p_q text, p_cursor uuid, p_upwards boolean, p_limit integer) RETURNS TABLE(id uuid, organization_name text, key text, name text, role text, goal text, backstory text, output_format text, output_schema jsonb, temperature double precision, max_tokens integer, updated_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select
        a.id, o.name, a.key, a.name, a.role, a.goal, a.backstory, a.output_format, a.output_schema, a.temperature, a.max_tokens, a.updated_at
    from public.agent_configurations a
    join public.organizations o on o.id = a.organization_id
    where overmind.org_id() is not null
      and a.is_public
      and a.is_active
      and a.deleted_at is null
      and o.deleted_at is null
      and (p_id is null or a.id = p_id)
      and (p_q is null or strpos(lower(concat_ws(' ', a.key, a.name, a.role, a.goal)), lower(p_q)) > 0)
      and (p_cursor is null or case when p_upwards then a.id > p_cursor else a.id < p_cursor end)
    order by case when p_upwards then a.id end, a.id desc
    limit least(p_limit, 101)
$$;

COMMENT ON FUNCTION overmind.public_catalogue_agents(p_id uuid, p_q text, p_cursor uuid, p_upwards boolean, p_limit integer) IS 'Agents that organizations of this installation have published: what a member of any of them may read and copy.';

CREATE FUNCTION overmind.public_catalogue_workflows(p_id uuid, p_q text, p_cursor uuid, p_upwards boolean, p_limit integer) RETURNS TABLE(id uuid, organization_name text, key text, version integer, name text, description text, category text, execution_mode text, quality_threshold double precision, max_n2_iterations integer, agents jsonb, updated_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select
        w.id, o.name, w.key, w.version, w.name, w.description, w.category, w.execution_mode, w.quality_threshold, w.max_n2_iterations,
        (
            select coalesce(jsonb_agg(
                jsonb_build_object(
                    'id', a.id, 'key', a.key, 'name', a.name, 'role', a.role, 'goal', a.goal, 'backstory', a.backstory,
                    'output_format', a.output_format, 'output_schema', a.output_schema, 'temperature', a.temperature, 'max_tokens', a.max_tokens)
                order by wa.position), '[]')
            from public.workflow_agents wa
            join public.agent_configurations a on a.organization_id = wa.organization_id and a.id = wa.agent_id
            where wa.organization_id = w.organization_id
              and wa.workflow_id = w.id
              and a.is_active
              and a.deleted_at is null
        ),
        w.updated_at
    from public.workflows w
    join public.organizations o on o.id = w.organization_id
    where overmind.org_id() is not null
      and w.is_public
      and w.is_active
      and w.deleted_at is null
      and o.deleted_at is null
      and (p_id is null or w.id = p_id)
      and (p_q is null or strpos(lower(concat_ws(' ', w.key, w.name, w.description, w.category)), lower(p_q)) > 0)
      and (p_cursor is null or case when p_upwards then w.id > p_cursor else w.id < p_cursor end)
    order by case when p_upwards then w.id end, w.id desc
    limit least(p_limit, 101)
$$;

COMMENT ON FUNCTION overmind.public_catalogue_workflows(p_id uuid, p_q text, p_cursor uuid, p_upwards boolean, p_limit integer) IS 'Workflows that organizations of this installation have published, with their agents: what a member of any of them may read and copy.';

CREATE FUNCTION overmind.purge_organization(p_id uuid, p_limit integer DEFAULT 100) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
declare
    deletions text;
begin
    perform
    from public.organizations o
    where o.id = p_id
      and o.deleted_at is not null
    for update;
    if not found then
        return true;
    end if;

    delete from public.conversations c
    where c.organization_id = p_id
      and c.id in (
          select d.id
          from public.conversations d
          where d.organization_id = p_id
          order by d.id
          limit p_limit);
    if found then
        return false;
    end if;

    select string_agg(format('d%s as (delete from %s where organization_id = $1)', c.oid, c.oid::regclass), ', ') into deletions
    from pg_class c
    join pg_policy p on p.polrelid = c.oid and p.polname = 'tenant_isolation'
    where c.relnamespace = 'public'::regnamespace
      and c.relname not like 'audit\_%';
    execute format('with %s delete from public.organizations where id = $1', deletions) using p_id;
    return true;
end
$_$;

COMMENT ON FUNCTION overmind.purge_organization(p_id uuid, p_limit integer) IS 'Deletes a deleted organization for good, with everything under it, up to p_limit conversations a call; true when nothing of it is left.';

CREATE FUNCTION overmind.read_data_protection_keys() RETURNS TABLE(friendly_name text, xml text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select k.friendly_name, k.xml
    from overmind.data_protection_keys k
    order by k.id
$$;

COMMENT ON FUNCTION overmind.read_data_protection_keys() IS 'The key ring that protects cookies, shared by all nodes.';

CREATE FUNCTION overmind.read_model_provider(p_organization_id uuid, p_key text) RETURNS TABLE(id uuid, kind text, base_url text, secret bytea, settings jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select p.id, p.kind, p.base_url, p.secret, p.settings
    from public.model_providers p
    where p.organization_id = p_organization_id
      and p.key = p_key
      and p.is_active
      and p.deleted_at is null
$$;

COMMENT ON FUNCTION overmind.read_model_provider(p_organization_id uuid, p_key text) IS 'The active provider of an organization by its key, with the encrypted secret: one row, or none.';

CREATE FUNCTION overmind.read_signing_keys() RETURNS TABLE(id uuid, public_key jsonb, secret bytea, created_at timestamp with time zone, retired_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select k.id, k.public_key, k.secret, k.created_at, k.retired_at
    from overmind.signing_keys k
    where k.retired_at is null
       or k.retired_at > clock_timestamp() - interval '1 day'
    order by k.created_at desc, k.id desc
$$;

COMMENT ON FUNCTION overmind.read_signing_keys() IS 'The keys of access tokens, newest first: the one that signs, and those whose tokens may still be good.';

CREATE FUNCTION overmind.rebuild_stale_usage() RETURNS uuid
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    with stale as materialized (
        select o.id
        from public.organizations o
        where o.usage_timezone is distinct from o.timezone
        order by o.id
        limit 1
    )
    select s.id
    from stale s
    cross join lateral overmind.rebuild_usage(s.id)
$$;

COMMENT ON FUNCTION overmind.rebuild_stale_usage() IS 'Sums up anew what was summed up by the days of another time zone, or not at all yet: the one organization that it did it for, or null when there is none.';

CREATE FUNCTION overmind.rebuild_usage(p_organization_id uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    v_zone  text;
    counted bigint;
begin
    perform pg_advisory_xact_lock(hashtextextended('overmind.fold_usage', 0));
    select o.timezone into v_zone
    from public.organizations o
    where o.id = p_organization_id
    for no key update;
    if not found then
        return 0;
    end if;
    update public.organizations o
    set usage_timezone = v_zone
    where o.id = p_organization_id
      and o.usage_timezone is distinct from v_zone;

    delete from public.usage_latencies l
    where l.organization_id = p_organization_id;
    delete from public.usage_totals t
    where t.organization_id = p_organization_id
      and (t.grain <> 'hour' or t.queries = 0 and t.messages = 0 and t.n2_triggers = 0 and t.errors = 0 and t.scored = 0);
    update public.usage_totals t
    set calls = 0,
        unpriced_calls = 0,
        tokens_input = 0,
        tokens_output = 0,
        tokens_cached = 0,
        cost = 0,
        latency_ms = 0,
        timed_calls = 0
    where t.organization_id = p_organization_id
      and t.calls <> 0;
    insert into public.usage_totals (
        organization_id, dimension, grain, metric_date, user_id, subject, currency, queries, messages, n2_triggers, errors, quality_sum, scored, created_at)
    select
        p_organization_id, t.dimension, 'day', ((t.metric_date + make_interval(hours => t.metric_hour)) at time zone 'UTC' at time zone v_zone)::date,
        t.user_id, t.subject, t.currency, sum(t.queries), sum(t.messages), sum(t.n2_triggers), sum(t.errors), sum(t.quality_sum), sum(t.scored), min(t.created_at)
    from public.usage_totals t
    where t.organization_id = p_organization_id
    group by 2, 4, 5, 6, 7;

    with taken as (
        delete from public.usage_changes c
        where c.organization_id = p_organization_id
          and c.provider is not null
    ),
    sums as materialized (
        select s.*
        from overmind.ledger_sums(p_organization_id) as s
    ),
    timed as (
        insert into public.usage_latencies (organization_id, dimension, grain, metric_date, metric_hour, user_id, subject, latency_bucket, calls)
        select p_organization_id, s.dimension, s.grain, s.metric_date, s.metric_hour, s.user_id, s.subject, s.latency_bucket, s.calls
        from sums s
        where s.part = 'latencies'
    ),
    added as (
        insert into public.usage_totals as u (
            organization_id, dimension, grain, metric_date, metric_hour, user_id, subject, currency,
            calls, unpriced_calls, tokens_input, tokens_output, tokens_cached, cost, latency_ms, timed_calls)
        select
            p_organization_id, s.dimension, s.grain, s.metric_date, s.metric_hour, s.user_id, s.subject, s.currency,
            s.calls, s.unpriced_calls, s.tokens_input, s.tokens_output, s.tokens_cached, s.cost, s.latency_ms, s.timed_calls
        from sums s
        where s.part = 'sums'
        on conflict on constraint usage_totals_key do update
        set calls = u.calls + excluded.calls,
            unpriced_calls = u.unpriced_calls + excluded.unpriced_calls,
            tokens_input = u.tokens_input + excluded.tokens_input,
            tokens_output = u.tokens_output + excluded.tokens_output,
            tokens_cached = u.tokens_cached + excluded.tokens_cached,
            cost = u.cost + excluded.cost,
            latency_ms = u.latency_ms + excluded.latency_ms,
            timed_calls = u.timed_calls + excluded.timed_calls
    )
    select coalesce(sum(s.calls), 0) into counted
    from sums s
    where s.part = 'sums'
      and s.dimension = 'organization'
      and s.grain = 'hour';
    return counted;
end
$$;

COMMENT ON FUNCTION overmind.rebuild_usage(p_organization_id uuid) IS 'Sums up the usage of an organization anew, from its ledger and by the days of its time zone, while calls go on. Returns how many calls it counted.';

CREATE FUNCTION overmind.record_activity(p_organization_ids uuid[], p_user_ids uuid[], p_last_active_at timestamp with time zone[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    seen record;
begin
    -- In the order of the keys, so that two nodes never deadlock.
    for seen in
        select a.organization_id, a.user_id, max(a.at) as at
        from unnest(p_organization_ids, p_user_ids, p_last_active_at) as a (organization_id, user_id, at)
        group by a.organization_id, a.user_id
        order by a.user_id, a.organization_id
    loop
        update public.users u
        set last_active_at = seen.at
        where u.id = seen.user_id
          and (u.last_active_at is null or u.last_active_at <= seen.at - interval '1 minute');
        update public.organization_members m
        set last_active_at = seen.at
        where m.organization_id = seen.organization_id
          and m.user_id = seen.user_id
          and (m.last_active_at is null or m.last_active_at <= seen.at - interval '1 minute');
    end loop;
end
$$;

COMMENT ON FUNCTION overmind.record_activity(p_organization_ids uuid[], p_user_ids uuid[], p_last_active_at timestamp with time zone[]) IS 'Notes when members were last there, many at a time, each at most once a minute.';

CREATE FUNCTION overmind.record_run(p_run_id uuid, p_lease_token bigint, p_tokens_input bigint, p_tokens_output bigint, p_cost_usd numeric, p_n2_iterations integer, p_best_iteration integer, p_best_score double precision, p_end jsonb, p_events jsonb) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    last      bigint;
    cancelled boolean;
    owner     uuid;
begin
    update public.workflow_runs r
    set tokens_input = p_tokens_input,
        tokens_output = p_tokens_output,
        cost_usd = p_cost_usd,
        n2_iterations = p_n2_iterations,
        best_iteration = p_best_iteration,
        best_score = p_best_score,
        status = coalesce(p_end ->> 'status', r.status),
        termination_reason = p_end ->> 'termination_reason',
        error_code = p_end ->> 'error_code',
        error_message = p_end ->> 'error_message',
        answer_message_id = case when p_end ? 'completed_at' then (p_end ->> 'answer_message_id')::uuid else r.answer_message_id end,
        waiting = nullif(p_end -> 'waiting', 'null'),
        completed_at = (p_end ->> 'completed_at')::timestamptz,
        latency_ms = (p_end ->> 'latency_ms')::bigint,
        last_sequence = r.last_sequence + jsonb_array_length(p_events)
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and r.lease_token = p_lease_token
      and r.status = 'running'
    returning r.last_sequence, r.cancel_requested_at is not null, r.user_id into last, cancelled, owner;
    if not found then
        raise exception using
            errcode = 'OV001',
            message = format('The run %s is no longer held by lease %s', p_run_id, p_lease_token);
    end if;

    if jsonb_array_length(p_events) > 0 then
        perform overmind.insert_run_events(p_run_id, last - jsonb_array_length(p_events) + 1, p_events);
    end if;
    if p_end is not null then
        perform pg_notify('run_settled', format('%s %s', owner, p_run_id));
    end if;
    return cancelled;
end
$$;

COMMENT ON FUNCTION overmind.record_run(p_run_id uuid, p_lease_token bigint, p_tokens_input bigint, p_tokens_output bigint, p_cost_usd numeric, p_n2_iterations integer, p_best_iteration integer, p_best_score double precision, p_end jsonb, p_events jsonb) IS 'First statement of each transaction in which a worker records a run: the fence (OV001), the run''s totals, its end or for what it waits if p_end is not null (which its owner''s pages are told: run_settled), its events. Returns whether somebody wants it cancelled.';

CREATE FUNCTION overmind.record_sign_in(p_user_id uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    update public.users u
    set last_login_at = clock_timestamp(),
        last_active_at = clock_timestamp()
    where u.id = p_user_id
$$;

COMMENT ON FUNCTION overmind.record_sign_in(p_user_id uuid) IS 'Notes when a user signed in.';

CREATE FUNCTION overmind.record_worker(p_worker_lock bigint, p_name text, p_host text, p_pid integer, p_kinds text[], p_concurrency integer, p_running integer) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    insert into overmind.workers (worker_lock, name, host, pid, kinds, concurrency, running)
    values (p_worker_lock, p_name, p_host, p_pid, p_kinds, p_concurrency, p_running)
    on conflict (worker_lock) do update
    set running = excluded.running,
        last_seen_at = clock_timestamp()
$$;

COMMENT ON FUNCTION overmind.record_worker(p_worker_lock bigint, p_name text, p_host text, p_pid integer, p_kinds text[], p_concurrency integer, p_running integer) IS 'A worker''s sign of life.';

CREATE FUNCTION overmind.recount_budgets_of_currency() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    update public.budgets b
    set recount_after = '0'
    where b.organization_id = coalesce(new.organization_id, old.organization_id)
      and b.currency = coalesce(new.currency, old.currency)
      and b.is_active;
    return null;
end
$$;

COMMENT ON FUNCTION overmind.recount_budgets_of_currency() IS 'Trigger: budgets in a currency are counted anew when one of its rates changes.';

CREATE FUNCTION overmind.refresh_session(p_token_hash text, p_successor_hash text, p_salt bytea, p_organization_id uuid, p_ip_address inet, p_user_agent text, p_lifetime interval, p_reuse_window interval) RETURNS TABLE(outcome text, session_id uuid, user_id uuid, organization_id uuid, role text, permissions jsonb, salt bytea)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    token    record;
    standing record;
begin
    select t.session_id into token
    from overmind.refresh_tokens t
    where t.token_hash = p_token_hash;
    if not found then
        return query select 'unknown', null::uuid, null::uuid, null::uuid, null::text, null::jsonb, null::bytea;
        return;
    end if;

    -- Refreshes of one session follow each other; the token is read behind the lock.
    select s.* into standing
    from public.sessions s
    where s.id = token.session_id
    for update;
    if standing.revoked_at is not null or standing.expires_at <= clock_timestamp() then
        return query select 'ended', standing.id, standing.user_id, null::uuid, null::text, null::jsonb, null::bytea;
        return;
    end if;
    select t.* into token
    from overmind.refresh_tokens t
    where t.token_hash = p_token_hash;
    if token.used_at < clock_timestamp() - p_reuse_window then
        update public.sessions s
        set revoked_at = clock_timestamp(),
            revoked_reason = 'refresh_token_reused'
        where s.id = standing.id;
        return query select 'reused', standing.id, standing.user_id, null::uuid, null::text, null::jsonb, null::bytea;
        return;
    end if;

    if not exists (
        select from public.organization_members m
        join public.organizations o on o.id = m.organization_id
        join public.users u on u.id = m.user_id
        where m.user_id = standing.user_id
          and m.organization_id = coalesce(p_organization_id, standing.organization_id)
          and m.left_at is null
          and o.deleted_at is null
          and u.deleted_at is null) then
        return query select 'no_member', standing.id, standing.user_id, null::uuid, null::text, null::jsonb, null::bytea;
        return;
    end if;

    if token.used_at is null then
        update overmind.refresh_tokens t
        set used_at = clock_timestamp(),
            salt = p_salt
        where t.token_hash = p_token_hash;
        insert into overmind.refresh_tokens (token_hash, session_id)
        values (p_successor_hash, standing.id);
    end if;
    update public.sessions s
    set organization_id = coalesce(p_organization_id, s.organization_id),
        last_active_at = clock_timestamp(),
        ip_address = p_ip_address,
        user_agent = left(p_user_agent, 500),
        expires_at = clock_timestamp() + p_lifetime
    where s.id = standing.id;
    return query
    select 'refreshed', standing.id, m.user_id, m.organization_id, m.role, m.permissions, coalesce(token.salt, p_salt)
    from public.organization_members m
    where m.user_id = standing.user_id
      and m.organization_id = coalesce(p_organization_id, standing.organization_id);
end
$$;

COMMENT ON FUNCTION overmind.refresh_session(p_token_hash text, p_successor_hash text, p_salt bytea, p_organization_id uuid, p_ip_address inet, p_user_agent text, p_lifetime interval, p_reuse_window interval) IS 'Takes a refresh token for its successor. outcome: refreshed, unknown, ended, no_member, or reused, which ends the session. Within p_reuse_window a used token gives the salt of the same successor.';

CREATE FUNCTION overmind.refuse_when_suspended() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    state text;
begin
    select case when o.deleted_at is null then o.status else 'deleted' end into state
    from public.organizations o
    where o.id = overmind.org_id();
    if state <> 'active' then
        raise exception using
            errcode = 'OV002',
            message = format('The organization is %s: it can be read, and nothing in it be written.', state);
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.refuse_when_suspended() IS 'Trigger: refuses with OV002 what members of an organization write that is suspended, cancelled or deleted.';

CREATE FUNCTION overmind.release_dead_leases(p_now timestamp with time zone DEFAULT clock_timestamp()) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    dead     bigint[];
    ended    bigint[];
    released integer;
begin
    select array_agg(w.worker_lock) into dead
    from (
        select c.worker_lock
        from overmind.job_claims c
        union
        select a.worker_lock
        from overmind.workers a
    ) as w
    where pg_try_advisory_xact_lock(w.worker_lock);

    delete from overmind.workers w
    where w.worker_lock = any (dead);

    -- One that is being renewed or released just now is left to who does it.
    select array_agg(l.lease_token) into ended
    from (
        select c.lease_token
        from overmind.job_claims c
        where c.worker_lock = any (dead) or c.expires_at <= p_now
        order by c.lease_token
        for update skip locked
    ) as l;
    released := overmind.release_jobs(ended, '{}', 'The worker was lost', p_now);
    delete from overmind.job_claims c
    where c.lease_token = any (ended);
    return released;
end
$$;

COMMENT ON FUNCTION overmind.release_dead_leases(p_now timestamp with time zone) IS 'Takes jobs back from workers that died or hang, as release_jobs says; returns how many.';

CREATE FUNCTION overmind.release_jobs(p_tokens bigint[], p_except uuid[], p_error text, p_now timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
declare
    released integer;
begin
    with lost as (
        select
            j.id, c.worker,
            case
                when j.cancel_requested_at is not null and j.kind <> 'run' then 'cancelled'
                when not j.retry_when_lost and j.attempt_count >= j.max_attempts then 'failed'
                else 'pending'
            end as status
        from overmind.job_claims c
        cross join unnest(c.job_ids) as held (id)
        join public.jobs j on j.id = held.id and j.lease_token = c.lease_token
        where c.lease_token = any (p_tokens)
          and held.id <> all (p_except)
        order by j.id
        for no key update of j
    )
    update public.jobs j
    set status = lost.status,
        run_at = case
            when lost.status = 'pending' and not j.retry_when_lost then clock_timestamp() + overmind.retry_delay(j.retry_config, j.attempt_count)
            else j.run_at
        end,
        completed_at = case when lost.status <> 'pending' then p_now end,
        keep_until = case when lost.status <> 'pending' then p_now + interval '30 days' end,
        last_error = p_error,
        errors = j.errors || jsonb_build_object('attempt', j.attempt_count, 'error', p_error, 'worker', lost.worker, 'at', p_now),
        attempt_count = j.attempt_count - case when j.retry_when_lost then 1 else 0 end,
        lease_token = null
    from lost
    where j.id = lost.id;
    get diagnostics released = row_count;
    if released > 0 then
        perform pg_notify('job_available', '');
    end if;
    return released;
end
$$;

COMMENT ON FUNCTION overmind.release_jobs(p_tokens bigint[], p_except uuid[], p_error text, p_now timestamp with time zone) IS 'Takes back what claims still hold, except some jobs; returns how many. They are pending again, failed when they are not to be retried, or cancelled when somebody wanted that. Called by renew_leases and release_dead_leases.';

CREATE FUNCTION overmind.remove_member(p_member_id uuid) RETURNS SETOF uuid
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    update public.organization_members m
    set left_at = clock_timestamp()
    where m.organization_id = overmind.org_id()
      and m.id = p_member_id
      and m.left_at is null
      and (m.user_id = overmind.user_id() or overmind.has_permission('members.manage'))
    returning m.id
$$;

COMMENT ON FUNCTION overmind.remove_member(p_member_id uuid) IS 'Ends a membership of the caller''s organization, and with it the keys and sessions that act in its name; returns its id, or nothing when there is none that the caller may end. Fails with OV004 for the last admin.';

CREATE FUNCTION overmind.renew_leases(p_worker_lock bigint, p_tokens bigint[], p_held uuid[], p_ended bigint[], p_lease interval, p_now timestamp with time zone DEFAULT clock_timestamp()) RETURNS TABLE(lease_token bigint, cancelled uuid[])
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
#variable_conflict use_column
declare
    own constant bigint[] := array(
        select c.lease_token from overmind.job_claims c where c.worker_lock = p_worker_lock and c.lease_token = any (p_tokens));
begin
    delete from overmind.job_claims c
    where c.worker_lock = p_worker_lock and c.lease_token = any (p_ended);
    perform overmind.release_jobs(own, p_held, 'How it ended could not be written', p_now);
    return query
    update overmind.job_claims c
    set expires_at = p_now + p_lease
    where c.lease_token = any (own)
    returning
        c.lease_token,
        array(
            select j.id
            from unnest(c.job_ids) as held (id)
            join public.jobs j on j.id = held.id and j.lease_token = c.lease_token
            where j.cancel_requested_at is not null);
end
$$;

COMMENT ON FUNCTION overmind.renew_leases(p_worker_lock bigint, p_tokens bigint[], p_held uuid[], p_ended bigint[], p_lease interval, p_now timestamp with time zone) IS 'Lengthens the leases of a worker; returns those it still holds, with the jobs that somebody wants to end. The work on any other is to be stopped. p_held are the jobs in its hands: what else its leases hold goes back to the queue. p_ended are claims whose jobs have all ended.';

CREATE FUNCTION overmind.report_cache_hit(p_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    wrong public.cache_lookups;
begin
    update public.cache_lookups l
    set reported_at = coalesce(l.reported_at, clock_timestamp()),
        reported_by = coalesce(l.reported_by, overmind.user_id())
    where l.organization_id = overmind.org_id()
      and l.id = p_id
      and l.kind <> 'miss'
      and overmind.org_role() is distinct from 'viewer'
      and (l.user_id = overmind.user_id() or overmind.org_role() = 'admin')
    returning l.* into wrong;
    if not found then
        return false;
    end if;

    delete from public.ai_response_cache c
    where c.organization_id = wrong.organization_id
      and c.id = wrong.entry_id;
    perform overmind.audit('cache_hit.reported', 'update', 'cache_hit', p_id::text, 'success', p_metadata => jsonb_build_object('entry_id', wrong.entry_id, 'kind', wrong.kind));
    return true;
end
$$;

COMMENT ON FUNCTION overmind.report_cache_hit(p_id uuid) IS 'Notes that an answer out of the response cache was wrong, and removes it. False when the caller has no such hit.';

CREATE FUNCTION overmind.report_job(p_id uuid, p_lease_token bigint, p_progress real) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    update public.jobs j
    set progress = p_progress
    where j.id = p_id
      and j.lease_token = p_lease_token
      and j.status = 'processing'
$$;

COMMENT ON FUNCTION overmind.report_job(p_id uuid, p_lease_token bigint, p_progress real) IS 'Says how far a leased job is, 0 to 1.';

CREATE FUNCTION overmind.reprice_usage(p_from timestamp with time zone, p_to timestamp with time zone, p_provider text, p_model text, p_apply boolean) RETURNS TABLE(provider text, model text, calls bigint, changed bigint, cost_before numeric, cost_after numeric, unpriced_before bigint, unpriced_after bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    tenant uuid := overmind.org_id();
    -- A row's id may be older than the call by the clocks of two nodes.
    lowest uuid := overmind.uuid_v7_floor(least(greatest(p_from, '2000-01-01 00:00:00+00'), '9999-01-01 00:00:00+00') - interval '1 day');
    steps  uuid[];
    runs   uuid[];
begin
    if tenant is null or not overmind.has_permission('models.manage') then
        raise exception using errcode = 'insufficient_privilege', message = 'Who manages models prices usage anew';
    end if;

    if p_apply then
        perform
        from public.workflow_runs r
        where r.organization_id = tenant
          and r.status <> 'running'
          and exists (
              select
              from public.token_usage u
              where u.organization_id = tenant and u.run_id = r.id and u.id >= lowest
                and u.created_at >= p_from and u.created_at < p_to)
        order by r.id
        for no key update;
    end if;

    create temporary table repriced on commit drop as
    select
        u.id, u.provider, u.model, u.conversation_id, u.run_id, u.step_id, u.metadata ->> 'replay_id' as replay_id, u.cost, p.cost as new_cost, p.price_id as new_price_id,
        u.cost is distinct from p.cost as differs
    from public.token_usage u
    cross join lateral overmind.price_usage(u) as p
    where u.organization_id = tenant
      and u.id >= lowest
      and u.created_at >= p_from
      and u.created_at < p_to
      and u.status = 'settled'
      and u.outcome is distinct from 'blocked'
      and (p_provider is null or u.provider = p_provider)
      and (p_model is null or u.model = p_model)
      and not exists (
          select
          from public.workflow_runs r
          where r.organization_id = tenant and r.id = u.run_id and r.status = 'running');

    if p_apply then
        update public.token_usage u
        set cost = n.new_cost,
            price_id = n.new_price_id
        from repriced n
        where u.organization_id = tenant
          and u.id = n.id
          and n.differs;

        select array_agg(distinct n.step_id) filter (where n.step_id is not null), array_agg(distinct n.run_id) filter (where n.run_id is not null)
        into steps, runs
        from repriced n
        where n.differs;
        update public.run_steps s
        set cost_usd = total.cost
        from (
            select u.step_id, case when bool_or(u.cost is null) then null else sum(u.cost) end as cost
            from public.token_usage u
            where u.organization_id = tenant and u.run_id = any (runs) and u.step_id = any (steps) and u.status = 'settled'
            group by u.step_id) as total
        where s.organization_id = tenant and s.id = total.step_id;
        perform overmind.sum_runs(tenant, runs);

        update public.step_replays t
        set cost_usd = total.cost
        from (
            select u.metadata ->> 'replay_id' as replay_id, case when bool_or(u.cost is null) then null else sum(u.cost) end as cost
            from public.token_usage u
            where u.organization_id = tenant
              and u.conversation_id in (select n.conversation_id from repriced n where n.replay_id is not null and n.differs)
              and u.metadata ->> 'replay_id' in (select n.replay_id from repriced n where n.differs)
              and u.status = 'settled'
            group by u.metadata ->> 'replay_id') as total
        where t.organization_id = tenant and t.id = total.replay_id::uuid;
    end if;

    return query
        select
            n.provider, n.model, count(*), count(*) filter (where n.differs), sum(n.cost), sum(n.new_cost),
            count(*) filter (where n.cost is null), count(*) filter (where n.new_cost is null)
        from repriced n
        group by n.provider, n.model
        order by n.provider, n.model;
    drop table repriced;
end
$$;

COMMENT ON FUNCTION overmind.reprice_usage(p_from timestamp with time zone, p_to timestamp with time zone, p_provider text, p_model text, p_apply boolean) IS 'Prices the organization''s settled calls from p_from to p_to anew, each by the price that is known now for the moment it was made; tells by model what that changes and, with p_apply, writes it: ledger, steps, runs and replays in one transaction.';

CREATE FUNCTION overmind.resend_webhook(p_delivery_id uuid) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    made uuid := overmind.uuid_v7();
begin
    if overmind.org_role() = 'viewer' or not overmind.has_permission('webhooks.manage') then
        return null;
    end if;
    insert into public.webhook_deliveries (organization_id, id, endpoint_id, event_id, event_type, body, next_attempt_at)
    select d.organization_id, made, d.endpoint_id, d.event_id, d.event_type, d.body, clock_timestamp()
    from public.webhook_deliveries d
    where d.organization_id = overmind.org_id()
      and d.id = p_delivery_id;
    if not found then
        return null;
    end if;
    insert into public.jobs (organization_id, user_id, kind, payload, unique_key, max_attempts)
    values (overmind.org_id(), null, 'webhook.deliver', jsonb_build_object('delivery_id', made), made::text, 10);
    perform overmind.audit('webhook_delivery.resent', 'execute', 'webhook_delivery', p_delivery_id::text, 'success', p_new_values => jsonb_build_object('id', made));
    return made;
end
$$;

COMMENT ON FUNCTION overmind.resend_webhook(p_delivery_id uuid) IS 'Sends what a delivery of the caller''s organization sent once more, as a delivery of its own; returns that one.';

CREATE FUNCTION overmind.reserve_budgets() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    call     public.token_usage;
    asked    record;
    budget   public.budgets;
    period   public.budget_periods;
    wanted   numeric;
    ends     numeric;
    amounts  numeric[] := '{}';
    periods  public.budget_periods[] := '{}';
    ids      uuid[] := '{}';
    is_busy  boolean;
begin
    if not exists (select from public.budgets b where b.organization_id = new.organization_id and b.is_active) then
        return new;
    end if;

    call := new;
    -- What it may use at most: 4,096 tokens of an answer whose writer did not say how long it may be.
    call.tokens_input := case jsonb_typeof(new.metadata -> 'estimated_tokens_input')
        when 'number' then least(greatest((new.metadata ->> 'estimated_tokens_input')::numeric, 0), 1000000000) else coalesce(new.tokens_input, 0) end;
    call.tokens_output := case jsonb_typeof(new.metadata -> 'max_output_tokens')
        when 'number' then least(greatest((new.metadata ->> 'max_output_tokens')::numeric, 0), 1000000000) else coalesce(new.tokens_output, 4096) end;
    call.cost := null;

    for asked in select f.* from overmind.budgets_of(call) as f loop
        budget := asked.budget;
        -- Priced before the period is held: others wait for it.
        if budget.unit = 'money' and call.cost is null then
            call.cost := case when new.provider = 'offline' then 0 else (overmind.price_usage(call)).cost end;
        end if;
        wanted := coalesce(overmind.budget_amount(budget, call), 0);
        period := overmind.hold_budget_period(budget, asked.subject, asked.period_start, asked.period_end, p_wait => true);
        -- One that is there is reserved already: the insert comes to nothing.
        if cardinality(ids) = 0 and exists (
            select from public.token_usage u where u.organization_id = new.organization_id and u.id = new.id) then
            perform overmind.write_budget_period(period);
            return new;
        end if;
        ends := case budget.on_limit when 'allow_up_to' then budget.second_limit else budget.limit_amount end;
        if (budget.on_limit <> 'skip_scheduled' or new.is_scheduled) and (period.used >= ends or period.used + period.reserved + wanted > ends) then
            -- Beside what is used it would fit: others hold what they may not need.
            is_busy := period.used < ends and period.used + wanted <= ends;
            period := overmind.mark_budget(budget, period, case when is_busy then 0 else wanted end);
            perform overmind.write_budget_period(period);
            -- An id is given to a call beforehand, so that it is made once; this is none, and leaves it free.
            new.metadata := new.metadata || jsonb_build_object('call_id', new.id);
            new.id := (left(new.id::text, 15) || substr(gen_random_uuid()::text, 16))::uuid;
            new.status := 'settled';
            new.outcome := 'blocked';
            new.settled_at := clock_timestamp();
            new.tokens_input := 0;
            new.tokens_output := 0;
            new.cost := 0;
            new.metadata := new.metadata || jsonb_build_object('budget_id', budget.id, 'budget_subject', asked.subject, 'budget_until', asked.period_end, 'budget_is_busy', is_busy);
            wanted := null;
        else
            period := overmind.mark_budget(budget, period, case when period.used + wanted > budget.limit_amount then wanted else 0 end);
        end if;
        exit when wanted is null;
        ids := ids || budget.id;
        periods := periods || period;
        amounts := amounts || wanted;
    end loop;

    for i in 1 .. cardinality(ids) loop
        period := periods[i];
        if new.status = 'reserved' then
            insert into public.budget_holds (organization_id, ledger_id, budget_id, subject, period_start, amount)
            values (new.organization_id, new.id, ids[i], period.subject, period.period_start, amounts[i]);
            period.reserved := period.reserved + amounts[i];
        end if;
        perform overmind.write_budget_period(period);
    end loop;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.reserve_budgets() IS 'Trigger: a call that is reserved holds what it may use of each budget it concerns. Where it does not fit, the row is settled at once, with outcome blocked and the budget in its metadata (call_id, budget_id, budget_subject, budget_until, budget_is_busy); its writer reads the status back and makes no call.';

CREATE FUNCTION overmind.reset_password(p_token_hash text, p_password_hash text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    account uuid;
begin
    select t.user_id into account from overmind.take_one_time_token(p_token_hash, 'reset_password') as t;
    if account is null then
        return null;
    end if;
    perform overmind.set_password(account, p_password_hash, true, null);
    update public.users u
    set email_verified = true,
        email_verified_at = coalesce(u.email_verified_at, clock_timestamp())
    where u.id = account
      and u.deleted_at is null;
    return account;
end
$$;

COMMENT ON FUNCTION overmind.reset_password(p_token_hash text, p_password_hash text) IS 'Sets the password of the account that a link is for, and ends all of its sessions; null: the link is not good.';

CREATE FUNCTION overmind.retention_days(p_settings jsonb) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (jsonb_typeof((p_settings -> 'data_retention_days'::text)) = 'number'::text) THEN (SELECT (d.days)::integer AS days FROM (SELECT ((retention_days.p_settings ->> 'data_retention_days'::text))::numeric AS days) d WHERE ((d.days >= (1)::numeric) AND (d.days <= (36500)::numeric) AND (d.days = trunc(d.days)))) ELSE NULL::integer END;

COMMENT ON FUNCTION overmind.retention_days(p_settings jsonb) IS 'After how many days without activity the conversations of an organization with these settings are deleted; null: never.';

CREATE FUNCTION overmind.retry_delay(p_config jsonb, p_attempt integer) RETURNS interval
    LANGUAGE sql PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select interval '1 millisecond' * (wait.ms * (1 - jitter.part * random()))
    from (
        select least(
            coalesce((p_config ->> 'max_delay_ms')::double precision, 300000),
            coalesce((p_config ->> 'base_delay_ms')::double precision, 1000) * case p_config ->> 'strategy'
                when 'fixed' then 1
                when 'linear' then greatest(p_attempt, 1)
                else power(2, least(greatest(p_attempt, 1) - 1, 40))
            end) as ms
    ) as wait
    cross join (select least(greatest(coalesce((p_config ->> 'jitter')::double precision, 0), 0), 1) as part) as jitter
$$;

COMMENT ON FUNCTION overmind.retry_delay(p_config jsonb, p_attempt integer) IS 'The wait after a failed attempt, by retry_config: strategy exponential (1, 2, 4, … times base_delay_ms), linear or fixed, at most max_delay_ms, up to the part jitter of it shorter.';

CREATE FUNCTION overmind.retry_jobs(p_ids uuid[]) RETURNS SETOF uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    again uuid[];
begin
    if overmind.org_role() is not distinct from 'viewer' then
        return;
    end if;

    with chosen as (
        -- Of several with one unique key the newest, and none while one of them is open.
        select distinct on (j.kind, coalesce(j.unique_key, j.id::text)) j.id
        from public.jobs j
        where j.id = any (p_ids)
          and j.organization_id = overmind.org_id()
          and (j.user_id = overmind.user_id() or overmind.org_role() = 'admin')
          and (j.status in ('failed', 'cancelled', 'blocked') or j.status = 'pending' and j.run_at > clock_timestamp())
          and not exists (
              select from public.jobs o
              where o.organization_id = j.organization_id and o.kind = j.kind and o.unique_key = j.unique_key and o.id <> j.id
                and o.completed_at is null)
        order by j.kind, coalesce(j.unique_key, j.id::text), j.id desc
    ), changed as (
        update public.jobs j
        set status = 'pending',
            run_at = clock_timestamp(),
            attempt_count = 0,
            completed_at = null,
            keep_until = null,
            cancel_requested_at = null,
            progress = null
        from chosen c
        where j.id = c.id
        returning j.id
    )
    select array_agg(c.id) into again
    from changed c;

    if again is not null then
        perform pg_notify('job_available', '');
    end if;
    if again is not null then
        perform overmind.audit(
            'job.retried', 'execute', 'job', case when cardinality(again) = 1 then again[1]::text end, 'success',
            p_metadata => jsonb_build_object('count', cardinality(again), 'ids', to_jsonb(again[1:100])));
    end if;
    return query select unnest(again);
end
$$;

COMMENT ON FUNCTION overmind.retry_jobs(p_ids uuid[]) IS 'Makes jobs that failed, were cancelled, are blocked or wait for their next attempt due at once, with all their attempts; their errors stay. Returns the jobs it concerned.';

CREATE FUNCTION overmind.retry_run(p_run_id uuid, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    retries  integer;
    last     bigint;
    complete integer;
begin
    select count(*) into complete
    from public.run_steps s
    where s.organization_id = overmind.org_id()
      and s.run_id = p_run_id
      and s.phase = 'inspect'
      and s.status = 'succeeded';

    update public.workflow_runs r
    set status = 'queued',
        termination_reason = null,
        error_code = null,
        error_message = null,
        completed_at = null,
        latency_ms = null,
        cancel_requested_at = null,
        answer_message_id = coalesce(r.answer_message_id, overmind.uuid_v7()),
        -- As long as it had from the start.
        deadline_at = p_now + (r.deadline_at - coalesce(r.last_retry_at, r.created_at)),
        n2_iterations = complete,
        -- Who rejected an iteration and retries the run wants it after all.
        approvals = coalesce((
            select jsonb_agg(a.value order by a.ordinality)
            from jsonb_array_elements(r.approvals) with ordinality as a
            where a.value ->> 'decision' = 'approved'), '[]'),
        retry_count = r.retry_count + 1,
        last_retry_at = p_now,
        last_sequence = r.last_sequence + 1
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and r.status in ('failed', 'cancelled')
    returning r.retry_count, r.last_sequence into retries, last;
    if not found then
        return false;
    end if;

    update public.run_steps s
    set status = 'running',
        is_sent_back = false,
        output = null,
        error_message = null,
        error_code = null,
        metadata = s.metadata - 'failures',
        completed_at = null
    where s.organization_id = overmind.org_id()
      and s.run_id = p_run_id
      and s.iteration > complete
      and s.status in ('failed', 'cancelled');

    perform overmind.insert_run_events(p_run_id, last, jsonb_build_array(jsonb_build_object(
        'type', 'run.retried',
        'data', jsonb_build_object('retry_count', retries, 'user_id', overmind.user_id()))));
    return true;
end
$$;

COMMENT ON FUNCTION overmind.retry_run(p_run_id uuid, p_now timestamp with time zone) IS 'Lets a run that has failed or was cancelled go on from what it has recorded; its job is the callers to write. False for any other run.';

CREATE FUNCTION overmind.revoke_sessions(p_session_id uuid, p_others boolean, p_reason text) RETURNS SETOF uuid
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    update public.sessions s
    set revoked_at = clock_timestamp(),
        revoked_reason = p_reason
    where s.user_id = overmind.user_id()
      and case when p_others then s.id is distinct from p_session_id else s.id = p_session_id end
      and s.revoked_at is null
      and s.expires_at > clock_timestamp()
    returning s.id
$$;

COMMENT ON FUNCTION overmind.revoke_sessions(p_session_id uuid, p_others boolean, p_reason text) IS 'Ends one of the caller''s sessions, or with p_others all but that one; returns those it ended.';

CREATE FUNCTION overmind.roll_subscriptions(p_limit integer DEFAULT 1000, p_now timestamp with time zone DEFAULT clock_timestamp()) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    due    record;
    rolled integer := 0;
begin
    for due in
        select s.organization_id, s.id, s.user_id, s.next_tier_id, s.current_period_end, s.started_at, t.period
        from public.user_subscriptions s
        join public.subscription_tiers t on t.id = coalesce(s.next_tier_id, s.tier_id)
        where s.status = 'active'
          and s.current_period_end <= p_now
        order by s.current_period_end
        limit p_limit
        for update of s skip locked
    loop
        rolled := rolled + 1;
        if due.next_tier_id is null then
            update public.user_subscriptions s
            set current_period_end = overmind.period_end(due.started_at, due.period, p_now),
                current_period_start = greatest(due.current_period_end, overmind.period_end(due.started_at, due.period, p_now) - due.period)
            where s.organization_id = due.organization_id
              and s.id = due.id;
        else
            update public.user_subscriptions s
            set status = 'ended',
                ended_at = due.current_period_end,
                next_tier_id = null
            where s.organization_id = due.organization_id
              and s.id = due.id;
            insert into public.user_subscriptions (organization_id, user_id, tier_id, started_at, current_period_start, current_period_end)
            values (
                due.organization_id, due.user_id, due.next_tier_id, due.current_period_end,
                greatest(due.current_period_end, overmind.period_end(due.current_period_end, due.period, p_now) - due.period),
                overmind.period_end(due.current_period_end, due.period, p_now));
        end if;
    end loop;
    return rolled;
end
$$;

COMMENT ON FUNCTION overmind.roll_subscriptions(p_limit integer, p_now timestamp with time zone) IS 'Begins the next period of up to p_limit subscriptions whose period is over, with the lower tier where one is waiting; returns how many.';

CREATE FUNCTION overmind.schedules_after_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    update public.projects p
    set next_scheduled_at = (
        select min(s.next_run_at)
        from public.schedules s
        where s.organization_id = p.organization_id
          and s.project_id = p.id
          and not s.is_paused)
    where p.organization_id = coalesce(new.organization_id, old.organization_id)
      and p.id in (old.project_id, new.project_id);
    return null;
end
$$;

COMMENT ON FUNCTION overmind.schedules_after_change() IS 'Trigger: a project shows when the first of its schedules is due, also one that a schedule was taken from.';

CREATE FUNCTION overmind.schedules_after_earlier() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform pg_notify('schedule_changed', '');
    return null;
end
$$;

COMMENT ON FUNCTION overmind.schedules_after_earlier() IS 'Trigger: wakes the nodes when something is due sooner than they know.';

CREATE FUNCTION overmind.seal_audit_logs(p_limit integer DEFAULT 10000) RETURNS TABLE(number bigint, row_count integer, hash bytea, created_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    v_xmin   xid8;
    v_last   overmind.audit_seals;
    v_from   xid8 := '0';
    v_until  xid8;
    v_seal   overmind.audit_seals;
begin
    -- One node at a time; who comes while another is at it need not wait.
    if not pg_try_advisory_xact_lock(hashtextextended('overmind.seal_audit_logs', 0)) then
        return;
    end if;
    v_xmin := pg_snapshot_xmin(pg_current_snapshot());
    select * into v_last from overmind.audit_seals s order by s.number desc limit 1;
    if v_last.unsealed_since <= v_xmin then
        v_from := v_last.unsealed_since;
    end if;

    v_seal.number := coalesce(v_last.number, 0) + 1;
    with found as (
        select l.id, overmind.audit_row_hash(l) as row_hash, l.transaction_id,
            row_number() over (order by l.transaction_id, l.id)::integer as place
        from public.audit_logs l
        where l.transaction_id >= v_from
          and not exists (select from overmind.audit_hashes h where h.id = l.id)
        order by l.transaction_id, l.id
        limit p_limit
    ), kept as (
        insert into overmind.audit_hashes (id, seal_number, position, hash)
        select f.id, v_seal.number, f.place, f.row_hash
        from found f
    )
    select count(*), sha256(string_agg(uuid_send(f.id) || f.row_hash, '' order by f.place)), max(f.transaction_id)
    into v_seal.row_count, v_seal.rows_hash, v_until
    from found f;
    if v_seal.row_count = 0 then
        return;
    end if;

    v_seal.unsealed_since := case when v_seal.row_count = p_limit then least(v_xmin, v_until) else v_xmin end;
    v_seal.previous_hash := coalesce(v_last.hash, decode(repeat('00', 32), 'hex'));
    v_seal.created_at := clock_timestamp();
    v_seal.hash := sha256(
        v_seal.previous_hash || int8send(v_seal.number) || int4send(v_seal.row_count) || v_seal.rows_hash
        || int8send(v_seal.unsealed_since::text::bigint) || int8send(floor(extract(epoch from v_seal.created_at) * 1000000)::bigint));
    insert into overmind.audit_seals select v_seal.*;
    return query select v_seal.number, v_seal.row_count, v_seal.hash, v_seal.created_at;
end
$$;

COMMENT ON FUNCTION overmind.seal_audit_logs(p_limit integer) IS 'Chains what was written into the audit log since the last seal: the seal it made, or no row when there was nothing or another node is at it.';

CREATE FUNCTION overmind.seed_organization(org uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    workflow_version constant integer := 1;
    workflow uuid;
    replaces boolean;
begin
    -- Two nodes may seed at once.
    perform from public.organizations where id = org for no key update;

    update public.agent_configurations a
    set name = s.name,
        role = s.name,
        goal = s.goal,
        backstory = s.backstory,
        temperature = s.temperature,
        origin_version = s.origin_version
    from overmind.system_agents() s
    where a.organization_id = org
      and a.origin_key = s.key
      and a.deleted_at is null
      -- What the organization reworded stays as it wrote it.
      and a.customized_at is null
      and a.origin_version < s.origin_version;

    -- A key that the organization took for an agent of its own stays theirs; one they deleted stays deleted.
    insert into public.agent_configurations
        (organization_id, key, name, role, goal, backstory, output_format, temperature, origin_key, origin_version, created_by)
    select org, s.key, s.name, s.name, s.goal, s.backstory, 'sim_4_lines', s.temperature, s.key, s.origin_version, null
    from overmind.system_agents() s
    where not exists (
        select from public.agent_configurations a
        where a.organization_id = org
          and (a.origin_key = s.key or a.key = s.key and a.deleted_at is null))
    order by s.place;

    if exists (
        select from public.workflows w
        where w.organization_id = org
          -- Up to date, or deleted and to stay so.
          and (w.origin_key = 'general-problem-solving' and (w.origin_version >= workflow_version or w.deleted_at is not null)
              -- The key is taken by a workflow of the organization's own.
              or w.key = 'general-problem-solving' and w.version = 1 and w.origin_key is null))
    then
        return;
    end if;

    -- Runs keep a snapshot, but a version that runs have used is not rewritten: an upgrade is the workflow's next version.
    -- Where the organization runs a version of its own, the new one waits beside it to be activated.
    select not exists (
        select from public.workflows w
        where w.organization_id = org
          and w.key = 'general-problem-solving'
          and w.is_active
          and w.origin_key is null
          and w.deleted_at is null) into replaces;
    update public.workflows w
    set is_active = false
    where replaces
      and w.organization_id = org
      and w.key = 'general-problem-solving'
      and w.is_active;
    insert into public.workflows
        (organization_id, key, version, is_active, name, description, category, execution_mode, is_template, origin_key, origin_version, created_by)
    select
        org, 'general-problem-solving', coalesce(max(w.version), 0) + 1, replaces, 'General Problem Solving', 'Balanced approach for diverse queries',
        'general', 'parallel', true, 'general-problem-solving', workflow_version, null
    from public.workflows w
    where w.organization_id = org
      and w.key = 'general-problem-solving'
    returning id into workflow;
    insert into public.workflow_agents (organization_id, workflow_id, agent_id, position)
    select org, workflow, a.id, s.place
    from overmind.system_agents() s
    join public.agent_configurations a on a.organization_id = org and a.key = s.key and a.deleted_at is null
    order by s.place;
end
$$;

COMMENT ON FUNCTION overmind.seed_organization(org uuid) IS 'Copies the system agents and workflows into an organization and upgrades older copies. May be called again at any time.';

CREATE FUNCTION overmind.sees_all_usage() RETURNS boolean
    LANGUAGE sql STABLE
    RETURN ((overmind.org_role() = 'admin'::text) OR (NOT row_security_active('public.usage_totals'::text)));

COMMENT ON FUNCTION overmind.sees_all_usage() IS 'Whether the caller sees the usage of the whole organization, and not only their own.';

CREATE FUNCTION overmind.send_webhooks(p_organization_id uuid, p_type text, p_data jsonb, p_endpoint_id uuid DEFAULT NULL::uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    event_id uuid := overmind.uuid_v7();
    endpoint record;
    delivery uuid;
begin
    for endpoint in
        select e.id
        from public.webhook_endpoints e
        where e.organization_id = p_organization_id
          and e.is_enabled
          and case when p_endpoint_id is null
              then e.event_types = '{}' or p_type = any (e.event_types)
              else e.id = p_endpoint_id
          end
    loop
        delivery := overmind.uuid_v7();
        insert into public.webhook_deliveries (organization_id, id, endpoint_id, event_id, event_type, body, next_attempt_at)
        values (
            p_organization_id,
            delivery,
            endpoint.id,
            event_id,
            p_type,
            json_build_object(
                'type', p_type,
                'timestamp', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'data', case when octet_length(p_data::text) <= 200000 then p_data
                    else jsonb_build_object('id', p_data -> 'id', 'object', p_data -> 'object', 'status', p_data -> 'status', 'truncated', true) end)::text,
            clock_timestamp());
        insert into public.jobs (organization_id, user_id, kind, payload, unique_key, max_attempts)
        values (p_organization_id, null, 'webhook.deliver', jsonb_build_object('delivery_id', delivery), delivery::text, 10);
    end loop;
end
$$;

COMMENT ON FUNCTION overmind.send_webhooks(p_organization_id uuid, p_type text, p_data jsonb, p_endpoint_id uuid) IS 'Writes an event for the endpoints of an organization that want it, with a job each, in the transaction that makes it happen. p_endpoint_id: for that one alone.';

CREATE FUNCTION overmind.sessions_audit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    act constant text := case tg_op when 'INSERT' then 'login' else 'logout' end;
begin
    perform overmind.audit_as(
        new.organization_id, new.user_id, 'user.' || act, act, 'user', new.user_id::text, 'success',
        p_metadata => jsonb_build_object('session_id', new.id, 'device_type', new.device_type),
        p_ip => case tg_op when 'INSERT' then new.ip_address end,
        p_user_agent => case tg_op when 'INSERT' then new.user_agent end);
    return null;
end
$$;

COMMENT ON FUNCTION overmind.sessions_audit() IS 'Trigger: a session is the sign-in of a member, and its end by themselves the sign-out.';

CREATE FUNCTION overmind.sessions_look_again() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform pg_notify('session_changed', '');
    return null;
end
$$;

COMMENT ON FUNCTION overmind.sessions_look_again() IS 'Trigger: every node looks again who signed-in callers are.';

CREATE FUNCTION overmind.set_invitation_token(p_organization_id uuid, p_id uuid, p_token_hash text) RETURNS TABLE(email text, role text, organization_name text, invited_by text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    update public.invitations i
    set token_hash = p_token_hash
    from public.organizations o, public.organization_members m
    where i.organization_id = p_organization_id
      and i.id = p_id
      and i.status = 'pending'
      and i.expires_at > clock_timestamp()
      and o.id = i.organization_id
      and m.organization_id = i.organization_id
      and m.user_id = i.invited_by
    returning i.email, i.role, o.name, m.display_name
$$;

COMMENT ON FUNCTION overmind.set_invitation_token(p_organization_id uuid, p_id uuid, p_token_hash text) IS 'Gives a pending invitation the token of the link that is about to be sent; returns what the mail says, or no row.';

CREATE FUNCTION overmind.set_organization_limits(p_id uuid, p_changes jsonb) RETURNS SETOF public.organizations
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    update public.organizations o
    set plan = case when p_changes ? 'plan' then p_changes ->> 'plan' else o.plan end,
        monthly_query_limit = case when p_changes ? 'monthly_query_limit' then (p_changes ->> 'monthly_query_limit')::integer else o.monthly_query_limit end,
        monthly_token_limit = case when p_changes ? 'monthly_token_limit' then (p_changes ->> 'monthly_token_limit')::bigint else o.monthly_token_limit end,
        max_users = case when p_changes ? 'max_users' then (p_changes ->> 'max_users')::integer else o.max_users end
    where o.id = p_id
    returning o.*
$$;

COMMENT ON FUNCTION overmind.set_organization_limits(p_id uuid, p_changes jsonb) IS 'Changes plan, monthly_query_limit, monthly_token_limit and max_users, as far as the object names them; null takes a limit away. One row, or none when it is not there.';

CREATE FUNCTION overmind.set_organization_state(p_id uuid, p_state text, p_reason text DEFAULT NULL::text, p_now timestamp with time zone DEFAULT clock_timestamp()) RETURNS SETOF public.organizations
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    update public.organizations o
    set status = case when p_state = 'deleted' then o.status else p_state end,
        deleted_at = case when p_state = 'deleted' then coalesce(o.deleted_at, p_now) end,
        suspended_at = case
            when p_state = 'suspended' then coalesce(o.suspended_at, p_now)
            when p_state = 'deleted' then o.suspended_at
        end,
        suspension_reason = case
            when p_state = 'suspended' then p_reason
            when p_state = 'deleted' then o.suspension_reason
        end,
        cancelled_at = case
            when p_state = 'cancelled' then coalesce(o.cancelled_at, p_now)
            when p_state = 'deleted' then o.cancelled_at
        end,
        ends_at = case
            when p_state = 'cancelled' then coalesce(o.ends_at, overmind.period_end(o.created_at, interval '1 month', p_now))
            when p_state = 'deleted' then o.ends_at
        end
    where o.id = p_id
      and p_state in ('active', 'suspended', 'cancelled', 'deleted')
    returning o.*
$$;

COMMENT ON FUNCTION overmind.set_organization_state(p_id uuid, p_state text, p_reason text, p_now timestamp with time zone) IS 'Brings an organization into a state: active (which takes back all others), suspended, cancelled or deleted; one row, or none when it is not there.';

CREATE FUNCTION overmind.set_password(p_user_id uuid, p_password_hash text, p_end_sessions boolean, p_keep uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    update public.users u
    set password_hash = p_password_hash
    where u.id = p_user_id
      and u.deleted_at is null;
    if p_end_sessions then
        update public.sessions s
        set revoked_at = clock_timestamp(),
            revoked_reason = 'password_changed'
        where s.user_id = p_user_id
          and s.id is distinct from p_keep
          and s.revoked_at is null;
        perform overmind.audit_account(p_user_id, 'user.password_changed');
    end if;
end
$$;

COMMENT ON FUNCTION overmind.set_password(p_user_id uuid, p_password_hash text, p_end_sessions boolean, p_keep uuid) IS 'Stores the hash of a person''s password; with p_end_sessions all of their sessions but p_keep end.';

CREATE TABLE public.subscription_tiers (
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    tier_name text NOT NULL,
    display_name text NOT NULL,
    description text,
    rank integer NOT NULL,
    price_usd numeric,
    period interval DEFAULT '30 days'::interval NOT NULL,
    monthly_query_limit integer,
    monthly_token_limit bigint,
    monthly_cost_limit_usd numeric,
    features text[] DEFAULT '{}'::text[] NOT NULL,
    is_offered boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT subscription_tiers_description_length CHECK ((length(description) <= 1000)),
    CONSTRAINT subscription_tiers_display_name_length CHECK (((length(display_name) >= 1) AND (length(display_name) <= 255))),
    CONSTRAINT subscription_tiers_monthly_cost_limit_usd_not_negative CHECK (((monthly_cost_limit_usd >= (0)::numeric) AND (monthly_cost_limit_usd < 'Infinity'::numeric))),
    CONSTRAINT subscription_tiers_monthly_query_limit_not_negative CHECK ((monthly_query_limit >= 0)),
    CONSTRAINT subscription_tiers_monthly_token_limit_not_negative CHECK ((monthly_token_limit >= 0)),
    CONSTRAINT subscription_tiers_period_range CHECK (((period >= '01:00:00'::interval) AND (period <= '10 years'::interval))),
    CONSTRAINT subscription_tiers_price_usd_not_negative CHECK (((price_usd >= (0)::numeric) AND (price_usd < 'Infinity'::numeric))),
    CONSTRAINT subscription_tiers_rank_not_negative CHECK ((rank >= 0)),
    CONSTRAINT subscription_tiers_tier_name_shape CHECK ((tier_name ~ '^[a-z][a-z0-9_-]{0,63}$'::text))
);

COMMENT ON TABLE public.subscription_tiers IS 'What a person may subscribe to: the same for all organizations of the installation.';

COMMENT ON COLUMN public.subscription_tiers.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.subscription_tiers.tier_name IS 'Its stable name, as free.';

COMMENT ON COLUMN public.subscription_tiers.display_name IS 'What people call it.';

COMMENT ON COLUMN public.subscription_tiers.description IS 'What it gives, in a sentence.';

COMMENT ON COLUMN public.subscription_tiers.rank IS 'Its place: a change to a higher one holds at once, to a lower one from the next period.';

COMMENT ON COLUMN public.subscription_tiers.price_usd IS 'Price of a period in US dollars; null: by agreement.';

COMMENT ON COLUMN public.subscription_tiers.period IS 'How long a period of a subscription is.';

COMMENT ON COLUMN public.subscription_tiers.monthly_query_limit IS 'Runs a month; null: no limit.';

COMMENT ON COLUMN public.subscription_tiers.monthly_token_limit IS 'Tokens a month; null: no limit.';

COMMENT ON COLUMN public.subscription_tiers.monthly_cost_limit_usd IS 'What runs may cost a month, in US dollars; null: no limit.';

COMMENT ON COLUMN public.subscription_tiers.features IS 'Features that come with it.';

COMMENT ON COLUMN public.subscription_tiers.is_offered IS 'Whether people choose it by themselves; the others are given by the operator.';

COMMENT ON COLUMN public.subscription_tiers.created_at IS 'When it was made.';

COMMENT ON COLUMN public.subscription_tiers.updated_at IS 'When it was last changed; kept by a trigger.';

CREATE FUNCTION overmind.set_subscription_tier(p_tier_name text, p_changes jsonb) RETURNS SETOF public.subscription_tiers
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    update public.subscription_tiers t
    set display_name = case when p_changes ? 'display_name' then p_changes ->> 'display_name' else t.display_name end,
        description = case when p_changes ? 'description' then p_changes ->> 'description' else t.description end,
        price_usd = case when p_changes ? 'price_usd' then (p_changes ->> 'price_usd')::numeric else t.price_usd end,
        monthly_query_limit = case when p_changes ? 'monthly_query_limit' then (p_changes ->> 'monthly_query_limit')::integer else t.monthly_query_limit end,
        monthly_token_limit = case when p_changes ? 'monthly_token_limit' then (p_changes ->> 'monthly_token_limit')::bigint else t.monthly_token_limit end,
        monthly_cost_limit_usd = case
            when p_changes ? 'monthly_cost_limit_usd' then (p_changes ->> 'monthly_cost_limit_usd')::numeric else t.monthly_cost_limit_usd end,
        features = case
            when p_changes ? 'features' then array(select jsonb_array_elements_text(p_changes -> 'features')) else t.features end,
        is_offered = case when p_changes ? 'is_offered' then (p_changes ->> 'is_offered')::boolean else t.is_offered end
    where t.tier_name = p_tier_name
    returning t.*
$$;

COMMENT ON FUNCTION overmind.set_subscription_tier(p_tier_name text, p_changes jsonb) IS 'Changes what the object names of a tier: display_name, description, price_usd, the limits, features, is_offered. One row, or none when there is no such tier.';

CREATE FUNCTION overmind.set_tier(p_organization_id uuid, p_user_id uuid, p_tier_name text, p_now timestamp with time zone DEFAULT clock_timestamp()) RETURNS SETOF public.user_subscriptions
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    wanted  public.subscription_tiers;
    current public.user_subscriptions;
begin
    select t.* into wanted
    from public.subscription_tiers t
    where t.tier_name = p_tier_name;
    if not found then
        return;
    end if;

    select s.* into current
    from public.user_subscriptions s
    where s.organization_id = p_organization_id
      and s.user_id = p_user_id
      and s.status = 'active'
    for update;
    if current.tier_id = wanted.id then
        return query
        update public.user_subscriptions s
        set next_tier_id = null
        where s.organization_id = p_organization_id
          and s.id = current.id
        returning s.*;
    elsif current.id is not null and wanted.rank < (select t.rank from public.subscription_tiers t where t.id = current.tier_id) then
        return query
        update public.user_subscriptions s
        set next_tier_id = wanted.id
        where s.organization_id = p_organization_id
          and s.id = current.id
        returning s.*;
    else
        update public.user_subscriptions s
        set status = 'ended',
            ended_at = p_now,
            next_tier_id = null
        where s.organization_id = p_organization_id
          and s.id = current.id;
        return query
        insert into public.user_subscriptions (organization_id, user_id, tier_id, started_at, current_period_start, current_period_end)
        select m.organization_id, m.user_id, wanted.id, p_now, p_now, p_now + wanted.period
        from public.organization_members m
        where m.organization_id = p_organization_id
          and m.user_id = p_user_id
          and m.left_at is null
        returning *;
    end if;
end
$$;

COMMENT ON FUNCTION overmind.set_tier(p_organization_id uuid, p_user_id uuid, p_tier_name text, p_now timestamp with time zone) IS 'Gives a member a tier: a higher one at once, with a period that begins now; a lower one from the end of the period; the one they have takes that back. Returns the subscription; nothing when there is no such member or tier.';

CREATE FUNCTION overmind.settle_budgets() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    tenant constant uuid := coalesce(new.organization_id, old.organization_id);
    before public.token_usage;
    after  public.token_usage;
    asked  record;
    held   record;
    amount numeric;
begin
    if not exists (select from public.budgets b where b.organization_id = tenant and b.is_active) then
        return null;
    end if;

    after := new;
    -- What nearly always happens, budget by budget: as one statement for all that can it takes twice as long.
    if old.status = 'reserved' and new.status = 'settled' then
        for asked in select f.* from overmind.budgets_of(after) as f loop
            delete from public.budget_holds h
            where h.organization_id = tenant and h.ledger_id = old.id and h.budget_id = (asked.budget).id
            returning h.subject, h.period_start, h.amount into held;
            amount := case when new.outcome = 'blocked' then 0 else overmind.budget_amount(asked.budget, after) end;
            if held.amount is not null and (held.subject, held.period_start) <> (asked.subject, asked.period_start) then
                insert into public.budget_changes (organization_id, budget_id, dimension, subject, period_start, used, reserved, unpriced_calls)
                values (tenant, (asked.budget).id, (asked.budget).dimension, held.subject, held.period_start, 0, -held.amount, 0);
                held.amount := 0;
            end if;
            insert into public.budget_changes (organization_id, budget_id, dimension, subject, period_start, used, reserved, unpriced_calls)
            values (
                tenant, (asked.budget).id, (asked.budget).dimension, asked.subject, asked.period_start,
                coalesce(amount, 0), -coalesce(held.amount, 0), case when amount is null then 1 else 0 end);
        end loop;
        -- Of budgets that are switched off: when they begin again they are counted.
        delete from public.budget_holds h
        where h.organization_id = tenant and h.ledger_id = old.id;
        return null;
    end if;

    before := old;
    with released as (
        delete from public.budget_holds h
        where old.status = 'reserved'
          and new.status is distinct from 'reserved'
          and h.organization_id = tenant
          and h.ledger_id = old.id
        returning h.budget_id, h.subject, h.period_start, h.amount
    ),
    counted as (
        select (f.budget).id as budget_id, f.subject, f.period_start, -1 as sign, overmind.budget_amount(f.budget, before) as amount
        from overmind.budgets_of(before) as f
        where old.status = 'settled'
          and old.outcome is distinct from 'blocked'
        union all
        select (f.budget).id, f.subject, f.period_start, 1, overmind.budget_amount(f.budget, after)
        from overmind.budgets_of(after) as f
        where new.status = 'settled'
          and new.outcome is distinct from 'blocked'
    )
    insert into public.budget_changes (organization_id, budget_id, dimension, subject, period_start, used, reserved, unpriced_calls)
    select tenant, b.id, b.dimension, c.subject, c.period_start, sum(c.used), sum(c.reserved), sum(c.unpriced_calls)
    from (
        select r.budget_id, r.subject, r.period_start, 0 as used, -r.amount as reserved, 0 as unpriced_calls
        from released r
        union all
        select n.budget_id, n.subject, n.period_start, n.sign * coalesce(n.amount, 0), 0, case when n.amount is null then n.sign else 0 end
        from counted n) as c
    join public.budgets b on b.organization_id = tenant and b.id = c.budget_id and b.is_active
    group by b.id, b.dimension, c.subject, c.period_start
    having sum(c.used) <> 0 or sum(c.reserved) <> 0 or sum(c.unpriced_calls) <> 0;
    return null;
end
$$;

COMMENT ON FUNCTION overmind.settle_budgets() IS 'Trigger: what a call has used counts in its budgets, and what it held of them is free again.';

CREATE FUNCTION overmind.skips_scheduled(p_organization_id uuid, p_user_id uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select exists (
        select
        from public.budgets b
        join public.budget_periods p on p.organization_id = b.organization_id and p.budget_id = b.id
        where b.organization_id = p_organization_id
          and b.is_active
          and b.on_limit = 'skip_scheduled'
          and b.dimension in ('organization', 'user')
          and p.subject in ('', p_user_id::text)
          and p.stopped_at is not null
          and p.period_start <= clock_timestamp()
          and p.period_end > clock_timestamp())
$$;

COMMENT ON FUNCTION overmind.skips_scheduled(p_organization_id uuid, p_user_id uuid) IS 'Whether a budget of the organization or of its member lets nothing be done now that a schedule asks for.';

CREATE FUNCTION overmind.start_session(p_user_id uuid, p_organization_id uuid, p_device_type text, p_device_name text, p_ip_address inet, p_user_agent text, p_lifetime interval, p_refresh_hash text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    started uuid;
begin
    insert into public.sessions (user_id, organization_id, device_type, device_name, ip_address, user_agent, expires_at)
    select p_user_id, p_organization_id, p_device_type, p_device_name, p_ip_address, left(p_user_agent, 500), clock_timestamp() + p_lifetime
    from public.organization_members m
    join public.organizations o on o.id = m.organization_id
    join public.users u on u.id = m.user_id
    where m.user_id = p_user_id
      and m.organization_id = p_organization_id
      and m.left_at is null
      and o.deleted_at is null
      and u.deleted_at is null
    returning id into started;
    if started is null then
        return null;
    end if;
    perform overmind.record_sign_in(p_user_id);
    if p_refresh_hash is not null then
        insert into overmind.refresh_tokens (token_hash, session_id)
        values (p_refresh_hash, started);
    end if;
    return started;
end
$$;

COMMENT ON FUNCTION overmind.start_session(p_user_id uuid, p_organization_id uuid, p_device_type text, p_device_name text, p_ip_address inet, p_user_agent text, p_lifetime interval, p_refresh_hash text) IS 'Signs a member in on a device; null when they are no member in force. p_refresh_hash is null for a browser.';

CREATE FUNCTION overmind.step_replays_before_insert() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    -- As its caller sees the step: nobody replays what they cannot read.
    select s.run_id, s.user_id, s.visibility into new.run_id, new.user_id, new.visibility
    from public.run_steps s
    where s.organization_id = new.organization_id
      and s.id = new.step_id;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no step %s', new.step_id),
            table = 'step_replays',
            constraint = 'step_replays_step_fkey';
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.step_replays_before_insert() IS 'Trigger: a replay belongs to the run of its step and has its owner and visibility.';

CREATE FUNCTION overmind.store_cached_response(p_cache_key text, p_prompt_hash text, p_scope_hash text, p_provider text, p_model text, p_quality_tier text, p_tags text[], p_response_content text, p_response jsonb, p_tokens_input bigint, p_tokens_output bigint, p_cost numeric, p_ledger_id uuid, p_embedding public.vector, p_embedding_model_provider text, p_embedding_model_name text, p_ttl interval, p_question text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if overmind.org_id() is null then
        return;
    end if;
    insert into public.ai_response_cache as c (
        organization_id, user_id, visibility, cache_key, prompt_hash, scope_hash, question, provider, model, quality_tier, tags, response_content, response,
        tokens_used, tokens_input, tokens_output, cost, ledger_id, embedding, embedding_model_provider, embedding_model_name, embedding_dimensions, expires_at)
    values (
        overmind.org_id(), overmind.user_id(), 'private', p_cache_key, p_prompt_hash, p_scope_hash, p_question, p_provider, p_model, p_quality_tier, p_tags, p_response_content, p_response,
        p_tokens_input + p_tokens_output, p_tokens_input, p_tokens_output, p_cost, p_ledger_id, p_embedding, p_embedding_model_provider, p_embedding_model_name,
        vector_dims(p_embedding), clock_timestamp() + p_ttl)
    on conflict on constraint ai_response_cache_cache_key_key do update
    set id = excluded.id,
        user_id = excluded.user_id,
        visibility = excluded.visibility,
        scope_hash = excluded.scope_hash,
        question = excluded.question,
        tags = excluded.tags,
        response_content = excluded.response_content,
        response = excluded.response,
        tokens_used = excluded.tokens_used,
        tokens_input = excluded.tokens_input,
        tokens_output = excluded.tokens_output,
        cost = excluded.cost,
        ledger_id = excluded.ledger_id,
        embedding = excluded.embedding,
        embedding_model_provider = excluded.embedding_model_provider,
        embedding_model_name = excluded.embedding_model_name,
        embedding_dimensions = excluded.embedding_dimensions,
        hit_count = 0,
        last_hit_at = null,
        expires_at = excluded.expires_at,
        created_at = excluded.created_at;
end
$$;

COMMENT ON FUNCTION overmind.store_cached_response(p_cache_key text, p_prompt_hash text, p_scope_hash text, p_provider text, p_model text, p_quality_tier text, p_tags text[], p_response_content text, p_response jsonb, p_tokens_input bigint, p_tokens_output bigint, p_cost numeric, p_ledger_id uuid, p_embedding public.vector, p_embedding_model_provider text, p_embedding_model_name text, p_ttl interval, p_question text) IS 'Keeps an answer for the caller''s organization; one to the same request is replaced.';

CREATE FUNCTION overmind.sum_runs(p_organization_id uuid, p_run_ids uuid[]) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    update public.workflow_runs r
    set tokens_input = total.tokens_input,
        tokens_output = total.tokens_output,
        cost_usd = total.cost_usd
    from (
        select
            s.run_id,
            sum(s.tokens_input) as tokens_input,
            sum(s.tokens_output) as tokens_output,
            case when bool_or(s.cost_usd is null) then null else sum(s.cost_usd) end as cost_usd
        from public.run_steps s
        where s.organization_id = p_organization_id and s.run_id = any (p_run_ids)
        group by s.run_id) as total
    where r.organization_id = p_organization_id and r.id = total.run_id
$$;

COMMENT ON FUNCTION overmind.sum_runs(p_organization_id uuid, p_run_ids uuid[]) IS 'Runs'' totals anew from their steps; the cost is null when a part of it is unknown.';

CREATE FUNCTION overmind.synthesis_events_before_insert() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    select c.user_id, c.visibility into new.user_id, new.visibility
    from public.conversations c
    where c.organization_id = new.organization_id
      and c.id = new.conversation_id;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no conversation %s', new.conversation_id),
            table = 'synthesis_events',
            constraint = 'synthesis_events_conversation_fkey';
    end if;
    if new.run_id is not null and not exists (
        select from public.workflow_runs r
        where r.organization_id = new.organization_id
          and r.id = new.run_id
          and r.conversation_id = new.conversation_id)
    then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no run %s in this conversation', new.run_id),
            table = 'synthesis_events',
            constraint = 'synthesis_events_run_fkey';
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.synthesis_events_before_insert() IS 'Trigger: a synthesis event has its conversation''s owner and visibility.';

CREATE FUNCTION overmind.system_agents() RETURNS TABLE(place integer, key text, name text, goal text, backstory text, temperature double precision, origin_version integer)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    values
    (
        1, 'creative', 'Creative Clarity',
        'Generate clear, innovative solutions and novel perspectives.',
        'You are a creative thinker focused on ideation. You look for the approach that nobody has named yet, turn the question round once before you answer it, and say each idea so plainly that somebody could start on it today.',
        0.9::double precision, 1
    ),
    (
        2, 'structural', 'Structural Clarity',
        'Organize information and relieve cognitive overload.',
        'You bring structure to chaos. You find the few parts that a problem really has, put them into the order in which they depend on each other, and leave out what does not change the result.',
        0.4, 1
    ),
    (
        3, 'alignment', 'Alignment Clarity',
        'Keep the answer true to what the person wants, values and can do.',
        'You listen for the need behind the question. You check each step against the person''s own goals, limits and circumstances, name the trade-offs they would want to know about, and say when a step would pull them away from what they asked for.',
        0.6, 1
    ),
    (
        4, 'decision', 'Decision Clarity',
        'Turn options into one well-founded choice and the next action.',
        'You help people decide. You state what the decision hinges on, compare the options by it, commit to one with the reason, and say what would have to be true for another one to be better.',
        0.3, 1
    ),
    (
        5, 'recovery', 'Recovery Clarity',
        'Foresee what can go wrong and show the way back.',
        'You have seen plans fail and people get up again. You point to the likeliest failure of each step, to the earliest sign of it, and to the smallest thing that puts things right again, without alarm and without blame.',
        0.5, 1
    ),
    (
        6, 'boundary', 'Boundary Clarity',
        'Say what belongs to the problem, what does not, and where to stop.',
        'You draw the lines. You separate what the person controls from what they do not, say what is known and what is assumed, protect time, privacy and safety, and name the point at which enough is done or somebody else should be asked.',
        0.4, 1
    )
$$;

COMMENT ON FUNCTION overmind.system_agents() IS 'The six agents that come with the product, in the order of their workflow.';

CREATE FUNCTION overmind.take_one_time_token(p_token_hash text, p_purpose text) RETURNS TABLE(email text, name text, user_id uuid)
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    update overmind.one_time_tokens t
    set used_at = clock_timestamp()
    where t.token_hash = p_token_hash
      and t.purpose = p_purpose
      and t.used_at is null
      and t.expires_at > clock_timestamp()
    returning t.email, t.name, t.user_id
$$;

COMMENT ON FUNCTION overmind.take_one_time_token(p_token_hash text, p_purpose text) IS 'Uses the token of a link up: one row, the first time.';

CREATE FUNCTION overmind.take_run(p_run_id uuid, p_lease_token bigint, p_now timestamp with time zone) RETURNS TABLE(is_resumed boolean, attempt integer)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    before text;
    takes  integer;
begin
    select r.status into before
    from public.workflow_runs r
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
    for no key update;

    update public.workflow_runs r
    set status = 'running',
        lease_token = p_lease_token,
        started_at = coalesce(r.started_at, p_now),
        take_count = r.take_count + 1,
        waiting = null
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and r.status in ('queued', 'running', 'waiting')
      and r.lease_token <= p_lease_token
    returning r.take_count into takes;
    if not found then
        raise exception using
            errcode = 'OV001',
            message = format('The run %s has ended, or a lease after %s has it', p_run_id, p_lease_token);
    end if;

    return query select before = 'running', takes;
end
$$;

COMMENT ON FUNCTION overmind.take_run(p_run_id uuid, p_lease_token bigint, p_now timestamp with time zone) IS 'Gives a run to the worker with that lease, or fails with OV001 when it has ended or a later lease has it. Returns whether another worker had it, and how often it was taken; the first record tells its readers.';

CREATE FUNCTION overmind.tell_budget(p_budget public.budgets, p_period public.budget_periods, p_event text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    told jsonb := jsonb_build_object(
        'object', 'budget', 'id', p_budget.id, 'name', p_budget.name, 'dimension', p_budget.dimension, 'subject', p_budget.subject, 'period', p_budget.period,
        'unit', p_budget.unit, 'currency', p_budget.currency, 'limit_amount', trim_scale(p_budget.limit_amount)::text,
        'soft_ratio', trim_scale(p_budget.soft_ratio)::text, 'on_limit', p_budget.on_limit, 'second_limit', trim_scale(p_budget.second_limit)::text,
        'usage', jsonb_build_object(
            'subject', nullif(p_period.subject, ''), 'period_start', p_period.period_start, 'period_end', p_period.period_end,
            'used', trim_scale(p_period.used)::text, 'reserved', trim_scale(p_period.reserved)::text, 'unpriced_calls', p_period.unpriced_calls));
begin
    perform overmind.send_webhooks(p_budget.organization_id, 'budget.' || p_event, told);
    insert into public.jobs (organization_id, user_id, kind, payload, max_attempts)
    select null, null, 'mail.send', jsonb_build_object('template', 'budget', 'email', u.email, 'budget', jsonb_build_object(
        'event', p_event, 'organization', o.name, 'name', p_budget.name, 'subject', nullif(p_period.subject, ''), 'on_limit', p_budget.on_limit,
        'used', trim_scale(round(p_period.used, 4))::text, 'limit', trim_scale(case p_event when 'second_limit_reached' then p_budget.second_limit else p_budget.limit_amount end)::text,
        'unit', coalesce(p_budget.currency, p_budget.unit), 'until', to_char(p_period.period_end at time zone o.timezone, 'YYYY-MM-DD HH24:MI') || ' ' || o.timezone)), 10
    from public.organization_members m
    join public.organizations o on o.id = m.organization_id
    join public.users u on u.id = m.user_id
    where m.organization_id = p_budget.organization_id
      and m.role = 'admin'
      and m.left_at is null
      and u.email is not null;
end
$$;

COMMENT ON FUNCTION overmind.tell_budget(p_budget public.budgets, p_period public.budget_periods, p_event text) IS 'Tells the webhook endpoints and, by mail, the admins of an organization what has become of a budget: soft_limit_reached, limit_reached or second_limit_reached.';

CREATE FUNCTION overmind.tenant_table(table_name regclass, visibility text DEFAULT 'tenant'::text, owner_column name DEFAULT 'owner_id'::name, distribute boolean DEFAULT true, fixed name[] DEFAULT '{}'::name[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'overmind', 'pg_temp'
    AS $_$
declare
    columns        name[] := array(
        select attname from pg_attribute where attrelid = table_name and attnum > 0 and not attisdropped order by attnum);
    has_visibility boolean := 'visibility' = any (columns);
    visible        text := 'true';
    tenant         text := 'organization_id = overmind.org_id()';
    claim          text := case when exists (select from pg_extension where extname = 'citus') then '\1' else '(select \1)' end;
    deletable      text := $$overmind.org_role() is distinct from 'viewer'$$;
    changeable     text;
    guarded        text;
begin
    if visibility not in ('tenant', 'owner', 'inherited') then
        raise exception 'tenant_table(%): visibility is tenant, owner or inherited, not %', table_name, visibility;
    end if;
    if not 'organization_id' = any (columns) then
        raise exception 'tenant_table(%): the table has no organization_id', table_name;
    end if;

    fixed := fixed || array['organization_id', 'id']::name[];
    if visibility <> 'tenant' then
        fixed := fixed || owner_column;
        deletable := format(
            $$(overmind.org_role() = 'admin' or %I = overmind.user_id() and overmind.org_role() is distinct from 'viewer')$$, owner_column);
        visible := case when has_visibility
            then format($$(%I = overmind.user_id() or visibility = 'organization' or overmind.org_role() = 'admin')$$, owner_column)
            else format($$(%I = overmind.user_id() or overmind.org_role() = 'admin')$$, owner_column)
        end;
    end if;
    if visibility = 'inherited' then
        fixed := fixed || 'visibility'::name;
    end if;

    execute format('alter table %s enable row level security', table_name);

    execute format('drop policy if exists tenant_isolation on %s', table_name);
    execute format($policy$
        create policy tenant_isolation on %s as restrictive for all to public
            using (%s)
            with check (%s and overmind.org_role() is distinct from 'viewer')
        $policy$, table_name, regexp_replace(tenant, '(overmind\.\w+\(\))', claim, 'g'), tenant);

    execute format('drop policy if exists visibility on %s', table_name);
    execute format(
        'create policy visibility on %s for all to anon, authenticated, service_role using (%s) with check (%s)',
        table_name, regexp_replace(visible, '(overmind\.\w+\(\))', claim, 'g'), visible);

    execute format('drop policy if exists deletion on %s', table_name);
    execute format('create policy deletion on %s as restrictive for delete to public using (%s)', table_name, deletable);

    execute format('drop policy if exists own_name on %s', table_name);
    if visibility = 'owner' then
        execute format($policy$
            create policy own_name on %s as restrictive for insert to public
                with check (%I = overmind.user_id() or overmind.org_role() = 'admin')
            $policy$, table_name, owner_column);
    end if;

    select string_agg(quote_ident(name), ', ' order by place) into changeable
    from unnest(columns) with ordinality as c (name, place)
    where name <> all (fixed);
    execute format('revoke all on %s from public, anon, authenticated, service_role', table_name);
    execute format('grant select on %s to anon, authenticated, service_role', table_name);
    execute format('grant insert, update (%s), delete on %s to authenticated, service_role', changeable, table_name);

    if 'updated_at' = any (columns) then
        execute format(
            'create or replace trigger touch_updated_at before update on %s for each row execute function overmind.touch_updated_at()',
            table_name);
    end if;

    guarded := case
        when (select relname from pg_class where oid = table_name) ~ '^(audit|usage|budget)_' then null
        when (select relname from pg_class where oid = table_name) in ('api_keys', 'token_usage') then 'insert'
        else 'insert or update or delete'
    end;
    if guarded is not null then
        execute format(
            'create or replace trigger refuse_when_suspended before %s on %s for each statement execute function overmind.refuse_when_suspended()',
            guarded, table_name);
    end if;

    if distribute and exists (select from pg_extension where extname = 'citus') then
        if not overmind.is_distributed(table_name) then
            execute format('select create_distributed_table(%L, %L)', table_name::text, 'organization_id');
        end if;
    end if;
end
$_$;

COMMENT ON FUNCTION overmind.tenant_table(table_name regclass, visibility text, owner_column name, distribute boolean, fixed name[]) IS 'Gives a table what every tenant table has: row-level security, its policies and grants, its guard when the organization is suspended, updated_at, distribution on Citus.';

CREATE FUNCTION overmind.test_webhook(p_endpoint_id uuid) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    v_sent uuid;
begin
    if overmind.org_role() = 'viewer' or not overmind.has_permission('webhooks.manage') then
        return null;
    end if;
    perform overmind.send_webhooks(
        overmind.org_id(), 'webhook_endpoint.test', jsonb_build_object('id', p_endpoint_id, 'object', 'webhook_endpoint'), p_endpoint_id);
    select d.id into v_sent
    from public.webhook_deliveries d
    where d.organization_id = overmind.org_id()
      and d.endpoint_id = p_endpoint_id
    order by d.created_at desc, d.id desc
    limit 1;
    if v_sent is not null then
        perform overmind.audit('webhook_endpoint.tested', 'execute', 'webhook_endpoint', p_endpoint_id::text, 'success');
    end if;
    return v_sent;
end
$$;

COMMENT ON FUNCTION overmind.test_webhook(p_endpoint_id uuid) IS 'Sends an event of type webhook_endpoint.test to an enabled endpoint of the caller''s organization; returns the delivery.';

CREATE FUNCTION overmind.title_of(content text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    line text := left(btrim(regexp_replace(substring(content from '[^\s][^\n\r]*'), '\s+', ' ', 'g')), 400);
    head text := left(line, 79);
begin
    if length(line) <= 80 then
        return line;
    end if;
    -- A word is cut only when it alone fills the title.
    return rtrim(coalesce(nullif(regexp_replace(head, '\s\S*$', ''), ''), head), ' ,;:-') || '…';
end
$_$;

COMMENT ON FUNCTION overmind.title_of(content text) IS 'Title made from a message: its first line that is not blank, cut at a word to 80 characters at most. Null when all is blank.';

CREATE FUNCTION overmind.token_usage_after_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if old.status = 'settled' then
        -- Of an organization that is purged, all goes.
        if tg_op = 'DELETE' and not exists (select from public.organizations o where o.id = old.organization_id) then
            return null;
        end if;
        insert into public.usage_changes (
            organization_id, user_id, created_at, operation, provider, model, project_id, workflow_key, api_key_id, currency,
            calls, unpriced_calls, tokens_input, tokens_output, tokens_cached, cost, latency_ms)
        values (
            old.organization_id, old.user_id, old.created_at, old.operation, old.provider, old.model, old.project_id, old.workflow_key,
            old.api_key_id, old.currency,
            -1, case when old.cost is null then -1 else 0 end,
            -coalesce(old.tokens_input, 0), -coalesce(old.tokens_output, 0), -coalesce(old.tokens_cached, 0), -coalesce(old.cost, 0), old.latency_ms);
    end if;
    if new.status = 'settled' then
        insert into public.usage_changes (
            organization_id, user_id, created_at, operation, provider, model, project_id, workflow_key, api_key_id, currency,
            calls, unpriced_calls, tokens_input, tokens_output, tokens_cached, cost, latency_ms)
        values (
            new.organization_id, new.user_id, new.created_at, new.operation, new.provider, new.model, new.project_id, new.workflow_key,
            new.api_key_id, new.currency,
            1, case when new.cost is null then 1 else 0 end,
            coalesce(new.tokens_input, 0), coalesce(new.tokens_output, 0), coalesce(new.tokens_cached, 0), coalesce(new.cost, 0), new.latency_ms);
    end if;
    return null;
end
$$;

COMMENT ON FUNCTION overmind.token_usage_after_change() IS 'Trigger: notes in usage_changes what a row of the ledger adds to the sums of usage or takes from them.';

CREATE FUNCTION overmind.touch_api_keys(p_organization_ids uuid[], p_ids uuid[], p_uses bigint[], p_last_used_at timestamp with time zone[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    used record;
begin
    for used in
        select *
        from unnest(p_organization_ids, p_ids, p_uses, p_last_used_at) as u (organization_id, id, uses, last_used_at)
        order by u.organization_id, u.id
    loop
        update public.api_keys k
        set usage_count = k.usage_count + used.uses,
            last_used_at = greatest(k.last_used_at, used.last_used_at)
        where k.organization_id = used.organization_id
          and k.id = used.id;
    end loop;
    perform overmind.record_activity(array_agg(k.organization_id), array_agg(k.user_id), array_agg(u.last_used_at))
    from unnest(p_organization_ids, p_ids, p_last_used_at) as u (organization_id, id, last_used_at)
    join public.api_keys k on k.organization_id = u.organization_id and k.id = u.id;
end
$$;

COMMENT ON FUNCTION overmind.touch_api_keys(p_organization_ids uuid[], p_ids uuid[], p_uses bigint[], p_last_used_at timestamp with time zone[]) IS 'Adds uses to API keys, a batch at a time, and notes that their members were there.';

CREATE FUNCTION overmind.touch_updated_at() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    new.updated_at := clock_timestamp();
    return new;
end
$$;

COMMENT ON FUNCTION overmind.touch_updated_at() IS 'Trigger: sets updated_at on each update.';

CREATE FUNCTION overmind.unmark_budget(p_budget public.budgets, p_period public.budget_periods) RETURNS public.budget_periods
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    ends constant numeric := case p_budget.on_limit when 'allow_up_to' then p_budget.second_limit else p_budget.limit_amount end;
begin
    if p_period.stopped_at is not null and p_period.used < ends then
        p_period.stopped_at := null;
        perform overmind.enqueue_budget_jobs(p_budget.organization_id, p_budget.id);
    end if;
    if p_period.used < p_budget.limit_amount then
        p_period.reached_at := null;
    end if;
    if p_period.used < p_budget.soft_ratio * p_budget.limit_amount then
        p_period.soft_reached_at := null;
    end if;
    return p_period;
end
$$;

COMMENT ON FUNCTION overmind.unmark_budget(p_budget public.budgets, p_period public.budget_periods) IS 'Takes back the marks of a period that no longer hold, because the limit was raised or the past corrected, and lets what waits go on. The caller holds the row and writes what is returned.';

CREATE FUNCTION overmind.usage_day_hour(p_at timestamp with time zone, p_day date, p_zone text) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN trunc((EXTRACT(epoch FROM (p_at - ((p_day)::timestamp without time zone AT TIME ZONE p_zone))) / (3600)::numeric));

COMMENT ON FUNCTION overmind.usage_day_hour(p_at timestamp with time zone, p_day date, p_zone text) IS 'The hour of a day of a zone that a moment falls into, counted from its midnight: 0 to 24, because a day may have 25.';

CREATE FUNCTION overmind.usage_keys(p_user_id uuid, p_operation text, p_provider text, p_model text, p_project_id uuid, p_workflow_key text, p_api_key_id uuid, p_hour timestamp without time zone, p_day date, p_day_hour numeric) RETURNS overmind.usage_key[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (ARRAY[ROW('organization'::text, 'hour'::text, (p_hour)::date, (EXTRACT(hour FROM p_hour))::smallint, NULL::uuid, NULL::text)::overmind.usage_key, ROW('organization'::text, 'day'::text, p_day, NULL::smallint, NULL::uuid, NULL::text)::overmind.usage_key, ROW('user'::text, 'hour'::text, (p_hour)::date, (EXTRACT(hour FROM p_hour))::smallint, p_user_id, NULL::text)::overmind.usage_key, ROW('user'::text, 'day'::text, p_day, NULL::smallint, p_user_id, NULL::text)::overmind.usage_key] || CASE WHEN (p_provider IS NOT NULL) THEN ARRAY[ROW('organization'::text, 'day_hour'::text, p_day, (p_day_hour)::smallint, NULL::uuid, NULL::text)::overmind.usage_key, ROW('model'::text, 'hour'::text, (p_hour)::date, (EXTRACT(hour FROM p_hour))::smallint, NULL::uuid, ((p_provider || '/'::text) || p_model))::overmind.usage_key, ROW('model'::text, 'day'::text, p_day, NULL::smallint, NULL::uuid, ((p_provider || '/'::text) || p_model))::overmind.usage_key, ROW('operation'::text, 'hour'::text, (p_hour)::date, (EXTRACT(hour FROM p_hour))::smallint, NULL::uuid, p_operation)::overmind.usage_key, ROW('operation'::text, 'day'::text, p_day, NULL::smallint, NULL::uuid, p_operation)::overmind.usage_key, ROW('project'::text, 'hour'::text, (p_hour)::date, (EXTRACT(hour FROM p_hour))::smallint, NULL::uuid, (p_project_id)::text)::overmind.usage_key, ROW('project'::text, 'day'::text, p_day, NULL::smallint, NULL::uuid, (p_project_id)::text)::overmind.usage_key, ROW('workflow'::text, 'hour'::text, (p_hour)::date, (EXTRACT(hour FROM p_hour))::smallint, NULL::uuid, p_workflow_key)::overmind.usage_key, ROW('workflow'::text, 'day'::text, p_day, NULL::smallint, NULL::uuid, p_workflow_key)::overmind.usage_key, ROW('api_key'::text, 'hour'::text, (p_hour)::date, (EXTRACT(hour FROM p_hour))::smallint, NULL::uuid, (p_api_key_id)::text)::overmind.usage_key, ROW('api_key'::text, 'day'::text, p_day, NULL::smallint, NULL::uuid, (p_api_key_id)::text)::overmind.usage_key] ELSE NULL::overmind.usage_key[] END);

COMMENT ON FUNCTION overmind.usage_keys(p_user_id uuid, p_operation text, p_provider text, p_model text, p_project_id uuid, p_workflow_key text, p_api_key_id uuid, p_hour timestamp without time zone, p_day date, p_day_hour numeric) IS 'The keys of usage_totals that a call counts for, or what is no call (p_provider is null): by its hour in UTC, its day in the organization''s zone and the hour of that day.';

CREATE FUNCTION overmind.user_profiles_write() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if new.id is distinct from overmind.user_id() then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'A profile is written by the person whose it is.';
    end if;
    update public.users u
    set name = coalesce(new.display_name, u.name),
        avatar_url = new.avatar_url,
        timezone = coalesce(new.timezone, u.timezone)
    where u.id = new.id;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.user_profiles_write() IS 'Trigger: a profile is a person''s name, picture and time zone.';

CREATE FUNCTION overmind.user_subscriptions_before_insert() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if current_user not in ('authenticated', 'service_role') then
        return new;
    end if;
    if new.user_id = overmind.user_id() and new.organization_id = overmind.org_id() and overmind.org_role() is distinct from 'viewer' and exists (
        select
        from public.user_subscriptions s
        where s.organization_id = new.organization_id
          and s.user_id = new.user_id
          and s.tier_id = new.tier_id
          and s.status = 'active'
    ) then
        return null;
    end if;
    if new.next_tier_id is not null or not exists (select from public.subscription_tiers t where t.id = new.tier_id and t.tier_name = 'free') then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'By a row of one''s own one subscribes to the free tier alone: call overmind.change_tier().';
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.user_subscriptions_before_insert() IS 'Trigger: members write no other subscription than to the free tier, and that once.';

CREATE FUNCTION overmind.users_after_profile() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    update public.organization_members m
    set display_name = case when new.name <> old.name then new.name else m.display_name end,
        avatar_url = new.avatar_url,
        timezone = new.timezone
    where m.user_id = new.id;
    return null;
end
$$;

COMMENT ON FUNCTION overmind.users_after_profile() IS 'Trigger: members see of each other what each says of themselves.';

CREATE FUNCTION overmind.uuid_v7_floor(at timestamp with time zone) RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (rpad(lpad(to_hex((floor((EXTRACT(epoch FROM at) * (1000)::numeric)))::bigint), 12, '0'::text), 32, '0'::text))::uuid;

COMMENT ON FUNCTION overmind.uuid_v7_floor(at timestamp with time zone) IS 'The lowest id of a moment: every UUIDv7 made then or later is at or above it.';

CREATE FUNCTION overmind.verify_email(p_token_hash text) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    update public.users u
    set email_verified = true,
        email_verified_at = clock_timestamp()
    from overmind.take_one_time_token(p_token_hash, 'verify_email') as t
    where u.id = t.user_id
      and lower(u.email) = lower(t.email)
      and u.deleted_at is null
    returning u.id
$$;

COMMENT ON FUNCTION overmind.verify_email(p_token_hash text) IS 'Notes that an address is its person''s; null: the link is not good.';

CREATE FUNCTION overmind.verify_usage(p_limit integer DEFAULT 100) RETURNS TABLE(organization_id uuid, dimension text, grain text, metric_date date, metric_hour smallint, user_id uuid, subject text, currency text, latency_bucket smallint, ledger jsonb, rolled_up jsonb)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_sort TO 'off'
    SET work_mem TO '128MB'
    SET jit TO 'off'
    AS $$
    select
        b.organization_id, b.dimension, b.grain, b.metric_date, b.metric_hour, b.user_id, b.subject, b.currency, b.latency_bucket,
        jsonb_build_object(
            'calls', sum(b.calls) filter (where b.side = 1), 'unpriced_calls', sum(b.unpriced_calls) filter (where b.side = 1),
            'tokens_input', sum(b.tokens_input) filter (where b.side = 1), 'tokens_output', sum(b.tokens_output) filter (where b.side = 1),
            'tokens_cached', sum(b.tokens_cached) filter (where b.side = 1), 'cost', sum(b.cost) filter (where b.side = 1)),
        jsonb_build_object(
            'calls', sum(b.calls) filter (where b.side = -1), 'unpriced_calls', sum(b.unpriced_calls) filter (where b.side = -1),
            'tokens_input', sum(b.tokens_input) filter (where b.side = -1), 'tokens_output', sum(b.tokens_output) filter (where b.side = -1),
            'tokens_cached', sum(b.tokens_cached) filter (where b.side = -1), 'cost', sum(b.cost) filter (where b.side = -1))
    from (
        select 1 as side, o.id as organization_id, l.*
        from public.organizations o
        cross join lateral overmind.ledger_sums(o.id) as l
        union all
        select
            -1, r.organization_id, r.part, r.dimension, r.grain, r.metric_date, r.metric_hour, r.user_id, r.subject, r.currency, r.latency_bucket,
            r.calls, r.unpriced_calls, r.tokens_input, r.tokens_output, r.tokens_cached, r.cost, r.latency_ms, r.timed_calls
        from public.usage_rollups r) as b
    group by b.part, b.organization_id, b.dimension, b.grain, b.metric_date, b.metric_hour, b.user_id, b.subject, b.currency, b.latency_bucket
    having sum(b.side * b.calls) <> 0
        or sum(b.side * b.unpriced_calls) <> 0
        or sum(b.side * b.tokens_input) <> 0
        or sum(b.side * b.tokens_output) <> 0
        or sum(b.side * b.tokens_cached) <> 0
        or sum(b.side * b.cost) <> 0
        or sum(b.side * b.latency_ms) <> 0
        or sum(b.side * b.timed_calls) <> 0
    order by 1, 2, 3, 4, 5, 6, 7, 8, 9
    limit p_limit
$$;

COMMENT ON FUNCTION overmind.verify_usage(p_limit integer) IS 'Where sums of usage are not what the ledger adds up to: the first differences, with both sides; no row when there is none.';

CREATE FUNCTION overmind.wake_run_job(p_run_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    perform from public.workflow_runs r
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and r.status = 'queued'
      and (r.user_id = overmind.user_id() or r.visibility = 'organization' or overmind.org_role() = 'admin');
    if not found then
        return false;
    end if;

    update public.jobs j
    set run_at = clock_timestamp()
    where j.organization_id = overmind.org_id()
      and j.kind = 'run'
      and j.unique_key = p_run_id::text
      and j.status = 'pending'
      and j.run_at > clock_timestamp();
    if not found then
        return false;
    end if;
    perform pg_notify('job_available', 'run');
    return true;
end
$$;

COMMENT ON FUNCTION overmind.wake_run_job(p_run_id uuid) IS 'Makes the job of a run due that waited and has been decided on; false when there is none.';

CREATE FUNCTION overmind.workflow_agents_before_insert() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    select w.created_by into new.created_by
    from public.workflows w
    where w.organization_id = new.organization_id
      and w.id = new.workflow_id;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.workflow_agents_before_insert() IS 'Trigger: whoever made a workflow decides on its agents.';

CREATE FUNCTION overmind.workflow_ratings_after_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    rated       uuid := case when tg_op = 'DELETE' then old.workflow_id else new.workflow_id end;
    tenant      uuid := case when tg_op = 'DELETE' then old.organization_id else new.organization_id end;
    more_sum    integer := 0;
    more_count  integer := 0;
begin
    if tg_op <> 'INSERT' then
        more_sum := more_sum - old.rating;
        more_count := more_count - 1;
    end if;
    if tg_op <> 'DELETE' then
        more_sum := more_sum + new.rating;
        more_count := more_count + 1;
    end if;
    update public.workflows w
    set rating_sum = w.rating_sum + more_sum,
        rating_count = w.rating_count + more_count
    where w.organization_id = tenant
      and w.id = rated;
    return null;
end
$$;

COMMENT ON FUNCTION overmind.workflow_ratings_after_change() IS 'Trigger: keeps rating_sum and rating_count of the rated version.';

CREATE FUNCTION overmind.workflow_runs_after_cancel_request() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform pg_notify('run_cancel', new.id::text);
    return null;
end
$$;

COMMENT ON FUNCTION overmind.workflow_runs_after_cancel_request() IS 'Trigger: wakes the worker of a run that somebody wants to end.';

CREATE FUNCTION overmind.workflow_runs_after_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    update public.workflows w
    set frozen_at = clock_timestamp()
    where w.organization_id = new.organization_id
      and w.id = new.workflow_id
      and w.frozen_at is null;
    return null;
end
$$;

COMMENT ON FUNCTION overmind.workflow_runs_after_insert() IS 'Trigger: a version that a run has used is not a draft any more.';

CREATE FUNCTION overmind.workflow_runs_before_insert() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if new.conversation_id is not null then
        select c.user_id, c.visibility into new.user_id, new.visibility
        from public.conversations c
        where c.organization_id = new.organization_id
          and c.id = new.conversation_id
          and c.deleted_at is null;
        if not found then
            raise exception using
                errcode = 'foreign_key_violation',
                message = format('There is no conversation %s', new.conversation_id),
                table = 'workflow_runs',
                constraint = 'workflow_runs_conversation_fkey';
        end if;
        if new.question_message_id is not null and not exists (
            select from public.messages m
            where m.organization_id = new.organization_id
              and m.id = new.question_message_id
              and m.conversation_id = new.conversation_id)
        then
            raise exception using
                errcode = 'foreign_key_violation',
                message = format('There is no message %s in this conversation', new.question_message_id),
                table = 'workflow_runs',
                constraint = 'workflow_runs_question_fkey';
        end if;
    elsif new.user_id <> overmind.user_id() and overmind.org_role() is distinct from 'admin' then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'A run is started in one''s own name';
    end if;
    return new;
end
$$;

COMMENT ON FUNCTION overmind.workflow_runs_before_insert() IS 'Trigger: a run in a conversation has the conversation''s owner and visibility; one without belongs to whoever starts it.';

CREATE FUNCTION overmind.workflow_runs_usage() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    v_was public.workflow_runs := case when tg_op = 'UPDATE' and old.completed_at is not null then old end;
    v_is  public.workflow_runs := case when new.completed_at is not null then new end;
begin
    insert into public.usage_changes (organization_id, user_id, created_at, queries, n2_triggers, errors, quality_sum, scored)
    values (
        new.organization_id, new.user_id, new.created_at, case when tg_op = 'INSERT' then 1 else 0 end,
        coalesce((v_is.n2_iterations > 1)::integer, 0) - coalesce((v_was.n2_iterations > 1)::integer, 0),
        coalesce((v_is.status = 'failed')::integer, 0) - coalesce((v_was.status = 'failed')::integer, 0),
        coalesce(v_is.best_score::numeric, 0) - coalesce(v_was.best_score::numeric, 0),
        (v_is.best_score is not null)::integer - (v_was.best_score is not null)::integer);
    return null;
end
$$;

COMMENT ON FUNCTION overmind.workflow_runs_usage() IS 'Trigger: counts a run, and how it ended, for its organization and owner.';

CREATE FUNCTION overmind.workflows_before_activation() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    new.frozen_at := coalesce(new.frozen_at, clock_timestamp());
    return new;
end
$$;

COMMENT ON FUNCTION overmind.workflows_before_activation() IS 'Trigger: a version that was active once is not a draft any more.';

CREATE FUNCTION overmind.write_budget_period(p_period public.budget_periods) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    update public.budget_periods p
    set used = p_period.used,
        reserved = p_period.reserved,
        unpriced_calls = p_period.unpriced_calls,
        folded_xid = p_period.folded_xid,
        soft_reached_at = p_period.soft_reached_at,
        reached_at = p_period.reached_at,
        stopped_at = p_period.stopped_at
    where p.organization_id = p_period.organization_id
      and p.budget_id = p_period.budget_id
      and p.subject = p_period.subject
      and p.period_start = p_period.period_start;
end
$$;

COMMENT ON FUNCTION overmind.write_budget_period(p_period public.budget_periods) IS 'Writes a period that the caller holds.';

CREATE FUNCTION public.backfill_step_cost(p_step uuid, p_model text, p_provider text) RETURNS numeric
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
    step  public.run_steps;
    entry public.token_usage;
begin
    select s.* into step
    from public.run_steps s
    where s.organization_id = overmind.org_id() and s.id = p_step
    for no key update;
    if not found then
        raise exception using errcode = 'no_data_found', message = format('There is no step %s', p_step);
    end if;
    if exists (
        select
        from public.token_usage u
        where u.organization_id = step.organization_id and u.run_id = step.run_id and u.step_id = step.id) then
        return step.cost_usd;
    end if;

    entry.organization_id := step.organization_id;
    entry.provider := p_provider;
    entry.model := p_model;
    entry.tokens_input := step.tokens_input;
    entry.tokens_output := step.tokens_output;
    entry.created_at := coalesce(step.started_at, step.created_at);
    select p.cost, p.price_id into entry.cost, entry.price_id from overmind.price_usage(entry) as p;
    insert into public.token_usage (
        user_id, conversation_id, run_id, step_id, attempt, provider, model, status, tokens_input, tokens_output, cost, price_id, outcome,
        latency_ms, metadata, created_at, settled_at)
    select
        step.user_id, r.conversation_id, step.run_id, step.id, step.attempt, p_provider, p_model, 'settled', step.tokens_input,
        step.tokens_output, entry.cost, entry.price_id, case when step.status = 'failed' then 'failed' else 'succeeded' end,
        step.latency_ms, '{"backfilled": true}', entry.created_at, clock_timestamp()
    from public.workflow_runs r
    where r.organization_id = step.organization_id and r.id = step.run_id;

    update public.run_steps s
    set provider = p_provider,
        model = p_model,
        cost_usd = entry.cost
    where s.organization_id = step.organization_id and s.id = step.id;
    perform overmind.sum_runs(step.organization_id, array[step.run_id]);
    return entry.cost;
end
$$;

COMMENT ON FUNCTION public.backfill_step_cost(p_step uuid, p_model text, p_provider text) IS 'Prices a step by its tokens, writes its row of the ledger and adds it to its run''s totals; once: a step that the ledger has is left as it is. Returns the step''s cost in US dollars, not rounded; null when no price is known.';

CREATE FUNCTION public.calculate_token_cost(p_model text, p_input_tokens bigint, p_output_tokens bigint) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    select public.estimate_cost_usd(
        p_model,
        coalesce((
            select p.key
            from public.registry_providers p
            where lower(p_model) ~ p.model_pattern
            order by p.key
            limit 1), 'openai'),
        p_input_tokens, p_output_tokens)
$$;

COMMENT ON FUNCTION public.calculate_token_cost(p_model text, p_input_tokens bigint, p_output_tokens bigint) IS 'As estimate_cost_usd, where the provider is not named: it is the one that the model''s name tells (claude: anthropic, gemini: google; registry_providers.model_pattern), else openai.';

CREATE FUNCTION public.create_monthly_partitions(p_months_ahead integer DEFAULT 3) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select overmind.create_partitions(
        date_trunc('month', clock_timestamp() at time zone 'UTC') at time zone 'UTC' - interval '1 day',
        clock_timestamp() + make_interval(months => least(greatest(p_months_ahead, 0), 120)))
$$;

COMMENT ON FUNCTION public.create_monthly_partitions(p_months_ahead integer) IS 'Keeps the monthly partitions from last month to so many months ahead. May be called at any time and by many at once.';

CREATE FUNCTION public.estimate_cost_usd(p_model text, p_provider text, p_tokens_input bigint, p_tokens_output bigint) RETURNS numeric
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if p_tokens_input < 0 or p_tokens_output < 0 then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('Tokens are 0 or more, not %s and %s', p_tokens_input, p_tokens_output);
    end if;
    return (overmind.price_usage(jsonb_populate_record(null::public.token_usage, jsonb_build_object(
        'organization_id', overmind.org_id(),
        'provider', p_provider,
        'model', p_model,
        'tokens_input', p_tokens_input,
        'tokens_output', p_tokens_output)))).cost;
end
$$;

COMMENT ON FUNCTION public.estimate_cost_usd(p_model text, p_provider text, p_tokens_input bigint, p_tokens_output bigint) IS 'What a call with so many tokens costs now, in US dollars, not rounded; null when no price is known. For the caller''s organization, whose own prices go first.';

CREATE TABLE overmind.audit_hashes (
    id uuid NOT NULL,
    seal_number bigint NOT NULL,
    "position" integer NOT NULL,
    hash bytea NOT NULL,
    removed_at timestamp with time zone
);

COMMENT ON TABLE overmind.audit_hashes IS 'The hash of each sealed row of audit_logs. It stays when the row goes, so that the chain can be verified without it.';

COMMENT ON COLUMN overmind.audit_hashes.id IS 'Of the row in audit_logs.';

COMMENT ON COLUMN overmind.audit_hashes.seal_number IS 'The seal that holds it.';

COMMENT ON COLUMN overmind.audit_hashes."position" IS 'Its place in the seal, from 1.';

COMMENT ON COLUMN overmind.audit_hashes.hash IS 'SHA-256 of the row.';

COMMENT ON COLUMN overmind.audit_hashes.removed_at IS 'When the row was removed because its time to be kept was over; null while it is there.';

CREATE TABLE overmind.audit_seals (
    number bigint NOT NULL,
    row_count integer NOT NULL,
    rows_hash bytea NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    unsealed_since xid8 NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE overmind.audit_seals IS 'The chain of hashes over audit_logs: each seal holds the hashes of the rows that came since the one before. docs/audit.md defines them.';

COMMENT ON COLUMN overmind.audit_seals.number IS 'From 1, without gaps.';

COMMENT ON COLUMN overmind.audit_seals.row_count IS 'How many rows it seals.';

COMMENT ON COLUMN overmind.audit_seals.rows_hash IS 'SHA-256 of their ids and hashes.';

COMMENT ON COLUMN overmind.audit_seals.previous_hash IS 'Hash of the seal before; zeros in the first.';

COMMENT ON COLUMN overmind.audit_seals.hash IS 'SHA-256 of all of this.';

COMMENT ON COLUMN overmind.audit_seals.unsealed_since IS 'Rows of transactions before this one are sealed; the next seal looks from here on.';

COMMENT ON COLUMN overmind.audit_seals.created_at IS 'When it was made.';

CREATE UNLOGGED TABLE overmind.cache_flights (
    organization_id uuid NOT NULL,
    cache_key text NOT NULL,
    holder uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

COMMENT ON TABLE overmind.cache_flights IS 'Calls of models whose answer others wait for, who ask the same at the same time.';

COMMENT ON COLUMN overmind.cache_flights.organization_id IS 'Tenant.';

COMMENT ON COLUMN overmind.cache_flights.cache_key IS 'What is asked.';

COMMENT ON COLUMN overmind.cache_flights.holder IS 'The call that is made.';

COMMENT ON COLUMN overmind.cache_flights.expires_at IS 'By then its caller has renewed this, or is gone, and another one asks.';

CREATE TABLE overmind.data_protection_keys (
    id bigint NOT NULL,
    friendly_name text NOT NULL,
    xml text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE overmind.data_protection_keys IS 'The key ring that protects console cookies, shared by all nodes. Reached through functions for the service alone.';

COMMENT ON COLUMN overmind.data_protection_keys.id IS 'Order in which they were added.';

COMMENT ON COLUMN overmind.data_protection_keys.friendly_name IS 'Name by which the framework knows the key.';

COMMENT ON COLUMN overmind.data_protection_keys.xml IS 'The key, as the framework writes it.';

COMMENT ON COLUMN overmind.data_protection_keys.created_at IS 'When it was made.';

ALTER TABLE overmind.data_protection_keys ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME overmind.data_protection_keys_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE overmind.external_identities (
    issuer text NOT NULL,
    subject text NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE overmind.external_identities IS 'Who persons are at an OpenID provider. Reached through functions for the service alone.';

COMMENT ON COLUMN overmind.external_identities.issuer IS 'The provider, as iss of its tokens.';

COMMENT ON COLUMN overmind.external_identities.subject IS 'The person there, as sub of its tokens.';

COMMENT ON COLUMN overmind.external_identities.user_id IS 'The person here.';

COMMENT ON COLUMN overmind.external_identities.created_at IS 'When they were first seen.';

CREATE TABLE overmind.job_claims (
    lease_token bigint NOT NULL,
    worker text NOT NULL,
    worker_lock bigint NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    kinds text[] NOT NULL,
    job_ids uuid[] NOT NULL
);

COMMENT ON TABLE overmind.job_claims IS 'Jobs that were claimed together, under one lease: a worker renews one row for hundreds of them.';

COMMENT ON COLUMN overmind.job_claims.lease_token IS 'Number of the claim, as its jobs carry it while they are processing.';

COMMENT ON COLUMN overmind.job_claims.worker IS 'Name of the worker: host and process.';

COMMENT ON COLUMN overmind.job_claims.worker_lock IS 'Advisory lock that this worker holds as long as it lives.';

COMMENT ON COLUMN overmind.job_claims.expires_at IS 'When the claim ends unless it is renewed.';

COMMENT ON COLUMN overmind.job_claims.kinds IS 'The kinds of its jobs.';

COMMENT ON COLUMN overmind.job_claims.job_ids IS 'Its jobs, also those that have ended since.';

CREATE SEQUENCE overmind.lease_tokens
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

COMMENT ON SEQUENCE overmind.lease_tokens IS 'Numbers of the claims of jobs.';

CREATE TABLE overmind.migrations (
    version integer NOT NULL,
    module text NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE overmind.migrations IS 'The migrations that this database has had.';

COMMENT ON COLUMN overmind.migrations.version IS 'Number of the migration; they are applied in its order.';

COMMENT ON COLUMN overmind.migrations.module IS 'Module whose tables the migration changes.';

COMMENT ON COLUMN overmind.migrations.name IS 'Name of the file without .sql.';

COMMENT ON COLUMN overmind.migrations.checksum IS 'SHA-256 of the file as it was applied, in hex.';

COMMENT ON COLUMN overmind.migrations.applied_at IS 'When it was applied.';

CREATE TABLE overmind.one_time_tokens (
    token_hash text NOT NULL,
    purpose text NOT NULL,
    email text NOT NULL,
    name text,
    user_id uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

COMMENT ON TABLE overmind.one_time_tokens IS 'What links in mails carry: good once, and for a while. Reached through functions for the service alone.';

COMMENT ON COLUMN overmind.one_time_tokens.token_hash IS 'SHA-256 of the token, in hex.';

COMMENT ON COLUMN overmind.one_time_tokens.purpose IS 'sign_up, verify_email or reset_password.';

COMMENT ON COLUMN overmind.one_time_tokens.email IS 'Where it was sent.';

COMMENT ON COLUMN overmind.one_time_tokens.name IS 'How the person wants to be called, of a sign-up.';

COMMENT ON COLUMN overmind.one_time_tokens.user_id IS 'Whose account it is; null for a sign-up, which has none yet.';

COMMENT ON COLUMN overmind.one_time_tokens.created_at IS 'When it was made.';

COMMENT ON COLUMN overmind.one_time_tokens.expires_at IS 'Until when it is good.';

COMMENT ON COLUMN overmind.one_time_tokens.used_at IS 'When it was used, or a newer one took its place.';

CREATE TABLE overmind.price_catalogue (
    version date NOT NULL,
    loaded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE overmind.price_catalogue IS 'The shipped catalogue of prices that is loaded: one row.';

COMMENT ON COLUMN overmind.price_catalogue.version IS 'Day of which its prices are.';

COMMENT ON COLUMN overmind.price_catalogue.loaded_at IS 'When it was loaded.';

CREATE TABLE overmind.refresh_tokens (
    token_hash text NOT NULL,
    session_id uuid NOT NULL,
    salt bytea,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    used_at timestamp with time zone
);

COMMENT ON TABLE overmind.refresh_tokens IS 'The refresh tokens of sessions, used ones too, so that a stolen one is told by its second use. Reached through functions for the service alone.';

COMMENT ON COLUMN overmind.refresh_tokens.token_hash IS 'SHA-256 of the token, in hex.';

COMMENT ON COLUMN overmind.refresh_tokens.session_id IS 'Its session.';

COMMENT ON COLUMN overmind.refresh_tokens.salt IS 'With it the token''s holder, and nobody else, can be given the successor once more; null until it is used.';

COMMENT ON COLUMN overmind.refresh_tokens.created_at IS 'When it was made.';

COMMENT ON COLUMN overmind.refresh_tokens.used_at IS 'When it was first used; null: it is the session''s current one.';

CREATE TABLE overmind.request_login (
    name text NOT NULL,
    password text NOT NULL
);

COMMENT ON TABLE overmind.request_login IS 'The login that the server uses for requests. Its owner alone reads it; all nodes share it so.';

COMMENT ON COLUMN overmind.request_login.name IS 'Name of the login; one whose database was renamed or restored elsewhere is not used.';

COMMENT ON COLUMN overmind.request_login.password IS 'Its random password.';

CREATE TABLE overmind.routines (
    path text NOT NULL,
    checksum text NOT NULL,
    drops text NOT NULL,
    "position" integer NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE overmind.routines IS 'The files of functions, triggers and views that this database has had, each as last applied.';

COMMENT ON COLUMN overmind.routines.path IS 'Module and file, as in conversations/conversation_stats.sql.';

COMMENT ON COLUMN overmind.routines.checksum IS 'SHA-256 of the file as it was applied, in hex.';

COMMENT ON COLUMN overmind.routines.drops IS 'Statements that take away what the file made.';

COMMENT ON COLUMN overmind.routines."position" IS 'Place in the order of application; dropping goes backwards.';

COMMENT ON COLUMN overmind.routines.applied_at IS 'When it was last applied.';

CREATE TABLE overmind.run_uses (
    id bigint NOT NULL,
    organization_id uuid NOT NULL,
    workflow_id uuid NOT NULL,
    agent_ids uuid[] NOT NULL,
    uses integer DEFAULT 1 NOT NULL,
    score numeric
);

COMMENT ON TABLE overmind.run_uses IS 'Runs that have ended and are not yet counted for their workflow and agents.';

COMMENT ON COLUMN overmind.run_uses.id IS 'Order of insertion.';

COMMENT ON COLUMN overmind.run_uses.organization_id IS 'Tenant.';

COMMENT ON COLUMN overmind.run_uses.workflow_id IS 'The version that was used.';

COMMENT ON COLUMN overmind.run_uses.agent_ids IS 'The agents that took part.';

COMMENT ON COLUMN overmind.run_uses.uses IS '1; 0 for a run that was taken up again, which was counted when it first ended.';

COMMENT ON COLUMN overmind.run_uses.score IS 'The score of the runs answer; null: it has none.';

ALTER TABLE overmind.run_uses ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME overmind.run_uses_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE overmind.signing_keys (
    id uuid NOT NULL,
    public_key jsonb NOT NULL,
    secret bytea NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    retired_at timestamp with time zone
);

COMMENT ON TABLE overmind.signing_keys IS 'The keys that sign access tokens. Reached through functions for the service alone.';

COMMENT ON COLUMN overmind.signing_keys.id IS 'Identity: a UUIDv7; the kid of tokens and of the key set.';

COMMENT ON COLUMN overmind.signing_keys.public_key IS 'The public half, as RFC 7517 has it.';

COMMENT ON COLUMN overmind.signing_keys.secret IS 'The private half (PKCS #8 in base64), encrypted with a key that is not in the database.';

COMMENT ON COLUMN overmind.signing_keys.created_at IS 'When it was made; the newest signs.';

COMMENT ON COLUMN overmind.signing_keys.retired_at IS 'When a newer one took its place: what it signed stays good until it expires.';

CREATE TABLE public.agent_configurations (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    goal text NOT NULL,
    backstory text NOT NULL,
    output_format text DEFAULT 'sim_4_lines'::text NOT NULL,
    llm_provider text,
    llm_model text,
    temperature double precision DEFAULT 0.7 NOT NULL,
    max_tokens integer DEFAULT 500 NOT NULL,
    allow_delegation boolean DEFAULT false NOT NULL,
    "verbose" boolean DEFAULT false NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    is_public boolean DEFAULT false NOT NULL,
    usage_count bigint DEFAULT 0 NOT NULL,
    avg_quality_score double precision,
    origin_key text,
    origin_version integer,
    created_by uuid DEFAULT overmind.user_id(),
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    deleted_at timestamp with time zone,
    output_schema jsonb,
    quality_sum numeric DEFAULT 0 NOT NULL,
    quality_count bigint DEFAULT 0 NOT NULL,
    customized_at timestamp with time zone,
    CONSTRAINT agent_configurations_avg_quality_score_range CHECK (((avg_quality_score >= (0)::double precision) AND (avg_quality_score <= (10)::double precision))),
    CONSTRAINT agent_configurations_key_shape CHECK ((key ~ '^[a-z0-9][a-z0-9_-]{0,99}$'::text)),
    CONSTRAINT agent_configurations_max_tokens_positive CHECK ((max_tokens > 0)),
    CONSTRAINT agent_configurations_model_whole CHECK (((llm_provider IS NULL) = (llm_model IS NULL))),
    CONSTRAINT agent_configurations_name_length CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT agent_configurations_origin_whole CHECK (((origin_key IS NULL) = (origin_version IS NULL))),
    CONSTRAINT agent_configurations_output_format_known CHECK ((output_format = ANY (ARRAY['sim_4_lines'::text, 'json'::text, 'markdown'::text]))),
    CONSTRAINT agent_configurations_output_schema_for_json CHECK (((output_schema IS NULL) OR (output_format = 'json'::text))),
    CONSTRAINT agent_configurations_output_schema_object CHECK ((jsonb_typeof(output_schema) = 'object'::text)),
    CONSTRAINT agent_configurations_quality_count_not_negative CHECK ((quality_count >= 0)),
    CONSTRAINT agent_configurations_role_length CHECK (((length(role) >= 1) AND (length(role) <= 255))),
    CONSTRAINT agent_configurations_settings_object CHECK ((jsonb_typeof(settings) = 'object'::text)),
    CONSTRAINT agent_configurations_temperature_range CHECK (((temperature >= (0)::double precision) AND (temperature <= (2)::double precision))),
    CONSTRAINT agent_configurations_usage_count_not_negative CHECK ((usage_count >= 0))
);

COMMENT ON TABLE public.agent_configurations IS 'An agent: who it is, what it is after and how it answers.';

COMMENT ON COLUMN public.agent_configurations.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.agent_configurations.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.agent_configurations.key IS 'Short name, unique while not deleted.';

COMMENT ON COLUMN public.agent_configurations.name IS 'Name shown to people.';

COMMENT ON COLUMN public.agent_configurations.role IS 'What it is in a team.';

COMMENT ON COLUMN public.agent_configurations.goal IS 'What it is after.';

COMMENT ON COLUMN public.agent_configurations.backstory IS 'Who it is; the beginning of its prompt.';

COMMENT ON COLUMN public.agent_configurations.output_format IS 'sim_4_lines (four numbered lines), json or markdown.';

COMMENT ON COLUMN public.agent_configurations.llm_provider IS 'Provider of its model; null: the runs.';

COMMENT ON COLUMN public.agent_configurations.llm_model IS 'Its model; null: the runs.';

COMMENT ON COLUMN public.agent_configurations.temperature IS 'How free its wording is, 0 to 2.';

COMMENT ON COLUMN public.agent_configurations.max_tokens IS 'Longest answer, in tokens.';

COMMENT ON COLUMN public.agent_configurations.allow_delegation IS 'Whether it may hand work on.';

COMMENT ON COLUMN public.agent_configurations."verbose" IS 'Whether it explains itself.';

COMMENT ON COLUMN public.agent_configurations.settings IS 'Further settings, as a JSON object.';

COMMENT ON COLUMN public.agent_configurations.is_active IS 'Whether new runs use it.';

COMMENT ON COLUMN public.agent_configurations.is_public IS 'Whether it may be shown outside the organization.';

COMMENT ON COLUMN public.agent_configurations.usage_count IS 'Runs it took part in.';

COMMENT ON COLUMN public.agent_configurations.avg_quality_score IS 'Mean score of their answers, 0 to 10.';

COMMENT ON COLUMN public.agent_configurations.origin_key IS 'Name of the system agent it is a copy of; null for ones own.';

COMMENT ON COLUMN public.agent_configurations.origin_version IS 'Version of that agent.';

COMMENT ON COLUMN public.agent_configurations.created_by IS 'Member who made it; null: it came with the product.';

COMMENT ON COLUMN public.agent_configurations.created_at IS 'When it was made.';

COMMENT ON COLUMN public.agent_configurations.updated_at IS 'When it was last changed; kept by a trigger.';

COMMENT ON COLUMN public.agent_configurations.deleted_at IS 'When it was deleted; null while it is not.';

COMMENT ON COLUMN public.agent_configurations.output_schema IS 'JSON Schema that its answers are held to; for the format json alone. Null: any object or array.';

COMMENT ON COLUMN public.agent_configurations.quality_sum IS 'Sum of the best scores of the runs it took part in.';

COMMENT ON COLUMN public.agent_configurations.quality_count IS 'How many of these runs were scored.';

COMMENT ON COLUMN public.agent_configurations.customized_at IS 'When the organization last reworded its copy, which is not upgraded from then on; null: it never did.';

CREATE TABLE public.run_steps (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    run_id uuid NOT NULL,
    user_id uuid NOT NULL,
    visibility text NOT NULL,
    step_key text NOT NULL,
    iteration integer DEFAULT 1 NOT NULL,
    phase text DEFAULT 'agent'::text NOT NULL,
    agent_id uuid,
    agent_key text,
    agent_name text,
    provider text,
    model text,
    status text DEFAULT 'running'::text NOT NULL,
    attempt integer DEFAULT 1 NOT NULL,
    is_sent_back boolean DEFAULT false NOT NULL,
    output text,
    error_message text,
    tokens_input bigint DEFAULT 0 NOT NULL,
    tokens_output bigint DEFAULT 0 NOT NULL,
    cost_usd numeric DEFAULT 0,
    is_estimated boolean DEFAULT false NOT NULL,
    latency_ms integer,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    started_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    completed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    delegation jsonb,
    prompt jsonb,
    error_code text,
    cache text,
    CONSTRAINT run_steps_attempt_positive CHECK ((attempt > 0)),
    CONSTRAINT run_steps_cache_known CHECK ((cache = ANY (ARRAY['exact'::text, 'semantic'::text]))),
    CONSTRAINT run_steps_cost_usd_not_negative CHECK (((cost_usd >= (0)::numeric) AND (cost_usd < 'Infinity'::numeric))),
    CONSTRAINT run_steps_delegation_object CHECK ((jsonb_typeof(delegation) = 'object'::text)),
    CONSTRAINT run_steps_error_code_of_failed CHECK (((error_code IS NULL) OR (status = 'failed'::text))),
    CONSTRAINT run_steps_iteration_positive CHECK ((iteration > 0)),
    CONSTRAINT run_steps_latency_ms_not_negative CHECK ((latency_ms >= 0)),
    CONSTRAINT run_steps_metadata_object CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT run_steps_phase_known CHECK ((phase = ANY (ARRAY['agent'::text, 'delegate'::text, 'observe'::text, 'distil'::text, 'assemble'::text, 'inspect'::text]))),
    CONSTRAINT run_steps_prompt_array CHECK ((jsonb_typeof(prompt) = 'array'::text)),
    CONSTRAINT run_steps_status_known CHECK ((status = ANY (ARRAY['running'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text]))),
    CONSTRAINT run_steps_tokens_not_negative CHECK (((tokens_input >= 0) AND (tokens_output >= 0))),
    CONSTRAINT run_steps_visibility_known CHECK ((visibility = ANY (ARRAY['private'::text, 'organization'::text])))
)
WITH (fillfactor='80');

COMMENT ON TABLE public.run_steps IS 'One call to a model in a run. Trying again is another attempt on the same row.';

COMMENT ON COLUMN public.run_steps.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.run_steps.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.run_steps.run_id IS 'The run.';

COMMENT ON COLUMN public.run_steps.user_id IS 'Owner of the run; copied by a trigger.';

COMMENT ON COLUMN public.run_steps.visibility IS 'That of the run; copied by a trigger.';

COMMENT ON COLUMN public.run_steps.step_key IS 'Its name in the run, as in 2/agent:creative.';

COMMENT ON COLUMN public.run_steps.iteration IS 'Iteration, from 1.';

COMMENT ON COLUMN public.run_steps.phase IS 'agent, delegate (an agent answers the sub-question of another), observe, distil, assemble or inspect.';

COMMENT ON COLUMN public.run_steps.agent_id IS 'The agent, in the phases agent and delegate.';

COMMENT ON COLUMN public.run_steps.agent_key IS 'Its short name then.';

COMMENT ON COLUMN public.run_steps.agent_name IS 'Its name then.';

COMMENT ON COLUMN public.run_steps.provider IS 'Provider of the model.';

COMMENT ON COLUMN public.run_steps.model IS 'The model.';

COMMENT ON COLUMN public.run_steps.status IS 'running, succeeded, failed or cancelled.';

COMMENT ON COLUMN public.run_steps.attempt IS 'Attempts so far.';

COMMENT ON COLUMN public.run_steps.is_sent_back IS 'Whether the answer was sent back for its format.';

COMMENT ON COLUMN public.run_steps.output IS 'What the model answered.';

COMMENT ON COLUMN public.run_steps.error_message IS 'Why it failed.';

COMMENT ON COLUMN public.run_steps.tokens_input IS 'Tokens of the prompts of all attempts.';

COMMENT ON COLUMN public.run_steps.tokens_output IS 'Tokens of the answers of all attempts.';

COMMENT ON COLUMN public.run_steps.cost_usd IS 'Cost in US dollars of all attempts; null when a part of it is unknown.';

COMMENT ON COLUMN public.run_steps.is_estimated IS 'Whether part of the tokens is an estimate.';

COMMENT ON COLUMN public.run_steps.latency_ms IS 'Time of the last attempt, in milliseconds.';

COMMENT ON COLUMN public.run_steps.metadata IS 'What else is known of it, as a JSON object.';

COMMENT ON COLUMN public.run_steps.started_at IS 'When the last attempt began.';

COMMENT ON COLUMN public.run_steps.completed_at IS 'When it ended.';

COMMENT ON COLUMN public.run_steps.created_at IS 'When it was made.';

COMMENT ON COLUMN public.run_steps.updated_at IS 'When it was last changed; kept by a trigger.';

COMMENT ON COLUMN public.run_steps.delegation IS 'What the agent handed on, as a JSON object: to (another agents key), question; null for nothing.';

COMMENT ON COLUMN public.run_steps.prompt IS 'What the model was last sent, as a JSON array of role, content; kept for agents that are verbose.';

COMMENT ON COLUMN public.run_steps.error_code IS 'Which failure of a model call it was, a word of the error catalogue; null: none, or one that is not known more precisely.';

COMMENT ON COLUMN public.run_steps.cache IS 'How the last answer was found in the response cache: exact or semantic; null: the model was asked.';

CREATE TABLE public.workflow_runs (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    user_id uuid DEFAULT overmind.user_id() NOT NULL,
    visibility text DEFAULT 'private'::text NOT NULL,
    workflow_id uuid,
    workflow_version integer,
    conversation_id uuid,
    question_message_id uuid,
    answer_message_id uuid,
    status text DEFAULT 'queued'::text NOT NULL,
    snapshot jsonb,
    quality_threshold double precision,
    max_n2_iterations integer,
    cost_cap_usd numeric,
    deadline_at timestamp with time zone,
    n2_iterations integer DEFAULT 0 NOT NULL,
    best_iteration integer,
    best_score double precision,
    termination_reason text,
    error_code text,
    error_message text,
    tokens_input bigint DEFAULT 0 NOT NULL,
    tokens_output bigint DEFAULT 0 NOT NULL,
    cost_usd numeric DEFAULT 0,
    is_offline boolean DEFAULT false NOT NULL,
    last_sequence bigint DEFAULT '-1'::integer NOT NULL,
    lease_token bigint DEFAULT 0 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    last_retry_at timestamp with time zone,
    cancel_requested_at timestamp with time zone,
    started_at timestamp with time zone,
    completed_at timestamp with time zone,
    latency_ms bigint,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    approve_from_iteration integer,
    approve_above_usd numeric,
    waiting jsonb,
    approvals jsonb DEFAULT '[]'::jsonb NOT NULL,
    take_count integer DEFAULT 0 NOT NULL,
    api_key_id uuid DEFAULT (overmind.request_origin('api_key_id'::text))::uuid,
    trace_id text DEFAULT overmind.request_origin('request_id'::text),
    is_scheduled boolean DEFAULT COALESCE((overmind.request_origin('is_scheduled'::text))::boolean, false) NOT NULL,
    CONSTRAINT workflow_runs_approvals_array CHECK ((jsonb_typeof(approvals) = 'array'::text)),
    CONSTRAINT workflow_runs_approve_above_usd_positive CHECK (((approve_above_usd > (0)::numeric) AND (approve_above_usd < 'Infinity'::numeric))),
    CONSTRAINT workflow_runs_approve_from_iteration_range CHECK (((approve_from_iteration >= 1) AND (approve_from_iteration <= 20))),
    CONSTRAINT workflow_runs_best_iteration_positive CHECK ((best_iteration > 0)),
    CONSTRAINT workflow_runs_best_score_range CHECK (((best_score >= (0)::double precision) AND (best_score <= (10)::double precision))),
    CONSTRAINT workflow_runs_completed_at_when_ended CHECK (((status = ANY (ARRAY['succeeded'::text, 'failed'::text, 'cancelled'::text])) = (completed_at IS NOT NULL))),
    CONSTRAINT workflow_runs_cost_cap_usd_positive CHECK (((cost_cap_usd > (0)::numeric) AND (cost_cap_usd < 'Infinity'::numeric))),
    CONSTRAINT workflow_runs_cost_usd_not_negative CHECK (((cost_usd >= (0)::numeric) AND (cost_usd < 'Infinity'::numeric))),
    CONSTRAINT workflow_runs_max_n2_iterations_range CHECK (((max_n2_iterations >= 1) AND (max_n2_iterations <= 20))),
    CONSTRAINT workflow_runs_metadata_object CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT workflow_runs_n2_iterations_not_negative CHECK ((n2_iterations >= 0)),
    CONSTRAINT workflow_runs_quality_threshold_range CHECK (((quality_threshold >= (0)::double precision) AND (quality_threshold <= (10)::double precision))),
    CONSTRAINT workflow_runs_retry_count_not_negative CHECK ((retry_count >= 0)),
    CONSTRAINT workflow_runs_status_known CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'waiting'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text]))),
    CONSTRAINT workflow_runs_take_count_not_negative CHECK ((take_count >= 0)),
    CONSTRAINT workflow_runs_termination_reason_known CHECK ((termination_reason = ANY (ARRAY['threshold'::text, 'max_iterations'::text, 'plateau'::text, 'cost_cap'::text, 'deadline'::text, 'cancelled'::text, 'unscored'::text, 'failed'::text]))),
    CONSTRAINT workflow_runs_tokens_not_negative CHECK (((tokens_input >= 0) AND (tokens_output >= 0))),
    CONSTRAINT workflow_runs_visibility_known CHECK ((visibility = ANY (ARRAY['private'::text, 'organization'::text]))),
    CONSTRAINT workflow_runs_waiting_object CHECK ((jsonb_typeof(waiting) = 'object'::text))
)
WITH (fillfactor='70');

COMMENT ON TABLE public.workflow_runs IS 'One answer in the making: a question, the workflow that works on it, and what came of it.';

COMMENT ON COLUMN public.workflow_runs.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.workflow_runs.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.workflow_runs.user_id IS 'Owner: the conversations, where there is one.';

COMMENT ON COLUMN public.workflow_runs.visibility IS 'private or organization: the conversations, where there is one.';

COMMENT ON COLUMN public.workflow_runs.workflow_id IS 'The workflow.';

COMMENT ON COLUMN public.workflow_runs.workflow_version IS 'Its version.';

COMMENT ON COLUMN public.workflow_runs.conversation_id IS 'Conversation of the question; null for none.';

COMMENT ON COLUMN public.workflow_runs.question_message_id IS 'The question.';

COMMENT ON COLUMN public.workflow_runs.answer_message_id IS 'The answer; given beforehand, written when there is one.';

COMMENT ON COLUMN public.workflow_runs.status IS 'queued, running, waiting (for an approval), succeeded, failed or cancelled.';

COMMENT ON COLUMN public.workflow_runs.snapshot IS 'All that the run uses, agents and prompts included: what is edited meanwhile does not change it.';

COMMENT ON COLUMN public.workflow_runs.quality_threshold IS 'Score at which the answer is good enough, 0 to 10.';

COMMENT ON COLUMN public.workflow_runs.max_n2_iterations IS 'Most iterations.';

COMMENT ON COLUMN public.workflow_runs.cost_cap_usd IS 'Most that it may cost; null: no limit.';

COMMENT ON COLUMN public.workflow_runs.deadline_at IS 'When it ends at the latest; null: no limit.';

COMMENT ON COLUMN public.workflow_runs.n2_iterations IS 'Iterations so far.';

COMMENT ON COLUMN public.workflow_runs.best_iteration IS 'Iteration of the best answer so far.';

COMMENT ON COLUMN public.workflow_runs.best_score IS 'Score of that answer, 0 to 10.';

COMMENT ON COLUMN public.workflow_runs.termination_reason IS 'threshold, max_iterations, plateau, cost_cap, deadline, cancelled, unscored or failed; null until it has ended.';

COMMENT ON COLUMN public.workflow_runs.error_code IS 'Why it failed, as a code of docs/errors.md.';

COMMENT ON COLUMN public.workflow_runs.error_message IS 'Why it failed, in words.';

COMMENT ON COLUMN public.workflow_runs.tokens_input IS 'Tokens of all prompts.';

COMMENT ON COLUMN public.workflow_runs.tokens_output IS 'Tokens of all answers.';

COMMENT ON COLUMN public.workflow_runs.cost_usd IS 'Cost in US dollars, not rounded; null when a part of it is unknown.';

COMMENT ON COLUMN public.workflow_runs.is_offline IS 'Whether the offline model took part.';

COMMENT ON COLUMN public.workflow_runs.last_sequence IS 'Number of the newest event; -1 before the first.';

COMMENT ON COLUMN public.workflow_runs.lease_token IS 'Number of the claim that may write; older ones are refused.';

COMMENT ON COLUMN public.workflow_runs.retry_count IS 'How often somebody had it go on after it had failed or was cancelled.';

COMMENT ON COLUMN public.workflow_runs.last_retry_at IS 'When that was last.';

COMMENT ON COLUMN public.workflow_runs.cancel_requested_at IS 'When somebody wanted it to end.';

COMMENT ON COLUMN public.workflow_runs.started_at IS 'When a worker first took it up.';

COMMENT ON COLUMN public.workflow_runs.completed_at IS 'When it ended.';

COMMENT ON COLUMN public.workflow_runs.latency_ms IS 'From the question to the end, in milliseconds.';

COMMENT ON COLUMN public.workflow_runs.metadata IS 'What else is known of it, as a JSON object.';

COMMENT ON COLUMN public.workflow_runs.created_at IS 'When it was made.';

COMMENT ON COLUMN public.workflow_runs.updated_at IS 'When it was last changed; kept by a trigger.';

COMMENT ON COLUMN public.workflow_runs.approve_from_iteration IS 'Each iteration from this one on waits for an approval; null: none does.';

COMMENT ON COLUMN public.workflow_runs.approve_above_usd IS 'An iteration that may bring the cost above this waits for an approval; null: none does.';

COMMENT ON COLUMN public.workflow_runs.waiting IS 'For what it waits, as a JSON object: iteration, reason, cost_usd, estimated_cost_usd, repair_directive, since; null while it does not.';

COMMENT ON COLUMN public.workflow_runs.approvals IS 'What was decided, as a JSON array of iteration, decision, note, directive, user_id, decided_at.';

COMMENT ON COLUMN public.workflow_runs.take_count IS 'How often a worker took it up.';

COMMENT ON COLUMN public.workflow_runs.api_key_id IS 'API key that asked; null: none did.';

COMMENT ON COLUMN public.workflow_runs.trace_id IS 'Request that asked, as X-Request-Id names it: its trace where the caller sent one.';

COMMENT ON COLUMN public.workflow_runs.is_scheduled IS 'Whether the job of a schedule asked.';

CREATE VIEW public.agent_events WITH (security_invoker='true') AS
 SELECT s.organization_id,
    s.id,
    r.conversation_id,
    r.question_message_id AS message_id,
    s.agent_id,
        CASE s.status
            WHEN 'running'::text THEN 'started'::text
            WHEN 'succeeded'::text THEN 'completed'::text
            ELSE 'failed'::text
        END AS event_type,
    s.iteration,
    s.output,
    s.error_message,
    (s.tokens_input + s.tokens_output) AS tokens_used,
    s.latency_ms,
    s.metadata,
    COALESCE(s.completed_at, s.started_at) AS created_at
   FROM (public.run_steps s
     JOIN public.workflow_runs r ON (((r.organization_id = s.organization_id) AND (r.id = s.run_id))))
  WHERE (s.phase = 'agent'::text);

COMMENT ON VIEW public.agent_events IS 'What each agent did in a run: one row a step of the phase agent.';

COMMENT ON COLUMN public.agent_events.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.agent_events.id IS 'The step.';

COMMENT ON COLUMN public.agent_events.conversation_id IS 'Conversation of the run; null for a run without one.';

COMMENT ON COLUMN public.agent_events.message_id IS 'The question that the run answers.';

COMMENT ON COLUMN public.agent_events.agent_id IS 'The agent; null when it was deleted since.';

COMMENT ON COLUMN public.agent_events.event_type IS 'started, completed or failed.';

COMMENT ON COLUMN public.agent_events.iteration IS 'Iteration of the run, from 1.';

COMMENT ON COLUMN public.agent_events.output IS 'What the agent answered.';

COMMENT ON COLUMN public.agent_events.error_message IS 'Why it failed.';

COMMENT ON COLUMN public.agent_events.tokens_used IS 'Tokens in and out, of all attempts.';

COMMENT ON COLUMN public.agent_events.latency_ms IS 'Time of the last attempt, in milliseconds.';

COMMENT ON COLUMN public.agent_events.metadata IS 'What else is known of the step.';

COMMENT ON COLUMN public.agent_events.created_at IS 'When it ended, or began while it runs.';

CREATE TABLE public.ai_response_cache (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    user_id uuid DEFAULT overmind.user_id(),
    visibility text DEFAULT 'organization'::text NOT NULL,
    cache_key text NOT NULL,
    prompt_hash text,
    scope_hash text,
    question text,
    provider text,
    model text NOT NULL,
    quality_tier text DEFAULT 'production'::text NOT NULL,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    response_content text NOT NULL,
    response jsonb,
    tokens_used bigint,
    tokens_input bigint,
    tokens_output bigint,
    cost numeric,
    ledger_id uuid,
    embedding public.vector,
    embedding_model_provider text,
    embedding_model_name text,
    embedding_dimensions integer,
    hit_count bigint DEFAULT 0 NOT NULL,
    last_hit_at timestamp with time zone,
    expires_at timestamp with time zone DEFAULT (clock_timestamp() + '1 day'::interval) NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT ai_response_cache_cache_key_length CHECK (((length(cache_key) >= 1) AND (length(cache_key) <= 500))),
    CONSTRAINT ai_response_cache_cost_not_negative CHECK (((cost >= (0)::numeric) AND (cost < 'Infinity'::numeric))),
    CONSTRAINT ai_response_cache_embedding_described CHECK (((embedding IS NULL) OR ((embedding_model_name IS NOT NULL) AND (NOT (embedding_dimensions IS DISTINCT FROM public.vector_dims(embedding)))))),
    CONSTRAINT ai_response_cache_hit_count_not_negative CHECK ((hit_count >= 0)),
    CONSTRAINT ai_response_cache_quality_tier_length CHECK (((length(quality_tier) >= 1) AND (length(quality_tier) <= 64))),
    CONSTRAINT ai_response_cache_question_when_embedded CHECK (((embedding IS NULL) OR (question IS NOT NULL))),
    CONSTRAINT ai_response_cache_response_object CHECK ((jsonb_typeof(response) = 'object'::text)),
    CONSTRAINT ai_response_cache_tags_few CHECK ((cardinality(tags) <= 16)),
    CONSTRAINT ai_response_cache_tokens_not_negative CHECK (((tokens_used >= 0) AND (tokens_input >= 0) AND (tokens_output >= 0))),
    CONSTRAINT ai_response_cache_visibility_known CHECK ((visibility = ANY (ARRAY['private'::text, 'organization'::text])))
)
WITH (fillfactor='80');
ALTER TABLE ONLY public.ai_response_cache ALTER COLUMN embedding SET STORAGE MAIN;

COMMENT ON TABLE public.ai_response_cache IS 'Answers of models that may be given again to the same question, or to a similar one.';

COMMENT ON COLUMN public.ai_response_cache.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.ai_response_cache.id IS 'Identity.';

COMMENT ON COLUMN public.ai_response_cache.user_id IS 'The member whose call it was.';

COMMENT ON COLUMN public.ai_response_cache.visibility IS 'Who reads the row: private, its member and admins, as all that the server writes, for the answer may be of a private conversation; organization, every member.';

COMMENT ON COLUMN public.ai_response_cache.cache_key IS 'What is asked, exactly: SHA-256 of the request with all that may change the answer. SQL clients choose their own keys.';

COMMENT ON COLUMN public.ai_response_cache.prompt_hash IS 'Digest of the question alone.';

COMMENT ON COLUMN public.ai_response_cache.scope_hash IS 'SHA-256 of the request without the question''s words: answers of similar questions are looked for among rows of the same scope. Null: found by its key alone.';

COMMENT ON COLUMN public.ai_response_cache.question IS 'The question''s words, of rows that are found by similar ones.';

COMMENT ON COLUMN public.ai_response_cache.provider IS 'Provider of the model.';

COMMENT ON COLUMN public.ai_response_cache.model IS 'The model that answered.';

COMMENT ON COLUMN public.ai_response_cache.quality_tier IS 'What the answer is good for; found by those who ask for the same.';

COMMENT ON COLUMN public.ai_response_cache.tags IS 'By which it can be invalidated.';

COMMENT ON COLUMN public.ai_response_cache.response_content IS 'The answer''s text.';

COMMENT ON COLUMN public.ai_response_cache.response IS 'The answer as it came: its pieces in order, tool calls among them, and how it finished. Null for rows of SQL clients.';

COMMENT ON COLUMN public.ai_response_cache.tokens_used IS 'Tokens that the call used, and that each hit saves.';

COMMENT ON COLUMN public.ai_response_cache.tokens_input IS 'Those of the prompt.';

COMMENT ON COLUMN public.ai_response_cache.tokens_output IS 'Those of the answer.';

COMMENT ON COLUMN public.ai_response_cache.cost IS 'What the call cost, in US dollars, and each hit saves; null: unknown.';

COMMENT ON COLUMN public.ai_response_cache.ledger_id IS 'Row of the ledger of the call that the answer is of.';

COMMENT ON COLUMN public.ai_response_cache.embedding IS 'Vector of the question''s words; null: found by its key alone.';

COMMENT ON COLUMN public.ai_response_cache.embedding_model_provider IS 'Provider of the model that made the vector.';

COMMENT ON COLUMN public.ai_response_cache.embedding_model_name IS 'Model that made the vector; vectors of different models are not compared.';

COMMENT ON COLUMN public.ai_response_cache.embedding_dimensions IS 'Length of the vector.';

COMMENT ON COLUMN public.ai_response_cache.hit_count IS 'How often it was given. Hits of the last second are in cache_lookups and not counted here yet.';

COMMENT ON COLUMN public.ai_response_cache.last_hit_at IS 'When it was last given.';

COMMENT ON COLUMN public.ai_response_cache.expires_at IS 'From then on it is not given any more; it is deleted a little later.';

COMMENT ON COLUMN public.ai_response_cache.created_at IS 'When the answer was stored.';

CREATE TABLE public.api_keys (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    user_id uuid DEFAULT overmind.user_id() NOT NULL,
    name text NOT NULL,
    key_hash text NOT NULL,
    key_prefix text NOT NULL,
    scopes jsonb DEFAULT '["read"]'::jsonb NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    usage_count bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    revoked_at timestamp with time zone,
    replaces uuid,
    rotated_at timestamp with time zone,
    CONSTRAINT api_keys_key_hash_shape CHECK ((key_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT api_keys_key_prefix_length CHECK (((length(key_prefix) >= 8) AND (length(key_prefix) <= 20))),
    CONSTRAINT api_keys_name_length CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT api_keys_replaces_another CHECK ((replaces <> id)),
    CONSTRAINT api_keys_rotated_expires CHECK (((rotated_at IS NULL) OR (expires_at IS NOT NULL))),
    CONSTRAINT api_keys_scopes_array CHECK ((jsonb_typeof(scopes) = 'array'::text)),
    CONSTRAINT api_keys_scopes_known CHECK (((jsonb_typeof(scopes) <> 'array'::text) OR (NOT jsonb_path_exists(scopes, '$[*]?(@.type() != "string" || !(@ like_regex "^([a-z]+(_[a-z]+)*\\.)?(read|write|run|admin)$"))'::jsonpath)))),
    CONSTRAINT api_keys_usage_count_not_negative CHECK ((usage_count >= 0))
);

COMMENT ON TABLE public.api_keys IS 'A key for programs. The secret is shown once; its SHA-256 stays.';

COMMENT ON COLUMN public.api_keys.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.api_keys.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.api_keys.user_id IS 'The member in whose name it acts.';

COMMENT ON COLUMN public.api_keys.name IS 'What it is for, in the members words.';

COMMENT ON COLUMN public.api_keys.key_hash IS 'SHA-256 of the secret, in hex.';

COMMENT ON COLUMN public.api_keys.key_prefix IS 'Beginning of the key, to recognize it by.';

COMMENT ON COLUMN public.api_keys.scopes IS 'What it may do, as a JSON array: read, write, run, admin, or one of them for a module, as jobs.read. What this version does not know grants nothing.';

COMMENT ON COLUMN public.api_keys.is_active IS 'False: switched off.';

COMMENT ON COLUMN public.api_keys.expires_at IS 'When it ends; null: never. That of a key that was rotated is the end of its grace period.';

COMMENT ON COLUMN public.api_keys.last_used_at IS 'When it was last used, to within a minute.';

COMMENT ON COLUMN public.api_keys.usage_count IS 'How often it was used, written in batches.';

COMMENT ON COLUMN public.api_keys.created_at IS 'When it was made.';

COMMENT ON COLUMN public.api_keys.updated_at IS 'When it was last changed; kept by a trigger.';

COMMENT ON COLUMN public.api_keys.revoked_at IS 'When it was revoked; null while it is not.';

COMMENT ON COLUMN public.api_keys.replaces IS 'The key that this one was made from by rotating it; null: none.';

COMMENT ON COLUMN public.api_keys.rotated_at IS 'When it was rotated: another key replaces it, and it ends at expires_at. Null while it was not.';

CREATE TABLE public.audit_details (
    organization_id uuid DEFAULT overmind.org_id(),
    id uuid NOT NULL,
    ip_address inet,
    user_agent text,
    personal jsonb DEFAULT '{}'::jsonb NOT NULL,
    salt bytea NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT audit_details_personal_object CHECK ((jsonb_typeof(personal) = 'object'::text)),
    CONSTRAINT audit_details_user_agent_length CHECK ((length(user_agent) <= 500))
)
PARTITION BY RANGE (id);

COMMENT ON TABLE public.audit_details IS 'What in an audit log tells who a person is or where they were. Apart, so that it can be erased: the log keeps the digest.';

COMMENT ON COLUMN public.audit_details.organization_id IS 'Tenant, as in audit_logs.';

COMMENT ON COLUMN public.audit_details.id IS 'Of the row in audit_logs.';

COMMENT ON COLUMN public.audit_details.ip_address IS 'Where the request came from.';

COMMENT ON COLUMN public.audit_details.user_agent IS 'What sent it, as it calls itself.';

COMMENT ON COLUMN public.audit_details.personal IS 'What else identifies, as the address that a sign-in was tried with.';

COMMENT ON COLUMN public.audit_details.salt IS 'Random, so that nobody finds erased fields by trying.';

COMMENT ON COLUMN public.audit_details.created_at IS 'When it was written.';

CREATE VIEW public.audit_log WITH (security_invoker='true') AS
 SELECT l.organization_id,
    l.id,
    l.user_id AS actor_id,
    l.event_type,
    l.action,
    l.resource_type,
    l.resource_id,
    l.status,
    l.old_values,
    l.new_values,
    d.ip_address,
    d.user_agent,
    l.created_at
   FROM (public.audit_logs l
     LEFT JOIN public.audit_details d ON ((d.id = l.id)));

COMMENT ON VIEW public.audit_log IS 'The audit log with where each act came from, for admins.';

COMMENT ON COLUMN public.audit_log.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.audit_log.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.audit_log.actor_id IS 'The member who did it.';

COMMENT ON COLUMN public.audit_log.event_type IS 'What happened, as api_key.created.';

COMMENT ON COLUMN public.audit_log.action IS 'create, read, update, delete, execute, login or logout.';

COMMENT ON COLUMN public.audit_log.resource_type IS 'What it was done to.';

COMMENT ON COLUMN public.audit_log.resource_id IS 'Which one.';

COMMENT ON COLUMN public.audit_log.status IS 'success or failure.';

COMMENT ON COLUMN public.audit_log.old_values IS 'What was changed, as it was.';

COMMENT ON COLUMN public.audit_log.new_values IS 'The same as it is since.';

COMMENT ON COLUMN public.audit_log.ip_address IS 'Where the request came from; null when it was erased.';

COMMENT ON COLUMN public.audit_log.user_agent IS 'What sent it; null when it was erased.';

COMMENT ON COLUMN public.audit_log.created_at IS 'When it was done.';

CREATE TABLE public.budget_changes (
    organization_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    dimension text NOT NULL,
    subject text NOT NULL,
    period_start timestamp with time zone NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    used numeric NOT NULL,
    reserved numeric NOT NULL,
    unpriced_calls integer NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='20000', autovacuum_vacuum_insert_threshold='-1', autovacuum_vacuum_cost_delay='0', autovacuum_analyze_scale_factor='0', autovacuum_analyze_threshold='1000000');

ALTER TABLE ONLY public.budget_changes REPLICA IDENTITY FULL;

COMMENT ON TABLE public.budget_changes IS 'What settled calls add to the use of a budget and free of it, and is not in budget_periods yet: appended without a wait, and folded by whoever reserves next.';

COMMENT ON COLUMN public.budget_changes.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.budget_changes.budget_id IS 'The budget.';

COMMENT ON COLUMN public.budget_changes.dimension IS 'Its dimension.';

COMMENT ON COLUMN public.budget_changes.subject IS 'Of whose use, as in budget_periods.';

COMMENT ON COLUMN public.budget_changes.period_start IS 'Of which period.';

COMMENT ON COLUMN public.budget_changes.xid IS 'The transaction that wrote it: who folds begins at those that had not ended the last time, past what is left of older ones.';

COMMENT ON COLUMN public.budget_changes.used IS 'What was used, more or, negative, less.';

COMMENT ON COLUMN public.budget_changes.reserved IS 'What is held, more or less.';

COMMENT ON COLUMN public.budget_changes.unpriced_calls IS 'Calls without a known cost, more or less.';

COMMENT ON COLUMN public.budget_changes.created_at IS 'When it was written.';

CREATE TABLE public.budget_holds (
    organization_id uuid NOT NULL,
    ledger_id uuid NOT NULL,
    budget_id uuid NOT NULL,
    subject text NOT NULL,
    period_start timestamp with time zone NOT NULL,
    amount numeric NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT budget_holds_amount_not_negative CHECK ((amount >= (0)::numeric))
);

COMMENT ON TABLE public.budget_holds IS 'What a reserved call of the ledger holds of each budget it concerns, until it is settled.';

COMMENT ON COLUMN public.budget_holds.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.budget_holds.ledger_id IS 'The call: its row of token_usage.';

COMMENT ON COLUMN public.budget_holds.budget_id IS 'The budget.';

COMMENT ON COLUMN public.budget_holds.subject IS 'Of whose use, as in budget_periods.';

COMMENT ON COLUMN public.budget_holds.period_start IS 'Of which period: the one in which it was reserved.';

COMMENT ON COLUMN public.budget_holds.amount IS 'What it may use at most, in the budget''s unit.';

COMMENT ON COLUMN public.budget_holds.created_at IS 'When the call was reserved.';

CREATE VIEW public.budget_usage WITH (security_invoker='true') AS
 SELECT b.organization_id,
    b.id AS budget_id,
    COALESCE(u.subject, b.subject, ''::text) AS subject,
    t.period_start,
    t.period_end,
    COALESCE(u.used, (0)::numeric) AS used,
    GREATEST(COALESCE(u.reserved, (0)::numeric), (0)::numeric) AS reserved,
    (COALESCE(u.unpriced_calls, (0)::numeric))::bigint AS unpriced_calls,
    u.soft_reached_at,
    u.reached_at,
    u.stopped_at
   FROM (((public.budgets b
     JOIN public.organizations o ON ((o.id = b.organization_id)))
     CROSS JOIN LATERAL overmind.budget_period(o.timezone, b.period, statement_timestamp()) t(period_start, period_end))
     LEFT JOIN LATERAL ( SELECT k.subject,
            sum(k.used) AS used,
            sum(k.reserved) AS reserved,
            sum(k.unpriced_calls) AS unpriced_calls,
            max(k.soft_reached_at) AS soft_reached_at,
            max(k.reached_at) AS reached_at,
            max(k.stopped_at) AS stopped_at
           FROM ( SELECT p.subject,
                    p.used,
                    p.reserved,
                    p.unpriced_calls,
                    p.soft_reached_at,
                    p.reached_at,
                    p.stopped_at
                   FROM public.budget_periods p
                  WHERE ((p.organization_id = b.organization_id) AND (p.budget_id = b.id) AND (p.period_start = t.period_start))
                UNION ALL
                 SELECT c.subject,
                    c.used,
                    c.reserved,
                    c.unpriced_calls,
                    NULL::timestamp with time zone AS soft_reached_at,
                    NULL::timestamp with time zone AS reached_at,
                    NULL::timestamp with time zone AS stopped_at
                   FROM public.budget_changes c
                  WHERE ((c.organization_id = b.organization_id) AND (c.budget_id = b.id) AND (c.period_start = t.period_start))) k
          GROUP BY k.subject) u ON (true))
  WHERE ((u.subject IS NOT NULL) OR (b.subject IS NOT NULL) OR (b.dimension = 'organization'::text));

COMMENT ON VIEW public.budget_usage IS 'What of each budget is used and held in the period that is now, by subject, as far as the caller may see it.';

COMMENT ON COLUMN public.budget_usage.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.budget_usage.budget_id IS 'The budget.';

COMMENT ON COLUMN public.budget_usage.subject IS 'Whose use it is; empty: the organization''s.';

COMMENT ON COLUMN public.budget_usage.period_start IS 'When the period began.';

COMMENT ON COLUMN public.budget_usage.period_end IS 'When it ends.';

COMMENT ON COLUMN public.budget_usage.used IS 'What settled calls used, in the budget''s unit.';

COMMENT ON COLUMN public.budget_usage.reserved IS 'What calls that are under way may use at most.';

COMMENT ON COLUMN public.budget_usage.unpriced_calls IS 'Settled calls of which nobody knows what they cost.';

COMMENT ON COLUMN public.budget_usage.soft_reached_at IS 'When soft_ratio of the limit was used.';

COMMENT ON COLUMN public.budget_usage.reached_at IS 'When the limit was reached.';

COMMENT ON COLUMN public.budget_usage.stopped_at IS 'When calls began to be refused.';

CREATE TABLE public.cache_lookups (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid NOT NULL,
    user_id uuid DEFAULT overmind.user_id(),
    kind text NOT NULL,
    entry_id uuid,
    similarity double precision,
    provider text NOT NULL,
    model text NOT NULL,
    tokens_saved bigint DEFAULT 0 NOT NULL,
    cost_saved numeric,
    is_counted boolean DEFAULT false NOT NULL,
    reported_at timestamp with time zone,
    reported_by uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT cache_lookups_cost_saved_not_negative CHECK (((cost_saved >= (0)::numeric) AND (cost_saved < 'Infinity'::numeric))),
    CONSTRAINT cache_lookups_entry_when_hit CHECK (((kind = 'miss'::text) = (entry_id IS NULL))),
    CONSTRAINT cache_lookups_kind_known CHECK ((kind = ANY (ARRAY['miss'::text, 'exact'::text, 'semantic'::text]))),
    CONSTRAINT cache_lookups_reported_when_hit CHECK (((reported_at IS NULL) OR (kind <> 'miss'::text))),
    CONSTRAINT cache_lookups_similarity_when_semantic CHECK (((kind = 'semantic'::text) = (similarity IS NOT NULL))),
    CONSTRAINT cache_lookups_tokens_saved_not_negative CHECK ((tokens_saved >= 0))
);

COMMENT ON TABLE public.cache_lookups IS 'Look-ups in ai_response_cache: what was found, and what it saved. Written with the call''s row of the ledger, and not changed but for a report that the answer was wrong.';

COMMENT ON COLUMN public.cache_lookups.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.cache_lookups.id IS 'Identity: that of the call''s row of the ledger.';

COMMENT ON COLUMN public.cache_lookups.user_id IS 'The member whose work it was.';

COMMENT ON COLUMN public.cache_lookups.kind IS 'miss: the model was asked; exact: an answer to the same request was given; semantic: one to a similar question.';

COMMENT ON COLUMN public.cache_lookups.entry_id IS 'The answer that was given; it may be gone since.';

COMMENT ON COLUMN public.cache_lookups.similarity IS 'How near the questions were, by cosine; of semantic hits.';

COMMENT ON COLUMN public.cache_lookups.provider IS 'Provider of the model that was meant.';

COMMENT ON COLUMN public.cache_lookups.model IS 'The model.';

COMMENT ON COLUMN public.cache_lookups.tokens_saved IS 'Tokens that the call would have used.';

COMMENT ON COLUMN public.cache_lookups.cost_saved IS 'What it would have cost, in US dollars; null: nothing, or nobody knows.';

COMMENT ON COLUMN public.cache_lookups.is_counted IS 'Whether ai_response_cache.hit_count has it.';

COMMENT ON COLUMN public.cache_lookups.reported_at IS 'When somebody reported that the answer was wrong; null: nobody has.';

COMMENT ON COLUMN public.cache_lookups.reported_by IS 'Who did.';

COMMENT ON COLUMN public.cache_lookups.created_at IS 'When it was.';

CREATE VIEW public.conversation_stats AS
SELECT
    NULL::uuid AS id,
    NULL::uuid AS user_id,
    NULL::uuid AS organization_id,
    NULL::text AS title,
    NULL::integer AS message_count,
    NULL::timestamp with time zone AS last_activity_at,
    NULL::bigint AS actual_message_count,
    NULL::double precision AS avg_quality_score,
    NULL::bigint AS total_tokens,
    NULL::numeric AS avg_latency_ms,
    NULL::integer AS max_n2_iterations;

COMMENT ON VIEW public.conversation_stats IS 'One row a conversation that is not deleted: counts, quality, tokens and latency of its messages.';

COMMENT ON COLUMN public.conversation_stats.id IS 'The conversation.';

COMMENT ON COLUMN public.conversation_stats.user_id IS 'Its owner.';

COMMENT ON COLUMN public.conversation_stats.organization_id IS 'Its organization.';

COMMENT ON COLUMN public.conversation_stats.title IS 'Its title.';

COMMENT ON COLUMN public.conversation_stats.message_count IS 'Messages as counted on the conversation; equal to actual_message_count.';

COMMENT ON COLUMN public.conversation_stats.last_activity_at IS 'When the last message was added.';

COMMENT ON COLUMN public.conversation_stats.actual_message_count IS 'Messages as counted now, without the deleted ones.';

COMMENT ON COLUMN public.conversation_stats.avg_quality_score IS 'Mean score of the answers, 0 to 10; null when none is scored.';

COMMENT ON COLUMN public.conversation_stats.total_tokens IS 'Tokens that the answers took; null when none is known.';

COMMENT ON COLUMN public.conversation_stats.avg_latency_ms IS 'Mean time of the answers, in milliseconds.';

COMMENT ON COLUMN public.conversation_stats.max_n2_iterations IS 'Most iterations that an answer took.';

CREATE VIEW public.conversation_usage WITH (security_invoker='true') AS
 SELECT u.organization_id,
    u.conversation_id,
    count(*) AS calls,
    sum(u.tokens_input) AS tokens_input,
    sum(u.tokens_output) AS tokens_output,
    COALESCE(sum(u.cost), (0)::numeric) AS cost_usd,
    count(*) FILTER (WHERE (u.cost IS NULL)) AS unpriced_calls,
    max(u.settled_at) AS last_call_at
   FROM public.token_usage u
  WHERE ((u.status = 'settled'::text) AND (u.outcome IS DISTINCT FROM 'blocked'::text) AND (u.conversation_id IS NOT NULL))
  GROUP BY u.organization_id, u.conversation_id;

COMMENT ON VIEW public.conversation_usage IS 'What the calls of a conversation used and cost, by the ledger, as far as the caller may see it.';

COMMENT ON COLUMN public.conversation_usage.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.conversation_usage.conversation_id IS 'The conversation.';

COMMENT ON COLUMN public.conversation_usage.calls IS 'Calls that have ended.';

COMMENT ON COLUMN public.conversation_usage.tokens_input IS 'Tokens of their prompts.';

COMMENT ON COLUMN public.conversation_usage.tokens_output IS 'Tokens of their answers.';

COMMENT ON COLUMN public.conversation_usage.cost_usd IS 'Cost in US dollars of those whose price is known, not rounded.';

COMMENT ON COLUMN public.conversation_usage.unpriced_calls IS 'Those whose price is not known: their cost is not in it.';

COMMENT ON COLUMN public.conversation_usage.last_call_at IS 'When the last one ended.';

CREATE TABLE public.conversations (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    user_id uuid DEFAULT overmind.user_id() NOT NULL,
    visibility text DEFAULT 'private'::text NOT NULL,
    project_id uuid,
    title text DEFAULT 'New Conversation'::text NOT NULL,
    workflow_id uuid,
    quality_threshold double precision,
    max_n2_iterations integer,
    cost_cap_usd numeric,
    model_provider text,
    model_name text,
    max_context_tokens integer,
    auto_prune boolean DEFAULT false NOT NULL,
    prune_strategy text DEFAULT 'fifo'::text NOT NULL,
    prune_margin_ratio double precision DEFAULT 0.90 NOT NULL,
    rolling_tokens bigint DEFAULT 0 NOT NULL,
    last_pruned_at timestamp with time zone,
    status text DEFAULT 'active'::text NOT NULL,
    is_archived boolean DEFAULT false NOT NULL,
    message_count integer DEFAULT 0 NOT NULL,
    last_seq bigint DEFAULT 0 NOT NULL,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    folder text,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    embedding public.vector,
    embedding_model_provider text,
    embedding_model_name text,
    embedding_dimensions integer,
    last_activity_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    deleted_at timestamp with time zone,
    approve_from_iteration integer,
    approve_above_usd numeric,
    CONSTRAINT conversations_approve_above_usd_positive CHECK (((approve_above_usd > (0)::numeric) AND (approve_above_usd < 'Infinity'::numeric))),
    CONSTRAINT conversations_approve_from_iteration_range CHECK (((approve_from_iteration >= 1) AND (approve_from_iteration <= 20))),
    CONSTRAINT conversations_archived_when_archived CHECK ((is_archived = (status = 'archived'::text))),
    CONSTRAINT conversations_cost_cap_usd_positive CHECK (((cost_cap_usd > (0)::numeric) AND (cost_cap_usd < 'Infinity'::numeric))),
    CONSTRAINT conversations_deleted_at_when_deleted CHECK (((status = 'deleted'::text) = (deleted_at IS NOT NULL))),
    CONSTRAINT conversations_embedding_described CHECK (((embedding IS NULL) OR ((embedding_model_name IS NOT NULL) AND (NOT (embedding_dimensions IS DISTINCT FROM public.vector_dims(embedding)))))),
    CONSTRAINT conversations_folder_length CHECK (((length(folder) >= 1) AND (length(folder) <= 255))),
    CONSTRAINT conversations_last_seq_not_negative CHECK ((last_seq >= 0)),
    CONSTRAINT conversations_max_context_tokens_positive CHECK ((max_context_tokens > 0)),
    CONSTRAINT conversations_max_n2_iterations_range CHECK (((max_n2_iterations >= 1) AND (max_n2_iterations <= 20))),
    CONSTRAINT conversations_message_count_not_negative CHECK ((message_count >= 0)),
    CONSTRAINT conversations_metadata_object CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT conversations_prune_margin_ratio_range CHECK (((prune_margin_ratio > (0)::double precision) AND (prune_margin_ratio <= (1)::double precision))),
    CONSTRAINT conversations_prune_strategy_known CHECK ((prune_strategy = ANY (ARRAY['fifo'::text, 'sliding_window'::text, 'summarize'::text, 'hybrid'::text]))),
    CONSTRAINT conversations_quality_threshold_range CHECK (((quality_threshold >= (0)::double precision) AND (quality_threshold <= (10)::double precision))),
    CONSTRAINT conversations_rolling_tokens_not_negative CHECK ((rolling_tokens >= 0)),
    CONSTRAINT conversations_status_known CHECK ((status = ANY (ARRAY['active'::text, 'archived'::text, 'deleted'::text]))),
    CONSTRAINT conversations_title_length CHECK (((length(title) >= 1) AND (length(title) <= 500))),
    CONSTRAINT conversations_visibility_known CHECK ((visibility = ANY (ARRAY['private'::text, 'organization'::text])))
)
WITH (fillfactor='80');

COMMENT ON TABLE public.conversations IS 'A conversation of a person with the product.';

COMMENT ON COLUMN public.conversations.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.conversations.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.conversations.user_id IS 'Owner.';

COMMENT ON COLUMN public.conversations.visibility IS 'private (owner and admins see it) or organization; its messages, runs and steps follow.';

COMMENT ON COLUMN public.conversations.project_id IS 'Project it belongs to.';

COMMENT ON COLUMN public.conversations.title IS 'Its title; made from the first question unless given.';

COMMENT ON COLUMN public.conversations.workflow_id IS 'Workflow that answers; null: General Problem Solving.';

COMMENT ON COLUMN public.conversations.quality_threshold IS 'Score at which an answer is good enough, 0 to 10; null: the workflows.';

COMMENT ON COLUMN public.conversations.max_n2_iterations IS 'Most iterations of an answer; null: the workflows.';

COMMENT ON COLUMN public.conversations.cost_cap_usd IS 'Most that one answer may cost; null: the workflows.';

COMMENT ON COLUMN public.conversations.model_provider IS 'Provider of the model that answers; null: the workflows.';

COMMENT ON COLUMN public.conversations.model_name IS 'The model; null: the workflows.';

COMMENT ON COLUMN public.conversations.max_context_tokens IS 'Size of the context window; null: the models.';

COMMENT ON COLUMN public.conversations.auto_prune IS 'Whether messages leave the window by themselves when it is full.';

COMMENT ON COLUMN public.conversations.prune_strategy IS 'fifo, sliding_window, summarize or hybrid.';

COMMENT ON COLUMN public.conversations.prune_margin_ratio IS 'Share of the window at which it is pruned.';

COMMENT ON COLUMN public.conversations.rolling_tokens IS 'Tokens of the messages in the window.';

COMMENT ON COLUMN public.conversations.last_pruned_at IS 'When it was last pruned.';

COMMENT ON COLUMN public.conversations.status IS 'active, archived or deleted.';

COMMENT ON COLUMN public.conversations.is_archived IS 'Whether status is archived; either may be written.';

COMMENT ON COLUMN public.conversations.message_count IS 'Messages that are not deleted; kept by triggers.';

COMMENT ON COLUMN public.conversations.last_seq IS 'Number of the newest message; kept by a trigger.';

COMMENT ON COLUMN public.conversations.tags IS 'Words to find it by.';

COMMENT ON COLUMN public.conversations.folder IS 'Folder it is shown in.';

COMMENT ON COLUMN public.conversations.metadata IS 'What else is known of it, as a JSON object.';

COMMENT ON COLUMN public.conversations.embedding IS 'Vector of the text; null until it is made.';

COMMENT ON COLUMN public.conversations.embedding_model_provider IS 'Provider of the model that made the vector.';

COMMENT ON COLUMN public.conversations.embedding_model_name IS 'Model that made the vector; vectors of different models are not compared.';

COMMENT ON COLUMN public.conversations.embedding_dimensions IS 'Length of the vector.';

COMMENT ON COLUMN public.conversations.last_activity_at IS 'When the last message was added.';

COMMENT ON COLUMN public.conversations.created_at IS 'When it was made.';

COMMENT ON COLUMN public.conversations.updated_at IS 'When it was last changed; kept by a trigger.';

COMMENT ON COLUMN public.conversations.deleted_at IS 'When it was deleted; set exactly when status is deleted.';

COMMENT ON COLUMN public.conversations.approve_from_iteration IS 'Iteration from which on its runs wait for an approval; null: the workflows.';

COMMENT ON COLUMN public.conversations.approve_above_usd IS 'Cost in US dollars above which its runs wait for an approval; null: the workflows.';

CREATE VIEW public.episode_schedule_queue WITH (security_invoker='true') AS
 SELECT j.id,
    ((j.payload ->> 'project_id'::text))::uuid AS project_id,
    j.organization_id,
    j.run_at AS scheduled_for,
    j.picked_up_at,
    j.completed_at,
    j.attempt_count,
    j.last_error,
    j.last_attempt_at,
    j.status,
    ((j.result ->> 'episode_id'::text))::uuid AS episode_id,
    j.metadata,
    j.created_at
   FROM public.jobs j
  WHERE (j.kind = 'episode.generate'::text);

COMMENT ON VIEW public.episode_schedule_queue IS 'The jobs that make episodes. Rows can be inserted and changed; a job is made or changed by it.';

COMMENT ON COLUMN public.episode_schedule_queue.id IS 'The job.';

COMMENT ON COLUMN public.episode_schedule_queue.project_id IS 'The project whose episode is to be made.';

COMMENT ON COLUMN public.episode_schedule_queue.organization_id IS 'Its tenant.';

COMMENT ON COLUMN public.episode_schedule_queue.scheduled_for IS 'Not before this time.';

COMMENT ON COLUMN public.episode_schedule_queue.picked_up_at IS 'When it was first claimed.';

COMMENT ON COLUMN public.episode_schedule_queue.completed_at IS 'When it ended, well or not.';

COMMENT ON COLUMN public.episode_schedule_queue.attempt_count IS 'Attempts so far.';

COMMENT ON COLUMN public.episode_schedule_queue.last_error IS 'What went wrong last.';

COMMENT ON COLUMN public.episode_schedule_queue.last_attempt_at IS 'When it was last claimed.';

COMMENT ON COLUMN public.episode_schedule_queue.status IS 'pending, processing, completed, failed, cancelled or blocked.';

COMMENT ON COLUMN public.episode_schedule_queue.episode_id IS 'The episode that came of it.';

COMMENT ON COLUMN public.episode_schedule_queue.metadata IS 'What else is known of it: user_timezone and user_local_time among it.';

COMMENT ON COLUMN public.episode_schedule_queue.created_at IS 'When it was made.';

CREATE TABLE public.exchange_rates (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    currency text NOT NULL,
    valid_from date NOT NULL,
    rate numeric NOT NULL,
    created_by uuid DEFAULT overmind.user_id(),
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT exchange_rates_currency_shape CHECK (((currency ~ '^[A-Z]{3}$'::text) AND (currency <> 'USD'::text))),
    CONSTRAINT exchange_rates_rate_range CHECK (((rate >= 0.000001) AND (rate <= (1000000000)::numeric))),
    CONSTRAINT exchange_rates_valid_from_finite CHECK (isfinite(valid_from))
);

COMMENT ON TABLE public.exchange_rates IS 'What one US dollar is worth in other currencies, as an organization reckons. Costs are kept in US dollars; budgets and reports may be in another currency.';

COMMENT ON COLUMN public.exchange_rates.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.exchange_rates.id IS 'Identity.';

COMMENT ON COLUMN public.exchange_rates.currency IS 'The other currency, by ISO 4217.';

COMMENT ON COLUMN public.exchange_rates.valid_from IS 'The organization''s day from which on it holds, until the next one of that currency.';

COMMENT ON COLUMN public.exchange_rates.rate IS 'Units of that currency for one US dollar.';

COMMENT ON COLUMN public.exchange_rates.created_by IS 'Who set it.';

COMMENT ON COLUMN public.exchange_rates.created_at IS 'When it was set.';

COMMENT ON COLUMN public.exchange_rates.updated_at IS 'When it was last changed; kept by a trigger.';

CREATE TABLE public.idempotency_keys (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    user_id uuid DEFAULT overmind.user_id() NOT NULL,
    route text NOT NULL,
    key text NOT NULL,
    request_hash text NOT NULL,
    resource_id uuid NOT NULL,
    locked_until timestamp with time zone DEFAULT (clock_timestamp() + '00:00:15'::interval) NOT NULL,
    response_status integer,
    response_location text,
    response_body text,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT idempotency_keys_key_length CHECK (((length(key) >= 1) AND (length(key) <= 255))),
    CONSTRAINT idempotency_keys_request_hash_shape CHECK ((request_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT idempotency_keys_response_status_success CHECK (((response_status >= 200) AND (response_status <= 299))),
    CONSTRAINT idempotency_keys_response_whole CHECK (((response_status IS NULL) = (response_body IS NULL))),
    CONSTRAINT idempotency_keys_route_length CHECK (((length(route) >= 1) AND (length(route) <= 255)))
);

COMMENT ON TABLE public.idempotency_keys IS 'Idempotency keys of POST requests: what the first request made and answered, kept for 24 hours.';

COMMENT ON COLUMN public.idempotency_keys.organization_id IS 'The tenant.';

COMMENT ON COLUMN public.idempotency_keys.id IS 'Identity.';

COMMENT ON COLUMN public.idempotency_keys.user_id IS 'Whose key: the member behind the API key of the request.';

COMMENT ON COLUMN public.idempotency_keys.route IS 'The route''s pattern, as /v1/conversations/{conversation_id}/runs.';

COMMENT ON COLUMN public.idempotency_keys.key IS 'What the client sent as Idempotency-Key.';

COMMENT ON COLUMN public.idempotency_keys.request_hash IS 'SHA-256 of path and body, in hex: another request with the same key is refused.';

COMMENT ON COLUMN public.idempotency_keys.resource_id IS 'The id of what the request makes, given beforehand, so that a repeat after a crash finds it.';

COMMENT ON COLUMN public.idempotency_keys.locked_until IS 'Until then the first request counts as running; after it a repeat takes over.';

COMMENT ON COLUMN public.idempotency_keys.response_status IS 'HTTP status of the answer; null while there is none.';

COMMENT ON COLUMN public.idempotency_keys.response_location IS 'Its Location header.';

COMMENT ON COLUMN public.idempotency_keys.response_body IS 'Its body, JSON.';

COMMENT ON COLUMN public.idempotency_keys.created_at IS 'When the key was first used; 24 hours later it is free again.';

CREATE TABLE public.invitations (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    invited_by uuid DEFAULT overmind.user_id() NOT NULL,
    email text NOT NULL,
    role text DEFAULT 'user'::text NOT NULL,
    token_hash text,
    status text DEFAULT 'pending'::text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    accepted_by uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT invitations_accepted_whole CHECK (((status = 'accepted'::text) = ((accepted_at IS NOT NULL) AND (accepted_by IS NOT NULL)))),
    CONSTRAINT invitations_email_shape CHECK (((email ~ '^[^@\s]+@[^@\s]+$'::text) AND (length(email) <= 255))),
    CONSTRAINT invitations_role_known CHECK ((role = ANY (ARRAY['admin'::text, 'user'::text, 'viewer'::text]))),
    CONSTRAINT invitations_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'accepted'::text, 'expired'::text, 'cancelled'::text])))
);

COMMENT ON TABLE public.invitations IS 'Who was asked to join an organization, by mail. Whoever manages members sees and writes them.';

COMMENT ON COLUMN public.invitations.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.invitations.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.invitations.invited_by IS 'Who asked.';

COMMENT ON COLUMN public.invitations.email IS 'Whom: the address the link was sent to.';

COMMENT ON COLUMN public.invitations.role IS 'What they will be: admin, user or viewer.';

COMMENT ON COLUMN public.invitations.token_hash IS 'SHA-256 of the secret in the link, in hex; null until the mail is sent. No request role reads it.';

COMMENT ON COLUMN public.invitations.status IS 'pending, accepted, expired or cancelled.';

COMMENT ON COLUMN public.invitations.expires_at IS 'Until when the link is good.';

COMMENT ON COLUMN public.invitations.accepted_at IS 'When they joined.';

COMMENT ON COLUMN public.invitations.accepted_by IS 'The member they became.';

COMMENT ON COLUMN public.invitations.created_at IS 'When it was made.';

COMMENT ON COLUMN public.invitations.updated_at IS 'When it was last changed; kept by a trigger.';

CREATE TABLE public.messages (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    visibility text NOT NULL,
    seq bigint NOT NULL,
    parent_message_id uuid,
    session_id uuid,
    channel_id uuid,
    run_id uuid,
    sender_user_id uuid,
    sender_agent_id uuid,
    role text NOT NULL,
    content text NOT NULL,
    content_parts jsonb,
    version text DEFAULT '1.0.0'::text NOT NULL,
    edited boolean DEFAULT false NOT NULL,
    edited_at timestamp with time zone,
    model_used text,
    quality_score double precision,
    n2_iterations integer,
    tokens_used integer,
    window_tokens integer,
    latency_ms integer,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    context jsonb DEFAULT '{}'::jsonb NOT NULL,
    tools jsonb,
    memory_refs uuid[],
    state_snapshot_id uuid,
    audit jsonb,
    moderation_status text,
    moderation_flags jsonb DEFAULT '[]'::jsonb NOT NULL,
    moderated_at timestamp with time zone,
    embedding public.vector,
    embedding_model_provider text,
    embedding_model_name text,
    embedding_dimensions integer,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT messages_content_parts_typed CHECK (((content_parts IS NULL) OR COALESCE(((jsonb_typeof(content_parts) = 'object'::text) AND ((content_parts ->> 'type'::text) = ANY (ARRAY['text'::text, 'structured'::text, 'multimodal'::text, 'tool_result'::text]))), false))),
    CONSTRAINT messages_context_object CHECK ((jsonb_typeof(context) = 'object'::text)),
    CONSTRAINT messages_embedding_described CHECK (((embedding IS NULL) OR ((embedding_model_name IS NOT NULL) AND (NOT (embedding_dimensions IS DISTINCT FROM public.vector_dims(embedding)))))),
    CONSTRAINT messages_latency_ms_not_negative CHECK ((latency_ms >= 0)),
    CONSTRAINT messages_metadata_object CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT messages_moderation_flags_array CHECK ((jsonb_typeof(moderation_flags) = 'array'::text)),
    CONSTRAINT messages_moderation_status_known CHECK ((moderation_status = ANY (ARRAY['pending'::text, 'approved'::text, 'flagged'::text, 'blocked'::text]))),
    CONSTRAINT messages_n2_iterations_not_negative CHECK ((n2_iterations >= 0)),
    CONSTRAINT messages_quality_score_range CHECK (((quality_score >= (0)::double precision) AND (quality_score <= (10)::double precision))),
    CONSTRAINT messages_role_known CHECK ((role = ANY (ARRAY['system'::text, 'user'::text, 'assistant'::text, 'tool'::text]))),
    CONSTRAINT messages_tokens_used_not_negative CHECK ((tokens_used >= 0)),
    CONSTRAINT messages_version_length CHECK ((length(version) <= 10)),
    CONSTRAINT messages_visibility_known CHECK ((visibility = ANY (ARRAY['private'::text, 'organization'::text]))),
    CONSTRAINT messages_window_tokens_not_negative CHECK ((window_tokens >= 0))
);

COMMENT ON TABLE public.messages IS 'What was said in a conversation, in order.';

COMMENT ON COLUMN public.messages.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.messages.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.messages.conversation_id IS 'The conversation.';

COMMENT ON COLUMN public.messages.user_id IS 'Owner of the conversation; copied by a trigger.';

COMMENT ON COLUMN public.messages.visibility IS 'That of the conversation; copied by a trigger.';

COMMENT ON COLUMN public.messages.seq IS 'Place in the conversation, from 1 without gaps; given by a trigger.';

COMMENT ON COLUMN public.messages.parent_message_id IS 'Message it answers or replaces.';

COMMENT ON COLUMN public.messages.session_id IS 'Session in which it was said.';

COMMENT ON COLUMN public.messages.channel_id IS 'Channel through which it came.';

COMMENT ON COLUMN public.messages.run_id IS 'Run that it started or that made it.';

COMMENT ON COLUMN public.messages.sender_user_id IS 'Member who sent it; the caller for a question unless given.';

COMMENT ON COLUMN public.messages.sender_agent_id IS 'Agent who sent it.';

COMMENT ON COLUMN public.messages.role IS 'system, user, assistant or tool.';

COMMENT ON COLUMN public.messages.content IS 'Its text, which is searched.';

COMMENT ON COLUMN public.messages.content_parts IS 'What is more than text, as JSON with type text, structured, multimodal or tool_result.';

COMMENT ON COLUMN public.messages.version IS 'Version of the messages format.';

COMMENT ON COLUMN public.messages.edited IS 'Whether it was changed.';

COMMENT ON COLUMN public.messages.edited_at IS 'When it was last changed.';

COMMENT ON COLUMN public.messages.model_used IS 'Model that made it.';

COMMENT ON COLUMN public.messages.quality_score IS 'Score of the answer, 0 to 10; null: not scored.';

COMMENT ON COLUMN public.messages.n2_iterations IS 'Iterations it took.';

COMMENT ON COLUMN public.messages.tokens_used IS 'Tokens that making it took.';

COMMENT ON COLUMN public.messages.window_tokens IS 'Tokens it takes in a context window.';

COMMENT ON COLUMN public.messages.latency_ms IS 'How long it took, in milliseconds.';

COMMENT ON COLUMN public.messages.metadata IS 'What else is known of it, as a JSON object.';

COMMENT ON COLUMN public.messages.context IS 'Context in which it was said, as a JSON object.';

COMMENT ON COLUMN public.messages.tools IS 'Tools that were offered or called.';

COMMENT ON COLUMN public.messages.memory_refs IS 'Memories that it used.';

COMMENT ON COLUMN public.messages.state_snapshot_id IS 'State of the agent when it was said.';

COMMENT ON COLUMN public.messages.audit IS 'Where it came from, for audits.';

COMMENT ON COLUMN public.messages.moderation_status IS 'pending, approved, flagged or blocked; null: not moderated.';

COMMENT ON COLUMN public.messages.moderation_flags IS 'What moderation found, as a JSON array.';

COMMENT ON COLUMN public.messages.moderated_at IS 'When it was moderated.';

COMMENT ON COLUMN public.messages.embedding IS 'Vector of the text; null until it is made.';

COMMENT ON COLUMN public.messages.embedding_model_provider IS 'Provider of the model that made the vector.';

COMMENT ON COLUMN public.messages.embedding_model_name IS 'Model that made the vector; vectors of different models are not compared.';

COMMENT ON COLUMN public.messages.embedding_dimensions IS 'Length of the vector.';

COMMENT ON COLUMN public.messages.created_at IS 'When it was made.';

COMMENT ON COLUMN public.messages.updated_at IS 'When it was last changed; kept by a trigger.';

COMMENT ON COLUMN public.messages.deleted_at IS 'When it was deleted; null while it is not.';

CREATE TABLE public.model_aliases (
    provider text NOT NULL,
    alias text NOT NULL,
    model text NOT NULL,
    CONSTRAINT model_aliases_alias_lower CHECK ((alias = lower(alias)))
);

COMMENT ON TABLE public.model_aliases IS 'Names under which a model of the registry is called, its own among them.';

COMMENT ON COLUMN public.model_aliases.provider IS 'Who sells it.';

COMMENT ON COLUMN public.model_aliases.alias IS 'The name, in lower case.';

COMMENT ON COLUMN public.model_aliases.model IS 'The model.';

CREATE TABLE public.model_match_rules (
    provider text NOT NULL,
    "position" integer NOT NULL,
    kind text NOT NULL,
    pattern text NOT NULL,
    model text NOT NULL,
    CONSTRAINT model_match_rules_kind_known CHECK ((kind = ANY (ARRAY['prefix'::text, 'part'::text, 'suffix'::text, 'regex'::text])))
);

COMMENT ON TABLE public.model_match_rules IS 'By what a name that is no alias is told: the first rule of its provider that fits.';

COMMENT ON COLUMN public.model_match_rules.provider IS 'Who sells the model.';

COMMENT ON COLUMN public.model_match_rules."position" IS 'Place in the order in which they are tried.';

COMMENT ON COLUMN public.model_match_rules.kind IS 'What the pattern is of the name: prefix, part or suffix, or a regular expression of it.';

COMMENT ON COLUMN public.model_match_rules.pattern IS 'The pattern, in lower case.';

COMMENT ON COLUMN public.model_match_rules.model IS 'The model.';

CREATE TABLE public.model_providers (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    base_url text NOT NULL,
    secret bytea,
    secret_hint text,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    last_test_at timestamp with time zone,
    last_test_error text,
    created_by uuid DEFAULT overmind.user_id(),
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT model_providers_base_url_shape CHECK (((base_url ~ '^https?://[^/?#@]+(/[^?#]*)?$'::text) AND (length(base_url) <= 2000))),
    CONSTRAINT model_providers_key_not_reserved CHECK ((key <> 'offline'::text)),
    CONSTRAINT model_providers_key_shape CHECK ((key ~ '^[a-z0-9][a-z0-9_-]{0,99}$'::text)),
    CONSTRAINT model_providers_kind_known CHECK ((kind = ANY (ARRAY['openai'::text, 'anthropic'::text, 'ollama'::text]))),
    CONSTRAINT model_providers_last_test_error_length CHECK (((length(last_test_error) >= 1) AND (length(last_test_error) <= 1000))),
    CONSTRAINT model_providers_secret_hint_length CHECK ((length(secret_hint) <= 4)),
    CONSTRAINT model_providers_secret_length CHECK (((octet_length(secret) >= 34) AND (octet_length(secret) <= 5000))),
    CONSTRAINT model_providers_settings_object CHECK ((jsonb_typeof(settings) = 'object'::text))
);

COMMENT ON TABLE public.model_providers IS 'Where an organization gets its models: kind, address and encrypted key. Members read it but for the key, admins write it.';

COMMENT ON COLUMN public.model_providers.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.model_providers.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.model_providers.key IS 'Short name, unique while not deleted: the first part of provider/model.';

COMMENT ON COLUMN public.model_providers.kind IS 'How it is spoken to: openai (and what is compatible), anthropic or ollama.';

COMMENT ON COLUMN public.model_providers.base_url IS 'Address that its paths are appended to; http or https, without user, query and fragment.';

COMMENT ON COLUMN public.model_providers.secret IS 'Its API key, encrypted with a key that is not in the database; null when it needs none. No request role reads it.';

COMMENT ON COLUMN public.model_providers.secret_hint IS 'Last four characters of the API key, to recognize it by.';

COMMENT ON COLUMN public.model_providers.settings IS 'Time-outs in seconds and the retries, as a JSON object; what is left out is the default.';

COMMENT ON COLUMN public.model_providers.is_active IS 'False: switched off.';

COMMENT ON COLUMN public.model_providers.last_test_at IS 'When it was last tried; null: never.';

COMMENT ON COLUMN public.model_providers.last_test_error IS 'What was wrong then; null: nothing.';

COMMENT ON COLUMN public.model_providers.created_by IS 'Who connected it.';

COMMENT ON COLUMN public.model_providers.created_at IS 'When it was connected.';

COMMENT ON COLUMN public.model_providers.updated_at IS 'When it was last changed; kept by a trigger.';

COMMENT ON COLUMN public.model_providers.deleted_at IS 'When it was removed; null while it is not.';

CREATE TABLE public.model_registry (
    provider text NOT NULL,
    name text NOT NULL,
    display_name text,
    context_window bigint,
    is_active boolean DEFAULT true NOT NULL,
    CONSTRAINT model_registry_context_window_positive CHECK ((context_window > 0)),
    CONSTRAINT model_registry_display_name_length CHECK (((length(display_name) >= 1) AND (length(display_name) <= 200))),
    CONSTRAINT model_registry_name_length CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);

COMMENT ON TABLE public.model_registry IS 'Models whose prices are known: the same for all organizations, loaded from the shipped catalogue.';

COMMENT ON COLUMN public.model_registry.provider IS 'Who sells it.';

COMMENT ON COLUMN public.model_registry.name IS 'Its name there.';

COMMENT ON COLUMN public.model_registry.display_name IS 'What people call it.';

COMMENT ON COLUMN public.model_registry.context_window IS 'Tokens that it reads at most; null: not known.';

COMMENT ON COLUMN public.model_registry.is_active IS 'False: the provider advises against it.';

CREATE TABLE public.organization_members (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    user_id uuid NOT NULL,
    display_name text NOT NULL,
    role text DEFAULT 'user'::text NOT NULL,
    permissions jsonb DEFAULT '[]'::jsonb NOT NULL,
    left_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    avatar_url text,
    timezone text DEFAULT 'UTC'::text NOT NULL,
    last_active_at timestamp with time zone,
    CONSTRAINT organization_members_display_name_length CHECK (((length(display_name) >= 1) AND (length(display_name) <= 255))),
    CONSTRAINT organization_members_permissions_array CHECK ((jsonb_typeof(permissions) = 'array'::text)),
    CONSTRAINT organization_members_role_known CHECK ((role = ANY (ARRAY['admin'::text, 'user'::text, 'viewer'::text])))
);

COMMENT ON TABLE public.organization_members IS 'Who belongs to an organization, with their role. People are referred to by this row, which carries the name others see; it is ended by left_at, never deleted.';

COMMENT ON COLUMN public.organization_members.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.organization_members.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.organization_members.user_id IS 'The person.';

COMMENT ON COLUMN public.organization_members.display_name IS 'Name that the other members see.';

COMMENT ON COLUMN public.organization_members.role IS 'admin (everything), user (their own work) or viewer (reads).';

COMMENT ON COLUMN public.organization_members.permissions IS 'Permissions beyond those of the role, as a JSON array of their names.';

COMMENT ON COLUMN public.organization_members.left_at IS 'When they left; null while they are a member.';

COMMENT ON COLUMN public.organization_members.created_at IS 'When it was made.';

COMMENT ON COLUMN public.organization_members.updated_at IS 'When it was last changed; kept by a trigger.';

COMMENT ON COLUMN public.organization_members.avatar_url IS 'Address of a picture; a copy of the person''s.';

COMMENT ON COLUMN public.organization_members.timezone IS 'Time zone, by its IANA name; a copy of the person''s.';

COMMENT ON COLUMN public.organization_members.last_active_at IS 'When they last did something here; a minute late.';

CREATE TABLE public.usage_changes (
    organization_id uuid NOT NULL,
    user_id uuid,
    created_at timestamp with time zone NOT NULL,
    operation text,
    provider text,
    model text,
    project_id uuid,
    currency text,
    calls integer DEFAULT 0 NOT NULL,
    unpriced_calls integer DEFAULT 0 NOT NULL,
    tokens_input bigint DEFAULT 0 NOT NULL,
    tokens_output bigint DEFAULT 0 NOT NULL,
    tokens_cached bigint DEFAULT 0 NOT NULL,
    cost numeric DEFAULT 0 NOT NULL,
    latency_ms integer,
    queries integer DEFAULT 0 NOT NULL,
    messages integer DEFAULT 0 NOT NULL,
    n2_triggers integer DEFAULT 0 NOT NULL,
    errors integer DEFAULT 0 NOT NULL,
    quality_sum numeric DEFAULT 0 NOT NULL,
    scored integer DEFAULT 0 NOT NULL,
    workflow_key text,
    api_key_id uuid
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='20000', autovacuum_vacuum_insert_threshold='-1', autovacuum_vacuum_cost_delay='0', autovacuum_analyze_scale_factor='0', autovacuum_analyze_threshold='1000000', parallel_workers='0');

ALTER TABLE ONLY public.usage_changes REPLICA IDENTITY FULL;

COMMENT ON TABLE public.usage_changes IS 'What changed in the sums of usage and is not in usage_totals yet: written by triggers, never waiting for anybody, and folded by overmind.fold_usage().';

COMMENT ON COLUMN public.usage_changes.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.usage_changes.user_id IS 'The member whose usage it is.';

COMMENT ON COLUMN public.usage_changes.created_at IS 'The moment that it counts for: when the call was reserved, the question asked, the message written.';

COMMENT ON COLUMN public.usage_changes.operation IS 'Of the call: chat, embedding and so on.';

COMMENT ON COLUMN public.usage_changes.provider IS 'Provider of the model; null when it is no call.';

COMMENT ON COLUMN public.usage_changes.model IS 'The model.';

COMMENT ON COLUMN public.usage_changes.project_id IS 'The project.';

COMMENT ON COLUMN public.usage_changes.currency IS 'Currency of the cost.';

COMMENT ON COLUMN public.usage_changes.calls IS '1 for a call that came into the sums, -1 for one that left them.';

COMMENT ON COLUMN public.usage_changes.unpriced_calls IS 'The same, when its cost is unknown.';

COMMENT ON COLUMN public.usage_changes.tokens_input IS 'Tokens of the prompt, more or, negative, less.';

COMMENT ON COLUMN public.usage_changes.tokens_output IS 'Tokens of the answer, more or less.';

COMMENT ON COLUMN public.usage_changes.tokens_cached IS 'Those of the prompt that were cached, more or less.';

COMMENT ON COLUMN public.usage_changes.cost IS 'Cost, more or less.';

COMMENT ON COLUMN public.usage_changes.latency_ms IS 'How long the call took; counts as often as calls says.';

COMMENT ON COLUMN public.usage_changes.queries IS 'Runs that were asked for, more or less.';

COMMENT ON COLUMN public.usage_changes.messages IS 'Messages that were written.';

COMMENT ON COLUMN public.usage_changes.n2_triggers IS 'Runs that went through more than one iteration, more or less.';

COMMENT ON COLUMN public.usage_changes.errors IS 'Runs that failed, more or less.';

COMMENT ON COLUMN public.usage_changes.quality_sum IS 'Best scores of runs that ended, more or less.';

COMMENT ON COLUMN public.usage_changes.scored IS 'How many they are, more or less.';

COMMENT ON COLUMN public.usage_changes.workflow_key IS 'Key of the workflow.';

COMMENT ON COLUMN public.usage_changes.api_key_id IS 'API key that asked.';

CREATE TABLE public.usage_latencies (
    organization_id uuid NOT NULL,
    dimension text NOT NULL,
    grain text NOT NULL,
    metric_date date NOT NULL,
    metric_hour smallint,
    user_id uuid,
    subject text,
    latency_bucket smallint NOT NULL,
    calls bigint NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
)
WITH (fillfactor='70', parallel_workers='0');

ALTER TABLE ONLY public.usage_latencies REPLICA IDENTITY FULL;

COMMENT ON TABLE public.usage_latencies IS 'How long calls took, as histograms that add up: the same sums as usage_totals, for the organization and by user and model.';

COMMENT ON COLUMN public.usage_latencies.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.usage_latencies.dimension IS 'As in usage_totals: organization, user or model.';

COMMENT ON COLUMN public.usage_latencies.grain IS 'hour or day.';

COMMENT ON COLUMN public.usage_latencies.metric_date IS 'The day, as in usage_totals.';

COMMENT ON COLUMN public.usage_latencies.metric_hour IS 'The hour, as in usage_totals.';

COMMENT ON COLUMN public.usage_latencies.user_id IS 'The member, by user.';

COMMENT ON COLUMN public.usage_latencies.subject IS 'The model, by model.';

COMMENT ON COLUMN public.usage_latencies.latency_bucket IS 'Calls that took up to 1.1 to the power of it in milliseconds, and longer than the bucket before.';

COMMENT ON COLUMN public.usage_latencies.calls IS 'How many.';

COMMENT ON COLUMN public.usage_latencies.created_at IS 'When the row was made.';

CREATE TABLE public.usage_totals (
    organization_id uuid NOT NULL,
    dimension text NOT NULL,
    grain text NOT NULL,
    metric_date date NOT NULL,
    metric_hour smallint,
    user_id uuid,
    subject text,
    currency text,
    calls bigint DEFAULT 0 NOT NULL,
    unpriced_calls bigint DEFAULT 0 NOT NULL,
    tokens_input numeric DEFAULT 0 NOT NULL,
    tokens_output numeric DEFAULT 0 NOT NULL,
    tokens_cached numeric DEFAULT 0 NOT NULL,
    cost numeric DEFAULT 0 NOT NULL,
    latency_ms numeric DEFAULT 0 NOT NULL,
    timed_calls bigint DEFAULT 0 NOT NULL,
    queries bigint DEFAULT 0 NOT NULL,
    messages bigint DEFAULT 0 NOT NULL,
    n2_triggers bigint DEFAULT 0 NOT NULL,
    errors bigint DEFAULT 0 NOT NULL,
    quality_sum numeric DEFAULT 0 NOT NULL,
    scored bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    folded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
)
WITH (fillfactor='70', parallel_workers='0');

ALTER TABLE ONLY public.usage_totals REPLICA IDENTITY FULL;

COMMENT ON TABLE public.usage_totals IS 'Sums of usage: by hour (UTC) and by day (of the organization), for the organization and by user, model, operation, project, workflow and API key. Without what is pending in usage_changes: usage_rollups has both.';

COMMENT ON COLUMN public.usage_totals.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.usage_totals.dimension IS 'By what it is summed: organization, user, model, operation, project, workflow or api_key.';

COMMENT ON COLUMN public.usage_totals.grain IS 'hour (of UTC), day (of the organization), or for the organization day_hour: an hour of such a day, counted from its midnight.';

COMMENT ON COLUMN public.usage_totals.metric_date IS 'The day: of the organization, in UTC for hours.';

COMMENT ON COLUMN public.usage_totals.metric_hour IS 'The hour: 0 to 23, for day_hour 0 to 24; null for days.';

COMMENT ON COLUMN public.usage_totals.user_id IS 'The member, by user; null where the work was nobody''s.';

COMMENT ON COLUMN public.usage_totals.subject IS 'The model as provider/model, the operation, the key of the workflow, or the id of the project or API key; null for none.';

COMMENT ON COLUMN public.usage_totals.currency IS 'Currency of the cost; null for what costs nothing, as messages.';

COMMENT ON COLUMN public.usage_totals.calls IS 'Calls that were settled.';

COMMENT ON COLUMN public.usage_totals.unpriced_calls IS 'Those whose cost is unknown.';

COMMENT ON COLUMN public.usage_totals.tokens_input IS 'Tokens of their prompts. Numeric, so that no sum is too large.';

COMMENT ON COLUMN public.usage_totals.tokens_output IS 'Tokens of their answers.';

COMMENT ON COLUMN public.usage_totals.tokens_cached IS 'Those of the prompts that were cached.';

COMMENT ON COLUMN public.usage_totals.cost IS 'What they cost, not rounded, as far as it is known.';

COMMENT ON COLUMN public.usage_totals.latency_ms IS 'How long they took together, in milliseconds.';

COMMENT ON COLUMN public.usage_totals.timed_calls IS 'How many of them were timed.';

COMMENT ON COLUMN public.usage_totals.queries IS 'Runs that were asked for.';

COMMENT ON COLUMN public.usage_totals.messages IS 'Messages that were written.';

COMMENT ON COLUMN public.usage_totals.n2_triggers IS 'Runs that went through more than one iteration.';

COMMENT ON COLUMN public.usage_totals.errors IS 'Runs that failed.';

COMMENT ON COLUMN public.usage_totals.quality_sum IS 'Sum of the best scores of runs.';

COMMENT ON COLUMN public.usage_totals.scored IS 'Number of runs that have one.';

COMMENT ON COLUMN public.usage_totals.created_at IS 'When the row was made.';

COMMENT ON COLUMN public.usage_totals.folded_at IS 'When something was last added.';

CREATE VIEW public.usage_rollups WITH (security_invoker='true') AS
 SELECT 'sums'::text AS part,
    t.organization_id,
    t.dimension,
    t.grain,
    t.metric_date,
    t.metric_hour,
    t.user_id,
    t.subject,
    t.currency,
    NULL::smallint AS latency_bucket,
    t.calls,
    t.unpriced_calls,
    t.tokens_input,
    t.tokens_output,
    t.tokens_cached,
    t.cost,
    t.latency_ms,
    t.timed_calls,
    t.queries,
    t.messages,
    t.n2_triggers,
    t.errors,
    t.quality_sum,
    t.scored,
    t.created_at,
    t.folded_at AS last_updated
   FROM public.usage_totals t
UNION ALL
 SELECT 'latencies'::text AS part,
    l.organization_id,
    l.dimension,
    l.grain,
    l.metric_date,
    l.metric_hour,
    l.user_id,
    l.subject,
    NULL::text AS currency,
    l.latency_bucket,
    l.calls,
    0 AS unpriced_calls,
    0 AS tokens_input,
    0 AS tokens_output,
    0 AS tokens_cached,
    0 AS cost,
    0 AS latency_ms,
    0 AS timed_calls,
    0 AS queries,
    0 AS messages,
    0 AS n2_triggers,
    0 AS errors,
    0 AS quality_sum,
    0 AS scored,
    NULL::timestamp with time zone AS created_at,
    NULL::timestamp with time zone AS last_updated
   FROM public.usage_latencies l
UNION ALL
 SELECT 'sums'::text AS part,
    c.organization_id,
    k.dimension,
    k.grain,
    k.metric_date,
    k.metric_hour,
    k.user_id,
    k.subject,
    c.currency,
    NULL::smallint AS latency_bucket,
    c.calls,
    c.unpriced_calls,
    c.tokens_input,
    c.tokens_output,
    c.tokens_cached,
    c.cost,
    COALESCE(((c.latency_ms)::bigint * c.calls), (0)::bigint) AS latency_ms,
        CASE
            WHEN (c.latency_ms IS NOT NULL) THEN c.calls
            ELSE 0
        END AS timed_calls,
    c.queries,
    c.messages,
    c.n2_triggers,
    c.errors,
    c.quality_sum,
    c.scored,
    statement_timestamp() AS created_at,
    statement_timestamp() AS last_updated
   FROM (((public.usage_changes c
     JOIN public.organizations o ON ((o.id = c.organization_id)))
     CROSS JOIN LATERAL ( SELECT ((c.created_at AT TIME ZONE COALESCE(o.usage_timezone, 'UTC'::text)))::date AS local_day) d)
     CROSS JOIN LATERAL unnest(overmind.usage_keys(c.user_id, c.operation, c.provider, c.model, c.project_id, c.workflow_key, c.api_key_id, date_trunc('hour'::text, (c.created_at AT TIME ZONE 'UTC'::text)), d.local_day, overmind.usage_day_hour(c.created_at, d.local_day, COALESCE(o.usage_timezone, 'UTC'::text)))) k(dimension, grain, metric_date, metric_hour, user_id, subject))
  WHERE ((k.dimension = 'user'::text) OR overmind.sees_all_usage())
UNION ALL
 SELECT 'latencies'::text AS part,
    c.organization_id,
    k.dimension,
    k.grain,
    k.metric_date,
    k.metric_hour,
    k.user_id,
    k.subject,
    NULL::text AS currency,
    overmind.latency_bucket(c.latency_ms) AS latency_bucket,
    c.calls,
    0 AS unpriced_calls,
    0 AS tokens_input,
    0 AS tokens_output,
    0 AS tokens_cached,
    0 AS cost,
    0 AS latency_ms,
    0 AS timed_calls,
    0 AS queries,
    0 AS messages,
    0 AS n2_triggers,
    0 AS errors,
    0 AS quality_sum,
    0 AS scored,
    NULL::timestamp with time zone AS created_at,
    NULL::timestamp with time zone AS last_updated
   FROM ((public.usage_changes c
     JOIN public.organizations o ON ((o.id = c.organization_id)))
     CROSS JOIN LATERAL unnest(overmind.usage_keys(c.user_id, c.operation, c.provider, c.model, c.project_id, c.workflow_key, c.api_key_id, date_trunc('hour'::text, (c.created_at AT TIME ZONE 'UTC'::text)), ((c.created_at AT TIME ZONE COALESCE(o.usage_timezone, 'UTC'::text)))::date, NULL::numeric)) k(dimension, grain, metric_date, metric_hour, user_id, subject))
  WHERE ((c.latency_ms IS NOT NULL) AND (k.dimension = ANY (ARRAY['organization'::text, 'user'::text, 'model'::text])) AND (k.grain <> 'day_hour'::text) AND ((k.dimension = 'user'::text) OR overmind.sees_all_usage()));

COMMENT ON VIEW public.usage_rollups IS 'Sums of usage, folded and pending: rows of one key add up, so group them by it.';

COMMENT ON COLUMN public.usage_rollups.part IS 'sums: measures; latencies: a bucket and its calls.';

COMMENT ON COLUMN public.usage_rollups.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.usage_rollups.dimension IS 'By what it is summed: organization, user, model, operation or project. Each adds up to the ledger by itself.';

COMMENT ON COLUMN public.usage_rollups.grain IS 'hour (of UTC), day (of the organization), or for the organization day_hour: an hour of such a day, counted from its midnight.';

COMMENT ON COLUMN public.usage_rollups.metric_date IS 'The day: of the organization, in UTC for hours.';

COMMENT ON COLUMN public.usage_rollups.metric_hour IS 'The hour: 0 to 23, for day_hour 0 to 24; null for days.';

COMMENT ON COLUMN public.usage_rollups.user_id IS 'The member, by user; null where the work was nobody''s.';

COMMENT ON COLUMN public.usage_rollups.subject IS 'The model as provider/model, the operation or the id of the project; null for none.';

COMMENT ON COLUMN public.usage_rollups.currency IS 'Currency of the cost; null for what costs nothing.';

COMMENT ON COLUMN public.usage_rollups.latency_bucket IS 'In latencies, the bucket; overmind.latency_of_bucket() says what stands for it.';

COMMENT ON COLUMN public.usage_rollups.calls IS 'Calls that were settled; in latencies, those of the bucket.';

COMMENT ON COLUMN public.usage_rollups.unpriced_calls IS 'Those whose cost is unknown.';

COMMENT ON COLUMN public.usage_rollups.tokens_input IS 'Tokens of their prompts.';

COMMENT ON COLUMN public.usage_rollups.tokens_output IS 'Tokens of their answers.';

COMMENT ON COLUMN public.usage_rollups.tokens_cached IS 'Those of the prompts that were cached.';

COMMENT ON COLUMN public.usage_rollups.cost IS 'What they cost, not rounded, as far as it is known.';

COMMENT ON COLUMN public.usage_rollups.latency_ms IS 'How long they took together, in milliseconds.';

COMMENT ON COLUMN public.usage_rollups.timed_calls IS 'How many of them were timed.';

COMMENT ON COLUMN public.usage_rollups.queries IS 'Runs that were asked for.';

COMMENT ON COLUMN public.usage_rollups.messages IS 'Messages that were written.';

COMMENT ON COLUMN public.usage_rollups.n2_triggers IS 'Runs that went through more than one iteration.';

COMMENT ON COLUMN public.usage_rollups.errors IS 'Runs that failed.';

COMMENT ON COLUMN public.usage_rollups.quality_sum IS 'Sum of the best scores of runs.';

COMMENT ON COLUMN public.usage_rollups.scored IS 'Number of runs that have one.';

COMMENT ON COLUMN public.usage_rollups.created_at IS 'When the sum began; now for what is pending.';

COMMENT ON COLUMN public.usage_rollups.last_updated IS 'When it last grew; now for what is pending.';

CREATE VIEW public.monthly_cost_report WITH (security_invoker='true') AS
 SELECT m.organization_id,
    m.display_name,
    m.user_id,
    t.tier_name,
    spent.queries AS workflow_runs,
    spent.cost_usd AS total_cost_usd,
    spent.tokens_input AS tokens_in,
    spent.tokens_output AS tokens_out,
        CASE
            WHEN ((spent.cost_usd <= t.monthly_cost_limit_usd) OR (t.monthly_cost_limit_usd IS NULL)) THEN 'NORMAL'::text
            WHEN (t.price_usd = (0)::numeric) THEN 'OVER_LIMIT'::text
            ELSE 'HIGH_USAGE'::text
        END AS usage_status
   FROM (((( SELECT u.organization_id,
            u.user_id,
            (sum(u.queries))::bigint AS queries,
            sum(u.tokens_input) AS tokens_input,
            sum(u.tokens_output) AS tokens_output,
            sum(u.cost) FILTER (WHERE (u.currency = 'USD'::text)) AS cost_usd
           FROM (public.usage_rollups u
             JOIN public.organizations o ON ((o.id = u.organization_id)))
          WHERE ((u.part = 'sums'::text) AND (u.dimension = 'user'::text) AND (u.grain = 'day'::text) AND (u.metric_date >= (date_trunc('month'::text, (statement_timestamp() AT TIME ZONE COALESCE(o.usage_timezone, 'UTC'::text))))::date) AND (u.metric_date >= (date_trunc('month'::text, (statement_timestamp() - '2 days'::interval)))::date))
          GROUP BY u.organization_id, u.user_id) spent
     JOIN public.organization_members m ON (((m.organization_id = spent.organization_id) AND (m.user_id = spent.user_id))))
     LEFT JOIN public.user_subscriptions s ON (((s.organization_id = m.organization_id) AND (s.user_id = m.user_id) AND (s.status = 'active'::text))))
     LEFT JOIN public.subscription_tiers t ON ((t.id = s.tier_id)))
  WHERE (spent.cost_usd > (0)::numeric);

COMMENT ON VIEW public.monthly_cost_report IS 'What each member has cost since the first of the month, beside the limit of their tier; members that have cost something.';

COMMENT ON COLUMN public.monthly_cost_report.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.monthly_cost_report.display_name IS 'Name of the member.';

COMMENT ON COLUMN public.monthly_cost_report.user_id IS 'The member.';

COMMENT ON COLUMN public.monthly_cost_report.tier_name IS 'Their tier; null when they have none.';

COMMENT ON COLUMN public.monthly_cost_report.workflow_runs IS 'Runs that they asked for.';

COMMENT ON COLUMN public.monthly_cost_report.total_cost_usd IS 'What their calls cost, in US dollars, not rounded.';

COMMENT ON COLUMN public.monthly_cost_report.tokens_in IS 'Tokens of the prompts.';

COMMENT ON COLUMN public.monthly_cost_report.tokens_out IS 'Tokens of the answers.';

COMMENT ON COLUMN public.monthly_cost_report.usage_status IS 'OVER_LIMIT: above the limit of a tier that costs nothing; HIGH_USAGE: above that of one that is paid for; else NORMAL.';

CREATE VIEW public.organization_usage WITH (security_invoker='true') AS
 SELECT o.id AS organization_id,
    o.name AS organization_name,
    COALESCE(members.members, (0)::bigint) AS user_count,
    COALESCE(talks.conversations, (0)::bigint) AS conversation_count,
    COALESCE(talks.messages, (0)::bigint) AS total_messages,
    COALESCE(runs.runs, (0)::bigint) AS total_queries,
    COALESCE(spent.tokens, (0)::numeric) AS total_tokens,
    spent.cost_usd AS total_cost_usd,
    answers.quality_score AS avg_quality_score
   FROM (((((public.organizations o
     LEFT JOIN ( SELECT m.organization_id,
            count(*) AS members
           FROM public.organization_members m
          WHERE (m.left_at IS NULL)
          GROUP BY m.organization_id) members ON ((members.organization_id = o.id)))
     LEFT JOIN ( SELECT c.organization_id,
            count(*) AS conversations,
            sum(c.message_count) AS messages
           FROM public.conversations c
          WHERE (c.deleted_at IS NULL)
          GROUP BY c.organization_id) talks ON ((talks.organization_id = o.id)))
     LEFT JOIN ( SELECT r.organization_id,
            count(*) AS runs
           FROM public.workflow_runs r
          GROUP BY r.organization_id) runs ON ((runs.organization_id = o.id)))
     LEFT JOIN ( SELECT u.organization_id,
            sum((u.tokens_input + u.tokens_output)) AS tokens,
                CASE
                    WHEN (sum((u.calls - u.unpriced_calls)) FILTER (WHERE (u.currency = 'USD'::text)) > (0)::numeric) THEN sum(u.cost) FILTER (WHERE (u.currency = 'USD'::text))
                    ELSE NULL::numeric
                END AS cost_usd
           FROM public.usage_rollups u
          WHERE ((u.part = 'sums'::text) AND (u.dimension = ( SELECT
                        CASE
                            WHEN overmind.sees_all_usage() THEN 'organization'::text
                            ELSE 'user'::text
                        END AS "case")) AND (u.grain = 'day'::text))
          GROUP BY u.organization_id) spent ON ((spent.organization_id = o.id)))
     LEFT JOIN ( SELECT a.organization_id,
            avg(a.quality_score) AS quality_score
           FROM public.messages a
          WHERE ((a.role = 'assistant'::text) AND (a.deleted_at IS NULL))
          GROUP BY a.organization_id) answers ON ((answers.organization_id = o.id)))
  WHERE (o.deleted_at IS NULL);

COMMENT ON VIEW public.organization_usage IS 'What an organization has used so far, as far as the caller may see it.';

COMMENT ON COLUMN public.organization_usage.organization_id IS 'The organization.';

COMMENT ON COLUMN public.organization_usage.organization_name IS 'Its name.';

COMMENT ON COLUMN public.organization_usage.user_count IS 'Members who have not left.';

COMMENT ON COLUMN public.organization_usage.conversation_count IS 'Conversations that are not deleted.';

COMMENT ON COLUMN public.organization_usage.total_messages IS 'Messages in them.';

COMMENT ON COLUMN public.organization_usage.total_queries IS 'Runs.';

COMMENT ON COLUMN public.organization_usage.total_tokens IS 'Tokens in and out, by the ledger.';

COMMENT ON COLUMN public.organization_usage.total_cost_usd IS 'Cost in US dollars, by the ledger; null when none is known.';

COMMENT ON COLUMN public.organization_usage.avg_quality_score IS 'Mean score of the answers, 0 to 10; null when none is scored.';

CREATE TABLE public.price_overrides (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    context_above bigint DEFAULT 0 NOT NULL,
    service_tier text,
    time_from time without time zone,
    time_to time without time zone,
    valid_from timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    valid_to timestamp with time zone DEFAULT 'infinity'::timestamp with time zone NOT NULL,
    input_price numeric,
    output_price numeric,
    cache_read_price numeric,
    cache_write_price numeric,
    cache_write_1h_price numeric,
    reasoning_price numeric,
    audio_input_price numeric,
    audio_output_price numeric,
    image_input_price numeric,
    image_output_price numeric,
    request_price numeric,
    web_search_price numeric,
    currency text DEFAULT 'USD'::text NOT NULL,
    note text,
    created_by uuid DEFAULT overmind.user_id(),
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT price_overrides_call_prices_range CHECK (((LEAST(request_price, web_search_price) >= (0)::numeric) AND (GREATEST(request_price, web_search_price) <= (100)::numeric))),
    CONSTRAINT price_overrides_context_above_not_negative CHECK ((context_above >= 0)),
    CONSTRAINT price_overrides_currency_usd CHECK ((currency = 'USD'::text)),
    CONSTRAINT price_overrides_hours_whole CHECK ((((time_from IS NULL) = (time_to IS NULL)) AND (time_from <> time_to))),
    CONSTRAINT price_overrides_model_length CHECK (((length(model) >= 1) AND (length(model) <= 200))),
    CONSTRAINT price_overrides_note_length CHECK (((length(note) >= 1) AND (length(note) <= 500))),
    CONSTRAINT price_overrides_priced CHECK ((num_nonnulls(input_price, output_price, cache_read_price, cache_write_price, cache_write_1h_price, reasoning_price, audio_input_price, audio_output_price, image_input_price, image_output_price, request_price, web_search_price) > 0)),
    CONSTRAINT price_overrides_provider_shape CHECK ((provider ~ '^[a-z0-9][a-z0-9_-]{0,99}$'::text)),
    CONSTRAINT price_overrides_scale_possible CHECK ((GREATEST(scale(input_price), scale(output_price), scale(cache_read_price), scale(cache_write_price), scale(cache_write_1h_price), scale(reasoning_price), scale(audio_input_price), scale(audio_output_price), scale(image_input_price), scale(image_output_price), scale(request_price), scale(web_search_price)) <= 18)),
    CONSTRAINT price_overrides_service_tier_shape CHECK ((service_tier ~ '^[a-z][a-z0-9_-]{0,63}$'::text)),
    CONSTRAINT price_overrides_token_prices_range CHECK (((LEAST(input_price, output_price, cache_read_price, cache_write_price, cache_write_1h_price, reasoning_price, audio_input_price, audio_output_price, image_input_price, image_output_price) >= (0)::numeric) AND (GREATEST(input_price, output_price, cache_read_price, cache_write_price, cache_write_1h_price, reasoning_price, audio_input_price, audio_output_price, image_input_price, image_output_price) <= 0.01))),
    CONSTRAINT price_overrides_valid_forward CHECK ((valid_from < valid_to))
);

COMMENT ON TABLE public.price_overrides IS 'What models cost an organization, where the catalogue is not what it pays. Members read it, who manages models writes it.';

COMMENT ON COLUMN public.price_overrides.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.price_overrides.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.price_overrides.provider IS 'Key of the connected provider.';

COMMENT ON COLUMN public.price_overrides.model IS 'The model as calls name it; with * at its end: all that begin so.';

COMMENT ON COLUMN public.price_overrides.context_above IS 'Prices of calls whose prompt has more tokens than that, all of them.';

COMMENT ON COLUMN public.price_overrides.service_tier IS 'Prices of calls of this tier of the provider, as priority; null: of all that have none of their own.';

COMMENT ON COLUMN public.price_overrides.time_from IS 'Prices of calls that begin at this time of the day (UTC) or later; null: of the whole day.';

COMMENT ON COLUMN public.price_overrides.time_to IS 'Until when, the time itself not; before time_from: over midnight.';

COMMENT ON COLUMN public.price_overrides.valid_from IS 'Prices of calls that begin then or later; -infinity: ever since.';

COMMENT ON COLUMN public.price_overrides.valid_to IS 'Until when, the moment itself not; infinity: until further notice.';

COMMENT ON COLUMN public.price_overrides.input_price IS 'US dollars for a token of the prompt; null: unknown.';

COMMENT ON COLUMN public.price_overrides.output_price IS 'US dollars for a token of the answer; null: unknown.';

COMMENT ON COLUMN public.price_overrides.cache_read_price IS 'US dollars for a token of the prompt that the provider had cached; null: as input.';

COMMENT ON COLUMN public.price_overrides.cache_write_price IS 'US dollars for a token of the prompt that it cached, for five minutes or as long as it does; null: as input.';

COMMENT ON COLUMN public.price_overrides.cache_write_1h_price IS 'US dollars for a token of the prompt that it cached for an hour; null: as cache_write.';

COMMENT ON COLUMN public.price_overrides.reasoning_price IS 'US dollars for a token of reasoning; null: as output.';

COMMENT ON COLUMN public.price_overrides.audio_input_price IS 'US dollars for a token of audio in the prompt; null: as input.';

COMMENT ON COLUMN public.price_overrides.audio_output_price IS 'US dollars for a token of audio in the answer; null: as output.';

COMMENT ON COLUMN public.price_overrides.image_input_price IS 'US dollars for a token of an image in the prompt; null: as input.';

COMMENT ON COLUMN public.price_overrides.image_output_price IS 'US dollars for a token of an image in the answer; null: as output.';

COMMENT ON COLUMN public.price_overrides.request_price IS 'US dollars for a call; null: nothing beside the tokens.';

COMMENT ON COLUMN public.price_overrides.web_search_price IS 'US dollars for a web search that the provider made; null: unknown.';

COMMENT ON COLUMN public.price_overrides.currency IS 'Its currency, by ISO 4217.';

COMMENT ON COLUMN public.price_overrides.note IS 'Why, for people.';

COMMENT ON COLUMN public.price_overrides.created_by IS 'Who set it.';

COMMENT ON COLUMN public.price_overrides.created_at IS 'When it was set.';

COMMENT ON COLUMN public.price_overrides.updated_at IS 'When it was last changed; kept by a trigger.';

CREATE VIEW public.prices WITH (security_invoker='true') AS
 SELECT 'organization'::text AS source,
    o.organization_id,
    o.id,
    o.provider,
    o.model,
    o.context_above,
    o.service_tier,
    o.time_from,
    o.time_to,
    o.valid_from,
    o.valid_to,
    o.input_price,
    o.output_price,
    o.cache_read_price,
    o.cache_write_price,
    o.cache_write_1h_price,
    o.reasoning_price,
    o.audio_input_price,
    o.audio_output_price,
    o.image_input_price,
    o.image_output_price,
    o.request_price,
    o.web_search_price,
    o.currency,
    o.note,
    o.created_by,
    o.created_at,
    o.updated_at
   FROM public.price_overrides o
UNION ALL
 SELECT 'catalogue'::text AS source,
    NULL::uuid AS organization_id,
    p.id,
    p.provider,
    p.model,
    p.context_above,
    p.service_tier,
    p.time_from,
    p.time_to,
    p.valid_from,
    p.valid_to,
    p.input_price,
    p.output_price,
    p.cache_read_price,
    p.cache_write_price,
    p.cache_write_1h_price,
    p.reasoning_price,
    p.audio_input_price,
    p.audio_output_price,
    p.image_input_price,
    p.image_output_price,
    p.request_price,
    p.web_search_price,
    p.currency,
    NULL::text AS note,
    NULL::uuid AS created_by,
    NULL::timestamp with time zone AS created_at,
    NULL::timestamp with time zone AS updated_at
   FROM public.model_prices p
  WHERE (overmind.org_id() IS NOT NULL);

COMMENT ON VIEW public.prices IS 'Prices of the caller''s organization and those of the catalogue.';

COMMENT ON COLUMN public.prices.source IS 'organization or catalogue; the organization''s go first.';

COMMENT ON COLUMN public.prices.organization_id IS 'Tenant; null: the catalogue''s.';

COMMENT ON COLUMN public.prices.id IS 'Identity.';

COMMENT ON COLUMN public.prices.provider IS 'Key of the provider.';

COMMENT ON COLUMN public.prices.model IS 'The model; of an organization''s with * at its end: all that begin so.';

COMMENT ON COLUMN public.prices.context_above IS 'Prices of calls whose prompt has more tokens than that.';

COMMENT ON COLUMN public.prices.service_tier IS 'Prices of calls of this tier; null: of all that have none of their own.';

COMMENT ON COLUMN public.prices.time_from IS 'From this time of the day (UTC) on; null: the whole day.';

COMMENT ON COLUMN public.prices.time_to IS 'Until when.';

COMMENT ON COLUMN public.prices.valid_from IS 'For calls that begin then or later.';

COMMENT ON COLUMN public.prices.valid_to IS 'Until when.';

COMMENT ON COLUMN public.prices.input_price IS 'US dollars for a token of the prompt.';

COMMENT ON COLUMN public.prices.output_price IS 'US dollars for a token of the answer.';

COMMENT ON COLUMN public.prices.cache_read_price IS 'US dollars for a token of the prompt that was cached; null: as input.';

COMMENT ON COLUMN public.prices.cache_write_price IS 'US dollars for a token of the prompt that is cached; null: as input.';

COMMENT ON COLUMN public.prices.cache_write_1h_price IS 'US dollars for one that is cached for an hour; null: as cache_write.';

COMMENT ON COLUMN public.prices.reasoning_price IS 'US dollars for a token of reasoning; null: as output.';

COMMENT ON COLUMN public.prices.audio_input_price IS 'US dollars for a token of audio in the prompt; null: as input.';

COMMENT ON COLUMN public.prices.audio_output_price IS 'US dollars for a token of audio in the answer; null: as output.';

COMMENT ON COLUMN public.prices.image_input_price IS 'US dollars for a token of an image in the prompt; null: as input.';

COMMENT ON COLUMN public.prices.image_output_price IS 'US dollars for a token of an image in the answer; null: as output.';

COMMENT ON COLUMN public.prices.request_price IS 'US dollars for a call; null: nothing beside the tokens.';

COMMENT ON COLUMN public.prices.web_search_price IS 'US dollars for a web search; null: unknown.';

COMMENT ON COLUMN public.prices.currency IS 'Its currency, by ISO 4217.';

COMMENT ON COLUMN public.prices.note IS 'Why, for people.';

COMMENT ON COLUMN public.prices.created_by IS 'Who set it.';

COMMENT ON COLUMN public.prices.created_at IS 'When it was set; null: the catalogue''s.';

COMMENT ON COLUMN public.prices.updated_at IS 'When it was last changed.';

CREATE VIEW public.project_usage WITH (security_invoker='true') AS
 SELECT u.organization_id,
    u.project_id,
    count(*) AS calls,
    sum(u.tokens_input) AS tokens_input,
    sum(u.tokens_output) AS tokens_output,
    COALESCE(sum(u.cost), (0)::numeric) AS cost_usd,
    count(*) FILTER (WHERE (u.cost IS NULL)) AS unpriced_calls,
    max(u.settled_at) AS last_call_at
   FROM public.token_usage u
  WHERE ((u.status = 'settled'::text) AND (u.outcome IS DISTINCT FROM 'blocked'::text) AND (u.project_id IS NOT NULL))
  GROUP BY u.organization_id, u.project_id;

COMMENT ON VIEW public.project_usage IS 'What the calls of a project used and cost, by the ledger, as far as the caller may see it.';

COMMENT ON COLUMN public.project_usage.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.project_usage.project_id IS 'The project.';

COMMENT ON COLUMN public.project_usage.calls IS 'Calls that have ended.';

COMMENT ON COLUMN public.project_usage.tokens_input IS 'Tokens of their prompts.';

COMMENT ON COLUMN public.project_usage.tokens_output IS 'Tokens of their answers.';

COMMENT ON COLUMN public.project_usage.cost_usd IS 'Cost in US dollars of those whose price is known, not rounded.';

COMMENT ON COLUMN public.project_usage.unpriced_calls IS 'Those whose price is not known: their cost is not in it.';

COMMENT ON COLUMN public.project_usage.last_call_at IS 'When the last one ended.';

CREATE TABLE public.projects (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    user_id uuid DEFAULT overmind.user_id() NOT NULL,
    visibility text DEFAULT 'private'::text NOT NULL,
    name text NOT NULL,
    description text,
    status text DEFAULT 'active'::text NOT NULL,
    cadence_config jsonb,
    next_scheduled_at timestamp with time zone,
    memories jsonb DEFAULT '[]'::jsonb NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT projects_cadence_mode_known CHECK (((cadence_config IS NULL) OR COALESCE(((cadence_config ->> 'mode'::text) = ANY (ARRAY['daily'::text, 'weekdays'::text, 'weekly'::text, 'custom'::text])), false))),
    CONSTRAINT projects_memories_array CHECK ((jsonb_typeof(memories) = 'array'::text)),
    CONSTRAINT projects_metadata_object CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT projects_name_length CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT projects_settings_object CHECK ((jsonb_typeof(settings) = 'object'::text)),
    CONSTRAINT projects_status_known CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'archived'::text]))),
    CONSTRAINT projects_visibility_known CHECK ((visibility = ANY (ARRAY['private'::text, 'organization'::text])))
);

COMMENT ON TABLE public.projects IS 'A folder of work that a person pursues; conversations may belong to one.';

COMMENT ON COLUMN public.projects.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.projects.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.projects.user_id IS 'Owner.';

COMMENT ON COLUMN public.projects.visibility IS 'private (owner and admins see it) or organization.';

COMMENT ON COLUMN public.projects.name IS 'Its name.';

COMMENT ON COLUMN public.projects.description IS 'What it is about.';

COMMENT ON COLUMN public.projects.status IS 'active, paused or archived.';

COMMENT ON COLUMN public.projects.cadence_config IS 'When episodes are due, as JSON: mode daily, weekdays, weekly or custom, and its parameters; null for none.';

COMMENT ON COLUMN public.projects.next_scheduled_at IS 'When the next one is due.';

COMMENT ON COLUMN public.projects.memories IS 'What the project remembers, as a JSON array.';

COMMENT ON COLUMN public.projects.settings IS 'Further settings, as a JSON object.';

COMMENT ON COLUMN public.projects.metadata IS 'What else is known of it, as a JSON object.';

COMMENT ON COLUMN public.projects.created_at IS 'When it was made.';

COMMENT ON COLUMN public.projects.updated_at IS 'When it was last changed; kept by a trigger.';

COMMENT ON COLUMN public.projects.deleted_at IS 'When it was deleted; null while it is not.';

CREATE TABLE public.registry_providers (
    key text NOT NULL,
    name text NOT NULL,
    aliases text[] DEFAULT '{}'::text[] NOT NULL,
    url_pattern text,
    model_pattern text,
    fallbacks text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT registry_providers_key_shape CHECK ((key ~ '^[a-z0-9][a-z0-9_-]{0,99}$'::text)),
    CONSTRAINT registry_providers_name_length CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);

COMMENT ON TABLE public.registry_providers IS 'Providers whose prices are known: the same for all organizations, loaded from the shipped catalogue.';

COMMENT ON COLUMN public.registry_providers.key IS 'Short name: what a connected provider is called by default.';

COMMENT ON COLUMN public.registry_providers.name IS 'What people call it.';

COMMENT ON COLUMN public.registry_providers.aliases IS 'Other short names of it.';

COMMENT ON COLUMN public.registry_providers.url_pattern IS 'What its addresses look like, as a regular expression: a connection of another name is known by its address.';

COMMENT ON COLUMN public.registry_providers.model_pattern IS 'What the names of its models look like, as a regular expression: a model that is named without a provider is of the first that fits.';

COMMENT ON COLUMN public.registry_providers.fallbacks IS 'Providers whose models it sells, too, at their prices where it has none of its own; in this order.';

CREATE TABLE public.run_events (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    run_id uuid NOT NULL,
    sequence_number bigint NOT NULL,
    user_id uuid NOT NULL,
    visibility text NOT NULL,
    type text NOT NULL,
    step_id uuid,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT run_events_data_object CHECK ((jsonb_typeof(data) = 'object'::text)),
    CONSTRAINT run_events_sequence_number_not_negative CHECK ((sequence_number >= 0)),
    CONSTRAINT run_events_type_shape CHECK ((type ~ '^[a-z]+\.[a-z_]+$'::text)),
    CONSTRAINT run_events_visibility_known CHECK ((visibility = ANY (ARRAY['private'::text, 'organization'::text])))
);

COMMENT ON TABLE public.run_events IS 'The stream of a run, numbered without gaps; kept for a short time.';

COMMENT ON COLUMN public.run_events.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.run_events.run_id IS 'The run.';

COMMENT ON COLUMN public.run_events.sequence_number IS 'Number in the run, from 0.';

COMMENT ON COLUMN public.run_events.user_id IS 'Owner of the run; copied by a trigger.';

COMMENT ON COLUMN public.run_events.visibility IS 'That of the run; copied by a trigger.';

COMMENT ON COLUMN public.run_events.type IS 'What happened, as in step.completed.';

COMMENT ON COLUMN public.run_events.step_id IS 'The step, where there is one.';

COMMENT ON COLUMN public.run_events.data IS 'What is to be known of it, as a JSON object.';

COMMENT ON COLUMN public.run_events.created_at IS 'When it was written.';

CREATE TABLE public.schedules (
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    organization_id uuid DEFAULT overmind.org_id(),
    user_id uuid DEFAULT overmind.user_id(),
    project_id uuid,
    name text NOT NULL,
    cadence_config jsonb,
    cron text,
    local_time time without time zone DEFAULT '09:00:00'::time without time zone NOT NULL,
    time_zone text DEFAULT 'UTC'::text NOT NULL,
    kind text NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    max_attempts integer DEFAULT 3 NOT NULL,
    missed_runs text DEFAULT 'run_once'::text NOT NULL,
    is_paused boolean DEFAULT false NOT NULL,
    next_run_at timestamp with time zone,
    last_run_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT schedules_cadence_days_array CHECK (((cadence_config IS NULL) OR COALESCE((jsonb_typeof((cadence_config -> 'days'::text)) = 'array'::text), false))),
    CONSTRAINT schedules_cadence_mode_known CHECK (((cadence_config IS NULL) OR COALESCE(((cadence_config ->> 'mode'::text) = ANY (ARRAY['daily'::text, 'weekdays'::text, 'weekly'::text, 'custom'::text])), false))),
    CONSTRAINT schedules_cadence_or_cron CHECK ((num_nonnulls(cadence_config, cron) = 1)),
    CONSTRAINT schedules_cron_length CHECK (((length(cron) >= 1) AND (length(cron) <= 100))),
    CONSTRAINT schedules_kind_shape CHECK ((kind ~ '^[a-z][a-z0-9_.]{0,99}$'::text)),
    CONSTRAINT schedules_max_attempts_positive CHECK ((max_attempts > 0)),
    CONSTRAINT schedules_missed_runs_known CHECK ((missed_runs = ANY (ARRAY['skip'::text, 'run_once'::text, 'run_all'::text]))),
    CONSTRAINT schedules_name_length CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT schedules_payload_object CHECK ((jsonb_typeof(payload) = 'object'::text)),
    CONSTRAINT schedules_time_zone_length CHECK (((length(time_zone) >= 1) AND (length(time_zone) <= 100)))
);

COMMENT ON TABLE public.schedules IS 'What is to be done again and again, at a local time: each time that is due becomes a job.';

COMMENT ON COLUMN public.schedules.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.schedules.organization_id IS 'Tenant; null for a schedule of the installation.';

COMMENT ON COLUMN public.schedules.user_id IS 'Owner: its jobs work in their name. Null for a schedule of the installation.';

COMMENT ON COLUMN public.schedules.project_id IS 'The project whose next_scheduled_at it keeps; null for none.';

COMMENT ON COLUMN public.schedules.name IS 'What it is for.';

COMMENT ON COLUMN public.schedules.cadence_config IS 'On which days, as JSON: mode daily, weekdays, weekly or custom, and days 0 to 6 (Sunday is 0). Null: cron says it.';

COMMENT ON COLUMN public.schedules.cron IS 'When, as a cron expression of five fields or a macro. Null: the cadence says it.';

COMMENT ON COLUMN public.schedules.local_time IS 'At which wall time a cadence is due; cron has its own.';

COMMENT ON COLUMN public.schedules.time_zone IS 'Whose wall time: an IANA zone.';

COMMENT ON COLUMN public.schedules.kind IS 'Kind of the jobs.';

COMMENT ON COLUMN public.schedules.payload IS 'Payload of the jobs, as a JSON object.';

COMMENT ON COLUMN public.schedules.max_attempts IS 'How often each of its jobs may fail.';

COMMENT ON COLUMN public.schedules.missed_runs IS 'What becomes of times that nobody was there for: skip, run_once (the latest) or run_all (at most 100).';

COMMENT ON COLUMN public.schedules.is_paused IS 'True: nothing is due until it is resumed.';

COMMENT ON COLUMN public.schedules.next_run_at IS 'When it is due next; null: never again.';

COMMENT ON COLUMN public.schedules.last_run_at IS 'The latest time for which it made a job.';

COMMENT ON COLUMN public.schedules.created_at IS 'When it was made.';

COMMENT ON COLUMN public.schedules.updated_at IS 'When it was last changed; kept by a trigger.';

CREATE TABLE public.sessions (
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    user_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    device_type text NOT NULL,
    device_name text,
    ip_address inet,
    user_agent text,
    expires_at timestamp with time zone NOT NULL,
    last_active_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    revoked_at timestamp with time zone,
    revoked_reason text,
    CONSTRAINT sessions_device_name_length CHECK (((length(device_name) >= 1) AND (length(device_name) <= 255))),
    CONSTRAINT sessions_device_type_known CHECK ((device_type = ANY (ARRAY['web'::text, 'api'::text]))),
    CONSTRAINT sessions_revoked_reason_known CHECK ((revoked_reason = ANY (ARRAY['signed_out'::text, 'revoked'::text, 'refresh_token_reused'::text, 'password_changed'::text, 'membership_ended'::text]))),
    CONSTRAINT sessions_revoked_whole CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL))),
    CONSTRAINT sessions_user_agent_length CHECK ((length(user_agent) <= 500))
);

COMMENT ON TABLE public.sessions IS 'Where somebody is signed in: a browser or a program. It belongs to the person, not to a tenant; a caller sees their own.';

COMMENT ON COLUMN public.sessions.id IS 'Identity: a UUIDv7; session_id of access tokens.';

COMMENT ON COLUMN public.sessions.user_id IS 'Who is signed in.';

COMMENT ON COLUMN public.sessions.organization_id IS 'The organization it acts in, unless a request chooses another of the person''s.';

COMMENT ON COLUMN public.sessions.device_type IS 'web: the console, by its cookie; api: a program, by access and refresh tokens.';

COMMENT ON COLUMN public.sessions.device_name IS 'What the person calls the device.';

COMMENT ON COLUMN public.sessions.ip_address IS 'Where it was last signed in or refreshed from.';

COMMENT ON COLUMN public.sessions.user_agent IS 'What it called itself then, cut to 500 characters.';

COMMENT ON COLUMN public.sessions.expires_at IS 'When it ends by itself; moved on while it is used.';

COMMENT ON COLUMN public.sessions.last_active_at IS 'When it was last used, to within two minutes.';

COMMENT ON COLUMN public.sessions.created_at IS 'When it was signed in.';

COMMENT ON COLUMN public.sessions.revoked_at IS 'When it was ended; null while it is not.';

COMMENT ON COLUMN public.sessions.revoked_reason IS 'signed_out, revoked (from the list), refresh_token_reused, password_changed or membership_ended.';

CREATE TABLE public.step_replays (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    run_id uuid NOT NULL,
    step_id uuid NOT NULL,
    user_id uuid NOT NULL,
    visibility text NOT NULL,
    requested_by uuid DEFAULT overmind.user_id(),
    provider text NOT NULL,
    model text NOT NULL,
    temperature double precision NOT NULL,
    status text DEFAULT 'queued'::text NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    lease_token bigint DEFAULT 0 NOT NULL,
    output text,
    error_message text,
    score double precision,
    tokens_input bigint DEFAULT 0 NOT NULL,
    tokens_output bigint DEFAULT 0 NOT NULL,
    cost_usd numeric DEFAULT 0,
    is_estimated boolean DEFAULT false NOT NULL,
    latency_ms integer,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    completed_at timestamp with time zone,
    api_key_id uuid DEFAULT (overmind.request_origin('api_key_id'::text))::uuid,
    trace_id text DEFAULT overmind.request_origin('request_id'::text),
    is_scheduled boolean DEFAULT COALESCE((overmind.request_origin('is_scheduled'::text))::boolean, false) NOT NULL,
    CONSTRAINT step_replays_attempt_not_negative CHECK ((attempt >= 0)),
    CONSTRAINT step_replays_completed_at_when_ended CHECK (((status = ANY (ARRAY['succeeded'::text, 'failed'::text])) = (completed_at IS NOT NULL))),
    CONSTRAINT step_replays_cost_usd_not_negative CHECK (((cost_usd >= (0)::numeric) AND (cost_usd < 'Infinity'::numeric))),
    CONSTRAINT step_replays_latency_ms_not_negative CHECK ((latency_ms >= 0)),
    CONSTRAINT step_replays_score_range CHECK (((score >= (0)::double precision) AND (score <= (10)::double precision))),
    CONSTRAINT step_replays_status_known CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'succeeded'::text, 'failed'::text]))),
    CONSTRAINT step_replays_temperature_range CHECK (((temperature >= (0)::double precision) AND (temperature <= (2)::double precision))),
    CONSTRAINT step_replays_tokens_not_negative CHECK (((tokens_input >= 0) AND (tokens_output >= 0))),
    CONSTRAINT step_replays_visibility_known CHECK ((visibility = ANY (ARRAY['private'::text, 'organization'::text])))
);

COMMENT ON TABLE public.step_replays IS 'A call of a run made again with another model, to compare; it changes nothing in the run.';

COMMENT ON COLUMN public.step_replays.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.step_replays.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.step_replays.run_id IS 'The run.';

COMMENT ON COLUMN public.step_replays.step_id IS 'The step whose call it is.';

COMMENT ON COLUMN public.step_replays.user_id IS 'Owner of the run; copied by a trigger.';

COMMENT ON COLUMN public.step_replays.visibility IS 'That of the run; copied by a trigger.';

COMMENT ON COLUMN public.step_replays.requested_by IS 'Member who asked for it, and whose ledger row it is.';

COMMENT ON COLUMN public.step_replays.provider IS 'Provider of the model.';

COMMENT ON COLUMN public.step_replays.model IS 'The model.';

COMMENT ON COLUMN public.step_replays.temperature IS 'How free its wording is, 0 to 2.';

COMMENT ON COLUMN public.step_replays.status IS 'queued, running, succeeded or failed.';

COMMENT ON COLUMN public.step_replays.attempt IS 'Attempts so far; more than one when a worker was lost.';

COMMENT ON COLUMN public.step_replays.lease_token IS 'Number of the claim that may write; older ones are refused.';

COMMENT ON COLUMN public.step_replays.output IS 'What the model answered.';

COMMENT ON COLUMN public.step_replays.error_message IS 'Why it failed, or why its verdict cannot be read.';

COMMENT ON COLUMN public.step_replays.score IS 'Score of a replayed inspection, 0 to 10.';

COMMENT ON COLUMN public.step_replays.tokens_input IS 'Tokens of the prompts of all attempts.';

COMMENT ON COLUMN public.step_replays.tokens_output IS 'Tokens of the answers of all attempts.';

COMMENT ON COLUMN public.step_replays.cost_usd IS 'Cost in US dollars of all attempts; null when a part of it is unknown.';

COMMENT ON COLUMN public.step_replays.is_estimated IS 'Whether part of the tokens is an estimate.';

COMMENT ON COLUMN public.step_replays.latency_ms IS 'Time of the last attempt, in milliseconds.';

COMMENT ON COLUMN public.step_replays.created_at IS 'When it was asked for.';

COMMENT ON COLUMN public.step_replays.updated_at IS 'When it was last changed; kept by a trigger.';

COMMENT ON COLUMN public.step_replays.completed_at IS 'When it ended.';

COMMENT ON COLUMN public.step_replays.api_key_id IS 'API key that asked; null: none did.';

COMMENT ON COLUMN public.step_replays.trace_id IS 'Request that asked, as X-Request-Id names it.';

COMMENT ON COLUMN public.step_replays.is_scheduled IS 'Whether the job of a schedule asked.';

CREATE TABLE public.synthesis_events (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    run_id uuid,
    conversation_id uuid NOT NULL,
    message_id uuid NOT NULL,
    user_id uuid NOT NULL,
    visibility text NOT NULL,
    iteration integer DEFAULT 1 NOT NULL,
    quality_score double precision,
    score_rationale text,
    triggered_n2 boolean DEFAULT false NOT NULL,
    observation text,
    distillation jsonb,
    repair_directive text,
    final_output text,
    latency_ms integer,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT synthesis_events_iteration_positive CHECK ((iteration > 0)),
    CONSTRAINT synthesis_events_latency_ms_not_negative CHECK ((latency_ms >= 0)),
    CONSTRAINT synthesis_events_metadata_object CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT synthesis_events_quality_score_range CHECK (((quality_score >= (0)::double precision) AND (quality_score <= (10)::double precision))),
    CONSTRAINT synthesis_events_visibility_known CHECK ((visibility = ANY (ARRAY['private'::text, 'organization'::text])))
);

COMMENT ON TABLE public.synthesis_events IS 'What an iteration of a run came to.';

COMMENT ON COLUMN public.synthesis_events.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.synthesis_events.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.synthesis_events.run_id IS 'The run.';

COMMENT ON COLUMN public.synthesis_events.conversation_id IS 'The conversation.';

COMMENT ON COLUMN public.synthesis_events.message_id IS 'The question.';

COMMENT ON COLUMN public.synthesis_events.user_id IS 'Owner of the conversation; copied by a trigger.';

COMMENT ON COLUMN public.synthesis_events.visibility IS 'That of the conversation; copied by a trigger.';

COMMENT ON COLUMN public.synthesis_events.iteration IS 'Iteration, from 1.';

COMMENT ON COLUMN public.synthesis_events.quality_score IS 'Score, 0 to 10; null: unscored.';

COMMENT ON COLUMN public.synthesis_events.score_rationale IS 'Why this score.';

COMMENT ON COLUMN public.synthesis_events.triggered_n2 IS 'Whether another iteration followed.';

COMMENT ON COLUMN public.synthesis_events.observation IS 'What the user needs, as observed.';

COMMENT ON COLUMN public.synthesis_events.distillation IS 'Core insights of the agents, as JSON.';

COMMENT ON COLUMN public.synthesis_events.repair_directive IS 'What the next iteration is to do better.';

COMMENT ON COLUMN public.synthesis_events.final_output IS 'The assembled answer.';

COMMENT ON COLUMN public.synthesis_events.latency_ms IS 'How long it took, in milliseconds.';

COMMENT ON COLUMN public.synthesis_events.metadata IS 'What else is known of it, as a JSON object.';

COMMENT ON COLUMN public.synthesis_events.created_at IS 'When it was made.';

CREATE VIEW public.token_usage_daily WITH (security_invoker='true') AS
 SELECT p.organization_id,
    p.date,
    sum(p.tokens) FILTER (WHERE (p.part = 'organization'::text)) AS total_tokens,
        CASE
            WHEN (sum(p.priced_usd) FILTER (WHERE (p.part = 'organization'::text)) > (0)::numeric) THEN sum(p.cost_usd) FILTER (WHERE (p.part = 'organization'::text))
            ELSE NULL::numeric
        END AS total_cost_usd,
        CASE
            WHEN (sum(p.priced_usd) FILTER (WHERE (p.part = 'organization'::text)) > (0)::numeric) THEN (sum(p.cost_usd) FILTER (WHERE (p.part = 'organization'::text)) * overmind.exchange_rate(p.organization_id, 'GBP'::text, p.date))
            ELSE NULL::numeric
        END AS total_cost_gbp,
    (COALESCE(sum(p.calls) FILTER (WHERE ((p.part = 'operation'::text) AND (p.subject = 'episode_generation'::text))), (0)::numeric))::bigint AS episode_count,
    jsonb_object_agg(p.subject, jsonb_build_object('tokens', p.tokens, 'cost',
        CASE
            WHEN (p.priced_usd > (0)::numeric) THEN p.cost_usd
            ELSE NULL::numeric
        END, 'calls', p.calls)) FILTER (WHERE ((p.part = 'operation'::text) AND (p.subject IS NOT NULL) AND (p.calls <> (0)::numeric))) AS operation_breakdown,
    max(p.tokens) FILTER (WHERE ((p.part = 'hour'::text) AND (p.tokens > (0)::numeric))) AS hourly_peak,
    ((array_agg(p.clock_hour ORDER BY p.tokens DESC, p.metric_hour) FILTER (WHERE ((p.part = 'hour'::text) AND (p.tokens > (0)::numeric))))[1])::integer AS peak_hour,
    max(p.last_updated) AS last_updated
   FROM ( SELECT d.organization_id,
            d.metric_date AS date,
                CASE d.grain
                    WHEN 'day'::text THEN d.dimension
                    ELSE 'hour'::text
                END AS part,
            d.subject,
            d.metric_hour,
            EXTRACT(hour FROM ((((d.metric_date)::timestamp without time zone AT TIME ZONE COALESCE(o.usage_timezone, 'UTC'::text)) + make_interval(hours => (d.metric_hour)::integer)) AT TIME ZONE COALESCE(o.usage_timezone, 'UTC'::text))) AS clock_hour,
            sum((d.tokens_input + d.tokens_output)) AS tokens,
            sum(d.cost) FILTER (WHERE (d.currency = 'USD'::text)) AS cost_usd,
            sum((d.calls - d.unpriced_calls)) FILTER (WHERE (d.currency = 'USD'::text)) AS priced_usd,
            sum(d.calls) AS calls,
            max(d.last_updated) AS last_updated
           FROM (public.usage_rollups d
             JOIN public.organizations o ON ((o.id = d.organization_id)))
          WHERE ((d.part = 'sums'::text) AND (d.grain = ANY (ARRAY['day'::text, 'day_hour'::text])) AND (d.dimension = ANY (ARRAY['organization'::text, 'operation'::text])))
          GROUP BY d.organization_id, d.metric_date, d.dimension, d.grain, d.subject, d.metric_hour, o.usage_timezone) p
  GROUP BY p.organization_id, p.date
 HAVING (count(*) FILTER (WHERE (p.part = 'organization'::text)) > 0);

COMMENT ON VIEW public.token_usage_daily IS 'What an organization used on each of its days, by the ledger. For limits and reports; kept as calls are settled.';

COMMENT ON COLUMN public.token_usage_daily.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.token_usage_daily.date IS 'The day, in the organization''s zone.';

COMMENT ON COLUMN public.token_usage_daily.total_tokens IS 'Tokens in and out.';

COMMENT ON COLUMN public.token_usage_daily.total_cost_usd IS 'Cost in US dollars, not rounded; null when none is known.';

COMMENT ON COLUMN public.token_usage_daily.total_cost_gbp IS 'The same in pounds, by the rate of that day; null when none is set.';

COMMENT ON COLUMN public.token_usage_daily.episode_count IS 'Calls of the operation episode_generation.';

COMMENT ON COLUMN public.token_usage_daily.operation_breakdown IS 'By operation: tokens, cost in US dollars and calls, as a JSON object.';

COMMENT ON COLUMN public.token_usage_daily.hourly_peak IS 'Most tokens of an hour.';

COMMENT ON COLUMN public.token_usage_daily.peak_hour IS 'That hour: 0 to 23 in the organization''s zone, the first of equals.';

COMMENT ON COLUMN public.token_usage_daily.last_updated IS 'When something was last added.';

CREATE VIEW public.unpriced_models WITH (security_invoker='true') AS
 SELECT u.organization_id,
    u.provider,
    u.model,
    count(*) AS calls,
    sum(u.tokens_input) AS tokens_input,
    sum(u.tokens_output) AS tokens_output,
    min(u.created_at) AS first_call_at,
    max(u.created_at) AS last_call_at
   FROM public.token_usage u
  WHERE ((u.status = 'settled'::text) AND (u.cost IS NULL))
  GROUP BY u.organization_id, u.provider, u.model;

COMMENT ON VIEW public.unpriced_models IS 'Models that were called and whose price is not known: what they cost is in no sum.';

COMMENT ON COLUMN public.unpriced_models.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.unpriced_models.provider IS 'Key of the provider.';

COMMENT ON COLUMN public.unpriced_models.model IS 'The model.';

COMMENT ON COLUMN public.unpriced_models.calls IS 'Calls of it without a cost.';

COMMENT ON COLUMN public.unpriced_models.tokens_input IS 'Tokens of their prompts.';

COMMENT ON COLUMN public.unpriced_models.tokens_output IS 'Tokens of their answers.';

COMMENT ON COLUMN public.unpriced_models.first_call_at IS 'When the first of them began.';

COMMENT ON COLUMN public.unpriced_models.last_call_at IS 'When the last of them began.';

CREATE VIEW public.usage_metrics WITH (security_invoker='true') AS
 SELECT (md5(concat_ws('/'::text, b.organization_id, b.dimension, b.grain, b.metric_date, b.metric_hour, b.user_id)))::uuid AS id,
    b.organization_id,
    b.user_id,
    b.dimension,
    b.metric_date,
    b.metric_hour,
    (sum(b.queries))::bigint AS query_count,
    (sum(b.messages))::bigint AS message_count,
    sum((b.tokens_input + b.tokens_output)) AS token_count,
    ((sum(b.quality_sum) / NULLIF(sum(b.scored), (0)::numeric)))::double precision AS avg_quality_score,
    (sum(b.n2_triggers))::bigint AS n2_trigger_count,
    (round((sum(b.latency_ms) / NULLIF(sum(b.timed_calls), (0)::numeric))))::integer AS avg_latency_ms,
    overmind.latency_of_bucket(min(b.latency_bucket) FILTER (WHERE ((b.part = 'latencies'::text) AND (b.calls > 0) AND (b.calls_so_far >= (0.95 * b.calls_in_buckets))))) AS p95_latency_ms,
    (sum(b.errors))::bigint AS error_count,
        CASE
            WHEN (sum((b.calls - b.unpriced_calls)) FILTER (WHERE ((b.part = 'sums'::text) AND (b.currency = 'USD'::text))) > (0)::numeric) THEN sum(b.cost) FILTER (WHERE (b.currency = 'USD'::text))
            ELSE NULL::numeric
        END AS estimated_cost_usd,
    (COALESCE(sum(b.calls) FILTER (WHERE (b.part = 'sums'::text)), (0)::numeric))::bigint AS call_count,
    (sum(b.unpriced_calls))::bigint AS unpriced_call_count,
    min(b.created_at) AS created_at
   FROM ( SELECT r.part,
            r.organization_id,
            r.dimension,
            r.grain,
            r.metric_date,
            r.metric_hour,
            r.user_id,
            r.subject,
            r.currency,
            r.latency_bucket,
            r.calls,
            r.unpriced_calls,
            r.tokens_input,
            r.tokens_output,
            r.tokens_cached,
            r.cost,
            r.latency_ms,
            r.timed_calls,
            r.queries,
            r.messages,
            r.n2_triggers,
            r.errors,
            r.quality_sum,
            r.scored,
            r.created_at,
            r.last_updated,
            sum(r.calls) FILTER (WHERE (r.part = 'latencies'::text)) OVER (PARTITION BY r.user_id, r.metric_date, r.metric_hour, r.grain, r.dimension, r.organization_id ORDER BY r.latency_bucket NULLS FIRST) AS calls_so_far,
            sum(r.calls) FILTER (WHERE (r.part = 'latencies'::text)) OVER (PARTITION BY r.user_id, r.metric_date, r.metric_hour, r.grain, r.dimension, r.organization_id) AS calls_in_buckets
           FROM public.usage_rollups r
          WHERE ((r.dimension = ANY (ARRAY['organization'::text, 'user'::text])) AND (r.grain = ANY (ARRAY['hour'::text, 'day'::text])))) b
  GROUP BY b.user_id, b.metric_date, b.metric_hour, b.grain, b.dimension, b.organization_id;

COMMENT ON VIEW public.usage_metrics IS 'Usage by hour and day, of organizations and of their members: each of the four adds up to the ledger by itself.';

COMMENT ON COLUMN public.usage_metrics.id IS 'Identity, made of what the row is of.';

COMMENT ON COLUMN public.usage_metrics.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.usage_metrics.user_id IS 'The member, where dimension is user; null where the work was nobody''s.';

COMMENT ON COLUMN public.usage_metrics.dimension IS 'organization: of all; user: of one member.';

COMMENT ON COLUMN public.usage_metrics.metric_date IS 'The day: of the organization for days, in UTC for hours.';

COMMENT ON COLUMN public.usage_metrics.metric_hour IS 'The hour, 0 to 23 in UTC; null for days.';

COMMENT ON COLUMN public.usage_metrics.query_count IS 'Runs that were asked for.';

COMMENT ON COLUMN public.usage_metrics.message_count IS 'Messages that were written.';

COMMENT ON COLUMN public.usage_metrics.token_count IS 'Tokens in and out, by the ledger.';

COMMENT ON COLUMN public.usage_metrics.avg_quality_score IS 'Mean of the best scores of runs that ended, 0 to 10; null when none has one.';

COMMENT ON COLUMN public.usage_metrics.n2_trigger_count IS 'Runs that went through more than one iteration.';

COMMENT ON COLUMN public.usage_metrics.avg_latency_ms IS 'Mean time of a call, in milliseconds.';

COMMENT ON COLUMN public.usage_metrics.p95_latency_ms IS 'What 95 % of the calls took at most, within 4.8 %, in milliseconds.';

COMMENT ON COLUMN public.usage_metrics.error_count IS 'Runs that failed.';

COMMENT ON COLUMN public.usage_metrics.estimated_cost_usd IS 'Cost in US dollars, by the ledger, not rounded; null when none is known.';

COMMENT ON COLUMN public.usage_metrics.call_count IS 'Calls that were settled.';

COMMENT ON COLUMN public.usage_metrics.unpriced_call_count IS 'Those whose cost is unknown.';

COMMENT ON COLUMN public.usage_metrics.created_at IS 'When the sum began.';

CREATE TABLE public.user_gamification (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    user_id uuid DEFAULT overmind.user_id() NOT NULL,
    xp bigint DEFAULT 0 NOT NULL,
    level integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT user_gamification_level_positive CHECK ((level > 0)),
    CONSTRAINT user_gamification_xp_not_negative CHECK ((xp >= 0))
);

COMMENT ON TABLE public.user_gamification IS 'What a person has earned.';

COMMENT ON COLUMN public.user_gamification.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.user_gamification.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.user_gamification.user_id IS 'The person.';

COMMENT ON COLUMN public.user_gamification.xp IS 'Points.';

COMMENT ON COLUMN public.user_gamification.level IS 'Level, from 1.';

COMMENT ON COLUMN public.user_gamification.created_at IS 'When it was made.';

COMMENT ON COLUMN public.user_gamification.updated_at IS 'When it was last changed; kept by a trigger.';

CREATE VIEW public.user_profiles WITH (security_invoker='true') AS
 SELECT m.user_id AS id,
    m.organization_id,
    m.display_name,
    m.avatar_url,
    m.timezone,
    m.created_at,
    m.updated_at
   FROM public.organization_members m
  WHERE (m.left_at IS NULL);

COMMENT ON VIEW public.user_profiles IS 'The members of the caller''s organization as each describes themselves. Writing one''s own sets it, whether it was there or not.';

COMMENT ON COLUMN public.user_profiles.id IS 'The person.';

COMMENT ON COLUMN public.user_profiles.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.user_profiles.display_name IS 'Name that the other members see.';

COMMENT ON COLUMN public.user_profiles.avatar_url IS 'Address of a picture.';

COMMENT ON COLUMN public.user_profiles.timezone IS 'Time zone, by its IANA name.';

COMMENT ON COLUMN public.user_profiles.created_at IS 'When they became a member.';

COMMENT ON COLUMN public.user_profiles.updated_at IS 'When anything of it was last changed.';

CREATE TABLE public.user_traits (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    user_id uuid DEFAULT overmind.user_id() NOT NULL,
    trait_key text NOT NULL,
    trait_value text NOT NULL,
    source text DEFAULT 'user_input'::text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT user_traits_source_known CHECK ((source = ANY (ARRAY['user_input'::text, 'ai_inferred'::text]))),
    CONSTRAINT user_traits_trait_key_shape CHECK ((trait_key ~ '^[a-z][a-z0-9_]{0,63}$'::text)),
    CONSTRAINT user_traits_trait_value_length CHECK (((length(trait_value) >= 1) AND (length(trait_value) <= 1000)))
);

COMMENT ON TABLE public.user_traits IS 'What is known of a person, a word a row: said by them, or inferred by a model.';

COMMENT ON COLUMN public.user_traits.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.user_traits.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.user_traits.user_id IS 'The person.';

COMMENT ON COLUMN public.user_traits.trait_key IS 'What it is, as expertise_level.';

COMMENT ON COLUMN public.user_traits.trait_value IS 'What it is for this person, as intermediate.';

COMMENT ON COLUMN public.user_traits.source IS 'user_input (they said so) or ai_inferred.';

COMMENT ON COLUMN public.user_traits.created_at IS 'When it was made.';

COMMENT ON COLUMN public.user_traits.updated_at IS 'When it was last changed; kept by a trigger.';

CREATE VIEW public.user_usage WITH (security_invoker='true') AS
 SELECT u.organization_id,
    u.user_id,
    count(*) AS calls,
    sum(u.tokens_input) AS tokens_input,
    sum(u.tokens_output) AS tokens_output,
    COALESCE(sum(u.cost), (0)::numeric) AS cost_usd,
    count(*) FILTER (WHERE (u.cost IS NULL)) AS unpriced_calls,
    max(u.settled_at) AS last_call_at
   FROM public.token_usage u
  WHERE ((u.status = 'settled'::text) AND (u.outcome IS DISTINCT FROM 'blocked'::text) AND (u.user_id IS NOT NULL))
  GROUP BY u.organization_id, u.user_id;

COMMENT ON VIEW public.user_usage IS 'What the calls of a member used and cost, by the ledger, as far as the caller may see it.';

COMMENT ON COLUMN public.user_usage.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.user_usage.user_id IS 'The user.';

COMMENT ON COLUMN public.user_usage.calls IS 'Calls that have ended.';

COMMENT ON COLUMN public.user_usage.tokens_input IS 'Tokens of their prompts.';

COMMENT ON COLUMN public.user_usage.tokens_output IS 'Tokens of their answers.';

COMMENT ON COLUMN public.user_usage.cost_usd IS 'Cost in US dollars of those whose price is known, not rounded.';

COMMENT ON COLUMN public.user_usage.unpriced_calls IS 'Those whose price is not known: their cost is not in it.';

COMMENT ON COLUMN public.user_usage.last_call_at IS 'When the last one ended.';

CREATE TABLE public.users (
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    email text NOT NULL,
    password_hash text,
    email_verified boolean DEFAULT false NOT NULL,
    email_verified_at timestamp with time zone,
    name text NOT NULL,
    avatar_url text,
    preferences jsonb DEFAULT '{}'::jsonb NOT NULL,
    last_login_at timestamp with time zone,
    last_active_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    deleted_at timestamp with time zone,
    timezone text DEFAULT 'UTC'::text NOT NULL,
    CONSTRAINT users_avatar_url_length CHECK ((length(avatar_url) <= 500)),
    CONSTRAINT users_email_shape CHECK (((email ~ '^[^@\s]+@[^@\s]+$'::text) AND (length(email) <= 255))),
    CONSTRAINT users_name_length CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT users_preferences_object CHECK ((jsonb_typeof(preferences) = 'object'::text)),
    CONSTRAINT users_timezone_length CHECK (((length(timezone) >= 1) AND (length(timezone) <= 64)))
);

COMMENT ON TABLE public.users IS 'A person with an account; may be a member of several organizations. Shows a caller their own row only.';

COMMENT ON COLUMN public.users.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.users.email IS 'Address to sign in with; unique whatever its case, while not deleted.';

COMMENT ON COLUMN public.users.password_hash IS 'Salted hash of the password; null when they sign in otherwise. No request role reads it.';

COMMENT ON COLUMN public.users.email_verified IS 'Whether the address is known to be theirs.';

COMMENT ON COLUMN public.users.email_verified_at IS 'When that became known.';

COMMENT ON COLUMN public.users.name IS 'Name as they write it.';

COMMENT ON COLUMN public.users.avatar_url IS 'Address of a picture.';

COMMENT ON COLUMN public.users.preferences IS 'What they chose in the console, as a JSON object.';

COMMENT ON COLUMN public.users.last_login_at IS 'When they last signed in.';

COMMENT ON COLUMN public.users.last_active_at IS 'When they last did something.';

COMMENT ON COLUMN public.users.created_at IS 'When it was made.';

COMMENT ON COLUMN public.users.updated_at IS 'When it was last changed; kept by a trigger.';

COMMENT ON COLUMN public.users.deleted_at IS 'When it was deleted; null while it is not.';

COMMENT ON COLUMN public.users.timezone IS 'Their time zone, by its IANA name.';

CREATE TABLE public.webhook_deliveries (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    endpoint_id uuid NOT NULL,
    event_id uuid NOT NULL,
    event_type text NOT NULL,
    body text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    attempt_count integer DEFAULT 0 NOT NULL,
    attempts jsonb DEFAULT '[]'::jsonb NOT NULL,
    next_attempt_at timestamp with time zone,
    completed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT webhook_deliveries_attempt_count_not_negative CHECK ((attempt_count >= 0)),
    CONSTRAINT webhook_deliveries_attempts_array CHECK ((jsonb_typeof(attempts) = 'array'::text)),
    CONSTRAINT webhook_deliveries_body_length CHECK ((octet_length(body) <= 262144)),
    CONSTRAINT webhook_deliveries_completed_at_when_ended CHECK (((status = 'pending'::text) = (completed_at IS NULL))),
    CONSTRAINT webhook_deliveries_event_type_shape CHECK (((event_type ~ '^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$'::text) AND (length(event_type) <= 100))),
    CONSTRAINT webhook_deliveries_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'succeeded'::text, 'failed'::text])))
);

COMMENT ON TABLE public.webhook_deliveries IS 'What was or is to be sent to a webhook endpoint, with each attempt; kept for 30 days.';

COMMENT ON COLUMN public.webhook_deliveries.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.webhook_deliveries.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.webhook_deliveries.endpoint_id IS 'To whom.';

COMMENT ON COLUMN public.webhook_deliveries.event_id IS 'Which event, the same for all endpoints and in every attempt: webhook-id.';

COMMENT ON COLUMN public.webhook_deliveries.event_type IS 'What has happened, as run.succeeded.';

COMMENT ON COLUMN public.webhook_deliveries.body IS 'What is posted: what is signed, to the byte.';

COMMENT ON COLUMN public.webhook_deliveries.status IS 'pending, succeeded or failed.';

COMMENT ON COLUMN public.webhook_deliveries.attempt_count IS 'Attempts so far.';

COMMENT ON COLUMN public.webhook_deliveries.attempts IS 'Each attempt, as a JSON array of at, status, latency_ms, response (its first KB), error.';

COMMENT ON COLUMN public.webhook_deliveries.next_attempt_at IS 'When the next one is due; null when none is.';

COMMENT ON COLUMN public.webhook_deliveries.completed_at IS 'When it ended, well or not.';

COMMENT ON COLUMN public.webhook_deliveries.created_at IS 'When the event happened.';

COMMENT ON COLUMN public.webhook_deliveries.updated_at IS 'When it was last changed; kept by a trigger.';

CREATE TABLE public.webhook_endpoints (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    user_id uuid DEFAULT overmind.user_id() NOT NULL,
    url text NOT NULL,
    description text,
    event_types text[] DEFAULT '{}'::text[] NOT NULL,
    secret bytea NOT NULL,
    previous_secret bytea,
    previous_secret_expires_at timestamp with time zone,
    is_enabled boolean DEFAULT true NOT NULL,
    disabled_reason text,
    failing_since timestamp with time zone,
    last_success_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT webhook_endpoints_description_length CHECK ((length(description) <= 255)),
    CONSTRAINT webhook_endpoints_disabled_with_reason CHECK ((is_enabled = (disabled_reason IS NULL))),
    CONSTRAINT webhook_endpoints_previous_secret_whole CHECK (((previous_secret IS NULL) = (previous_secret_expires_at IS NULL))),
    CONSTRAINT webhook_endpoints_url_shape CHECK (((url ~ '^https?://'::text) AND (length(url) <= 2000)))
);

COMMENT ON TABLE public.webhook_endpoints IS 'Where an organization wants to hear of events, over HTTP.';

COMMENT ON COLUMN public.webhook_endpoints.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.webhook_endpoints.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.webhook_endpoints.user_id IS 'Who made it.';

COMMENT ON COLUMN public.webhook_endpoints.url IS 'Where events are posted.';

COMMENT ON COLUMN public.webhook_endpoints.description IS 'What it is for.';

COMMENT ON COLUMN public.webhook_endpoints.event_types IS 'Only these types of events; empty: all.';

COMMENT ON COLUMN public.webhook_endpoints.secret IS 'What signs, encrypted with a key that is not in the database.';

COMMENT ON COLUMN public.webhook_endpoints.previous_secret IS 'What signs as well for a while after a rotation, encrypted.';

COMMENT ON COLUMN public.webhook_endpoints.previous_secret_expires_at IS 'Until when it does.';

COMMENT ON COLUMN public.webhook_endpoints.is_enabled IS 'False: nothing is sent.';

COMMENT ON COLUMN public.webhook_endpoints.disabled_reason IS 'Why nothing is sent: failing (for days) or gone (it answered 410). Null while it is enabled.';

COMMENT ON COLUMN public.webhook_endpoints.failing_since IS 'When the first attempt failed since the last that succeeded; null: none did.';

COMMENT ON COLUMN public.webhook_endpoints.last_success_at IS 'When it last took an event.';

COMMENT ON COLUMN public.webhook_endpoints.created_at IS 'When it was made.';

COMMENT ON COLUMN public.webhook_endpoints.updated_at IS 'When it was last changed; kept by a trigger.';

CREATE TABLE public.workflow_agents (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    workflow_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    "position" integer NOT NULL,
    created_by uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT workflow_agents_position_positive CHECK (("position" > 0))
);

COMMENT ON TABLE public.workflow_agents IS 'The agents of a workflow, in order.';

COMMENT ON COLUMN public.workflow_agents.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.workflow_agents.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.workflow_agents.workflow_id IS 'The workflows version.';

COMMENT ON COLUMN public.workflow_agents.agent_id IS 'The agent.';

COMMENT ON COLUMN public.workflow_agents."position" IS 'Its place, from 1.';

COMMENT ON COLUMN public.workflow_agents.created_by IS 'Whoever made the workflow; copied by a trigger.';

COMMENT ON COLUMN public.workflow_agents.created_at IS 'When it was made.';

CREATE TABLE public.workflow_ratings (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    workflow_id uuid NOT NULL,
    user_id uuid DEFAULT overmind.user_id() NOT NULL,
    rating integer NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT workflow_ratings_rating_range CHECK (((rating >= 1) AND (rating <= 5)))
);

COMMENT ON TABLE public.workflow_ratings IS 'What members think of a version of a workflow, one rating each.';

COMMENT ON COLUMN public.workflow_ratings.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.workflow_ratings.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.workflow_ratings.workflow_id IS 'The version.';

COMMENT ON COLUMN public.workflow_ratings.user_id IS 'Whose rating it is.';

COMMENT ON COLUMN public.workflow_ratings.rating IS '1 to 5.';

COMMENT ON COLUMN public.workflow_ratings.created_at IS 'When it was first given.';

COMMENT ON COLUMN public.workflow_ratings.updated_at IS 'When it was last changed; kept by a trigger.';

CREATE TABLE public.workflows (
    organization_id uuid DEFAULT overmind.org_id() NOT NULL,
    id uuid DEFAULT overmind.uuid_v7() NOT NULL,
    key text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    name text NOT NULL,
    description text,
    category text,
    execution_mode text DEFAULT 'parallel'::text NOT NULL,
    quality_threshold double precision,
    max_n2_iterations integer,
    cost_cap_usd numeric,
    deadline_seconds integer,
    synthesis_provider text,
    synthesis_model text,
    judge_provider text,
    judge_model text,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_public boolean DEFAULT false NOT NULL,
    is_template boolean DEFAULT false NOT NULL,
    usage_count bigint DEFAULT 0 NOT NULL,
    rating_sum bigint DEFAULT 0 NOT NULL,
    rating_count bigint DEFAULT 0 NOT NULL,
    origin_key text,
    origin_version integer,
    created_by uuid DEFAULT overmind.user_id(),
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    deleted_at timestamp with time zone,
    frozen_at timestamp with time zone,
    CONSTRAINT workflows_cost_cap_usd_positive CHECK (((cost_cap_usd > (0)::numeric) AND (cost_cap_usd < 'Infinity'::numeric))),
    CONSTRAINT workflows_deadline_seconds_positive CHECK ((deadline_seconds > 0)),
    CONSTRAINT workflows_execution_mode_known CHECK ((execution_mode = ANY (ARRAY['parallel'::text, 'sequential'::text]))),
    CONSTRAINT workflows_judge_model_whole CHECK (((judge_provider IS NULL) = (judge_model IS NULL))),
    CONSTRAINT workflows_key_shape CHECK ((key ~ '^[a-z0-9][a-z0-9_-]{0,99}$'::text)),
    CONSTRAINT workflows_max_n2_iterations_range CHECK (((max_n2_iterations >= 1) AND (max_n2_iterations <= 20))),
    CONSTRAINT workflows_name_length CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT workflows_origin_whole CHECK (((origin_key IS NULL) = (origin_version IS NULL))),
    CONSTRAINT workflows_quality_threshold_range CHECK (((quality_threshold >= (0)::double precision) AND (quality_threshold <= (10)::double precision))),
    CONSTRAINT workflows_rating_possible CHECK (((rating_count >= 0) AND ((rating_sum >= rating_count) AND (rating_sum <= (5 * rating_count))))),
    CONSTRAINT workflows_settings_object CHECK ((jsonb_typeof(settings) = 'object'::text)),
    CONSTRAINT workflows_synthesis_model_whole CHECK (((synthesis_provider IS NULL) = (synthesis_model IS NULL))),
    CONSTRAINT workflows_usage_count_not_negative CHECK ((usage_count >= 0)),
    CONSTRAINT workflows_version_positive CHECK ((version > 0))
);

COMMENT ON TABLE public.workflows IS 'A version of a set of agents that answers questions.';

COMMENT ON COLUMN public.workflows.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.workflows.id IS 'Identity: a UUIDv7.';

COMMENT ON COLUMN public.workflows.key IS 'Short name, the same for all versions.';

COMMENT ON COLUMN public.workflows.version IS 'Number of the version, from 1.';

COMMENT ON COLUMN public.workflows.is_active IS 'Whether new runs use this version; one of each key is.';

COMMENT ON COLUMN public.workflows.name IS 'Name shown to people.';

COMMENT ON COLUMN public.workflows.description IS 'What it is for.';

COMMENT ON COLUMN public.workflows.category IS 'Kind of question it is made for.';

COMMENT ON COLUMN public.workflows.execution_mode IS 'parallel, or sequential: each agent sees the answers before its own.';

COMMENT ON COLUMN public.workflows.quality_threshold IS 'Score at which an answer is good enough, 0 to 10; null: the organizations.';

COMMENT ON COLUMN public.workflows.max_n2_iterations IS 'Most iterations; null: the organizations.';

COMMENT ON COLUMN public.workflows.cost_cap_usd IS 'Most that one run may cost; null: the organizations.';

COMMENT ON COLUMN public.workflows.deadline_seconds IS 'Longest time of one run; null: no limit.';

COMMENT ON COLUMN public.workflows.synthesis_provider IS 'Provider of the model that observes, distils and assembles; null: the runs.';

COMMENT ON COLUMN public.workflows.synthesis_model IS 'That model.';

COMMENT ON COLUMN public.workflows.judge_provider IS 'Provider of the model that scores; null: the runs.';

COMMENT ON COLUMN public.workflows.judge_model IS 'That model.';

COMMENT ON COLUMN public.workflows.settings IS 'Further settings, as a JSON object.';

COMMENT ON COLUMN public.workflows.is_public IS 'Whether it may be shown outside the organization.';

COMMENT ON COLUMN public.workflows.is_template IS 'Whether it came with the product.';

COMMENT ON COLUMN public.workflows.usage_count IS 'Runs it had.';

COMMENT ON COLUMN public.workflows.rating_sum IS 'Sum of its ratings, 1 to 5 each.';

COMMENT ON COLUMN public.workflows.rating_count IS 'Number of its ratings.';

COMMENT ON COLUMN public.workflows.origin_key IS 'Name of the system workflow it is a copy of; null for ones own.';

COMMENT ON COLUMN public.workflows.origin_version IS 'Version of that workflow.';

COMMENT ON COLUMN public.workflows.created_by IS 'Member who made it; null: it came with the product.';

COMMENT ON COLUMN public.workflows.created_at IS 'When it was made.';

COMMENT ON COLUMN public.workflows.updated_at IS 'When it was last changed; kept by a trigger.';

COMMENT ON COLUMN public.workflows.deleted_at IS 'When it was deleted; null while it is not.';

COMMENT ON COLUMN public.workflows.frozen_at IS 'When it was first active or used by a run: from then on a change is a new version. Null: a draft.';

CREATE VIEW public.workflow_templates WITH (security_invoker='true') AS
 SELECT w.organization_id,
    w.id,
    w.name,
    w.description,
    w.category,
    ARRAY( SELECT a.agent_id
           FROM public.workflow_agents a
          WHERE ((a.organization_id = w.organization_id) AND (a.workflow_id = w.id))
          ORDER BY a."position") AS agent_ids,
    w.execution_mode,
    w.quality_threshold,
    w.max_n2_iterations,
    w.settings,
    w.is_public,
    w.is_template,
    w.usage_count,
    w.rating_sum,
    w.rating_count,
    w.created_by,
    w.created_at,
    w.updated_at,
    w.deleted_at
   FROM public.workflows w
  WHERE w.is_active;

COMMENT ON VIEW public.workflow_templates IS 'The active version of each workflow, with its agents as an array.';

COMMENT ON COLUMN public.workflow_templates.organization_id IS 'Tenant.';

COMMENT ON COLUMN public.workflow_templates.id IS 'The workflow''s version.';

COMMENT ON COLUMN public.workflow_templates.name IS 'Its name.';

COMMENT ON COLUMN public.workflow_templates.description IS 'What it is for.';

COMMENT ON COLUMN public.workflow_templates.category IS 'Kind of question it is made for.';

COMMENT ON COLUMN public.workflow_templates.agent_ids IS 'Its agents in their order.';

COMMENT ON COLUMN public.workflow_templates.execution_mode IS 'parallel or sequential.';

COMMENT ON COLUMN public.workflow_templates.quality_threshold IS 'Score at which an answer is good enough, 0 to 10; null: the organization''s, else the installation''s.';

COMMENT ON COLUMN public.workflow_templates.max_n2_iterations IS 'Most iterations; null: the organization''s, else the installation''s.';

COMMENT ON COLUMN public.workflow_templates.settings IS 'Further settings.';

COMMENT ON COLUMN public.workflow_templates.is_public IS 'Whether it may be shown outside the organization.';

COMMENT ON COLUMN public.workflow_templates.is_template IS 'Whether it came with the product.';

COMMENT ON COLUMN public.workflow_templates.usage_count IS 'How many runs it had.';

COMMENT ON COLUMN public.workflow_templates.rating_sum IS 'Sum of its ratings, 1 to 5 each.';

COMMENT ON COLUMN public.workflow_templates.rating_count IS 'Number of its ratings.';

COMMENT ON COLUMN public.workflow_templates.created_by IS 'Who made it; null: it came with the product.';

COMMENT ON COLUMN public.workflow_templates.created_at IS 'When it was made.';

COMMENT ON COLUMN public.workflow_templates.updated_at IS 'When it was last changed.';

COMMENT ON COLUMN public.workflow_templates.deleted_at IS 'When it was deleted.';

ALTER TABLE ONLY overmind.audit_hashes
    ADD CONSTRAINT audit_hashes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY overmind.audit_hashes
    ADD CONSTRAINT audit_hashes_position_key UNIQUE (seal_number, "position");

ALTER TABLE ONLY overmind.audit_seals
    ADD CONSTRAINT audit_seals_pkey PRIMARY KEY (number);

ALTER TABLE ONLY overmind.cache_flights
    ADD CONSTRAINT cache_flights_pkey PRIMARY KEY (organization_id, cache_key);

ALTER TABLE ONLY overmind.data_protection_keys
    ADD CONSTRAINT data_protection_keys_friendly_name_key UNIQUE (friendly_name);

ALTER TABLE ONLY overmind.data_protection_keys
    ADD CONSTRAINT data_protection_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY overmind.external_identities
    ADD CONSTRAINT external_identities_pkey PRIMARY KEY (issuer, subject);

ALTER TABLE ONLY overmind.job_claims
    ADD CONSTRAINT job_claims_pkey PRIMARY KEY (lease_token);

ALTER TABLE ONLY overmind.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY overmind.one_time_tokens
    ADD CONSTRAINT one_time_tokens_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY overmind.price_catalogue
    ADD CONSTRAINT price_catalogue_pkey PRIMARY KEY (version);

ALTER TABLE ONLY overmind.refresh_tokens
    ADD CONSTRAINT refresh_tokens_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY overmind.request_login
    ADD CONSTRAINT request_login_pkey PRIMARY KEY (name);

ALTER TABLE ONLY overmind.routines
    ADD CONSTRAINT routines_pkey PRIMARY KEY (path);

ALTER TABLE ONLY overmind.run_uses
    ADD CONSTRAINT run_uses_pkey PRIMARY KEY (id);

ALTER TABLE ONLY overmind.signing_keys
    ADD CONSTRAINT signing_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY overmind.workers
    ADD CONSTRAINT workers_pkey PRIMARY KEY (worker_lock);

ALTER TABLE ONLY public.agent_configurations
    ADD CONSTRAINT agent_configurations_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.ai_response_cache
    ADD CONSTRAINT ai_response_cache_cache_key_key UNIQUE (organization_id, cache_key);

ALTER TABLE ONLY public.ai_response_cache
    ADD CONSTRAINT ai_response_cache_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_key_hash_key UNIQUE (organization_id, key_hash);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_replaces_key UNIQUE (organization_id, replaces);

ALTER TABLE ONLY public.audit_details
    ADD CONSTRAINT audit_details_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_logs
    ADD CONSTRAINT audit_logs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.budget_holds
    ADD CONSTRAINT budget_holds_pkey PRIMARY KEY (organization_id, ledger_id, budget_id);

ALTER TABLE ONLY public.budget_periods
    ADD CONSTRAINT budget_periods_pkey PRIMARY KEY (organization_id, budget_id, subject, period_start);

ALTER TABLE ONLY public.budgets
    ADD CONSTRAINT budgets_name_key UNIQUE (organization_id, name);

ALTER TABLE ONLY public.budgets
    ADD CONSTRAINT budgets_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.cache_lookups
    ADD CONSTRAINT cache_lookups_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.exchange_rates
    ADD CONSTRAINT exchange_rates_day_key UNIQUE (organization_id, currency, valid_from);

ALTER TABLE ONLY public.exchange_rates
    ADD CONSTRAINT exchange_rates_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_key_key UNIQUE (organization_id, user_id, route, key);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_seq_key UNIQUE (organization_id, conversation_id, seq);

ALTER TABLE ONLY public.model_aliases
    ADD CONSTRAINT model_aliases_pkey PRIMARY KEY (provider, alias);

ALTER TABLE ONLY public.model_match_rules
    ADD CONSTRAINT model_match_rules_pkey PRIMARY KEY (provider, "position");

ALTER TABLE ONLY public.model_prices
    ADD CONSTRAINT model_prices_no_overlap EXCLUDE USING gist (provider WITH =, model WITH =, context_above WITH =, COALESCE(service_tier, ''::text) WITH =, (
CASE
    WHEN (time_from IS NULL) THEN int4multirange(int4range('-1'::integer, 0))
    WHEN (time_from < time_to) THEN int4multirange(int4range(((EXTRACT(epoch FROM time_from) / (60)::numeric))::integer, ((EXTRACT(epoch FROM time_to) / (60)::numeric))::integer))
    ELSE int4multirange(VARIADIC ARRAY[int4range(0, ((EXTRACT(epoch FROM time_to) / (60)::numeric))::integer), int4range(((EXTRACT(epoch FROM time_from) / (60)::numeric))::integer, 1440)])
END) WITH &&, tstzrange(valid_from, valid_to) WITH &&);

ALTER TABLE ONLY public.model_prices
    ADD CONSTRAINT model_prices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.model_providers
    ADD CONSTRAINT model_providers_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.model_registry
    ADD CONSTRAINT model_registry_pkey PRIMARY KEY (provider, name);

ALTER TABLE ONLY public.organization_members
    ADD CONSTRAINT organization_members_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.organization_members
    ADD CONSTRAINT organization_members_user_key UNIQUE (organization_id, user_id);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.price_overrides
    ADD CONSTRAINT price_overrides_no_overlap EXCLUDE USING gist (organization_id WITH =, provider WITH =, model WITH =, context_above WITH =, COALESCE(service_tier, ''::text) WITH =, (
CASE
    WHEN (time_from IS NULL) THEN int4multirange(int4range('-1'::integer, 0))
    WHEN (time_from < time_to) THEN int4multirange(int4range(((EXTRACT(epoch FROM time_from) / (60)::numeric))::integer, ((EXTRACT(epoch FROM time_to) / (60)::numeric))::integer))
    ELSE int4multirange(VARIADIC ARRAY[int4range(0, ((EXTRACT(epoch FROM time_to) / (60)::numeric))::integer), int4range(((EXTRACT(epoch FROM time_from) / (60)::numeric))::integer, 1440)])
END) WITH &&, tstzrange(valid_from, valid_to) WITH &&);

ALTER TABLE ONLY public.price_overrides
    ADD CONSTRAINT price_overrides_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.projects
    ADD CONSTRAINT projects_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.registry_providers
    ADD CONSTRAINT registry_providers_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.run_events
    ADD CONSTRAINT run_events_pkey PRIMARY KEY (organization_id, run_id, sequence_number);

ALTER TABLE ONLY public.run_steps
    ADD CONSTRAINT run_steps_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.run_steps
    ADD CONSTRAINT run_steps_step_key_key UNIQUE (organization_id, run_id, step_key);

ALTER TABLE ONLY public.schedules
    ADD CONSTRAINT schedules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.step_replays
    ADD CONSTRAINT step_replays_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.subscription_tiers
    ADD CONSTRAINT subscription_tiers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.subscription_tiers
    ADD CONSTRAINT subscription_tiers_rank_key UNIQUE (rank);

ALTER TABLE ONLY public.subscription_tiers
    ADD CONSTRAINT subscription_tiers_tier_name_key UNIQUE (tier_name);

ALTER TABLE ONLY public.synthesis_events
    ADD CONSTRAINT synthesis_events_iteration_key UNIQUE (organization_id, run_id, iteration);

ALTER TABLE ONLY public.synthesis_events
    ADD CONSTRAINT synthesis_events_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.token_usage
    ADD CONSTRAINT token_usage_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.usage_latencies
    ADD CONSTRAINT usage_latencies_key UNIQUE NULLS NOT DISTINCT (organization_id, dimension, grain, metric_date, metric_hour, user_id, subject, latency_bucket);

ALTER TABLE ONLY public.usage_totals
    ADD CONSTRAINT usage_totals_key UNIQUE NULLS NOT DISTINCT (organization_id, dimension, grain, metric_date, metric_hour, user_id, subject, currency);

ALTER TABLE ONLY public.user_gamification
    ADD CONSTRAINT user_gamification_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.user_gamification
    ADD CONSTRAINT user_gamification_user_key UNIQUE (organization_id, user_id);

ALTER TABLE ONLY public.user_subscriptions
    ADD CONSTRAINT user_subscriptions_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.user_traits
    ADD CONSTRAINT user_traits_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.user_traits
    ADD CONSTRAINT user_traits_trait_key_key UNIQUE (organization_id, user_id, trait_key);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.webhook_endpoints
    ADD CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.workflow_agents
    ADD CONSTRAINT workflow_agents_agent_key UNIQUE (organization_id, workflow_id, agent_id);

ALTER TABLE ONLY public.workflow_agents
    ADD CONSTRAINT workflow_agents_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.workflow_agents
    ADD CONSTRAINT workflow_agents_position_key UNIQUE (organization_id, workflow_id, "position");

ALTER TABLE ONLY public.workflow_ratings
    ADD CONSTRAINT workflow_ratings_once UNIQUE (organization_id, workflow_id, user_id);

ALTER TABLE ONLY public.workflow_ratings
    ADD CONSTRAINT workflow_ratings_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.workflow_runs
    ADD CONSTRAINT workflow_runs_pkey PRIMARY KEY (organization_id, id);

ALTER TABLE ONLY public.workflows
    ADD CONSTRAINT workflows_key_version_key UNIQUE (organization_id, key, version);

ALTER TABLE ONLY public.workflows
    ADD CONSTRAINT workflows_pkey PRIMARY KEY (organization_id, id);

CREATE INDEX external_identities_user_idx ON overmind.external_identities USING btree (user_id);

CREATE INDEX one_time_tokens_email_idx ON overmind.one_time_tokens USING btree (lower(email), created_at);

CREATE INDEX refresh_tokens_session_idx ON overmind.refresh_tokens USING btree (session_id);

CREATE UNIQUE INDEX agent_configurations_key_key ON public.agent_configurations USING btree (organization_id, key) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX agent_configurations_origin_key ON public.agent_configurations USING btree (organization_id, origin_key) WHERE (deleted_at IS NULL);

CREATE INDEX agent_configurations_public_idx ON public.agent_configurations USING btree (id) WHERE (is_public AND (deleted_at IS NULL));

CREATE INDEX ai_response_cache_embedding_idx ON public.ai_response_cache USING hnsw (((embedding)::public.halfvec(256)) public.halfvec_cosine_ops) WHERE ((embedding_model_provider = 'builtin'::text) AND (embedding_model_name = 'glove-ngram-v1'::text) AND (embedding_dimensions = 256));

CREATE INDEX ai_response_cache_expires_idx ON public.ai_response_cache USING btree (expires_at);

CREATE INDEX ai_response_cache_scope_idx ON public.ai_response_cache USING btree (organization_id, scope_hash) WHERE (scope_hash IS NOT NULL);

CREATE INDEX api_keys_owner_idx ON public.api_keys USING btree (organization_id, user_id);

CREATE INDEX audit_logs_event_idx ON ONLY public.audit_logs USING btree (organization_id, event_type, id);

CREATE INDEX audit_logs_organization_idx ON ONLY public.audit_logs USING btree (organization_id, id);

CREATE INDEX audit_logs_resource_idx ON ONLY public.audit_logs USING btree (organization_id, resource_type, resource_id, id);

CREATE INDEX audit_logs_transaction_idx ON ONLY public.audit_logs USING btree (transaction_id);

CREATE INDEX audit_logs_user_idx ON ONLY public.audit_logs USING btree (organization_id, user_id, id);

CREATE INDEX budget_changes_key_idx ON public.budget_changes USING btree (organization_id, budget_id, subject, period_start, xid);

CREATE INDEX budget_holds_budget_idx ON public.budget_holds USING btree (organization_id, budget_id);

CREATE INDEX budgets_active_idx ON public.budgets USING btree (organization_id) WHERE is_active;

CREATE INDEX budgets_recount_idx ON public.budgets USING btree (id) WHERE (recount_after IS NOT NULL);

CREATE INDEX cache_lookups_created_idx ON public.cache_lookups USING btree (organization_id, created_at);

CREATE INDEX cache_lookups_pending_idx ON public.cache_lookups USING btree (organization_id, entry_id) WHERE (NOT is_counted);

CREATE INDEX conversations_created_at_idx ON public.conversations USING btree (organization_id, created_at) WHERE (deleted_at IS NULL);

CREATE INDEX conversations_owner_idx ON public.conversations USING btree (organization_id, user_id, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX conversations_shared_idx ON public.conversations USING btree (organization_id, id DESC) WHERE ((visibility = 'organization'::text) AND (deleted_at IS NULL));

CREATE INDEX conversations_tags_idx ON public.conversations USING gin (organization_id, tags);

CREATE INDEX idempotency_keys_created_at_idx ON public.idempotency_keys USING btree (created_at);

CREATE UNIQUE INDEX invitations_pending_key ON public.invitations USING btree (organization_id, lower(email)) WHERE (status = 'pending'::text);

CREATE INDEX jobs_blocked_by_idx ON public.jobs USING btree (organization_id, blocked_by) WHERE (blocked_by IS NOT NULL);

CREATE INDEX jobs_blocked_idx ON public.jobs USING btree (run_at) WHERE (blocked_by IS NOT NULL);

CREATE INDEX jobs_claim_idx ON public.jobs USING btree (kind, COALESCE(organization_id, '00000000-0000-0000-0000-000000000000'::uuid), priority, run_at, id) WHERE is_due;

CREATE INDEX jobs_delayed_idx ON public.jobs USING btree (run_at) WHERE (NOT is_due);

CREATE INDEX jobs_ended_idx ON public.jobs USING btree (keep_until) WHERE (keep_until IS NOT NULL);

CREATE INDEX jobs_organization_idx ON public.jobs USING btree (organization_id, id) WHERE (organization_id IS NOT NULL);

CREATE UNIQUE INDEX jobs_unique_key_key ON public.jobs USING btree (organization_id, kind, unique_key) NULLS NOT DISTINCT WHERE ((unique_key IS NOT NULL) AND (completed_at IS NULL));

CREATE INDEX messages_moderation_idx ON public.messages USING btree (organization_id, moderation_status) WHERE (moderation_status = ANY (ARRAY['pending'::text, 'flagged'::text]));

CREATE INDEX messages_parent_idx ON public.messages USING btree (organization_id, parent_message_id) WHERE (parent_message_id IS NOT NULL);

CREATE INDEX model_prices_model_idx ON public.model_prices USING btree (provider, model);

CREATE UNIQUE INDEX model_providers_key_key ON public.model_providers USING btree (organization_id, key) WHERE (deleted_at IS NULL);

CREATE INDEX organization_members_user_id_idx ON public.organization_members USING btree (user_id);

CREATE UNIQUE INDEX organizations_slug_key ON public.organizations USING btree (slug) WHERE (deleted_at IS NULL);

CREATE INDEX organizations_usage_timezone_idx ON public.organizations USING btree (id) WHERE (usage_timezone IS DISTINCT FROM timezone);

CREATE INDEX price_overrides_model_idx ON public.price_overrides USING btree (organization_id, provider);

CREATE INDEX projects_owner_idx ON public.projects USING btree (organization_id, user_id);

CREATE INDEX run_events_deltas_idx ON public.run_events USING btree (organization_id, run_id, step_id) WHERE (type = 'step.delta'::text);

CREATE INDEX run_steps_agent_idx ON public.run_steps USING btree (organization_id, agent_id);

CREATE INDEX schedules_due_idx ON public.schedules USING btree (next_run_at) WHERE (NOT is_paused);

CREATE UNIQUE INDEX schedules_installation_name_key ON public.schedules USING btree (name) WHERE (organization_id IS NULL);

CREATE INDEX schedules_organization_idx ON public.schedules USING btree (organization_id, id);

CREATE INDEX schedules_project_idx ON public.schedules USING btree (organization_id, project_id) WHERE (project_id IS NOT NULL);

CREATE INDEX sessions_expires_at_idx ON public.sessions USING btree (expires_at);

CREATE INDEX sessions_organization_idx ON public.sessions USING btree (organization_id);

CREATE INDEX sessions_user_idx ON public.sessions USING btree (user_id, id);

CREATE INDEX step_replays_run_idx ON public.step_replays USING btree (organization_id, run_id);

CREATE INDEX step_replays_step_idx ON public.step_replays USING btree (organization_id, step_id, id);

CREATE INDEX synthesis_events_conversation_idx ON public.synthesis_events USING btree (organization_id, conversation_id);

CREATE INDEX synthesis_events_message_idx ON public.synthesis_events USING btree (organization_id, message_id);

CREATE INDEX token_usage_conversation_idx ON ONLY public.token_usage USING btree (organization_id, conversation_id) WHERE (conversation_id IS NOT NULL);

CREATE INDEX token_usage_run_idx ON ONLY public.token_usage USING btree (organization_id, run_id) WHERE (run_id IS NOT NULL);

CREATE INDEX token_usage_unpriced_idx ON ONLY public.token_usage USING btree (organization_id, provider, model) WHERE ((cost IS NULL) AND (status = 'settled'::text));

CREATE INDEX token_usage_user_idx ON ONLY public.token_usage USING btree (organization_id, user_id, id);

CREATE INDEX usage_latencies_user_idx ON public.usage_latencies USING btree (organization_id, user_id, metric_date) WHERE (user_id IS NOT NULL);

CREATE INDEX usage_totals_user_idx ON public.usage_totals USING btree (organization_id, user_id, metric_date) WHERE (user_id IS NOT NULL);

CREATE UNIQUE INDEX user_subscriptions_active_key ON public.user_subscriptions USING btree (organization_id, user_id) WHERE (status = 'active'::text);

CREATE INDEX user_subscriptions_due_idx ON public.user_subscriptions USING btree (current_period_end) WHERE (status = 'active'::text);

CREATE UNIQUE INDEX users_email_key ON public.users USING btree (lower(email)) WHERE (deleted_at IS NULL);

CREATE INDEX users_last_active_at_idx ON public.users USING btree (last_active_at DESC);

CREATE INDEX webhook_deliveries_created_at_idx ON public.webhook_deliveries USING btree (created_at);

CREATE INDEX webhook_deliveries_endpoint_idx ON public.webhook_deliveries USING btree (organization_id, endpoint_id, id);

CREATE INDEX workflow_agents_agent_idx ON public.workflow_agents USING btree (organization_id, agent_id);

CREATE INDEX workflow_ratings_user_idx ON public.workflow_ratings USING btree (organization_id, user_id);

CREATE UNIQUE INDEX workflow_runs_active_key ON public.workflow_runs USING btree (organization_id, conversation_id) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text, 'waiting'::text]));

CREATE INDEX workflow_runs_conversation_idx ON public.workflow_runs USING btree (organization_id, conversation_id, id);

CREATE INDEX workflow_runs_created_at_idx ON public.workflow_runs USING btree (organization_id, created_at);

CREATE INDEX workflow_runs_owner_idx ON public.workflow_runs USING btree (organization_id, user_id, id DESC);

CREATE INDEX workflow_runs_question_idx ON public.workflow_runs USING btree (organization_id, question_message_id);

CREATE UNIQUE INDEX workflows_active_key ON public.workflows USING btree (organization_id, key) WHERE (is_active AND (deleted_at IS NULL));

CREATE INDEX workflows_public_idx ON public.workflows USING btree (id) WHERE (is_public AND is_active AND (deleted_at IS NULL));

CREATE OR REPLACE VIEW public.conversation_stats WITH (security_invoker='true') AS
 SELECT c.id,
    c.user_id,
    c.organization_id,
    c.title,
    c.message_count,
    c.last_activity_at,
    count(m.id) AS actual_message_count,
    avg(m.quality_score) FILTER (WHERE (m.role = 'assistant'::text)) AS avg_quality_score,
    sum(m.tokens_used) FILTER (WHERE (m.role = 'assistant'::text)) AS total_tokens,
    avg(m.latency_ms) FILTER (WHERE (m.role = 'assistant'::text)) AS avg_latency_ms,
    max(m.n2_iterations) FILTER (WHERE (m.role = 'assistant'::text)) AS max_n2_iterations
   FROM (public.conversations c
     LEFT JOIN public.messages m ON (((m.organization_id = c.organization_id) AND (m.conversation_id = c.id) AND (m.deleted_at IS NULL))))
  WHERE (c.deleted_at IS NULL)
  GROUP BY c.organization_id, c.id;

CREATE TRIGGER agent_configurations_before_rewording BEFORE UPDATE ON public.agent_configurations FOR EACH ROW WHEN (((old.origin_version = new.origin_version) AND ((old.name <> new.name) OR (old.role <> new.role) OR (old.goal <> new.goal) OR (old.backstory <> new.backstory) OR (old.output_format <> new.output_format) OR (old.temperature <> new.temperature)))) EXECUTE FUNCTION overmind.agent_configurations_before_rewording();

CREATE TRIGGER ai_response_cache_before_insert BEFORE INSERT ON public.ai_response_cache FOR EACH ROW EXECUTE FUNCTION overmind.ai_response_cache_before_insert();

CREATE TRIGGER api_keys_after_change AFTER DELETE OR UPDATE OF user_id, name, key_hash, scopes, is_active, expires_at, revoked_at ON public.api_keys FOR EACH ROW EXECUTE FUNCTION overmind.api_keys_after_change();

CREATE TRIGGER audit AFTER DELETE OR UPDATE OF key, name, role, goal, backstory, output_format, output_schema, llm_provider, llm_model, temperature, max_tokens, allow_delegation, "verbose", settings, is_active, is_public, deleted_at ON public.agent_configurations FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('agent', 'key,name,role,goal,backstory,output_format,output_schema,llm_provider,llm_model,temperature,max_tokens,allow_delegation,verbose,settings,is_active,is_public,origin_key', 'deleted_at=deleted,!deleted_at=restored,is_public=published,!is_public=withdrawn,is_active=activated,!is_active=deactivated');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE OF name, scopes, is_active, expires_at, revoked_at, rotated_at ON public.api_keys FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('api_key', 'name,key_prefix,scopes,user_id,is_active,expires_at,replaces', 'revoked_at=revoked,rotated_at=rotated');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.budgets FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('budget', 'name,dimension,subject,period,unit,currency,limit_amount,soft_ratio,on_limit,second_limit,is_active');

CREATE TRIGGER audit AFTER UPDATE ON public.conversations FOR EACH ROW WHEN (((old.visibility <> new.visibility) OR (old.deleted_at IS DISTINCT FROM new.deleted_at))) EXECUTE FUNCTION overmind.audit_change('conversation', 'user_id,visibility', 'deleted_at=deleted,!deleted_at=restored');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.exchange_rates FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('exchange_rate', 'currency,valid_from,rate');

CREATE TRIGGER audit AFTER INSERT OR DELETE ON public.invitations FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('invitation', 'role,invited_by,expires_at,status');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE OF key, base_url, secret_hint, settings, is_active, last_test_at, deleted_at ON public.model_providers FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('model_provider', 'key,kind,base_url,secret_hint,settings,is_active,last_test_error', 'deleted_at=deleted,!deleted_at=restored,secret_hint=key_changed,last_test_at=tested');

CREATE TRIGGER audit AFTER INSERT ON public.organization_members FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('member', 'user_id,role');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.organizations FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('organization', 'name,slug,timezone,plan,status,suspension_reason,ends_at,monthly_query_limit,monthly_token_limit,max_users,enabled_features,experimental_features,settings', 'deleted_at=deleted,!deleted_at=restored,suspended_at=suspended,cancelled_at=cancelled,!suspended_at=restored,!cancelled_at=resumed,settings=settings_changed');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.price_overrides FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('price', 'provider,model,context_above,service_tier,time_from,time_to,valid_from,valid_to,input_price,output_price,cache_read_price,cache_write_price,cache_write_1h_price,reasoning_price,audio_input_price,audio_output_price,image_input_price,image_output_price,request_price,web_search_price,note');

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE OF name, cadence_config, cron, local_time, time_zone, kind, max_attempts, missed_runs, is_paused, project_id ON public.schedules FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('schedule', 'name,kind,user_id,project_id,cadence_config,cron,local_time,time_zone,max_attempts,missed_runs,is_paused', 'is_paused=paused,!is_paused=resumed');

CREATE TRIGGER audit AFTER UPDATE OF revoked_at ON public.sessions FOR EACH ROW WHEN (((old.revoked_at IS NULL) AND (new.revoked_reason <> 'signed_out'::text))) EXECUTE FUNCTION overmind.audit_change('session', 'revoked_reason', 'revoked_at=revoked');

CREATE TRIGGER audit AFTER INSERT OR UPDATE OF tier_id, status, next_tier_id ON public.user_subscriptions FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('subscription', 'user_id,tier_id,status,next_tier_id', 'ended_at=ended');

CREATE TRIGGER audit AFTER INSERT OR DELETE ON public.webhook_endpoints FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('webhook_endpoint', 'url:origin,description,event_types,is_enabled');

CREATE TRIGGER audit AFTER DELETE OR UPDATE OF key, version, is_active, name, description, category, execution_mode, quality_threshold, max_n2_iterations, cost_cap_usd, deadline_seconds, synthesis_provider, synthesis_model, judge_provider, judge_model, settings, is_public, deleted_at ON public.workflows FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('workflow', 'key,version,name,description,category,execution_mode,quality_threshold,max_n2_iterations,cost_cap_usd,deadline_seconds,synthesis_provider,synthesis_model,judge_provider,judge_model,settings,is_active,is_public,origin_key', 'deleted_at=deleted,!deleted_at=restored,is_public=published,!is_public=withdrawn,is_active=activated,!is_active=deactivated');

CREATE TRIGGER audit_accepted AFTER UPDATE OF status ON public.invitations FOR EACH ROW WHEN (((old.status = 'pending'::text) AND (new.status = 'accepted'::text))) EXECUTE FUNCTION overmind.audit_change('invitation', 'status,accepted_by', 'status=accepted');

CREATE TRIGGER audit_cancelled AFTER UPDATE OF status ON public.invitations FOR EACH ROW WHEN (((old.status = 'pending'::text) AND (new.status = 'cancelled'::text))) EXECUTE FUNCTION overmind.audit_change('invitation', 'status', 'status=cancelled');

CREATE TRIGGER audit_changes AFTER UPDATE OF role, permissions, left_at ON public.organization_members FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('member', 'user_id,role,permissions,left_at', 'left_at=removed,!left_at=joined');

CREATE TRIGGER audit_delete AFTER DELETE ON public.conversations FOR EACH ROW EXECUTE FUNCTION overmind.audit_change('conversation', 'user_id,visibility');

CREATE TRIGGER audit_insert AFTER INSERT ON public.agent_configurations FOR EACH ROW WHEN ((new.created_by IS NOT NULL)) EXECUTE FUNCTION overmind.audit_change('agent', 'key,name,role,goal,backstory,output_format,output_schema,llm_provider,llm_model,temperature,max_tokens,allow_delegation,verbose,settings,is_active,is_public,origin_key');

CREATE TRIGGER audit_insert AFTER INSERT ON public.workflows FOR EACH ROW WHEN ((new.created_by IS NOT NULL)) EXECUTE FUNCTION overmind.audit_change('workflow', 'key,version,name,description,category,execution_mode,quality_threshold,max_n2_iterations,cost_cap_usd,deadline_seconds,synthesis_provider,synthesis_model,judge_provider,judge_model,settings,is_active,is_public,origin_key');

CREATE TRIGGER audit_sign_in AFTER INSERT ON public.sessions FOR EACH ROW EXECUTE FUNCTION overmind.sessions_audit();

CREATE TRIGGER audit_sign_out AFTER UPDATE OF revoked_at ON public.sessions FOR EACH ROW WHEN (((old.revoked_at IS NULL) AND (new.revoked_reason = 'signed_out'::text))) EXECUTE FUNCTION overmind.sessions_audit();

CREATE TRIGGER audit_update AFTER UPDATE OF url, description, event_types, is_enabled, previous_secret_expires_at ON public.webhook_endpoints FOR EACH ROW WHEN (((old.url IS DISTINCT FROM new.url) OR (old.description IS DISTINCT FROM new.description) OR (old.event_types IS DISTINCT FROM new.event_types) OR (old.is_enabled IS DISTINCT FROM new.is_enabled) OR (old.previous_secret_expires_at IS DISTINCT FROM new.previous_secret_expires_at))) EXECUTE FUNCTION overmind.audit_change('webhook_endpoint', 'url:origin,description,event_types,is_enabled,disabled_reason', 'is_enabled=enabled,!is_enabled=disabled,previous_secret_expires_at=secret_rotated');

CREATE TRIGGER before_insert BEFORE INSERT ON public.model_prices FOR EACH ROW EXECUTE FUNCTION overmind.identify_model_price();

CREATE TRIGGER before_insert BEFORE INSERT ON public.token_usage FOR EACH ROW WHEN (((new.run_id IS NOT NULL) OR (new.conversation_id IS NOT NULL))) EXECUTE FUNCTION overmind.attribute_call();

CREATE TRIGGER budgets_after_delete AFTER DELETE ON public.budgets FOR EACH ROW EXECUTE FUNCTION overmind.budgets_after_change();

CREATE TRIGGER budgets_after_insert AFTER INSERT ON public.budgets FOR EACH ROW EXECUTE FUNCTION overmind.budgets_after_change();

CREATE TRIGGER budgets_after_update AFTER UPDATE ON public.budgets FOR EACH ROW WHEN (((old.limit_amount IS DISTINCT FROM new.limit_amount) OR (old.second_limit IS DISTINCT FROM new.second_limit) OR (old.soft_ratio IS DISTINCT FROM new.soft_ratio) OR (old.on_limit IS DISTINCT FROM new.on_limit) OR (old.is_active IS DISTINCT FROM new.is_active))) EXECUTE FUNCTION overmind.budgets_after_change();

CREATE TRIGGER budgets_before_insert BEFORE INSERT ON public.budgets FOR EACH ROW EXECUTE FUNCTION overmind.budgets_before_change();

CREATE TRIGGER budgets_before_update BEFORE UPDATE ON public.budgets FOR EACH ROW WHEN ((new.is_active AND (NOT old.is_active))) EXECUTE FUNCTION overmind.budgets_before_change();

CREATE TRIGGER conversations_after_visibility AFTER UPDATE OF visibility ON public.conversations FOR EACH ROW WHEN ((old.visibility <> new.visibility)) EXECUTE FUNCTION overmind.conversations_after_visibility();

CREATE TRIGGER conversations_before_project BEFORE INSERT OR UPDATE OF project_id ON public.conversations FOR EACH ROW WHEN ((new.project_id IS NOT NULL)) EXECUTE FUNCTION overmind.conversations_before_project();

CREATE TRIGGER conversations_before_state BEFORE INSERT OR UPDATE OF status, is_archived, deleted_at ON public.conversations FOR EACH ROW EXECUTE FUNCTION overmind.conversations_before_state();

CREATE TRIGGER episode_schedule_queue_insert INSTEAD OF INSERT ON public.episode_schedule_queue FOR EACH ROW EXECUTE FUNCTION overmind.episode_schedule_queue_insert();

CREATE TRIGGER episode_schedule_queue_update INSTEAD OF UPDATE ON public.episode_schedule_queue FOR EACH ROW EXECUTE FUNCTION overmind.episode_schedule_queue_update();

CREATE TRIGGER jobs_after_failed AFTER UPDATE OF status ON public.jobs FOR EACH ROW WHEN (((new.status = 'failed'::text) AND (old.status <> 'failed'::text) AND (new.organization_id IS NOT NULL) AND (new.kind <> 'webhook.deliver'::text))) EXECUTE FUNCTION overmind.jobs_after_failed();

CREATE TRIGGER jobs_after_insert AFTER INSERT ON public.jobs REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION overmind.jobs_after_insert();

CREATE TRIGGER jobs_before_wait BEFORE INSERT OR UPDATE OF run_at, status ON public.jobs FOR EACH ROW WHEN (((new.is_due IS DISTINCT FROM
        CASE new.status
            WHEN 'pending'::text THEN (new.run_at <= clock_timestamp())
            WHEN 'processing'::text THEN true
            ELSE NULL::boolean
        END) OR ((new.blocked_by IS NOT NULL) AND (new.status <> 'blocked'::text)))) EXECUTE FUNCTION overmind.jobs_before_wait();

CREATE TRIGGER messages_after_delete AFTER DELETE ON public.messages REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION overmind.messages_after_delete();

CREATE TRIGGER messages_after_soft_delete AFTER UPDATE OF deleted_at ON public.messages FOR EACH ROW WHEN (((old.deleted_at IS NULL) <> (new.deleted_at IS NULL))) EXECUTE FUNCTION overmind.messages_after_soft_delete();

CREATE TRIGGER messages_before_edit BEFORE UPDATE OF content, content_parts, deleted_at, edited, sender_user_id, sender_agent_id ON public.messages FOR EACH ROW EXECUTE FUNCTION overmind.messages_before_edit();

CREATE TRIGGER messages_before_insert BEFORE INSERT ON public.messages FOR EACH ROW EXECUTE FUNCTION overmind.messages_before_insert();

CREATE TRIGGER messages_usage AFTER INSERT ON public.messages FOR EACH ROW EXECUTE FUNCTION overmind.messages_usage();

CREATE TRIGGER model_providers_after_change AFTER INSERT OR DELETE OR UPDATE OF key, kind, base_url, secret, settings, is_active, deleted_at ON public.model_providers FOR EACH ROW EXECUTE FUNCTION overmind.model_providers_after_change();

CREATE TRIGGER model_providers_before_move BEFORE UPDATE OF base_url, kind ON public.model_providers FOR EACH ROW WHEN ((((old.base_url <> new.base_url) OR (old.kind <> new.kind)) AND (old.secret IS NOT NULL) AND (NOT (new.secret IS DISTINCT FROM old.secret)))) EXECUTE FUNCTION overmind.model_providers_before_move();

CREATE TRIGGER organization_members_after_change AFTER UPDATE OF role, permissions, left_at ON public.organization_members FOR EACH ROW WHEN (((old.role <> new.role) OR (old.permissions <> new.permissions) OR (old.left_at IS DISTINCT FROM new.left_at))) EXECUTE FUNCTION overmind.organization_members_after_change();

CREATE TRIGGER organization_members_after_joining AFTER INSERT ON public.organization_members FOR EACH ROW EXECUTE FUNCTION overmind.organization_members_after_joining();

CREATE TRIGGER organization_members_after_leaving AFTER UPDATE OF left_at ON public.organization_members FOR EACH ROW WHEN (((old.left_at IS NULL) <> (new.left_at IS NULL))) EXECUTE FUNCTION overmind.organization_members_after_joining();

CREATE TRIGGER organization_members_before_change BEFORE INSERT OR UPDATE OF role, left_at, permissions ON public.organization_members FOR EACH ROW EXECUTE FUNCTION overmind.organization_members_before_change();

CREATE TRIGGER organizations_after_state AFTER UPDATE OF status, deleted_at ON public.organizations FOR EACH ROW WHEN (((old.status <> new.status) OR (old.deleted_at IS DISTINCT FROM new.deleted_at))) EXECUTE FUNCTION overmind.organizations_after_state();

CREATE TRIGGER organizations_after_timezone AFTER UPDATE ON public.organizations FOR EACH ROW WHEN ((old.timezone IS DISTINCT FROM new.timezone)) EXECUTE FUNCTION overmind.organizations_after_timezone();

CREATE TRIGGER recount_budgets AFTER INSERT OR DELETE OR UPDATE ON public.exchange_rates FOR EACH ROW EXECUTE FUNCTION overmind.recount_budgets_of_currency();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.agent_configurations FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.ai_response_cache FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT ON public.api_keys FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.budgets FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.cache_lookups FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.conversations FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.exchange_rates FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.idempotency_keys FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.invitations FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.jobs FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.messages FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.model_providers FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.organization_members FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE UPDATE ON public.organizations FOR EACH ROW WHEN (((old.status = new.status) AND (NOT (old.deleted_at IS DISTINCT FROM new.deleted_at)))) EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.price_overrides FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.projects FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.run_events FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.run_steps FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.schedules FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.step_replays FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.synthesis_events FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT ON public.token_usage FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.user_gamification FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.user_subscriptions FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.user_traits FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.webhook_deliveries FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.webhook_endpoints FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.workflow_agents FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.workflow_ratings FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.workflow_runs FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER refuse_when_suspended BEFORE INSERT OR DELETE OR UPDATE ON public.workflows FOR EACH STATEMENT EXECUTE FUNCTION overmind.refuse_when_suspended();

CREATE TRIGGER reserve_budgets BEFORE INSERT ON public.token_usage FOR EACH ROW WHEN ((new.status = 'reserved'::text)) EXECUTE FUNCTION overmind.reserve_budgets();

CREATE TRIGGER run_events_before_insert BEFORE INSERT ON public.run_events FOR EACH ROW WHEN (((new.user_id IS NULL) OR row_security_active('public.run_events'::text))) EXECUTE FUNCTION overmind.copy_run_owner();

CREATE TRIGGER run_steps_before_insert BEFORE INSERT ON public.run_steps FOR EACH ROW EXECUTE FUNCTION overmind.copy_run_owner();

CREATE TRIGGER schedules_after_change AFTER INSERT OR DELETE OR UPDATE OF next_run_at, is_paused, project_id ON public.schedules FOR EACH ROW EXECUTE FUNCTION overmind.schedules_after_change();

CREATE TRIGGER schedules_after_insert AFTER INSERT ON public.schedules FOR EACH ROW EXECUTE FUNCTION overmind.schedules_after_earlier();

CREATE TRIGGER schedules_after_update AFTER UPDATE OF next_run_at, is_paused ON public.schedules FOR EACH ROW WHEN (((NOT new.is_paused) AND (old.is_paused OR (old.next_run_at IS NULL) OR (new.next_run_at < old.next_run_at)))) EXECUTE FUNCTION overmind.schedules_after_earlier();

CREATE TRIGGER sessions_look_again AFTER UPDATE OF role, permissions, left_at ON public.organization_members FOR EACH ROW WHEN (((old.role <> new.role) OR (old.permissions <> new.permissions) OR (old.left_at IS DISTINCT FROM new.left_at))) EXECUTE FUNCTION overmind.sessions_look_again();

CREATE TRIGGER sessions_look_again AFTER UPDATE OF status, deleted_at ON public.organizations FOR EACH ROW WHEN (((old.status <> new.status) OR (old.deleted_at IS DISTINCT FROM new.deleted_at))) EXECUTE FUNCTION overmind.sessions_look_again();

CREATE TRIGGER sessions_look_again AFTER UPDATE OF revoked_at ON public.sessions FOR EACH STATEMENT EXECUTE FUNCTION overmind.sessions_look_again();

CREATE TRIGGER sessions_look_again AFTER UPDATE OF deleted_at ON public.users FOR EACH ROW WHEN ((old.deleted_at IS DISTINCT FROM new.deleted_at)) EXECUTE FUNCTION overmind.sessions_look_again();

CREATE TRIGGER settle_budgets_after_delete AFTER DELETE ON public.token_usage FOR EACH ROW EXECUTE FUNCTION overmind.settle_budgets();

CREATE TRIGGER settle_budgets_after_insert AFTER INSERT ON public.token_usage FOR EACH ROW WHEN (((new.status = 'settled'::text) AND (new.outcome IS DISTINCT FROM 'blocked'::text))) EXECUTE FUNCTION overmind.settle_budgets();

CREATE TRIGGER settle_budgets_after_update AFTER UPDATE ON public.token_usage FOR EACH ROW WHEN (((old.status IS DISTINCT FROM new.status) OR ((new.status = 'settled'::text) AND ((old.tokens_input IS DISTINCT FROM new.tokens_input) OR (old.tokens_output IS DISTINCT FROM new.tokens_output) OR (old.cost IS DISTINCT FROM new.cost) OR (old.outcome IS DISTINCT FROM new.outcome) OR (old.user_id IS DISTINCT FROM new.user_id) OR (old.project_id IS DISTINCT FROM new.project_id) OR (old.provider IS DISTINCT FROM new.provider) OR (old.model IS DISTINCT FROM new.model) OR (old.created_at IS DISTINCT FROM new.created_at))))) EXECUTE FUNCTION overmind.settle_budgets();

CREATE TRIGGER step_replays_before_insert BEFORE INSERT ON public.step_replays FOR EACH ROW EXECUTE FUNCTION overmind.step_replays_before_insert();

CREATE TRIGGER synthesis_events_before_insert BEFORE INSERT ON public.synthesis_events FOR EACH ROW EXECUTE FUNCTION overmind.synthesis_events_before_insert();

CREATE TRIGGER token_usage_after_delete AFTER DELETE ON public.token_usage FOR EACH ROW WHEN (((old.status = 'settled'::text) AND (old.outcome IS DISTINCT FROM 'blocked'::text))) EXECUTE FUNCTION overmind.token_usage_after_change();

CREATE TRIGGER token_usage_after_insert AFTER INSERT ON public.token_usage FOR EACH ROW WHEN (((new.status = 'settled'::text) AND (new.outcome IS DISTINCT FROM 'blocked'::text))) EXECUTE FUNCTION overmind.token_usage_after_change();

CREATE TRIGGER token_usage_after_update AFTER UPDATE ON public.token_usage FOR EACH ROW WHEN ((((old.status = 'settled'::text) OR (new.status = 'settled'::text)) AND ((old.organization_id IS DISTINCT FROM new.organization_id) OR (old.user_id IS DISTINCT FROM new.user_id) OR (old.created_at IS DISTINCT FROM new.created_at) OR (old.operation IS DISTINCT FROM new.operation) OR (old.provider IS DISTINCT FROM new.provider) OR (old.model IS DISTINCT FROM new.model) OR (old.project_id IS DISTINCT FROM new.project_id) OR (old.workflow_key IS DISTINCT FROM new.workflow_key) OR (old.api_key_id IS DISTINCT FROM new.api_key_id) OR (old.currency IS DISTINCT FROM new.currency) OR (old.status IS DISTINCT FROM new.status) OR (old.tokens_input IS DISTINCT FROM new.tokens_input) OR (old.tokens_output IS DISTINCT FROM new.tokens_output) OR (old.tokens_cached IS DISTINCT FROM new.tokens_cached) OR (old.cost IS DISTINCT FROM new.cost) OR (old.latency_ms IS DISTINCT FROM new.latency_ms)))) EXECUTE FUNCTION overmind.token_usage_after_change();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.agent_configurations FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.api_keys FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.budgets FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.conversations FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.exchange_rates FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.invitations FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.jobs FOR EACH ROW WHEN ((new.updated_at = old.updated_at)) EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.messages FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.model_providers FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.organization_members FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.organizations FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.price_overrides FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.projects FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.run_steps FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.schedules FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.step_replays FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.subscription_tiers FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.user_gamification FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.user_subscriptions FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.user_traits FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.webhook_deliveries FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.webhook_endpoints FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.workflow_ratings FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.workflow_runs FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.workflows FOR EACH ROW EXECUTE FUNCTION overmind.touch_updated_at();

CREATE TRIGGER touch_updated_at_not_by_activity BEFORE UPDATE ON public.organization_members FOR EACH ROW WHEN ((old.last_active_at IS DISTINCT FROM new.last_active_at)) EXECUTE FUNCTION overmind.keep_updated_at();

CREATE TRIGGER touch_updated_at_not_by_activity BEFORE UPDATE ON public.users FOR EACH ROW WHEN (((old.last_active_at IS DISTINCT FROM new.last_active_at) OR (old.last_login_at IS DISTINCT FROM new.last_login_at))) EXECUTE FUNCTION overmind.keep_updated_at();

CREATE TRIGGER touch_updated_at_not_by_counting BEFORE UPDATE ON public.agent_configurations FOR EACH ROW WHEN ((old.usage_count <> new.usage_count)) EXECUTE FUNCTION overmind.keep_updated_at();

CREATE TRIGGER touch_updated_at_not_by_counting BEFORE UPDATE ON public.budgets FOR EACH ROW WHEN (((to_jsonb(old.*) - '{recount_after,updated_at}'::text[]) = (to_jsonb(new.*) - '{recount_after,updated_at}'::text[]))) EXECUTE FUNCTION overmind.keep_updated_at();

CREATE TRIGGER touch_updated_at_not_by_counting BEFORE UPDATE ON public.workflows FOR EACH ROW WHEN (((old.usage_count <> new.usage_count) OR (old.rating_sum <> new.rating_sum) OR (old.rating_count <> new.rating_count))) EXECUTE FUNCTION overmind.keep_updated_at();

CREATE TRIGGER touch_updated_at_not_by_firing BEFORE UPDATE ON public.schedules FOR EACH ROW WHEN (((to_jsonb(old.*) - '{next_run_at,last_run_at,updated_at}'::text[]) = (to_jsonb(new.*) - '{next_run_at,last_run_at,updated_at}'::text[]))) EXECUTE FUNCTION overmind.keep_updated_at();

CREATE TRIGGER touch_updated_at_not_by_sending BEFORE UPDATE ON public.webhook_endpoints FOR EACH ROW WHEN (((to_jsonb(old.*) - '{failing_since,last_success_at,updated_at}'::text[]) = (to_jsonb(new.*) - '{failing_since,last_success_at,updated_at}'::text[]))) EXECUTE FUNCTION overmind.keep_updated_at();

CREATE TRIGGER user_profiles_write INSTEAD OF INSERT OR UPDATE ON public.user_profiles FOR EACH ROW EXECUTE FUNCTION overmind.user_profiles_write();

CREATE TRIGGER user_subscriptions_before_insert BEFORE INSERT ON public.user_subscriptions FOR EACH ROW EXECUTE FUNCTION overmind.user_subscriptions_before_insert();

CREATE TRIGGER users_after_profile AFTER UPDATE OF name, avatar_url, timezone ON public.users FOR EACH ROW WHEN (((old.name <> new.name) OR (old.avatar_url IS DISTINCT FROM new.avatar_url) OR (old.timezone <> new.timezone))) EXECUTE FUNCTION overmind.users_after_profile();

CREATE TRIGGER workflow_agents_before_insert BEFORE INSERT ON public.workflow_agents FOR EACH ROW EXECUTE FUNCTION overmind.workflow_agents_before_insert();

CREATE TRIGGER workflow_ratings_after_change AFTER INSERT OR DELETE OR UPDATE ON public.workflow_ratings FOR EACH ROW EXECUTE FUNCTION overmind.workflow_ratings_after_change();

CREATE TRIGGER workflow_runs_after_cancel_request AFTER UPDATE OF cancel_requested_at ON public.workflow_runs FOR EACH ROW WHEN (((old.cancel_requested_at IS NULL) AND (new.cancel_requested_at IS NOT NULL))) EXECUTE FUNCTION overmind.workflow_runs_after_cancel_request();

CREATE TRIGGER workflow_runs_after_insert AFTER INSERT ON public.workflow_runs FOR EACH ROW WHEN ((new.workflow_id IS NOT NULL)) EXECUTE FUNCTION overmind.workflow_runs_after_insert();

CREATE TRIGGER workflow_runs_before_insert BEFORE INSERT ON public.workflow_runs FOR EACH ROW EXECUTE FUNCTION overmind.workflow_runs_before_insert();

CREATE TRIGGER workflow_runs_usage_asked AFTER INSERT ON public.workflow_runs FOR EACH ROW EXECUTE FUNCTION overmind.workflow_runs_usage();

CREATE TRIGGER workflow_runs_usage_ended AFTER UPDATE ON public.workflow_runs FOR EACH ROW WHEN ((((old.completed_at IS NOT NULL) OR (new.completed_at IS NOT NULL)) AND (((old.completed_at IS NULL) IS DISTINCT FROM (new.completed_at IS NULL)) OR (old.status IS DISTINCT FROM new.status) OR (old.n2_iterations IS DISTINCT FROM new.n2_iterations) OR (old.best_score IS DISTINCT FROM new.best_score)))) EXECUTE FUNCTION overmind.workflow_runs_usage();

CREATE TRIGGER workflows_before_activation BEFORE INSERT OR UPDATE ON public.workflows FOR EACH ROW WHEN ((new.is_active AND (new.frozen_at IS NULL))) EXECUTE FUNCTION overmind.workflows_before_activation();

ALTER TABLE ONLY overmind.external_identities
    ADD CONSTRAINT external_identities_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY overmind.one_time_tokens
    ADD CONSTRAINT one_time_tokens_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY overmind.refresh_tokens
    ADD CONSTRAINT refresh_tokens_session_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.agent_configurations
    ADD CONSTRAINT agent_configurations_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.agent_configurations
    ADD CONSTRAINT agent_configurations_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.ai_response_cache
    ADD CONSTRAINT ai_response_cache_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_owner_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_replaces_fkey FOREIGN KEY (organization_id, replaces) REFERENCES public.api_keys(organization_id, id) ON DELETE SET NULL (replaces);

ALTER TABLE ONLY public.budget_holds
    ADD CONSTRAINT budget_holds_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.budget_periods
    ADD CONSTRAINT budget_periods_budget_fkey FOREIGN KEY (organization_id, budget_id) REFERENCES public.budgets(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.budgets
    ADD CONSTRAINT budgets_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.cache_lookups
    ADD CONSTRAINT cache_lookups_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_owner_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_project_fkey FOREIGN KEY (organization_id, project_id) REFERENCES public.projects(organization_id, id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_workflow_fkey FOREIGN KEY (organization_id, workflow_id) REFERENCES public.workflows(organization_id, id);

ALTER TABLE ONLY public.exchange_rates
    ADD CONSTRAINT exchange_rates_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_owner_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_accepted_by_fkey FOREIGN KEY (organization_id, accepted_by) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_invited_by_fkey FOREIGN KEY (organization_id, invited_by) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_conversation_fkey FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_parent_fkey FOREIGN KEY (organization_id, parent_message_id) REFERENCES public.messages(organization_id, id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_sender_agent_fkey FOREIGN KEY (organization_id, sender_agent_id) REFERENCES public.agent_configurations(organization_id, id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_sender_user_fkey FOREIGN KEY (organization_id, sender_user_id) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.model_aliases
    ADD CONSTRAINT model_aliases_model_fkey FOREIGN KEY (provider, model) REFERENCES public.model_registry(provider, name);

ALTER TABLE ONLY public.model_match_rules
    ADD CONSTRAINT model_match_rules_model_fkey FOREIGN KEY (provider, model) REFERENCES public.model_registry(provider, name);

ALTER TABLE ONLY public.model_prices
    ADD CONSTRAINT model_prices_model_fkey FOREIGN KEY (provider, model) REFERENCES public.model_registry(provider, name);

ALTER TABLE ONLY public.model_providers
    ADD CONSTRAINT model_providers_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.model_providers
    ADD CONSTRAINT model_providers_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.model_registry
    ADD CONSTRAINT model_registry_provider_fkey FOREIGN KEY (provider) REFERENCES public.registry_providers(key);

ALTER TABLE ONLY public.organization_members
    ADD CONSTRAINT organization_members_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.organization_members
    ADD CONSTRAINT organization_members_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.price_overrides
    ADD CONSTRAINT price_overrides_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.price_overrides
    ADD CONSTRAINT price_overrides_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.projects
    ADD CONSTRAINT projects_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.projects
    ADD CONSTRAINT projects_owner_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.run_events
    ADD CONSTRAINT run_events_run_fkey FOREIGN KEY (organization_id, run_id) REFERENCES public.workflow_runs(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.run_steps
    ADD CONSTRAINT run_steps_agent_fkey FOREIGN KEY (organization_id, agent_id) REFERENCES public.agent_configurations(organization_id, id);

ALTER TABLE ONLY public.run_steps
    ADD CONSTRAINT run_steps_run_fkey FOREIGN KEY (organization_id, run_id) REFERENCES public.workflow_runs(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.schedules
    ADD CONSTRAINT schedules_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.step_replays
    ADD CONSTRAINT step_replays_requested_by_fkey FOREIGN KEY (organization_id, requested_by) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.step_replays
    ADD CONSTRAINT step_replays_run_fkey FOREIGN KEY (organization_id, run_id) REFERENCES public.workflow_runs(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.step_replays
    ADD CONSTRAINT step_replays_step_fkey FOREIGN KEY (organization_id, step_id) REFERENCES public.run_steps(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.synthesis_events
    ADD CONSTRAINT synthesis_events_conversation_fkey FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.synthesis_events
    ADD CONSTRAINT synthesis_events_message_fkey FOREIGN KEY (organization_id, message_id) REFERENCES public.messages(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.synthesis_events
    ADD CONSTRAINT synthesis_events_run_fkey FOREIGN KEY (organization_id, run_id) REFERENCES public.workflow_runs(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.usage_latencies
    ADD CONSTRAINT usage_latencies_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.usage_totals
    ADD CONSTRAINT usage_totals_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.user_gamification
    ADD CONSTRAINT user_gamification_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.user_gamification
    ADD CONSTRAINT user_gamification_owner_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.user_subscriptions
    ADD CONSTRAINT user_subscriptions_next_tier_fkey FOREIGN KEY (next_tier_id) REFERENCES public.subscription_tiers(id);

ALTER TABLE ONLY public.user_subscriptions
    ADD CONSTRAINT user_subscriptions_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.user_subscriptions
    ADD CONSTRAINT user_subscriptions_owner_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.user_subscriptions
    ADD CONSTRAINT user_subscriptions_tier_fkey FOREIGN KEY (tier_id) REFERENCES public.subscription_tiers(id);

ALTER TABLE ONLY public.user_traits
    ADD CONSTRAINT user_traits_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.user_traits
    ADD CONSTRAINT user_traits_owner_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_endpoint_fkey FOREIGN KEY (organization_id, endpoint_id) REFERENCES public.webhook_endpoints(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.webhook_endpoints
    ADD CONSTRAINT webhook_endpoints_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.webhook_endpoints
    ADD CONSTRAINT webhook_endpoints_owner_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.workflow_agents
    ADD CONSTRAINT workflow_agents_agent_fkey FOREIGN KEY (organization_id, agent_id) REFERENCES public.agent_configurations(organization_id, id);

ALTER TABLE ONLY public.workflow_agents
    ADD CONSTRAINT workflow_agents_workflow_fkey FOREIGN KEY (organization_id, workflow_id) REFERENCES public.workflows(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_ratings
    ADD CONSTRAINT workflow_ratings_user_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.workflow_ratings
    ADD CONSTRAINT workflow_ratings_workflow_fkey FOREIGN KEY (organization_id, workflow_id) REFERENCES public.workflows(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_runs
    ADD CONSTRAINT workflow_runs_conversation_fkey FOREIGN KEY (organization_id, conversation_id) REFERENCES public.conversations(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_runs
    ADD CONSTRAINT workflow_runs_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.workflow_runs
    ADD CONSTRAINT workflow_runs_owner_fkey FOREIGN KEY (organization_id, user_id) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.workflow_runs
    ADD CONSTRAINT workflow_runs_question_fkey FOREIGN KEY (organization_id, question_message_id) REFERENCES public.messages(organization_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.workflow_runs
    ADD CONSTRAINT workflow_runs_workflow_fkey FOREIGN KEY (organization_id, workflow_id) REFERENCES public.workflows(organization_id, id);

ALTER TABLE ONLY public.workflows
    ADD CONSTRAINT workflows_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES public.organization_members(organization_id, user_id);

ALTER TABLE ONLY public.workflows
    ADD CONSTRAINT workflows_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

CREATE POLICY admins ON public.audit_details AS RESTRICTIVE FOR SELECT USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('audit.read'::text)));

CREATE POLICY admins ON public.audit_logs AS RESTRICTIVE FOR SELECT USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('audit.read'::text)));

ALTER TABLE public.agent_configurations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_response_cache ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.api_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_details ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_logs ENABLE ROW LEVEL SECURITY;

CREATE POLICY beginning_insert ON public.user_gamification AS RESTRICTIVE FOR INSERT WITH CHECK (((xp = 0) AND (level = 1)));

ALTER TABLE public.budget_changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.budget_holds ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.budget_periods ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.budgets ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cache_lookups ENABLE ROW LEVEL SECURITY;

CREATE POLICY changed_by_function ON public.user_subscriptions AS RESTRICTIVE FOR UPDATE USING (false);

CREATE POLICY concerned ON public.budget_changes AS RESTRICTIVE FOR SELECT USING (((dimension <> ALL (ARRAY['user'::text, 'api_key'::text])) OR ((dimension = 'user'::text) AND (subject = (overmind.user_id())::text)) OR (overmind.org_role() = 'admin'::text) OR overmind.has_permission('organization.manage'::text)));

CREATE POLICY concerned ON public.budget_holds AS RESTRICTIVE FOR SELECT USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('organization.manage'::text)));

CREATE POLICY concerned ON public.budget_periods AS RESTRICTIVE FOR SELECT USING (((dimension <> ALL (ARRAY['user'::text, 'api_key'::text])) OR ((dimension = 'user'::text) AND (subject = (overmind.user_id())::text)) OR (overmind.org_role() = 'admin'::text) OR overmind.has_permission('organization.manage'::text)));

CREATE POLICY concerned ON public.budgets AS RESTRICTIVE FOR SELECT USING (((dimension <> ALL (ARRAY['user'::text, 'api_key'::text])) OR (subject IS NULL) OR ((dimension = 'user'::text) AND (subject = (overmind.user_id())::text)) OR (overmind.org_role() = 'admin'::text) OR overmind.has_permission('organization.manage'::text)));

ALTER TABLE public.conversations ENABLE ROW LEVEL SECURITY;

CREATE POLICY deletion ON public.agent_configurations AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.ai_response_cache AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.api_keys AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.audit_details AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.audit_logs AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.budget_changes AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.budget_holds AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.budget_periods AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.budgets AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.cache_lookups AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.conversations AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.exchange_rates AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.idempotency_keys AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.invitations AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.jobs AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.messages AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.model_providers AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.organization_members AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.price_overrides AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.projects AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.run_events AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.run_steps AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.schedules AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.step_replays AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.synthesis_events AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.token_usage AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.usage_changes AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.usage_latencies AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.usage_totals AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.user_gamification AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.user_subscriptions AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.user_traits AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.webhook_deliveries AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.webhook_endpoints AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.workflow_agents AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY deletion ON public.workflow_ratings AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.workflow_runs AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR ((user_id = overmind.user_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))));

CREATE POLICY deletion ON public.workflows AS RESTRICTIVE FOR DELETE USING ((overmind.org_role() IS DISTINCT FROM 'viewer'::text));

CREATE POLICY earned_update ON public.user_gamification AS RESTRICTIVE FOR UPDATE USING (false);

ALTER TABLE public.exchange_rates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.idempotency_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.invitations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.jobs ENABLE ROW LEVEL SECURITY;

CREATE POLICY known_to_all ON public.model_aliases FOR SELECT TO anon, authenticated, service_role USING (true);

CREATE POLICY known_to_all ON public.model_match_rules FOR SELECT TO anon, authenticated, service_role USING (true);

CREATE POLICY known_to_all ON public.model_prices FOR SELECT TO anon, authenticated, service_role USING (true);

CREATE POLICY known_to_all ON public.model_registry FOR SELECT TO anon, authenticated, service_role USING (true);

CREATE POLICY known_to_all ON public.registry_providers FOR SELECT TO anon, authenticated, service_role USING (true);

CREATE POLICY known_to_all ON public.subscription_tiers FOR SELECT TO anon, authenticated, service_role USING (true);

CREATE POLICY makers_delete ON public.agent_configurations AS RESTRICTIVE FOR DELETE USING (((created_by = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY makers_delete ON public.workflow_agents AS RESTRICTIVE FOR DELETE USING (((created_by = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY makers_delete ON public.workflows AS RESTRICTIVE FOR DELETE USING (((created_by = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY makers_insert ON public.agent_configurations AS RESTRICTIVE FOR INSERT WITH CHECK (((created_by = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY makers_insert ON public.workflow_agents AS RESTRICTIVE FOR INSERT WITH CHECK (((created_by = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY makers_insert ON public.workflows AS RESTRICTIVE FOR INSERT WITH CHECK (((created_by = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY makers_update ON public.agent_configurations AS RESTRICTIVE FOR UPDATE USING (((created_by = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY makers_update ON public.workflow_agents AS RESTRICTIVE FOR UPDATE USING (((created_by = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY makers_update ON public.workflows AS RESTRICTIVE FOR UPDATE USING (((created_by = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY managers ON public.webhook_deliveries AS RESTRICTIVE USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('webhooks.manage'::text))) WITH CHECK (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('webhooks.manage'::text)));

CREATE POLICY managers ON public.webhook_endpoints AS RESTRICTIVE USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('webhooks.manage'::text))) WITH CHECK (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('webhooks.manage'::text)));

CREATE POLICY managers_delete ON public.budgets AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('organization.manage'::text)));

CREATE POLICY managers_delete ON public.exchange_rates AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('models.manage'::text)));

CREATE POLICY managers_delete ON public.invitations AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('members.manage'::text)));

CREATE POLICY managers_delete ON public.model_providers AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('models.manage'::text)));

CREATE POLICY managers_delete ON public.price_overrides AS RESTRICTIVE FOR DELETE USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('models.manage'::text)));

CREATE POLICY managers_insert ON public.budgets AS RESTRICTIVE FOR INSERT WITH CHECK (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('organization.manage'::text)));

CREATE POLICY managers_insert ON public.exchange_rates AS RESTRICTIVE FOR INSERT WITH CHECK (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('models.manage'::text)));

CREATE POLICY managers_insert ON public.invitations AS RESTRICTIVE FOR INSERT WITH CHECK ((((overmind.org_role() = 'admin'::text) OR ((role <> 'admin'::text) AND overmind.has_permission('members.manage'::text))) AND (invited_by = overmind.user_id()) AND (status = 'pending'::text)));

CREATE POLICY managers_insert ON public.model_providers AS RESTRICTIVE FOR INSERT WITH CHECK (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('models.manage'::text)));

CREATE POLICY managers_insert ON public.price_overrides AS RESTRICTIVE FOR INSERT WITH CHECK (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('models.manage'::text)));

CREATE POLICY managers_read ON public.invitations AS RESTRICTIVE FOR SELECT USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('members.manage'::text)));

CREATE POLICY managers_update ON public.budgets AS RESTRICTIVE FOR UPDATE USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('organization.manage'::text))) WITH CHECK (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('organization.manage'::text)));

CREATE POLICY managers_update ON public.exchange_rates AS RESTRICTIVE FOR UPDATE USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('models.manage'::text))) WITH CHECK (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('models.manage'::text)));

CREATE POLICY managers_update ON public.invitations AS RESTRICTIVE FOR UPDATE USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('members.manage'::text))) WITH CHECK ((status <> 'accepted'::text));

CREATE POLICY managers_update ON public.model_providers AS RESTRICTIVE FOR UPDATE USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('models.manage'::text))) WITH CHECK (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('models.manage'::text)));

CREATE POLICY managers_update ON public.organization_members AS RESTRICTIVE FOR UPDATE USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('members.manage'::text)));

CREATE POLICY managers_update ON public.organizations FOR UPDATE TO authenticated, service_role USING (((id = overmind.org_id()) AND ((overmind.org_role() = 'admin'::text) OR overmind.has_permission('organization.manage'::text)))) WITH CHECK ((id = overmind.org_id()));

CREATE POLICY managers_update ON public.price_overrides AS RESTRICTIVE FOR UPDATE USING (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('models.manage'::text))) WITH CHECK (((overmind.org_role() = 'admin'::text) OR overmind.has_permission('models.manage'::text)));

ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.model_aliases ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.model_match_rules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.model_prices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.model_providers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.model_registry ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.organization_members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;

CREATE POLICY own_name ON public.ai_response_cache AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.api_keys AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.cache_lookups AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.conversations AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.idempotency_keys AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.jobs AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.projects AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.schedules AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.token_usage AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.usage_changes AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.usage_latencies AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.usage_totals AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.user_gamification AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.user_subscriptions AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.user_traits AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_name ON public.workflow_ratings AS RESTRICTIVE FOR INSERT WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY own_organization ON public.organizations FOR SELECT TO anon, authenticated, service_role USING ((id = overmind.org_id()));

CREATE POLICY own_row ON public.users FOR SELECT TO anon, authenticated, service_role USING ((id = overmind.user_id()));

CREATE POLICY own_row_update ON public.users FOR UPDATE TO authenticated, service_role USING ((id = overmind.user_id())) WITH CHECK ((id = overmind.user_id()));

CREATE POLICY own_rows ON public.sessions FOR SELECT TO anon, authenticated, service_role USING ((user_id = overmind.user_id()));

ALTER TABLE public.price_overrides ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.projects ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.registry_providers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.run_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.run_steps ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.schedules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sessions ENABLE ROW LEVEL SECURITY;

CREATE POLICY settled_once ON public.token_usage AS RESTRICTIVE FOR UPDATE USING ((status = 'reserved'::text)) WITH CHECK (true);

ALTER TABLE public.step_replays ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.subscription_tiers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.synthesis_events ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant_isolation ON public.agent_configurations AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.ai_response_cache AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.api_keys AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.audit_details AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.audit_logs AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.budget_changes AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.budget_holds AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.budget_periods AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.budgets AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.cache_lookups AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.conversations AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.exchange_rates AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.idempotency_keys AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.invitations AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.jobs AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.messages AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.model_providers AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.organization_members AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.price_overrides AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.projects AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.run_events AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.run_steps AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.schedules AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.step_replays AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.synthesis_events AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.token_usage AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.usage_changes AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.usage_latencies AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.usage_totals AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.user_gamification AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.user_subscriptions AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.user_traits AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.webhook_deliveries AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.webhook_endpoints AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.workflow_agents AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.workflow_ratings AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.workflow_runs AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

CREATE POLICY tenant_isolation ON public.workflows AS RESTRICTIVE USING ((organization_id = ( SELECT overmind.org_id() AS org_id))) WITH CHECK (((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text)));

ALTER TABLE public.token_usage ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.usage_changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.usage_latencies ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.usage_totals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.user_gamification ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.user_subscriptions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.user_traits ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

CREATE POLICY visibility ON public.agent_configurations TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.ai_response_cache TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (visibility = 'organization'::text) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (visibility = 'organization'::text) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.api_keys TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.audit_details TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.audit_logs TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.budget_changes TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.budget_holds TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.budget_periods TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.budgets TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.cache_lookups TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.conversations TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (visibility = 'organization'::text) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (visibility = 'organization'::text) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.exchange_rates TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.idempotency_keys TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.invitations TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.jobs TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.messages TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (visibility = 'organization'::text) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (visibility = 'organization'::text) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.model_providers TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.organization_members TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.price_overrides TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.projects TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (visibility = 'organization'::text) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (visibility = 'organization'::text) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.run_events TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (visibility = 'organization'::text) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (visibility = 'organization'::text) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.run_steps TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (visibility = 'organization'::text) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (visibility = 'organization'::text) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.schedules TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.step_replays TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (visibility = 'organization'::text) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (visibility = 'organization'::text) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.synthesis_events TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (visibility = 'organization'::text) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (visibility = 'organization'::text) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.token_usage TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.usage_changes TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.usage_latencies TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.usage_totals TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.user_gamification TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.user_subscriptions TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.user_traits TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.webhook_deliveries TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.webhook_endpoints TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.workflow_agents TO anon, authenticated, service_role USING (true) WITH CHECK (true);

CREATE POLICY visibility ON public.workflow_ratings TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.workflow_runs TO anon, authenticated, service_role USING (((user_id = ( SELECT overmind.user_id() AS user_id)) OR (visibility = 'organization'::text) OR (( SELECT overmind.org_role() AS org_role) = 'admin'::text))) WITH CHECK (((user_id = overmind.user_id()) OR (visibility = 'organization'::text) OR (overmind.org_role() = 'admin'::text)));

CREATE POLICY visibility ON public.workflows TO anon, authenticated, service_role USING (true) WITH CHECK (true);

ALTER TABLE public.webhook_deliveries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.webhook_endpoints ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workflow_agents ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workflow_ratings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workflow_runs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workflows ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA auth TO anon;
GRANT USAGE ON SCHEMA auth TO authenticated;
GRANT USAGE ON SCHEMA auth TO service_role;

GRANT USAGE ON SCHEMA overmind TO anon;
GRANT USAGE ON SCHEMA overmind TO authenticated;
GRANT USAGE ON SCHEMA overmind TO service_role;

GRANT USAGE ON SCHEMA public TO anon;
GRANT USAGE ON SCHEMA public TO authenticated;
GRANT USAGE ON SCHEMA public TO service_role;

REVOKE ALL ON FUNCTION overmind.accept_invitation(p_organization_id uuid, p_token_hash text, p_name text, p_password_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.accept_invitation(p_organization_id uuid, p_token_hash text, p_name text, p_password_hash text) TO service_role;

REVOKE ALL ON FUNCTION overmind.activate_workflow(p_key text, p_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.activate_workflow(p_key text, p_version integer) TO authenticated;
GRANT ALL ON FUNCTION overmind.activate_workflow(p_key text, p_version integer) TO service_role;

REVOKE ALL ON FUNCTION overmind.add_data_protection_key(p_friendly_name text, p_xml text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.add_data_protection_key(p_friendly_name text, p_xml text) TO service_role;

REVOKE ALL ON FUNCTION overmind.add_one_time_token(p_token_hash text, p_purpose text, p_email text, p_name text, p_user_id uuid, p_lifetime interval) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.add_one_time_token(p_token_hash text, p_purpose text, p_email text, p_name text, p_user_id uuid, p_lifetime interval) TO service_role;

REVOKE ALL ON FUNCTION overmind.add_signing_key(p_id uuid, p_public_key jsonb, p_secret bytea, p_rotate boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.add_signing_key(p_id uuid, p_public_key jsonb, p_secret bytea, p_rotate boolean) TO service_role;

REVOKE ALL ON FUNCTION overmind.ai_response_cache_before_insert() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.allowed_jobs(p_pairs jsonb, p_limits jsonb, p_share integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.audit(p_event_type text, p_action text, p_resource_type text, p_resource_id text, p_status text, p_old_values jsonb, p_new_values jsonb, p_metadata jsonb, p_ip inet, p_user_agent text, p_request_id text, p_api_key_id uuid, p_personal jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.audit(p_event_type text, p_action text, p_resource_type text, p_resource_id text, p_status text, p_old_values jsonb, p_new_values jsonb, p_metadata jsonb, p_ip inet, p_user_agent text, p_request_id text, p_api_key_id uuid, p_personal jsonb) TO authenticated;
GRANT ALL ON FUNCTION overmind.audit(p_event_type text, p_action text, p_resource_type text, p_resource_id text, p_status text, p_old_values jsonb, p_new_values jsonb, p_metadata jsonb, p_ip inet, p_user_agent text, p_request_id text, p_api_key_id uuid, p_personal jsonb) TO service_role;

REVOKE ALL ON FUNCTION overmind.audit_account(p_user_id uuid, p_event_type text) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.audit_as(p_organization_id uuid, p_user_id uuid, p_event_type text, p_action text, p_resource_type text, p_resource_id text, p_status text, p_old_values jsonb, p_new_values jsonb, p_metadata jsonb, p_ip inet, p_user_agent text, p_request_id text, p_api_key_id uuid, p_personal jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.audit_as(p_organization_id uuid, p_user_id uuid, p_event_type text, p_action text, p_resource_type text, p_resource_id text, p_status text, p_old_values jsonb, p_new_values jsonb, p_metadata jsonb, p_ip inet, p_user_agent text, p_request_id text, p_api_key_id uuid, p_personal jsonb) TO service_role;

GRANT SELECT ON TABLE public.audit_logs TO anon;
GRANT SELECT ON TABLE public.audit_logs TO authenticated;
GRANT SELECT ON TABLE public.audit_logs TO service_role;

REVOKE ALL ON FUNCTION overmind.audit_row_hash(l public.audit_logs) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.authenticate_api_key(p_organization_id uuid, p_key_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.authenticate_api_key(p_organization_id uuid, p_key_hash text) TO service_role;

REVOKE ALL ON FUNCTION overmind.authenticate_session(p_session_id uuid, p_user_id uuid, p_organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.authenticate_session(p_session_id uuid, p_user_id uuid, p_organization_id uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.begin_cached_call(p_cache_key text, p_holder uuid, p_lease interval) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.begin_cached_call(p_cache_key text, p_holder uuid, p_lease interval) TO service_role;

REVOKE ALL ON FUNCTION overmind.block_job(p_id uuid, p_lease_token bigint, p_budget_id uuid, p_subject text, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.block_job(p_id uuid, p_lease_token bigint, p_budget_id uuid, p_subject text, p_until timestamp with time zone) TO service_role;

GRANT SELECT ON TABLE public.budgets TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.budgets TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.budgets TO service_role;

GRANT UPDATE(name) ON TABLE public.budgets TO authenticated;
GRANT UPDATE(name) ON TABLE public.budgets TO service_role;

GRANT UPDATE(limit_amount) ON TABLE public.budgets TO authenticated;
GRANT UPDATE(limit_amount) ON TABLE public.budgets TO service_role;

GRANT UPDATE(soft_ratio) ON TABLE public.budgets TO authenticated;
GRANT UPDATE(soft_ratio) ON TABLE public.budgets TO service_role;

GRANT UPDATE(on_limit) ON TABLE public.budgets TO authenticated;
GRANT UPDATE(on_limit) ON TABLE public.budgets TO service_role;

GRANT UPDATE(second_limit) ON TABLE public.budgets TO authenticated;
GRANT UPDATE(second_limit) ON TABLE public.budgets TO service_role;

GRANT UPDATE(is_active) ON TABLE public.budgets TO authenticated;
GRANT UPDATE(is_active) ON TABLE public.budgets TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.budgets TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.budgets TO service_role;

GRANT SELECT ON TABLE public.token_usage TO anon;
GRANT SELECT,INSERT ON TABLE public.token_usage TO authenticated;
GRANT SELECT,INSERT ON TABLE public.token_usage TO service_role;

GRANT UPDATE(status) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(status) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(is_estimated) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(is_estimated) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(tokens_input) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(tokens_input) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(tokens_output) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(tokens_output) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(tokens_cached) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(tokens_cached) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(tokens_reasoning) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(tokens_reasoning) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(cost) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(cost) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(currency) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(currency) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(latency_ms) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(latency_ms) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(raw_usage) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(raw_usage) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(metadata) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(metadata) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(settled_at) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(settled_at) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(tokens_cache_write) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(tokens_cache_write) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(tokens_cache_write_1h) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(tokens_cache_write_1h) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(tokens_audio_input) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(tokens_audio_input) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(tokens_audio_output) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(tokens_audio_output) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(tokens_image_input) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(tokens_image_input) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(tokens_image_output) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(tokens_image_output) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(web_searches) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(web_searches) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(service_tier) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(service_tier) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(price_id) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(price_id) ON TABLE public.token_usage TO service_role;

GRANT UPDATE(outcome) ON TABLE public.token_usage TO authenticated;
GRANT UPDATE(outcome) ON TABLE public.token_usage TO service_role;

REVOKE ALL ON FUNCTION overmind.budget_amount(p_budget public.budgets, p_call public.token_usage) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.budget_rate(p_budget public.budgets, p_at timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.budget_subject(p_budget public.budgets, p_provider text, p_model text, p_user_id uuid, p_api_key_id uuid, p_project_id uuid, p_workflow_key text) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.budgets_after_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.budgets_before_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.budgets_of(p_call public.token_usage) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.cancel_jobs(p_ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.cancel_jobs(p_ids uuid[]) TO authenticated;
GRANT ALL ON FUNCTION overmind.cancel_jobs(p_ids uuid[]) TO service_role;

REVOKE ALL ON FUNCTION overmind.change_episode_job(p_id uuid, p_status text, p_last_error text, p_run_at timestamp with time zone, p_metadata jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.change_episode_job(p_id uuid, p_status text, p_last_error text, p_run_at timestamp with time zone, p_metadata jsonb) TO authenticated;
GRANT ALL ON FUNCTION overmind.change_episode_job(p_id uuid, p_status text, p_last_error text, p_run_at timestamp with time zone, p_metadata jsonb) TO service_role;

GRANT SELECT ON TABLE public.organizations TO anon;
GRANT SELECT ON TABLE public.organizations TO authenticated;
GRANT SELECT ON TABLE public.organizations TO service_role;

GRANT UPDATE(name) ON TABLE public.organizations TO authenticated;
GRANT UPDATE(name) ON TABLE public.organizations TO service_role;

GRANT UPDATE(slug) ON TABLE public.organizations TO authenticated;
GRANT UPDATE(slug) ON TABLE public.organizations TO service_role;

GRANT UPDATE(enabled_features) ON TABLE public.organizations TO authenticated;
GRANT UPDATE(enabled_features) ON TABLE public.organizations TO service_role;

GRANT UPDATE(experimental_features) ON TABLE public.organizations TO authenticated;
GRANT UPDATE(experimental_features) ON TABLE public.organizations TO service_role;

GRANT UPDATE(settings) ON TABLE public.organizations TO authenticated;
GRANT UPDATE(settings) ON TABLE public.organizations TO service_role;

GRANT UPDATE(timezone) ON TABLE public.organizations TO authenticated;
GRANT UPDATE(timezone) ON TABLE public.organizations TO service_role;

REVOKE ALL ON FUNCTION overmind.change_own_organization(p_state text, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.change_own_organization(p_state text, p_now timestamp with time zone) TO authenticated;
GRANT ALL ON FUNCTION overmind.change_own_organization(p_state text, p_now timestamp with time zone) TO service_role;

GRANT SELECT ON TABLE public.user_subscriptions TO anon;
GRANT SELECT,INSERT ON TABLE public.user_subscriptions TO authenticated;
GRANT SELECT,INSERT ON TABLE public.user_subscriptions TO service_role;

GRANT UPDATE(tier_id) ON TABLE public.user_subscriptions TO authenticated;
GRANT UPDATE(tier_id) ON TABLE public.user_subscriptions TO service_role;

GRANT UPDATE(status) ON TABLE public.user_subscriptions TO authenticated;
GRANT UPDATE(status) ON TABLE public.user_subscriptions TO service_role;

GRANT UPDATE(started_at) ON TABLE public.user_subscriptions TO authenticated;
GRANT UPDATE(started_at) ON TABLE public.user_subscriptions TO service_role;

GRANT UPDATE(current_period_start) ON TABLE public.user_subscriptions TO authenticated;
GRANT UPDATE(current_period_start) ON TABLE public.user_subscriptions TO service_role;

GRANT UPDATE(current_period_end) ON TABLE public.user_subscriptions TO authenticated;
GRANT UPDATE(current_period_end) ON TABLE public.user_subscriptions TO service_role;

GRANT UPDATE(next_tier_id) ON TABLE public.user_subscriptions TO authenticated;
GRANT UPDATE(next_tier_id) ON TABLE public.user_subscriptions TO service_role;

GRANT UPDATE(ended_at) ON TABLE public.user_subscriptions TO authenticated;
GRANT UPDATE(ended_at) ON TABLE public.user_subscriptions TO service_role;

GRANT UPDATE(created_at) ON TABLE public.user_subscriptions TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.user_subscriptions TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.user_subscriptions TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.user_subscriptions TO service_role;

REVOKE ALL ON FUNCTION overmind.change_tier(p_user_id uuid, p_tier_name text, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.change_tier(p_user_id uuid, p_tier_name text, p_now timestamp with time zone) TO authenticated;
GRANT ALL ON FUNCTION overmind.change_tier(p_user_id uuid, p_tier_name text, p_now timestamp with time zone) TO service_role;

GRANT SELECT ON TABLE public.jobs TO anon;
GRANT SELECT,INSERT ON TABLE public.jobs TO authenticated;
GRANT SELECT,INSERT ON TABLE public.jobs TO service_role;

GRANT UPDATE(cancel_requested_at) ON TABLE public.jobs TO authenticated;
GRANT UPDATE(cancel_requested_at) ON TABLE public.jobs TO service_role;

REVOKE ALL ON FUNCTION overmind.claim_jobs(p_kinds text[], p_worker text, p_worker_lock bigint, p_limit integer, p_lease interval, p_now timestamp with time zone, p_limits jsonb, p_cursors jsonb, p_after uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.claim_jobs(p_kinds text[], p_worker text, p_worker_lock bigint, p_limit integer, p_lease interval, p_now timestamp with time zone, p_limits jsonb, p_cursors jsonb, p_after uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.claim_run_job(p_run_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.claim_run_job(p_run_id uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.complete_jobs(p_ids uuid[], p_tokens bigint[], p_results jsonb[], p_keeps interval[], p_ended bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.complete_jobs(p_ids uuid[], p_tokens bigint[], p_results jsonb[], p_keeps interval[], p_ended bigint[]) TO service_role;

REVOKE ALL ON FUNCTION overmind.confirm_sign_up(p_token_hash text, p_name text, p_password_hash text, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.confirm_sign_up(p_token_hash text, p_name text, p_password_hash text, p_slug text) TO service_role;

REVOKE ALL ON FUNCTION overmind.conversations_after_visibility() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.count_budget(p_organization_id uuid, p_budget_id uuid, p_anew boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.count_cache_hits(p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.count_cache_hits(p_limit integer) TO service_role;

REVOKE ALL ON FUNCTION overmind.count_run(p_workflow_id uuid, p_agent_ids uuid[], p_uses integer, p_score double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.count_run(p_workflow_id uuid, p_agent_ids uuid[], p_uses integer, p_score double precision) TO service_role;

REVOKE ALL ON FUNCTION overmind.create_first_organization(p_name text, p_slug text, p_email text, p_user_name text, p_password_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.create_first_organization(p_name text, p_slug text, p_email text, p_user_name text, p_password_hash text) TO service_role;

REVOKE ALL ON FUNCTION overmind.create_organization(p_name text, p_slug text, p_email text, p_user_name text, p_password_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.create_organization(p_name text, p_slug text, p_email text, p_user_name text, p_password_hash text) TO service_role;

REVOKE ALL ON FUNCTION overmind.create_own_organization(p_id uuid, p_name text, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.create_own_organization(p_id uuid, p_name text, p_slug text) TO authenticated;
GRANT ALL ON FUNCTION overmind.create_own_organization(p_id uuid, p_name text, p_slug text) TO service_role;

REVOKE ALL ON FUNCTION overmind.create_partitions(p_from timestamp with time zone, p_to timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.create_past_partitions(p_from timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.create_past_partitions(p_from timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.decide_run(p_run_id uuid, p_iteration integer, p_decision text, p_note text, p_directive text, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.decide_run(p_run_id uuid, p_iteration integer, p_decision text, p_note text, p_directive text, p_now timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.delete_ended_jobs(p_limit integer, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.delete_ended_jobs(p_limit integer, p_now timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.delete_ended_sessions() FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.delete_ended_sessions() TO service_role;

REVOKE ALL ON FUNCTION overmind.delete_expired_audit_logs(p_before timestamp with time zone, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.delete_expired_audit_logs(p_before timestamp with time zone, p_limit integer) TO service_role;

REVOKE ALL ON FUNCTION overmind.delete_expired_cache(p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.delete_expired_cache(p_limit integer) TO service_role;

REVOKE ALL ON FUNCTION overmind.delete_expired_conversations(p_after uuid, p_limit integer, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.delete_expired_conversations(p_after uuid, p_limit integer, p_now timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.delete_expired_idempotency_keys() FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.delete_expired_idempotency_keys() TO service_role;

REVOKE ALL ON FUNCTION overmind.delete_old_webhook_deliveries(p_before timestamp with time zone, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.delete_old_webhook_deliveries(p_before timestamp with time zone, p_limit integer) TO service_role;

REVOKE ALL ON FUNCTION overmind.due_schedules(p_limit integer, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.due_schedules(p_limit integer, p_now timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.emit_event(p_type text, p_data jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.emit_event(p_type text, p_data jsonb) TO service_role;

REVOKE ALL ON FUNCTION overmind.end_cached_call(p_cache_key text, p_holder uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.end_cached_call(p_cache_key text, p_holder uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.end_cancelled_organizations(p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.end_cancelled_organizations(p_now timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.enqueue_budget_jobs(p_organization_id uuid, p_budget_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.enqueue_installation_jobs(p_jobs jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.enqueue_installation_jobs(p_jobs jsonb) TO service_role;

REVOKE ALL ON FUNCTION overmind.exchange_rate(p_organization_id uuid, p_currency text, p_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.exchange_rate(p_organization_id uuid, p_currency text, p_day date) TO authenticated;
GRANT ALL ON FUNCTION overmind.exchange_rate(p_organization_id uuid, p_currency text, p_day date) TO service_role;

REVOKE ALL ON FUNCTION overmind.find_account(p_email text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.find_account(p_email text) TO service_role;

REVOKE ALL ON FUNCTION overmind.find_cached_response(p_cache_key text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.find_cached_response(p_cache_key text) TO service_role;

REVOKE ALL ON FUNCTION overmind.find_external_identity(p_issuer text, p_subject text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.find_external_identity(p_issuer text, p_subject text) TO service_role;

REVOKE ALL ON FUNCTION overmind.find_first_admin() FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.find_first_admin() TO service_role;

REVOKE ALL ON FUNCTION overmind.find_invitation(p_organization_id uuid, p_token_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.find_invitation(p_organization_id uuid, p_token_hash text) TO service_role;

REVOKE ALL ON FUNCTION overmind.find_membership(p_user_id uuid, p_organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.find_membership(p_user_id uuid, p_organization_id uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.find_model(p_organization_id uuid, p_provider text, p_model text, OUT provider text, OUT model text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.find_model(p_organization_id uuid, p_provider text, p_model text, OUT provider text, OUT model text) TO authenticated;
GRANT ALL ON FUNCTION overmind.find_model(p_organization_id uuid, p_provider text, p_model text, OUT provider text, OUT model text) TO service_role;

REVOKE ALL ON FUNCTION overmind.find_one_time_token(p_token_hash text, p_purpose text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.find_one_time_token(p_token_hash text, p_purpose text) TO service_role;

GRANT SELECT ON TABLE public.model_prices TO anon;
GRANT SELECT ON TABLE public.model_prices TO authenticated;
GRANT SELECT ON TABLE public.model_prices TO service_role;

REVOKE ALL ON FUNCTION overmind.find_price(p_organization_id uuid, p_provider text, p_model text, p_at timestamp with time zone, p_context bigint, p_service_tier text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.find_price(p_organization_id uuid, p_provider text, p_model text, p_at timestamp with time zone, p_context bigint, p_service_tier text) TO authenticated;
GRANT ALL ON FUNCTION overmind.find_price(p_organization_id uuid, p_provider text, p_model text, p_at timestamp with time zone, p_context bigint, p_service_tier text) TO service_role;

REVOKE ALL ON FUNCTION overmind.find_refused_api_key(p_organization_id uuid, p_key_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.find_refused_api_key(p_organization_id uuid, p_key_hash text) TO service_role;

REVOKE ALL ON FUNCTION overmind.find_sign_in(p_email text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.find_sign_in(p_email text) TO service_role;

REVOKE ALL ON FUNCTION overmind.find_similar_response(p_scope_hash text, p_provider text, p_model_name text, p_embedding public.vector, p_min_similarity double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.find_similar_response(p_scope_hash text, p_provider text, p_model_name text, p_embedding public.vector, p_min_similarity double precision) TO service_role;

REVOKE ALL ON FUNCTION overmind.find_stopped_budget(p_models text[], p_project_id uuid, p_workflow_key text, p_api_key_id uuid, p_is_scheduled boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.find_stopped_budget(p_models text[], p_project_id uuid, p_workflow_key text, p_api_key_id uuid, p_is_scheduled boolean) TO authenticated;
GRANT ALL ON FUNCTION overmind.find_stopped_budget(p_models text[], p_project_id uuid, p_workflow_key text, p_api_key_id uuid, p_is_scheduled boolean) TO service_role;

REVOKE ALL ON FUNCTION overmind.finish_job(p_id uuid, p_lease_token bigint, p_status text, p_error text, p_retry_at timestamp with time zone, p_result jsonb, p_keep interval) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.finish_job(p_id uuid, p_lease_token bigint, p_status text, p_error text, p_retry_at timestamp with time zone, p_result jsonb, p_keep interval) TO service_role;

REVOKE ALL ON FUNCTION overmind.fire_schedule(p_id uuid, p_expected timestamp with time zone, p_next timestamp with time zone, p_due timestamp with time zone[], p_local text[], p_models text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.fire_schedule(p_id uuid, p_expected timestamp with time zone, p_next timestamp with time zone, p_due timestamp with time zone[], p_local text[], p_models text[]) TO service_role;

REVOKE ALL ON FUNCTION overmind.fold_budgets(p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.fold_budgets(p_limit integer) TO service_role;

REVOKE ALL ON FUNCTION overmind.fold_run_uses() FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.fold_run_uses() TO service_role;

REVOKE ALL ON FUNCTION overmind.fold_usage(p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.fold_usage(p_limit integer) TO service_role;

REVOKE ALL ON FUNCTION overmind.forget_one_time_token(p_token_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.forget_one_time_token(p_token_hash text) TO service_role;

REVOKE ALL ON FUNCTION overmind.has_permission(p_permission text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.has_permission(p_permission text) TO anon;
GRANT ALL ON FUNCTION overmind.has_permission(p_permission text) TO authenticated;
GRANT ALL ON FUNCTION overmind.has_permission(p_permission text) TO service_role;

REVOKE ALL ON FUNCTION overmind.held_jobs(p_kind text) FROM PUBLIC;

GRANT SELECT ON TABLE public.budget_periods TO anon;
GRANT SELECT ON TABLE public.budget_periods TO authenticated;
GRANT SELECT ON TABLE public.budget_periods TO service_role;

REVOKE ALL ON FUNCTION overmind.hold_budget_period(p_budget public.budgets, p_subject text, p_start timestamp with time zone, p_end timestamp with time zone, p_wait boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.insert_run_events(p_run_id uuid, p_first bigint, p_events jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.insert_run_events(p_run_id uuid, p_first bigint, p_events jsonb) TO authenticated;
GRANT ALL ON FUNCTION overmind.insert_run_events(p_run_id uuid, p_first bigint, p_events jsonb) TO service_role;

REVOKE ALL ON FUNCTION overmind.is_frozen(p_organization_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.job_lease(p_id uuid, p_lease_token bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.job_lease(p_id uuid, p_lease_token bigint) TO authenticated;
GRANT ALL ON FUNCTION overmind.job_lease(p_id uuid, p_lease_token bigint) TO service_role;

REVOKE ALL ON FUNCTION overmind.jobs_after_failed() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.join_organization(p_organization_id uuid, p_user_id uuid, p_role text, p_display_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.join_organization(p_organization_id uuid, p_user_id uuid, p_role text, p_display_name text) TO service_role;

REVOKE ALL ON FUNCTION overmind.keep_installation_schedule(p_name text, p_cron text, p_kind text, p_next timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.keep_installation_schedule(p_name text, p_cron text, p_kind text, p_next timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.ledger_sums(p_organization_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.link_external_identity(p_issuer text, p_subject text, p_email text, p_name text, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.link_external_identity(p_issuer text, p_subject text, p_email text, p_name text, p_slug text) TO service_role;

REVOKE ALL ON FUNCTION overmind.list_organizations(p_which text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.list_organizations(p_which text) TO service_role;

REVOKE ALL ON FUNCTION overmind.list_workers() FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.list_workers() TO service_role;

REVOKE ALL ON FUNCTION overmind.mark_budget(p_budget public.budgets, p_period public.budget_periods, p_wanted numeric) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.member_addresses() FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.member_addresses() TO authenticated;
GRANT ALL ON FUNCTION overmind.member_addresses() TO service_role;

REVOKE ALL ON FUNCTION overmind.messages_usage() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.move_budget_jobs(p_organization_id uuid, p_budget_id uuid, p_kinds text[], p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.move_budget_jobs(p_organization_id uuid, p_budget_id uuid, p_kinds text[], p_limit integer) TO service_role;

REVOKE ALL ON FUNCTION overmind.move_session(p_session_id uuid, p_user_id uuid, p_organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.move_session(p_session_id uuid, p_user_id uuid, p_organization_id uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.my_organizations() FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.my_organizations() TO authenticated;
GRANT ALL ON FUNCTION overmind.my_organizations() TO service_role;

REVOKE ALL ON FUNCTION overmind.next_job_at() FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.next_job_at() TO service_role;

REVOKE ALL ON FUNCTION overmind.next_schedule_wait(p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.next_schedule_wait(p_now timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.organization_members_after_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.organization_members_after_joining() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.organization_members_before_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.organizations_after_timezone() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.organizations_to_purge(p_deleted_before timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.organizations_to_purge(p_deleted_before timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.organizations_with_audit_retention() FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.organizations_with_audit_retention() TO service_role;

REVOKE ALL ON FUNCTION overmind.organizations_with_retention() FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.organizations_with_retention() TO service_role;

REVOKE ALL ON FUNCTION overmind.price_catalogue_loaded(p_version date) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.price_usage(p_call public.token_usage, OUT cost numeric, OUT price_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.price_usage(p_call public.token_usage, OUT cost numeric, OUT price_id uuid) TO authenticated;
GRANT ALL ON FUNCTION overmind.price_usage(p_call public.token_usage, OUT cost numeric, OUT price_id uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.promote_jobs(p_now timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.public_catalogue_agents(p_id uuid, p_q text, p_cursor uuid, p_upwards boolean, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.public_catalogue_agents(p_id uuid, p_q text, p_cursor uuid, p_upwards boolean, p_limit integer) TO authenticated;
GRANT ALL ON FUNCTION overmind.public_catalogue_agents(p_id uuid, p_q text, p_cursor uuid, p_upwards boolean, p_limit integer) TO service_role;

REVOKE ALL ON FUNCTION overmind.public_catalogue_workflows(p_id uuid, p_q text, p_cursor uuid, p_upwards boolean, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.public_catalogue_workflows(p_id uuid, p_q text, p_cursor uuid, p_upwards boolean, p_limit integer) TO authenticated;
GRANT ALL ON FUNCTION overmind.public_catalogue_workflows(p_id uuid, p_q text, p_cursor uuid, p_upwards boolean, p_limit integer) TO service_role;

REVOKE ALL ON FUNCTION overmind.purge_organization(p_id uuid, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.purge_organization(p_id uuid, p_limit integer) TO service_role;

REVOKE ALL ON FUNCTION overmind.read_data_protection_keys() FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.read_data_protection_keys() TO service_role;

REVOKE ALL ON FUNCTION overmind.read_model_provider(p_organization_id uuid, p_key text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.read_model_provider(p_organization_id uuid, p_key text) TO service_role;

REVOKE ALL ON FUNCTION overmind.read_signing_keys() FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.read_signing_keys() TO service_role;

REVOKE ALL ON FUNCTION overmind.rebuild_stale_usage() FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.rebuild_stale_usage() TO service_role;

REVOKE ALL ON FUNCTION overmind.rebuild_usage(p_organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.rebuild_usage(p_organization_id uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.record_activity(p_organization_ids uuid[], p_user_ids uuid[], p_last_active_at timestamp with time zone[]) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.record_activity(p_organization_ids uuid[], p_user_ids uuid[], p_last_active_at timestamp with time zone[]) TO service_role;

REVOKE ALL ON FUNCTION overmind.record_sign_in(p_user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.record_sign_in(p_user_id uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.record_worker(p_worker_lock bigint, p_name text, p_host text, p_pid integer, p_kinds text[], p_concurrency integer, p_running integer) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.record_worker(p_worker_lock bigint, p_name text, p_host text, p_pid integer, p_kinds text[], p_concurrency integer, p_running integer) TO service_role;

REVOKE ALL ON FUNCTION overmind.recount_budgets_of_currency() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.refresh_session(p_token_hash text, p_successor_hash text, p_salt bytea, p_organization_id uuid, p_ip_address inet, p_user_agent text, p_lifetime interval, p_reuse_window interval) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.refresh_session(p_token_hash text, p_successor_hash text, p_salt bytea, p_organization_id uuid, p_ip_address inet, p_user_agent text, p_lifetime interval, p_reuse_window interval) TO service_role;

REVOKE ALL ON FUNCTION overmind.refuse_when_suspended() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.release_dead_leases(p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.release_dead_leases(p_now timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.release_jobs(p_tokens bigint[], p_except uuid[], p_error text, p_now timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.remove_member(p_member_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.remove_member(p_member_id uuid) TO authenticated;
GRANT ALL ON FUNCTION overmind.remove_member(p_member_id uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.renew_leases(p_worker_lock bigint, p_tokens bigint[], p_held uuid[], p_ended bigint[], p_lease interval, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.renew_leases(p_worker_lock bigint, p_tokens bigint[], p_held uuid[], p_ended bigint[], p_lease interval, p_now timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.report_cache_hit(p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.report_cache_hit(p_id uuid) TO authenticated;
GRANT ALL ON FUNCTION overmind.report_cache_hit(p_id uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.report_job(p_id uuid, p_lease_token bigint, p_progress real) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.report_job(p_id uuid, p_lease_token bigint, p_progress real) TO service_role;

REVOKE ALL ON FUNCTION overmind.reprice_usage(p_from timestamp with time zone, p_to timestamp with time zone, p_provider text, p_model text, p_apply boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.reprice_usage(p_from timestamp with time zone, p_to timestamp with time zone, p_provider text, p_model text, p_apply boolean) TO authenticated;
GRANT ALL ON FUNCTION overmind.reprice_usage(p_from timestamp with time zone, p_to timestamp with time zone, p_provider text, p_model text, p_apply boolean) TO service_role;

REVOKE ALL ON FUNCTION overmind.resend_webhook(p_delivery_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.resend_webhook(p_delivery_id uuid) TO authenticated;
GRANT ALL ON FUNCTION overmind.resend_webhook(p_delivery_id uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.reserve_budgets() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.reset_password(p_token_hash text, p_password_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.reset_password(p_token_hash text, p_password_hash text) TO service_role;

REVOKE ALL ON FUNCTION overmind.retry_delay(p_config jsonb, p_attempt integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.retry_jobs(p_ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.retry_jobs(p_ids uuid[]) TO authenticated;
GRANT ALL ON FUNCTION overmind.retry_jobs(p_ids uuid[]) TO service_role;

REVOKE ALL ON FUNCTION overmind.retry_run(p_run_id uuid, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.retry_run(p_run_id uuid, p_now timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.revoke_sessions(p_session_id uuid, p_others boolean, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.revoke_sessions(p_session_id uuid, p_others boolean, p_reason text) TO authenticated;
GRANT ALL ON FUNCTION overmind.revoke_sessions(p_session_id uuid, p_others boolean, p_reason text) TO service_role;

REVOKE ALL ON FUNCTION overmind.roll_subscriptions(p_limit integer, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.roll_subscriptions(p_limit integer, p_now timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.schedules_after_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.seal_audit_logs(p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.seal_audit_logs(p_limit integer) TO service_role;

REVOKE ALL ON FUNCTION overmind.seed_organization(org uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.seed_organization(org uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.send_webhooks(p_organization_id uuid, p_type text, p_data jsonb, p_endpoint_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.sessions_audit() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.set_invitation_token(p_organization_id uuid, p_id uuid, p_token_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.set_invitation_token(p_organization_id uuid, p_id uuid, p_token_hash text) TO service_role;

REVOKE ALL ON FUNCTION overmind.set_organization_limits(p_id uuid, p_changes jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.set_organization_limits(p_id uuid, p_changes jsonb) TO service_role;

REVOKE ALL ON FUNCTION overmind.set_organization_state(p_id uuid, p_state text, p_reason text, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.set_organization_state(p_id uuid, p_state text, p_reason text, p_now timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.set_password(p_user_id uuid, p_password_hash text, p_end_sessions boolean, p_keep uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.set_password(p_user_id uuid, p_password_hash text, p_end_sessions boolean, p_keep uuid) TO service_role;

GRANT SELECT ON TABLE public.subscription_tiers TO anon;
GRANT SELECT ON TABLE public.subscription_tiers TO authenticated;
GRANT SELECT ON TABLE public.subscription_tiers TO service_role;

REVOKE ALL ON FUNCTION overmind.set_subscription_tier(p_tier_name text, p_changes jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.set_subscription_tier(p_tier_name text, p_changes jsonb) TO service_role;

REVOKE ALL ON FUNCTION overmind.set_tier(p_organization_id uuid, p_user_id uuid, p_tier_name text, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.set_tier(p_organization_id uuid, p_user_id uuid, p_tier_name text, p_now timestamp with time zone) TO service_role;

REVOKE ALL ON FUNCTION overmind.settle_budgets() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.skips_scheduled(p_organization_id uuid, p_user_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.start_session(p_user_id uuid, p_organization_id uuid, p_device_type text, p_device_name text, p_ip_address inet, p_user_agent text, p_lifetime interval, p_refresh_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.start_session(p_user_id uuid, p_organization_id uuid, p_device_type text, p_device_name text, p_ip_address inet, p_user_agent text, p_lifetime interval, p_refresh_hash text) TO service_role;

REVOKE ALL ON FUNCTION overmind.store_cached_response(p_cache_key text, p_prompt_hash text, p_scope_hash text, p_provider text, p_model text, p_quality_tier text, p_tags text[], p_response_content text, p_response jsonb, p_tokens_input bigint, p_tokens_output bigint, p_cost numeric, p_ledger_id uuid, p_embedding public.vector, p_embedding_model_provider text, p_embedding_model_name text, p_ttl interval, p_question text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.store_cached_response(p_cache_key text, p_prompt_hash text, p_scope_hash text, p_provider text, p_model text, p_quality_tier text, p_tags text[], p_response_content text, p_response jsonb, p_tokens_input bigint, p_tokens_output bigint, p_cost numeric, p_ledger_id uuid, p_embedding public.vector, p_embedding_model_provider text, p_embedding_model_name text, p_ttl interval, p_question text) TO service_role;

REVOKE ALL ON FUNCTION overmind.sum_runs(p_organization_id uuid, p_run_ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.sum_runs(p_organization_id uuid, p_run_ids uuid[]) TO authenticated;
GRANT ALL ON FUNCTION overmind.sum_runs(p_organization_id uuid, p_run_ids uuid[]) TO service_role;

REVOKE ALL ON FUNCTION overmind.take_one_time_token(p_token_hash text, p_purpose text) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.tell_budget(p_budget public.budgets, p_period public.budget_periods, p_event text) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.tenant_table(table_name regclass, visibility text, owner_column name, distribute boolean, fixed name[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.test_webhook(p_endpoint_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.test_webhook(p_endpoint_id uuid) TO authenticated;
GRANT ALL ON FUNCTION overmind.test_webhook(p_endpoint_id uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.token_usage_after_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.touch_api_keys(p_organization_ids uuid[], p_ids uuid[], p_uses bigint[], p_last_used_at timestamp with time zone[]) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.touch_api_keys(p_organization_ids uuid[], p_ids uuid[], p_uses bigint[], p_last_used_at timestamp with time zone[]) TO service_role;

REVOKE ALL ON FUNCTION overmind.unmark_budget(p_budget public.budgets, p_period public.budget_periods) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.users_after_profile() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.verify_email(p_token_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.verify_email(p_token_hash text) TO service_role;

REVOKE ALL ON FUNCTION overmind.verify_usage(p_limit integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.wake_run_job(p_run_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION overmind.wake_run_job(p_run_id uuid) TO service_role;

REVOKE ALL ON FUNCTION overmind.workflow_ratings_after_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.workflow_runs_after_insert() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.workflow_runs_usage() FROM PUBLIC;

REVOKE ALL ON FUNCTION overmind.write_budget_period(p_period public.budget_periods) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.backfill_step_cost(p_step uuid, p_model text, p_provider text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.backfill_step_cost(p_step uuid, p_model text, p_provider text) TO authenticated;
GRANT ALL ON FUNCTION public.backfill_step_cost(p_step uuid, p_model text, p_provider text) TO service_role;

REVOKE ALL ON FUNCTION public.calculate_token_cost(p_model text, p_input_tokens bigint, p_output_tokens bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.calculate_token_cost(p_model text, p_input_tokens bigint, p_output_tokens bigint) TO authenticated;
GRANT ALL ON FUNCTION public.calculate_token_cost(p_model text, p_input_tokens bigint, p_output_tokens bigint) TO service_role;

REVOKE ALL ON FUNCTION public.create_monthly_partitions(p_months_ahead integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.create_monthly_partitions(p_months_ahead integer) TO service_role;

REVOKE ALL ON FUNCTION public.estimate_cost_usd(p_model text, p_provider text, p_tokens_input bigint, p_tokens_output bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.estimate_cost_usd(p_model text, p_provider text, p_tokens_input bigint, p_tokens_output bigint) TO authenticated;
GRANT ALL ON FUNCTION public.estimate_cost_usd(p_model text, p_provider text, p_tokens_input bigint, p_tokens_output bigint) TO service_role;

GRANT SELECT ON TABLE overmind.migrations TO service_role;

GRANT SELECT ON TABLE overmind.routines TO service_role;

GRANT SELECT ON TABLE public.agent_configurations TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.agent_configurations TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(key) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(key) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(name) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(name) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(role) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(role) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(goal) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(goal) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(backstory) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(backstory) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(output_format) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(output_format) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(llm_provider) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(llm_provider) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(llm_model) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(llm_model) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(temperature) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(temperature) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(max_tokens) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(max_tokens) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(allow_delegation) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(allow_delegation) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE("verbose") ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE("verbose") ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(settings) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(settings) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(is_active) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(is_active) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(is_public) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(is_public) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(created_at) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(deleted_at) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(deleted_at) ON TABLE public.agent_configurations TO service_role;

GRANT UPDATE(output_schema) ON TABLE public.agent_configurations TO authenticated;
GRANT UPDATE(output_schema) ON TABLE public.agent_configurations TO service_role;

GRANT SELECT ON TABLE public.run_steps TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.run_steps TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.run_steps TO service_role;

GRANT UPDATE(iteration) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(iteration) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(phase) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(phase) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(agent_id) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(agent_id) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(agent_key) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(agent_key) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(agent_name) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(agent_name) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(provider) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(provider) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(model) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(model) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(status) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(status) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(attempt) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(attempt) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(is_sent_back) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(is_sent_back) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(output) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(output) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(error_message) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(error_message) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(tokens_input) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(tokens_input) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(tokens_output) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(tokens_output) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(cost_usd) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(cost_usd) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(is_estimated) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(is_estimated) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(latency_ms) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(latency_ms) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(metadata) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(metadata) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(started_at) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(started_at) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(completed_at) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(completed_at) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(created_at) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(delegation) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(delegation) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(prompt) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(prompt) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(error_code) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(error_code) ON TABLE public.run_steps TO service_role;

GRANT UPDATE(cache) ON TABLE public.run_steps TO authenticated;
GRANT UPDATE(cache) ON TABLE public.run_steps TO service_role;

GRANT SELECT ON TABLE public.workflow_runs TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.workflow_runs TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(workflow_id) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(workflow_id) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(workflow_version) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(workflow_version) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(answer_message_id) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(answer_message_id) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(status) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(status) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(snapshot) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(snapshot) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(quality_threshold) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(quality_threshold) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(max_n2_iterations) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(max_n2_iterations) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(cost_cap_usd) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(cost_cap_usd) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(deadline_at) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(deadline_at) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(n2_iterations) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(n2_iterations) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(best_iteration) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(best_iteration) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(best_score) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(best_score) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(termination_reason) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(termination_reason) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(error_code) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(error_code) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(error_message) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(error_message) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(tokens_input) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(tokens_input) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(tokens_output) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(tokens_output) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(cost_usd) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(cost_usd) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(is_offline) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(is_offline) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(last_sequence) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(last_sequence) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(lease_token) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(lease_token) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(retry_count) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(retry_count) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(last_retry_at) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(last_retry_at) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(cancel_requested_at) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(cancel_requested_at) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(started_at) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(started_at) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(completed_at) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(completed_at) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(latency_ms) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(latency_ms) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(metadata) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(metadata) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(created_at) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(approve_from_iteration) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(approve_from_iteration) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(approve_above_usd) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(approve_above_usd) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(waiting) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(waiting) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(approvals) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(approvals) ON TABLE public.workflow_runs TO service_role;

GRANT UPDATE(take_count) ON TABLE public.workflow_runs TO authenticated;
GRANT UPDATE(take_count) ON TABLE public.workflow_runs TO service_role;

GRANT SELECT ON TABLE public.agent_events TO anon;
GRANT SELECT ON TABLE public.agent_events TO authenticated;
GRANT SELECT ON TABLE public.agent_events TO service_role;

GRANT SELECT ON TABLE public.ai_response_cache TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.ai_response_cache TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(visibility) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(visibility) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(cache_key) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(cache_key) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(prompt_hash) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(prompt_hash) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(scope_hash) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(scope_hash) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(question) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(question) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(provider) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(provider) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(model) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(model) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(quality_tier) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(quality_tier) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(tags) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(tags) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(response_content) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(response_content) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(response) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(response) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(tokens_used) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(tokens_used) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(tokens_input) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(tokens_input) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(tokens_output) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(tokens_output) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(cost) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(cost) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(ledger_id) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(ledger_id) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(embedding) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(embedding) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(embedding_model_provider) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(embedding_model_provider) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(embedding_model_name) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(embedding_model_name) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(embedding_dimensions) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(embedding_dimensions) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(hit_count) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(hit_count) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(last_hit_at) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(last_hit_at) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(expires_at) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(expires_at) ON TABLE public.ai_response_cache TO service_role;

GRANT UPDATE(created_at) ON TABLE public.ai_response_cache TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.ai_response_cache TO service_role;

GRANT SELECT ON TABLE public.api_keys TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.api_keys TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.api_keys TO service_role;

GRANT UPDATE(name) ON TABLE public.api_keys TO authenticated;
GRANT UPDATE(name) ON TABLE public.api_keys TO service_role;

GRANT UPDATE(key_hash) ON TABLE public.api_keys TO authenticated;
GRANT UPDATE(key_hash) ON TABLE public.api_keys TO service_role;

GRANT UPDATE(key_prefix) ON TABLE public.api_keys TO authenticated;
GRANT UPDATE(key_prefix) ON TABLE public.api_keys TO service_role;

GRANT UPDATE(scopes) ON TABLE public.api_keys TO authenticated;
GRANT UPDATE(scopes) ON TABLE public.api_keys TO service_role;

GRANT UPDATE(is_active) ON TABLE public.api_keys TO authenticated;
GRANT UPDATE(is_active) ON TABLE public.api_keys TO service_role;

GRANT UPDATE(expires_at) ON TABLE public.api_keys TO authenticated;
GRANT UPDATE(expires_at) ON TABLE public.api_keys TO service_role;

GRANT UPDATE(last_used_at) ON TABLE public.api_keys TO authenticated;
GRANT UPDATE(last_used_at) ON TABLE public.api_keys TO service_role;

GRANT UPDATE(usage_count) ON TABLE public.api_keys TO authenticated;
GRANT UPDATE(usage_count) ON TABLE public.api_keys TO service_role;

GRANT UPDATE(created_at) ON TABLE public.api_keys TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.api_keys TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.api_keys TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.api_keys TO service_role;

GRANT UPDATE(revoked_at) ON TABLE public.api_keys TO authenticated;
GRANT UPDATE(revoked_at) ON TABLE public.api_keys TO service_role;

GRANT UPDATE(rotated_at) ON TABLE public.api_keys TO authenticated;
GRANT UPDATE(rotated_at) ON TABLE public.api_keys TO service_role;

GRANT SELECT ON TABLE public.audit_details TO anon;
GRANT SELECT ON TABLE public.audit_details TO authenticated;
GRANT SELECT ON TABLE public.audit_details TO service_role;

GRANT SELECT ON TABLE public.audit_log TO anon;
GRANT SELECT ON TABLE public.audit_log TO authenticated;
GRANT SELECT ON TABLE public.audit_log TO service_role;

GRANT SELECT ON TABLE public.budget_changes TO anon;
GRANT SELECT ON TABLE public.budget_changes TO authenticated;
GRANT SELECT ON TABLE public.budget_changes TO service_role;

GRANT SELECT ON TABLE public.budget_holds TO anon;
GRANT SELECT ON TABLE public.budget_holds TO authenticated;
GRANT SELECT ON TABLE public.budget_holds TO service_role;

GRANT SELECT ON TABLE public.budget_usage TO anon;
GRANT SELECT ON TABLE public.budget_usage TO authenticated;
GRANT SELECT ON TABLE public.budget_usage TO service_role;

GRANT SELECT ON TABLE public.cache_lookups TO anon;
GRANT SELECT,INSERT ON TABLE public.cache_lookups TO authenticated;
GRANT SELECT,INSERT ON TABLE public.cache_lookups TO service_role;

GRANT SELECT ON TABLE public.conversation_stats TO anon;
GRANT SELECT ON TABLE public.conversation_stats TO authenticated;
GRANT SELECT ON TABLE public.conversation_stats TO service_role;

GRANT SELECT ON TABLE public.conversation_usage TO anon;
GRANT SELECT ON TABLE public.conversation_usage TO authenticated;
GRANT SELECT ON TABLE public.conversation_usage TO service_role;

GRANT SELECT ON TABLE public.conversations TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.conversations TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.conversations TO service_role;

GRANT UPDATE(visibility) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(visibility) ON TABLE public.conversations TO service_role;

GRANT UPDATE(project_id) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(project_id) ON TABLE public.conversations TO service_role;

GRANT UPDATE(title) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(title) ON TABLE public.conversations TO service_role;

GRANT UPDATE(workflow_id) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(workflow_id) ON TABLE public.conversations TO service_role;

GRANT UPDATE(quality_threshold) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(quality_threshold) ON TABLE public.conversations TO service_role;

GRANT UPDATE(max_n2_iterations) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(max_n2_iterations) ON TABLE public.conversations TO service_role;

GRANT UPDATE(cost_cap_usd) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(cost_cap_usd) ON TABLE public.conversations TO service_role;

GRANT UPDATE(model_provider) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(model_provider) ON TABLE public.conversations TO service_role;

GRANT UPDATE(model_name) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(model_name) ON TABLE public.conversations TO service_role;

GRANT UPDATE(max_context_tokens) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(max_context_tokens) ON TABLE public.conversations TO service_role;

GRANT UPDATE(auto_prune) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(auto_prune) ON TABLE public.conversations TO service_role;

GRANT UPDATE(prune_strategy) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(prune_strategy) ON TABLE public.conversations TO service_role;

GRANT UPDATE(prune_margin_ratio) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(prune_margin_ratio) ON TABLE public.conversations TO service_role;

GRANT UPDATE(rolling_tokens) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(rolling_tokens) ON TABLE public.conversations TO service_role;

GRANT UPDATE(last_pruned_at) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(last_pruned_at) ON TABLE public.conversations TO service_role;

GRANT UPDATE(status) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(status) ON TABLE public.conversations TO service_role;

GRANT UPDATE(is_archived) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(is_archived) ON TABLE public.conversations TO service_role;

GRANT UPDATE(message_count) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(message_count) ON TABLE public.conversations TO service_role;

GRANT UPDATE(last_seq) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(last_seq) ON TABLE public.conversations TO service_role;

GRANT UPDATE(tags) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(tags) ON TABLE public.conversations TO service_role;

GRANT UPDATE(folder) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(folder) ON TABLE public.conversations TO service_role;

GRANT UPDATE(metadata) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(metadata) ON TABLE public.conversations TO service_role;

GRANT UPDATE(embedding) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(embedding) ON TABLE public.conversations TO service_role;

GRANT UPDATE(embedding_model_provider) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(embedding_model_provider) ON TABLE public.conversations TO service_role;

GRANT UPDATE(embedding_model_name) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(embedding_model_name) ON TABLE public.conversations TO service_role;

GRANT UPDATE(embedding_dimensions) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(embedding_dimensions) ON TABLE public.conversations TO service_role;

GRANT UPDATE(last_activity_at) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(last_activity_at) ON TABLE public.conversations TO service_role;

GRANT UPDATE(created_at) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.conversations TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.conversations TO service_role;

GRANT UPDATE(deleted_at) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(deleted_at) ON TABLE public.conversations TO service_role;

GRANT UPDATE(approve_from_iteration) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(approve_from_iteration) ON TABLE public.conversations TO service_role;

GRANT UPDATE(approve_above_usd) ON TABLE public.conversations TO authenticated;
GRANT UPDATE(approve_above_usd) ON TABLE public.conversations TO service_role;

GRANT SELECT ON TABLE public.episode_schedule_queue TO anon;
GRANT SELECT,INSERT,UPDATE ON TABLE public.episode_schedule_queue TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE public.episode_schedule_queue TO service_role;

GRANT SELECT ON TABLE public.exchange_rates TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.exchange_rates TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.exchange_rates TO service_role;

GRANT UPDATE(rate) ON TABLE public.exchange_rates TO authenticated;
GRANT UPDATE(rate) ON TABLE public.exchange_rates TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.exchange_rates TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.exchange_rates TO service_role;

GRANT SELECT ON TABLE public.idempotency_keys TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.idempotency_keys TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.idempotency_keys TO service_role;

GRANT UPDATE(route) ON TABLE public.idempotency_keys TO authenticated;
GRANT UPDATE(route) ON TABLE public.idempotency_keys TO service_role;

GRANT UPDATE(key) ON TABLE public.idempotency_keys TO authenticated;
GRANT UPDATE(key) ON TABLE public.idempotency_keys TO service_role;

GRANT UPDATE(request_hash) ON TABLE public.idempotency_keys TO authenticated;
GRANT UPDATE(request_hash) ON TABLE public.idempotency_keys TO service_role;

GRANT UPDATE(resource_id) ON TABLE public.idempotency_keys TO authenticated;
GRANT UPDATE(resource_id) ON TABLE public.idempotency_keys TO service_role;

GRANT UPDATE(locked_until) ON TABLE public.idempotency_keys TO authenticated;
GRANT UPDATE(locked_until) ON TABLE public.idempotency_keys TO service_role;

GRANT UPDATE(response_status) ON TABLE public.idempotency_keys TO authenticated;
GRANT UPDATE(response_status) ON TABLE public.idempotency_keys TO service_role;

GRANT UPDATE(response_location) ON TABLE public.idempotency_keys TO authenticated;
GRANT UPDATE(response_location) ON TABLE public.idempotency_keys TO service_role;

GRANT UPDATE(response_body) ON TABLE public.idempotency_keys TO authenticated;
GRANT UPDATE(response_body) ON TABLE public.idempotency_keys TO service_role;

GRANT UPDATE(created_at) ON TABLE public.idempotency_keys TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.idempotency_keys TO service_role;

GRANT SELECT(organization_id) ON TABLE public.invitations TO anon;
GRANT SELECT(organization_id) ON TABLE public.invitations TO authenticated;
GRANT SELECT(organization_id) ON TABLE public.invitations TO service_role;

GRANT SELECT(id) ON TABLE public.invitations TO anon;
GRANT SELECT(id),INSERT(id) ON TABLE public.invitations TO authenticated;
GRANT SELECT(id),INSERT(id) ON TABLE public.invitations TO service_role;

GRANT SELECT(invited_by) ON TABLE public.invitations TO anon;
GRANT SELECT(invited_by) ON TABLE public.invitations TO authenticated;
GRANT SELECT(invited_by) ON TABLE public.invitations TO service_role;

GRANT SELECT(email) ON TABLE public.invitations TO anon;
GRANT SELECT(email),INSERT(email) ON TABLE public.invitations TO authenticated;
GRANT SELECT(email),INSERT(email) ON TABLE public.invitations TO service_role;

GRANT SELECT(role) ON TABLE public.invitations TO anon;
GRANT SELECT(role),INSERT(role) ON TABLE public.invitations TO authenticated;
GRANT SELECT(role),INSERT(role) ON TABLE public.invitations TO service_role;

GRANT SELECT(status),UPDATE(status) ON TABLE public.invitations TO authenticated;
GRANT SELECT(status),UPDATE(status) ON TABLE public.invitations TO service_role;
GRANT SELECT(status) ON TABLE public.invitations TO anon;

GRANT SELECT(expires_at),INSERT(expires_at),UPDATE(expires_at) ON TABLE public.invitations TO authenticated;
GRANT SELECT(expires_at),INSERT(expires_at),UPDATE(expires_at) ON TABLE public.invitations TO service_role;
GRANT SELECT(expires_at) ON TABLE public.invitations TO anon;

GRANT SELECT(accepted_at) ON TABLE public.invitations TO anon;
GRANT SELECT(accepted_at) ON TABLE public.invitations TO authenticated;
GRANT SELECT(accepted_at) ON TABLE public.invitations TO service_role;

GRANT SELECT(accepted_by) ON TABLE public.invitations TO anon;
GRANT SELECT(accepted_by) ON TABLE public.invitations TO authenticated;
GRANT SELECT(accepted_by) ON TABLE public.invitations TO service_role;

GRANT SELECT(created_at) ON TABLE public.invitations TO anon;
GRANT SELECT(created_at) ON TABLE public.invitations TO authenticated;
GRANT SELECT(created_at) ON TABLE public.invitations TO service_role;

GRANT SELECT(updated_at),UPDATE(updated_at) ON TABLE public.invitations TO authenticated;
GRANT SELECT(updated_at),UPDATE(updated_at) ON TABLE public.invitations TO service_role;
GRANT SELECT(updated_at) ON TABLE public.invitations TO anon;

GRANT SELECT ON TABLE public.messages TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.messages TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.messages TO service_role;

GRANT UPDATE(session_id) ON TABLE public.messages TO authenticated;
GRANT UPDATE(session_id) ON TABLE public.messages TO service_role;

GRANT UPDATE(channel_id) ON TABLE public.messages TO authenticated;
GRANT UPDATE(channel_id) ON TABLE public.messages TO service_role;

GRANT UPDATE(run_id) ON TABLE public.messages TO authenticated;
GRANT UPDATE(run_id) ON TABLE public.messages TO service_role;

GRANT UPDATE(sender_user_id) ON TABLE public.messages TO authenticated;
GRANT UPDATE(sender_user_id) ON TABLE public.messages TO service_role;

GRANT UPDATE(sender_agent_id) ON TABLE public.messages TO authenticated;
GRANT UPDATE(sender_agent_id) ON TABLE public.messages TO service_role;

GRANT UPDATE(content) ON TABLE public.messages TO authenticated;
GRANT UPDATE(content) ON TABLE public.messages TO service_role;

GRANT UPDATE(content_parts) ON TABLE public.messages TO authenticated;
GRANT UPDATE(content_parts) ON TABLE public.messages TO service_role;

GRANT UPDATE(version) ON TABLE public.messages TO authenticated;
GRANT UPDATE(version) ON TABLE public.messages TO service_role;

GRANT UPDATE(edited) ON TABLE public.messages TO authenticated;
GRANT UPDATE(edited) ON TABLE public.messages TO service_role;

GRANT UPDATE(edited_at) ON TABLE public.messages TO authenticated;
GRANT UPDATE(edited_at) ON TABLE public.messages TO service_role;

GRANT UPDATE(model_used) ON TABLE public.messages TO authenticated;
GRANT UPDATE(model_used) ON TABLE public.messages TO service_role;

GRANT UPDATE(quality_score) ON TABLE public.messages TO authenticated;
GRANT UPDATE(quality_score) ON TABLE public.messages TO service_role;

GRANT UPDATE(n2_iterations) ON TABLE public.messages TO authenticated;
GRANT UPDATE(n2_iterations) ON TABLE public.messages TO service_role;

GRANT UPDATE(tokens_used) ON TABLE public.messages TO authenticated;
GRANT UPDATE(tokens_used) ON TABLE public.messages TO service_role;

GRANT UPDATE(window_tokens) ON TABLE public.messages TO authenticated;
GRANT UPDATE(window_tokens) ON TABLE public.messages TO service_role;

GRANT UPDATE(latency_ms) ON TABLE public.messages TO authenticated;
GRANT UPDATE(latency_ms) ON TABLE public.messages TO service_role;

GRANT UPDATE(metadata) ON TABLE public.messages TO authenticated;
GRANT UPDATE(metadata) ON TABLE public.messages TO service_role;

GRANT UPDATE(context) ON TABLE public.messages TO authenticated;
GRANT UPDATE(context) ON TABLE public.messages TO service_role;

GRANT UPDATE(tools) ON TABLE public.messages TO authenticated;
GRANT UPDATE(tools) ON TABLE public.messages TO service_role;

GRANT UPDATE(memory_refs) ON TABLE public.messages TO authenticated;
GRANT UPDATE(memory_refs) ON TABLE public.messages TO service_role;

GRANT UPDATE(state_snapshot_id) ON TABLE public.messages TO authenticated;
GRANT UPDATE(state_snapshot_id) ON TABLE public.messages TO service_role;

GRANT UPDATE(audit) ON TABLE public.messages TO authenticated;
GRANT UPDATE(audit) ON TABLE public.messages TO service_role;

GRANT UPDATE(moderation_status) ON TABLE public.messages TO authenticated;
GRANT UPDATE(moderation_status) ON TABLE public.messages TO service_role;

GRANT UPDATE(moderation_flags) ON TABLE public.messages TO authenticated;
GRANT UPDATE(moderation_flags) ON TABLE public.messages TO service_role;

GRANT UPDATE(moderated_at) ON TABLE public.messages TO authenticated;
GRANT UPDATE(moderated_at) ON TABLE public.messages TO service_role;

GRANT UPDATE(embedding) ON TABLE public.messages TO authenticated;
GRANT UPDATE(embedding) ON TABLE public.messages TO service_role;

GRANT UPDATE(embedding_model_provider) ON TABLE public.messages TO authenticated;
GRANT UPDATE(embedding_model_provider) ON TABLE public.messages TO service_role;

GRANT UPDATE(embedding_model_name) ON TABLE public.messages TO authenticated;
GRANT UPDATE(embedding_model_name) ON TABLE public.messages TO service_role;

GRANT UPDATE(embedding_dimensions) ON TABLE public.messages TO authenticated;
GRANT UPDATE(embedding_dimensions) ON TABLE public.messages TO service_role;

GRANT UPDATE(created_at) ON TABLE public.messages TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.messages TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.messages TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.messages TO service_role;

GRANT UPDATE(deleted_at) ON TABLE public.messages TO authenticated;
GRANT UPDATE(deleted_at) ON TABLE public.messages TO service_role;

GRANT SELECT ON TABLE public.model_aliases TO anon;
GRANT SELECT ON TABLE public.model_aliases TO authenticated;
GRANT SELECT ON TABLE public.model_aliases TO service_role;

GRANT SELECT ON TABLE public.model_match_rules TO anon;
GRANT SELECT ON TABLE public.model_match_rules TO authenticated;
GRANT SELECT ON TABLE public.model_match_rules TO service_role;

GRANT INSERT,DELETE ON TABLE public.model_providers TO authenticated;
GRANT INSERT,DELETE ON TABLE public.model_providers TO service_role;

GRANT SELECT(organization_id) ON TABLE public.model_providers TO anon;
GRANT SELECT(organization_id) ON TABLE public.model_providers TO authenticated;
GRANT SELECT(organization_id) ON TABLE public.model_providers TO service_role;

GRANT SELECT(id) ON TABLE public.model_providers TO anon;
GRANT SELECT(id) ON TABLE public.model_providers TO authenticated;
GRANT SELECT(id) ON TABLE public.model_providers TO service_role;

GRANT SELECT(key),UPDATE(key) ON TABLE public.model_providers TO authenticated;
GRANT SELECT(key),UPDATE(key) ON TABLE public.model_providers TO service_role;
GRANT SELECT(key) ON TABLE public.model_providers TO anon;

GRANT SELECT(kind),UPDATE(kind) ON TABLE public.model_providers TO authenticated;
GRANT SELECT(kind),UPDATE(kind) ON TABLE public.model_providers TO service_role;
GRANT SELECT(kind) ON TABLE public.model_providers TO anon;

GRANT SELECT(base_url),UPDATE(base_url) ON TABLE public.model_providers TO authenticated;
GRANT SELECT(base_url),UPDATE(base_url) ON TABLE public.model_providers TO service_role;
GRANT SELECT(base_url) ON TABLE public.model_providers TO anon;

GRANT UPDATE(secret) ON TABLE public.model_providers TO authenticated;
GRANT UPDATE(secret) ON TABLE public.model_providers TO service_role;

GRANT SELECT(secret_hint),UPDATE(secret_hint) ON TABLE public.model_providers TO authenticated;
GRANT SELECT(secret_hint),UPDATE(secret_hint) ON TABLE public.model_providers TO service_role;
GRANT SELECT(secret_hint) ON TABLE public.model_providers TO anon;

GRANT SELECT(settings),UPDATE(settings) ON TABLE public.model_providers TO authenticated;
GRANT SELECT(settings),UPDATE(settings) ON TABLE public.model_providers TO service_role;
GRANT SELECT(settings) ON TABLE public.model_providers TO anon;

GRANT SELECT(is_active),UPDATE(is_active) ON TABLE public.model_providers TO authenticated;
GRANT SELECT(is_active),UPDATE(is_active) ON TABLE public.model_providers TO service_role;
GRANT SELECT(is_active) ON TABLE public.model_providers TO anon;

GRANT SELECT(last_test_at),UPDATE(last_test_at) ON TABLE public.model_providers TO authenticated;
GRANT SELECT(last_test_at),UPDATE(last_test_at) ON TABLE public.model_providers TO service_role;
GRANT SELECT(last_test_at) ON TABLE public.model_providers TO anon;

GRANT SELECT(last_test_error),UPDATE(last_test_error) ON TABLE public.model_providers TO authenticated;
GRANT SELECT(last_test_error),UPDATE(last_test_error) ON TABLE public.model_providers TO service_role;
GRANT SELECT(last_test_error) ON TABLE public.model_providers TO anon;

GRANT SELECT(created_by) ON TABLE public.model_providers TO anon;
GRANT SELECT(created_by) ON TABLE public.model_providers TO authenticated;
GRANT SELECT(created_by) ON TABLE public.model_providers TO service_role;

GRANT SELECT(created_at) ON TABLE public.model_providers TO anon;
GRANT SELECT(created_at) ON TABLE public.model_providers TO authenticated;
GRANT SELECT(created_at) ON TABLE public.model_providers TO service_role;

GRANT SELECT(updated_at),UPDATE(updated_at) ON TABLE public.model_providers TO authenticated;
GRANT SELECT(updated_at),UPDATE(updated_at) ON TABLE public.model_providers TO service_role;
GRANT SELECT(updated_at) ON TABLE public.model_providers TO anon;

GRANT SELECT(deleted_at),UPDATE(deleted_at) ON TABLE public.model_providers TO authenticated;
GRANT SELECT(deleted_at),UPDATE(deleted_at) ON TABLE public.model_providers TO service_role;
GRANT SELECT(deleted_at) ON TABLE public.model_providers TO anon;

GRANT SELECT ON TABLE public.model_registry TO anon;
GRANT SELECT ON TABLE public.model_registry TO authenticated;
GRANT SELECT ON TABLE public.model_registry TO service_role;

GRANT SELECT ON TABLE public.organization_members TO anon;
GRANT SELECT ON TABLE public.organization_members TO authenticated;
GRANT SELECT ON TABLE public.organization_members TO service_role;

GRANT UPDATE(display_name) ON TABLE public.organization_members TO authenticated;
GRANT UPDATE(display_name) ON TABLE public.organization_members TO service_role;

GRANT UPDATE(role) ON TABLE public.organization_members TO authenticated;
GRANT UPDATE(role) ON TABLE public.organization_members TO service_role;

GRANT UPDATE(permissions) ON TABLE public.organization_members TO authenticated;
GRANT UPDATE(permissions) ON TABLE public.organization_members TO service_role;

GRANT UPDATE(left_at) ON TABLE public.organization_members TO authenticated;
GRANT UPDATE(left_at) ON TABLE public.organization_members TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.organization_members TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.organization_members TO service_role;

GRANT SELECT ON TABLE public.usage_changes TO anon;
GRANT SELECT ON TABLE public.usage_changes TO authenticated;
GRANT SELECT ON TABLE public.usage_changes TO service_role;

GRANT SELECT ON TABLE public.usage_latencies TO anon;
GRANT SELECT ON TABLE public.usage_latencies TO authenticated;
GRANT SELECT ON TABLE public.usage_latencies TO service_role;

GRANT SELECT ON TABLE public.usage_totals TO anon;
GRANT SELECT ON TABLE public.usage_totals TO authenticated;
GRANT SELECT ON TABLE public.usage_totals TO service_role;

GRANT SELECT ON TABLE public.usage_rollups TO anon;
GRANT SELECT ON TABLE public.usage_rollups TO authenticated;
GRANT SELECT ON TABLE public.usage_rollups TO service_role;

GRANT SELECT ON TABLE public.monthly_cost_report TO anon;
GRANT SELECT ON TABLE public.monthly_cost_report TO authenticated;
GRANT SELECT ON TABLE public.monthly_cost_report TO service_role;

GRANT SELECT ON TABLE public.organization_usage TO anon;
GRANT SELECT ON TABLE public.organization_usage TO authenticated;
GRANT SELECT ON TABLE public.organization_usage TO service_role;

GRANT SELECT ON TABLE public.price_overrides TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.price_overrides TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(context_above) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(context_above) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(service_tier) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(service_tier) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(time_from) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(time_from) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(time_to) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(time_to) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(valid_from) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(valid_from) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(valid_to) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(valid_to) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(input_price) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(input_price) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(output_price) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(output_price) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(cache_read_price) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(cache_read_price) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(cache_write_price) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(cache_write_price) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(cache_write_1h_price) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(cache_write_1h_price) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(reasoning_price) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(reasoning_price) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(audio_input_price) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(audio_input_price) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(audio_output_price) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(audio_output_price) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(image_input_price) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(image_input_price) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(image_output_price) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(image_output_price) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(request_price) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(request_price) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(web_search_price) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(web_search_price) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(currency) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(currency) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(note) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(note) ON TABLE public.price_overrides TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.price_overrides TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.price_overrides TO service_role;

GRANT SELECT ON TABLE public.prices TO anon;
GRANT SELECT ON TABLE public.prices TO authenticated;
GRANT SELECT ON TABLE public.prices TO service_role;

GRANT SELECT ON TABLE public.project_usage TO anon;
GRANT SELECT ON TABLE public.project_usage TO authenticated;
GRANT SELECT ON TABLE public.project_usage TO service_role;

GRANT SELECT ON TABLE public.projects TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.projects TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.projects TO service_role;

GRANT UPDATE(visibility) ON TABLE public.projects TO authenticated;
GRANT UPDATE(visibility) ON TABLE public.projects TO service_role;

GRANT UPDATE(name) ON TABLE public.projects TO authenticated;
GRANT UPDATE(name) ON TABLE public.projects TO service_role;

GRANT UPDATE(description) ON TABLE public.projects TO authenticated;
GRANT UPDATE(description) ON TABLE public.projects TO service_role;

GRANT UPDATE(status) ON TABLE public.projects TO authenticated;
GRANT UPDATE(status) ON TABLE public.projects TO service_role;

GRANT UPDATE(cadence_config) ON TABLE public.projects TO authenticated;
GRANT UPDATE(cadence_config) ON TABLE public.projects TO service_role;

GRANT UPDATE(next_scheduled_at) ON TABLE public.projects TO authenticated;
GRANT UPDATE(next_scheduled_at) ON TABLE public.projects TO service_role;

GRANT UPDATE(memories) ON TABLE public.projects TO authenticated;
GRANT UPDATE(memories) ON TABLE public.projects TO service_role;

GRANT UPDATE(settings) ON TABLE public.projects TO authenticated;
GRANT UPDATE(settings) ON TABLE public.projects TO service_role;

GRANT UPDATE(metadata) ON TABLE public.projects TO authenticated;
GRANT UPDATE(metadata) ON TABLE public.projects TO service_role;

GRANT UPDATE(created_at) ON TABLE public.projects TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.projects TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.projects TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.projects TO service_role;

GRANT UPDATE(deleted_at) ON TABLE public.projects TO authenticated;
GRANT UPDATE(deleted_at) ON TABLE public.projects TO service_role;

GRANT SELECT ON TABLE public.registry_providers TO anon;
GRANT SELECT ON TABLE public.registry_providers TO authenticated;
GRANT SELECT ON TABLE public.registry_providers TO service_role;

GRANT SELECT ON TABLE public.run_events TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.run_events TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.run_events TO service_role;

GRANT UPDATE(type) ON TABLE public.run_events TO authenticated;
GRANT UPDATE(type) ON TABLE public.run_events TO service_role;

GRANT UPDATE(step_id) ON TABLE public.run_events TO authenticated;
GRANT UPDATE(step_id) ON TABLE public.run_events TO service_role;

GRANT UPDATE(data) ON TABLE public.run_events TO authenticated;
GRANT UPDATE(data) ON TABLE public.run_events TO service_role;

GRANT UPDATE(created_at) ON TABLE public.run_events TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.run_events TO service_role;

GRANT SELECT ON TABLE public.schedules TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.schedules TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.schedules TO service_role;

GRANT UPDATE(project_id) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(project_id) ON TABLE public.schedules TO service_role;

GRANT UPDATE(name) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(name) ON TABLE public.schedules TO service_role;

GRANT UPDATE(cadence_config) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(cadence_config) ON TABLE public.schedules TO service_role;

GRANT UPDATE(cron) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(cron) ON TABLE public.schedules TO service_role;

GRANT UPDATE(local_time) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(local_time) ON TABLE public.schedules TO service_role;

GRANT UPDATE(time_zone) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(time_zone) ON TABLE public.schedules TO service_role;

GRANT UPDATE(kind) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(kind) ON TABLE public.schedules TO service_role;

GRANT UPDATE(payload) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(payload) ON TABLE public.schedules TO service_role;

GRANT UPDATE(max_attempts) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(max_attempts) ON TABLE public.schedules TO service_role;

GRANT UPDATE(missed_runs) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(missed_runs) ON TABLE public.schedules TO service_role;

GRANT UPDATE(is_paused) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(is_paused) ON TABLE public.schedules TO service_role;

GRANT UPDATE(next_run_at) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(next_run_at) ON TABLE public.schedules TO service_role;

GRANT UPDATE(last_run_at) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(last_run_at) ON TABLE public.schedules TO service_role;

GRANT UPDATE(created_at) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.schedules TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.schedules TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.schedules TO service_role;

GRANT SELECT ON TABLE public.sessions TO anon;
GRANT SELECT ON TABLE public.sessions TO authenticated;
GRANT SELECT ON TABLE public.sessions TO service_role;

GRANT SELECT ON TABLE public.step_replays TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.step_replays TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.step_replays TO service_role;

GRANT UPDATE(status) ON TABLE public.step_replays TO authenticated;
GRANT UPDATE(status) ON TABLE public.step_replays TO service_role;

GRANT UPDATE(attempt) ON TABLE public.step_replays TO authenticated;
GRANT UPDATE(attempt) ON TABLE public.step_replays TO service_role;

GRANT UPDATE(lease_token) ON TABLE public.step_replays TO authenticated;
GRANT UPDATE(lease_token) ON TABLE public.step_replays TO service_role;

GRANT UPDATE(output) ON TABLE public.step_replays TO authenticated;
GRANT UPDATE(output) ON TABLE public.step_replays TO service_role;

GRANT UPDATE(error_message) ON TABLE public.step_replays TO authenticated;
GRANT UPDATE(error_message) ON TABLE public.step_replays TO service_role;

GRANT UPDATE(score) ON TABLE public.step_replays TO authenticated;
GRANT UPDATE(score) ON TABLE public.step_replays TO service_role;

GRANT UPDATE(tokens_input) ON TABLE public.step_replays TO authenticated;
GRANT UPDATE(tokens_input) ON TABLE public.step_replays TO service_role;

GRANT UPDATE(tokens_output) ON TABLE public.step_replays TO authenticated;
GRANT UPDATE(tokens_output) ON TABLE public.step_replays TO service_role;

GRANT UPDATE(cost_usd) ON TABLE public.step_replays TO authenticated;
GRANT UPDATE(cost_usd) ON TABLE public.step_replays TO service_role;

GRANT UPDATE(is_estimated) ON TABLE public.step_replays TO authenticated;
GRANT UPDATE(is_estimated) ON TABLE public.step_replays TO service_role;

GRANT UPDATE(latency_ms) ON TABLE public.step_replays TO authenticated;
GRANT UPDATE(latency_ms) ON TABLE public.step_replays TO service_role;

GRANT UPDATE(created_at) ON TABLE public.step_replays TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.step_replays TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.step_replays TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.step_replays TO service_role;

GRANT UPDATE(completed_at) ON TABLE public.step_replays TO authenticated;
GRANT UPDATE(completed_at) ON TABLE public.step_replays TO service_role;

GRANT SELECT ON TABLE public.synthesis_events TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.synthesis_events TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.synthesis_events TO service_role;

GRANT UPDATE(iteration) ON TABLE public.synthesis_events TO authenticated;
GRANT UPDATE(iteration) ON TABLE public.synthesis_events TO service_role;

GRANT UPDATE(quality_score) ON TABLE public.synthesis_events TO authenticated;
GRANT UPDATE(quality_score) ON TABLE public.synthesis_events TO service_role;

GRANT UPDATE(score_rationale) ON TABLE public.synthesis_events TO authenticated;
GRANT UPDATE(score_rationale) ON TABLE public.synthesis_events TO service_role;

GRANT UPDATE(triggered_n2) ON TABLE public.synthesis_events TO authenticated;
GRANT UPDATE(triggered_n2) ON TABLE public.synthesis_events TO service_role;

GRANT UPDATE(observation) ON TABLE public.synthesis_events TO authenticated;
GRANT UPDATE(observation) ON TABLE public.synthesis_events TO service_role;

GRANT UPDATE(distillation) ON TABLE public.synthesis_events TO authenticated;
GRANT UPDATE(distillation) ON TABLE public.synthesis_events TO service_role;

GRANT UPDATE(repair_directive) ON TABLE public.synthesis_events TO authenticated;
GRANT UPDATE(repair_directive) ON TABLE public.synthesis_events TO service_role;

GRANT UPDATE(final_output) ON TABLE public.synthesis_events TO authenticated;
GRANT UPDATE(final_output) ON TABLE public.synthesis_events TO service_role;

GRANT UPDATE(latency_ms) ON TABLE public.synthesis_events TO authenticated;
GRANT UPDATE(latency_ms) ON TABLE public.synthesis_events TO service_role;

GRANT UPDATE(metadata) ON TABLE public.synthesis_events TO authenticated;
GRANT UPDATE(metadata) ON TABLE public.synthesis_events TO service_role;

GRANT UPDATE(created_at) ON TABLE public.synthesis_events TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.synthesis_events TO service_role;

GRANT SELECT ON TABLE public.token_usage_daily TO anon;
GRANT SELECT ON TABLE public.token_usage_daily TO authenticated;
GRANT SELECT ON TABLE public.token_usage_daily TO service_role;

GRANT SELECT ON TABLE public.unpriced_models TO anon;
GRANT SELECT ON TABLE public.unpriced_models TO authenticated;
GRANT SELECT ON TABLE public.unpriced_models TO service_role;

GRANT SELECT ON TABLE public.usage_metrics TO anon;
GRANT SELECT ON TABLE public.usage_metrics TO authenticated;
GRANT SELECT ON TABLE public.usage_metrics TO service_role;

GRANT SELECT ON TABLE public.user_gamification TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.user_gamification TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.user_gamification TO service_role;

GRANT UPDATE(xp) ON TABLE public.user_gamification TO authenticated;
GRANT UPDATE(xp) ON TABLE public.user_gamification TO service_role;

GRANT UPDATE(level) ON TABLE public.user_gamification TO authenticated;
GRANT UPDATE(level) ON TABLE public.user_gamification TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.user_gamification TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.user_gamification TO service_role;

GRANT SELECT ON TABLE public.user_profiles TO anon;
GRANT SELECT ON TABLE public.user_profiles TO authenticated;
GRANT SELECT ON TABLE public.user_profiles TO service_role;

GRANT INSERT(id) ON TABLE public.user_profiles TO authenticated;
GRANT INSERT(id) ON TABLE public.user_profiles TO service_role;

GRANT INSERT(display_name),UPDATE(display_name) ON TABLE public.user_profiles TO authenticated;
GRANT INSERT(display_name),UPDATE(display_name) ON TABLE public.user_profiles TO service_role;

GRANT INSERT(avatar_url),UPDATE(avatar_url) ON TABLE public.user_profiles TO authenticated;
GRANT INSERT(avatar_url),UPDATE(avatar_url) ON TABLE public.user_profiles TO service_role;

GRANT INSERT(timezone),UPDATE(timezone) ON TABLE public.user_profiles TO authenticated;
GRANT INSERT(timezone),UPDATE(timezone) ON TABLE public.user_profiles TO service_role;

GRANT SELECT ON TABLE public.user_traits TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.user_traits TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.user_traits TO service_role;

GRANT UPDATE(trait_value) ON TABLE public.user_traits TO authenticated;
GRANT UPDATE(trait_value) ON TABLE public.user_traits TO service_role;

GRANT UPDATE(source) ON TABLE public.user_traits TO authenticated;
GRANT UPDATE(source) ON TABLE public.user_traits TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.user_traits TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.user_traits TO service_role;

GRANT SELECT ON TABLE public.user_usage TO anon;
GRANT SELECT ON TABLE public.user_usage TO authenticated;
GRANT SELECT ON TABLE public.user_usage TO service_role;

GRANT SELECT(id) ON TABLE public.users TO anon;
GRANT SELECT(id) ON TABLE public.users TO authenticated;
GRANT SELECT(id) ON TABLE public.users TO service_role;

GRANT SELECT(email) ON TABLE public.users TO anon;
GRANT SELECT(email) ON TABLE public.users TO authenticated;
GRANT SELECT(email) ON TABLE public.users TO service_role;

GRANT SELECT(email_verified) ON TABLE public.users TO anon;
GRANT SELECT(email_verified) ON TABLE public.users TO authenticated;
GRANT SELECT(email_verified) ON TABLE public.users TO service_role;

GRANT SELECT(email_verified_at) ON TABLE public.users TO anon;
GRANT SELECT(email_verified_at) ON TABLE public.users TO authenticated;
GRANT SELECT(email_verified_at) ON TABLE public.users TO service_role;

GRANT SELECT(name) ON TABLE public.users TO anon;
GRANT SELECT(name),UPDATE(name) ON TABLE public.users TO authenticated;
GRANT SELECT(name),UPDATE(name) ON TABLE public.users TO service_role;

GRANT SELECT(avatar_url) ON TABLE public.users TO anon;
GRANT SELECT(avatar_url),UPDATE(avatar_url) ON TABLE public.users TO authenticated;
GRANT SELECT(avatar_url),UPDATE(avatar_url) ON TABLE public.users TO service_role;

GRANT SELECT(preferences) ON TABLE public.users TO anon;
GRANT SELECT(preferences),UPDATE(preferences) ON TABLE public.users TO authenticated;
GRANT SELECT(preferences),UPDATE(preferences) ON TABLE public.users TO service_role;

GRANT SELECT(last_login_at) ON TABLE public.users TO anon;
GRANT SELECT(last_login_at) ON TABLE public.users TO authenticated;
GRANT SELECT(last_login_at) ON TABLE public.users TO service_role;

GRANT SELECT(last_active_at) ON TABLE public.users TO anon;
GRANT SELECT(last_active_at) ON TABLE public.users TO authenticated;
GRANT SELECT(last_active_at) ON TABLE public.users TO service_role;

GRANT SELECT(created_at) ON TABLE public.users TO anon;
GRANT SELECT(created_at) ON TABLE public.users TO authenticated;
GRANT SELECT(created_at) ON TABLE public.users TO service_role;

GRANT SELECT(updated_at) ON TABLE public.users TO anon;
GRANT SELECT(updated_at) ON TABLE public.users TO authenticated;
GRANT SELECT(updated_at) ON TABLE public.users TO service_role;

GRANT SELECT(deleted_at) ON TABLE public.users TO anon;
GRANT SELECT(deleted_at) ON TABLE public.users TO authenticated;
GRANT SELECT(deleted_at) ON TABLE public.users TO service_role;

GRANT SELECT(timezone),UPDATE(timezone) ON TABLE public.users TO authenticated;
GRANT SELECT(timezone),UPDATE(timezone) ON TABLE public.users TO service_role;
GRANT SELECT(timezone) ON TABLE public.users TO anon;

GRANT SELECT ON TABLE public.webhook_deliveries TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.webhook_deliveries TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.webhook_deliveries TO service_role;

GRANT UPDATE(status) ON TABLE public.webhook_deliveries TO authenticated;
GRANT UPDATE(status) ON TABLE public.webhook_deliveries TO service_role;

GRANT UPDATE(attempt_count) ON TABLE public.webhook_deliveries TO authenticated;
GRANT UPDATE(attempt_count) ON TABLE public.webhook_deliveries TO service_role;

GRANT UPDATE(attempts) ON TABLE public.webhook_deliveries TO authenticated;
GRANT UPDATE(attempts) ON TABLE public.webhook_deliveries TO service_role;

GRANT UPDATE(next_attempt_at) ON TABLE public.webhook_deliveries TO authenticated;
GRANT UPDATE(next_attempt_at) ON TABLE public.webhook_deliveries TO service_role;

GRANT UPDATE(completed_at) ON TABLE public.webhook_deliveries TO authenticated;
GRANT UPDATE(completed_at) ON TABLE public.webhook_deliveries TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.webhook_deliveries TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.webhook_deliveries TO service_role;

GRANT SELECT ON TABLE public.webhook_endpoints TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.webhook_endpoints TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.webhook_endpoints TO service_role;

GRANT UPDATE(url) ON TABLE public.webhook_endpoints TO authenticated;
GRANT UPDATE(url) ON TABLE public.webhook_endpoints TO service_role;

GRANT UPDATE(description) ON TABLE public.webhook_endpoints TO authenticated;
GRANT UPDATE(description) ON TABLE public.webhook_endpoints TO service_role;

GRANT UPDATE(event_types) ON TABLE public.webhook_endpoints TO authenticated;
GRANT UPDATE(event_types) ON TABLE public.webhook_endpoints TO service_role;

GRANT UPDATE(secret) ON TABLE public.webhook_endpoints TO authenticated;
GRANT UPDATE(secret) ON TABLE public.webhook_endpoints TO service_role;

GRANT UPDATE(previous_secret) ON TABLE public.webhook_endpoints TO authenticated;
GRANT UPDATE(previous_secret) ON TABLE public.webhook_endpoints TO service_role;

GRANT UPDATE(previous_secret_expires_at) ON TABLE public.webhook_endpoints TO authenticated;
GRANT UPDATE(previous_secret_expires_at) ON TABLE public.webhook_endpoints TO service_role;

GRANT UPDATE(is_enabled) ON TABLE public.webhook_endpoints TO authenticated;
GRANT UPDATE(is_enabled) ON TABLE public.webhook_endpoints TO service_role;

GRANT UPDATE(disabled_reason) ON TABLE public.webhook_endpoints TO authenticated;
GRANT UPDATE(disabled_reason) ON TABLE public.webhook_endpoints TO service_role;

GRANT UPDATE(failing_since) ON TABLE public.webhook_endpoints TO authenticated;
GRANT UPDATE(failing_since) ON TABLE public.webhook_endpoints TO service_role;

GRANT UPDATE(last_success_at) ON TABLE public.webhook_endpoints TO authenticated;
GRANT UPDATE(last_success_at) ON TABLE public.webhook_endpoints TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.webhook_endpoints TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.webhook_endpoints TO service_role;

GRANT SELECT ON TABLE public.workflow_agents TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.workflow_agents TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.workflow_agents TO service_role;

GRANT UPDATE(agent_id) ON TABLE public.workflow_agents TO authenticated;
GRANT UPDATE(agent_id) ON TABLE public.workflow_agents TO service_role;

GRANT UPDATE("position") ON TABLE public.workflow_agents TO authenticated;
GRANT UPDATE("position") ON TABLE public.workflow_agents TO service_role;

GRANT UPDATE(created_at) ON TABLE public.workflow_agents TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.workflow_agents TO service_role;

GRANT SELECT ON TABLE public.workflow_ratings TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.workflow_ratings TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.workflow_ratings TO service_role;

GRANT UPDATE(rating) ON TABLE public.workflow_ratings TO authenticated;
GRANT UPDATE(rating) ON TABLE public.workflow_ratings TO service_role;

GRANT UPDATE(created_at) ON TABLE public.workflow_ratings TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.workflow_ratings TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.workflow_ratings TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.workflow_ratings TO service_role;

GRANT SELECT ON TABLE public.workflows TO anon;
GRANT SELECT,INSERT,DELETE ON TABLE public.workflows TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.workflows TO service_role;

GRANT UPDATE(key) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(key) ON TABLE public.workflows TO service_role;

GRANT UPDATE(is_active) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(is_active) ON TABLE public.workflows TO service_role;

GRANT UPDATE(name) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(name) ON TABLE public.workflows TO service_role;

GRANT UPDATE(description) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(description) ON TABLE public.workflows TO service_role;

GRANT UPDATE(category) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(category) ON TABLE public.workflows TO service_role;

GRANT UPDATE(execution_mode) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(execution_mode) ON TABLE public.workflows TO service_role;

GRANT UPDATE(quality_threshold) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(quality_threshold) ON TABLE public.workflows TO service_role;

GRANT UPDATE(max_n2_iterations) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(max_n2_iterations) ON TABLE public.workflows TO service_role;

GRANT UPDATE(cost_cap_usd) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(cost_cap_usd) ON TABLE public.workflows TO service_role;

GRANT UPDATE(deadline_seconds) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(deadline_seconds) ON TABLE public.workflows TO service_role;

GRANT UPDATE(synthesis_provider) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(synthesis_provider) ON TABLE public.workflows TO service_role;

GRANT UPDATE(synthesis_model) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(synthesis_model) ON TABLE public.workflows TO service_role;

GRANT UPDATE(judge_provider) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(judge_provider) ON TABLE public.workflows TO service_role;

GRANT UPDATE(judge_model) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(judge_model) ON TABLE public.workflows TO service_role;

GRANT UPDATE(settings) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(settings) ON TABLE public.workflows TO service_role;

GRANT UPDATE(is_public) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(is_public) ON TABLE public.workflows TO service_role;

GRANT UPDATE(is_template) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(is_template) ON TABLE public.workflows TO service_role;

GRANT UPDATE(created_at) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(created_at) ON TABLE public.workflows TO service_role;

GRANT UPDATE(updated_at) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(updated_at) ON TABLE public.workflows TO service_role;

GRANT UPDATE(deleted_at) ON TABLE public.workflows TO authenticated;
GRANT UPDATE(deleted_at) ON TABLE public.workflows TO service_role;

GRANT SELECT ON TABLE public.workflow_templates TO anon;
GRANT SELECT ON TABLE public.workflow_templates TO authenticated;
GRANT SELECT ON TABLE public.workflow_templates TO service_role;
