using System.Net.Http.Json;
using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Models.Providers;

/// <summary>Asks a provider for its list of models.</summary>
sealed class ProviderModels(ProviderConnection connection, HttpClient http, TimeProvider time)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly ProviderFailures _failures = new(connection);

    public async Task<IReadOnlyList<Model>> ListAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            CallToken.Current = either.Token;
            using var request = new HttpRequestMessage(HttpMethod.Get, Path);
            if (connection.Kind is ModelProviderKind.Anthropic) request.Headers.Add("anthropic-version", "2023-06-01");
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Read(await response.Content.ReadFromJsonAsync<JsonElement>(either.Token));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            throw timeout.IsCancellationRequested
                ? new ModelCallException(ErrorCode.ModelTimedOut, $"The provider '{connection.Key}' did not list its models within {Patience.TotalSeconds} s. Try again.")
                : _failures.Of(failure);
        }
    }

    string Path => connection.Kind switch
    {
        ModelProviderKind.Openai => "models",
        // The most it lists at once; it has fewer.
        ModelProviderKind.Anthropic => "v1/models?limit=1000",
        ModelProviderKind.Ollama => "api/tags",
        _ => throw new InvalidOperationException($"There is no list of {connection.Kind}."),
    };

    IReadOnlyList<Model> Read(JsonElement list)
    {
        var (member, id) = connection.Kind is ModelProviderKind.Ollama ? ("models", "name") : ("data", "id");
        if (list.ValueKind is not JsonValueKind.Object || !list.TryGetProperty(member, out var models) || models.ValueKind is not JsonValueKind.Array)
            throw _failures.BadResponse($"its list of models has no member {member}");
        return
        [
            .. models.EnumerateArray()
                .Where(model => model.ValueKind is JsonValueKind.Object)
                .Select(model => (Id: Text(model, id), Name: Text(model, "display_name")))
                .Where(model => model.Id is { Length: > 0 })
                .OrderBy(model => model.Id, StringComparer.Ordinal)
                .Select(model => new Model { Provider = connection.Key, Name = model.Id!, DisplayName = model.Name }),
        ];
    }

    static string? Text(JsonElement model, string name) =>
        model.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
