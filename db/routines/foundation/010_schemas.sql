create schema if not exists overmind;
comment on schema overmind is 'Helpers of Overmind: claims, ids, conventions, claiming of work. Tables of the product live in public.';
-- Monthly partitions stand in a schema of their own: a directly readable partition would bypass the parent's row-level security.
create schema if not exists partitions;
comment on schema partitions is 'Monthly partitions; closed to request roles.';
revoke all on schema partitions from public;
