-- Definer, because it sweeps all organizations; it returns nothing of them but how much there was, and where it got to. What a message takes meanwhile has other
-- message_ids by then, which a delete that waited for it sees.
create or replace function overmind.purge_attachments(
    p_organization_id uuid, p_id uuid, p_limit integer default 1000, p_now timestamptz default clock_timestamp(),
    out deleted integer, out last_organization_id uuid, out last_id uuid)
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    with looked_at as materialized (
        select a.organization_id, a.id, a.message_ids
        from public.attachments a
        where (a.organization_id, a.id) > (p_organization_id, p_id)
        order by a.organization_id, a.id
        limit p_limit
    ), gone as (
        delete from public.attachments a
        using looked_at l
        where a.organization_id = l.organization_id
          and a.id = l.id
          and a.message_ids = l.message_ids
          and (
              a.deleted_at < p_now - interval '24 hours'
              or a.conversation_id is null and a.created_at < p_now - interval '24 hours'
              or a.conversation_id is not null and not exists (
                  select from public.messages m
                  where m.organization_id = a.organization_id
                    and m.id = any (a.message_ids)))
        returning 1
    )
    select g.deleted, l.organization_id, l.id
    from (select count(*)::integer as deleted from gone) as g
    left join lateral (select o.organization_id, o.id from looked_at o order by o.organization_id desc, o.id desc limit 1) as l on true
$$;
comment on function overmind.purge_attachments(uuid, uuid, integer, timestamptz) is
    'Deletes for good attachments that were deleted a day ago, those that no message has taken within a day, and those whose messages are purged; looks at up to p_limit after the one that is named. Returns how many, and the last that it looked at; null: there are no more.';
revoke all on function overmind.purge_attachments(uuid, uuid, integer, timestamptz) from public;
grant execute on function overmind.purge_attachments(uuid, uuid, integer, timestamptz) to service_role;
