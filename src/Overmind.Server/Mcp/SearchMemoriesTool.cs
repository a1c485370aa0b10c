using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using Overmind.Access;
using Overmind.Errors;
using Overmind.Memory.Recall;
using Overmind.Server.Http;

namespace Overmind.Server.Mcp;

/// <summary>Finds what is remembered: of whoever calls, and what the organization shares.</summary>
sealed class SearchMemoriesTool(MemoryRecall recall) : MemoryTool
{
    const int MostResults = 50;

    /// <inheritdoc/>
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "search_memories",
        Title = "Search memories",
        Description = "Finds what is remembered of the person and their organization. Ask with the words that matter; the best come first, each with its id and scores.",
        InputSchema = Schema("""
            {
              "type": "object",
              "properties": {
                "query": {"type": "string", "minLength": 1, "maxLength": 2000, "description": "What to look for, in words."},
                "limit": {"type": "integer", "minimum": 1, "maximum": 50, "default": 10, "description": "How many at most."}
              },
              "required": ["query"],
              "additionalProperties": false
            }
            """),
        OutputSchema = Schema("""
            {
              "type": "object",
              "properties": {
                "memories": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "properties": {
                      "id": {"type": "string", "format": "uuid"},
                      "content": {"type": "string"},
                      "memory_type": {"type": "string", "enum": ["episodic", "semantic", "procedural", "working"]},
                      "category": {"type": ["string", "null"]},
                      "owner_type": {"type": "string", "enum": ["user", "agent", "project", "organization"]},
                      "importance": {"type": "number"},
                      "recency": {"type": "number"},
                      "score": {"type": "number"},
                      "created_at": {"type": "string", "format": "date-time"}
                    },
                    "required": ["id", "content", "memory_type", "category", "owner_type", "importance", "recency", "score", "created_at"]
                  }
                }
              },
              "required": ["memories"]
            }
            """),
        Annotations = new ToolAnnotations { ReadOnlyHint = true, OpenWorldHint = false },
    };

    protected override ApiKeyScope Scope => ApiKeyScope.MemoriesRead;

    protected override async Task<JsonObject> CallAsync(Caller caller, JsonMembers arguments, CancellationToken cancellationToken)
    {
        var query = arguments.RequiredText("query");
        var limit = arguments.Integer("limit") ?? 10;
        arguments.End();
        if (query.Trim().Length is 0 or > 2000)
            throw new OvermindException(ErrorCode.InvalidValue, $"query has 1 to 2000 characters, not {query.Trim().Length}.", "query");
        if (limit is < 1 or > MostResults)
            throw new OvermindException(ErrorCode.InvalidValue, $"limit is 1 to {MostResults}, not {limit}.", "limit");
        var found = await recall.FindAsync(caller.Claims, StoredText.Clean(query), within: null, limit, cancellationToken);
        await recall.CountUsesAsync(caller.Claims, [.. found.Select(m => m.Id)], cancellationToken);
        return new JsonObject { ["memories"] = new JsonArray([.. found.Select(m => (JsonNode)Write(m))]) };
    }

    static JsonObject Write(RecalledMemory memory) => new()
    {
        ["id"] = memory.Id,
        ["content"] = memory.Content,
        ["memory_type"] = LowerSnake.Write(memory.MemoryType),
        ["category"] = memory.Category,
        ["owner_type"] = LowerSnake.Write(memory.OwnerType),
        ["importance"] = memory.Importance,
        ["recency"] = Math.Round(memory.Recency, 4),
        ["score"] = Math.Round(memory.Score, 6),
        ["created_at"] = memory.CreatedAt.UtcDateTime,
    };
}
