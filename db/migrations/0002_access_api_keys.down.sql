drop table overmind.data_protection_keys;
drop table api_keys;
