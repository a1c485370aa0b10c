using Overmind.Jobs.Webhooks;
using Overmind.WebConsole.Jobs.Webhooks;

namespace Overmind.WebConsole.Tests.Jobs.Webhooks;

public class WebhookWordsTests
{
    static readonly DateTimeOffset Noon = SampleJobs.Noon;

    static readonly WebhookEndpoint Endpoint = new()
    {
        Id = Guid.CreateVersion7(),
        Url = "https://example.com/hooks",
        EventTypes = [],
        IsEnabled = true,
        CreatedAt = Noon,
        UpdatedAt = Noon,
    };

    [Fact]
    public void An_endpoint_tells_how_it_fares()
    {
        WebhookWords.Health(Endpoint).Text.ShouldBe("not used yet");
        WebhookWords.Health(Endpoint with { LastSuccessAt = Noon }).ShouldBe(("works", "good"));
        WebhookWords.Health(Endpoint with { LastSuccessAt = Noon, FailingSince = Noon }).ShouldBe(("failing", "warn"));
        WebhookWords.Health(Endpoint with { IsEnabled = false, DisabledReason = "gone" }).ShouldBe(("off: it answered gone", "bad"));
        WebhookWords.Health(Endpoint with { IsEnabled = false, DisabledReason = "failing" }).ShouldBe(("off: it failed for five days", "bad"));
    }

    [Fact]
    public void Attempts_are_read_as_they_are_stored()
    {
        var delivery = new WebhookDelivery
        {
            Id = Guid.CreateVersion7(),
            EndpointId = Endpoint.Id,
            EventId = Guid.CreateVersion7(),
            EventType = "run.failed",
            Status = WebhookDeliveryStatus.Pending,
            AttemptCount = 2,
            Body = "{}",
            CreatedAt = Noon,
            Attempts = SampleJobs.Json(
                """[{"at":"2030-01-31T12:00:00Z","status":null,"latency_ms":15000,"response":null,"error":"No answer within 15 s"},{"at":"2030-01-31T12:00:05Z","status":503,"latency_ms":12,"response":"busy","error":"It answered 503"}]"""),
        };

        WebhookViewModel.AttemptsOf(delivery).Select(a => (WebhookWords.Answer(a), a.LatencyMs, a.Response)).ShouldBe([("no answer", 15000, null), ("503", 12, "busy")]);
    }
}
