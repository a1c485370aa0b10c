drop table memory_consolidations;
