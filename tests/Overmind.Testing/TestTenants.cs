using Overmind.Postgres;

namespace Overmind.Testing;

/// <summary>Two organizations, each with an admin, two users and a viewer, with their system agents and workflow.</summary>
public sealed record TestTenants(TestTenant First, TestTenant Second)
{
    /// <summary>Makes them in a database.</summary>
    public static async Task<TestTenants> CreateAsync(TestDatabase database) =>
        new(await TestTenant.CreateAsync(database, "first"), await TestTenant.CreateAsync(database, "second"));
}
