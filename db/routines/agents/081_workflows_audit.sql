-- System workflows come with the product: that is nobody's act.
create or replace trigger audit_insert
    after insert on public.workflows
    for each row when (new.created_by is not null)
    execute function overmind.audit_change(
        'workflow', 'key,version,name,description,category,execution_mode,quality_threshold,max_n2_iterations,cost_cap_usd,deadline_seconds,synthesis_provider,synthesis_model,judge_provider,judge_model,settings,is_active,is_public,origin_key');
create or replace trigger audit
    after update of key, version, is_active, name, description, category, execution_mode, quality_threshold, max_n2_iterations, cost_cap_usd,
        deadline_seconds, synthesis_provider, synthesis_model, judge_provider, judge_model, settings, is_public, deleted_at or delete on public.workflows
    for each row execute function overmind.audit_change(
        'workflow', 'key,version,name,description,category,execution_mode,quality_threshold,max_n2_iterations,cost_cap_usd,deadline_seconds,synthesis_provider,synthesis_model,judge_provider,judge_model,settings,is_active,is_public,origin_key',
        'deleted_at=deleted,!deleted_at=restored,is_public=published,!is_public=withdrawn,is_active=activated,!is_active=deactivated');
