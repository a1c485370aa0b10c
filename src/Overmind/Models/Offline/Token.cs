using System.Runtime.InteropServices;

namespace Overmind.Models.Offline;

/// <summary>A piece of a text, by position.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Token(int Start, int Length, TokenKind Kind)
{
    public int End => Start + Length;
}
