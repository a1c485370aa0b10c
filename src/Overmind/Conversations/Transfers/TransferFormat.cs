using System.Text.Json.Serialization;

namespace Overmind.Conversations.Transfers;

/// <summary>What a file of conversations is.</summary>
[JsonConverter(typeof(LowerSnakeEnum<TransferFormat>))]
public enum TransferFormat
{
    /// <summary>Lines of JSON as an export here writes them: nothing is lost.</summary>
    Overmind,

    /// <summary>Lines of <c>{"messages": […]}</c>, as models are trained with.</summary>
    Openai,

    /// <summary><c>conversations.json</c> of an export of ChatGPT.</summary>
    Chatgpt,
}
