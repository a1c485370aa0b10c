using Npgsql;
using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>The SQL of profiles and traits: of the caller's own alone.</summary>
public sealed class ProfileStore(Database database)
{
    const string Columns = "id, email, email_verified, name, avatar_url, timezone, last_login_at, last_active_at, created_at, updated_at";

    const string FindSql = $"select {Columns} from users where id = overmind.user_id()";

    const string UpdateSql = $"""
        update users
        set name = coalesce($1, name),
            avatar_url = case when $2 then $3 else avatar_url end,
            timezone = coalesce($4, timezone)
        where id = overmind.user_id()
        and ($5::timestamptz is null or updated_at = $5)
        returning {Columns}
        """;

    const string TraitColumns = "id, trait_key, trait_value, source, created_at, updated_at";

    // What they said stays, whatever a model concludes; the row is returned either way.
    const string SetTraitSql = $"""
        insert into user_traits as t (trait_key, trait_value, source)
        values ($1, $2, $3)
        on conflict (organization_id, user_id, trait_key) do update
        set trait_value = case when t.source = 'user_input' and excluded.source = 'ai_inferred' then t.trait_value else excluded.trait_value end,
            source = case when t.source = 'user_input' then t.source else excluded.source end
        returning {TraitColumns}
        """;

    const string DeleteTraitSql = $"delete from user_traits where user_id = overmind.user_id() and trait_key = $1 returning {TraitColumns}";

    /// <summary>Null when the caller is no person.</summary>
    internal Task<Profile?> FindAsync(Claims claims, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(FindSql), Map, cancellationToken);

    /// <summary>Null when the caller is no person, or it has changed since <paramref name="unchangedSince"/>.</summary>
    internal Task<Profile?> UpdateAsync(Claims claims, ProfilePatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(
            UpdateSql,
            Parameter.Text(patch.DisplayName),
            patch.AvatarUrl is not null,
            Parameter.Text(patch.AvatarUrl?.Value),
            Parameter.Text(patch.Timezone),
            Parameter.Time(unchangedSince)), Map, cancellationToken);

    /// <summary>One row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<Trait>> TraitsAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [page.Limit + 1, Parameter.Uuid(page.Cursor)];
        var sql = $"""
            select {TraitColumns}
            from user_traits
            where user_id = overmind.user_id()
            and ($2::uuid is null or id {(page.ReadsUpwards ? ">" : "<")} $2){CreatedRange.And(page.CreatedAt, parameters)}
            order by id {(page.ReadsUpwards ? "asc" : "desc")}
            limit $1
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), MapTrait, cancellationToken);
    }

    internal async Task<Trait> SetTraitAsync(Claims claims, NewTrait trait, CancellationToken cancellationToken) =>
        (await database.FindAsync(
            claims, new Statement(SetTraitSql, trait.TraitKey, trait.TraitValue, LowerSnake.Write(trait.Source)), MapTrait, cancellationToken))!;

    /// <summary>The trait as it was; null when there is none.</summary>
    internal Task<Trait?> DeleteTraitAsync(Claims claims, string key, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(DeleteTraitSql, key), MapTrait, cancellationToken);

    static Profile Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Email = row.GetString(1),
        EmailVerified = row.GetBoolean(2),
        DisplayName = row.GetString(3),
        AvatarUrl = row.Text(4),
        Timezone = row.GetString(5),
        LastLoginAt = row.IsDBNull(6) ? null : row.Time(6),
        LastActiveAt = row.IsDBNull(7) ? null : row.Time(7),
        CreatedAt = row.Time(8),
        UpdatedAt = row.Time(9),
    };

    static Trait MapTrait(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        TraitKey = row.GetString(1),
        TraitValue = row.GetString(2),
        Source = row.Word<TraitSource>(3),
        CreatedAt = row.Time(4),
        UpdatedAt = row.Time(5),
    };
}
