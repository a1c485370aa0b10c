namespace Overmind.Client;

/// <summary>Signing in with e-mail and password.</summary>
public sealed record NewSignIn
{
    public required string Email { get; init; }

    public required string Password { get; init; }

    /// <summary>In which of one's organizations. Default: the first.</summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>What the device is called in the list. Default: nothing.</summary>
    public string? DeviceName { get; init; }
}
