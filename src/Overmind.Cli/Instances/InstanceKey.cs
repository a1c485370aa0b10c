using Overmind.Access;
using Overmind.Postgres;

namespace Overmind.Cli.Instances;

/// <summary>
/// The API key that the command line uses with an instance: the first admin's, in a file that only the folder's owner reads. <c>up</c> makes
/// it, and makes another one when the database no longer takes it.
/// </summary>
static class InstanceKey
{
    /// <summary>Null when there is none yet.</summary>
    public static string? Read(InstanceFolder folder) => File.Exists(folder.KeyFile) ? File.ReadAllText(folder.KeyFile).Trim() : null;

    public static async Task EnsureAsync(InstanceFolder folder, OvermindDatabase opened, CancellationToken cancellationToken)
    {
        var database = opened.Database;
        var keys = new ApiKeyStore(database);
        if (Read(folder) is { } kept && ApiKeyToken.Parse(kept) is { } token && await keys.AuthenticateAsync(token, cancellationToken) is not null)
            return;
        if (await new FirstOrganization(database, new PasswordHasher()).FindAdminAsync(cancellationToken) is not { } admin)
            return;
        var made = ApiKeyToken.Generate(admin.OrganizationId!.Value);
        var key = new NewApiKey { Name = $"Command line on {Environment.MachineName}", Scopes = ApiKeyScopes.All.Members() };
        await keys.InsertAsync(admin, key, made, cancellationToken);
        InstanceFolder.WritePrivate(folder.KeyFile, made.Text + "\n");
    }
}
