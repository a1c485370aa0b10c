namespace Overmind.Cli.Ask;

/// <summary>What a file of questions came to; in JSON in snake_case.</summary>
sealed record AskSummary
{
    /// <summary>Questions in the file, malformed lines not counted.</summary>
    public required int Questions { get; init; }

    /// <summary>Of them, those all of whose turns were asked.</summary>
    public required int Answered { get; init; }

    public required int Runs { get; init; }

    public required int Succeeded { get; init; }

    public required int Failed { get; init; }

    /// <summary>How many runs took how many iterations.</summary>
    public required IReadOnlyDictionary<int, int> Iterations { get; init; }

    /// <summary>How many runs ended for which reason.</summary>
    public required IReadOnlyDictionary<string, int> TerminationReasons { get; init; }

    /// <summary>Of the scored runs; null when none is.</summary>
    public double? MeanScore { get; init; }

    public required long TokensInput { get; init; }

    public required long TokensOutput { get; init; }

    /// <summary>In US dollars; null when the price of any run is unknown.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Seconds that this run of the program took.</summary>
    public required double Seconds { get; init; }

    /// <summary>True when any answer is the offline model's.</summary>
    public required bool IsOffline { get; init; }

    public static AskSummary Of(QuestionFile file, ResultFile results, TimeSpan took)
    {
        var answered = file.Questions.Select(results.Of).OfType<QuestionResult>().ToList();
        var turns = answered.SelectMany(result => result.Turns).ToList();
        var scores = turns.Select(turn => turn.Score).OfType<double>().ToList();
        return new AskSummary
        {
            Questions = file.Questions.Count,
            Answered = answered.Count,
            Runs = turns.Count,
            Succeeded = turns.Count(turn => turn.Status == "succeeded"),
            Failed = turns.Count(turn => turn.Status != "succeeded"),
            Iterations = turns.CountBy(turn => turn.Iterations).OrderBy(count => count.Key).ToDictionary(),
            TerminationReasons = turns.CountBy(turn => turn.TerminationReason ?? turn.Status).OrderByDescending(count => count.Value).ToDictionary(),
            MeanScore = scores.Count == 0 ? null : scores.Average(),
            TokensInput = turns.Sum(turn => turn.TokensInput),
            TokensOutput = turns.Sum(turn => turn.TokensOutput),
            CostUsd = turns.Any(turn => turn.CostUsd is null) ? null : turns.Sum(turn => turn.CostUsd),
            Seconds = took.TotalSeconds,
            IsOffline = turns.Any(turn => turn.IsOffline),
        };
    }
}
