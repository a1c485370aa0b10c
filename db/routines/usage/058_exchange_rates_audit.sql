create or replace trigger audit after insert or update or delete on public.exchange_rates
    for each row execute function overmind.audit_change('exchange_rate', 'currency,valid_from,rate');
