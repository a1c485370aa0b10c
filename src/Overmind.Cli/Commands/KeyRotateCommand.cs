using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class KeyRotateCommand
{
    static readonly Argument<string> Which = new("key") { Description = "Its id, or how it begins: sk_live_1a2b3c4d" };

    static readonly Option<int> GraceHours = new("--grace-hours")
    {
        Description = "For how many hours the old key is good beside the new one, 0 to 720",
        DefaultValueFactory = _ => 24,
        HelpName = "number",
    };

    static KeyRotateCommand() => GraceHours.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is < 0 or > 720)
            result.AddError("--grace-hours is 0 to 720");
    });

    public static Command Create()
    {
        var command = new Command("rotate", "Replace an API key; the new one is shown this once") { Which, GraceHours };
        command.SetAction(async (parsed, ct) =>
        {
            await using var access = await InstanceAccess.OpenAsync(parsed, ct);
            var admin = await access.MemberAsync(null, ct);
            var key = await access.FindKeyAsync(admin, parsed.GetValue(Which)!, ct);
            // In the name of its member, for whom the new key acts, too.
            var (made, token) = await access.Keys.RotateAsync(admin with { UserId = key.UserId }, key.Id, TimeSpan.FromHours(parsed.GetValue(GraceHours)), ct);
            Output.Write(parsed, new { ApiKey = made, Token = token.Text }, token.Text);
            return 0;
        });
        return command;
    }
}
