using System.Text.Json;
using Overmind.Client;

namespace Overmind.Cli.Ask;

/// <summary>
/// Asks the turns of one question in one conversation. May be called again for the same question after any failure, also by another process:
/// the conversation stands in the journal before its first turn is asked, and the turns that were asked are its runs.
/// </summary>
sealed class QuestionAsker(OvermindClient api, AskOptions options, AskJournal journal)
{
    const int LongestMetadata = 512;

    /// <param name="turnDone">Called with the number of turns that are done so far.</param>
    public async Task<QuestionResult> AskAsync(Question question, Action<int> turnDone, CancellationToken cancellationToken)
    {
        var (conversation, asked) = await TakeUpAsync(question, cancellationToken);
        var turns = new List<TurnResult>();
        foreach (var turn in question.Turns)
        {
            var run = turns.Count < asked.Count
                ? asked[turns.Count]
                : await api.Runs.CreateAsync(conversation, options.Run(turn), $"{journal.Batch}-{question.Key}-{turns.Count}", cancellationToken);
            turns.Add(Result(turn, run.IsEnded ? run : await EndOfAsync(run, cancellationToken)));
            turnDone(turns.Count);
        }
        return new QuestionResult(question.Id, conversation, turns);
    }

    async Task<(Guid Conversation, IReadOnlyList<Run> Asked)> TakeUpAsync(Question question, CancellationToken cancellationToken)
    {
        var idempotencyKey = $"{journal.Batch}-{question.Key}";
        if (journal.Conversation(question.Key) is { } known)
        {
            if (await IsThereAsync(known, cancellationToken))
                return (known, await RunsOfAsync(known, cancellationToken));
            // It was deleted: with the old key the server would answer with it again.
            idempotencyKey = Guid.CreateVersion7().ToString();
        }
        var made = await api.Conversations.CreateAsync(new NewConversation { Metadata = Metadata(question) }, idempotencyKey, cancellationToken);
        journal.Write(question.Key, made.Id);
        return (made.Id, []);
    }

    async Task<bool> IsThereAsync(Guid conversation, CancellationToken cancellationToken)
    {
        try
        {
            await api.Conversations.GetAsync(conversation, cancellationToken);
            return true;
        }
        catch (OvermindApiException gone) when (gone.Code == "conversation_not_found")
        {
            return false;
        }
    }

    async Task<IReadOnlyList<Run>> RunsOfAsync(Guid conversation, CancellationToken cancellationToken)
    {
        var runs = new List<Run>();
        while (true)
        {
            var page = await api.Runs.ListAsync(
                new Client.PageRequest { Limit = 100, Order = "asc", After = runs.LastOrDefault()?.Id }, conversation, cancellationToken: cancellationToken);
            runs.AddRange(page.Items);
            if (!page.HasMore)
                return runs;
        }
    }

    async Task<Run> EndOfAsync(Run run, CancellationToken cancellationToken)
    {
        Run? ended = null;
        await foreach (var happened in api.Runs.StreamAsync(run.Id, cancellationToken: cancellationToken))
            if (happened.IsTerminal)
                ended = happened.Run;
        return ended ?? await api.Runs.GetAsync(run.Id, cancellationToken);
    }

    static Dictionary<string, string> Metadata(Question question)
    {
        var id = question.Id.GetValueKind() == JsonValueKind.String ? question.Id.GetValue<string>() : question.Id.ToJsonString();
        return new() { ["question_id"] = id.Length <= LongestMetadata ? id : question.Key };
    }

    static TurnResult Result(string turn, Run run) => new()
    {
        Question = turn,
        RunId = run.Id,
        Status = run.Status,
        TerminationReason = run.TerminationReason,
        Score = run.BestScore,
        Iterations = run.N2Iterations,
        TokensInput = run.TokensInput,
        TokensOutput = run.TokensOutput,
        CostUsd = run.CostUsd,
        LatencyMs = run.LatencyMs,
        IsOffline = run.IsOffline,
        Answer = run.Answer,
        Error = run.Error?.Message,
    };
}
