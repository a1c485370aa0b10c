using System.Collections.Frozen;
using System.Reflection;

namespace Overmind.Errors;

/// <summary>The catalogue of errors: status, title and word of each <see cref="ErrorCode"/>.</summary>
public static class ErrorCatalogue
{
    static readonly FrozenDictionary<ErrorCode, ErrorAttribute> Entries = Enum.GetValues<ErrorCode>().ToFrozenDictionary(
        code => code,
        code => typeof(ErrorCode).GetField(code.ToString())!.GetCustomAttribute<ErrorAttribute>()!);

    /// <summary>Status, title and whether a retry may help.</summary>
    public static ErrorAttribute Of(ErrorCode code) => Entries[code];

    /// <summary>The stable word, as <c>conversation_not_found</c>.</summary>
    public static string Word(ErrorCode code) => LowerSnake.Write(code);
}
