using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using Overmind.Access;
using Overmind.Memory;
using Overmind.Server.Http;

namespace Overmind.Server.Mcp;

/// <summary>Forgets one memory; who looks after it can bring it back until it is purged.</summary>
sealed class ForgetTool(MemoryService memories) : MemoryTool
{
    /// <inheritdoc/>
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "forget",
        Title = "Forget",
        Description = "Forgets one memory by its id, as search_memories tells it.",
        InputSchema = Schema("""
            {
              "type": "object",
              "properties": {"id": {"type": "string", "format": "uuid", "description": "The memory's id."}},
              "required": ["id"],
              "additionalProperties": false
            }
            """),
        OutputSchema = Schema("""
            {
              "type": "object",
              "properties": {"id": {"type": "string", "format": "uuid"}, "forgotten": {"const": true}},
              "required": ["id", "forgotten"]
            }
            """),
        Annotations = new ToolAnnotations { DestructiveHint = true, IdempotentHint = false, OpenWorldHint = false },
    };

    protected override ApiKeyScope Scope => ApiKeyScope.MemoriesWrite;

    protected override async Task<JsonObject> CallAsync(Caller caller, JsonMembers arguments, CancellationToken cancellationToken)
    {
        var id = arguments.Id("id") ?? throw arguments.Missing("id");
        arguments.End();
        await memories.DeleteAsync(caller.Claims, id, unchangedSince: null, cancellationToken);
        return new JsonObject { ["id"] = id, ["forgotten"] = true };
    }
}
