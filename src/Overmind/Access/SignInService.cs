using Overmind.Access.Accounts;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>Finding out who somebody is by e-mail and password.</summary>
public sealed class SignInService(SignInStore store, AccountStore accounts, PasswordHasher passwords, SignInBackOff backOff)
{
    /// <param name="origin">Where the attempt comes from; failures are counted by it, and stand in the audit log.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidCredentials"/>, always with the same words; <see cref="ErrorCode.TooManyAttempts"/>.</exception>
    public async Task<Member> VerifyAsync(string email, string password, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        backOff.Check(email, origin);
        // A text that cannot be stored cannot be anybody's e-mail.
        var found = email.Contains('\0') ? null : await store.FindAsync(email.Trim(), cancellationToken);
        var (isRight, isOld) = await passwords.VerifyAsync(found?.PasswordHash, password, cancellationToken);
        if (!isRight)
        {
            backOff.Failed(email, origin);
            if (!email.Contains('\0'))
                await store.RecordFailureAsync(found?.Member.Claims, Shortened(email), ErrorCode.InvalidCredentials, origin, cancellationToken);
            throw new OvermindException(ErrorCode.InvalidCredentials, "E-mail or password is wrong.");
        }
        backOff.Succeeded(email, origin);
        var member = found!.Value.Member;
        if (isOld)
            await accounts.SetPasswordAsync(
                member.Claims.UserId!.Value, await passwords.HashAsync(password, cancellationToken), endSessions: false, keep: null, origin, cancellationToken);
        return member;
    }

    // Anything may be sent as an address, of any length.
    static string Shortened(string email) => email.Length <= 320 ? email : email[..320];
}
