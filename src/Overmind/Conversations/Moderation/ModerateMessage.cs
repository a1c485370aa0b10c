using System.Text.Json;
using Overmind.Jobs;
using Overmind.Jobs.Webhooks;
using Overmind.Postgres;

namespace Overmind.Conversations.Moderation;

/// <summary>
/// Asks the organization's hook about a message that is pending, by a signed POST as to a webhook. It answers
/// <c>{"status": "approved" | "flagged" | "blocked", "flags": [{"code", "category", "detail"}]}</c>, all of it in the first KB.
/// Where it fails for good the message is flagged: nobody has said that it may be used.
/// </summary>
[Job("message.moderate")]
sealed class ModerateMessage(ModerationStore store, WebhookSender sender, SecretCipher cipher, TimeProvider time) : JobHandler<ModerateMessagePayload>
{
    const int MostFlags = 20;

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static JobKindOptions Options { get; } = new() { MaxAttempts = 5, RetryWhenLost = true, ConcurrencyPerOrganization = 4, KeepCompleted = TimeSpan.Zero };

    public override async Task HandleAsync(ModerateMessagePayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var organizationId = context.Job.OrganizationId!.Value;
        var claims = ClaimsOf(context);
        if (await store.FindPendingAsync(claims, payload.MessageId, cancellationToken) is not { } pending) return;
        var body = JsonSerializer.Serialize(
            new { type = "message.moderate", message = new { id = pending.Id, conversation_id = pending.ConversationId, role = LowerSnake.Write(pending.Role), content = pending.Content } }, Json);
        var attempt = await sender.SendAsync(
            new WebhookMessage(new Uri(pending.Url), context.Job.Id, body, [cipher.Decrypt(pending.Secret, organizationId, pending.EndpointId)]), cancellationToken);
        if (attempt.Error is { } error) throw new HttpRequestException($"The moderation hook did not answer. {error}");
        var (status, flags) = Read(attempt.Response) ?? throw new InvalidDataException("The moderation hook answered something that is no verdict.");
        await store.SettleAsync(claims, payload.MessageId, status, flags, context.Completion, cancellationToken);
        context.IsEndRecorded = true;
    }

    public override Task GiveUpAsync(ModerateMessagePayload payload, JobContext context, CancellationToken cancellationToken) => store.SettleAsync(
        ClaimsOf(context), payload.MessageId, ModerationStatus.Flagged,
        [new ModerationFlag("hook_failed", "hook", "The moderation hook could not be asked.", "hook", StoredTime.Now(time))], new Statement("select 1"), cancellationToken);

    (ModerationStatus Status, IReadOnlyList<ModerationFlag> Flags)? Read(string? answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer ?? "");
            var root = document.RootElement;
            if (root.ValueKind is not JsonValueKind.Object || Text(root, "status") is not { } word || LowerSnake.Read<ModerationStatus>(word) is not { } status || status is ModerationStatus.Pending)
                return null;
            return (status, root.TryGetProperty("flags", out var flags) && flags.ValueKind is JsonValueKind.Array
                ? [.. flags.EnumerateArray().Take(MostFlags).Where(flag => flag.ValueKind is JsonValueKind.Object).Select(Flag)]
                : []);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    ModerationFlag Flag(JsonElement flag) =>
        new(Text(flag, "code") ?? "hook", Text(flag, "category") ?? "hook", Text(flag, "detail"), "hook", StoredTime.Now(time));

    static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? StoredText.Clean(value.GetString()!) : null;

    static Claims ClaimsOf(JobContext context) =>
        new(context.Job.OrganizationId!.Value, null, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole };
}
