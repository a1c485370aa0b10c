using System.CommandLine;
using Overmind.Access;
using Overmind.Postgres;
using Overmind.Tenancy;

namespace Overmind.Cli.Instances;

/// <summary>Members and API keys of an instance, by way of its database: whoever may read the data folder needs no key.</summary>
sealed class InstanceAccess : IAsyncDisposable
{
    readonly InstanceDatabase _instance;
    readonly OvermindDatabase _opened;
    readonly Database _database;

    InstanceAccess(InstanceDatabase instance, OvermindDatabase opened)
    {
        (_instance, _opened, _database) = (instance, opened, opened.Database);
        Keys = new ApiKeyService(new ApiKeyStore(_database), TimeProvider.System);
        Organizations = new OrganizationOperations(new OrganizationOperationsStore(_database));
    }

    public ApiKeyService Keys { get; }

    public OrganizationOperations Organizations { get; }

    public static async Task<InstanceAccess> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var instance = await InstanceDatabase.OpenAsync(InstanceFolder.Of(parsed), cancellationToken);
        try
        {
            return new InstanceAccess(instance, await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = instance.Url }, cancellationToken));
        }
        catch
        {
            await instance.DisposeAsync();
            throw;
        }
    }

    /// <summary>The member with this e-mail; for null the first admin.</summary>
    public async Task<Claims> MemberAsync(string? email, CancellationToken cancellationToken)
    {
        if (email is not null)
            return (await new SignInStore(_database).FindAsync(email, cancellationToken))?.Member.Claims
                ?? throw new CliException("no_member", $"there is no member {email}", "name one who can sign in with --user");
        return await new FirstOrganization(_database, new PasswordHasher()).FindAdminAsync(cancellationToken)
            ?? throw new CliException("no_organization", "there is no organization yet", "start the instance once with `overmind up`");
    }

    /// <summary>All keys that the member sees, newest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(Claims claims, CancellationToken cancellationToken)
    {
        var keys = new List<ApiKey>();
        for (var page = new PageRequest { Limit = PageRequest.MaxLimit }; ; page = page with { After = keys[^1].Id })
        {
            var found = await Keys.ListAsync(claims, page, cancellationToken);
            keys.AddRange(found.Items);
            if (!found.HasMore)
                return keys;
        }
    }

    /// <summary>The key with this id, or that begins like this.</summary>
    /// <exception cref="CliException">There is none, or several begin so.</exception>
    public async Task<ApiKey> FindKeyAsync(Claims claims, string which, CancellationToken cancellationToken)
    {
        var found = (await ListAsync(claims, cancellationToken)).Where(key => key.Id.ToString() == which || key.KeyPrefix == which).ToList();
        return found is [var key]
            ? key
            : throw new CliException(
                "key_not_found", found.Count == 0 ? $"there is no API key {which}" : $"{found.Count} API keys begin with {which}", "see `overmind key list`");
    }

    public async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        await _instance.DisposeAsync();
    }
}
