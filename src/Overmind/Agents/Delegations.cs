using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Agents;

/// <summary>How an agent says that it hands a sub-question on: <c>{"delegate": {"to": "key", "question": "…"}}</c> instead of its answer.</summary>
static class Delegations
{
    const string Member = "delegate";

    /// <summary>Whether the agent is told that it may.</summary>
    public static bool MayDelegate(RunSnapshot run, AgentSnapshot agent) => agent.AllowDelegation && run.Agents.Count > 1;

    /// <summary>True for an answer that is meant as a delegation, well-formed or not.</summary>
    public static bool IsMeant(string text) => Read(text) is not null;

    /// <summary>What is handed on; null, with the reason in words to send back, when it cannot be.</summary>
    public static Delegation? Parse(RunSnapshot run, AgentSnapshot agent, RecordedStep step, string text, out string? reason)
    {
        var (to, question) = (Text(Read(text), "to"), Text(Read(text), "question"));
        var others = string.Join(", ", run.Agents.Where(a => a.Key != agent.Key).Select(a => a.Key));
        reason = step.Delegation is not null ? "You have handed on your one sub-question already. Answer yourself."
            : to is null || question is null ? "Its member \"delegate\" is an object with the strings \"to\" and \"question\"."
            : to == agent.Key ? $"You cannot hand a question to yourself; the others are {others}."
            : !run.Agents.Any(a => a.Key == to) ? $"There is no expert \"{to}\"; the others are {others}."
            : null;
        return reason is null ? new Delegation(to!, question!) : null;
    }

    /// <summary>As the model is to write it.</summary>
    public static string Write(Delegation delegation) => new JsonObject
    {
        [Member] = new JsonObject { ["to"] = delegation.To, ["question"] = delegation.Question },
    }.ToJsonString(RunJson.Options);

    /// <summary>The delegate member of an object that has no other.</summary>
    static JsonElement? Read(string text) =>
        JsonAnswer.Parse(text, out _) is { ValueKind: JsonValueKind.Object } json && json.EnumerateObject().Count() == 1 && json.TryGetProperty(Member, out var value)
            ? value
            : null;

    static string? Text(JsonElement? json, string member)
    {
        if (json is not { ValueKind: JsonValueKind.Object } || !json.Value.TryGetProperty(member, out var element) || element.ValueKind is not JsonValueKind.String)
            return null;
        try
        {
            return string.IsNullOrWhiteSpace(element.GetString()) ? null : StoredText.Clean(element.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is legal JSON and no text.
            return null;
        }
    }
}
