create or replace function overmind.budget_subject(
    p_budget public.budgets, p_provider text, p_model text, p_user_id uuid, p_api_key_id uuid, p_project_id uuid, p_workflow_key text) returns text
    language sql
    immutable
    parallel safe
    return case
        when p_budget.subject is null then
            case p_budget.dimension
                when 'organization' then ''
                when 'user' then p_user_id::text
                when 'api_key' then p_api_key_id::text
                when 'project' then p_project_id::text
                when 'workflow' then p_workflow_key
                else p_provider || '/' || p_model
            end
        when case p_budget.dimension
            when 'user' then p_budget.subject = p_user_id::text
            when 'api_key' then p_budget.subject = p_api_key_id::text
            when 'project' then p_budget.subject = p_project_id::text
            when 'workflow' then p_budget.subject = p_workflow_key
            else p_budget.subject in (p_provider || '/' || p_model, p_provider || '/*')
        end then p_budget.subject
    end;
comment on function overmind.budget_subject(public.budgets, text, text, uuid, uuid, uuid, text) is
    'Of whose use a call is in a budget: the budget''s subject, or the one of those that it is for each of; null: it does not concern the budget.';
revoke all on function overmind.budget_subject(public.budgets, text, text, uuid, uuid, uuid, text) from public;
