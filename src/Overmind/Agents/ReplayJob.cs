using System.Text.Json.Nodes;
using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The job that carries a replay: which one, and as whom it reads the run and pays.</summary>
static class ReplayJob
{
    public const string Kind = "step_replay";

    const int MaxAttempts = 5;

    public static NewJob Of(Guid replayId, Claims claims) => new()
    {
        Kind = Kind,
        Payload = new JsonObject { ["replay_id"] = replayId, ["user_id"] = claims.UserId, ["role"] = LowerSnake.Write(claims.Role ?? OrganizationRole.User) },
        UniqueKey = replayId.ToString(),
        MaxAttempts = MaxAttempts,
    };

    public static Guid ReplayId(Job job) => job.Payload.GetProperty("replay_id").GetGuid();

    /// <summary>In the name of whoever asked, so that it reads what they see; the service's role lets the same transaction end the job.</summary>
    public static Claims Claims(Job job) =>
        new(job.OrganizationId, job.Payload.GetProperty("user_id").GetGuid(), LowerSnake.Read<OrganizationRole>(job.Payload.GetProperty("role").GetString()!))
        {
            DatabaseRole = DatabaseRole.ServiceRole,
        };
}
