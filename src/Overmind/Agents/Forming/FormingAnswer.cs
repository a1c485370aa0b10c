using System.Text.Json;
using Overmind.Memory;
using Overmind.Memory.Forming;

namespace Overmind.Agents.Forming;

/// <summary>Reads strictly what a model answered. Null: it cannot be used, and the reason in words to send back.</summary>
static class FormingAnswer
{
    const int MostFacts = 50;
    const int LongestContent = 2000;

    public static (IReadOnlyList<FormedMemory>? Read, string Reason) Facts(string answer, IReadOnlyList<SaidMessage> said)
    {
        var (elements, reason) = Elements(answer, "memories");
        if (elements is null)
            return (null, reason);
        if (elements.Count > MostFacts)
            return (null, $"\"memories\" has {elements.Count} elements. Name the {MostFacts} that matter most.");
        var facts = new List<FormedMemory>();
        foreach (var (i, element) in elements.Index())
        {
            var message = Number(element, "message");
            var type = Text(element, "type") is { } word ? LowerSnake.Read<MemoryType>(word) : null;
            var content = Text(element, "content")?.Trim();
            if (message is null || message < 1 || message > said.Count)
                return (null, $"\"memories[{i}].message\" is the number of a section, 1 to {said.Count}.");
            if (type is not (MemoryType.Semantic or MemoryType.Episodic or MemoryType.Procedural))
                return (null, $"\"memories[{i}].type\" is semantic, episodic or procedural.");
            if (content is not { Length: > 0 and <= LongestContent })
                return (null, $"\"memories[{i}].content\" is a sentence of at most {LongestContent} characters.");
            if (!element.TryGetProperty("importance", out var importance) || importance.ValueKind is not JsonValueKind.Number || importance.GetDouble() is not (>= 0 and <= 1))
                return (null, $"\"memories[{i}].importance\" is a number from 0 to 1.");
            var source = said[(int)message - 1];
            facts.Add(new FormedMemory
            {
                Action = FormingAction.Add,
                UserId = source.UserId,
                MessageId = source.Id,
                Type = type.Value,
                Content = StoredText.Clean(content),
                Importance = importance.GetDouble(),
                At = source.CreatedAt,
            });
        }

        return (facts, reason);
    }

    public static (IReadOnlyList<FormedMemory>? Read, string Reason) Decisions(
        string answer, IReadOnlyList<FormedMemory> found, IReadOnlyList<KnownMemory> known)
    {
        var (elements, reason) = Elements(answer, "decisions");
        if (elements is null)
            return (null, reason);
        var decided = new FormedMemory?[found.Count];
        foreach (var (i, element) in elements.Index())
        {
            var candidate = Number(element, "candidate");
            var action = Text(element, "action") is { } word ? LowerSnake.Read<FormingAction>(word) : null;
            var memory = Number(element, "memory");
            if (candidate is null || candidate < 1 || candidate > found.Count || decided[(int)candidate - 1] is not null)
                return (null, $"\"decisions[{i}].candidate\" is the number of a candidate, 1 to {found.Count}, each once.");
            if (action is null)
                return (null, $"\"decisions[{i}].action\" is add, none, update or supersede.");
            if (action is not FormingAction.Add && (memory is null || memory < 1 || memory > known.Count))
                return (null, $"\"decisions[{i}].memory\" is the number of a memory, 1 to {known.Count}.");
            var content = Text(element, "content")?.Trim();
            if (action is FormingAction.Update && content is not { Length: > 0 and <= LongestContent })
                return (null, $"\"decisions[{i}].content\" is a sentence that says both.");
            var given = found[(int)candidate - 1];
            decided[(int)candidate - 1] = given with
            {
                Action = action.Value,
                Target = action is FormingAction.Add ? null : known[(int)memory! - 1].Id,
                Content = action is FormingAction.Update ? StoredText.Clean(content!) : given.Content,
            };
        }

        var missing = Array.IndexOf(decided, null);
        return missing < 0 ? ([.. decided.OfType<FormedMemory>()], "") : (null, $"\"decisions\" says nothing of candidate {missing + 1}.");
    }

    static (List<JsonElement>? Elements, string Reason) Elements(string answer, string name)
    {
        if (JsonAnswer.Parse(answer, out var reason) is not { } json)
            return (null, reason!);
        return json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var array) && array.ValueKind is JsonValueKind.Array
            && array.EnumerateArray().All(e => e.ValueKind is JsonValueKind.Object)
            ? ([.. array.EnumerateArray()], "")
            : (null, $"It has no member \"{name}\" that is an array of objects.");
    }

    static string? Text(JsonElement element, string name)
    {
        try
        {
            return element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is legal JSON and no text.
            return null;
        }
    }

    static long? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
