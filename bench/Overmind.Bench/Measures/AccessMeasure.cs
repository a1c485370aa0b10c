using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Overmind.Access;
using Overmind.Bench.Load;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;

namespace Overmind.Bench.Measures;

/// <summary>
/// <c>GET /v1/me</c>, which says who is there and asks the database nothing, beside <c>GET /health</c>, which asks nobody; and sign-ins beside the hash of
/// their password.
/// </summary>
sealed class AccessMeasure(ServerUnderTest server, BenchOptions options)
{
    const string Email = "bench@example.test";
    const string Password = "correct horse battery";
    const double Warmup = 1;

    // The difference looked for is smaller than what a busy machine does to one round.
    const int ShortRounds = 9;

    public static async Task<(AccessFigures Figures, string PostgresVersion)> RunAsync(
        string folder, BenchOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Log = progress }, cancellationToken);
        await using var opened = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = postgres.OwnerConnectionString }, cancellationToken);
        var database = new Database(opened.Requests);
        var organization = new FirstOrganization(database, new PasswordHasher());
        var admin = await organization.CreateAsync(Email, Password, cancellationToken) ?? (await organization.FindAdminAsync(cancellationToken))!;
        var (_, key) = await new ApiKeyService(new ApiKeyStore(database), TimeProvider.System).CreateAsync(admin, new NewApiKey { Name = "Bench" }, cancellationToken);
        var version = await database.FindAsync<string>(Claims.Service, "select split_part(current_setting('server_version'), ' ', 1)", [], cancellationToken);
        await using var server = await ServerUnderTest.StartAsync(Path.Combine(folder, "server"), postgres.OwnerConnectionString, cancellationToken);
        return (await new AccessMeasure(server, options).RunAsync(key.Text, progress, cancellationToken), version!);
    }

    async Task<AccessFigures> RunAsync(string key, Action<string> progress, CancellationToken cancellationToken)
    {
        progress("Requests of somebody and of nobody");
        var token = await AccessTokenAsync(cancellationToken);
        Comparison[] requests = [await RequestAsync("API key", key, cancellationToken), await RequestAsync("access token", token, cancellationToken)];
        var signIns = new List<Comparison>();
        foreach (var clients in (int[])[1, 2, 4])
        {
            progress($"Sign-ins by {clients} at once");
            signIns.Add(await SignInAsync(clients, cancellationToken));
        }
        return new AccessFigures(requests, signIns, (await HashesAsync(1, TimeSpan.FromSeconds(options.Seconds / 4))).P50);
    }

    async Task<Comparison> RequestAsync(string name, string credentials, CancellationToken cancellationToken)
    {
        var (measured, floor) = await Rounds.InTurnAsync(
            ShortRounds,
            () => LoadAsync($"GET /v1/me HTTP/1.1\r\nHost: {server.Url.Authority}\r\nAuthorization: Bearer {credentials}\r\n\r\n", 1, ShortRounds, cancellationToken),
            () => LoadAsync($"GET /health HTTP/1.1\r\nHost: {server.Url.Authority}\r\n\r\n", 1, ShortRounds, cancellationToken));
        return new Comparison(name, 1, measured.Median, floor.Median);
    }

    async Task<Comparison> SignInAsync(int clients, CancellationToken cancellationToken)
    {
        var body = $$"""{"email":"{{Email}}","password":"{{Password}}"}""";
        var request = $"POST /v1/auth/sign_in HTTP/1.1\r\nHost: {server.Url.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        var (measured, floor) = await Rounds.InTurnAsync(
            options.Rounds,
            () => LoadAsync(request, clients, options.Rounds, cancellationToken),
            () => HashesAsync(clients, TimeSpan.FromSeconds(options.Seconds / options.Rounds)));
        return new Comparison("sign in", clients, measured.Median, floor.Median);
    }

    async Task<Latencies> LoadAsync(string request, int clients, int rounds, CancellationToken cancellationToken)
    {
        var result = await LoadProcess.RunAsync(new LoadPlan(server.Url.Host, server.Url.Port, clients, Warmup, options.Seconds / rounds, [request]), cancellationToken);
        return result.Errors == 0 ? result.Latencies : throw new InvalidOperationException($"{result.Errors} requests failed, the first with {result.FirstError}");
    }

    async Task<string> AccessTokenAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        using var response = await http.PostAsJsonAsync("/v1/auth/sign_in", new { email = Email, password = Password }, cancellationToken);
        using var tokens = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return tokens.RootElement.GetProperty("access_token").GetString()!;
    }

    // As the server lets them: half of the processors at a time.
    static async Task<Latencies> HashesAsync(int callers, TimeSpan time)
    {
        using var hasher = new PasswordHasher();
        var hash = hasher.Hash(Password);
        var all = Stopwatch.StartNew();
        var milliseconds = await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            var taken = new List<double>();
            for (var since = Stopwatch.StartNew(); since.Elapsed < time;)
            {
                var start = Stopwatch.GetTimestamp();
                await hasher.VerifyAsync(hash, Password, CancellationToken.None);
                taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            return taken;
        }));
        return Latencies.Of(milliseconds.SelectMany(taken => taken), all.Elapsed.TotalSeconds);
    }
}
