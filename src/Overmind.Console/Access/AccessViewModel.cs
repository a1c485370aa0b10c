using Overmind.Access;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Access;

/// <summary>A table's policies, and what a member sees through them; for admins.</summary>
public sealed class AccessViewModel(AccessViewService access, Claims claims)
{
    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<string> Tables { get; private set; } = [];

    public IReadOnlyList<AccessMember> Members { get; private set; } = [];

    public IReadOnlyList<TablePolicy> Policies { get; private set; } = [];

    /// <summary>Null until a member is chosen.</summary>
    public AccessView? View { get; private set; }

    public async Task LoadAsync(string? table, Guid? user, CancellationToken cancellationToken)
    {
        try
        {
            Tables = await access.TablesAsync(claims, cancellationToken);
            Members = await access.MembersAsync(claims, cancellationToken);
            Policies = table is null ? [] : await access.PoliciesAsync(claims, table, cancellationToken);
            View = table is null || user is not { } chosen ? null : await access.ViewAsync(claims, chosen, table, cancellationToken);
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }
}
