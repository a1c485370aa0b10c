drop table invitations;
drop table overmind.external_identities;
drop table overmind.one_time_tokens;
drop table overmind.signing_keys;
drop table overmind.refresh_tokens;
drop table sessions;
