using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using Overmind.Access;
using Overmind.Memory;
using Overmind.Server.Http;

namespace Overmind.Server.Mcp;

/// <summary>Remembers something for whoever calls. The same is remembered once.</summary>
sealed class RememberTool(MemoryService memories) : MemoryTool
{
    /// <inheritdoc/>
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "remember",
        Title = "Remember",
        Description = "Keeps one fact, event or way of doing something for later conversations, as the person's own. The same again is kept once.",
        InputSchema = Schema("""
            {
              "type": "object",
              "properties": {
                "content": {"type": "string", "minLength": 1, "maxLength": 32768, "description": "What to remember, in whole sentences that can be understood alone."},
                "memory_type": {"type": "string", "enum": ["semantic", "episodic", "procedural", "working"], "default": "semantic", "description": "semantic: what is so; episodic: what happened; procedural: how something is done, a heading and a step a line; working: what is at hand, an item a line."},
                "category": {"type": "string", "minLength": 1, "maxLength": 100, "description": "What kind of thing it is, as preference."},
                "importance": {"type": "number", "minimum": 0, "maximum": 1, "default": 0.5},
                "tags": {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 100}, "maxItems": 50}
              },
              "required": ["content"],
              "additionalProperties": false
            }
            """),
        OutputSchema = Schema("""
            {
              "type": "object",
              "properties": {"id": {"type": "string", "format": "uuid"}, "is_new": {"type": "boolean"}, "content": {"type": "string"}},
              "required": ["id", "is_new", "content"]
            }
            """),
        Annotations = new ToolAnnotations { DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    protected override ApiKeyScope Scope => ApiKeyScope.MemoriesWrite;

    protected override async Task<JsonObject> CallAsync(Caller caller, JsonMembers arguments, CancellationToken cancellationToken)
    {
        var memory = new NewMemory
        {
            MemoryType = arguments.Word<MemoryType>("memory_type") ?? MemoryType.Semantic,
            Content = arguments.RequiredText("content"),
            Category = arguments.Text("category"),
            Importance = arguments.Number("importance") ?? 0.5,
            Tags = arguments.Texts("tags") ?? [],
            Source = MemorySource.Agent,
        };
        arguments.End();
        var (made, isNew) = await memories.CreateAsync(caller.Claims, memory, cancellationToken);
        return new JsonObject { ["id"] = made.Id, ["is_new"] = isNew, ["content"] = made.Content };
    }
}
