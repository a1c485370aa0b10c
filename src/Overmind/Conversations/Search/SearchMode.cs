using System.Text.Json.Serialization;

namespace Overmind.Conversations.Search;

/// <summary>By what is searched.</summary>
[JsonConverter(typeof(LowerSnakeEnum<SearchMode>))]
public enum SearchMode
{
    /// <summary>By words and by meaning; any of the words may be there.</summary>
    Hybrid,

    /// <summary>By words alone, which all are to be there; phrases, <c>or</c> and <c>-</c> are understood.</summary>
    Text,

    /// <summary>By meaning alone.</summary>
    Semantic,
}
