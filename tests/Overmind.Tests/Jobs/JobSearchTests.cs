using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Overmind.Jobs;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Jobs;

public sealed class JobSearchTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_text_is_looked_for_in_the_newest_of_many_jobs_and_an_id_in_all()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenants = await TestTenants.CreateAsync(database);
        var admin = tenants.First.Admin;
        using var host = Build(database);
        var jobs = host.Services.GetRequiredService<JobService>();
        await database.Database.ExecuteAsync(
            admin, """insert into jobs (kind, payload) values ('rare', '{"name": "Lighthouse"}'), ('rare', '{"name": "Harbour"}')""", [], CancellationToken.None);
        var old = (await jobs.ListAsync(admin, new JobFilter { Text = "lightHOUSE" }, PageRequest.First, CancellationToken.None)).Items.ShouldHaveSingleItem();

        await database.Database.ExecuteAsync(admin, "insert into jobs (kind) select 'common' from generate_series(1, 20000)", [], CancellationToken.None);

        (await FoundAsync(new JobFilter { Text = "lighthouse" })).ShouldBeEmpty("20,000 newer ones were looked through");
        (await FoundAsync(new JobFilter { Text = "lighthouse", Kind = "rare" })).ShouldBe([old.Id]);
        (await FoundAsync(new JobFilter { Text = old.Id.ToString() })).ShouldBe([old.Id]);
        (await FoundAsync(new JobFilter { Text = old.Id.ToString(), Kind = "common" })).ShouldBeEmpty();
        (await jobs.ListAsync(tenants.Second.Admin, new JobFilter { Text = old.Id.ToString() }, PageRequest.First, CancellationToken.None)).Items.ShouldBeEmpty();

        async Task<IEnumerable<Guid>> FoundAsync(JobFilter filter) => (await jobs.ListAsync(admin, filter, PageRequest.First, CancellationToken.None)).Items.Select(j => j.Id);
    }

    static IHost Build(TestDatabase database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(database.Database).AddSingleton(new UnpooledDataSource(database.Direct));
        builder.Services.AddOvermind(options => options.RunWorker = false);
        return builder.Build();
    }
}
