using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>The organization of the claims, and those that a person belongs to.</summary>
public sealed class OrganizationService(OrganizationStore store)
{
    public Task<Organization> GetAsync(Claims claims, CancellationToken cancellationToken) => store.GetAsync(claims, cancellationToken);

    /// <param name="unchangedSince">The <see cref="Organization.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.PreconditionFailed"/>, <see cref="ErrorCode.SlugTaken"/>, <see cref="ErrorCode.Forbidden"/>,
    /// <see cref="ErrorCode.OrganizationSuspended"/>, or a value is not valid; nothing is changed then.
    /// </exception>
    public async Task<Organization> ChangeAsync(
        Claims claims, OrganizationPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.OrganizationManage);
        patch.Check();
        try
        {
            return await store.UpdateAsync(claims, patch, unchangedSince, cancellationToken)
                ?? throw new OvermindException(ErrorCode.PreconditionFailed, "The organization has changed since the version in If-Match. Read it again.");
        }
        catch (PostgresException taken) when (IsTaken(taken))
        {
            throw SlugTaken(patch.Slug!, taken);
        }
    }

    /// <summary>Cancels it: it can be read until its month is over and then still, but writes nothing any more.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>; <see cref="ErrorCode.OrganizationSuspended"/>.</exception>
    public Task<Organization> CancelAsync(Claims claims, CancellationToken cancellationToken) =>
        ChangeStateAsync(claims, Permission.OrganizationManage, "cancelled", cancellationToken);

    /// <summary>Takes a cancellation back.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>; <see cref="ErrorCode.OrganizationSuspended"/>: its time was over.</exception>
    public Task<Organization> ResumeAsync(Claims claims, CancellationToken cancellationToken) =>
        ChangeStateAsync(claims, Permission.OrganizationManage, "active", cancellationToken);

    /// <summary>Deletes it: its keys and sign-ins end at once; for 30 days the operator can bring it back.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>.</exception>
    public Task DeleteAsync(Claims claims, CancellationToken cancellationToken) =>
        ChangeStateAsync(claims, Permission.OrganizationDelete, "deleted", cancellationToken);

    /// <summary>Makes another one for the person of the claims, who is its admin.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.SlugTaken"/>, <see cref="ErrorCode.Forbidden"/>: no person; or a value is not valid.</exception>
    public async Task<Membership> CreateAsync(Claims claims, NewOrganization organization, CancellationToken cancellationToken)
    {
        organization.Check();
        var slug = organization.Slug ?? OrganizationSlug.Of(organization.Name);
        try
        {
            var made = await store.InsertAsync(claims, organization.Id, organization.Name, slug, cancellationToken) ?? throw NoPerson();
            return (await store.MembershipsAsync(claims, cancellationToken)).Single(membership => membership.Id == made);
        }
        catch (PostgresException taken) when (IsTaken(taken) && organization.Slug is null)
        {
            // A name may be anybody's; its id tells them apart.
            var suffix = Guid.CreateVersion7().ToString("N")[^8..];
            return await CreateAsync(claims, organization with { Slug = $"{slug[..Math.Min(slug.Length, 91)].TrimEnd('-')}-{suffix}" }, cancellationToken);
        }
        catch (PostgresException taken) when (IsTaken(taken))
        {
            throw SlugTaken(slug, taken);
        }
    }

    /// <summary>The organizations that the person belongs to, the first they joined first.</summary>
    public Task<IReadOnlyList<Membership>> MembershipsAsync(Claims claims, CancellationToken cancellationToken) =>
        store.MembershipsAsync(claims, cancellationToken);

    async Task<Organization> ChangeStateAsync(Claims claims, Permission permission, string state, CancellationToken cancellationToken)
    {
        claims.Ensure(permission);
        return await store.ChangeStateAsync(claims, state, cancellationToken)
            ?? throw new OvermindException(ErrorCode.OrganizationSuspended, "The organization is suspended: only the operator of the installation can take that back.");
    }

    internal static bool IsTaken(PostgresException refused) =>
        refused.SqlState == PostgresErrorCodes.UniqueViolation && refused.ConstraintName == OrganizationStore.SlugKey;

    internal static OvermindException SlugTaken(string slug, Exception inner) =>
        new(ErrorCode.SlugTaken, $"Another organization has the slug '{slug}'. Choose another.", "slug", inner);

    static OvermindException NoPerson() => new(ErrorCode.Forbidden, "An organization is made by a person: use a key that belongs to one.");
}
