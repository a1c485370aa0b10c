using System.Globalization;
using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Server.Http;

/// <summary>
/// A JSON object read member by member. A member that is not what it should be is told by its name; members that were not asked for are
/// refused by <see cref="End"/>, so that a typo is not taken for a default. Null counts as left out, except by <see cref="Change"/>.
/// </summary>
sealed class JsonMembers : IDisposable
{
    readonly JsonDocument? _document;
    readonly JsonElement _root;
    readonly string _path;
    readonly List<string> _known = new(10);
    int _found;

    /// <summary>Takes over the document.</summary>
    public JsonMembers(JsonDocument document) => (_document, _root, _path) = (document, document.RootElement, "");

    JsonMembers(JsonElement root, string path) => (_root, _path) = (root, path);

    public string? Text(string name) => Find(name) is { } value ? TextOf(_path + name, value) : null;

    public string RequiredText(string name) =>
        Text(name) ?? throw Missing(name);

    public bool? Boolean(string name) => Find(name) is { } value
        ? value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw NotA("boolean", name)
        : null;

    /// <summary>An object as it stands, in JSON.</summary>
    public string? ObjectText(string name) => FindObject(name)?.GetRawText();

    public double? Number(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw NotA("number", name)
        : null;

    public int? Integer(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw NotA("32-bit integer", name)
        : null;

    public long? Long(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw NotA("64-bit integer", name)
        : null;

    public int RequiredInteger(string name) => Integer(name) ?? throw Missing(name);

    public IReadOnlyList<int>? Integers(string name) =>
        Items(name) is { } items ? [.. items.Select((item, i) => IntegerOf($"{_path}{name}[{i}]", item))] : null;

    public bool? Flag(string name) => Find(name) is { } value
        ? value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw NotA("boolean", name)
        : null;

    /// <summary>An amount: a number, or a decimal string.</summary>
    public decimal? Amount(string name)
    {
        const NumberStyles plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetDecimal(out var number) => number,
            JsonValueKind.String when decimal.TryParse(TextOf(_path + name, value), plain, null, out var number) => number,
            _ => throw NotA("number or decimal string", name),
        };
    }

    public Guid? Id(string name) => Find(name) is { } value
        ? Guid.TryParseExact(TextOf(_path + name, value), "D", out var id) ? id : throw NotA("UUID", name)
        : null;

    /// <summary>A time as RFC 3339 has it, with its offset.</summary>
    public DateTimeOffset? Time(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.String && Rfc3339.Read(TextOf(_path + name, value)) is { } time
            ? time
            : throw NotA("time as 2030-01-31T12:00:00Z", name)
        : null;

    public T? Word<T>(string name)
        where T : struct, Enum =>
        Find(name) is { } value ? WordOf<T>(_path + name, value) : null;

    public T RequiredWord<T>(string name)
        where T : struct, Enum =>
        Word<T>(name) ?? throw Missing(name);

    public IReadOnlyList<T>? Words<T>(string name)
        where T : struct, Enum =>
        Items(name) is { } items ? [.. items.Select((item, i) => WordOf<T>($"{_path}{name}[{i}]", item))] : null;

    public IReadOnlyList<string>? Texts(string name) =>
        Items(name) is { } items ? [.. items.Select((item, i) => TextOf($"{_path}{name}[{i}]", item))] : null;

    /// <summary>An object whose values are text.</summary>
    public IReadOnlyDictionary<string, string>? Pairs(string name)
    {
        if (FindObject(name) is not { } value)
            return null;
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var key = NameOf(_path + name, member);
            pairs[key] = TextOf($"{_path}{name}.{key}", member.Value);
        }
        return pairs;
    }

    /// <summary>Objects within, each to be read and ended, too.</summary>
    public IReadOnlyList<JsonMembers>? Objects(string name) => Items(name) is { } items ? [.. items.Select((item, i) => ItemOf($"{_path}{name}[{i}]", item))] : null;

    /// <summary>A text, or several.</summary>
    public IReadOnlyList<string>? TextOrTexts(string name) => Is(name, JsonValueKind.String) ? [Text(name)!] : Texts(name);

    /// <summary>Whether the member is there and of this kind.</summary>
    public bool Is(string name, JsonValueKind kind) => _root.TryGetProperty(name, out var value) && value.ValueKind == kind;

    /// <summary>Whether the member is an array that begins with this kind.</summary>
    public bool IsArrayOf(string name, JsonValueKind kind) =>
        Is(name, JsonValueKind.Array) && _root.GetProperty(name) is var items && items.GetArrayLength() > 0 && items[0].ValueKind == kind;

    /// <summary>Whether the member is there, null or not.</summary>
    public bool Has(string name) => _root.TryGetProperty(name, out _);

    /// <summary>A member that may be there and says nothing.</summary>
    public void Skip(string name) => Find(name);

    /// <summary>The member's name as errors tell it, with those of the objects it is in.</summary>
    public string PathOf(string name) => _path + name;

    /// <summary>An object within, as it stands.</summary>
    public JsonElement? Json(string name) => FindObject(name) is { } value ? Decodable(_path + name, value) : null;

    /// <summary>Whatever the member is, as it stands.</summary>
    public JsonElement? Value(string name) => Find(name) is { } value ? Decodable(_path + name, value) : null;

    /// <summary>An array within, as it stands.</summary>
    public JsonElement? JsonArray(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.Array ? Decodable(_path + name, value) : throw NotA("array", name)
        : null;

    public IReadOnlyList<Guid>? Ids(string name) => Items(name) is { } items
        ? [.. items.Select((item, i) => Guid.TryParseExact(TextOf($"{_path}{name}[{i}]", item), "D", out var id) ? id : throw NotA("UUID", $"{name}[{i}]"))]
        : null;

    /// <summary>An object within; read its members and end it, too.</summary>
    public JsonMembers? Object(string name) => FindObject(name) is { } value ? new JsonMembers(value, $"{_path}{name}.") : null;

    /// <summary>A change where the member is there, also to null; null where it is left out.</summary>
    public Change<T?>? Change<T>(string name, Func<string, T?> read) => _root.TryGetProperty(name, out _) ? new(read(name)) : Skip<T>(name);

    /// <summary>To be called when all members are read.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.UnknownField"/>.</exception>
    public void End()
    {
        if (_root.GetPropertyCount() == _found)
            return;
        foreach (var member in _root.EnumerateObject())
        {
            var name = NameOf(_path + "body", member);
            if (!_known.Contains(name))
                throw new OvermindException(
                    ErrorCode.UnknownField, $"There is no member {_path}{name} here; there are {string.Join(", ", _known.Select(k => _path + k))}.", _path + name);
        }
    }

    public void Dispose() => _document?.Dispose();

    static JsonMembers ItemOf(string path, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? new JsonMembers(value, $"{path}.") : throw WrongType("JSON object", path);

    JsonElement? Find(string name)
    {
        if (!_root.TryGetProperty(name, out var value))
        {
            _known.Add(name);
            return null;
        }

        // Some are read by one of several ways.
        if (!_known.Contains(name))
            _found++;
        _known.Add(name);
        return value.ValueKind == JsonValueKind.Null ? null : value;
    }

    JsonElement? FindObject(string name) =>
        Find(name) is not { } value ? null : value.ValueKind == JsonValueKind.Object ? value : throw NotA("JSON object", name);

    JsonElement.ArrayEnumerator? Items(string name) =>
        Find(name) is not { } value ? null : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw NotA("JSON array", name);

    Change<T?>? Skip<T>(string name)
    {
        _known.Add(name);
        return null;
    }

    public OvermindException Missing(string name) => new(ErrorCode.MissingField, $"{_path}{name} is missing.", _path + name);

    OvermindException NotA(string expected, string name) => WrongType(expected, _path + name);

    static T WordOf<T>(string path, JsonElement value)
        where T : struct, Enum =>
        LowerSnake.Read<T>(TextOf(path, value)) ?? throw new OvermindException(
            ErrorCode.InvalidValue, $"{path} is one of {string.Join(", ", Enum.GetValues<T>().Select(LowerSnake.Write))}.", path);

    static int IntegerOf(string path, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw WrongType("32-bit integer", path);

    static string TextOf(string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw WrongType("string", path);
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException undecodable)
        {
            throw Undecodable(path, undecodable);
        }
    }

    static JsonElement Decodable(string path, JsonElement value)
    {
        foreach (var member in value.ValueKind is JsonValueKind.Object ? value.EnumerateObject().ToArray() : [])
        {
            var name = $"{path}.{NameOf(path, member)}";
            if (name.Contains('\0'))
                throw new OvermindException(ErrorCode.InvalidText, $"{path} has a member whose name holds the character NUL.", path);
            Decodable(name, member.Value);
        }

        foreach (var item in value.ValueKind is JsonValueKind.Array ? value.EnumerateArray().ToArray() : []) Decodable(path, item);
        if (value.ValueKind is JsonValueKind.String && TextOf(path, value).Contains('\0'))
            throw new OvermindException(ErrorCode.InvalidText, $"{path} holds the character NUL (U+0000), which cannot be stored.", path);
        return value;
    }

    static string NameOf(string path, JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException undecodable)
        {
            throw Undecodable(path, undecodable);
        }
    }

    static OvermindException WrongType(string expected, string path) => new(ErrorCode.InvalidType, $"{path} is not a {expected}.", path);

    static OvermindException Undecodable(string path, Exception inner) => new(
        ErrorCode.InvalidText, $"{path} holds text that is not Unicode: half of a surrogate pair, or bytes that are not UTF-8.", path, inner);
}
