using System.Text;
using System.Text.RegularExpressions;
using Overmind.Bench.DataSets;

namespace Overmind.Bench.Floor;

/// <summary>One operation as pgbench runs it.</summary>
/// <param name="Texts">A script a member, with the claims as literals; each draws one of the member's conversations.</param>
/// <param name="Variables">What stays the same in all of them, e.g. the text of the appended message.</param>
sealed partial record PgbenchScripts(IReadOnlyList<string> Texts, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>
    /// Turns the batch that was sent for <paramref name="captured"/> into scripts for all <paramref name="members"/>. The conversation's id
    /// becomes one of the member's conversations, any other id a new one (by functions of the data set's schema: pgbench prepares a script
    /// before it has its role, when nothing else may be named); all else becomes a variable, so that pgbench sends it as a parameter too.
    /// </summary>
    public static PgbenchScripts Of(CapturedBatch batch, Target captured, IReadOnlyList<Target> members)
    {
        var variables = new Dictionary<string, string>();
        var statements = batch.Statements
            .Select((statement, number) => ParameterPlace().Replace(statement.Sql, place => Argument(place.Value, number, statement.Parameters, captured, variables)))
            .ToList();
        return new PgbenchScripts([.. members.Select(member => Script(statements, captured, member))], variables);
    }

    static string Argument(string place, int number, IReadOnlyList<string?> parameters, Target captured, Dictionary<string, string> variables)
    {
        var value = parameters[int.Parse(place.AsSpan(1)) - 1];
        if (value is null)
            return "null";
        // Who asks is a literal of each script, as in the claims.
        if (Guid.TryParse(value, out var id))
            return id == captured.Conversation ? "bench.id(3, :conversation)"
                : id == captured.User || id == captured.Organization ? $"'{id}'::uuid"
                : "bench.new_id()";
        if (value == captured.Role)
            return $"'{value}'";
        var name = $"p{number}_{place[1..]}";
        variables[name] = value;
        return ":" + name;
    }

    static string Script(IEnumerable<string> statements, Target captured, Target member)
    {
        var script = new StringBuilder();
        var first = DataSet.ConversationNumber(member.OrganizationNumber, member.MemberNumber);
        var last = DataSet.ConversationsPerOrganization / DataSet.MembersPerOrganization - 1;
        script.AppendLine($@"\set conversation random(0, {last}) * {DataSet.MembersPerOrganization} + {first}");
        script.AppendLine(@"\startpipeline");
        foreach (var statement in statements)
            script.Append(statement
                .Replace(captured.Organization.ToString(), member.Organization.ToString(), StringComparison.Ordinal)
                .Replace(captured.User.ToString(), member.User.ToString(), StringComparison.Ordinal)
                .Replace($"'{captured.Role}'", $"'{member.Role}'", StringComparison.Ordinal)).AppendLine(";");
        script.AppendLine(@"\endpipeline");
        return script.ToString();
    }

    [GeneratedRegex(@"\$\d+", RegexOptions.NonBacktracking)]
    private static partial Regex ParameterPlace();
}
