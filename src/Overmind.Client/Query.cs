namespace Overmind.Client;

/// <summary>A query string of the parameters that are set.</summary>
sealed class Query
{
    readonly List<string> _parameters = [];

    public Query Add(string name, object? value)
    {
        if (value is not null)
            _parameters.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value.ToString()!)}");
        return this;
    }

    /// <summary>A boolean as the API writes it.</summary>
    public static string? Word(bool? value) => value switch
    {
        null => null,
        true => "true",
        false => "false",
    };

    /// <inheritdoc/>
    public override string ToString() => _parameters.Count == 0 ? "" : "?" + string.Join('&', _parameters);
}
