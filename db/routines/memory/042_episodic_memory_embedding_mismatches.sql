-- What a model's vectors are like is what most of them are like. All that may be compared with each other: the members' episodes as well as what agents know.
create or replace view public.episodic_memory_embedding_mismatches with (security_invoker = true) as
select m.id, m.organization_id, m.user_id, m.memory_type, m.embedding_model_name, m.embedding_model_provider, m.embedding_dimensions, u.dimensions as expected_dimensions
from public.memories m
join (
    select distinct on (s.organization_id, s.embedding_model_provider, s.embedding_model_name)
        s.organization_id, s.embedding_model_provider, s.embedding_model_name, s.embedding_dimensions as dimensions
    from (
        select v.organization_id, v.embedding_model_provider, v.embedding_model_name, v.embedding_dimensions, count(*) as vectors, max(v.embedded_at) as latest
        from public.memories v
        where v.embedding is not null
          and v.deleted_at is null
        group by v.organization_id, v.embedding_model_provider, v.embedding_model_name, v.embedding_dimensions) as s
    order by s.organization_id, s.embedding_model_provider, s.embedding_model_name, s.vectors desc, s.latest desc) as u
    on u.organization_id = m.organization_id
    and u.embedding_model_provider is not distinct from m.embedding_model_provider
    and u.embedding_model_name = m.embedding_model_name
where m.embedding is not null
  and m.deleted_at is null
  and m.embedding_dimensions <> u.dimensions;
comment on view public.episodic_memory_embedding_mismatches is 'Memories whose vector is of another length than the other vectors that their model made: they are compared with none of them.';
comment on column public.episodic_memory_embedding_mismatches.id is 'The memory.';
comment on column public.episodic_memory_embedding_mismatches.organization_id is 'Tenant.';
comment on column public.episodic_memory_embedding_mismatches.user_id is 'Whose it is.';
comment on column public.episodic_memory_embedding_mismatches.memory_type is 'Its type.';
comment on column public.episodic_memory_embedding_mismatches.embedding_model_name is 'Model that made the vector.';
comment on column public.episodic_memory_embedding_mismatches.embedding_model_provider is 'Provider of that model.';
comment on column public.episodic_memory_embedding_mismatches.embedding_dimensions is 'Length of the vector.';
comment on column public.episodic_memory_embedding_mismatches.expected_dimensions is 'Length of most vectors of the model.';
revoke all on public.episodic_memory_embedding_mismatches from public, anon, authenticated, service_role;
grant select on public.episodic_memory_embedding_mismatches to anon, authenticated, service_role;
