using System.Text.Json;
using Overmind.Models.Embeddings;

namespace Overmind.Cli.Tests.Commands;

public class EmbeddingsTests
{
    [Fact]
    public async Task A_migration_is_refused_estimated_and_begun_where_the_instance_is()
    {
        await using var instance = new TemporaryInstance();
        await using var provider = await EmbeddingProvider.StartAsync();
        var configured = new Dictionary<string, string> { ["OVERMIND_EMBEDDER_NEXT"] = "test/wide", ["OVERMIND_EMBEDDER_NEXT_URL"] = provider.Url };
        using (await OvermindProcess.UpAsync(instance.Data, configured))
        {
            Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
                OvermindProcess.RunAsync(configured, ["embeddings", .. arguments, "--data", instance.Data]);

            await instance.PsqlAsync($"select overmind.register_embedding_model('builtin', 'glove-ngram-v1', 256, '{EmbeddingModels.Builtin.Version}')");
            var status = await RunAsync("status");
            (status.ExitCode, status.Errors).ShouldBe((0, ""));
            status.Output.ShouldContain("Searched by builtin/glove-ngram-v1, 256 dimensions; configured is builtin");

            (await RunAsync("migrate", "--to", "nowhere/model", "--yes")).Errors.ShouldContain("No embedder nowhere/model is configured here");
            (await RunAsync("migrate", "--to", "builtin", "--yes")).Errors.ShouldContain("it is the model whose vectors are searched");
            (await RunAsync("cancel")).Errors.ShouldContain("the embeddings are not being migrated");
            (await RunAsync("migrate", "--to", "test/wide")).Errors.ShouldContain("say --yes when that is meant");

            var tried = await RunAsync("migrate", "--to", "test/wide", "--dry-run", "--format", "json");
            tried.ExitCode.ShouldBe(0, tried.Output + tried.Errors);
            var told = JsonElement.Parse(tried.Output);
            (told.GetProperty("started").GetBoolean(), told.GetProperty("estimate").GetProperty("to_dimensions").GetInt32()).ShouldBe((false, 384));
            // No price is known, so none is made up; where there is nothing to embed it costs nothing.
            told.GetProperty("estimate").TryGetProperty("cost_usd", out _).ShouldBeTrue();

            var begun = await RunAsync("migrate", "--to", "test/wide", "--yes");
            begun.ExitCode.ShouldBe(0, begun.Errors);
            begun.Output.ShouldContain("test/wide (384 dimensions) takes the place of builtin/glove-ngram-v1 (256)");
            var running = JsonElement.Parse((await RunAsync("status", "--format", "json")).Output);
            running.GetProperty("migration").GetProperty("to").GetString().ShouldBe("test/wide");
            (await instance.PsqlAsync("select count(*) from pg_indexes where indexname ~ '_embedding(_next)?_[0-9a-f]{12}_idx'")).ShouldBe("6");
        }
    }
}
