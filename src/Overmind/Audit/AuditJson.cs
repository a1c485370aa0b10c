using System.Text.Json;

namespace Overmind.Audit;

/// <summary>How seals are written to a file.</summary>
static class AuditJson
{
    public static JsonSerializerOptions Options { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
