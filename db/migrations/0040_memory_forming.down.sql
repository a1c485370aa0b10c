drop table memory_formings;
drop index memories_fact_key_key;
alter table memories
    drop column fact_key,
    drop column fact_value,
    drop column confirmed_at,
    drop column confirmed_by,
    drop column withdrawn;
