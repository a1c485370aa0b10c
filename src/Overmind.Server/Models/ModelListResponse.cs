using Overmind.Models;

namespace Overmind.Server.Models;

/// <summary>All models at once: no page of a provider's list is known before the whole.</summary>
public sealed record ModelListResponse
{
    /// <summary>Always <c>model_list</c>.</summary>
    public string Object { get; } = "model_list";

    public required IReadOnlyList<Model> Data { get; init; }

    public string? FirstId { get; init; }

    public string? LastId { get; init; }

    /// <summary>Always false.</summary>
    public bool HasMore { get; }

    /// <summary>The providers whose models are missing, and why.</summary>
    public required IReadOnlyList<ModelListError> Errors { get; init; }

    internal static ModelListResponse Of(ModelList list) => new()
    {
        Data = list.Models,
        FirstId = list.Models.Count > 0 ? list.Models[0].Id : null,
        LastId = list.Models.Count > 0 ? list.Models[^1].Id : null,
        Errors = list.Errors,
    };
}
