-- Whoever may change the address must not by that send the stored key to an address of theirs.
create or replace function overmind.model_providers_before_move() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception using
        errcode = 'check_violation',
        message = 'A provider that moves to another address needs its key anew',
        table = 'model_providers',
        constraint = 'model_providers_secret_anew';
end
$$;
comment on function overmind.model_providers_before_move() is 'Trigger: a stored key goes to no other address than the one it was given for.';

create or replace trigger model_providers_before_move
    before update of base_url, kind on public.model_providers
    for each row
    when ((old.base_url <> new.base_url or old.kind <> new.kind) and old.secret is not null and new.secret is not distinct from old.secret)
    execute function overmind.model_providers_before_move();
