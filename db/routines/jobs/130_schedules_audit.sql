-- What a schedule hands to its jobs may be anything, a secret too: it is not told.
create or replace trigger audit
    after insert or update of name, cadence_config, cron, local_time, time_zone, kind, max_attempts, missed_runs, is_paused, project_id or delete on public.schedules
    for each row execute function overmind.audit_change(
        'schedule', 'name,kind,user_id,project_id,cadence_config,cron,local_time,time_zone,max_attempts,missed_runs,is_paused', 'is_paused=paused,!is_paused=resumed');
