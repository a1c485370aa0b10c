using System.CommandLine;
using Overmind.Access.Sessions;
using Overmind.Cli.Configuration;
using Overmind.Cli.Instances;
using Overmind.Postgres;
using Overmind.Server;

namespace Overmind.Cli.Commands;

static class KeyRotateSigningCommand
{
    public static Command Create()
    {
        var command = new Command("rotate-signing", "Sign access tokens with a new key; nobody is signed out");
        command.SetAction(async (parsed, ct) =>
        {
            var folder = InstanceFolder.Of(parsed);
            await using var instance = await InstanceDatabase.OpenAsync(folder, ct);
            var cipher = EncryptionKeyFile.CipherOf(EffectiveConfiguration.Read(parsed, folder).Checked().Text(Settings.EncryptionKey), folder.Path);
            await using var opened = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = instance.Url }, ct);
            using var keys = new SigningKeys(opened.Database, cipher, TimeProvider.System);
            var id = await keys.RotateAsync(ct);
            Output.Write(parsed, new { Kid = id }, $"Access tokens are signed with {id} from now on");
            return 0;
        });
        return command;
    }
}
