using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Conversations.Transfers;

/// <summary>
/// The messages of a conversation of ChatGPT with the branches they stand on. What is shown last is the trunk; whatever leaves it is a branch, in the order in which
/// they are met. Nodes without text (the root, what is hidden) are passed over.
/// </summary>
sealed class ChatgptTree
{
    readonly string _source;
    readonly DateTimeOffset? _made;
    readonly Dictionary<string, JsonElement> _nodes;
    readonly Dictionary<string, List<string>> _children = [];
    readonly HashSet<string> _seen = [];

    public ChatgptTree(string source, JsonElement mapping, string? current, DateTimeOffset? made)
    {
        (_source, _made) = (source, made);
        _nodes = mapping.EnumerateObject().ToDictionary(n => n.Name, n => n.Value);
        List<string> roots = [];
        foreach (var (id, node) in _nodes)
        {
            if (ImportedMessage.Text(node, "parent") is { } parent && _nodes.ContainsKey(parent)) Children(parent).Add(id);
            else roots.Add(id);
        }

        var shown = PathTo(current);
        // A branch to be walked: its first node, where it leaves, and on which.
        var open = new Stack<(string Node, int Parent, int ForkedAfter)>();
        foreach (var root in roots.OrderBy(shown.Contains)) open.Push((root, 0, 0));
        var isTrunk = true;
        while (open.TryPop(out var next))
        {
            Walk(next.Node, next.Parent, next.ForkedAfter, isTrunk, shown, open);
            isTrunk = false;
        }

        if (_seen.Count < _nodes.Count) throw new TransferException("Its messages go round in a circle.");
    }

    public JsonArray Branches { get; } = [];

    public JsonArray Messages { get; } = [];

    void Walk(string first, int parent, int forkedAfter, bool isTrunk, HashSet<string> shown, Stack<(string, int, int)> open)
    {
        int? number = isTrunk ? 0 : null;
        var (last, node) = (forkedAfter, first);
        List<(string, int)> leaving = [];
        while (true)
        {
            if (!_seen.Add(node)) throw new TransferException("Its messages go round in a circle.");
            if (Row(node, Messages.Count + 1) is { } row)
            {
                number ??= NewBranch(parent, forkedAfter);
                row["branch"] = number.Value;
                Messages.Add(row);
                last = Messages.Count;
            }

            if (!_children.TryGetValue(node, out var children)) break;
            var on = children.FirstOrDefault(shown.Contains) ?? children[0];
            leaving.AddRange(children.Where(c => c != on).Select(c => (c, last)));
            node = on;
        }

        // Before its first message a branch has those of its parent alone.
        foreach (var (child, after) in Enumerable.Reverse(leaving))
            open.Push(after > forkedAfter ? (child, number!.Value, after) : (child, parent, forkedAfter));
    }

    int NewBranch(int parent, int forkedAfter)
    {
        var number = Branches.Count + 1;
        Branches.Add(new JsonObject { ["number"] = number, ["parent_number"] = parent, ["forked_after_seq"] = forkedAfter, ["reason"] = "fork" });
        return number;
    }

    List<string> Children(string node) => _children.TryGetValue(node, out var children) ? children : _children[node] = [];

    HashSet<string> PathTo(string? current)
    {
        var path = new HashSet<string>();
        while (current is not null && _nodes.TryGetValue(current, out var node) && path.Add(current)) current = ImportedMessage.Text(node, "parent");
        return path;
    }

    /// <summary>Null for a node that nobody reads.</summary>
    JsonObject? Row(string id, int seq)
    {
        if (!_nodes[id].TryGetProperty("message", out var message) || message.ValueKind is not JsonValueKind.Object) return null;
        var metadata = message.TryGetProperty("metadata", out var found) && found.ValueKind is JsonValueKind.Object ? found : default;
        if (metadata.ValueKind is JsonValueKind.Object && metadata.TryGetProperty("is_visually_hidden_from_conversation", out var hidden) && hidden.ValueKind is JsonValueKind.True) return null;
        var role = message.TryGetProperty("author", out var author) ? ImportedMessage.Role(ImportedMessage.Text(author, "role")) : null;
        if (role is null || Content(message) is not { Length: > 0 } content) return null;
        var made = ChatgptReader.Time(message, "create_time") ?? _made;
        var row = ImportedMessage.Row(SourceIds.Of(made, "chatgpt", _source, id), seq, role.Value, content, made);
        if (role is MessageRole.Assistant) row["model_used"] = ImportedMessage.Text(metadata, "model_slug");
        return row;
    }

    static string? Content(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content) || content.ValueKind is not JsonValueKind.Object) return null;
        return content.TryGetProperty("parts", out var parts) && parts.ValueKind is JsonValueKind.Array
            ? string.Join("\n", parts.EnumerateArray().Select(p => p.ValueKind is JsonValueKind.String ? p.GetString()! : ImportedMessage.Text(p, "text") ?? "(image)").Where(t => t.Length > 0))
            : ImportedMessage.Text(content, "text") ?? ImportedMessage.Text(content, "result");
    }
}
