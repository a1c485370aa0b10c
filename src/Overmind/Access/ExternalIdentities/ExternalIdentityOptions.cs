namespace Overmind.Access.ExternalIdentities;

/// <summary>The OpenID provider whose tokens are accepted.</summary>
public sealed record ExternalIdentityOptions
{
    /// <summary>Its <c>iss</c>, below which its discovery document lies; https, or http on the loopback address. Default: none.</summary>
    public string? Issuer { get; init; }

    /// <summary>Whom its tokens must be for (<c>aud</c>); required with an issuer.</summary>
    public string? Audience { get; init; }
}
