using System.Text.Json.Serialization;

namespace Overmind;

/// <summary>The order of a list: <c>asc</c> oldest first, <c>desc</c> newest first.</summary>
[JsonConverter(typeof(LowerSnakeEnum<PageOrder>))]
public enum PageOrder
{
    Desc,
    Asc,
}
