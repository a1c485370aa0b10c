using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Conversations.Templates;

/// <summary>The context template with which a conversation begins.</summary>
public sealed record TemplateUse
{
    /// <summary>The template; or <see cref="Name"/>.</summary>
    public Guid? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>Default: the current one.</summary>
    public int? Version { get; init; }

    /// <summary>As in <see cref="TemplateRendering"/>.</summary>
    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = new Dictionary<string, JsonElement>();

    internal void Check(IReadOnlyDictionary<string, string>? metadata)
    {
        var checks = new Checks();
        checks.Require(Id is null != Name is null, "context_template", "context_template names one template: give its id or its name.");
        checks.Require(Version is null or > 0, "context_template.version", $"version is 1 or more, not {Version}.");
        foreach (var key in TemplateMetadata.Keys)
            checks.Require(metadata?.ContainsKey(key) != true, $"metadata.{key}", $"{key} says with which template the conversation begins, and is not given besides.");
        checks.Require(
            metadata is null || metadata.Count + TemplateMetadata.Keys.Count <= 16, "metadata", $"With a template, metadata has at most {16 - TemplateMetadata.Keys.Count} pairs: the others name it.");
        checks.ThrowIfAny();
    }
}
