-- Runs each time something was applied. Both may be called again at any time.
select public.create_monthly_partitions();
select overmind.seed_organization(id) from public.organizations where deleted_at is null;
