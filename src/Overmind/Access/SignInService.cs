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
        if (backOff.Find(email, origin) is { } throttled)
        {
            if (throttled.IsNews)
                await RecordFailureAsync((await FindAsync(email, cancellationToken))?.Member.Claims, email, ErrorCode.TooManyAttempts, origin, cancellationToken);
            throw throttled.ToError();
        }
        var found = await FindAsync(email, cancellationToken);
        var (isRight, isOld) = await passwords.VerifyAsync(found?.PasswordHash, password, cancellationToken);
        if (!isRight)
        {
            backOff.Failed(email, origin);
            await RecordFailureAsync(found?.Member.Claims, email, ErrorCode.InvalidCredentials, origin, cancellationToken);
            throw new OvermindException(ErrorCode.InvalidCredentials, "E-mail or password is wrong.");
        }
        backOff.Succeeded(email, origin);
        var member = found!.Value.Member;
        if (isOld)
            await accounts.SetPasswordAsync(
                member.Claims.UserId!.Value, await passwords.HashAsync(password, cancellationToken), endSessions: false, keep: null, origin, cancellationToken);
        return member;
    }

    // A text that cannot be stored cannot be anybody's e-mail.
    async Task<(Member Member, string? PasswordHash)?> FindAsync(string email, CancellationToken cancellationToken) =>
        email.Contains('\0') ? null : await store.FindAsync(email.Trim(), cancellationToken);

    // Anything may be sent as an address, of any length.
    Task RecordFailureAsync(Claims? member, string email, ErrorCode code, RequestOrigin? origin, CancellationToken cancellationToken) => email.Contains('\0')
        ? Task.CompletedTask
        : store.RecordFailureAsync(SignInStore.Login, member?.OrganizationId, member?.UserId, email.Length <= 320 ? email : email[..320], code, origin, cancellationToken);
}
