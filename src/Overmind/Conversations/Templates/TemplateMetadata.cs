using System.Globalization;

namespace Overmind.Conversations.Templates;

/// <summary>What a conversation's metadata say of the template that it began with.</summary>
static class TemplateMetadata
{
    const string Id = "context_template_id";
    const string Name = "context_template";
    const string Version = "context_template_version";

    public static IReadOnlyList<string> Keys { get; } = [Id, Name, Version];

    public static IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string>? metadata, Guid id, string name, int version) =>
        new Dictionary<string, string>(metadata ?? new Dictionary<string, string>())
        {
            [Id] = id.ToString(),
            [Name] = name,
            [Version] = version.ToString(CultureInfo.InvariantCulture),
        };
}
