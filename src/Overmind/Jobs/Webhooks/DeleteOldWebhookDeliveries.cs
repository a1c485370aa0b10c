namespace Overmind.Jobs.Webhooks;

/// <summary>Deletes deliveries that ended 30 days ago.</summary>
[Job("webhook_deliveries.clean")]
sealed class DeleteOldWebhookDeliveries(WebhookStore store, TimeProvider time) : JobHandler<NoPayload>
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        while (await store.DeleteOldAsync(time.GetUtcNow() - Kept, cancellationToken) > 0) cancellationToken.ThrowIfCancellationRequested();
    }
}
