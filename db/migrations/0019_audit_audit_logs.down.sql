drop table overmind.audit_hashes;
drop table overmind.audit_seals;
drop table audit_details;
drop table audit_logs;
