create or replace function overmind.budget_amount(p_budget public.budgets, p_call public.token_usage) returns numeric
    language sql
    stable
    return case p_budget.unit
        when 'calls' then (p_call.outcome is distinct from 'cached')::integer
        when 'tokens' then coalesce(p_call.tokens_input, 0) + coalesce(p_call.tokens_output, 0)
        else case
            when p_call.cost = 0 or p_budget.currency = 'USD' then p_call.cost
            else p_call.cost * overmind.budget_rate(p_budget, p_call.created_at)
        end
    end;
comment on function overmind.budget_amount(public.budgets, public.token_usage) is
    'What a call counts for in a budget, in its unit; one that the response cache answered: nothing. Of money by the exchange rate of the day of the call. Null: nobody knows what it costs.';
revoke all on function overmind.budget_amount(public.budgets, public.token_usage) from public;
