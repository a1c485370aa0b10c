create or replace function overmind.uuid_v7_floor(at timestamptz) returns uuid
    language sql immutable parallel safe
    return rpad(lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0'), 32, '0')::uuid;
comment on function overmind.uuid_v7_floor(timestamptz) is 'The lowest id of a moment: every UUIDv7 made then or later is at or above it.';
