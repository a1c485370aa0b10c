namespace Overmind.Bench.DataSets;

/// <summary>
/// The shape of the data the measurements run among: conversations of 50 messages, 1,000 conversations an organization,
/// five members an organization (the first is an admin) who own them in turn; every tenth is visible to the organization.
/// Ids are computed from numbers, so that pgbench, which has numbers only, finds the same rows.
/// </summary>
/// <param name="Messages">How many messages in all; rounded down to whole organizations, at least one.</param>
public sealed record DataSet(int Messages)
{
    public const int MessagesPerConversation = 50, ConversationsPerOrganization = 1000, MembersPerOrganization = 5;

    public int Organizations { get; } = Math.Max(Messages / (MessagesPerConversation * ConversationsPerOrganization), 1);

    public int Conversations => Organizations * ConversationsPerOrganization;

    /// <summary>The id of the organization with this number, from 1.</summary>
    public static Guid Organization(int number) => Id(1, number);

    /// <summary>The id of a member of an organization; members count from 0, who is the admin.</summary>
    public static Guid Member(int organization, int member) => Id(2, organization * MembersPerOrganization + member);

    /// <summary>The id of a conversation of an organization; conversations count from 0 and belong to member <c>number % 5</c>.</summary>
    public static Guid Conversation(int organization, int number) => Id(3, ConversationNumber(organization, number));

    /// <summary>The number <c>bench.id(3, …)</c> makes the conversation's id from.</summary>
    public static int ConversationNumber(int organization, int number) => organization * ConversationsPerOrganization + number;

    static Guid Id(int kind, int number) => Guid.Parse($"{kind:x8}-0000-7000-8000-{number:x12}");
}
