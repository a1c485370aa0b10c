using Overmind.Errors;

namespace Overmind.Agents.Completions;

/// <summary>Texts to be turned into vectors.</summary>
public sealed record EmbeddingCall
{
    /// <summary>Of its row in the ledger.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The embedder of this installation, with its provider or without.</summary>
    public required string Model { get; init; }

    /// <summary>1 to 2,048, none of them empty.</summary>
    public required IReadOnlyList<string> Input { get; init; }

    /// <summary>How long the vectors shall be, where the embedder lets one choose. Default: as it makes them.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Whom the caller makes it for, up to 512 characters; stands in the ledger.</summary>
    public string? EndUser { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Require(Input.Count is >= 1 and <= 2048, "input", $"input has 1 to 2048 texts, not {Input.Count}.");
        for (var i = 0; i < Input.Count; i++) checks.Require(Input[i].Length > 0, $"input[{i}]", $"input[{i}] is empty.");
        checks.Require(Dimensions is null or (>= 1 and <= 16_000), "dimensions", $"dimensions is 1 to 16000, not {Dimensions}.");
        checks.Text("user", EndUser, 0, 512);
        checks.ThrowIfAny();
    }
}
