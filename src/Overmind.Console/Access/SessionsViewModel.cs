using Overmind.Access.Sessions;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Access;

/// <summary>Where the person of a page is signed in, newest first.</summary>
public sealed class SessionsViewModel(SessionService sessions, Claims claims, Guid? current)
{
    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<Session> Items { get; private set; } = [];

    /// <summary>Whether there are others than the one that asks.</summary>
    public bool HasOthers => Items.Any(session => !session.IsCurrent);

    /// <summary>Why the last act was refused.</summary>
    public string? Refusal { get; private set; }

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            Items = (await sessions.ListAsync(claims, current, new PageRequest { Limit = PageRequest.MaxLimit }, cancellationToken)).Items;
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    public Task RevokeAsync(Guid id, CancellationToken cancellationToken) => DoAsync(
        () => sessions.RevokeAsync(claims, id, isSignOut: false, cancellationToken), cancellationToken);

    public Task RevokeOthersAsync(CancellationToken cancellationToken) => DoAsync(
        () => sessions.RevokeAllAsync(claims, current, cancellationToken), cancellationToken);

    async Task DoAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            Refusal = null;
            await act();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "That did not work. Try again.");
        }
        await LoadAsync(cancellationToken);
    }
}
