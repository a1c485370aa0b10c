-- Whose it is and who sees it, and that it is gone; not what it says. The condition is for the other updates, one for each use.
create or replace trigger audit
    after update on public.memories
    for each row when (old.visibility <> new.visibility or old.deleted_at is distinct from new.deleted_at)
    execute function overmind.audit_change('memory', 'user_id,visibility', 'deleted_at=deleted,!deleted_at=restored');
create or replace trigger audit_delete
    after delete on public.memories
    for each row execute function overmind.audit_change('memory', 'user_id,visibility');
