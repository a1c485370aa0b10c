-- Definer: no member changes counters. What is taken and what is counted are one statement, so that a view counts exactly once, whenever the server dies.
create or replace function overmind.fold_share_views() returns bigint
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    folded bigint;
begin
    -- One node at a time; the others have nothing to do.
    if not pg_try_advisory_xact_lock(hashtextextended('overmind.fold_share_views', 0)) then
        return 0;
    end if;
    with taken as (
        delete from overmind.share_views v
        returning v.organization_id, v.share_id, v.viewed_at
    ),
    summed as (
        select t.organization_id, t.share_id, count(*) as views, max(t.viewed_at) as last_at
        from taken t
        group by t.organization_id, t.share_id
    ),
    counted as (
        update public.conversation_shares s
        set view_count = s.view_count + f.views,
            last_viewed_at = greatest(s.last_viewed_at, f.last_at)
        from summed f
        where s.organization_id = f.organization_id
          and s.id = f.share_id
    )
    select count(*) into folded from taken;
    return folded;
end
$$;
comment on function overmind.fold_share_views() is 'Counts the views of shared conversations since the last time. Returns how many.';
revoke all on function overmind.fold_share_views() from public;
grant execute on function overmind.fold_share_views() to service_role;

create or replace trigger touch_updated_at_not_by_viewing
    before update of view_count on public.conversation_shares
    for each row execute function overmind.keep_updated_at();
