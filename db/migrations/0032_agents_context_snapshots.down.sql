drop table context_snapshots;
