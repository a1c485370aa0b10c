using Overmind.Postgres;
using Overmind.Tenancy;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Tenancy;

/// <summary>A page of members, and what the signed-in one may do with each.</summary>
public sealed class MembersViewModel(MemberService members, Claims claims)
{
    const int PageSize = 50;

    public LoadState State { get; private set; }

    public IReadOnlyList<OrganizationMember> Items { get; private set; } = [];

    /// <summary>Where the next page begins; null when there is none.</summary>
    public Guid? Older { get; private set; }

    public string? Error { get; private set; }

    /// <summary>Whether they give and take permissions.</summary>
    public bool MayGrant => claims.May(Permission.MembersGrant);

    /// <summary>Whether they ask others to join.</summary>
    public bool MayInvite => claims.May(Permission.MembersManage);

    public bool IsMe(OrganizationMember member) => member.UserId == claims.UserId;

    /// <summary>Whether they give this one another role: that of an admin is for admins to take, and nobody but an admin changes their own.</summary>
    public bool MayChange(OrganizationMember member) =>
        MayGrant || (claims.May(Permission.MembersManage) && member.Role is not OrganizationRole.Admin && !IsMe(member));

    public bool MayRemove(OrganizationMember member) =>
        IsMe(member) || MayGrant || (claims.May(Permission.MembersManage) && member.Role is not OrganizationRole.Admin);

    /// <summary>The roles that they may give this one.</summary>
    public IEnumerable<OrganizationRole> RolesOf(OrganizationMember member) =>
        Enum.GetValues<OrganizationRole>().Where(role => MayGrant || role is not OrganizationRole.Admin || role == member.Role);

    /// <summary>What they may beyond their role, in a word or two.</summary>
    public static string Granted(OrganizationMember member) => member.Permissions.Count switch
    {
        0 => "none",
        1 => PermissionCatalogue.Name(member.Permissions[0]),
        var count => $"{PermissionCatalogue.Name(member.Permissions[0])} and {count - 1} more",
    };

    public async Task LoadAsync(Guid? after, CancellationToken cancellationToken)
    {
        try
        {
            var page = await members.ListAsync(claims, new PageRequest { Limit = PageSize, After = after }, cancellationToken);
            (Items, Older) = (page.Items, page.HasMore ? page.Items[^1].Id : null);
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    public Task ChangeRoleAsync(OrganizationMember member, string? role, CancellationToken cancellationToken) =>
        ChangeAsync(member, new MemberPatch { Role = LowerSnake.Read<OrganizationRole>(role ?? "") }, cancellationToken);

    public Task GrantAsync(OrganizationMember member, Permission permission, bool granted, CancellationToken cancellationToken) =>
        ChangeAsync(
            member,
            new MemberPatch { Permissions = granted ? [.. member.Permissions, permission] : [.. member.Permissions.Where(other => other != permission)] },
            cancellationToken);

    /// <summary>Whether they are gone.</summary>
    public Task<bool> RemoveAsync(OrganizationMember member, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        await members.RemoveAsync(claims, member.Id, cancellationToken);
        Items = [.. Items.Where(other => other.Id != member.Id)];
    });

    // What was refused is shown again as it is: the row is replaced by itself, so that the control is rendered anew.
    async Task ChangeAsync(OrganizationMember member, MemberPatch patch, CancellationToken cancellationToken)
    {
        var now = member;
        await TryAsync(async () => now = await members.ChangeAsync(claims, member.Id, patch, member.UpdatedAt, cancellationToken));
        Items = [.. Items.Select(other => other.Id == member.Id ? now with { } : other)];
    }

    async Task<bool> TryAsync(Func<Task> act)
    {
        Error = null;
        try
        {
            await act();
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Error = Loading.Sentence(failure, "That could not be stored. Try again.");
            return false;
        }
    }
}
