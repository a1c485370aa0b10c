using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Overmind.Access;
using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Jobs.Webhooks;
using Overmind.Models;
using Overmind.Models.Embeddings;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Server.Tests;

public class EmbeddedLibraryTests(ApiServers servers)
{
    [Fact]
    public async Task The_sample_program_answers_and_serves_the_API_beside_its_own_routes()
    {
        using var program = await SampleProgram.StartAsync(await servers.EmptyDatabaseAsync());
        using var anonymous = new Api(program.Url, null);
        var asked = (await anonymous.PostAsync("/ask", "What makes a small harbour safe at night?")).Expect(200).Json;
        asked.Text("status").ShouldBe("Succeeded");
        asked.Text("answer").ShouldNotBeNullOrEmpty();
        using var api = new Api(program.Url, (await anonymous.PostAsync("/keys")).Expect(200).Text);
        (await api.GetAsync("/v1/runs")).ShouldBeAListOf("run").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_program_of_ones_own_has_the_API_with_its_errors_and_keeps_its_own_routes_as_they_are()
    {
        await using var app = await StartAsync(await servers.EmptyDatabaseAsync(), worker: true);
        using var anonymous = new Api(new Uri(app.Urls.Single()), null);
        var mine = (await anonymous.GetAsync("/mine")).Expect(200);
        mine.Text.ShouldBe("mine");
        mine.Header("X-Request-Id").ShouldBeNull();
        // The worker's connection comes a moment after the start.
        await Poll.UntilAsync(async () => (await anonymous.GetAsync("/ready")).Status == 200);
        (await anonymous.GetAsync("/v1/me")).ExpectProblem(401, "unauthenticated");

        var admin = await AdminAsync(app);
        var (_, token) = await app.Services.GetRequiredService<ApiKeyService>().CreateAsync(
            admin, new NewApiKey { Name = "Test", Scopes = ApiKeyScopes.All.Members() }, CancellationToken.None);
        using var api = new Api(new Uri(app.Urls.Single()), token.Text);
        (await api.EndedRunAsync()).Text("status").ShouldBe("succeeded");
        (await api.PostAsync("/v1/conversations", "{")).ExpectProblem(400, "invalid_json");
    }

    [Fact]
    public async Task Without_a_worker_a_run_stays_queued()
    {
        await using var app = await StartAsync(await servers.EmptyDatabaseAsync(), worker: false);
        var admin = await AdminAsync(app);
        var conversation = await app.Services.GetRequiredService<ConversationService>().CreateAsync(admin, new NewConversation(), CancellationToken.None);
        var run = await app.Services.GetRequiredService<RunService>().CreateAsync(admin, conversation.Id, "Who works here?", null, CancellationToken.None);
        run.Status.ShouldBe(RunStatus.Queued);
        using var anonymous = new Api(new Uri(app.Urls.Single()), null);
        (await anonymous.GetAsync("/ready")).Expect(200);
    }

    [Theory]
    [InlineData(null, "DatabaseUrl is not set")]
    [InlineData("mysql://db", "DatabaseUrl is wrong")]
    public void A_database_that_is_not_named_is_told_at_once(string? url, string told) =>
        Should.Throw<ArgumentException>(() => new ServiceCollection().AddOvermind(options => options.DatabaseUrl = url)).Message.ShouldContain(told);

    [Fact]
    public void What_is_wrong_with_the_other_options_is_told_at_once_too_and_no_key_is_repeated()
    {
        Should.Throw<ArgumentException>(() => new ServiceCollection().AddOvermind(options => (options.DatabaseUrl, options.EncryptionKey) = ("postgres://db/app", "c2hvcnQ=")))
            .Message.ShouldSatisfyAllConditions(m => m.ShouldContain("EncryptionKey is not the base64 of 32 bytes"), m => m.ShouldNotContain("c2hvcnQ"));
        Should.Throw<EmbeddingException>(() => new ServiceCollection().AddOvermind(options => options.Embedder = new EmbedderOptions { Embedder = "word2vec" }))
            .Message.ShouldContain("There is no embedder 'word2vec'");
    }

    [Fact]
    public async Task Options_reach_what_they_are_for_and_a_data_source_of_the_programs_own_stays_its_own()
    {
        var database = await servers.EmptyDatabaseAsync();
        await using var own = Npgsql.NpgsqlDataSource.Create("Host=own.example");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(own);
        builder.Services.AddOvermind(options =>
        {
            (options.DatabaseUrl, options.RunWorker, options.EncryptionKey) = (database, false, SecretCipher.NewKey());
            options.Webhooks = WebhookOptions.Parse("10.1.0.0/16");
            options.Embedder = new EmbedderOptions { Embedder = "ollama/nomic-embed-text" };
        });
        await using var app = builder.Build();
        var admin = await AdminAsync(app);

        app.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().ShouldBe(own);
        (await app.Services.GetRequiredService<ModelProviderService>().AddAsync(
            admin, new NewModelProvider { Key = "house", Kind = ModelProviderKind.Openai, BaseUrl = "http://127.0.0.1:9/v1", Secret = "secret" }, CancellationToken.None)).Key.ShouldBe("house");
        (await app.Services.GetRequiredService<WebhookService>().CreateAsync(
            admin, new NewWebhookEndpoint { Url = "https://10.1.2.3/hook" }, CancellationToken.None)).Endpoint.Url.ShouldBe("https://10.1.2.3/hook");
    }

    static async Task<WebApplication> StartAsync(string database, bool worker)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddOvermind(options => (options.DatabaseUrl, options.RunWorker) = (database, worker)).AddOvermindApi();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapOvermind();
        app.MapGet("/mine", () => "mine");
        await app.StartAsync();
        return app;
    }

    static async Task<Claims> AdminAsync(WebApplication app) =>
        (await app.Services.GetRequiredService<FirstOrganization>().CreateAsync("admin@example.org", "correct horse battery", CancellationToken.None))!;
}
