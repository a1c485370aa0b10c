using System.Text;
using Overmind.Jobs;

namespace Overmind.WebConsole.Tests.Jobs;

/// <summary>Jobs in the states that matter.</summary>
static class SampleJobs
{
    public static readonly DateTimeOffset Noon = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static readonly JobItem Waiting = new()
    {
        Id = Guid.CreateVersion7(),
        Kind = "mail.send",
        Status = JobStatus.Pending,
        Priority = 100,
        Payload = Json("""{"to":"ada@example.org"}"""),
        RunAt = Noon,
        AttemptCount = 0,
        MaxAttempts = 3,
        Errors = Json("[]"),
        RetryConfig = Json("{}"),
        Metadata = Json("{}"),
        CreatedAt = Noon,
    };

    public static readonly JobItem Failed = Waiting with
    {
        Status = JobStatus.Failed,
        AttemptCount = 2,
        MaxAttempts = 2,
        LastError = "Mailbox is full",
        Errors = Json("""[{"attempt":1,"error":"Timeout","at":"2030-01-31T12:00:03Z"},{"attempt":2,"error":"Mailbox is full","at":"2030-01-31T12:00:09Z"}]"""),
        PickedUpAt = Noon.AddSeconds(1),
        LastAttemptAt = Noon.AddSeconds(5),
        CompletedAt = Noon.AddSeconds(9),
    };

    public static JsonText Json(string json) => new(Encoding.UTF8.GetBytes(json));
}
