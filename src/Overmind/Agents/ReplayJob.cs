using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The job that carries a replay: which one, and as whom it reads the run and pays.</summary>
static class ReplayJob
{
    public const string Kind = "step_replay";

    public static Statement Insert(Guid replayId, Claims claims) => JobStore.Insert(
        NewJob.Of(Kind, new ReplayJobPayload(replayId, claims.UserId!.Value, claims.Role ?? OrganizationRole.User)) with { UniqueKey = replayId.ToString() },
        ReplayJobHandler.Options);

    public static Guid ReplayId(Job job) => job.Payload.GetProperty("replay_id").GetGuid();

    /// <summary>In the name of whoever asked, so that it reads what they see; the service's role lets the same transaction end the job.</summary>
    public static Claims Claims(Job job) =>
        new(job.OrganizationId, job.Payload.GetProperty("user_id").GetGuid(), LowerSnake.Read<OrganizationRole>(job.Payload.GetProperty("role").GetString()!))
        {
            DatabaseRole = DatabaseRole.ServiceRole,
        };
}
