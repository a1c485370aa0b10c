using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class CacheInvalidateCommand
{
    static readonly Argument<Guid?> Entry = new("entry") { Description = "The id of one; none with --tag, --model or --all", Arity = ArgumentArity.ZeroOrOne };

    static readonly Option<string?> Tag = new("--tag") { Description = "All with this tag", HelpName = "tag" };

    static readonly Option<string?> Model = new("--model") { Description = "All of this model, as openai/gpt-4-turbo", HelpName = "provider/model" };

    static readonly Option<bool> All = new("--all") { Description = "All of them" };

    public static Command Create()
    {
        var command = ApiVerb.Create("invalidate", "Remove answers, so that the model is asked again: an admin's key removes any, a member's those of their own calls", Entry, Tag, Model, All);
        command.SetAction(async (parsed, ct) =>
        {
            var (entry, tag, model, all) = (parsed.GetValue(Entry), parsed.GetValue(Tag), parsed.GetValue(Model), parsed.GetValue(All));
            if (((bool[])[entry is not null, tag is not null, model is not null, all]).Count(given => given) != 1)
                throw new CliException("usage", "it is not said which answers", "name an entry, or pass one of --tag, --model and --all") { ExitCode = 2 };
            var cache = InstanceApi.Connect(parsed).Cache;
            var count = 1L;
            if (entry is { } id)
                await cache.DeleteAsync(id, ct);
            else
                count = await cache.InvalidateAsync(new CacheInvalidation { Tag = tag, Model = model, All = all ? true : null }, ct);
            Output.Write(parsed, new { Count = count }, $"Removed {RunWords.Count(count, "answer")}");
            return 0;
        });
        return command;
    }
}
