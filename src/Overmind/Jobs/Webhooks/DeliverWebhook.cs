using Overmind.Postgres;

namespace Overmind.Jobs.Webhooks;

/// <summary>
/// Attempts a delivery. What came of it, the end of its job and the job of the next attempt are one transaction: an attempt whose worker dies
/// is made again, with the same <c>webhook-id</c>.
/// </summary>
[Job("webhook.deliver")]
sealed class DeliverWebhook(WebhookStore store, WebhookSender sender, SecretCipher cipher) : JobHandler<WebhookDeliveryPayload>
{
    /// <summary>Attempts are counted on the delivery; the queue's own are for failures of ours. A lost worker is no reason to give an event up.</summary>
    public static JobKindOptions Options { get; } = new()
    {
        MaxAttempts = 10,
        RetryWhenLost = true,
        ConcurrencyPerOrganization = 4,
        KeepCompleted = TimeSpan.Zero,
        CarriedBy = "Resend the delivery: POST /v1/webhook_deliveries/{id}/resend.",
    };

    public override async Task HandleAsync(WebhookDeliveryPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var organizationId = context.Job.OrganizationId!.Value;
        var claims = new Claims(organizationId, null, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole };
        if (await store.TakeAsync(claims, payload.DeliveryId, cancellationToken) is not { } work) return;
        if (!work.IsEnabled)
        {
            await store.DropAsync(claims, work.DeliveryId, cancellationToken);
            return;
        }

        var attempt = await sender.SendAsync(Message(work, organizationId), cancellationToken);
        var outcome = WebhookOutcome.Of(attempt, work.AttemptCount, work.FailingSince, Random.Shared.NextDouble());
        List<Statement> jobs = [context.Completion];
        if (outcome.NextAttemptAt is { } next)
            jobs.Add(JobStore.Insert(NewJob.Of("webhook.deliver", payload) with { RunAt = next, UniqueKey = payload.DeliveryId.ToString() }));
        await store.RecordAsync(claims, work, attempt, outcome, jobs, cancellationToken);
        context.IsEndRecorded = true;
    }

    WebhookMessage Message(WebhookWork work, Guid organizationId)
    {
        List<string> secrets = [cipher.Decrypt(work.Secret, organizationId, work.EndpointId)];
        if (work.PreviousSecret is { } previous) secrets.Add(cipher.Decrypt(previous, organizationId, work.EndpointId));
        return new WebhookMessage(new Uri(work.Url), work.EventId, work.Body, secrets);
    }
}
