using Overmind.Errors;
using Overmind.Postgres;
using Overmind.Tenancy;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Tenancy;

/// <summary>The organization of the page, and its form.</summary>
public sealed class OrganizationViewModel(OrganizationService organizations, SubscriptionService subscriptions, Claims claims)
{
    public LoadState State { get; private set; }

    public Organization? Organization { get; private set; }

    /// <summary>One's own; null where there is none.</summary>
    public Subscription? Subscription { get; private set; }

    /// <summary>What one may choose from, the lowest first: one's own, and those that are offered.</summary>
    public IReadOnlyList<SubscriptionTier> Tiers { get; private set; } = [];

    public bool MayChooseTier => claims.Role is not OrganizationRole.Viewer && Organization?.Status is OrganizationStatus.Active;

    public string Name { get; set; } = "";

    public string Slug { get; set; } = "";

    /// <summary>With blanks between them.</summary>
    public string Features { get; set; } = "";

    public string Experimental { get; set; } = "";

    public bool MayChange => claims.May(Permission.OrganizationManage);

    public bool IsSaved { get; private set; }

    /// <summary>By member what was wrong with it.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    /// <summary>What was wrong with no member of the form.</summary>
    public string? Error { get; private set; }

    public bool IsChanged => Organization is { } stored
        && (Name != stored.Name || Slug != stored.Slug || Features.Trim() != string.Join(' ', stored.EnabledFeatures) || Experimental.Trim() != string.Join(' ', stored.ExperimentalFeatures));

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            Take(await organizations.GetAsync(claims, cancellationToken));
            State = LoadState.Ready;
            Subscription = await subscriptions.GetAsync(claims, claims.UserId!.Value, cancellationToken);
            Tiers = [.. (await subscriptions.TiersAsync(claims, cancellationToken)).Where(tier => tier.IsOffered || tier.TierName == Subscription.Tier)];
        }
        catch (OvermindException none) when (State is LoadState.Ready && none.Code is ErrorCode.MemberNotFound)
        {
            Subscription = null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Stores the form, if nobody else has changed it meanwhile.</summary>
    public Task SaveAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        var patch = new OrganizationPatch { Name = Name.Trim(), Slug = Slug.Trim(), EnabledFeatures = Words(Features), ExperimentalFeatures = Words(Experimental) };
        Take(await organizations.ChangeAsync(claims, patch, Organization!.UpdatedAt, cancellationToken));
        IsSaved = true;
    });

    public Task CancelAsync(CancellationToken cancellationToken) => TryAsync(async () => Take(await organizations.CancelAsync(claims, cancellationToken)));

    public Task ResumeAsync(CancellationToken cancellationToken) => TryAsync(async () => Take(await organizations.ResumeAsync(claims, cancellationToken)));

    /// <summary>A higher tier at once, a lower one from the end of the period.</summary>
    public Task ChooseTierAsync(string tier, CancellationToken cancellationToken) =>
        TryAsync(async () => Subscription = await subscriptions.ChangeAsync(claims, claims.UserId!.Value, tier, cancellationToken));

    async Task TryAsync(Func<Task> act)
    {
        (Errors, Error, IsSaved) = (new Dictionary<string, string>(), null, false);
        try
        {
            await act();
        }
        catch (OvermindException refused) when (refused.Errors is not null || refused.Param is not null)
        {
            Errors = refused.Errors ?? new Dictionary<string, string> { [refused.Param!] = refused.Message };
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Error = Loading.Sentence(failure, "That could not be stored. Try again.");
        }
    }

    void Take(Organization read) =>
        (Organization, Name, Slug, Features, Experimental) =
            (read, read.Name, read.Slug, string.Join(' ', read.EnabledFeatures), string.Join(' ', read.ExperimentalFeatures));

    static string[] Words(string text) => text.Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries);
}
