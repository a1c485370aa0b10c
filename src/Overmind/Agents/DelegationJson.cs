using System.Text.Json;

namespace Overmind.Agents;

/// <summary>A delegation as it is kept with its step.</summary>
static class DelegationJson
{
    public static string? Write(Delegation? delegation) =>
        delegation is null ? null : StoredText.CleanJson(JsonSerializer.Serialize(delegation, RunJson.Options));

    public static Delegation? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<Delegation>(json, RunJson.Options);
}
