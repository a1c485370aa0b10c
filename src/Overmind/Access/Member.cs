using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>Someone who has signed in.</summary>
/// <param name="Claims">Organization, person and role.</param>
/// <param name="Name">How the person is called.</param>
public sealed record Member(Claims Claims, string Name);
