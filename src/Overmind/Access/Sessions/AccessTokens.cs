using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access.Sessions;

/// <summary>Makes and verifies access tokens: JWTs (RFC 7519) signed with ES256, with the claims that Supabase's have, and <c>org_id</c> and <c>org_role</c>.</summary>
sealed class AccessTokens(SigningKeys keys, SignInOptions options, TimeProvider time)
{
    const string Audience = "authenticated";
    static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };

    public async Task<string> CreateAsync(Guid sessionId, Claims claims, CancellationToken cancellationToken)
    {
        var key = await keys.CurrentAsync(cancellationToken);
        var now = time.GetUtcNow();
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + options.AccessTokenLifetime).UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = claims.UserId!.Value.ToString(),
                ["role"] = Audience,
                ["org_id"] = claims.OrganizationId!.Value.ToString(),
                ["org_role"] = LowerSnake.Write(claims.Role!.Value),
                ["session_id"] = sessionId.ToString(),
            },
            SigningCredentials = new SigningCredentials(key.SecurityKey, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.AccessTokenExpired"/>, <see cref="ErrorCode.InvalidAccessToken"/>.</exception>
    public async Task<AccessToken> VerifyAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        // Looked up beforehand: the library asks for keys synchronously.
        var key = await keys.FindAsync(token.Kid, cancellationToken);
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudience = Audience,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKey = key?.SecurityKey,
            TryAllIssuerSigningKeys = false,
            LifetimeValidator = (from, until, _, _) => until is not null && (from is null || from <= time.GetUtcNow().UtcDateTime),
        });
        if (!result.IsValid)
            throw Invalid("It is not signed by this installation, or for another use.");
        if (token.ValidTo <= time.GetUtcNow().UtcDateTime)
            throw new OvermindException(ErrorCode.AccessTokenExpired, "The access token has expired. Get a new one with POST /v1/auth/refresh.");
        return Id(token, "session_id") is { } session && Id(token, "sub") is { } user && Id(token, "org_id") is { } organization
            ? new AccessToken(session, user, organization, new DateTimeOffset(token.ValidTo, TimeSpan.Zero))
            : throw Invalid("It lacks a claim.");
    }

    /// <summary>Null when the text is not of a JWT's shape.</summary>
    public static JsonWebToken? Read(string text)
    {
        try
        {
            return Handler.CanReadToken(text) && text.Count('.') == 2 ? new JsonWebToken(text) : null;
        }
        catch (Exception malformed) when (malformed is ArgumentException or SecurityTokenException or FormatException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    public static OvermindException Invalid(string reason) => new(ErrorCode.InvalidAccessToken, $"The access token is not valid. {reason} Sign in with POST /v1/auth/sign_in.");

    static Guid? Id(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<object>(claim, out var value) && value is string text && Guid.TryParseExact(text, "D", out var id) ? id : null;
}
