using System.Text.Json.Nodes;
using Overmind.Models.Tokens;

namespace Overmind.Agents;

/// <summary>The segments of a run's context, made from its snapshot: when its answer is written without their texts, and again with them when it is opened.</summary>
static class ContextSegments
{
    public static IReadOnlyList<ContextSegment> Of(RunSnapshot run, Guid questionId)
    {
        List<ContextSegment> segments = [];
        var question = run.Question + string.Concat(run.Attachments.Select(a => $"\n\n[{a.Title}]{(a.Text is null ? "" : $"\n{a.Text}")}"));
        if (run.Summary is { } summary)
            segments.Add(new ContextSegment
            {
                Name = "summary",
                Tokens = summary.Tokens,
                IsCut = false,
                Messages = [new SentMessage { Role = "summary", Content = summary.Text }],
            });
        Add("system", run.History.Where(m => m.Role == "system"), false);
        Add("pinned", run.History.Where(m => m.Role != "system" && m.Pinned), false);
        Add("messages", run.History.Where(m => m.Role != "system" && !m.Pinned), run.HistoryIsCut);
        if (run.Memories.Count > 0)
            segments.Add(new ContextSegment
            {
                Name = "memories",
                Tokens = run.Memories.Sum(m => m.Tokens),
                IsCut = false,
                Messages = [.. run.Memories.Select(m => new SentMessage { Role = "memory", Content = m.Content, Memory = m })],
            });
        segments.Add(new ContextSegment
        {
            Name = "question",
            Tokens = Count(question),
            IsCut = false,
            Messages = [new SentMessage { Id = questionId, Role = "user", Content = question }],
        });
        return segments;

        void Add(string name, IEnumerable<HistoryMessage> messages, bool isCut)
        {
            var sent = messages.ToList();
            if (sent.Count > 0 || isCut)
                segments.Add(new ContextSegment
                {
                    Name = name,
                    Tokens = sent.Sum(m => m.Tokens ?? Count(m.Content)),
                    IsCut = isCut,
                    Messages = [.. sent.Select(m => new SentMessage { Id = m.Id, Role = m.Role, Content = m.Content })],
                });
        }

        int Count(string text) => TokenCount.OfMessage(run.SynthesisModel, text) ?? (int)TokenCount.Of(run.SynthesisModel, text);
    }

    /// <summary>As they are stored: the texts are in the run's snapshot already.</summary>
    public static string ToJson(IReadOnlyList<ContextSegment> segments) => new JsonObject
    {
        ["segments"] = new JsonArray(
        [
            .. segments.Select(s => (JsonNode)Stored(s)),
        ]),
    }.ToJsonString(RunJson.Options);

    static JsonObject Stored(ContextSegment segment)
    {
        var stored = new JsonObject
        {
            ["name"] = segment.Name,
            ["tokens"] = segment.Tokens,
            ["is_cut"] = segment.IsCut,
            ["message_ids"] = new JsonArray([.. segment.Messages.Where(m => m.Id is not null).Select(m => (JsonNode)m.Id!.Value)]),
        };
        if (segment.Messages.Any(m => m.Memory is not null))
            stored["memory_ids"] = new JsonArray([.. segment.Messages.Select(m => (JsonNode)m.Memory!.Id)]);
        return stored;
    }
}
