using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind;

/// <summary>
/// An enum's word as SQL, JSON and the API write it: <c>MaxIterations</c> is <c>max_iterations</c>;
/// a member with <see cref="JsonStringEnumMemberNameAttribute"/> has that name.
/// </summary>
public static class LowerSnake
{
    /// <summary>The word of a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of its enum.</exception>
    public static string Write<T>(T value)
        where T : struct, Enum =>
        Words<T>.ByValue.TryGetValue(value, out var word) ? word : throw new ArgumentOutOfRangeException(nameof(value), value, null);

    /// <summary>The value of a word, or null when the enum has none like it (case counts).</summary>
    public static T? Read<T>(string word)
        where T : struct, Enum =>
        Words<T>.ByWord.TryGetValue(word, out var value) ? value : null;

    static class Words<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(v => v, Word);
        public static readonly Dictionary<string, T> ByWord = ByValue.ToDictionary(p => p.Value, p => p.Key);

        static string Word(T value)
        {
            var field = typeof(T).GetField(value.ToString())!;
            return field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
                ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name);
        }
    }
}
