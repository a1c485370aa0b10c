namespace Overmind.Access.Mail;

/// <summary>A mail to be sent. It holds no secret: the token of its link is made when it is sent, and is nowhere but in the mail.</summary>
sealed record MailPayload(MailTemplate Template)
{
    /// <summary>Whom to; an invitation has it itself.</summary>
    public string? Email { get; init; }

    public string? Name { get; init; }

    public Guid? UserId { get; init; }

    public Guid? InvitationId { get; init; }

    /// <summary>What has become of a budget, as the database writes it.</summary>
    public MailBudget? Budget { get; init; }
}
