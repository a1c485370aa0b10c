using System.CommandLine;
using Npgsql;
using Overmind.Audit;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class AuditVerifyCommand
{
    static readonly Option<string?> Seals = new("--seals") { Description = "File with the seals that were published; as the setting audit_seal_file names it", HelpName = "file" };

    public static Command Create()
    {
        var command = new Command("verify", "Compare the audit log with its seals, on the machine of the instance; exit code 1 when it was tampered with") { Seals };
        command.SetAction(async (parsed, ct) =>
        {
            var published = parsed.GetValue(Seals) is { } file ? await ReadAsync(file, ct) : null;
            await using var instance = await InstanceDatabase.OpenAsync(InstanceFolder.Of(parsed), ct);
            await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(instance.Url) { Pooling = false }.ConnectionString);
            var report = await VerifyAsync(owner, published, ct);
            Output.Write(parsed, report, Text(report));
            return report.IsIntact ? 0 : 1;
        });
        return command;
    }

    static string Text(AuditReport report)
    {
        var compared = report.Published > 0 ? $", {report.Published} seals compared with the file" : "";
        var counts = $"{report.Rows} acts in {report.Seals} seals{compared}; {report.Removed} removed when their time was over, {report.Erased} without what was erased, {report.Unsealed} not sealed yet";
        return report.IsIntact
            ? $"The audit log is as it was sealed: {counts}"
            : string.Join('\n', [$"The audit log was tampered with: {counts}", .. report.Findings.Select(finding => $"  {finding.Problem,-16} {finding.Text}")]);
    }

    static async Task<AuditReport> VerifyAsync(NpgsqlDataSource owner, ILookup<long, string>? published, CancellationToken ct)
    {
        try
        {
            return await AuditVerifier.VerifyAsync(owner, published, ct);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new CliException("not_the_owner", "the login does not own the schema, and no other sees all of the log", "name the schema's owner in OVERMIND_DATABASE_URL");
        }
        catch (PostgresException older) when (older.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
        {
            throw new CliException("schema_not_current", "the schema is not that of this version", "run `overmind db migrate`");
        }
    }

    static async Task<ILookup<long, string>> ReadAsync(string file, CancellationToken ct)
    {
        try
        {
            return await SealFile.ReadAsync(file, ct);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CliException("seals_not_read", unread.Message, "name the file that audit_seal_file names");
        }
    }
}
