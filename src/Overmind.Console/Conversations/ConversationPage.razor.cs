using Microsoft.AspNetCore.Components;
using Overmind.Agents;
using Overmind.WebConsole.Agents;
using Overmind.WebConsole.Layout;
using Overmind.Conversations;
using Overmind.Errors;

namespace Overmind.WebConsole.Conversations;

/// <summary>One conversation and the run beside it. What is shown is in the address: run, step, iteration and view.</summary>
public sealed partial class ConversationPage
{
    ConversationViewModel? view;
    Guid? loaded;
    FiledConversation? filing;
    IReadOnlyList<ConversationGroup> folders = [];
    bool isDeleting;
    string? deleteError;
    Message? versioned;
    Guid? sharing;
    MessageCommands? commands;
    ComposerFiles? files;
    DateTimeOffset filesShown;

    /// <summary>Null for a new conversation.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>The run to show; null: the latest.</summary>
    [SupplyParameterFromQuery]
    public Guid? Run { get; set; }

    /// <summary>The key of the step to read whole.</summary>
    [SupplyParameterFromQuery]
    public string? Step { get; set; }

    /// <summary>The answer of which is shown what models were given for it.</summary>
    [SupplyParameterFromQuery]
    public Guid? Context { get; set; }

    /// <summary>The iteration a narrow page shows.</summary>
    [SupplyParameterFromQuery]
    public int? Iteration { get; set; }

    /// <summary><c>run</c>: a narrow page shows the run instead of the messages.</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? Part { get; set; }

    bool IsRunView => Part == "run";

    string Title => view?.Conversation?.Title ?? "New conversation";

    IterationViewModel? ShownIteration =>
        view?.Shown is { } run && run.Step(Step) is { } step ? run.Iterations.FirstOrDefault(i => i.Number == step.Iteration) : null;

    protected override async Task OnParametersSetAsync()
    {
        // A conversation that was begun on this page is loaded already.
        if (view is null || (Id != loaded && Id != view.Id)) await LoadAsync();
        loaded = Id;
        if (view!.State is LoadState.Ready) await view.ShowAsync(Run);
        await view.ShowContextAsync(Context);
    }

    public void Dispose() => view?.Dispose();

    async Task LoadAsync()
    {
        view?.Dispose();
        view = new ConversationViewModel(Conversations, Branches, Versions, Windows, Contexts, Runs, await Member.ClaimsAsync(), Time, DispatchAsync);
        files ??= new ComposerFiles(Attachments, await Member.ClaimsAsync(), FilesChanged);
        commands = new MessageCommands(
            message => AnswerAsync(view.AnswerAgainAsync(message)),
            (message, question) => AnswerAsync(view.AskInsteadAsync(message, question)),
            view.RewordAsync,
            view.GoOnFromAsync,
            ForkAsync,
            view.PinAsync,
            view.DeleteAsync,
            message =>
            {
                versioned = message;
                StateHasChanged();
            },
            MemoriesAsync,
            view.ShowBranchAsync);
        await view.LoadAsync(Id);
    }

    async Task<(IReadOnlyList<RunMemory>? Given, string? Error)> MemoriesAsync(Message answer)
    {
        try
        {
            var context = await Contexts.GetAsync(await Member.ClaimsAsync(), answer.ConversationId, answer.Id, CancellationToken.None);
            return ([.. context.Segments.SelectMany(s => s.Messages).Select(m => m.Memory).OfType<RunMemory>()], null);
        }
        catch (OvermindException refused)
        {
            return (null, refused.Message);
        }
    }

    /// <summary>The new run is the latest: an address that names an earlier one would go on showing that.</summary>
    async Task<string?> AnswerAsync(Task<string?> asked)
    {
        var refusal = await asked;
        if (refusal is null) Address.NavigateTo($"conversations/{view!.Id}", replace: true);
        return refusal;
    }

    async Task<string?> ForkAsync(Message message)
    {
        var (fork, refusal) = await view!.ForkAsync(message);
        if (fork is { } id)
        {
            await Recent.RefreshAsync();
            Address.NavigateTo($"conversations/{id}");
        }

        return refusal;
    }

    async Task ReloadAsync()
    {
        await LoadAsync();
        if (view!.State is LoadState.Ready) await view.ShowAsync(Run);
    }

    Task DispatchAsync(Action change) => InvokeAsync(() =>
    {
        var wasActive = view?.Active is not null;
        change();
        StateHasChanged();
        return wasActive && view?.Active is null ? Recent.RefreshAsync() : Task.CompletedTask;
    });

    async Task<bool> AskAsync(string question)
    {
        if (!await view!.AskAsync(question, files!.Ids))
        {
            StateHasChanged();
            return false;
        }

        files.Clear();

        // The new run is the latest: an address that names an earlier one would go on showing that.
        Address.NavigateTo($"conversations/{view.Id}", replace: Id is null);
        await Recent.RefreshAsync();
        return true;
    }

    // However fast a file comes, the page is drawn ten times a second at most.
    void FilesChanged()
    {
        var now = Time.GetUtcNow();
        if (files is { IsBusy: true } && now - filesShown < TimeSpan.FromMilliseconds(100)) return;
        filesShown = now;
        _ = InvokeAsync(StateHasChanged);
    }

    Task StopAsync() => view!.StopAsync();

    Task RetryAsync() => view!.RetryAsync();

    Task ApproveAsync(int iteration) => view!.ApproveAsync(iteration);

    Task RejectAsync(int iteration) => view!.RejectAsync(iteration);

    async Task FileAsync()
    {
        var conversation = view!.Conversation!;
        folders = await Groups.FoldersAsync(await Member.ClaimsAsync(), CancellationToken.None);
        filing = FiledConversation.Of(conversation.Id, conversation.Title, conversation.Folder, conversation.Tags);
    }

    async Task SaveAsync(FiledConversation filed)
    {
        await view!.UpdateAsync(filed.Patch);
        await Recent.RefreshAsync();
    }

    async Task ArchiveAsync()
    {
        await view!.ArchiveAsync();
        await Recent.RefreshAsync();
    }

    async Task DeleteAsync()
    {
        try
        {
            await view!.DeleteAsync();
        }
        catch (Exception failure)
        {
            deleteError = Loading.Sentence(failure, "The conversation could not be deleted. Try again.");
            return;
        }

        isDeleting = false;
        await Recent.RefreshAsync();
        Address.NavigateTo("conversations");
    }

    void CloseStep() => Address.NavigateTo(With("step", null));

    void CloseContext() => Address.NavigateTo(With("context", null));

    string ContextLink(Guid message) => Address.GetUriWithQueryParameter("context", message);

    string RunLink(Guid run) => Address.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["run"] = run,
        ["view"] = "run",
        ["step"] = null,
        ["iteration"] = null,
    });

    string StepLink(string key) => With("step", key);

    string IterationLink(int iteration) => Address.GetUriWithQueryParameter("iteration", iteration);

    string With(string name, string? value) => Address.GetUriWithQueryParameter(name, value);

    string? Neighbour(int by)
    {
        if (view?.Shown is not { } run || run.Step(Step) is not { } step) return null;
        var key = $"{step.Iteration + by}{step.Key[step.Key.IndexOf('/', StringComparison.Ordinal)..]}";
        return run.Step(key) is null ? null : StepLink(key);
    }
}
