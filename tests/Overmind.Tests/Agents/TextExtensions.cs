using System.Text;

namespace Overmind.Tests.Agents;

static class TextExtensions
{
    /// <summary>With halves of characters replaced, as in any text that came through the API.</summary>
    public static string Normalized(this string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
