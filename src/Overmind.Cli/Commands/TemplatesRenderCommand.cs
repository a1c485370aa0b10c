using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class TemplatesRenderCommand
{
    static readonly Option<int?> Version = new("--version") { Description = "An earlier version; default: the current one", HelpName = "number" };

    static readonly Option<string?> Model = new("--model") { Description = "Whose tokens are counted, as openai/gpt-4o; default: as o200k counts", HelpName = "provider/model" };

    static readonly Option<int?> MaxTokens = new("--max-tokens") { Description = "The most tokens of all segments; default: no limit", HelpName = "tokens" };

    public static Command Create()
    {
        var command = new Command("render", "Show what a context template says with values in their places")
        {
            TemplateOptions.Which, TemplateValues.Option, Version, Model, MaxTokens, InstanceApi.Url, InstanceApi.Key,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var client = InstanceApi.Connect(parsed);
            var template = await TemplateLookup.FindAsync(client, parsed.GetValue(TemplateOptions.Which)!, ct);
            var rendered = await client.ContextTemplates.RenderAsync(
                template.Id,
                new TemplateRendering
                {
                    Version = parsed.GetValue(Version),
                    Variables = TemplateValues.Read(parsed, template),
                    Model = parsed.GetValue(Model),
                    MaxTokens = parsed.GetValue(MaxTokens),
                },
                ct);
            Output.Write(parsed, rendered, TextOf(rendered));
            return 0;
        });
        return command;
    }

    static string TextOf(RenderedTemplate rendered)
    {
        var messages = rendered.Messages.Select(m => $"[{m.Role}]\n{m.Content}\n");
        var segments = rendered.Segments.Select(s => $"{s.Name}: {s.Tokens} tokens{(s.Cut ? ", cut" : "")}{(s.LeftOut ? ", left out" : "")}");
        return string.Join('\n', messages.Concat(segments).Append($"{(rendered.IsEstimated ? "about " : "")}{rendered.Tokens} tokens"));
    }
}
