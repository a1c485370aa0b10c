create or replace view public.episode_schedule_queue with (security_invoker = true) as
select
    j.id,
    (j.payload ->> 'project_id')::uuid as project_id,
    j.organization_id,
    j.run_at as scheduled_for,
    j.picked_up_at,
    j.completed_at,
    j.attempt_count,
    j.last_error,
    j.last_attempt_at,
    j.status,
    (j.result ->> 'episode_id')::uuid as episode_id,
    j.metadata,
    j.created_at
from public.jobs j
where j.kind = 'episode.generate';
comment on view public.episode_schedule_queue is 'The jobs that make episodes. Rows can be inserted and changed; a job is made or changed by it.';
comment on column public.episode_schedule_queue.id is 'The job.';
comment on column public.episode_schedule_queue.project_id is 'The project whose episode is to be made.';
comment on column public.episode_schedule_queue.organization_id is 'Its tenant.';
comment on column public.episode_schedule_queue.scheduled_for is 'Not before this time.';
comment on column public.episode_schedule_queue.picked_up_at is 'When it was first claimed.';
comment on column public.episode_schedule_queue.completed_at is 'When it ended, well or not.';
comment on column public.episode_schedule_queue.attempt_count is 'Attempts so far.';
comment on column public.episode_schedule_queue.last_error is 'What went wrong last.';
comment on column public.episode_schedule_queue.last_attempt_at is 'When it was last claimed.';
comment on column public.episode_schedule_queue.status is 'pending, processing, completed, failed, cancelled or blocked.';
comment on column public.episode_schedule_queue.episode_id is 'The episode that came of it.';
comment on column public.episode_schedule_queue.metadata is 'What else is known of it: user_timezone and user_local_time among it.';
comment on column public.episode_schedule_queue.created_at is 'When it was made.';
revoke all on public.episode_schedule_queue from public, anon, authenticated, service_role;
grant select on public.episode_schedule_queue to anon, authenticated, service_role;
grant insert, update on public.episode_schedule_queue to authenticated, service_role;
