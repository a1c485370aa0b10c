drop table jobs;
drop sequence overmind.lease_tokens;
