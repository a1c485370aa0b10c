-- Lock: access exclusive on three indexes, for a moment. Cost: none.

-- What was written since the words' index was last cleaned is read by each search from one end to the other: at PostgreSQL's 4 MB that took 17 of 95 ms in an organization of
-- 100,000 memories. 256 kB are a sixteenth of that.
alter index conversations_tsv_idx set (gin_pending_list_limit = 256);
alter index messages_tsv_idx set (gin_pending_list_limit = 256);
alter index memories_tsv_idx set (gin_pending_list_limit = 256);
