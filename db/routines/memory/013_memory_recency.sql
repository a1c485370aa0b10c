-- Reckoned from when it was last used, each time it is asked for: what is stored and multiplied each night halves the faster the oftener the job runs.
-- The power has an end because a number of less than 1e-308 is an error.
create or replace function overmind.memory_recency(
    p_last_accessed_at timestamptz,
    p_half_life_days   double precision default 30,
    p_floor            double precision default 0.1,
    p_decay_rate       double precision default 0.1,
    p_now              timestamptz      default statement_timestamp()) returns double precision
    language sql
    stable
    parallel safe
return greatest(
    p_floor,
    0.5 ^ least(1000, greatest(0, extract(epoch from p_now - p_last_accessed_at)::double precision / 86400) / p_half_life_days * p_decay_rate / 0.1));
comment on function overmind.memory_recency(timestamptz, double precision, double precision, double precision, timestamptz) is
    'How fresh a memory is that was last used then, 1 down to p_floor: half of it is left after each half-life. A decay_rate of 0.2 halves it twice as fast as the usual 0.1, one of 0 never.';
