using System.Text.Json.Nodes;

namespace Overmind.Memory.Forming;

/// <summary>What is to be done with something that a message said.</summary>
sealed record FormedMemory
{
    public required FormingAction Action { get; init; }

    /// <summary>Whoever said it, and whose memory it is.</summary>
    public required Guid UserId { get; init; }

    public required Guid MessageId { get; init; }

    /// <summary>The memory that it says again, words better or contradicts; null: found by key and value, or none.</summary>
    public Guid? Target { get; init; }

    public MemoryType Type { get; init; } = MemoryType.Semantic;

    public string? Category { get; init; }

    public string Content { get; init; } = "";

    public double Importance { get; init; } = 0.5;

    public string? Key { get; init; }

    public string? Value { get; init; }

    /// <summary>When an event was, as it was said.</summary>
    public string? When { get; init; }

    /// <summary>When it was said.</summary>
    public DateTimeOffset At { get; init; }

    public static FormedMemory Of(Fact fact, SaidMessage message) => new()
    {
        Action = FormingAction.Add,
        UserId = message.UserId,
        MessageId = message.Id,
        Type = fact.Type,
        Category = fact.Category,
        Content = fact.Content,
        Importance = fact.Importance,
        Key = fact.Key,
        Value = fact.IsDenial ? $"not {fact.Value}" : fact.Value,
        When = fact.When,
        At = message.CreatedAt,
    };

    /// <summary>As <c>overmind.form_memories()</c> takes it.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["action"] = LowerSnake.Write(Action),
            ["user_id"] = UserId,
            ["message_id"] = MessageId,
            ["memory_type"] = LowerSnake.Write(Type),
            ["category"] = Category,
            ["content"] = Content,
            ["importance"] = Importance,
        };
        if (Target is { } target)
            json["target"] = target;
        if (Key is not null)
            json["key"] = Key;
        if (Key is not null && Value is not null)
            json["value"] = Value;
        if (When is not null)
            json["content_parts"] = new JsonObject { ["event"] = Content, ["temporal"] = new JsonObject { ["at"] = At.UtcDateTime, ["said"] = When } };
        return json;
    }
}
