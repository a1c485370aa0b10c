-- Runs each time something was applied. All may be called again at any time.
select public.create_monthly_partitions();
select overmind.seed_organization(id) from public.organizations where deleted_at is null;
select overmind.rebuild_usage(id) from public.organizations where usage_timezone is null;
-- What projects remembered in their arrays before there was a table becomes rows of it, by the trigger.
update public.projects set memories = memories where memories <> '[]';
