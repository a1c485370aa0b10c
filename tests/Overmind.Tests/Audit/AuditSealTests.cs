using Npgsql;
using Overmind.Audit;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Audit;

public sealed class AuditSealTests(TestPostgres postgres) : IAsyncLifetime
{
    TestDatabase _database = null!;
    TestTenant _tenant = null!;
    AuditSealStore _seals = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        _tenant = await TestTenant.CreateAsync(_database, "sealed");
        _seals = new AuditSealStore(_database.Database);
        await _database.ExecuteAsync("delete from audit_logs");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task What_is_sealed_and_left_alone_is_found_intact()
    {
        await ActAsync(3);
        (await SealAsync())!.RowCount.ShouldBe(3);
        await ActAsync(2);
        (await SealAsync())!.Number.ShouldBe(2);
        (await SealAsync()).ShouldBeNull();
        await ActAsync(1);

        var report = await VerifyAsync();
        report.Findings.ShouldBeEmpty();
        (report.Seals, report.Rows, report.Unsealed).ShouldBe((2, 5, 1));
    }

    [Theory]
    [InlineData("update audit_logs set user_id = null where id = $1", "changed_row")]
    [InlineData("update audit_logs set new_values = '{}' where id = $1", "changed_row")]
    [InlineData("update audit_logs set created_at = created_at - interval '1 microsecond' where id = $1", "changed_row")]
    [InlineData("delete from audit_logs where id = $1", "removed_row")]
    [InlineData("update overmind.audit_hashes set removed_at = now() where id = $1", "inserted_row")]
    [InlineData("update audit_details set user_agent = 'other' where id = $1", "changed_details")]
    [InlineData("insert into audit_logs (event_type, action, resource_type, transaction_id) select 'api_key.created', 'create', 'api_key', '1' where $1 is not null", "inserted_row")]
    [InlineData("delete from overmind.audit_hashes where id = $1", "broken_seal")]
    [InlineData("update overmind.audit_hashes set hash = sha256('x') where id = $1", "broken_seal")]
    [InlineData("update overmind.audit_seals set created_at = created_at - interval '1 day' where number = 2 and $1 is not null", "broken_seal")]
    [InlineData("delete from overmind.audit_seals where number = 1 and $1 is not null", "missing_seal")]
    public async Task What_was_tampered_with_is_named(string tampering, string problem)
    {
        await ActAsync(2);
        await SealAsync();
        await ActAsync(2);
        await SealAsync();
        var id = await _database.ScalarAsync<Guid>("select id from audit_logs order by id limit 1");
        await _database.ExecuteAsync(tampering.Replace("$1 is not null", "$1::uuid is not null", StringComparison.Ordinal), id);

        var found = (await VerifyAsync()).Findings;
        found.ShouldContain(finding => finding.Problem == problem);
        if (problem is "changed_row" or "removed_row" or "changed_details")
            found.ShouldContain(finding => finding.Id == id && finding.Seal == 1);
    }

    [Fact]
    public async Task A_chain_that_was_built_anew_differs_from_what_was_published()
    {
        await ActAsync(2);
        var first = (await SealAsync())!;
        await ActAsync(1);
        var second = (await SealAsync())!;
        await _database.ExecuteAsync("delete from overmind.audit_hashes; delete from overmind.audit_seals; update audit_logs set user_id = null");
        await SealAsync();

        (await VerifyAsync()).IsIntact.ShouldBeTrue();
        (await VerifyAsync(new() { [first.Number] = first.Hash, [second.Number] = second.Hash })).Findings.Select(finding => finding.Problem)
            .ShouldBe(["changed_seal", "missing_seal"]);
    }

    [Fact]
    public async Task A_transaction_that_stays_open_holds_up_nothing_but_its_own_rows()
    {
        await using var connection = await _database.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("select overmind.audit_as(null, null, 'sample.created', 'create', 'sample', null, 'success')", connection))
            await command.ExecuteScalarAsync();
        await ActAsync(2);
        (await SealAsync())!.RowCount.ShouldBe(2);
        await ActAsync(1);
        await transaction.CommitAsync();
        (await SealAsync())!.RowCount.ShouldBe(2);
        (await VerifyAsync()).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_backlog_is_sealed_in_parts()
    {
        await ActAsync(5);
        foreach (var rows in (int[])[2, 2, 1])
            (await _database.ScalarAsync<int>("select row_count from overmind.seal_audit_logs(2)")).ShouldBe(rows);
        var report = await VerifyAsync();
        (report.IsIntact, report.Rows, report.Seals).ShouldBe((true, 5, 3));
    }

    [Fact]
    public async Task After_a_restore_into_another_cluster_sealing_goes_on()
    {
        await ActAsync(2);
        await SealAsync();
        // As there, where numbers of transactions start anew.
        await _database.ExecuteAsync("update overmind.audit_seals set unsealed_since = '1000000000'");
        await ActAsync(1);
        (await SealAsync())!.RowCount.ShouldBe(1);
        await ActAsync(1);
        (await SealAsync())!.RowCount.ShouldBe(1);
    }

    [Fact]
    public async Task What_an_organization_keeps_no_longer_leaves_its_hash_and_what_is_erased_its_digest()
    {
        await ActAsync(2);
        await SealAsync();
        await ActAsync(1);
        (await _database.Database.FindAsync<int>(
            _tenant.Admin with { DatabaseRole = DatabaseRole.ServiceRole }, "select overmind.delete_expired_audit_logs(clock_timestamp())", [], CancellationToken.None)).ShouldBe(2);
        await SealAsync();
        await _database.ExecuteAsync("delete from audit_details");

        var report = await VerifyAsync();
        report.Findings.ShouldBeEmpty();
        (report.Rows, report.Removed, report.Erased).ShouldBe((1, 2, 1));
    }

    [Fact]
    public async Task Of_many_nodes_that_seal_at_once_each_row_is_sealed_once()
    {
        await ActAsync(20);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SealAsync()));
        await SealAsync();
        var report = await VerifyAsync();
        (report.IsIntact, report.Rows).ShouldBe((true, 20));
    }

    [Fact]
    public async Task Seals_are_published_a_line_each()
    {
        var folder = Directory.CreateTempSubdirectory();
        var path = Path.Combine(folder.FullName, "seals.jsonl");
        await ActAsync(1);
        var seal = (await SealAsync())!;
        await SealFile.AppendAsync(path, seal, CancellationToken.None);
        await SealFile.AppendAsync(path, seal with { Number = 2 }, CancellationToken.None);
        await SealFile.AppendAsync(path, seal, CancellationToken.None);
        (await SealFile.ReadAsync(path, CancellationToken.None)).Select(s => (s.Key, s.Single())).ShouldBe([(1, seal.Hash), (2, seal.Hash)]);

        await File.AppendAllTextAsync(path, "{}\n");
        (await Should.ThrowAsync<FormatException>(SealFile.ReadAsync(path, CancellationToken.None))).Message.ShouldStartWith("line 4");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Seals_that_are_made_anew_where_others_were_taken_out_are_found()
    {
        var file = Path.GetTempFileName();
        await ActAsync(1);
        await SealFile.AppendAsync(file, (await SealAsync())!, CancellationToken.None);
        await _database.ExecuteAsync("delete from overmind.audit_seals; delete from overmind.audit_hashes");
        await SealFile.AppendAsync(file, (await SealAsync())!, CancellationToken.None);

        (await VerifyAsync()).IsIntact.ShouldBeTrue("by the database alone");
        var finding = (await CompareAsync(await SealFile.ReadAsync(file, CancellationToken.None))).Findings.ShouldHaveSingleItem();
        (finding.Problem, finding.Text).ShouldBe(("changed_seal", "seal 1 is another than the one that was published"));
        File.Delete(file);
    }

    async Task ActAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await _database.Database.ExecuteAsync(
                _tenant.User, "select overmind.audit('sample.created', 'create', 'sample', '1', 'success', p_new_values => '{\"price\": 1.50}', p_ip => '192.0.2.1')", [],
                CancellationToken.None);
    }

    Task<AuditSeal?> SealAsync() => _seals.SealAsync(CancellationToken.None);

    Task<AuditReport> VerifyAsync(Dictionary<long, string>? published = null) => CompareAsync(published?.ToLookup(seal => seal.Key, seal => seal.Value));

    Task<AuditReport> CompareAsync(ILookup<long, string>? published) => AuditVerifier.VerifyAsync(_database.Owner, published, CancellationToken.None);
}
