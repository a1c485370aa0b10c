using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Overmind.Postgres;

/// <summary>
/// The login that serves requests: owns nothing, inherits nothing, and acts as <c>anon</c>, <c>authenticated</c> or <c>service_role</c>.
/// Its name is made from the database's, so that two instances in one cluster have one each; its password stands in a table that only
/// the owner reads, so that all nodes share it.
/// </summary>
sealed record RequestLogin(string Name, string Password)
{
    /// <summary>Reads it, and makes it on the first start.</summary>
    /// <exception cref="DatabaseSetupException">The owner may not make it.</exception>
    public static async Task<RequestLogin> EnsureAsync(NpgsqlConnection owner, ServerFacts facts, CancellationToken cancellationToken)
    {
        var name = NameFor(facts.Database);
        if (await ReadAsync(owner, name, cancellationToken) is { } ready)
            return ready;
        try
        {
            await using var transaction = await owner.BeginTransactionAsync(cancellationToken);
            // Two nodes that start together make one login.
            await RunAsync(owner, "lock table overmind.request_login", cancellationToken);
            if (await ReadAsync(owner, name, cancellationToken) is { } other)
                return other;
            var made = new RequestLogin(name, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
            await made.CreateAsync(owner, facts, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return made;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new DatabaseSetupException(
                $"{facts.Login} could not make the login {name}: {refused.MessageText}.",
                $"As a superuser: alter role {facts.Login} createrole; grant anon, authenticated, service_role to {facts.Login} with admin option; docs/security.md has both ways.",
                refused);
        }
    }

    /// <summary>The database's name and <c>_overmind</c>, within PostgreSQL's 63 bytes.</summary>
    public static string NameFor(string database)
    {
        var name = database + "_overmind";
        return Encoding.UTF8.GetByteCount(name) <= 63
            ? name
            : "overmind_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(database)))[..32];
    }

    // The role may be gone although the row is there: a dump was restored in another cluster.
    static async Task<RequestLogin?> ReadAsync(NpgsqlConnection owner, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select l.password from overmind.request_login l join pg_roles r on r.rolname = l.name where l.name = $1", owner)
        {
            Parameters = { new() { Value = name } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is string password ? new RequestLogin(name, password) : null;
    }

    async Task CreateAsync(NpgsqlConnection owner, ServerFacts facts, CancellationToken cancellationToken)
    {
        var login = Quote(Name);
        await RunAsync(owner,
            $"""
            do $$
            begin
                if not exists (select from pg_roles where rolname = {Literal(Name)}) then
                    create role {login} nologin noinherit nobypassrls;
                end if;
            end
            $$;
            alter role {login} login noinherit password {Literal(ScramVerifier.Create(Password))};
            grant anon, authenticated, service_role to {login};
            """, cancellationToken);
        if (!await MayConnectAsync(owner, cancellationToken))
            await RunAsync(owner, $"grant connect on database {Quote(facts.Database)} to {login}", cancellationToken);
        await using var command = new NpgsqlCommand(
            "insert into overmind.request_login (name, password) values ($1, $2) on conflict (name) do update set password = excluded.password", owner)
        {
            Parameters = { new() { Value = Name }, new() { Value = Password } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    async Task<bool> MayConnectAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select has_database_privilege($1, current_database(), 'connect')", owner)
        {
            Parameters = { new() { Value = Name } },
        };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    static async Task RunAsync(NpgsqlConnection owner, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static string Quote(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    static string Literal(string text) => '\'' + text.Replace("'", "''", StringComparison.Ordinal) + '\'';
}
