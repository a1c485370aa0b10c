using Overmind.Jobs;

namespace Overmind.WebConsole.Tests.Browser;

/// <summary>A queue with a past: what a page has to show when people have worked with it.</summary>
static class SeededQueue
{
    /// <summary>Jobs of kinds of their own in every state, of the last hour; nobody works on these kinds.</summary>
    public static async Task SeedAsync(this FastServer server)
    {
        var claims = await server.ClaimsAsync();
        var seeded = await server.Jobs.ListAsync(claims, new JobFilter { UniqueKey = "report:2030-01" }, PageRequest.First, CancellationToken.None);
        if (seeded.Items.Count > 0) return;
        await server.ExecuteAsync(
            """
            insert into jobs (
                organization_id, user_id, kind, payload, status, created_at, picked_up_at, last_attempt_at, completed_at, attempt_count, last_error, errors)
            select
                $1, $2, kind, jsonb_build_object('to', 'member-' || n || '@example.org', 'template', 'digest'), status,
                ended - wait - run, ended - run, ended - run, ended, case status when 'failed' then 3 else 1 end,
                case status when 'failed' then 'The mail server answered 550: mailbox is full' end,
                case status when 'failed' then jsonb_build_array(
                    jsonb_build_object('attempt', 1, 'error', 'The mail server did not answer within 10 s', 'at', ended - interval '9 s'),
                    jsonb_build_object('attempt', 2, 'error', 'The mail server did not answer within 10 s', 'at', ended - interval '6 s'),
                    jsonb_build_object('attempt', 3, 'error', 'The mail server answered 550: mailbox is full', 'at', ended))
                else '[]' end
            from (
                select
                    n, (array['mail.digest', 'mail.digest', 'report.render', 'index.refresh'])[1 + n % 4] as kind,
                    case when n % 31 = 0 then 'failed' when n % 57 = 0 then 'cancelled' else 'completed' end as status,
                    clock_timestamp() - interval '1 hour' * (0.5 + 0.5 * sin(n * 0.7)) * (n % 997) / 997 - interval '5 s' as ended,
                    interval '1 ms' * (20 + (n * 37) % 900) as wait, interval '1 ms' * (90 + (n * 211) % 4200) as run
                from generate_series(1, 900) as n
            ) as made
            """,
            claims.OrganizationId!, claims.UserId!);
        await server.ExecuteAsync(
            """
            insert into jobs (organization_id, user_id, kind, payload, status, run_at, unique_key, last_error)
            values
                ($1, $2, 'report.render', '{"month": "2030-01"}', 'pending', clock_timestamp() + interval '1 day', 'report:2030-01', null),
                ($1, $2, 'mail.digest', '{"to": "ada@example.org"}', 'blocked', clock_timestamp(), null, 'Daily limit exceeded')
            """,
            claims.OrganizationId!, claims.UserId!);
        await server.ExecuteAsync(
            """
            with held as (
                insert into jobs (organization_id, user_id, kind, payload, status, picked_up_at, last_attempt_at, attempt_count, progress, lease_token)
                values (
                    $1, $2, 'index.refresh', '{"index": "memories"}', 'processing', clock_timestamp(), clock_timestamp(), 1, 0.42,
                    nextval('overmind.lease_tokens'))
                returning id, kind, lease_token
            )
            insert into overmind.job_claims (lease_token, worker, worker_lock, expires_at, kinds, job_ids)
            select h.lease_token, w.name, w.worker_lock, clock_timestamp() + interval '1 hour', array[h.kind], array[h.id]
            from held h
            cross join (select name, worker_lock from overmind.workers limit 1) as w
            """,
            claims.OrganizationId!, claims.UserId!);
    }
}
