using Npgsql;
using Overmind.Access.Mail;
using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Access.Invitations;

/// <summary>The SQL of invitations.</summary>
public sealed class InvitationStore(Database database)
{
    const string Columns =
        "id, email, role, case when status = 'pending' and expires_at <= clock_timestamp() then 'expired' else status end as status, "
        + "invited_by, expires_at, accepted_at, accepted_by, created_at, updated_at";

    // One that has expired is not in the way of the next.
    const string ExpireSql = """
        update invitations
        set status = 'expired'
        where lower(email) = lower($1)
        and status = 'pending'
        and expires_at <= clock_timestamp()
        """;

    const string IsMemberSql = """
        select count(*) > 0
        from organization_members m
        join overmind.member_addresses() a on a.user_id = m.user_id
        where m.left_at is null
        and lower(a.email) = lower($1)
        """;

    const string InsertSql = $"""
        insert into invitations (id, email, role, expires_at)
        select $1, $2, $3, clock_timestamp() + $4
        where (select count(*) from organization_members where left_at is null)
            < coalesce((select max_users from organizations where id = overmind.org_id()), 2147483647)
        returning {Columns}
        """;

    const string CancelSql = $"""
        update invitations
        set status = 'cancelled'
        where id = $1
        and status = 'pending'
        returning {Columns}
        """;

    const string RenewSql = $"""
        update invitations
        set expires_at = greatest(expires_at, clock_timestamp() + interval '7 days')
        where id = $1
        and status = 'pending'
        returning {Columns}, overmind.audit('invitation.resent', 'update', 'invitation', id::text, 'success')
        """;

    const string FindSql = $"select {Columns} from invitations where id = $1";

    /// <summary>Whether the address is a member's.</summary>
    internal Task<bool> IsMemberAsync(Claims claims, string email, CancellationToken cancellationToken) =>
        database.FindAsync<bool>(claims, IsMemberSql, [email.Trim()], cancellationToken);

    /// <summary>Null when the organization is full.</summary>
    internal async Task<Invitation?> InsertAsync(Claims claims, NewInvitation invitation, CancellationToken cancellationToken)
    {
        var email = invitation.Email.Trim();
        var insert = new Statement(InsertSql, invitation.Id, email, LowerSnake.Write(invitation.Role), TimeSpan.FromDays(invitation.ExpiresInDays));
        await using var results = await database.SendAsync(
            claims, [new Statement(ExpireSql, email), insert, Mail(invitation.Id)], cancellationToken);
        return await results.FindAsync(Map);
    }

    /// <summary>Null when it is not pending. The next mail has a link of its own, and the last one's is good no more.</summary>
    internal async Task<Invitation?> RenewAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(claims, [new Statement(RenewSql, id), Mail(id)], cancellationToken);
        return await results.FindAsync(Map);
    }

    /// <summary>Null when it is not pending.</summary>
    internal Task<Invitation?> CancelAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(CancelSql, id), Map, cancellationToken);

    internal Task<Invitation?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(FindSql, id), Map, cancellationToken);

    /// <summary>One row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<Invitation>> ListAsync(Claims claims, InvitationStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [page.Limit + 1, Parameter.Uuid(page.Cursor), Parameter.Text(status is { } wanted ? LowerSnake.Write(wanted) : null)];
        var sql = $"""
            select *
            from (select {Columns} from invitations) as i
            where ($2::uuid is null or id {(page.ReadsUpwards ? ">" : "<")} $2)
            and ($3::text is null or status = $3){CreatedRange.And(page.CreatedAt, parameters)}
            order by id {(page.ReadsUpwards ? "asc" : "desc")}
            limit $1
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), Map, cancellationToken);
    }

    /// <summary>Gives it the token of the mail that is about to be sent; null when it is not pending any more.</summary>
    internal Task<InvitationMail?> SetTokenAsync(Guid id, InvitationToken token, CancellationToken cancellationToken) => database.FindAsync(
        Claims.Service,
        new Statement("select email, role, organization_name, invited_by from overmind.set_invitation_token($1, $2, $3)", token.OrganizationId, id, token.Hash),
        row => new InvitationMail(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)), cancellationToken);

    /// <summary>Null when the link is not good.</summary>
    internal Task<OpenedInvitation?> OpenAsync(InvitationToken token, CancellationToken cancellationToken) => database.FindAsync(
        Claims.Service,
        new Statement(
            "select email, role, organization_name, invited_by, user_id, password_hash from overmind.find_invitation($1, $2)", token.OrganizationId, token.Hash),
        row => new OpenedInvitation(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), !row.IsDBNull(4))
        {
            UserId = row.Value<Guid>(4),
            PasswordHash = row.Text(5),
        }, cancellationToken);

    /// <summary>What came of it, as <c>overmind.accept_invitation</c> says it; claims when it was accepted.</summary>
    internal Task<(string Outcome, Claims? Claims)> AcceptAsync(
        InvitationToken token, string? name, string? passwordHash, RequestOrigin? origin, CancellationToken cancellationToken) =>
        database.FindAsync(
            Claims.Service with { Origin = origin },
            new Statement(
                "select outcome, user_id, role from overmind.accept_invitation($1, $2, $3, $4)",
                token.OrganizationId, token.Hash, Parameter.Text(name), Parameter.Text(passwordHash)),
            row => (
                row.GetString(0),
                row.IsDBNull(2) ? null : new Claims(token.OrganizationId, row.GetGuid(1), row.Word<OrganizationRole>(2))), cancellationToken);

    // None where the statement before it found nothing to invite to, or nobody to send it once more.
    static Statement Mail(Guid id) => JobStore.InsertWhere(
        "exists (select from invitations where id = $2 and status = 'pending')",
        NewJob.Of(SendMail.Kind, new MailPayload(MailTemplate.Invitation) { InvitationId = id }), SendMail.Options, id);

    static Invitation Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Email = row.GetString(1),
        Role = row.GetString(2),
        Status = row.Word<InvitationStatus>(3),
        InvitedBy = row.GetGuid(4),
        ExpiresAt = row.Time(5),
        AcceptedAt = row.IsDBNull(6) ? null : row.Time(6),
        AcceptedBy = row.Value<Guid>(7),
        CreatedAt = row.Time(8),
        UpdatedAt = row.Time(9),
    };
}
