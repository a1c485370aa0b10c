using Overmind.Agents;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Agents.Comparison;

/// <summary>Two runs side by side, or the runs one can be compared with.</summary>
public sealed class RunComparisonViewModel(RunService runs, OverviewStore overviews, Claims claims)
{
    const int PageSize = 50;

    public LoadState State { get; private set; } = LoadState.Loading;

    /// <summary>Null while one of the two is not chosen.</summary>
    public RunComparison? Comparison { get; private set; }

    /// <summary>The left answer's lines beside the right one's.</summary>
    public IReadOnlyList<DiffRow> Answer { get; private set; } = [];

    /// <summary>Runs to choose from, newest first, those of the other's conversation before all others; empty once both are chosen.</summary>
    public IReadOnlyList<RunOverview> Choices { get; private set; } = [];

    public async Task LoadAsync(Guid? left, Guid? right, CancellationToken cancellationToken)
    {
        try
        {
            (Comparison, Answer, Choices) = (null, [], []);
            if (left is { } l && right is { } r)
            {
                Comparison = await runs.CompareAsync(claims, l, r, cancellationToken);
                Answer = DiffRow.Of(Comparison.AnswerDiff);
            }
            else
            {
                Choices = await ChoicesAsync(left ?? right, cancellationToken);
            }

            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    async Task<IReadOnlyList<RunOverview>> ChoicesAsync(Guid? chosen, CancellationToken cancellationToken)
    {
        var conversation = chosen is { } id ? (await runs.GetAsync(claims, id, cancellationToken)).ConversationId : (Guid?)null;
        var page = await overviews.RunsAsync(claims, null, PageSize, cancellationToken);
        return [.. page.Items.Where(r => r.Id != chosen).OrderByDescending(r => r.ConversationId == conversation)];
    }
}
