create or replace trigger audit after insert or update or delete on public.budgets
    for each row execute function overmind.audit_change(
        'budget', 'name,dimension,subject,period,unit,currency,limit_amount,soft_ratio,on_limit,second_limit,is_active');
