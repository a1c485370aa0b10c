create extension if not exists vector;
create extension if not exists btree_gin;
create extension if not exists btree_gist;
