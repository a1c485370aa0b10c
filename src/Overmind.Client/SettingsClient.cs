namespace Overmind.Client;

/// <summary>The settings of the key's organization, and the preferences of the person whose key it is.</summary>
public sealed class SettingsClient
{
    readonly ApiConnection _connection;

    internal SettingsClient(ApiConnection connection) => _connection = connection;

    public Task<OrganizationSettings> GetAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync("/v1/settings", ClientJson.Default.OrganizationSettings, cancellationToken);

    /// <summary>For admins; runs that begin later follow.</summary>
    public Task<OrganizationSettings> UpdateAsync(OrganizationSettingsChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            "/v1/settings", ClientJson.Changes(changes, ClientJson.Default.OrganizationSettingsChanges, changes.Clear),
            VersionTag.Of(changes.UnchangedSince), ClientJson.Default.OrganizationSettings, cancellationToken);

    /// <summary>How many conversations would be deleted now, were <see cref="OrganizationSettings.DataRetentionDays"/> so many; nothing is. For admins.</summary>
    /// <param name="days">1 to 36500.</param>
    public Task<RetentionPreview> PreviewRetentionAsync(int days, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/settings/retention{new Query().Add("data_retention_days", days)}", ClientJson.Default.RetentionPreview, cancellationToken);

    /// <summary>How many acts would be deleted now, were <see cref="OrganizationSettings.AuditRetentionDays"/> so many; nothing is. For who may change it and read them.</summary>
    /// <param name="days">30 to 36500.</param>
    public Task<AuditRetentionPreview> PreviewAuditRetentionAsync(int days, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/settings/audit_retention{new Query().Add("audit_retention_days", days)}", ClientJson.Default.AuditRetentionPreview, cancellationToken);

    public Task<Preferences> GetPreferencesAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync("/v1/preferences", ClientJson.Default.Preferences, cancellationToken);

    public Task<Preferences> UpdatePreferencesAsync(PreferencesChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            "/v1/preferences", ClientJson.Changes(changes, ClientJson.Default.PreferencesChanges, changes.Clear), null,
            ClientJson.Default.Preferences, cancellationToken);
}
