using System.Globalization;

namespace Overmind.Agents;

/// <summary>How a workflow is named to a run: <c>key</c> for its active version, <c>key@version</c> for that one, draft or not.</summary>
/// <param name="Version">Null for the active one.</param>
public sealed record WorkflowName(string Key, int? Version)
{
    /// <summary>Null when the text is none.</summary>
    public static WorkflowName? Parse(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return new WorkflowName(text, null);
        return int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0
            ? new WorkflowName(text[..at], version)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Version is { } version ? $"{Key}@{version}" : Key;
}
