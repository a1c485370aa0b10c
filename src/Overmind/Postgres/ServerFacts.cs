using Npgsql;

namespace Overmind.Postgres;

/// <summary>What a server and a login are like, as far as it decides whether Overmind can run there.</summary>
/// <param name="Version">As <c>server_version_num</c>: 150020 is 15.20.</param>
/// <param name="Vector">Version of pgvector in this database; null when it is not installed in it.</param>
/// <param name="VectorAvailable">Version of pgvector that the server could install; null for none.</param>
/// <param name="MayInstallVector">Whether this login may install it.</param>
/// <param name="HasSchema">Whether the schema <c>overmind</c> is there.</param>
/// <param name="OwnsSchema">Whether it is this login's.</param>
/// <param name="MayCreateSchema">Whether this login may make schemas in the database, and tables in <c>public</c>.</param>
/// <param name="MayCreateRoles">Whether it may make roles.</param>
/// <param name="MissingRoles">Those of <c>anon</c>, <c>authenticated</c>, <c>service_role</c> that the cluster does not have.</param>
/// <param name="ForeignRoles">Those of them that this login may not act as.</param>
/// <param name="HasCitus">Whether the database is spread over the nodes of a Citus cluster.</param>
/// <param name="BypassesPolicies">Whether row-level security does not hold for it.</param>
sealed record ServerFacts(
    string Login,
    string Database,
    int Version,
    string? Vector,
    string? VectorAvailable,
    bool MayInstallVector,
    bool HasSchema,
    bool OwnsSchema,
    bool MayCreateSchema,
    bool MayCreateRoles,
    string[] MissingRoles,
    string[] ForeignRoles,
    bool HasCitus,
    bool BypassesPolicies)
{
    public static async Task<ServerFacts> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select
                current_user::text,
                current_database()::text,
                current_setting('server_version_num')::int,
                (select extversion from pg_extension where extname = 'vector'),
                (select default_version from pg_available_extensions where name = 'vector'),
                exists (select from pg_available_extension_versions where name = 'vector' and (trusted or not superuser)) or me.rolsuper,
                schema.nspname is not null,
                coalesce(pg_has_role(schema.nspowner, 'usage'), false),
                has_database_privilege(current_database(), 'create') and has_schema_privilege('public', 'create'),
                me.rolcreaterole or me.rolsuper,
                array(select r.name from unnest(array['anon', 'authenticated', 'service_role']) as r (name)
                    where not exists (select from pg_roles where rolname = r.name)),
                array(select rolname::text from pg_roles
                    where rolname in ('anon', 'authenticated', 'service_role') and not pg_has_role(oid, 'member')),
                exists (select from pg_extension where extname = 'citus'),
                me.rolbypassrls or me.rolsuper
            from pg_roles me
            left join pg_namespace schema on schema.nspname = 'overmind'
            where me.rolname = current_user
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new ServerFacts(
            reader.GetString(0), reader.GetString(1), reader.GetInt32(2),
            reader.IsDBNull(3) ? null : reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4),
            reader.GetBoolean(5), reader.GetBoolean(6), reader.GetBoolean(7), reader.GetBoolean(8), reader.GetBoolean(9),
            reader.GetFieldValue<string[]>(10), reader.GetFieldValue<string[]>(11), reader.GetBoolean(12), reader.GetBoolean(13));
    }

    /// <summary>Whether the login is to migrate: the schema is its own, or there is none yet and it may make it.</summary>
    public bool IsOwner => HasSchema ? OwnsSchema : MayCreateSchema;
}
