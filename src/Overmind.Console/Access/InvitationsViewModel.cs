using Overmind.Access.Invitations;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Access;

/// <summary>The organization's invitations, newest first; for who manages its members.</summary>
public sealed class InvitationsViewModel(InvitationService invitations, Claims claims)
{
    /// <summary>Whether the role admin may be offered.</summary>
    public bool MayInviteAdmins => claims.May(Permission.MembersGrant);

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<Invitation> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are older ones.</summary>
    public Guid? Older { get; private set; }

    /// <summary>What came of the last act.</summary>
    public string? Notice { get; private set; }

    /// <summary>Why the last act was refused.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Reads the page after an invitation; null: the first.</summary>
    public async Task LoadAsync(Guid? last, CancellationToken cancellationToken)
    {
        try
        {
            var page = await invitations.ListAsync(claims, null, new PageRequest { After = last, Limit = 50 }, cancellationToken);
            (Items, Older, State) = (page.Items, page.HasMore ? page.Items[^1].Id : null, LoadState.Ready);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Invites; what it throws is shown by the form.</summary>
    public async Task InviteAsync(NewInvitation invitation, CancellationToken cancellationToken)
    {
        var made = await invitations.CreateAsync(claims, invitation, cancellationToken);
        Items = [made, .. Items];
        (Notice, Refusal) = ($"A mail to {made.Email} is on its way.", null);
    }

    public Task ResendAsync(Guid id, CancellationToken cancellationToken) =>
        DoAsync(() => invitations.ResendAsync(claims, id, cancellationToken), invitation => $"A new link to {invitation.Email} is on its way.");

    public Task CancelAsync(Guid id, CancellationToken cancellationToken) =>
        DoAsync(() => invitations.CancelAsync(claims, id, cancellationToken), invitation => $"The invitation of {invitation.Email} is cancelled.");

    async Task DoAsync(Func<Task<Invitation>> act, Func<Invitation, string> told)
    {
        try
        {
            var changed = await act();
            Items = [.. Items.Select(item => item.Id == changed.Id ? changed : item)];
            (Notice, Refusal) = (told(changed), null);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            (Notice, Refusal) = (null, Loading.Sentence(failure, "That did not work. Try again."));
        }
    }
}
