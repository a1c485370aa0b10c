using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Overmind.Models.Embeddings;
using Overmind.Testing;

namespace Overmind.Tests.Models.Embeddings.Remote;

public class RemoteEmbeddingTests
{
    readonly ConcurrentQueue<JsonElement> _requests = [];
    readonly ConcurrentQueue<string> _keys = [];
    int _probed;

    [Fact]
    public async Task Texts_go_in_batches_and_come_back_in_their_order_at_length_1()
    {
        await using var server = await EmbeddingServer.StartAsync(BackwardsAsync);
        using var models = Models(server, new EmbedderOptions { BatchSize = 2, ApiKey = "sk-secret" });
        var model = await models.GetAsync(Stop);
        (model.Reference.ToString(), model.Dimensions, model.Version).ShouldBe(("openai/small", 2, "small-2024"));
        _requests.Clear();

        var embeddings = await model.Generator.GenerateAsync(["a", "bb", "ccc", "", "eeeee"], cancellationToken: Stop);

        _requests.Select(r => r.GetProperty("input").GetArrayLength()).ShouldBe([2, 2, 1]);
        _requests.First().GetProperty("model").GetString().ShouldBe("small");
        _requests.First().GetProperty("encoding_format").GetString().ShouldBe("float");
        // The server answers (length of the text, 1).
        embeddings.Select(e => Math.Round(e.Vector.Span[0] / e.Vector.Span[1], 3)).ShouldBe([1, 2, 3, 1, 5]);
        embeddings[0].Vector.Span[0].ShouldBe(1 / MathF.Sqrt(2), 1e-6f);
        embeddings.Usage!.InputTokenCount.ShouldBe(5);
        _keys.ShouldAllBe(key => key == "Bearer sk-secret");
    }

    [Fact]
    public async Task Dimensions_are_asked_for_when_they_are_configured()
    {
        await using var server = await EmbeddingServer.StartAsync(BackwardsAsync);
        using var models = Models(server, new EmbedderOptions { Dimensions = 2 });
        await models.GetAsync(Stop);
        _requests.Single().GetProperty("dimensions").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"data": [{"index": 0, "embedding": [1, 2]}]}""", "answered with 1 vectors to 2 texts")]
    [InlineData("""{"data": []}""", "answered with 0 vectors to 2 texts")]
    [InlineData("{}", "answered with 0 vectors to 2 texts")]
    [InlineData("""{"data": [{"index": 0, "embedding": [1, 2]}, {"index": 0, "embedding": [1, 2]}]}""", "no vector, or two")]
    [InlineData("""{"data": [{"index": 0, "embedding": [1, 2]}, {"index": 7, "embedding": [1, 2]}]}""", "no vector, or two")]
    [InlineData("""{"data": [{"index": 0, "embedding": [1, 2]}, {"index": 1, "embedding": [1, 2, 3]}]}""", "a vector of 3 dimensions where 2 were expected")]
    [InlineData("""{"data": [{"index": 0, "embedding": []}, {"index": 1, "embedding": []}]}""", "a vector of 0 dimensions")]
    [InlineData("""{"data": [{"index": 0, "embedding": [1, "NaN"]}, {"index": 1, "embedding": [1, 2]}]}""", "no direction")]
    [InlineData("""{"data": [{"index": 0, "embedding": [0, 0]}, {"index": 1, "embedding": [1, 2]}]}""", "no direction")]
    [InlineData("""{"data": [{"index": 0, "embedding": "AACAPw=="}]}""", "something that is no list of vectors")]
    [InlineData("""{"data": [{"index": 0, "embed""", "something that is no list of vectors")]
    [InlineData("<html>Welcome</html>", "something that is no list of vectors")]
    public async Task An_answer_that_is_not_what_was_asked_for_is_refused(string answer, string message)
    {
        await using var server = await EmbeddingServer.StartAsync(context => IsProbe() ? BackwardsAsync(context) : context.Response.WriteAsync(answer));
        (await FailureAsync(server, new EmbedderOptions())).Message.ShouldContain(message);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        await using var server = await EmbeddingServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.WriteAsync(new string(' ', 100_000), context.RequestAborted);
        });
        (await FailureAsync(server, new EmbedderOptions())).Message.ShouldContain("something that is no list of vectors");
    }

    [Theory]
    [InlineData(401, "check its key")]
    [InlineData(404, "check the model's name")]
    [InlineData(400, "too long")]
    public async Task A_refusal_says_what_to_do_and_is_not_asked_again(int status, string remedy)
    {
        var asked = 0;
        await using var server = await EmbeddingServer.StartAsync(context =>
        {
            asked++;
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("secret of the server");
        });
        var failure = await FailureAsync(server, new EmbedderOptions());
        failure.Remedy.ShouldContain(remedy);
        failure.Message.ShouldNotContain("secret");
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again()
    {
        var asked = 0;
        await using var server = await EmbeddingServer.StartAsync(context =>
        {
            if (++asked > 2) return BackwardsAsync(context);
            context.Response.StatusCode = asked == 1 ? 429 : 503;
            context.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        using var models = Models(server, new EmbedderOptions());
        (await models.GetAsync(Stop)).Dimensions.ShouldBe(2);
        asked.ShouldBe(3);
    }

    [Fact]
    public async Task A_server_that_asks_for_a_long_wait_is_not_waited_for()
    {
        await using var server = await EmbeddingServer.StartAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        });
        (await FailureAsync(server, new EmbedderOptions())).Message.ShouldContain("refused with status 429");
    }

    [Fact]
    public async Task A_slow_server_is_given_up()
    {
        var time = new FakeTimeProvider();
        await using var server = await EmbeddingServer.StartAsync(async context =>
        {
            time.Advance(TimeSpan.FromSeconds(31));
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        (await FailureAsync(server, new EmbedderOptions(), time)).Message.ShouldContain("did not answer within 30 s");
    }

    [Fact]
    public async Task A_caller_who_leaves_stops_the_request()
    {
        using var leaving = new CancellationTokenSource();
        var aborted = new TaskCompletionSource();
        await using var server = await EmbeddingServer.StartAsync(async context =>
        {
            if (IsProbe())
            {
                await BackwardsAsync(context);
                return;
            }

            context.RequestAborted.Register(aborted.SetResult);
            await leaving.CancelAsync();
            await aborted.Task;
        });
        using var models = Models(server, new EmbedderOptions());
        var model = await models.GetAsync(Stop);
        await Should.ThrowAsync<OperationCanceledException>(() => model.Generator.GenerateAsync(["text"], cancellationToken: leaving.Token));
        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
    }

    [Fact]
    public async Task A_server_that_was_down_is_found_when_it_is_up()
    {
        var down = true;
        await using var server = await EmbeddingServer.StartAsync(context =>
        {
            if (!down) return BackwardsAsync(context);
            context.Abort();
            return Task.CompletedTask;
        });
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        using var models = Models(server, new EmbedderOptions { Timeout = TimeSpan.FromHours(1) }, time);
        var opening = models.GetAsync(Stop);
        await Poll.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return opening.IsCompleted;
        }, seconds: 60);
        (await Should.ThrowAsync<EmbeddingException>(() => opening)).Message.ShouldContain("cannot be reached");
        down = false;
        (await models.GetAsync(Stop)).Dimensions.ShouldBe(2);
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static EmbeddingModels Models(EmbeddingServer server, EmbedderOptions options, TimeProvider? time = null) =>
        new(options with { Embedder = "openai/small", Url = server.Url }, time ?? TimeProvider.System);

    static async Task<EmbeddingException> FailureAsync(EmbeddingServer server, EmbedderOptions options, TimeProvider? time = null)
    {
        using var models = Models(server, options, time);
        return await Should.ThrowAsync<EmbeddingException>(async () =>
        {
            var model = await models.GetAsync(Stop);
            await model.Generator.GenerateAsync(["one", "two"], cancellationToken: Stop);
        });
    }

    /// <summary>Opening a model asks for one vector first.</summary>
    bool IsProbe() => _probed++ == 0;

    /// <summary>Vectors (length of the text, 1), the last text's first.</summary>
    async Task BackwardsAsync(HttpContext context)
    {
        var request = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        _requests.Enqueue(request);
        _keys.Enqueue(context.Request.Headers.Authorization.ToString());
        var texts = request.GetProperty("input").EnumerateArray().Select(text => text.GetString()!).ToList();
        await context.Response.WriteAsJsonAsync(new
        {
            data = texts.Select((text, index) => new { index, embedding = new[] { text.Length, 1f } }).Reverse(),
            model = "small-2024",
            usage = new { prompt_tokens = texts.Count, total_tokens = texts.Count },
        });
    }
}
