using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>Who belongs to an organization. Every member sees the others; who may manage them changes and removes them, and everybody may leave.</summary>
public sealed class MemberService(MemberStore store)
{
    public async Task<Page<OrganizationMember>> ListAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await store.ListAsync(claims, page, cancellationToken));
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.MemberNotFound"/>.</exception>
    public async Task<OrganizationMember> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await store.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id);

    /// <param name="unchangedSince">The <see cref="OrganizationMember.UpdatedAt"/> they must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.MemberNotFound"/>, <see cref="ErrorCode.PreconditionFailed"/>, <see cref="ErrorCode.LastAdmin"/>, <see cref="ErrorCode.Forbidden"/>
    /// (the role admin and permissions are for admins to give and to take), or a value is not valid.
    /// </exception>
    public async Task<OrganizationMember> ChangeAsync(
        Claims claims, Guid id, MemberPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.MembersManage);
        if (patch.Role is OrganizationRole.Admin || patch.Permissions is not null) claims.Ensure(Permission.MembersGrant);
        patch.Check();
        var (changed, exists) = await store.UpdateAsync(claims, id, patch, unchangedSince, cancellationToken);
        return changed ?? throw (exists
            ? new OvermindException(ErrorCode.PreconditionFailed, "The member has changed since the version in If-Match. Read it again.")
            : NotFound(id));
    }

    /// <summary>Ends a membership, and with it the keys and sessions that act in its name; what they made stays.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.MemberNotFound"/>, <see cref="ErrorCode.LastAdmin"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task RemoveAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        if ((await GetAsync(claims, id, cancellationToken)).UserId != claims.UserId) claims.Ensure(Permission.MembersManage);
        if (!await store.RemoveAsync(claims, id, cancellationToken)) throw NotFound(id);
    }

    static OvermindException NotFound(Guid id) => new(ErrorCode.MemberNotFound, $"There is no member {id}.");
}
