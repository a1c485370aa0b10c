namespace Overmind.Models.Embeddings.Onnx;

/// <summary>How the vectors of a text's tokens become one.</summary>
enum OnnxPooling
{
    /// <summary>Their mean, padding left out.</summary>
    Mean,

    /// <summary>The first, of the token [CLS].</summary>
    Cls,
}
