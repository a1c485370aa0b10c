using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind.Models;

/// <summary>Settings as the database stores them; a member that this version does not know is left alone.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelProviderSettings))]
sealed partial class ModelProviderJson : JsonSerializerContext
{
    public static ModelProviderSettings Read(string json) => JsonSerializer.Deserialize(json, Default.ModelProviderSettings)!;

    public static string Write(ModelProviderSettings settings) => JsonSerializer.Serialize(settings, Default.ModelProviderSettings);
}
