using System.Text.Json.Serialization;

namespace Overmind.Models;

/// <summary>How a provider is spoken to.</summary>
[JsonConverter(typeof(LowerSnakeEnum<ModelProviderKind>))]
public enum ModelProviderKind
{
    /// <summary>OpenAI, and everything that speaks its chat completions: vLLM, LM Studio, gateways.</summary>
    Openai,

    Anthropic,

    Ollama,
}
