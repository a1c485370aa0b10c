-- What another iteration brings: how many answers were scored in each, how well, and how many reached their run's threshold.
select
    s.iteration,
    count(*) as answers,
    round(avg(s.quality_score)::numeric, 2) as mean_score,
    count(*) filter (where s.quality_score >= r.quality_threshold) as reached_threshold,
    count(*) filter (where r.best_iteration = s.iteration) as kept_as_best
from synthesis_events as s
join workflow_runs as r
    on r.organization_id = s.organization_id
    and r.id = s.run_id
where s.quality_score is not null
group by s.iteration
order by s.iteration;
