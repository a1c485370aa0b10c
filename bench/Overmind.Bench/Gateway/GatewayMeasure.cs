using System.Text;
using Npgsql;
using Overmind.Access;
using Overmind.Bench.Load;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;

namespace Overmind.Bench.Gateway;

/// <summary>Sixteen clients ask a provider that answers at once: directly, through OpenAI's API of ours, and through Portkey's gateway, in turn.</summary>
static class GatewayMeasure
{
    const double Warmup = 6;

    const string Body = """{"model":"MODEL","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"What makes a small harbour safe at night?"}]}""";

    public static async Task<(GatewayFigures Figures, string PostgresVersion)> RunAsync(
        string folder, BenchOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Log = progress }, cancellationToken);
        await using var upstream = await InstantUpstream.StartAsync(cancellationToken);
        await using var opened = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = postgres.OwnerConnectionString }, cancellationToken);
        var token = await PrepareAsync(opened, postgres.OwnerConnectionString, upstream.Url, cancellationToken);
        await using var server = await ServerUnderTest.StartAsync(Path.Combine(folder, "server"), postgres.OwnerConnectionString, cancellationToken);
        await using var portkey = await FindPortkeyAsync(Path.Combine(folder, "portkey"), progress, cancellationToken);

        string[] direct = [Request(upstream.Url, "/v1/chat/completions", "model")];
        string[] own = [Request(server.Url, "/openai/v1/chat/completions", "bench/model", $"Authorization: Bearer {token}\r\n")];
        string[] other = portkey is null ? [] :
            [Request(portkey.Url, "/v1/chat/completions", "model", $"Authorization: Bearer none\r\nx-portkey-provider: openai\r\nx-portkey-custom-host: {upstream.Url.ToString().TrimEnd('/')}\r\n")];
        var figures = new GatewayFigures(
            await MeasureAsync("directly", upstream.Url, direct), await MeasureAsync("through Overmind", server.Url, own),
            portkey is null ? null : await MeasureAsync("through Portkey", portkey.Url, other));
        await using var source = NpgsqlDataSource.Create(postgres.OwnerConnectionString);
        await using var version = source.CreateCommand("show server_version");
        return (figures, (string)(await version.ExecuteScalarAsync(cancellationToken))!);

        async Task<GatewayLatencies> MeasureAsync(string how, Uri url, string[] requests)
        {
            progress($"{GatewayFigures.Clients} clients ask a provider {how}");
            // The busy one first: a server that has just begun compiles as it goes, and what comes meanwhile queues up.
            var busy = await LoadAsync(null);
            return new GatewayLatencies(await LoadAsync(GatewayFigures.Offered), busy);

            async Task<Latencies> LoadAsync(int? rate)
            {
                var plan = new LoadPlan(url.Host, url.Port, GatewayFigures.Clients, Warmup, options.Seconds, requests) { Rate = rate };
                var result = await LoadProcess.RunAsync(plan, cancellationToken);
                return result.Errors == 0 ? result.Latencies : throw new InvalidOperationException($"{result.Errors} calls {how} failed, the first with {result.FirstError}");
            }
        }
    }

    static async Task<string> PrepareAsync(OvermindDatabase opened, string owner, Uri upstream, CancellationToken cancellationToken)
    {
        var database = new Database(opened.Requests);
        var first = new FirstOrganization(database, new PasswordHasher());
        var claims = await first.CreateAsync("bench@example.test", "bench", cancellationToken) ?? (await first.FindAdminAsync(cancellationToken))!;
        await using var source = NpgsqlDataSource.Create(owner);
        // The database is kept between runs of the benchmark; the provider's port is another each time.
        foreach (var (sql, parameters) in ((string, object[])[])
        [
            ("delete from model_providers where organization_id = $1 and key = 'bench'", [claims.OrganizationId!.Value]),
            ("insert into model_providers (organization_id, key, kind, base_url) values ($1, 'bench', 'openai', $2)", [claims.OrganizationId.Value, upstream.ToString()]),
        ])
        {
            await using var command = source.CreateCommand(sql);
            foreach (var value in parameters) command.Parameters.AddWithValue(value);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        var token = ApiKeyToken.Generate(claims.OrganizationId.Value);
        await new ApiKeyStore(database).InsertAsync(claims, new NewApiKey { Name = "Benchmark", Scopes = ApiKeyScopes.All.Members() }, token, cancellationToken);
        return token.Text;
    }

    static async Task<PortkeyGateway?> FindPortkeyAsync(string folder, Action<string> progress, CancellationToken cancellationToken)
    {
        try
        {
            return await PortkeyGateway.StartAsync(folder, cancellationToken);
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception or HttpRequestException)
        {
            progress($"Without Portkey's gateway: {failure.Message}");
            return null;
        }
    }

    static string Request(Uri url, string path, string model, string headers = "")
    {
        var body = Body.Replace("MODEL", model, StringComparison.Ordinal);
        return $"POST {path} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}";
    }
}
