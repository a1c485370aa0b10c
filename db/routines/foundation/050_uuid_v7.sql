-- RFC 9562, section 5.7: 48 bits of Unix milliseconds, version 7, random rest. Identity and coarse time, not order.
create or replace function overmind.uuid_v7(at timestamptz default clock_timestamp()) returns uuid
    language sql volatile parallel safe
    return encode(
        set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid())
                placing substring(int8send(floor(extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6),
            52, 1), 53, 1),
        'hex')::uuid;
comment on function overmind.uuid_v7(timestamptz) is 'A UUIDv7 of the given time (now unless given).';
