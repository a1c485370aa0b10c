create or replace trigger audit
    after insert or update of tier_id, status, next_tier_id on public.user_subscriptions
    for each row execute function overmind.audit_change('subscription', 'user_id,tier_id,status,next_tier_id', 'ended_at=ended');
