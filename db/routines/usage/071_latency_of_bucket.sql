create or replace function overmind.latency_of_bucket(p_bucket smallint) returns integer
    language sql immutable parallel safe
    return round(2 * power(1.1::double precision, p_bucket) / (1 + 1.1::double precision))::integer;
comment on function overmind.latency_of_bucket(smallint) is 'The latency that stands for a bucket of usage_latencies: as far from its lower bound as from its upper, relatively.';
