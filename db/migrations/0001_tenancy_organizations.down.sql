drop table projects;
drop table organization_members;
drop table users;
drop table organizations;
