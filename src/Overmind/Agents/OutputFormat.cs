using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>The shape an agent answers in. In SQL and JSON: <c>sim_4_lines</c>, <c>json</c>, <c>markdown</c>.</summary>
public enum OutputFormat
{
    /// <summary>Exactly four numbered lines, <c>1.</c> to <c>4.</c>, and nothing else.</summary>
    [JsonStringEnumMemberName("sim_4_lines")]
    Sim4Lines,

    /// <summary>One JSON object or array and nothing else.</summary>
    Json,

    /// <summary>Any non-empty Markdown.</summary>
    Markdown,
}
