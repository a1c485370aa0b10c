using System.CommandLine;
using Npgsql;
using Overmind.Cli.Configuration;
using Overmind.Cli.Instances;
using Overmind.Postgres;
using Overmind.Server;

namespace Overmind.Cli.Commands;

static class DbReencryptCommand
{
    public static Command Create()
    {
        var command = new Command("reencrypt", "Encrypt the stored secrets with the first of the encryption keys, so that the others may go");
        command.SetAction(async (parsed, ct) =>
        {
            var folder = InstanceFolder.Of(parsed);
            await using var instance = await InstanceDatabase.OpenAsync(folder, ct);
            var cipher = CipherOf(EffectiveConfiguration.Read(parsed, folder).Checked().Text(Settings.EncryptionKey), folder);
            await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(instance.Url) { Pooling = false }.ConnectionString);
            var done = await ReencryptAsync(owner, cipher, ct);
            if (done.Unreadable.Count > 0)
                throw new CliException(
                    "secrets_unreadable",
                    $"{done.Renewed} secrets were encrypted anew, and none of the keys opens {done.Unreadable.Count}: {string.Join(", ", done.Unreadable)}",
                    $"add the key they were stored with to {SecretCipher.Variable}, or enter them anew");
            Output.Write(parsed, done, $"Encrypted {done.Renewed} secrets anew; {done.Current} were with the first key already. The other keys may be taken out");
            return 0;
        });
        return command;
    }

    static SecretCipher CipherOf(string? keys, InstanceFolder folder) => keys is not null || Directory.Exists(folder.Path)
        ? EncryptionKeyFile.CipherOf(keys, folder.Path)
        : throw new CliException(
            "no_encryption_key", $"no encryption key is set, and there is no folder {folder.Path} that holds one",
            $"set {SecretCipher.Variable}, or name the instance's folder with --data");

    static async Task<ReencryptedSecrets> ReencryptAsync(NpgsqlDataSource owner, SecretCipher cipher, CancellationToken ct)
    {
        try
        {
            return await StoredSecrets.ReencryptAsync(owner, cipher, ct);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new CliException("not_the_owner", "the login does not own the schema, and no other reads all secrets", "name the schema's owner in OVERMIND_DATABASE_URL");
        }
        catch (PostgresException older) when (older.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction)
        {
            throw new CliException("schema_not_current", "the schema is not that of this version", "run `overmind db migrate`");
        }
    }
}
