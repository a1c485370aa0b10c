-- What each agent contributes: calls, how often it had to be asked again, tokens and time of an answer.
select
    agent_name,
    count(*) as answers,
    count(*) filter (where is_sent_back) as asked_again,
    count(*) filter (where status = 'failed') as failed,
    round(avg(tokens_output), 1) as mean_tokens,
    percentile_cont(0.95) within group (order by latency_ms) as p95_latency_ms
from run_steps
where phase = 'agent'
group by agent_name
order by agent_name;
