-- What is reserved then stays so: an estimate is written now.
update token_usage u
set status = 'settled',
    outcome = 'lost',
    is_estimated = true,
    tokens_input = coalesce((u.metadata ->> 'estimated_tokens_input')::bigint, 0),
    tokens_output = 0,
    settled_at = clock_timestamp()
where u.status = 'reserved'
  and u.settle_by is not null;
drop index token_usage_abandoned_idx;
alter table token_usage drop column settle_by;
