using System.CommandLine;
using Overmind.Client;

namespace Overmind.Cli.Commands;

/// <summary>The member that a verb is about.</summary>
static class NamedMember
{
    public static Argument<string> Argument() => new("member") { Description = "E-mail or id" };

    /// <summary>All members, oldest first.</summary>
    public static async Task<IReadOnlyList<Member>> ListAsync(OvermindClient client, CancellationToken cancellationToken)
    {
        var members = new List<Member>();
        for (var page = new Client.PageRequest { Limit = 100, Order = "asc" }; ; page = page with { After = members[^1].Id })
        {
            var found = await client.Members.ListAsync(page, cancellationToken);
            members.AddRange(found.Items);
            if (!found.HasMore) return members;
        }
    }

    /// <exception cref="CliException">There is none.</exception>
    public static async Task<Member> FindAsync(OvermindClient client, string which, CancellationToken cancellationToken) =>
        Guid.TryParse(which, out var id)
            ? await client.Members.GetAsync(id, cancellationToken)
            : (await ListAsync(client, cancellationToken)).FirstOrDefault(member => string.Equals(member.Email, which, StringComparison.OrdinalIgnoreCase))
                ?? throw new CliException("member_not_found", $"there is no member {which}", "see `overmind user list`; addresses are shown to who manages members");
}
