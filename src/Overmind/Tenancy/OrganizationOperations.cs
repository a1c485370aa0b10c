using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>
/// What the operator does with organizations, on the machine of the installation and without claims in any: lists them, limits, suspends and restores
/// them, and gives tiers. No route leads here.
/// </summary>
public sealed class OrganizationOperations(OrganizationOperationsStore store)
{
    /// <summary>How long a deleted organization can be brought back.</summary>
    public static TimeSpan KeptAfterDeletion { get; } = TimeSpan.FromDays(30);

    /// <param name="which">An id or slug; null for all, deleted ones last.</param>
    public Task<IReadOnlyList<Organization>> ListAsync(string? which, CancellationToken cancellationToken) => store.ListAsync(which, cancellationToken);

    /// <summary>Makes one with its admin; an address that has an account keeps it and its password, another one has none yet.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.SlugTaken"/>, or a value is not valid.</exception>
    public async Task<Organization> CreateAsync(NewOrganization organization, string adminEmail, CancellationToken cancellationToken)
    {
        organization.Check();
        var slug = organization.Slug ?? OrganizationSlug.Of(organization.Name);
        try
        {
            return await store.InsertAsync(organization.Name, slug, adminEmail, cancellationToken);
        }
        catch (PostgresException taken) when (OrganizationService.IsTaken(taken))
        {
            throw OrganizationService.SlugTaken(slug, taken);
        }
        catch (PostgresException refused) when (refused.ConstraintName == "users_email_shape")
        {
            throw new OvermindException(ErrorCode.InvalidValue, $"'{adminEmail}' is no e-mail address.", "email", refused);
        }
    }

    /// <summary>Null when it is not there.</summary>
    /// <exception cref="OvermindException">A value is not valid.</exception>
    public Task<Organization?> LimitAsync(Guid id, OrganizationLimits limits, CancellationToken cancellationToken)
    {
        limits.Check();
        return store.LimitAsync(id, limits, cancellationToken);
    }

    /// <summary>Suspends it, at once on all nodes: it can be read, and nothing in it written. Null when it is not there.</summary>
    /// <param name="reason">For its members to read; at most 500 characters.</param>
    /// <exception cref="OvermindException">The reason is not valid.</exception>
    public Task<Organization?> SuspendAsync(Guid id, string? reason, CancellationToken cancellationToken)
    {
        var checks = new Checks();
        checks.Text("reason", reason, 1, 500);
        checks.ThrowIfAny();
        return store.ChangeStateAsync(id, "suspended", reason, cancellationToken);
    }

    /// <summary>Makes it active, whatever it was, also when it was deleted. Null when it is not there.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.SlugTaken"/>: another one has the slug of a deleted one by now.</exception>
    public async Task<Organization?> RestoreAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ChangeStateAsync(id, "active", null, cancellationToken);
        }
        catch (PostgresException taken) when (OrganizationService.IsTaken(taken))
        {
            throw new OvermindException(ErrorCode.SlugTaken, "Another organization has its slug by now: that one needs another first.", "slug", taken);
        }
    }

    public Task<Organization?> CancelAsync(Guid id, CancellationToken cancellationToken) => store.ChangeStateAsync(id, "cancelled", null, cancellationToken);

    public Task<Organization?> DeleteAsync(Guid id, CancellationToken cancellationToken) => store.ChangeStateAsync(id, "deleted", null, cancellationToken);

    /// <summary>Deletes a deleted one for good, with everything under it, before its time.</summary>
    public async Task PurgeAsync(Guid id, CancellationToken cancellationToken)
    {
        while (!await store.PurgeAsync(id, cancellationToken))
        {
        }
    }

    /// <summary>Gives a member a tier, offered or not; null when there is no such member or tier.</summary>
    public Task<Subscription?> SetTierAsync(Guid organizationId, Guid userId, string tier, CancellationToken cancellationToken) =>
        store.SetTierAsync(organizationId, userId, tier, cancellationToken);

    /// <summary>Null when there is no such tier.</summary>
    /// <exception cref="OvermindException">A value is not valid.</exception>
    public Task<SubscriptionTier?> ChangeTierAsync(string tier, SubscriptionTierPatch patch, CancellationToken cancellationToken)
    {
        patch.Check();
        return store.ChangeTierAsync(tier, patch, cancellationToken);
    }
}
