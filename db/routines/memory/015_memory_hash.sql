create or replace function overmind.memory_hash(p_content text) returns bytea
    language sql
    stable
    parallel safe
return sha256(convert_to(lower(btrim(regexp_replace(p_content, '\s+', ' ', 'g'))), 'UTF8'));
comment on function overmind.memory_hash(text) is 'What two memories of the same words have in common, however they are spaced and capitalized.';
