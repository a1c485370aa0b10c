using System.Text.Json.Serialization;

namespace Overmind.Conversations.Search;

/// <summary>
/// By whose grammar words are searched: the text search configurations that every PostgreSQL has. <see cref="Simple"/> takes words as they are written, and so
/// finds in every language what is written alike; the others find a word in its other forms too, and pass over the commonest ones.
/// </summary>
[JsonConverter(typeof(LowerSnakeEnum<SearchLanguage>))]
public enum SearchLanguage
{
    Simple,
    Arabic,
    Armenian,
    Basque,
    Catalan,
    Danish,
    Dutch,
    English,
    Finnish,
    French,
    German,
    Greek,
    Hindi,
    Hungarian,
    Indonesian,
    Irish,
    Italian,
    Lithuanian,
    Nepali,
    Norwegian,
    Portuguese,
    Romanian,
    Russian,
    Serbian,
    Spanish,
    Swedish,
    Tamil,
    Turkish,
    Yiddish,
}
