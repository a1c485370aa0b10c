using Overmind.Conversations;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Conversations;

/// <summary>A page of the sessions of a conversation, the latest first.</summary>
public sealed class ConversationSessionsViewModel(ConversationService conversations, ConversationSessionService sessions, Claims claims, Guid id)
{
    const int PageSize = 30;

    Guid? after;

    public LoadState State { get; private set; } = LoadState.Loading;

    public Conversation? Conversation { get; private set; }

    public IReadOnlyList<ConversationSession> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are earlier ones.</summary>
    public Guid? Earlier { get; private set; }

    /// <summary>Why a session could not be changed.</summary>
    public string? Refusal { get; private set; }

    public bool MayWrite => claims.May(Permission.ContentWrite);

    /// <param name="last">The last session of the page before; null: the first page.</param>
    public async Task LoadAsync(Guid? last, CancellationToken cancellationToken)
    {
        after = last;
        try
        {
            Conversation = await conversations.GetAsync(claims, id, cancellationToken);
            var page = await sessions.ListAsync(claims, id, null, new PageRequest { Limit = PageSize, After = last }, cancellationToken);
            Items = page.Items;
            Earlier = page.HasMore ? page.Items[^1].Id : null;
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Pauses a session, takes it up again or completes it, if it is still as it is shown.</summary>
    public async Task ChangeAsync(ConversationSession session, ConversationSessionStatus status, CancellationToken cancellationToken)
    {
        try
        {
            Refusal = null;
            await sessions.UpdateAsync(claims, id, session.Id, new ConversationSessionPatch { Status = status }, session.UpdatedAt, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "The session could not be changed. Try again.");
        }

        await LoadAsync(after, cancellationToken);
    }
}
