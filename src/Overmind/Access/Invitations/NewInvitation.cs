using Overmind.Access.Accounts;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access.Invitations;

/// <summary>An invitation to be sent.</summary>
public sealed record NewInvitation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Email { get; init; }

    /// <summary>Default: user.</summary>
    public OrganizationRole Role { get; init; } = OrganizationRole.User;

    /// <summary>In how many days the link expires, 1 to 30. Default: 7.</summary>
    public int ExpiresInDays { get; init; } = 7;

    internal void Check()
    {
        var checks = new Checks();
        EmailAddress.Check(ref checks, "email", Email.Trim());
        checks.Require(ExpiresInDays is >= 1 and <= 30, "expires_in_days", "expires_in_days is 1 to 30.");
        checks.ThrowIfAny();
    }
}
