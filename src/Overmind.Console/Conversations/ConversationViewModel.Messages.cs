using Overmind.Agents;
using Overmind.Conversations;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Conversations;

/// <summary>What is done with the messages of a conversation and with the branches it has. What is refused is told as a sentence; null: it was done.</summary>
public sealed partial class ConversationViewModel
{
    const int MostBranches = 100;

    /// <summary>The message that was deleted last, which can be brought back; null: none was.</summary>
    public Message? Deleted { get; private set; }

    /// <summary>What models were given for the answer that is looked into; null: for none.</summary>
    public ContextSnapshot? Context { get; private set; }

    public LoadState ContextState { get; private set; } = LoadState.Ready;

    /// <param name="answer">Null: no answer is looked into.</param>
    public async Task ShowContextAsync(Guid? answer)
    {
        if (answer == Context?.MessageId && ContextState is LoadState.Ready) return;
        (Context, ContextState) = (null, LoadState.Ready);
        if (answer is null || Id is not { } id) return;
        try
        {
            Context = await contexts.GetAsync(claims, id, answer.Value, closed.Token);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            ContextState = Loading.StateOf(failure);
        }
    }

    public Task<string?> AnswerAgainAsync(Message message) =>
        StartAsync(() => runs.RegenerateAsync(claims, Id!.Value, message.Id, null, closed.Token));

    public Task<string?> AskInsteadAsync(Message message, string question) =>
        StartAsync(() => runs.ResendAsync(claims, Id!.Value, message.Id, question, null, closed.Token));

    public Task<string?> RewordAsync(Message message, string content) => ChangeAsync(
        () => versions.EditAsync(claims, Id!.Value, message.Id, new MessagePatch { Content = content }, message.UpdatedAt, closed.Token),
        "The message could not be stored. Try again.");

    public Task<string?> GoOnFromAsync(Message message) => ChangeAsync(
        () => branches.ForkAsync(claims, Id!.Value, message.Id, closed.Token), "The branch could not be made. Try again.");

    /// <summary>A conversation that begins with what was said up to a message; or why there is none.</summary>
    public async Task<(Guid? Fork, string? Refusal)> ForkAsync(Message message)
    {
        try
        {
            return ((await conversations.ForkAsync(claims, Id!.Value, new NewFork { MessageId = message.Id }, closed.Token)).Id, null);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return (null, Loading.Sentence(failure, "The conversation could not be made. Try again."));
        }
    }

    public Task<string?> ShowBranchAsync(int number) => ChangeAsync(
        () => conversations.UpdateAsync(claims, Id!.Value, new ConversationPatch { ActiveBranch = number }, null, closed.Token),
        "The branch could not be shown. Try again.");

    public async Task<string?> DeleteAsync(Message message)
    {
        var refusal = await ChangeAsync(
            () => conversations.DeleteMessageAsync(claims, Id!.Value, message.Id, closed.Token), "The message could not be deleted. Try again.");
        if (refusal is null) await dispatch(() => Deleted = message);
        return refusal;
    }

    /// <summary>Brings back what was deleted last.</summary>
    public async Task UndeleteAsync()
    {
        if (Deleted is not { } message) return;
        Refusal = await ChangeAsync(
            () => conversations.RestoreMessageAsync(claims, Id!.Value, message.Id, closed.Token), "The message could not be brought back. Try again.");
        if (Refusal is null) Deleted = null;
    }

    /// <summary>What a message says and said, by number.</summary>
    public async Task<IReadOnlyList<MessageVersion>> VersionsAsync(Guid messageId) =>
        (await versions.ListAsync(claims, Id!.Value, messageId, new PageRequest { Limit = 100, Order = PageOrder.Desc }, closed.Token)).Items.OrderBy(v => v.VersionNumber).ToList();

    public async Task<IReadOnlyList<DiffLine>> DifferenceAsync(Guid messageId, int from, int to) =>
        (await versions.DiffAsync(claims, Id!.Value, messageId, from, to, closed.Token)).Lines;

    /// <summary>Writes an earlier version anew.</summary>
    public Task<string?> RestoreAsync(Guid messageId, int number) => ChangeAsync(
        () => versions.RestoreAsync(claims, Id!.Value, messageId, number, null, closed.Token), "The version could not be brought back. Try again.");

    /// <summary>Lets a message stay in the context window whatever leaves, or no longer.</summary>
    public Task<string?> PinAsync(Message message) => ChangeAsync(
        () => windows.PinAsync(claims, Id!.Value, message.Id, !message.Pinned, closed.Token), "The message could not be pinned. Try again.");

    /// <summary>Lets messages leave the context window.</summary>
    public async Task PruneAsync() =>
        Refusal = await ChangeAsync(() => windows.PruneAsync(claims, Id!.Value, null, closed.Token), "The window could not be pruned. Try again.");

    async Task<string?> ChangeAsync(Func<Task> change, string otherwise)
    {
        try
        {
            await change();
            choices = BranchChoices.None;
            await ReadAsync(Id!.Value);
            Arrange();
            await dispatch(() => { });
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return Loading.Sentence(failure, otherwise);
        }
    }

    async Task<IReadOnlyList<Branch>> AllBranchesAsync(Guid id) =>
        (await branches.ListAsync(claims, id, new PageRequest { Limit = MostBranches, Order = PageOrder.Desc }, closed.Token)).Items;
}
