-- Definer: no member changes counters. What is taken and what is counted are one statement, so that a use counts exactly once, whenever the server dies.
create or replace function overmind.fold_template_uses() returns bigint
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    folded bigint;
begin
    -- One node at a time; the others have nothing to do.
    if not pg_try_advisory_xact_lock(hashtextextended('overmind.fold_template_uses', 0)) then
        return 0;
    end if;
    with taken as (
        delete from overmind.template_uses u
        returning u.organization_id, u.template_id
    ),
    summed as (
        select t.organization_id, t.template_id, count(*) as uses
        from taken t
        group by t.organization_id, t.template_id
    ),
    counted as (
        update public.context_templates t
        set use_count = t.use_count + s.uses
        from summed s
        where t.organization_id = s.organization_id
          and t.id = s.template_id
    )
    select count(*) into folded from taken;
    return folded;
end
$$;
comment on function overmind.fold_template_uses() is 'Counts the conversations that began with context templates since the last time. Returns how many.';
revoke all on function overmind.fold_template_uses() from public;
grant execute on function overmind.fold_template_uses() to service_role;

create or replace trigger touch_updated_at_not_by_counting
    before update of use_count on public.context_templates
    for each row execute function overmind.keep_updated_at();
