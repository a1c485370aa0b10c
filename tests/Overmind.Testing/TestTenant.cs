using Overmind.Postgres;

namespace Overmind.Testing;

/// <summary>An organization and the claims of its members.</summary>
public sealed record TestTenant(Guid OrganizationId, Claims Admin, Claims User, Claims OtherUser, Claims Viewer)
{
    /// <summary>Makes an organization. Its members' addresses are <c>admin@slug.test</c>, <c>user@</c>, <c>other@</c> and <c>viewer@</c>.</summary>
    public static async Task<TestTenant> CreateAsync(TestDatabase database, string slug)
    {
        var made = await database.Database.FindAsync<Made>(
            Claims.Service,
            "select * from overmind.create_organization($1, $2, $3, 'Admin', null)",
            [$"Organization {slug}", slug, $"admin@{slug}.test"],
            CancellationToken.None);
        var organization = made!.OrganizationId;
        return new TestTenant(
            organization,
            new Claims(organization, made.UserId, OrganizationRole.Admin),
            await MemberAsync(database, organization, $"user@{slug}.test", OrganizationRole.User),
            await MemberAsync(database, organization, $"other@{slug}.test", OrganizationRole.User),
            await MemberAsync(database, organization, $"viewer@{slug}.test", OrganizationRole.Viewer));
    }

    static async Task<Claims> MemberAsync(TestDatabase database, Guid organization, string email, OrganizationRole role)
    {
        var user = await database.ScalarAsync<Guid>(
            """
            with made as (
                insert into users (email, name)
                values ($1, $1)
                returning id
            )
            insert into organization_members (organization_id, user_id, display_name, role)
            select $2, id, $1, $3
            from made
            returning user_id
            """, email, organization, LowerSnake.Write(role));
        return new Claims(organization, user, role);
    }

    sealed record Made(Guid OrganizationId, Guid UserId);
}
