using System.CommandLine;
using Overmind.Access;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class KeyCreateCommand
{
    static readonly Option<string> Name = new("--name") { Description = "What the key is for", DefaultValueFactory = _ => "API key" };

    static readonly Option<string> Scopes = new("--scopes") { Description = "What it may do: read, write, run, admin, or one of a module, as jobs.read", DefaultValueFactory = _ => "read,write,run", HelpName = "scopes" };

    static readonly Option<string?> User = new("--user") { Description = "E-mail of the member it acts for; default: the first admin", HelpName = "e-mail" };

    static KeyCreateCommand() => Scopes.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && Words(result.Tokens[0].Value).FirstOrDefault(word => LowerSnake.Read<ApiKeyScope>(word) is null) is { } unknown)
            result.AddError($"--scopes: '{unknown}' is none of {string.Join(", ", Enum.GetValues<ApiKeyScope>().Select(LowerSnake.Write))}");
    });

    public static Command Create()
    {
        var command = new Command("create", "Make an API key; it is shown this once") { Name, Scopes, User };
        command.SetAction(async (parsed, ct) =>
        {
            await using var access = await InstanceAccess.OpenAsync(parsed, ct);
            var claims = await access.MemberAsync(parsed.GetValue(User), ct);
            var key = new NewApiKey
            {
                Name = parsed.GetValue(Name)!,
                Scopes = [.. Words(parsed.GetValue(Scopes)!).Distinct().Select(word => LowerSnake.Read<ApiKeyScope>(word)!.Value)],
            };
            var (made, token) = await access.Keys.CreateAsync(claims, key, ct);
            Output.Write(parsed, new { ApiKey = made, Token = token.Text }, token.Text);
            return 0;
        });
        return command;
    }

    static string[] Words(string scopes) => scopes.Split(',', StringSplitOptions.TrimEntries);
}
