-- Lock: ACCESS EXCLUSIVE on organizations, users, organization_members; SHARE ROW EXCLUSIVE on each tenant table, for its trigger. Cost: none but for one row a member: columns have constant defaults.

-- Organizations: why one is closed, and until when.
alter table organizations
    add column suspended_at      timestamptz,
    add column suspension_reason text,
    add column cancelled_at      timestamptz,
    add column ends_at           timestamptz;
update organizations
set suspended_at = updated_at
where status = 'suspended';
update organizations
set cancelled_at = updated_at,
    ends_at = updated_at + interval '1 month'
where status = 'cancelled';
alter table organizations
    add constraint organizations_suspended_at_when_suspended check ((status = 'suspended') = (suspended_at is not null)),
    add constraint organizations_ends_at_when_cancelled check ((status = 'cancelled') = (ends_at is not null and cancelled_at is not null)),
    add constraint organizations_suspension_reason_length check (length(suspension_reason) between 1 and 500);
comment on column organizations.status is 'active, suspended or cancelled; what is not active can be read and writes nothing.';
comment on column organizations.suspended_at is 'Since when it is suspended; null while it is not.';
comment on column organizations.suspension_reason is 'Why it is suspended, for its members to read.';
comment on column organizations.cancelled_at is 'When it was cancelled; null while it is not.';
comment on column organizations.ends_at is 'When a cancelled one is suspended: the end of the month that began on its day; until then an admin takes the cancellation back.';

drop policy admins_update on organizations;
create policy managers_update on organizations for update to authenticated, service_role
    using (id = overmind.org_id() and (overmind.org_role() = 'admin' or overmind.has_permission('organization.manage')))
    with check (id = overmind.org_id());
grant update (slug, enabled_features, experimental_features) on organizations to authenticated, service_role;
create trigger refuse_when_suspended
    before update on organizations
    for each row
    when (old.status = new.status and old.deleted_at is not distinct from new.deleted_at)
    execute function overmind.refuse_when_suspended();

-- People: a profile, and when they were last there.
alter table users
    add column timezone text not null default 'UTC',
    add constraint users_timezone_length check (length(timezone) between 1 and 64);
comment on column users.timezone is 'Their time zone, by its IANA name.';
grant select (timezone), update (timezone) on users to authenticated, service_role;
grant select (timezone) on users to anon;

alter table organization_members
    add column avatar_url     text,
    add column timezone       text not null default 'UTC',
    add column last_active_at timestamptz;
update organization_members m
set avatar_url = u.avatar_url,
    last_active_at = u.last_active_at
from users u
where u.id = m.user_id;
comment on column organization_members.avatar_url is 'Address of a picture; a copy of the person''s.';
comment on column organization_members.timezone is 'Time zone, by its IANA name; a copy of the person''s.';
comment on column organization_members.last_active_at is 'When they last did something here; a minute late.';
comment on column organization_members.permissions is 'Permissions beyond those of the role, as a JSON array of their names.';
select overmind.tenant_table('public.organization_members', fixed => '{user_id,created_at,avatar_url,timezone,last_active_at}');
revoke insert, delete on organization_members from authenticated, service_role;
drop policy admins_update on organization_members;
-- Roles are given by admins and by members who may manage members; a trigger keeps the role of an admin and permissions to admins.
create policy managers_update on organization_members as restrictive for update to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('members.manage'));

create table user_traits (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    user_id         uuid        not null default overmind.user_id(),
    trait_key       text        not null,
    trait_value     text        not null,
    source          text        not null default 'user_input',
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    constraint user_traits_pkey primary key (organization_id, id),
    constraint user_traits_organization_fkey foreign key (organization_id) references organizations (id),
    constraint user_traits_owner_fkey foreign key (organization_id, user_id) references organization_members (organization_id, user_id),
    constraint user_traits_trait_key_key unique (organization_id, user_id, trait_key),
    constraint user_traits_trait_key_shape check (trait_key ~ '^[a-z][a-z0-9_]{0,63}$'),
    constraint user_traits_trait_value_length check (length(trait_value) between 1 and 1000),
    constraint user_traits_source_known check (source in ('user_input', 'ai_inferred'))
);
comment on table user_traits is 'What is known of a person, a word a row: said by them, or inferred by a model.';
comment on column user_traits.organization_id is 'Tenant.';
comment on column user_traits.id is 'Identity: a UUIDv7.';
comment on column user_traits.user_id is 'The person.';
comment on column user_traits.trait_key is 'What it is, as expertise_level.';
comment on column user_traits.trait_value is 'What it is for this person, as intermediate.';
comment on column user_traits.source is 'user_input (they said so) or ai_inferred.';
comment on column user_traits.created_at is 'When it was made.';
comment on column user_traits.updated_at is 'When it was last changed; kept by a trigger.';
select overmind.tenant_table('public.user_traits', visibility => 'owner', owner_column => 'user_id', fixed => '{trait_key,created_at}');

create table user_gamification (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    user_id         uuid        not null default overmind.user_id(),
    xp              bigint      not null default 0,
    level           integer     not null default 1,
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    constraint user_gamification_pkey primary key (organization_id, id),
    constraint user_gamification_organization_fkey foreign key (organization_id) references organizations (id),
    constraint user_gamification_owner_fkey foreign key (organization_id, user_id) references organization_members (organization_id, user_id),
    constraint user_gamification_user_key unique (organization_id, user_id),
    constraint user_gamification_xp_not_negative check (xp >= 0),
    constraint user_gamification_level_positive check (level > 0)
);
comment on table user_gamification is 'What a person has earned.';
comment on column user_gamification.organization_id is 'Tenant.';
comment on column user_gamification.id is 'Identity: a UUIDv7.';
comment on column user_gamification.user_id is 'The person.';
comment on column user_gamification.xp is 'Points.';
comment on column user_gamification.level is 'Level, from 1.';
comment on column user_gamification.created_at is 'When it was made.';
comment on column user_gamification.updated_at is 'When it was last changed; kept by a trigger.';
select overmind.tenant_table('public.user_gamification', visibility => 'owner', owner_column => 'user_id', fixed => '{created_at}');
-- Points are earned: a person begins with none and writes none.
create policy beginning_insert on user_gamification as restrictive for insert to public
    with check (xp = 0 and level = 1);
create policy earned_update on user_gamification as restrictive for update to public
    using (false);

create table subscription_tiers (
    id                     uuid        not null default overmind.uuid_v7(),
    tier_name              text        not null,
    display_name           text        not null,
    description            text,
    rank                   integer     not null,
    price_usd              numeric,
    period                 interval    not null default interval '30 days',
    monthly_query_limit    integer,
    monthly_token_limit    bigint,
    monthly_cost_limit_usd numeric,
    features               text[]      not null default '{}',
    is_offered             boolean     not null default false,
    created_at             timestamptz not null default clock_timestamp(),
    updated_at             timestamptz not null default clock_timestamp(),
    constraint subscription_tiers_pkey primary key (id),
    constraint subscription_tiers_tier_name_key unique (tier_name),
    constraint subscription_tiers_rank_key unique (rank),
    constraint subscription_tiers_tier_name_shape check (tier_name ~ '^[a-z][a-z0-9_-]{0,63}$'),
    constraint subscription_tiers_display_name_length check (length(display_name) between 1 and 255),
    constraint subscription_tiers_description_length check (length(description) <= 1000),
    constraint subscription_tiers_rank_not_negative check (rank >= 0),
    constraint subscription_tiers_price_usd_not_negative check (price_usd >= 0 and price_usd < 'Infinity'),
    constraint subscription_tiers_period_range check (period >= interval '1 hour' and period <= interval '10 years'),
    constraint subscription_tiers_monthly_query_limit_not_negative check (monthly_query_limit >= 0),
    constraint subscription_tiers_monthly_token_limit_not_negative check (monthly_token_limit >= 0),
    constraint subscription_tiers_monthly_cost_limit_usd_not_negative check (monthly_cost_limit_usd >= 0 and monthly_cost_limit_usd < 'Infinity')
);
comment on table subscription_tiers is 'What a person may subscribe to: the same for all organizations of the installation.';
comment on column subscription_tiers.id is 'Identity: a UUIDv7.';
comment on column subscription_tiers.tier_name is 'Its stable name, as free.';
comment on column subscription_tiers.display_name is 'What people call it.';
comment on column subscription_tiers.description is 'What it gives, in a sentence.';
comment on column subscription_tiers.rank is 'Its place: a change to a higher one holds at once, to a lower one from the next period.';
comment on column subscription_tiers.price_usd is 'Price of a period in US dollars; null: by agreement.';
comment on column subscription_tiers.period is 'How long a period of a subscription is.';
comment on column subscription_tiers.monthly_query_limit is 'Runs a month; null: no limit.';
comment on column subscription_tiers.monthly_token_limit is 'Tokens a month; null: no limit.';
comment on column subscription_tiers.monthly_cost_limit_usd is 'What runs may cost a month, in US dollars; null: no limit.';
comment on column subscription_tiers.features is 'Features that come with it.';
comment on column subscription_tiers.is_offered is 'Whether people choose it by themselves; the others are given by the operator.';
comment on column subscription_tiers.created_at is 'When it was made.';
comment on column subscription_tiers.updated_at is 'When it was last changed; kept by a trigger.';
alter table subscription_tiers enable row level security;
create policy known_to_all on subscription_tiers for select to anon, authenticated, service_role
    using (true);
revoke all on subscription_tiers from public, anon, authenticated, service_role;
grant select on subscription_tiers to anon, authenticated, service_role;
create trigger touch_updated_at before update on subscription_tiers for each row execute function overmind.touch_updated_at();
insert into subscription_tiers (tier_name, display_name, description, rank, price_usd, monthly_query_limit, monthly_token_limit, monthly_cost_limit_usd, is_offered)
values
    ('free', 'Free', 'To try it.', 0, 0, 1000, 1000000, 5, true),
    ('pro', 'Pro', 'For daily work.', 10, 20, 20000, 50000000, 50, false),
    ('enterprise', 'Enterprise', 'Without limits.', 20, null, null, null, null, false);

create table user_subscriptions (
    organization_id      uuid        not null default overmind.org_id(),
    id                   uuid        not null default overmind.uuid_v7(),
    user_id              uuid        not null default overmind.user_id(),
    tier_id              uuid        not null,
    status               text        not null default 'active',
    started_at           timestamptz not null default clock_timestamp(),
    current_period_start timestamptz not null,
    current_period_end   timestamptz not null,
    next_tier_id         uuid,
    ended_at             timestamptz,
    created_at           timestamptz not null default clock_timestamp(),
    updated_at           timestamptz not null default clock_timestamp(),
    constraint user_subscriptions_pkey primary key (organization_id, id),
    constraint user_subscriptions_organization_fkey foreign key (organization_id) references organizations (id),
    constraint user_subscriptions_owner_fkey foreign key (organization_id, user_id) references organization_members (organization_id, user_id),
    constraint user_subscriptions_tier_fkey foreign key (tier_id) references subscription_tiers (id),
    constraint user_subscriptions_next_tier_fkey foreign key (next_tier_id) references subscription_tiers (id),
    constraint user_subscriptions_status_known check (status in ('active', 'ended')),
    constraint user_subscriptions_ended_at_when_ended check ((status = 'ended') = (ended_at is not null)),
    constraint user_subscriptions_period_forward check (current_period_end > current_period_start)
);
comment on table user_subscriptions is 'Which tier a person has in an organization, and until when its period runs. One is active; those before it have ended.';
comment on column user_subscriptions.organization_id is 'Tenant.';
comment on column user_subscriptions.id is 'Identity: a UUIDv7.';
comment on column user_subscriptions.user_id is 'The person.';
comment on column user_subscriptions.tier_id is 'The tier.';
comment on column user_subscriptions.status is 'active or ended.';
comment on column user_subscriptions.started_at is 'When it began; its periods are counted from here.';
comment on column user_subscriptions.current_period_start is 'When the current period began.';
comment on column user_subscriptions.current_period_end is 'When the current period ends, and the next begins.';
comment on column user_subscriptions.next_tier_id is 'The lower tier that follows at the end of the period; null: it goes on.';
comment on column user_subscriptions.ended_at is 'When it ended; null while it is active.';
comment on column user_subscriptions.created_at is 'When it was made.';
comment on column user_subscriptions.updated_at is 'When it was last changed; kept by a trigger.';
create unique index user_subscriptions_active_key on user_subscriptions (organization_id, user_id) where status = 'active';
create index user_subscriptions_due_idx on user_subscriptions (current_period_end) where status = 'active';
select overmind.tenant_table('public.user_subscriptions', visibility => 'owner', owner_column => 'user_id');
-- A tier is changed by change_tier(), which looks at what is offered; a person writes the free one at most.
create policy changed_by_function on user_subscriptions as restrictive for update to public
    using (false);
revoke delete on user_subscriptions from authenticated, service_role;
insert into user_subscriptions (organization_id, user_id, tier_id, current_period_start, current_period_end)
select m.organization_id, m.user_id, t.id, now(), now() + t.period
from organization_members m
join subscription_tiers t on t.tier_name = 'free'
where m.left_at is null;

-- Model providers are connected by who may manage them.
drop policy admins_insert on model_providers;
drop policy admins_update on model_providers;
drop policy admins_delete on model_providers;
create policy managers_insert on model_providers as restrictive for insert to public
    with check (overmind.org_role() = 'admin' or overmind.has_permission('models.manage'));
create policy managers_update on model_providers as restrictive for update to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('models.manage'))
    with check (overmind.org_role() = 'admin' or overmind.has_permission('models.manage'));
create policy managers_delete on model_providers as restrictive for delete to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('models.manage'));

-- The guard of what is there already; a table of tomorrow gets it from tenant_table().
do $$
declare
    guarded record;
begin
    for guarded in
        select c.oid::regclass as name, c.relname in ('api_keys', 'token_usage') as insert_only
        from pg_class c
        where c.relnamespace = 'public'::regnamespace
          and c.relkind in ('r', 'p')
          and not c.relispartition
          and c.relname not like 'audit\_%'
          and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant_isolation')
    loop
        execute format(
            'create or replace trigger refuse_when_suspended before %s on %s for each statement execute function overmind.refuse_when_suspended()',
            case when guarded.insert_only then 'insert' else 'insert or update or delete' end, guarded.name);
    end loop;
end
$$;
