using Microsoft.Extensions.AI;

namespace Overmind.Models.Offline;

/// <summary>What a call asks, read from the sections of its messages; a chat without them is a plain question.</summary>
sealed record OfflinePrompt
{
    const int MostWanted = 24;

    // What stands in place of something that is no text.
    static readonly string[] Notes = ["It is given with this message.", "Its content cannot be given here."];

    /// <summary><c>agent</c>, <c>observe</c>, <c>distil</c>, <c>assemble</c>, <c>inspect</c>, <c>summarize</c>, or <c>chat</c>.</summary>
    public required string Phase { get; init; }

    public required string Role { get; init; }

    public required string OutputFormat { get; init; }

    public required string Question { get; init; }

    /// <summary>What was said before, and by whom (<c>user</c>, <c>assistant</c>), oldest first.</summary>
    public required IReadOnlyList<(string By, string Text)> History { get; init; }

    /// <summary>A summary of what was said before the history.</summary>
    public string? Earlier { get; init; }

    /// <summary>What is known from other conversations, and its number.</summary>
    public IReadOnlyList<(string By, string Text)> Memories { get; init; } = [];

    /// <summary>What came with the question: its name and what it is.</summary>
    public IReadOnlyList<string> Attached { get; init; } = [];

    public string? Directive { get; init; }

    /// <summary>The agents' answers of the iteration before.</summary>
    public required IReadOnlyList<(string By, string Text)> PreviousAnswers { get; init; }

    /// <summary>The agents' answers of this iteration.</summary>
    public required IReadOnlyList<(string By, string Text)> Answers { get; init; }

    public string? Insights { get; init; }

    public string? PreviousDraft { get; init; }

    public string Draft { get; init; } = "";

    public bool DraftIsCutOff { get; init; }

    /// <summary>The last answer was sent back.</summary>
    public bool IsSentBack { get; init; }

    public Topic Topic() => Offline.Topic.Of(Question, History, Wanted());

    /// <summary>What the directive names: its quotes; of one that quotes nothing, its phrases of several words.</summary>
    public List<string> Wanted()
    {
        if (Directive is null) return [];
        var quoted = Quotes.In(Directive);
        return [.. (quoted.Count > 0 ? quoted : Phrases.Of(Directive, _ => 1).Where(p => p.Keys.Count > 1).Select(p => p.Text)).Take(MostWanted)];
    }

    public static OfflinePrompt Read(IEnumerable<ChatMessage> messages)
    {
        var all = messages.ToList();
        var system = string.Join("\n", all.Where(m => m.Role == ChatRole.System).Select(m => m.Text));
        var user = all.FirstOrDefault(m => m.Role == ChatRole.User)?.Text ?? "";
        var phase = PromptSectionReader.Section(system, "phase");
        if (phase is null || PromptSectionReader.Section(user, "question") is not { } question) return Chat(all);
        return new OfflinePrompt
        {
            Phase = phase,
            Role = PromptSectionReader.Section(system, "role") ?? "",
            OutputFormat = PromptSectionReader.Section(system, "output_format") ?? "markdown",
            Question = question,
            History = [.. PromptSectionReader.Sections(user, "history", "message"), .. PromptSectionReader.Sections(user, "attachment").Where(a => !Notes.Contains(a.Text))],
            Attached = [.. PromptSectionReader.Sections(user, "attachment").Select(a => a.By)],
            Earlier = PromptSectionReader.Section(user, "earlier_messages"),
            Memories = [.. PromptSectionReader.Sections(user, "memories", "memory")],
            Directive = PromptSectionReader.Section(user, "directive"),
            PreviousAnswers = [.. PromptSectionReader.Sections(user, "previous_answers", "answer")],
            Answers = [.. PromptSectionReader.Sections(user, phase is "agent" ? "answers_so_far" : "answers", "answer")],
            Insights = PromptSectionReader.Section(user, "insights"),
            PreviousDraft = PromptSectionReader.Section(user, "previous_draft"),
            Draft = PromptSectionReader.Section(user, "draft") ?? "",
            IsSentBack = all.FindLast(m => m.Role == ChatRole.User) is { } last && PromptSectionReader.Section(last.Text, "sent_back") is not null,
            DraftIsCutOff = PromptSectionReader.Section(user, "draft_remark") is not null,
        };
    }

    static OfflinePrompt Chat(List<ChatMessage> messages)
    {
        var spoken = messages.Where(m => m.Role != ChatRole.System).ToList();
        var last = spoken.FindLastIndex(m => m.Role == ChatRole.User);
        return new OfflinePrompt
        {
            Phase = "chat",
            Role = "",
            OutputFormat = "markdown",
            Question = last < 0 ? "" : spoken[last].Text,
            History = [.. spoken.Take(Math.Max(last, 0)).Select(m => (m.Role.Value, m.Text))],
            Attached = last < 0 ? [] : [.. spoken[last].Contents.OfType<DataContent>().Select(d => d.Name is { } name ? $"{name}, {d.MediaType}" : d.MediaType)],
            PreviousAnswers = [],
            Answers = [],
        };
    }
}
