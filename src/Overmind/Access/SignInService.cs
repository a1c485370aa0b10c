using Overmind.Errors;
using Overmind.Postgres;
using ZiggyCreatures.Caching.Fusion;

namespace Overmind.Access;

/// <summary>Signing in with e-mail and password, and looking again whether who is signed in still may be.</summary>
public sealed class SignInService(SignInStore store, PasswordHasher passwords, SignInBackOff backOff, IFusionCache cache, TimeProvider time)
{
    static readonly FusionCacheEntryOptions Kept = new() { Duration = TimeSpan.FromSeconds(60), Size = 1 };

    /// <param name="origin">Where the attempt comes from; failures are counted by e-mail and address, and stand in the audit log.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidCredentials"/>, always with the same words; <see cref="ErrorCode.TooManyAttempts"/>.</exception>
    public async Task<Member> SignInAsync(string email, string password, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var address = origin.Ip?.ToString() ?? "";
        backOff.Check(email, address);
        // A text that cannot be stored cannot be anybody's e-mail.
        var found = email.Contains('\0') ? null : await store.FindAsync(email.Trim(), cancellationToken);
        if (!passwords.Verify(found?.PasswordHash, password))
        {
            backOff.Failed(email, address);
            if (!email.Contains('\0'))
                await store.RecordFailureAsync(found?.Member.Claims, Shortened(email), ErrorCode.InvalidCredentials, origin, cancellationToken);
            throw new OvermindException(ErrorCode.InvalidCredentials, "E-mail or password is wrong.");
        }
        backOff.Succeeded(email, address);
        var member = found!.Value.Member;
        await store.RecordAsync(member.Claims, origin, cancellationToken);
        return member;
    }

    /// <summary>Notes that a member signed out.</summary>
    public Task SignedOutAsync(Claims claims, RequestOrigin origin, CancellationToken cancellationToken) =>
        store.RecordSignOutAsync(claims, origin, cancellationToken);

    /// <summary>The same person in another organization of theirs; null when they are no member of it.</summary>
    public Task<Member?> SwitchAsync(Claims claims, Guid organizationId, CancellationToken cancellationToken) =>
        store.FindMembershipAsync(claims.UserId, organizationId, cancellationToken);

    /// <summary>The claims with the role and grants the member has now, at most a minute ago; null when they have left.</summary>
    public async Task<Claims?> RefreshAsync(Claims claims, CancellationToken cancellationToken)
    {
        var now = await cache.GetOrSetAsync<Claims?>(
            $"member:{claims.OrganizationId:N}:{claims.UserId:N}",
            async (_, token) => await store.RefreshAsync(claims, time.GetUtcNow(), token),
            Kept,
            token: cancellationToken);
        return now is null ? null : claims with { Role = now.Role, Granted = now.Granted };
    }

    // Anything may be sent as an address, of any length.
    static string Shortened(string email) => email.Length <= 320 ? email : email[..320];
}
