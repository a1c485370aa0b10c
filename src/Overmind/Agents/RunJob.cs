using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The job that carries a run: which run, and in whose name its rows are written.</summary>
static class RunJob
{
    public const string Kind = "run";

    /// <summary>With exponential waits of 1 s to 5 minutes this outlasts about a quarter of an hour without a database.</summary>
    public const int MaxAttempts = 10;

    /// <param name="ownerId">The conversation's owner: everything under it is theirs, whoever asked.</param>
    public static Statement Insert(Guid runId, Guid ownerId) =>
        JobStore.Insert(NewJob.Of(Kind, new RunJobPayload(runId, ownerId)) with { UniqueKey = runId.ToString() }, RunJobHandler.Options);

    public static Guid RunId(Job job) => job.Payload.GetProperty("run_id").GetGuid();

    /// <summary>The worker acts in the owner's name; the service's role lets the same transaction end the job.</summary>
    public static Claims Claims(Job job) =>
        new(job.OrganizationId, job.Payload.GetProperty("owner_id").GetGuid(), OrganizationRole.User) { DatabaseRole = DatabaseRole.ServiceRole };
}
