alter index memories_tsv_idx reset (gin_pending_list_limit);
alter index messages_tsv_idx reset (gin_pending_list_limit);
alter index conversations_tsv_idx reset (gin_pending_list_limit);
