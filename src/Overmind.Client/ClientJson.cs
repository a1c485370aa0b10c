using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind.Client;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(NewConversation))]
[JsonSerializable(typeof(ConversationChanges))]
[JsonSerializable(typeof(Page<Conversation>))]
[JsonSerializable(typeof(ConversationWithMessages))]
[JsonSerializable(typeof(NewMessage))]
[JsonSerializable(typeof(Page<Message>))]
[JsonSerializable(typeof(NewRun))]
[JsonSerializable(typeof(Page<Run>))]
[JsonSerializable(typeof(Page<RunStep>))]
[JsonSerializable(typeof(NewApiKey))]
[JsonSerializable(typeof(ApiKeyWithToken))]
[JsonSerializable(typeof(Page<ApiKey>))]
[JsonSerializable(typeof(Me))]
sealed partial class ClientJson : JsonSerializerContext;
