using System.CommandLine;
using System.Text.Json;
using Overmind.Client;

namespace Overmind.Cli.Authoring;

/// <summary>Values of a context template's variables, as <c>--var name=value</c>; what they are the template says.</summary>
static class TemplateValues
{
    public static readonly Option<string[]> Option = new("--var") { Description = "The value of a variable; may be given again for others", HelpName = "name=value" };

    public static IReadOnlyDictionary<string, JsonElement> Read(ParseResult parsed, ContextTemplate template)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var given in parsed.GetValue(Option) ?? [])
        {
            var at = given.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
                throw new CliException("usage", $"{given} is no variable with its value", "write --var name=value") { ExitCode = 2 };
            values[given[..at]] = ValueOf(given[(at + 1)..], template.Variables.FirstOrDefault(v => v.Name == given[..at])?.Type);
        }

        return values;
    }

    // What is no number or boolean goes as the text it is: the server says what is wrong with it.
    static JsonElement ValueOf(string text, string? type)
    {
        if (type is "number" or "boolean")
        {
            try
            {
                return JsonElement.Parse(text);
            }
            catch (JsonException)
            {
            }
        }

        return JsonSerializer.SerializeToElement(text);
    }
}
