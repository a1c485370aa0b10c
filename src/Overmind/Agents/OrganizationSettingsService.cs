using Overmind.Audit;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>An organization's settings. Every member reads them; an admin changes them, and runs that begin later follow.</summary>
public sealed class OrganizationSettingsService(OrganizationSettingsStore store, RetentionStore retention, AuditLogService auditLogs, ChatModels models)
{
    public Task<OrganizationSettings> GetAsync(Claims claims, CancellationToken cancellationToken) => store.GetAsync(claims, cancellationToken);

    /// <param name="unchangedSince">The <see cref="OrganizationSettings.UpdatedAt"/> they must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.PreconditionFailed"/>, <see cref="ErrorCode.ModelUnavailable"/>, <see cref="ErrorCode.Forbidden"/>, or a value is not valid; nothing is changed then.
    /// </exception>
    public async Task<OrganizationSettings> ChangeAsync(
        Claims claims, OrganizationSettingsPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.OrganizationManage);
        patch.Check();
        if (patch.Moderation?.Value?.HookEndpointId is { } hook && !await store.HasEndpointAsync(claims, hook, cancellationToken))
            throw new OvermindException(ErrorCode.InvalidValue, $"There is no webhook endpoint {hook} that you see.", "moderation.hook_endpoint_id");
        foreach (var (param, model) in patch.Named()) await EnsureThereIsAsync(claims, param, model, cancellationToken);
        return await store.UpdateAsync(claims, patch.Changes(), unchangedSince, cancellationToken)
            ?? throw new OvermindException(ErrorCode.PreconditionFailed, "The settings have changed since the version in If-Match. Read them again.");
    }

    /// <summary>How many of the conversations that one sees would be deleted now, were <see cref="OrganizationSettings.DataRetentionDays"/> so many; for admins.</summary>
    /// <param name="days">1 to 36500.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.InvalidValue"/>.</exception>
    public async Task<RetentionPreview> PreviewRetentionAsync(Claims claims, int days, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.OrganizationManage);
        var checks = new Checks();
        OrganizationSettingsPatch.CheckRetention(ref checks, days);
        checks.ThrowIfAny();
        return new RetentionPreview { DataRetentionDays = days, ConversationCount = await retention.CountAsync(claims, days, cancellationToken) };
    }

    /// <summary>How many acts would be deleted now, were <see cref="OrganizationSettings.AuditRetentionDays"/> so many; for who may read them.</summary>
    /// <param name="days">30 to 36500.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.InvalidValue"/>.</exception>
    public async Task<AuditRetentionPreview> PreviewAuditRetentionAsync(Claims claims, int days, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.AuditRead);
        var checks = new Checks();
        OrganizationSettingsPatch.CheckAuditRetention(ref checks, days);
        checks.ThrowIfAny();
        return new AuditRetentionPreview { AuditRetentionDays = days, AuditLogCount = await auditLogs.CountOlderAsync(claims, days, cancellationToken) };
    }

    async Task EnsureThereIsAsync(Claims claims, string param, ModelReference model, CancellationToken cancellationToken)
    {
        try
        {
            await models.GetAsync(claims, model, cancellationToken);
        }
        catch (ModelUnavailableException unavailable)
        {
            throw new OvermindException(ErrorCode.ModelUnavailable, unavailable.Message, param, unavailable);
        }
    }
}
