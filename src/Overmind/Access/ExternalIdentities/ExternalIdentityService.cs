using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Overmind.Access.Accounts;
using Overmind.Access.Sessions;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access.ExternalIdentities;

/// <summary>
/// Accepts the JWTs of a configured OpenID provider. Its person is known by issuer and subject; the first time they become the account of the address
/// that the provider has verified, or a new one where sign-up is open.
/// </summary>
public sealed class ExternalIdentityService : IDisposable
{
    // Signatures that anybody verifies with public keys, and none that would take a public key for a shared secret.
    static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.EcdsaSha512,
    ];

    const int MinRsaBits = 2048;

    static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    readonly ExternalIdentityOptions _options;
    readonly AccountOptions _accounts;
    readonly ExternalIdentityStore _store;
    readonly SessionStore _sessions;
    readonly TimeProvider _time;
    readonly ProviderKeys? _keys;

    public ExternalIdentityService(ExternalIdentityOptions options, AccountOptions accounts, Database database, SessionStore sessions, TimeProvider time)
    {
        (_options, _accounts, _store, _sessions, _time) = (options, accounts, new ExternalIdentityStore(database), sessions, time);
        _keys = options.Issuer is { } issuer ? new ProviderKeys(issuer, new HttpClient { Timeout = TimeSpan.FromSeconds(10) }, time) : null;
    }

    public void Dispose() => _keys?.Dispose();

    /// <summary>Whether tokens of an issuer come here.</summary>
    internal bool Knows(string? issuer) => _options.Issuer is { } ours && issuer == ours;

    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.InvalidAccessToken"/>, <see cref="ErrorCode.AccessTokenExpired"/>, <see cref="ErrorCode.IdentityUnknown"/>, <see cref="ErrorCode.NotAMember"/>,
    /// <see cref="ErrorCode.IdentityProviderUnavailable"/>.
    /// </exception>
    internal async Task<Caller> AuthenticateAsync(JsonWebToken token, Guid? organizationId, CancellationToken cancellationToken)
    {
        await VerifyAsync(token, cancellationToken);
        var userId = await _store.FindAsync(_options.Issuer!, token.Subject, cancellationToken) ?? await LinkAsync(token, cancellationToken);
        var claims = await _sessions.MembershipAsync(userId, organizationId, cancellationToken) ?? throw SessionAuthenticator.NotAMember();
        return new Caller(null, claims, ApiKeyScopes.All, new DateTimeOffset(token.ValidTo, TimeSpan.Zero), null);
    }

    async Task VerifyAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        var provider = await _keys!.FindAsync(token.Kid, cancellationToken);
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = _options.Issuer,
            ValidAudience = _options.Audience,
            ValidAlgorithms = Algorithms,
            IssuerSigningKeys = provider.JsonWebKeySet.Keys.Where(key => Verifies(key, token)),
            LifetimeValidator = (from, until, _, _) => until is not null && (from is null || from <= (_time.GetUtcNow() + Skew).UtcDateTime),
        });
        if (!result.IsValid)
            throw AccessTokens.Invalid("It is not signed by the identity provider, or for another use.");
        if (token.ValidTo <= _time.GetUtcNow().UtcDateTime)
            throw new OvermindException(ErrorCode.AccessTokenExpired, "The access token has expired. Get a new one from the identity provider.");
        if (string.IsNullOrEmpty(token.Subject) || token.Subject.Length > 255 || token.Subject.Contains('\0'))
            throw AccessTokens.Invalid("It says no subject.");
    }

    // What a key says of its own use holds (RFC 7517, sections 4.2 to 4.4; RFC 8725, section 3.1), and RSA keys have 2048 bits (RFC 7518, section 3.3): the
    // library looks at none of it.
    static bool Verifies(JsonWebKey key, JsonWebToken token) =>
        key.KeyId == token.Kid
        && (string.IsNullOrEmpty(key.Use) || key.Use == JsonWebKeyUseNames.Sig)
        && (string.IsNullOrEmpty(key.Alg) || key.Alg == token.Alg)
        && (key.KeyOps.Count == 0 || key.KeyOps.Contains("verify"))
        && (key.Kty != JsonWebAlgorithmsKeyTypes.RSA || key.KeySize >= MinRsaBits);

    async Task<Guid> LinkAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        var email = Text(token, "email");
        if (email is null || !(token.TryGetPayloadValue<object>("email_verified", out var verified) && verified is true or "true"))
            throw Unknown("Its provider names no verified e-mail address of yours.");
        var checks = new Checks();
        EmailAddress.Check(ref checks, "email", email);
        checks.ThrowIfAny();
        var slug = _accounts.IsSignUpOpen ? $"personal-{RandomNumberGenerator.GetHexString(16, lowercase: true)}" : null;
        var name = Text(token, "name") is { Length: >= 1 and <= 255 } given && !given.Contains('\0') ? given : email.Split('@')[0];
        return await _store.LinkAsync(_options.Issuer!, token.Subject, email, name, slug, cancellationToken)
            ?? throw Unknown($"There is no account of {email}, and sign-up is closed. Ask an admin for an invitation.");
    }

    static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<object>(claim, out var value) ? value as string : null;

    static OvermindException Unknown(string reason) => new(ErrorCode.IdentityUnknown, $"The access token is good, but nobody here is known by it. {reason}");
}
