using System.Security.Cryptography;
using Overmind.Access;
using Overmind.Postgres;

namespace Overmind.Server;

/// <summary>The first start on an empty database: an organization, its admin and an API key.</summary>
static class FirstStart
{
    // Without 0, O, 1, l and I: it is typed from a screen. 20 of 57 characters are 116 bits.
    const string PasswordCharacters = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    const int PasswordLength = 20;

    /// <summary>The installation's id, and what was made when this is its first start.</summary>
    public static async Task<(Guid InstallationId, FirstRun? FirstRun)> EnsureAsync(OvermindServerOptions options, OvermindDatabase opened, CancellationToken cancellationToken)
    {
        var database = opened.Database;
        var first = new FirstOrganization(database, new PasswordHasher());
        if (await first.FindAdminAsync(cancellationToken) is { } present)
            return (present.OrganizationId!.Value, null);
        var password = options.AdminPassword ?? RandomNumberGenerator.GetString(PasswordCharacters, PasswordLength);
        if (await first.CreateAsync(options.AdminEmail, password, cancellationToken) is not { } admin)
            return ((await first.FindAdminAsync(cancellationToken) ?? throw NoAdmin()).OrganizationId!.Value, null);
        var key = await CreateKeyAsync(database, admin, "First key", cancellationToken);
        return (admin.OrganizationId!.Value, new FirstRun(options.AdminEmail, options.AdminPassword is null ? password : null, key.Text));
    }

    static DatabaseSetupException NoAdmin() => new(
        "there are organizations in the database, but none with an admin in force",
        "make a member one: update organization_members set role = 'admin', left_at = null where user_id = …");

    static async Task<ApiKeyToken> CreateKeyAsync(Database database, Claims admin, string name, CancellationToken cancellationToken)
    {
        var token = ApiKeyToken.Generate(admin.OrganizationId!.Value);
        var key = new NewApiKey { Name = name, Scopes = ApiKeyScopes.All.Members() };
        await new ApiKeyStore(database).InsertAsync(admin, key, token, cancellationToken);
        return token;
    }
}
