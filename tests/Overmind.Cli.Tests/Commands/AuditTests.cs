using System.Text.Json.Nodes;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Commands;

public class AuditTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_log_that_was_left_alone_verifies_and_one_that_was_tampered_with_says_where()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await database.ExecuteAsync("select overmind.audit_as(null, null, 'sample.created', 'create', 'sample', '1', 'success')");
        await database.ExecuteAsync("select overmind.seal_audit_logs()");
        var intact = await RunAsync(database, "--format", "json");
        (intact.ExitCode, (bool)JsonNode.Parse(intact.Output)!["is_intact"]!).ShouldBe((0, true));

        await database.ExecuteAsync("update audit_logs set resource_id = '2'");
        var tampered = await RunAsync(database);
        tampered.ExitCode.ShouldBe(1);
        tampered.Output.ShouldStartWith("The audit log was tampered with");
        tampered.Output.ShouldContain("changed_row");
    }

    [Fact]
    public async Task Seals_that_were_published_are_compared()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await database.ExecuteAsync("select overmind.audit_as(null, null, 'sample.created', 'create', 'sample', '1', 'success')");
        await database.ExecuteAsync("select overmind.seal_audit_logs()");
        var hash = await database.ScalarAsync<string>("select encode(hash, 'hex') from overmind.audit_seals where number = 1");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Line(1, hash));
            (await RunAsync(database, "--seals", file)).ExitCode.ShouldBe(0);
            await File.WriteAllTextAsync(file, Line(1, new string('0', 64)) + Line(2, hash));
            var other = await RunAsync(database, "--seals", file);
            (other.ExitCode, other.Output.Contains("changed_seal", StringComparison.Ordinal), other.Output.Contains("missing_seal", StringComparison.Ordinal)).ShouldBe((1, true, true));
            await File.WriteAllTextAsync(file, "no seal\n");
            (await RunAsync(database, "--seals", file)).Errors.ShouldContain("line 1");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Seals_go_to_a_file_while_the_instance_runs_and_prove_what_somebody_changed_behind_its_back()
    {
        await using var instance = new TemporaryInstance();
        var folder = Directory.CreateTempSubdirectory("overmind-seals-").FullName;
        var file = Path.Combine(folder, "seals.jsonl");
        using var up = await OvermindProcess.UpAsync(instance.Data, new Dictionary<string, string> { ["OVERMIND_AUDIT_SEAL_FILE"] = file });
        (await OvermindProcess.RunAsync("key", "create", "--name", "Sealed", "--data", instance.Data)).ExitCode.ShouldBe(0);
        await Poll.UntilAsync(async () => (await instance.PsqlAsync("select count(*) = 0 from audit_logs l where not exists (select from overmind.audit_hashes h where h.id = l.id)")) == "t");
        await Poll.UntilAsync(async () => File.Exists(file) && (await File.ReadAllLinesAsync(file)).Length == int.Parse(await instance.PsqlAsync("select count(*) from overmind.audit_seals")));
        (await VerifyAsync()).ExitCode.ShouldBe(0);

        await instance.PsqlAsync("update audit_logs set user_id = null where event_type = 'api_key.created'");
        (await VerifyAsync()).ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(1), e => e.Output.ShouldContain("changed_row"));

        // Whoever takes the seals out with the row cannot take them out of the file, also when the instance has sealed anew meanwhile.
        await instance.PsqlAsync("delete from overmind.audit_seals; delete from overmind.audit_hashes");
        (await VerifyAsync()).ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(1), e => e.Output.ShouldMatch("missing_seal|changed_seal", e.Errors));
        await up.StopAsync();
        Directory.Delete(folder, recursive: true);

        Task<(int ExitCode, string Output, string Errors)> VerifyAsync() => OvermindProcess.RunAsync("audit", "verify", "--seals", file, "--data", instance.Data);
    }

    static string Line(long number, string hash) => $$"""{"number": {{number}}, "row_count": 1, "hash": "{{hash}}", "created_at": "2030-01-01T00:00:00Z"}""" + "\n";

    static Task<(int ExitCode, string Output, string Errors)> RunAsync(TestDatabase database, params string[] args) =>
        OvermindProcess.RunAsync(new Dictionary<string, string> { ["OVERMIND_DATABASE_URL"] = database.OwnerConnectionString }, ["audit", "verify", .. args]);
}
