namespace Overmind.Postgres;

/// <summary>What Overmind needs of a database, each lack said with its remedy.</summary>
static class DatabaseRequirements
{
    const string Documented = "docs/security.md lists the rights that the login in OVERMIND_DATABASE_URL needs";
    static readonly Version LowestVector = new(0, 8);

    /// <exception cref="DatabaseSetupException">Something is missing.</exception>
    public static void Check(ServerFacts facts)
    {
        if (facts.Version < 150000)
            throw new DatabaseSetupException(
                $"PostgreSQL {facts.Version / 10000} is too old.", "Overmind needs PostgreSQL 15 or newer: upgrade the server, or name another one in OVERMIND_DATABASE_URL.");
        CheckVector(facts);
        if (!facts.HasSchema && !facts.MayCreateSchema)
            throw new DatabaseSetupException(
                $"The database {facts.Database} has no Overmind schema, and {facts.Login} may not create one.",
                $"Connect as the database's owner, or: grant create on database {facts.Database} to {facts.Login}; grant create on schema public to {facts.Login}; {Documented}.");
        if (facts.IsOwner)
            CheckOwner(facts);
        else
            CheckRequestLogin(facts);
    }

    static void CheckVector(ServerFacts facts)
    {
        if ((facts.Vector ?? facts.VectorAvailable) is not { } version)
            throw new DatabaseSetupException(
                "The server has no pgvector.", "Install pgvector 0.8 or newer on it (the package postgresql-NN-pgvector), then: create extension vector.");
        if (System.Version.Parse(version) < LowestVector)
            throw new DatabaseSetupException(
                $"pgvector {version} is too old.",
                facts.VectorAvailable is { } available && System.Version.Parse(available) >= LowestVector
                    ? $"As a superuser: alter extension vector update; this server has {available}."
                    : "Install pgvector 0.8 or newer on the server, then: alter extension vector update.");
        if (facts.Vector is null && !facts.MayInstallVector)
            throw new DatabaseSetupException(
                $"pgvector is not installed in the database {facts.Database}, and {facts.Login} may not install it.",
                $"As a superuser, in {facts.Database}: create extension vector; {Documented}.");
    }

    static void CheckOwner(ServerFacts facts)
    {
        if (facts.MissingRoles.Length > 0 && !facts.MayCreateRoles)
            throw new DatabaseSetupException(
                $"The roles {string.Join(", ", facts.MissingRoles)} do not exist, and {facts.Login} may not create them.",
                $"As a superuser: {string.Concat(facts.MissingRoles.Select(role => $"create role {role} nologin; "))}or: alter role {facts.Login} createrole; {Documented}.");
    }

    static void CheckRequestLogin(ServerFacts facts)
    {
        if (facts.MissingRoles.Concat(facts.ForeignRoles).ToArray() is { Length: > 0 } roles)
            throw new DatabaseSetupException(
                $"{facts.Login} is not a member of {string.Join(", ", roles)}.",
                $"As the owner of the schema: grant {string.Join(", ", roles)} to {facts.Login}; or name the owner itself in OVERMIND_DATABASE_URL; {Documented}.");
        if (facts.BypassesPolicies)
            throw new DatabaseSetupException(
                $"Row-level security does not hold for {facts.Login}.",
                $"alter role {facts.Login} nobypassrls; or name the owner of the schema in OVERMIND_DATABASE_URL, which makes a request login of its own.");
    }
}
