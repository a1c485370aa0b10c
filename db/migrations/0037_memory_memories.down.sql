comment on column projects.memories is 'What the project remembers, as a JSON array.';
-- What came out of the array goes back into it, and so does what was remembered of a project since.
update projects p
set memories = p.memories || kept.elements
from (
    select m.organization_id, m.project_id, jsonb_agg(
        coalesce(m.metadata -> 'project_memory', jsonb_build_object(
            'content', m.content, 'memory_type', coalesce(m.category, m.memory_type), 'importance', m.importance,
            'created_at', m.created_at, 'expires_at', m.expires_at)) order by m.id) as elements
    from memories m
    where m.owner_type = 'project'
      and m.deleted_at is null
    group by m.organization_id, m.project_id) as kept
where p.organization_id = kept.organization_id
  and p.id = kept.project_id;
drop table memory_versions;
drop table memories;
