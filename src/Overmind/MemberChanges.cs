using System.Text.Json.Nodes;

namespace Overmind;

/// <summary>What changes in a stored JSON object: members that get another value, and members that go. All others stay, known or not.</summary>
sealed class MemberChanges
{
    readonly JsonObject _set = [];
    readonly List<string> _removed = [];

    /// <summary>The members to set, a JSON object.</summary>
    public string Set => _set.ToJsonString();

    public string[] Removed => [.. _removed];

    /// <param name="change">Null: none; to null: the member goes.</param>
    public MemberChanges Add<T>(string name, Change<T>? change, Func<T, JsonNode?> write)
    {
        if (change is null) return this;
        if (change.Value is null) _removed.Add(name);
        else _set[name] = write(change.Value);
        return this;
    }
}
