using System.Text.RegularExpressions;
using Overmind.Errors;

namespace Overmind.Models;

/// <summary>What the values of a provider may be, new or changed.</summary>
static partial class ModelProviderRules
{
    const int MaxSecretLength = 4096;

    /// <summary>A key shorter than this has no four characters to spare.</summary>
    const int MinHintedLength = 16;

    public static void Check(ref Checks checks, string? key, string? baseUrl, string? secret, ModelProviderSettings? settings)
    {
        checks.Require(
            key is null || KeyShape().IsMatch(key), "key", "key has 1 to 100 lower-case letters, digits, - and _, and begins with a letter or digit.");
        checks.Require(key != ModelReference.Offline.Provider, "key", "The key 'offline' is the built-in model's. Choose another.");
        checks.Text("base_url", baseUrl, 1, 2000);
        checks.Require(
            baseUrl is null || IsAddress(baseUrl), "base_url",
            "base_url is an http or https address without user, query and fragment, as https://api.openai.com/v1.");
        // Never with the value: it is a secret also when it is none.
        checks.Require(
            secret is null || (secret.Length is >= 1 and <= MaxSecretLength && !secret.AsSpan().ContainsAnyExceptInRange('!', '~')), "secret",
            $"secret has 1 to {MaxSecretLength} visible ASCII characters, without blanks.");
        settings?.Check(ref checks);
    }

    public static string DefaultBaseUrl(ModelProviderKind kind) => kind switch
    {
        ModelProviderKind.Openai => "https://api.openai.com/v1",
        ModelProviderKind.Anthropic => "https://api.anthropic.com",
        ModelProviderKind.Ollama => "http://localhost:11434",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string? Hint(string? secret) => secret?.Length >= MinHintedLength ? secret[^4..] : null;

    static bool IsAddress(string text) =>
        AddressShape().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,99}$", RegexOptions.NonBacktracking)]
    private static partial Regex KeyShape();

    // As the check of the column.
    [GeneratedRegex("^https?://[^/?#@\\s]+(/[^?#\\s]*)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex AddressShape();
}
