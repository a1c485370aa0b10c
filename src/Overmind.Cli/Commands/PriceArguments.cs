using System.CommandLine;
using Overmind.Models;

namespace Overmind.Cli.Commands;

/// <summary>A model of a provider, as an argument.</summary>
static class PriceArguments
{
    public static Argument<string> Model(string description) => new("model")
    {
        Description = description,
        Validators =
        {
            result =>
            {
                if (result.Tokens is [{ Value: var text }] && ModelReference.Parse(text) is null)
                    result.AddError($"{text} is no model: name it with its provider, as openai/gpt-4o");
            },
        },
    };

    public static ModelReference Of(ParseResult parsed, Argument<string> model) => ModelReference.Parse(parsed.GetValue(model)!)!;
}
