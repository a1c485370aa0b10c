using System.Text.Json;
using Overmind.Errors;
using Overmind.Models;

namespace Overmind.Conversations.Templates;

/// <summary>With what a context template is rendered.</summary>
public sealed record TemplateRendering
{
    /// <summary>Default: the current one.</summary>
    public int? Version { get; init; }

    /// <summary>A value for each variable that is required, and for others: a string, a number or a boolean. Null counts as not given.</summary>
    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The model whose tokens are counted. Default: as o200k counts.</summary>
    public ModelReference? Model { get; init; }

    /// <summary>The most tokens of all segments, from 1: segments of the lowest priority are left out until the others fit. Default: no limit.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Where the values stand in the request.</summary>
    internal string Param { get; init; } = "variables";

    internal void Check()
    {
        var checks = new Checks();
        checks.Require(Version is null or > 0, "version", $"version is 1 or more, not {Version}.");
        checks.Require(MaxTokens is null or > 0, "max_tokens", $"max_tokens is 1 or more, not {MaxTokens}.");
        checks.ThrowIfAny();
    }
}
