using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Overmind.Access;
using Overmind.Errors;
using Overmind.Postgres;
using Overmind.Server.Http;

namespace Overmind.Server.Mcp;

/// <summary>A tool over the memory of whoever calls. What is wrong with a call is its result, with the code of the catalogue, so that a model can mend it.</summary>
abstract class MemoryTool : McpServerTool
{
    /// <inheritdoc/>
    public override IReadOnlyList<object> Metadata { get; } = [];

    /// <summary>What a key needs to call it.</summary>
    protected abstract ApiKeyScope Scope { get; }

    /// <inheritdoc/>
    public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        var caller = ((McpCaller)request.User!).Caller;
        try
        {
            caller.Ensure(Scope);
            using var arguments = new JsonMembers(JsonSerializer.SerializeToDocument(request.Params?.Arguments ?? new Dictionary<string, JsonElement>()));
            return Result(await CallAsync(caller, arguments, cancellationToken), isError: false);
        }
        catch (OvermindException refused)
        {
            return Failed(refused);
        }
        catch (Npgsql.PostgresException failure) when (PostgresFailure.Translate(failure) is { } refused)
        {
            return Failed(refused);
        }
    }

    /// <summary>Reads all arguments, ends them, and does what the tool does.</summary>
    protected abstract Task<JsonObject> CallAsync(Caller caller, JsonMembers arguments, CancellationToken cancellationToken);

    protected static JsonElement Schema(string json) => JsonElement.Parse(json);

    static CallToolResult Failed(OvermindException refused)
    {
        var told = new JsonObject { ["code"] = ErrorCatalogue.Word(refused.Code), ["detail"] = refused.Message };
        if (refused.Param is not null)
            told["param"] = refused.Param;
        if (refused.RetryAfter is { } wait)
            told["retry_after_seconds"] = Math.Ceiling(wait.TotalSeconds);
        return Result(told, isError: true);
    }

    // As text, too: not every client reads structured content. An error has no structure that the tool's schema would allow.
    static CallToolResult Result(JsonObject result, bool isError) => new()
    {
        IsError = isError,
        StructuredContent = isError ? null : JsonSerializer.SerializeToElement(result),
        Content = [new TextContentBlock { Text = result.ToJsonString() }],
    };
}
