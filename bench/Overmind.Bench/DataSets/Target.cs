using Overmind.Postgres;

namespace Overmind.Bench.DataSets;

/// <summary>A member of the data set and one of their conversations.</summary>
/// <param name="OrganizationNumber">From 1.</param>
/// <param name="MemberNumber">0 is the admin.</param>
/// <param name="ConversationNumber">Of the organization's; belongs to the member when it leaves <paramref name="MemberNumber"/> divided by the members' count.</param>
sealed record Target(int OrganizationNumber, int MemberNumber, int ConversationNumber)
{
    public Guid Organization => DataSet.Organization(OrganizationNumber);

    public Guid User => DataSet.Member(OrganizationNumber, MemberNumber);

    public Guid Conversation => DataSet.Conversation(OrganizationNumber, ConversationNumber);

    public string Role => MemberNumber == 0 ? "admin" : "user";

    public Claims Claims => new(Organization, User, MemberNumber == 0 ? OrganizationRole.Admin : OrganizationRole.User);

    /// <summary>Every member with the first of their conversations.</summary>
    public static IReadOnlyList<Target> Members(DataSet dataSet) =>
    [
        .. from organization in Enumerable.Range(1, dataSet.Organizations)
           from member in Enumerable.Range(0, DataSet.MembersPerOrganization)
           select new Target(organization, member, member),
    ];

    /// <summary>
    /// A member of each of ten organizations, for pgbench; none is an admin, whose list is another statement. It prepares each statement for each of its scripts anew, where the server
    /// prepares it once for all members; with a script a member it would be slower than it can be.
    /// </summary>
    public static IReadOnlyList<Target> Sample(DataSet dataSet)
    {
        var count = Math.Min(dataSet.Organizations, 10);
        return
        [
            .. from i in Enumerable.Range(0, count)
               let member = 1 + i % (DataSet.MembersPerOrganization - 1)
               select new Target(1 + i * dataSet.Organizations / count, member, member),
        ];
    }

    /// <summary>Every conversation with its owner.</summary>
    public static IReadOnlyList<Target> Conversations(DataSet dataSet) =>
    [
        .. from organization in Enumerable.Range(1, dataSet.Organizations)
           from conversation in Enumerable.Range(0, DataSet.ConversationsPerOrganization)
           select new Target(organization, conversation % DataSet.MembersPerOrganization, conversation),
    ];
}
