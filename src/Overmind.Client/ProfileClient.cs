using System.Text.Json;

namespace Overmind.Client;

/// <summary>Profile, traits and subscription of the person whose key it is.</summary>
public sealed class ProfileClient
{
    readonly ApiConnection _connection;

    internal ProfileClient(ApiConnection connection) => _connection = connection;

    public Task<Profile> GetAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync("/v1/profile", ClientJson.Default.Profile, cancellationToken);

    /// <summary>Changes it in every organization one belongs to.</summary>
    public Task<Profile> UpdateAsync(ProfileChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            "/v1/profile", ClientJson.Changes(changes, ClientJson.Default.ProfileChanges, changes.Clear), VersionTag.Of(changes.UnchangedSince),
            ClientJson.Default.Profile, cancellationToken);

    public Task<Page<Trait>> ListTraitsAsync(PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/traits{(page ?? new()).Query}", ClientJson.Default.PageTrait, cancellationToken);

    /// <summary>Sets a trait; returns what holds, which is what they said themselves where this was inferred.</summary>
    public Task<Trait> SetTraitAsync(string key, NewTrait trait, CancellationToken cancellationToken = default) =>
        _connection.PutAsync(
            $"/v1/traits/{Uri.EscapeDataString(key)}", JsonSerializer.SerializeToUtf8Bytes(trait, ClientJson.Default.NewTrait), ClientJson.Default.Trait, cancellationToken);

    public Task DeleteTraitAsync(string key, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync($"/v1/traits/{Uri.EscapeDataString(key)}", cancellationToken);

    /// <summary>The tiers of the installation, the lowest first.</summary>
    public async Task<IReadOnlyList<SubscriptionTier>> ListTiersAsync(CancellationToken cancellationToken = default) =>
        (await _connection.GetAsync("/v1/tiers", ClientJson.Default.PageSubscriptionTier, cancellationToken)).Items;

    public Task<Subscription> GetSubscriptionAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync("/v1/subscription", ClientJson.Default.Subscription, cancellationToken);

    /// <summary>A higher tier at once, a lower one from the end of the period; the one they have takes that back.</summary>
    public Task<Subscription> SetTierAsync(string tier, CancellationToken cancellationToken = default) =>
        _connection.PutAsync(
            "/v1/subscription", JsonSerializer.SerializeToUtf8Bytes(new(tier), ClientJson.Default.TierChange), ClientJson.Default.Subscription, cancellationToken);
}
