using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Overmind.Jobs;

/// <summary>Payloads as JSON: snake_case, and nothing that the payload's type does not say.</summary>
static class JobJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Default)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static JsonObject Write<T>(T payload) => JsonSerializer.SerializeToNode(payload, Options) as JsonObject
        ?? throw new ArgumentException($"{typeof(T).Name} is not written as a JSON object.", nameof(payload));

    /// <exception cref="JobFailedException">It does not fit: another attempt would find it no other.</exception>
    public static object Read(Type type, JsonElement payload)
    {
        try
        {
            return payload.Deserialize(type, Options) ?? throw new JobFailedException("The payload is null.");
        }
        catch (JsonException misfit)
        {
            throw new JobFailedException($"The payload does not fit: {Reason(misfit)}", misfit);
        }
    }

    /// <summary>Which member does not fit the type, and why; null when all do.</summary>
    public static (string Param, string Detail)? Fault(Type type, JsonElement payload)
    {
        try
        {
            return payload.Deserialize(type, Options) is null ? ("payload", "The payload is null.") : null;
        }
        catch (JsonException misfit)
        {
            return ($"payload{misfit.Path?.TrimStart('$')}", $"The payload does not fit: {Reason(misfit)}");
        }
    }

    // The message ends with the position in the library's own words, and names a type of ours.
    static string Reason(JsonException misfit)
    {
        var reason = misfit.Message.IndexOf(" Path:", StringComparison.Ordinal) is > 0 and var at ? misfit.Message[..at] : misfit.Message;
        return reason.Contains("could not be mapped", StringComparison.Ordinal) ? "there is a member that the kind does not know."
            : reason.Contains("missing required", StringComparison.Ordinal) ? $"required members are missing: {reason[(reason.LastIndexOf(':') + 1)..].Trim(' ', '.')}."
            : $"{misfit.Path} has a value of the wrong type.";
    }
}
