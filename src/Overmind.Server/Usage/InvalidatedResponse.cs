namespace Overmind.Server.Usage;

/// <summary>How many answers of the response cache were removed.</summary>
sealed record InvalidatedResponse(long Count)
{
    public string Object { get; } = "cache.invalidated";
}
