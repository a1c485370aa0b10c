using System.Net;
using System.Text.Json;

namespace Overmind.Models.Providers;

/// <summary>What a provider says of a failure, whatever its shape: <c>{"error": {"message", "type", "code", "param"}}</c>, <c>{"error": "…"}</c>, <c>{"message"}</c>, <c>{"detail"}</c>, or no JSON.</summary>
sealed record ProviderAnswer(HttpStatusCode Status, string Message, string? Type, string? Code, string? Param)
{
    public static ProviderAnswer Read(HttpStatusCode status, string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root)
            {
                var error = root.TryGetProperty("error", out var inner) && inner.ValueKind is JsonValueKind.Object ? inner : root;
                var message = Text(error, "message") ?? Text(root, "error") ?? Text(root, "detail");
                if (message is not null)
                    return new ProviderAnswer(status, message, Text(error, "type"), Text(error, "code"), Text(error, "param"));
            }
        }
        catch (JsonException)
        {
            // A proxy's page, for example.
        }

        return new ProviderAnswer(status, "", null, null, null);
    }

    public bool Says(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (Type == word || Code == word) return true;
        return false;
    }

    static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
