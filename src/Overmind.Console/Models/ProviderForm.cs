using Overmind.Models;

namespace Overmind.WebConsole.Models;

/// <summary>A provider while it is being connected.</summary>
public sealed class ProviderForm
{
    public ModelProviderKind Kind { get; set; } = ModelProviderKind.Openai;

    public string? Key { get; set; }

    public string? BaseUrl { get; set; }

    /// <summary>Gone from the page as soon as it is stored.</summary>
    public string? Secret { get; set; }

    /// <summary>The model to try; null: a cheap one of those it lists.</summary>
    public string? Model { get; set; }

    /// <summary>Whether anything was written that would be lost.</summary>
    public bool IsFilled => (Text(Key) ?? Text(BaseUrl) ?? Text(Secret) ?? Text(Model)) is not null;

    /// <summary>What the kind is called.</summary>
    public static string Name(ModelProviderKind kind) => kind switch
    {
        ModelProviderKind.Openai => "OpenAI or compatible",
        ModelProviderKind.Anthropic => "Anthropic",
        _ => "Ollama",
    };

    /// <summary>Where it is when no address is given.</summary>
    public string DefaultAddress => Kind switch
    {
        ModelProviderKind.Openai => "https://api.openai.com/v1",
        ModelProviderKind.Anthropic => "https://api.anthropic.com",
        _ => "http://localhost:11434",
    };

    public NewModelProvider ToProvider() => new() { Kind = Kind, Key = Text(Key), BaseUrl = Text(BaseUrl), Secret = Text(Secret) };

    internal static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
