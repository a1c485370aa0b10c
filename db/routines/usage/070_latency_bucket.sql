-- Buckets that grow by a tenth: percentiles of any sum of them are off by 4.8 % at most (1.1 - 1 over 1.1 + 1), and an hour is bucket 159.
create or replace function overmind.latency_bucket(p_latency_ms integer) returns smallint
    language sql immutable parallel safe
    return case
        when p_latency_ms is not null then ceil(ln(greatest(p_latency_ms, 1)::double precision) / ln(1.1::double precision) - 1e-9)::smallint
    end;
comment on function overmind.latency_bucket(integer) is 'The bucket of usage_latencies that a latency falls into.';
