create table if not exists overmind.request_login (
    name     text not null,
    password text not null,
    constraint request_login_pkey primary key (name)
);
comment on table overmind.request_login is 'The login that the server uses for requests. Its owner alone reads it; all nodes share it so.';
comment on column overmind.request_login.name is 'Name of the login; one whose database was renamed or restored elsewhere is not used.';
comment on column overmind.request_login.password is 'Its random password.';
revoke all on overmind.request_login from public;
