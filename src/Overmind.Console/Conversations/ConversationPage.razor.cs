using Microsoft.AspNetCore.Components;
using Overmind.Agents;
using Overmind.WebConsole.Agents;
using Overmind.WebConsole.Layout;
using Overmind.Conversations;

namespace Overmind.WebConsole.Conversations;

/// <summary>One conversation and the run beside it. What is shown is in the address: run, step, iteration and view.</summary>
public sealed partial class ConversationPage
{
    ConversationViewModel? view;
    Guid? loaded;
    string? renaming;
    bool isDeleting;
    string? deleteError;

    /// <summary>Null for a new conversation.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>The run to show; null: the latest.</summary>
    [SupplyParameterFromQuery]
    public Guid? Run { get; set; }

    /// <summary>The key of the step to read whole.</summary>
    [SupplyParameterFromQuery]
    public string? Step { get; set; }

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
    }

    public void Dispose() => view?.Dispose();

    async Task LoadAsync()
    {
        view?.Dispose();
        view = new ConversationViewModel(Conversations, Runs, await Member.ClaimsAsync(), Time, DispatchAsync);
        await view.LoadAsync(Id);
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
        if (!await view!.AskAsync(question))
        {
            StateHasChanged();
            return false;
        }

        // The new run is the latest: an address that names an earlier one would go on showing that.
        Address.NavigateTo($"conversations/{view.Id}", replace: Id is null);
        await Recent.RefreshAsync();
        return true;
    }

    Task StopAsync() => view!.StopAsync();

    Task RetryAsync() => view!.RetryAsync();

    Task ApproveAsync(int iteration) => view!.ApproveAsync(iteration);

    Task RejectAsync(int iteration) => view!.RejectAsync(iteration);

    async Task RenameAsync(string title)
    {
        await view!.RenameAsync(title);
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
