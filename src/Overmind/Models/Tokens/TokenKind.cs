namespace Overmind.Models.Tokens;

enum TokenKind
{
    Word,

    /// <summary>A sign that may stand inside a phrase, as in <c>x+y = 4z</c>.</summary>
    Sign,

    /// <summary>A comma, bracket or quotation mark: ends a phrase.</summary>
    Break,

    /// <summary>Ends a sentence.</summary>
    Stop,
}
