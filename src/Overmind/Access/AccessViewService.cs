using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>Shows an admin which policies are in force, and what a member of the organization sees through them. Each look is in the audit log.</summary>
public sealed class AccessViewService(AccessViewStore store)
{
    /// <summary>The tables that hold rows of organizations.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>: only admins look.</exception>
    public Task<IReadOnlyList<string>> TablesAsync(Claims claims, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentManage);
        return store.TablesAsync(claims, cancellationToken);
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>: only admins look.</exception>
    public Task<IReadOnlyList<AccessMember>> MembersAsync(Claims claims, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentManage);
        return store.MembersAsync(claims, cancellationToken);
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>: only admins look.</exception>
    public Task<IReadOnlyList<TablePolicy>> PoliciesAsync(Claims claims, string table, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentManage);
        return store.PoliciesAsync(claims, table, cancellationToken);
    }

    /// <summary>What a member sees of a table, read with their claims; null when there is no such table or member.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>: only admins look.</exception>
    public async Task<AccessView?> ViewAsync(Claims claims, Guid userId, string table, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentManage);
        if (!(await store.TablesAsync(claims, cancellationToken)).Contains(table)
            || (await store.MembersAsync(claims, cancellationToken)).FirstOrDefault(member => member.UserId == userId) is not { } found)
            return null;
        return await store.ViewAsync(claims, found, table, cancellationToken);
    }
}
