using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Overmind.Cli.Ask;

/// <summary>One line of a file of questions: the turns of one conversation.</summary>
/// <param name="Id">As the file has it: a number or a text.</param>
/// <param name="Turns">At least one; none is empty.</param>
/// <param name="Line">Its line in the file, from 1.</param>
sealed record Question(JsonValue Id, IReadOnlyList<string> Turns, int Line)
{
    /// <summary>The same for the same id and turns, also in another run of the program; it tells a changed question from one that was answered.</summary>
    public string Key { get; } = KeyOf(Id, Turns);

    public static string KeyOf(JsonValue id, IEnumerable<string> turns)
    {
        var text = new StringBuilder(id.ToJsonString());
        foreach (var turn in turns)
            text.Append('\0').Append(turn);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }
}
