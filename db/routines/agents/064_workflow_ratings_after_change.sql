-- Definer: whoever may rate a workflow counts, but only its maker may change it. Touches the sums of the rated version only.
create or replace function overmind.workflow_ratings_after_change() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
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
comment on function overmind.workflow_ratings_after_change() is 'Trigger: keeps rating_sum and rating_count of the rated version.';
revoke all on function overmind.workflow_ratings_after_change() from public;

create or replace trigger workflow_ratings_after_change
    after insert or update or delete on public.workflow_ratings
    for each row execute function overmind.workflow_ratings_after_change();
