using Overmind.Jobs;
using Overmind.Access.Mail;
using Overmind.Postgres;

namespace Overmind.Access.Accounts;

/// <summary>The SQL of accounts: all of it by functions, because who has none, or has lost the password, has no claims.</summary>
public sealed class AccountStore(Database database)
{
    const string AddTokenSql = "select overmind.add_one_time_token($1, $2, $3, $4, $5, $6)";

    /// <summary>Asks for a mail, whether there is such an account or not: who waits for the answer learns nothing by it.</summary>
    internal Task SendAsync(MailPayload mail, CancellationToken cancellationToken) => database.ListAsync(
        Claims.Service, JobStore.InsertForInstallation([NewJob.Of(SendMail.Kind, mail)], SendMail.Options), row => row.GetGuid(0), cancellationToken);

    /// <summary>Null when the address has no account.</summary>
    internal Task<Account?> FindAsync(string email, CancellationToken cancellationToken) =>
        database.FindAsync(Claims.Service, new Statement("select user_id, name, email from overmind.find_account($1)", email), row => new Account(row.GetGuid(0), row.GetString(1), row.GetString(2)), cancellationToken);

    /// <summary>The caller's own address, and whether it is known to be theirs.</summary>
    internal Task<(string Email, bool IsVerified)> OwnEmailAsync(Claims claims, CancellationToken cancellationToken) => database.FindAsync(
        claims, new Statement("select email, email_verified from users where id = overmind.user_id()"), row => (row.GetString(0), row.GetBoolean(1)), cancellationToken);

    /// <summary>Null when enough links were sent to the address.</summary>
    internal async Task<OneTimeToken?> AddTokenAsync(
        string purpose, string email, string? name, Guid? userId, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var token = OneTimeToken.Generate();
        var added = await database.FindAsync<bool>(
            Claims.Service, AddTokenSql, [token.Hash, purpose, email, Parameter.Text(name), Parameter.Uuid(userId), lifetime], cancellationToken);
        return added ? token : null;
    }

    internal Task ForgetTokenAsync(OneTimeToken token, CancellationToken cancellationToken) =>
        database.ExecuteAsync(Claims.Service, "select overmind.forget_one_time_token($1)", [token.Hash], cancellationToken);

    internal Task<AskedSignUp?> FindSignUpAsync(OneTimeToken token, CancellationToken cancellationToken) => database.FindAsync(
        Claims.Service, new Statement("select email, name from overmind.find_one_time_token($1, 'sign_up')", token.Hash),
        row => new AskedSignUp(row.GetString(0), row.GetString(1)), cancellationToken);

    internal Task<(string Outcome, Claims? Claims)> ConfirmSignUpAsync(
        OneTimeToken token, string? name, string passwordHash, string slug, RequestOrigin? origin, CancellationToken cancellationToken) => database.FindAsync(
        Claims.Service with { Origin = origin },
        new Statement("select outcome, user_id, organization_id from overmind.confirm_sign_up($1, $2, $3, $4)", token.Hash, Parameter.Text(name), passwordHash, slug),
        row => (row.GetString(0), row.IsDBNull(1) ? null : new Claims(row.GetGuid(2), row.GetGuid(1), OrganizationRole.Admin)), cancellationToken);

    /// <summary>Null when the link is not good.</summary>
    internal Task<Guid?> ResetPasswordAsync(OneTimeToken token, string passwordHash, RequestOrigin? origin, CancellationToken cancellationToken) => database.FindAsync(
        Claims.Service with { Origin = origin }, new Statement("select overmind.reset_password($1, $2)", token.Hash, passwordHash), row => row.Value<Guid>(0), cancellationToken);

    /// <summary>Null when the link is not good.</summary>
    internal Task<Guid?> VerifyEmailAsync(OneTimeToken token, CancellationToken cancellationToken) => database.FindAsync(
        Claims.Service, new Statement("select overmind.verify_email($1)", token.Hash), row => row.Value<Guid>(0), cancellationToken);

    /// <param name="endSessions">All of the person's but <paramref name="keep"/>.</param>
    internal Task SetPasswordAsync(
        Guid userId, string passwordHash, bool endSessions, Guid? keep, RequestOrigin? origin, CancellationToken cancellationToken) => database.ExecuteAsync(
        Claims.Service with { Origin = origin }, "select overmind.set_password($1, $2, $3, $4)", [userId, passwordHash, endSessions, Parameter.Uuid(keep)], cancellationToken);
}
