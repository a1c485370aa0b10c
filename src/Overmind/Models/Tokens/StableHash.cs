using System.Text;

namespace Overmind.Models.Tokens;

/// <summary>FNV-1a, 32 bits, over UTF-8: the same on every machine and in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
static class StableHash
{
    public static uint Of(string text)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(text)) hash = (hash ^ b) * 16777619u;
        return hash;
    }
}
