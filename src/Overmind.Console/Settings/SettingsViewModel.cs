using Overmind.Agents;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Settings;

/// <summary>The organization's settings, and how saving them went.</summary>
public sealed class SettingsViewModel(OrganizationSettingsService settings, ModelProviderService providers, Claims claims)
{
    OrganizationSettings stored = new();

    public LoadState State { get; private set; } = LoadState.Loading;

    public SettingsForm Form { get; private set; } = new();

    /// <summary>The models one may choose, as far as their providers answered.</summary>
    public IReadOnlyList<Model> Models { get; private set; } = [];

    public bool MayChange => claims.May(Permission.OrganizationManage);

    /// <summary>Whether the form says something else than what is stored.</summary>
    public bool IsChanged => !Form.SaysAs(SettingsForm.Of(stored));

    public bool IsSaved { get; private set; }

    /// <summary>True when somebody else changed the settings meanwhile: nothing was saved.</summary>
    public bool IsOutdated { get; private set; }

    /// <summary>What is older now than a shorter time to keep it, which is stored when it is saved once more; null: nothing is asked.</summary>
    public ShorterRetention? Expiring { get; set; }

    /// <summary>What was refused, by the member's name; the general sentence has the empty name.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            Take(await settings.GetAsync(claims, cancellationToken));
            (Errors, IsOutdated, IsSaved) = (new Dictionary<string, string>(), false, false);
            (Expiring, State) = (null, LoadState.Ready);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Asks the providers; a page does not wait for it.</summary>
    public async Task LoadModelsAsync(CancellationToken cancellationToken)
    {
        try
        {
            Models = (await providers.ModelsAsync(claims, null, cancellationToken)).Models;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A model's name can be typed, too.
        }
    }

    /// <summary>Stores them; but where something would be kept for a shorter time, it tells first how much that concerns, and stores when it is called again.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        (Errors, IsOutdated, IsSaved) = (new Dictionary<string, string>(), false, false);
        var isConfirmed = Expiring is not null;
        Expiring = null;
        try
        {
            if (!isConfirmed && await ExpiringAsync(cancellationToken) is { } expiring)
            {
                Expiring = expiring;
                return;
            }

            Take(await settings.ChangeAsync(claims, Form.ToPatch(), stored.UpdatedAt, cancellationToken));
            IsSaved = true;
        }
        catch (OvermindException refused) when (refused.Code is ErrorCode.PreconditionFailed)
        {
            IsOutdated = true;
        }
        catch (OvermindException refused)
        {
            Errors = refused.Errors ?? new Dictionary<string, string> { [refused.Param ?? ""] = refused.Message };
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Errors = new Dictionary<string, string> { [""] = "The settings could not be stored. Try again." };
        }
    }

    async Task<ShorterRetention?> ExpiringAsync(CancellationToken cancellationToken)
    {
        var conversations = Shorter(Form.DataRetentionDays, stored.DataRetentionDays) is { } days
            ? (await settings.PreviewRetentionAsync(claims, days, cancellationToken)).ConversationCount : (long?)null;
        var acts = Shorter(Form.AuditRetentionDays, stored.AuditRetentionDays) is { } auditDays
            ? (await settings.PreviewAuditRetentionAsync(claims, auditDays, cancellationToken)).AuditLogCount : (long?)null;
        return conversations is null && acts is null ? null : new ShorterRetention(conversations, acts);
    }

    static int? Shorter(int? days, int? before) => days < (before ?? int.MaxValue) ? days : null;

    void Take(OrganizationSettings read) => (Form, stored) = (SettingsForm.Of(read), read);
}
