-- As ModerationSettings reads it: only false is a no.
create or replace function overmind.pending_reaches_models(p_settings jsonb) returns boolean
    language sql
    immutable
    parallel safe
return p_settings -> 'moderation' -> 'pending_reaches_models' is distinct from 'false'::jsonb;
comment on function overmind.pending_reaches_models(jsonb) is 'Whether models have messages that moderation has not settled yet, in an organization with these settings.';
