using Overmind.Conversations.Moderation;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Conversations;

/// <summary>A page of the messages that are to be reviewed, newest first.</summary>
public sealed class ModerationViewModel(ModerationService moderation, Claims claims)
{
    const int PageSize = 30;

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<ModeratedMessage> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are older ones.</summary>
    public Guid? Older { get; private set; }

    /// <summary>Why the last act was refused.</summary>
    public string? Refusal { get; private set; }

    public async Task LoadAsync(ModerationStatus? status, Guid? last, CancellationToken cancellationToken)
    {
        try
        {
            var page = await moderation.ListAsync(claims, status, new PageRequest { Limit = PageSize, After = last }, cancellationToken);
            Items = page.Items;
            Older = page.HasMore ? page.Items[^1].Id : null;
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    public Task ApproveAsync(ModeratedMessage message, CancellationToken cancellationToken) => DecideAsync(moderation.ApproveAsync, message, cancellationToken);

    public Task BlockAsync(ModeratedMessage message, CancellationToken cancellationToken) => DecideAsync(moderation.BlockAsync, message, cancellationToken);

    /// <summary>What was decided stays where it stood, with its new state, so that the list does not jump.</summary>
    async Task DecideAsync(
        Func<Claims, Guid, string?, CancellationToken, Task<ModeratedMessage>> decide, ModeratedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            Refusal = null;
            var decided = await decide(claims, message.Id, null, cancellationToken);
            Items = [.. Items.Select(item => item.Id == decided.Id ? decided : item)];
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "That did not work. Try again.");
        }
    }
}
