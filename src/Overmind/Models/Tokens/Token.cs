using System.Runtime.InteropServices;

namespace Overmind.Models.Tokens;

/// <summary>A piece of a text, by position.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Token(int Start, int Length, TokenKind Kind)
{
    public int End => Start + Length;
}
