using Overmind.Errors;
using Overmind.Postgres;
using ZiggyCreatures.Caching.Fusion;

namespace Overmind.Access;

/// <summary>Signing in with e-mail and password, and looking again whether who is signed in still may be.</summary>
public sealed class SignInService(SignInStore store, PasswordHasher passwords, SignInBackOff backOff, IFusionCache cache)
{
    static readonly FusionCacheEntryOptions Kept = new() { Duration = TimeSpan.FromSeconds(60), Size = 1 };

    /// <param name="address">Where the attempt comes from; failures are counted by e-mail and address.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidCredentials"/>, always with the same words; <see cref="ErrorCode.TooManyAttempts"/>.</exception>
    public async Task<Member> SignInAsync(string email, string password, string address, CancellationToken cancellationToken)
    {
        backOff.Check(email, address);
        // A text that cannot be stored cannot be anybody's e-mail.
        var found = email.Contains('\0') ? null : await store.FindAsync(email.Trim(), cancellationToken);
        if (!passwords.Verify(found?.PasswordHash, password))
        {
            backOff.Failed(email, address);
            throw new OvermindException(ErrorCode.InvalidCredentials, "E-mail or password is wrong.");
        }
        backOff.Succeeded(email, address);
        var member = found!.Value.Member;
        await store.RecordAsync(member.Claims.UserId!.Value, cancellationToken);
        return member;
    }

    /// <summary>The claims with the role the member has now, at most a minute ago; null when they have left.</summary>
    public async Task<Claims?> RefreshAsync(Claims claims, CancellationToken cancellationToken)
    {
        var role = await cache.GetOrSetAsync<OrganizationRole?>(
            $"member:{claims.OrganizationId:N}:{claims.UserId:N}",
            async (_, token) => await store.RoleAsync(claims, token),
            Kept,
            token: cancellationToken);
        return role is null ? null : claims with { Role = role };
    }
}
